"""The numbering tree: where numbered parts begin, also in running text, and how they nest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from docmine.schema.document import Section
from docmine.schema.spans import Span

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}

# Depth that a style usually has in official papers (GB/T 9704-2012: 一、→（一）→1.→（1）→①); spoken numbers lie deeper.
RANKS = {
    "part": 0, "chapter": 1, "article": 2, "heading": 2, "cn_comma": 3, "cn_paren": 4, "phase": 4, "arabic": 5,
    "arabic_close": 6, "arabic_paren": 6, "circle": 7, "ordinal": 8, "is": 9, "must": 9, "side": 10, "bullet": 11,
}  # fmt: skip

CN = "[一二三四五六七八九十]{1,3}"
EDGE = r"(?:^|(?<=[。；：！？，\s”）】|>…]))"
# style, pattern, characters without one of which it can't match, whether it counts at a line's start only
PATTERNS = (
    ("phase", r"【[^】]{2,40}】(?=\s*(?:$|\n))", "【", True),
    ("phase", r"【?第(?P<n>[一二三四五六])阶段(?:[：，\s]|(?=（))", "第", False),
    ("chapter", rf"第(?P<n>{CN})[章节编部]分?(?=[\s\u3000])", "第", True),
    ("article", r"第(?P<n>[一二三四五六七八九十百]{1,5}|\d{1,3})条(?=[\s\u3000：]|[^款、的和规之])", "第", True),
    ("cn_comma", rf"(?P<n>{CN})、", "、", False),
    ("cn_paren", rf"（(?P<n>{CN})）[、.]?", "（", False),
    ("arabic", r"(?P<n>\d{1,2})(?:[、．]|\.(?!\d))", "、．.", False),
    ("arabic_paren", r"（(?P<n>\d{1,2})）", "（", False),
    ("arabic_close", r"(?P<n>\d{1,2})）", "）", False),
    ("circle", r"(?P<n>[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮])", "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮", False),
    ("ordinal", rf"第(?P<n>{CN})(?:句话|点|件事|件|步|个方面|个)?(?:[，、：]|(?=是))是?", "第", False),
    ("is", rf"(?P<n>{CN})(?:是|则是)(?![否个种])[，：]?", "是", False),
    ("must", rf"(?P<n>{CN})(?=[要抓][^点]|必须|须|需)", "要抓必须需", False),
    ("side", r"(?P<n>一|另一)(?:个)?方面，?", "面", False),
    ("bullet", r"(?:[-*] ?\[[ xX]?\]|[-*+•●▪◆■□○◇►➢])[ \t\u3000]*(?=\S)", "-*+•●▪◆■□○◇►➢", True),
)
FINDERS = tuple((style, re.compile(EDGE + pattern), signs, line_only) for style, pattern, signs, line_only in PATTERNS)
QUICK = re.compile(r"[一二三四五六七八九十①-⑮\d]|^[ \t\u3000]*[-*+•●▪◆■□○◇►➢]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Marker:
    """A number that opens a part: `span` selects it, `inline` tells that text of the same line stands before it."""

    span: Span
    style: str
    number: int
    inline: bool


@cache
def to_number(word: str) -> int:
    """The value of a small numeral: 十二, 12, ⑫; 一/另一 of 一方面 count 1 and 2."""
    if word == "另一":
        return 2
    if word.isdigit() and word.isascii():
        return int(word)
    if "①" <= word <= "⑮":
        return ord(word) - ord("①") + 1
    total, digit = 0, 0
    for char in word:
        if char in ("十", "百"):
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = DIGITS.get(char, 0)
    return total + digit


def line_markers(norm: str, line: Span, seen: dict[str, int]) -> list[Marker]:
    """Markers in one line, left to right. `seen` holds the last number of each style and is brought up to date.

    A number in the middle of a line counts only where it opens a list or goes on with one, so that 二、三产业 and
    `2.5万` stay text.
    """
    text = line.text(norm)
    if not QUICK.search(text):
        return []
    lead = len(text) - len(text.lstrip(" \t\u3000"))
    found: list[Marker] = []
    for style, finder, signs, line_only in FINDERS:
        if not any(sign in text for sign in signs):
            continue
        for match in finder.finditer(text):
            at_line = match.start() <= lead
            if line_only and not at_line:
                break
            number = to_number(match["n"]) if "n" in finder.groupindex else 0
            found.append(Marker(Span(line.start + match.start(), line.start + match.end()), style, number, not at_line))
    return _in_sequence(sorted(found, key=lambda m: (m.span.start, -m.span.end)), seen)


def _in_sequence(found: list[Marker], seen: dict[str, int]) -> list[Marker]:
    kept: list[Marker] = []
    following: dict[tuple[str, int], int] = {}
    for marker in found:
        following[marker.style, marker.number] = marker.span.start
    last_end = -1
    for marker in found:
        if marker.span.start < last_end:
            continue
        opens = marker.number == 1 and (
            not marker.inline
            or following.get((marker.style, 2), -1) > marker.span.start
            or marker.style in ("is", "ordinal", "side")
        )
        goes_on = marker.number == seen.get(marker.style, 0) + 1 and marker.number > 1
        if marker.style == "cn_comma" and not seen.get("cn_comma"):  # a text whose beginning is cut off
            goes_on = following.get((marker.style, marker.number + 1), -1) > marker.span.start
        if marker.inline and not (opens or goes_on):
            continue
        if marker.style == "must" and not (
            goes_on or (marker.number == 1 and following.get(("must", 2))) or not marker.inline
        ):
            continue
        seen[marker.style] = marker.number
        kept.append(marker)
        last_end = marker.span.end
    return kept


class Tree:
    """Builds the sections while markers come in reading order."""

    def __init__(self) -> None:
        self.sections: list[Section] = []
        self._stack: list[Section] = []
        self._depths: dict[str, int] = {}  # section id → level that the format gives a heading

    @property
    def current(self) -> Section | None:
        """The innermost section that is open."""
        return self._stack[-1] if self._stack else None

    def open(self, *, style: str, marker: str, start: int, level: int | None = None) -> Section:
        """Open a section at `start`; what it can't stand in is closed first."""
        self._close_for(style, level, start)
        parent = self.current
        section = Section(
            id=f"s{len(self.sections) + 1}", parent=parent.id if parent else None, level=len(self._stack) + 1,
            marker=marker, title="", span=Span(start, start), title_span=Span(start, start), style=style,
        )  # fmt: skip
        self.sections.append(section)
        self._depths[section.id] = level or section.level
        self._stack.append(section)
        return section

    def _close_for(self, style: str, level: int | None, start: int) -> None:
        styles = [s.style for s in self._stack]
        if style == "heading" and level is not None:
            keep = next(
                (i for i, s in enumerate(self._stack) if s.style == "heading" and self._depths[s.id] >= level), None
            )
            depth = (
                keep
                if keep is not None
                else next((i for i, s in enumerate(self._stack) if s.style != "heading"), len(self._stack))
            )
        elif style in styles:
            depth = styles.index(style)
        else:
            rank = RANKS[style]
            depth = next((i for i, s in enumerate(self._stack) if RANKS[s.style] > rank), len(self._stack))
        self.close(depth, start)

    def close(self, depth: int, at: int) -> None:
        """Close all sections deeper than `depth`; they end at `at`."""
        while len(self._stack) > depth:
            section = self._stack.pop()
            section.span = Span(section.span.start, max(at, section.title_span.end))

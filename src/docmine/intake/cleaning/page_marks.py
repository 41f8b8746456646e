"""Marks of pages inside the text: page numbers, form feeds, and the running numbers that sharing sites print."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import median

from docmine.intake.cleaning.draft import Draft, Edit, merged
from docmine.intake.cleaning.line_wraps import page_width
from docmine.intake.cleaning.seams import BLANK, is_open, line_to, seam
from docmine.rulebook import compile_pattern, load_toml

_MAYBE = r"[ \t\u3000]*[-—–－_─~·•第共Pp\d].{0,16}(?=\n|$)"
_FIRST_LINE, _LATER_LINE = re.compile(_MAYBE), re.compile("\n" + _MAYBE)
_INDENT = re.compile(r"\n[ \t]*[ \u3000]{2}\S")
_NUMBER_MARK = re.compile(r"\n(?P<number>\d{1,3})、")
_FIRST_MARK = re.compile(r"^[ \t\u3000]*1、", re.MULTILINE)
_LABEL_TAIL = re.compile(r"(?:^|[，；。（ ])[^，。；：]{2,8}：[^。；]{1,30}$")  # …，责任单位：县水利局
PAGE_LEAST = 150  # characters: bare numbers closer together than this are a column or a list
HEADS_LEAST, HEAD_MOST = 3, 40  # pages that repeat a running head, and its characters
_LINE_BEFORE = re.compile(r"(?:^|[\n\f])[ \t]*(?P<line>[^\s][^\n\f]{0,38}[^\s])[ \t]*[\n\f]\s*$")
_LINE_AFTER = re.compile(r"\s*?(?:[\n\f]\s*|(?<=\f))(?P<line>[^\s][^\n\f]{0,38}[^\s])[ \t]*(?=[\n\f]|$)")
PROOF = 8  # full lines that prove a page width so well that shorter lines before a page mark are taken for uncut
LINE_LEAST = 20  # characters of a line that can be cut
CHUNK_LEAST, CHUNK_MEAN = 90, 150  # characters of a chunk before a running number; most sites cut after some 300
UNEVEN = 8  # characters by which chunks of even length differ at most


def furniture(draft: Draft) -> list[Edit]:
    """Headers, footers and site boilerplate that the reader marked in the text."""
    spans = draft.region("furniture")
    if not spans:
        return []
    return _healed(draft, spans)


def _healed(draft: Draft, spans: Iterable[tuple[int, int]]) -> list[Edit]:
    norm = draft.norm
    indented = len(_INDENT.findall(norm)) >= 3
    width = page_width(norm, least=PROOF) if draft.layout == "lines" else None
    return merged(edit for span in spans for edit in seam(norm, *span, indented=indented, width=width))


def page_marks(draft: Draft) -> list[Edit]:
    """Page numbers on lines of their own or glued into a line, and form feeds; cut sentences are joined again."""
    norm = draft.norm
    spans = [*_marked_lines(norm), *_inline_marks(norm)]
    if "\f" in norm:
        spans += ((m.start(), m.end()) for m in re.finditer("\f", norm))
    if not spans:
        return []
    return _healed(draft, _united(norm, _with_running_heads(norm, _united(norm, spans))))


def _with_running_heads(norm: str, marks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The marks, and the lines beside them that stand beside at least three: heads and feet of pages."""
    beside = {span for mark in marks for span in _lines_beside(norm, *mark)}
    times = Counter(norm[start:end] for start, end in beside)
    return sorted({*marks, *(span for span in beside if times[norm[span[0] : span[1]]] >= HEADS_LEAST)})


def _lines_beside(norm: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    before = _LINE_BEFORE.search(norm, max(0, start - HEAD_MOST - 8), start)
    after = _LINE_AFTER.match(norm, end)
    yield from (match.span("line") for match in (before, after) if match)


def _united(norm: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Marks with only blanks between them as one: a page number and the form feed after it."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if result and (start <= result[-1][1] or not norm[result[-1][1] : start].strip()):
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def _marked_lines(norm: str) -> Iterator[tuple[int, int]]:
    lines, fraction, bare, _ = _patterns()
    counted: dict[str, list[tuple[int, int, int]]] = {}
    top = _FIRST_LINE.match(norm)
    for match in (*([top] if top else []), *_LATER_LINE.finditer(norm)):
        line = match[0].strip()
        start = match.start() + match[0].index(line)
        if lines.fullmatch(line):
            yield (start, start + len(line))
        elif part := fraction.fullmatch(line):
            if 1 <= int(part["page"]) <= int(part["pages"]):
                counted.setdefault(part["pages"], []).append((int(part["page"]), start, start + len(line)))
        elif bare.fullmatch(line):
            counted.setdefault("", []).append((int(line), start, start + len(line)))
    for pages, marks in counted.items():
        if _count_pages(norm, marks, least=2 if pages else 3):
            yield from ((start, end) for _, start, end in marks)


def _count_pages(norm: str, marks: list[tuple[int, int, int]], *, least: int) -> bool:
    """Whether the numbers go up by one, far enough apart, as pages do (a form feed beside one is proof enough)."""
    if all("\f" in norm[max(0, start - 3) : end + 3] for _, start, end in marks):
        return True
    if len(marks) < least:
        return False
    return all(b[0] == a[0] + 1 and b[1] - a[2] >= PAGE_LEAST for a, b in pairwise(marks))


def _inline_marks(norm: str) -> Iterator[tuple[int, int]]:
    if "页" not in norm:
        return
    for match in _patterns()[3].finditer(norm):
        page, pages = match["page"] or match["page2"], match["pages"] or match["pages2"]
        if 1 <= int(page) <= int(pages):
            yield match.span()


@dataclass(frozen=True, slots=True)
class _Mark:
    """A number at the start of a line that may be a running number. `cut`: the text before stops in mid-sentence."""

    number: int
    start: int
    end: int
    cut: bool


def running_numbers(draft: Draft) -> list[Edit]:
    """The numbers `1、2、3、…` that sharing sites put before each chunk of some 300 characters, often within a word.

    A genuine list looks alike, so the numbers are taken out only as a chain that counts up from 2 where the text
    before stops in mid-sentence, and only with further evidence (see `_is_chunking`).
    """
    norm = draft.norm
    marks = [_mark(norm, match) for match in _NUMBER_MARK.finditer(norm) if int(match["number"]) >= 2]
    for i in range(len(marks)):
        chain = _chain(marks, i)
        if chain and _is_chunking(norm, chain):
            break
    else:
        return []
    first = _first_mark(norm, chain[0])
    return merged([*([first] if first else []), *(edit for mark in chain for edit in _heal(norm, mark))])


def _mark(norm: str, match: re.Match[str]) -> _Mark:
    left = match.start()
    while left and norm[left - 1] in BLANK:
        left -= 1
    line = line_to(norm, left)
    cut = len(line) >= LINE_LEAST and is_open(norm, left) and not _LABEL_TAIL.search(line)
    return _Mark(int(match["number"]), left, match.end(), cut)


def _chain(marks: list[_Mark], first: int) -> list[_Mark]:
    """The longest count 2, 3, 4… from `marks[first]`, each the next cut, or else after a chunk of the usual length."""
    if marks[first].number != 2 or not marks[first].cut:
        return []
    chain = [marks[first]]
    while True:
        last = chain[-1]
        options = [m for m in marks if m.number == last.number + 1 and m.start > last.end]
        usual = median(_lengths(chain)) if len(chain) > 1 else 0
        following = next((m for m in options if m.cut), None) or next(
            (m for m in options if not usual or abs(m.start - last.end - usual) <= UNEVEN), None
        )
        if following is None:
            return chain
        chain.append(following)


def _lengths(chain: list[_Mark]) -> list[int]:
    return [b.start - a.end for a, b in pairwise(chain)]


def _is_chunking(norm: str, chain: list[_Mark]) -> bool:
    """Whether the numbers count chunks of running text rather than items.

    Mostly they cut sentences; and the chunks are of even length, or they are long, hold whole sentences, and the count
    begins at the text's very start (or there is no 1、 that a list could begin with).
    """
    cuts = sum(mark.cut for mark in chain) / len(chain)
    if cuts < 0.5:
        return False
    first = _first_mark(norm, chain[0])
    begin = first.end if first else norm.rfind("\n", 0, chain[0].start) + 1
    lengths = [chain[0].start - begin, *_lengths(chain)]
    if len(lengths) >= 2 and min(lengths) >= CHUNK_LEAST and max(lengths) - min(lengths) <= UNEVEN:
        return True
    sentences = norm.count("。", begin, chain[-1].start)
    if sum(lengths) / len(lengths) < CHUNK_MEAN or sentences < len(lengths):
        return False
    return first is not None or (len(chain) >= 3 and cuts >= 0.8 and "\n1、" not in norm)


def _first_mark(norm: str, second: _Mark) -> Edit | None:
    """The `1、` before the first chunk: on the first line that begins so, with nothing but short lines above it."""
    match = _FIRST_MARK.search(norm, 0, second.start)
    if match is None or any(len(line) >= CHUNK_LEAST for line in norm[: match.start()].split("\n")):
        return None
    return Edit(match.end() - 2, match.end()) if second.start - match.end() >= CHUNK_LEAST else None


def _heal(norm: str, mark: _Mark) -> list[Edit]:
    """Chunks are cut from running text: join them, but keep a line end where the chunk ended a sentence."""
    if mark.cut:
        return [Edit(mark.start, mark.end)]
    feed = norm.find("\n", mark.start)
    return [Edit(mark.start, feed), Edit(feed + 1, mark.end)] if feed > mark.start else [Edit(feed + 1, mark.end)]


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Whole lines; fractions; bare numbers; marks inside a line."""
    where = "common/cleaning.toml"
    table = load_toml(where)["page_marks"]
    return (
        compile_pattern("|".join(f"(?:{line})" for line in table["lines"]), where=f"{where} lines"),
        compile_pattern(table["fraction"], where=f"{where} fraction"),
        compile_pattern(table["bare"], where=f"{where} bare"),
        compile_pattern(table["inline"], where=f"{where} inline"),
    )

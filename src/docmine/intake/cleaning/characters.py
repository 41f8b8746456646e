"""Noise of single characters: line ends, invisible characters, markup, lost indents, pinyin glosses, stray spaces."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache

from docmine.intake.cleaning.draft import Draft, Edit, merged
from docmine.rulebook import any_of, compile_pattern, load_toml
from docmine.rulebook.folding import HAN

# CRLF, lone CR, vertical tab, NEL, Unicode's line and paragraph separators, and what spreadsheet and database exports
# leave of them as letters.
_ODD_ENDS = ("\r", "\v", "\x85", "\u2028", "\u2029", "_x000D_", "x0dx0a")
_LINE_END = re.compile("(?:\r+|\v|\x85|\u2028|\u2029|_x000D_|x0dx0a)(?P<feed>\n)?")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ER_AS_BREAK = re.compile(rf"Р(?=[{HAN}0-9 \u3000（(“]|$)")
# C0 and C1 controls except tab, LF, VT, FF, CR and NEL; soft hyphen, zero-width and direction marks, BOM, variation
# selectors.
_CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f"
    "\ufeff\ufff9-\ufffb]+"
)
_TAG = re.compile(
    r"<(?:!--[^<>\n]*--|/?(?P<name>p|br|span|div|font|b|strong|em|u|i|a|img|table|tbody|tr|td|th|o:p|st1:\w+)\b[^<>\n]{0,300})>",
    re.IGNORECASE,
)
_BREAKING_TAGS = {"p", "br", "div", "tr"}
_ENTITY = re.compile("&(?:nbsp|ensp|emsp|quot|amp|lt|gt|ldquo|rdquo|lsquo|rsquo|mdash|hellip|middot|times|#\\d{2,5});")
_CODE_LINE = re.compile(
    r"^[ \t]*(?:[.#@]?[A-Za-z][\w.#:, >-]*\{[^{}\n]*\}|\}"
    r"|(?:var|function|document|window)\b[\w.( ]*[=({][^\n]*[;)}])[ \t]*$",
    re.MULTILINE,
)
_LOST_INDENT = re.compile(rf"^[?？]+(?=[{HAN}“（(\d])", re.MULTILINE)
_LOST_GAP = re.compile(rf"\?(?<!\?\?)\?{{2,}}+(?=[{HAN}\d])")
_TONES = "āáǎàăēéěèĕīíǐìĭōóǒòŏūúǔùŭǖǘǚǜńňǹḿ\u0300-\u0304\u0306\u030c"
_TONE = re.compile(f"[{_TONES}]")
_GLOSS = re.compile(rf"[(（](?<=[{HAN}].)(?P<syllable>[A-Za-züêɡɑ{_TONES}]{{1,8}})[)）]")
_NEUTRAL = frozenset(("de", "le", "zi", "me", "ma", "ne", "ba", "men", "tou", "ge", "shi", "zhe", "li", "hu"))
_SPACED = re.compile(rf" [{HAN}](?=[ \n]|$)")
_SPACED_LINE = re.compile(
    rf"^[ \t\u3000]*(?P<words>[{HAN}](?: {{1,4}}[{HAN}])+)[ \t\u3000]*(?:（[^（）\n]{{1,20}}）[ \t\u3000]*)?$",
    re.MULTILINE,
)
_SPACED_RUN = re.compile(rf"(?<![^\n ，。；：、])[{HAN}](?: [{HAN}，。；：、“”（）《》]){{7,}}(?![^\n ，。；：、])")


def carriage_returns(draft: Draft) -> list[Edit]:
    """Every kind of line end becomes a line feed; also a Cyrillic Р that a conversion left in place of one."""
    text = draft.text
    edits: list[Edit] = []
    if any(mark in text for mark in _ODD_ENDS):
        for match in _LINE_END.finditer(text):
            feed = match["feed"] is not None
            edits.append(Edit(match.start(), match.end() - feed, "" if feed else "\n"))
    if "Р" in text and set(_CYRILLIC.findall(text)) == {"Р"}:
        edits += (Edit(*match.span(), "\n") for match in _ER_AS_BREAK.finditer(text))
    return merged(edits)


def controls(draft: Draft) -> Iterator[Edit]:
    """Characters that nobody sees: controls, zero-width and direction marks, byte order marks, soft hyphens."""
    return (Edit(*match.span()) for match in _CONTROL.finditer(draft.text))


def markup(draft: Draft) -> list[Edit]:
    """What a careless conversion leaves of web pages: tags, entities, lines of style sheets and scripts."""
    text = draft.text
    edits: list[Edit] = []
    if "<" in text:
        for match in _TAG.finditer(text):
            breaks = (match["name"] or "").lower() in _BREAKING_TAGS and not _in_row(text, match.start())
            edits.append(Edit(*match.span(), "\n" if breaks else ""))
    if "&" in text:
        edits += (Edit(*m.span(), html.unescape(m[0]).replace("\u00a0", " ")) for m in _ENTITY.finditer(text))
    if "{" in text or ";" in text:
        edits += (Edit(*m.span()) for m in _CODE_LINE.finditer(text))
    return merged(edits)


def _in_row(text: str, at: int) -> bool:
    start = text.rfind("\n", 0, at) + 1
    return text.startswith("|", start)


def lost_indents(draft: Draft) -> list[Edit]:
    """Question marks that stand for spaces an old encoding had no character for: before many lines, or in a gap."""
    text = draft.text
    if "?" not in text and "？" not in text:
        return []
    found = [Edit(*match.span()) for match in _LOST_INDENT.finditer(text)]
    if len(found) < 2 or len(found) * 4 < text.count("\n"):
        found = []
    gaps = [Edit(*m.span()) for m in _LOST_GAP.finditer(text) if text[m.start() - 1 : m.start()] in (" ", "\u3000")]
    return merged(found + gaps)


def pinyin_glosses(draft: Draft) -> list[Edit]:
    """Readings in brackets that some sites put behind characters after conversion: 系統(tǒng)."""
    text = draft.text
    if not _TONE.search(text):
        return []
    found = [(match, bool(_TONE.search(match["syllable"]))) for match in _GLOSS.finditer(text)]
    many = sum(toned for _, toned in found) >= 3
    return [Edit(*m.span()) for m, toned in found if toned or (many and m["syllable"] in _NEUTRAL)]


def inner_spaces(draft: Draft) -> list[Edit]:
    """Spaces inside a date, a letter-spaced heading (会 议 纪 要), or letter-spaced running text.

    A single space between two characters may as well be the gap between names or cells, so it stays elsewhere.
    """
    norm = draft.norm
    if " " not in norm:
        return []
    patterns = _patterns()
    edits = [Edit(*match.span()) for match in patterns["date_gap"].finditer(norm)]
    if not _SPACED.search(norm):
        return edits
    for match in _SPACED_LINE.finditer(norm):
        if patterns["spaced_heading"].fullmatch(match["words"].replace(" ", "")):
            edits += _spaces(norm, *match.span("words"))
    for match in _SPACED_RUN.finditer(norm):
        if any(mark in match[0] for mark in "，。；："):
            edits += _spaces(norm, *match.span())
    return merged(set(edits))


def _spaces(text: str, start: int, end: int) -> Iterator[Edit]:
    at = text.find(" ", start, end)
    while at >= 0:
        yield Edit(at, at + 1)
        at = text.find(" ", at + 1, end)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    where = "common/cleaning.toml"
    table = load_toml(where)["spaces"]
    return {
        "date_gap": compile_pattern(table["date_gap"], where=f"{where} date_gap"),
        "spaced_heading": compile_pattern(f"(?:.{{0,10}}){any_of(table['headings'])}", where=f"{where} headings"),
    }

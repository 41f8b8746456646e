"""Line ends that the page's width put into sentences, and lines without text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from docmine.intake.cleaning.draft import Draft, Edit
from docmine.intake.cleaning.seams import SLACK, columns, goes_on, is_open
from docmine.schema.spans import Span

NARROWEST, WIDEST = 30, 240  # columns (a Han character takes two) that a page's lines may have
LONGER_SHARE = 5  # so many full lines there are for each that is longer: a row of a table, the head of a page
INDENT = 4  # columns before a paragraph's first line
RAGGED = 0.75  # of the page's width: how far a line reaches at least that was broken by hand
FULL_LEAST = 3  # so many full lines make a width
_WORD = re.compile(r"[0-9A-Za-z][!-~]*")
_BLANKS = re.compile(r"\n(?P<blank>(?:[^\S\n\f]*\n)+)")
_LEADING = re.compile(r"(?:[^\S\n\f]*\n)+")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line by its text without blanks at the end, and its width in columns."""

    start: int
    end: int
    width: int


def hard_wraps(draft: Draft) -> list[Edit]:
    """Join lines that end because the page does: full ones that stop in mid-sentence before a line that goes on.

    Only where line ends may be layout at all, and only if the text has a width: many full lines and few longer ones.
    """
    if draft.layout != "lines":
        return []
    norm = draft.norm
    width = page_width(norm)
    if width is None:
        return []
    lines = list(_lines(norm))
    tables = draft.region("table")
    edits: list[Edit] = []
    opens = True  # whether the line opens a paragraph, so that an indent may be missing from its width
    for line, following in pairwise(lines):
        joined = _is_full(norm, line, following, width, opens) and _wraps(norm, line, following, tables)
        if joined:
            edits.append(Edit(line.end, following.start, _glue(norm, line.end, following.start)))
        opens = not joined
    return edits


def _is_full(norm: str, line: _Line, following: _Line, width: int, opens: bool) -> bool:
    """Whether the first word of the following line had no room left in the line.

    The indent of a paragraph is lost in some extractions (four columns); digits may be wider than half a character.
    """
    if not line.width or not following.width or line.width > width + 2 * SLACK:
        return False
    word = _WORD.match(norm, following.start, following.end)
    needed = max(2, word.end() - word.start()) if word else 2
    narrow = sum(map(str.isascii, norm[line.start : line.end])) // 2
    room = width - SLACK + 2 - needed - narrow - (INDENT if opens else 0)
    return line.width >= (room if not _stops_short(norm, line) else min(room, RAGGED * width))


def _stops_short(norm: str, line: _Line) -> bool:
    """Whether a line that has inner punctuation ends in the middle of a clause, or behind a comma.

    Lines that people broke by hand are ragged: such a line has been broken though a word more had found room in it.
    """
    text = norm[line.start : line.end]
    return (text[-1] in "，、" or is_open(norm, line.end)) and any(mark in text[:-1] for mark in "，。；")


def _lines(norm: str) -> Iterator[_Line]:
    start = 0
    for raw in norm.split("\n"):
        text = raw.rstrip()
        yield _Line(start, start + len(text), columns(text))
        start += len(raw) + 1


def page_width(norm: str, *, least: int = FULL_LEAST) -> int | None:
    """The width that `least` lines fill, if few are longer and many of those near it fill it.

    Short lines say nothing: they are headings, items and ends of paragraphs.
    """
    if len(norm) > (norm.count("\n") + 1) * WIDEST / 2:
        return None  # paragraphs, not lines: on average longer than a page is wide
    ordered = sorted(line.width for line in _lines(norm) if line.width)
    best, most = 0, 0
    for width in set(ordered):
        full = bisect_right(ordered, width) - bisect_left(ordered, width - SLACK)
        if NARROWEST <= width <= WIDEST and (full, width) > (most, best):
            best, most = width, full
    longer = len(ordered) - bisect_right(ordered, best + SLACK)
    near = len(ordered) - bisect_left(ordered, best * 0.6)
    return best if most >= least and longer * LONGER_SHARE <= most and most * 5 >= near * 2 else None


def _wraps(norm: str, line: _Line, following: _Line, tables: list[Span]) -> bool:
    if not following.width or norm[following.start].isspace():
        return False
    if "|" in norm[line.start : line.end] or "\t" in norm[line.start : following.end]:
        return False
    if any(table.start <= line.end < table.end or table.start <= following.start < table.end for table in tables):
        return False
    return goes_on(norm, line.end, following.start, full=True)


def _glue(norm: str, left: int, right: int) -> str:
    """A space where two words of Latin letters meet."""
    before, after = norm[left - 1], norm[right]
    return " " if before.isascii() and before.isalpha() and after.isascii() and after.isalpha() else ""


def blank_lines(draft: Draft) -> list[Edit]:
    """Lines without text, at the top and between others."""
    text = draft.text
    edits = [Edit(*match.span("blank")) for match in _BLANKS.finditer(text)]
    leading = _LEADING.match(text)
    if leading:
        return [Edit(0, leading.end()), *(edit for edit in edits if edit.start >= leading.end())]
    return edits

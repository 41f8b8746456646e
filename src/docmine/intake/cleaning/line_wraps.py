"""Line ends that the page's width put into sentences, and lines without text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from docmine.intake.cleaning.draft import Draft, Edit
from docmine.intake.cleaning.seams import goes_on
from docmine.schema.spans import Span

NARROWEST, WIDEST = 30, 240  # columns (a Han character takes two) that a page's lines may have
SLACK = 4  # columns that a full line may fall short: punctuation and numbers aren't broken
FULL_LEAST = 3  # so many full lines make a width
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
    if len(norm) > (norm.count("\n") + 1) * WIDEST / 2:
        return []  # paragraphs, not lines: on average longer than a page is wide
    lines = list(_lines(norm))
    width = _page_width([line.width for line in lines])
    if width is None:
        return []
    tables = draft.region("table")
    edits = []
    for line, following in pairwise(lines):
        if width - SLACK <= line.width <= width + SLACK and _wraps(norm, line, following, tables):
            edits.append(Edit(line.end, following.start, _glue(norm, line.end, following.start)))
    return edits


def _lines(norm: str) -> Iterator[_Line]:
    """UTF-8 takes three bytes for a Han character and one for a Latin letter, so half the sum of both is columns."""
    start = 0
    for raw in norm.split("\n"):
        text = raw.rstrip()
        yield _Line(start, start + len(text), (len(text) + len(text.encode("utf-8", "replace"))) // 2)
        start += len(raw) + 1


def _page_width(widths: list[int]) -> int | None:
    """The width that most lines fill, if few are longer and a good part of the lines fills it."""
    ordered = sorted(width for width in widths if width)
    best, most = 0, 0
    for width in set(ordered):
        full = bisect_right(ordered, width) - bisect_left(ordered, width - SLACK)
        if NARROWEST <= width <= WIDEST and (full, width) > (most, best):
            best, most = width, full
    longer = len(ordered) - bisect_right(ordered, best + SLACK)
    if most < FULL_LEAST or longer * 10 > most or most * 4 < len(ordered):
        return None
    return best


def _wraps(norm: str, line: _Line, following: _Line, tables: list[Span]) -> bool:
    if not following.width or norm[following.start].isspace():
        return False
    if "|" in norm[line.start : line.end] or "\t" in norm[line.start : following.end]:
        return False
    if any(table.start <= line.end < table.end or table.start <= following.start < table.end for table in tables):
        return False
    return goes_on(norm, line.end, following.start)


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

"""Comma- or tab-separated tables: the file is the text, its fields are the cells of one table."""

from __future__ import annotations

from collections.abc import Iterator

from docmine.intake.read.encoding import lost_characters
from docmine.intake.read.text import decode_text
from docmine.schema.document import Cell, Reading, Table
from docmine.schema.spans import Span

SEPARATORS = ",\t;，"
_HEAD = 4096  # characters from which the separator is guessed


def read_csv(data: bytes, *, encoding: str | None = None, path: str | None = None) -> Reading:
    """Read a table file. Offsets point into the decoded file; a quoted field's cell is what stands in the quotes."""
    decoded = decode_text(data, encoding=encoding, path=path)
    text = decoded.text
    cells: list[Cell] = []
    for row, fields in enumerate(split_rows(text, separator_of(text))):
        cells.extend(Cell(span, row, col) for col, span in enumerate(fields))
    return Reading(
        text=text,
        media_type="text/csv",
        reader="csv",
        encoding=decoded.encoding,
        tables=(Table(tuple(cells)),) if cells else (),
        layout="paragraphs",
        warnings=lost_characters(text),
    )


def separator_of(text: str) -> str:
    """The separator that the first line with any uses most."""
    for line in text[:_HEAD].splitlines():
        counts = {separator: line.count(separator) for separator in SEPARATORS}
        best = max(counts, key=lambda separator: counts[separator])
        if counts[best]:
            return best
    return ","


def split_rows(text: str, separator: str) -> Iterator[list[Span]]:
    """The fields of each row (RFC 4180): quotes hide separators and line ends. Blank rows are skipped."""
    at, row = 0, []
    while at <= len(text):
        span, after = _field(text, at, separator)
        row.append(span)
        if text[after : after + 1] == separator:
            at = after + 1
            continue
        if len(row) > 1 or row[0]:
            yield row
        row = []
        at = after + (2 if text[after : after + 2] == "\r\n" else 1)


def _field(text: str, at: int, separator: str) -> tuple[Span, int]:
    """The field that starts at an offset, and where its separator or line end stands."""
    start = at
    while text[start : start + 1] == " ":
        start += 1
    if text[start : start + 1] == '"':
        end = start + 1
        while end < len(text):
            if text[end] == '"':
                if text[end + 1 : end + 2] != '"':
                    break
                end += 1
            end += 1
        after = _until(text, min(end + 1, len(text)), separator)
        return Span(start + 1, min(end, len(text))), after
    after = _until(text, start, separator)
    inner = text[start:after]
    return Span(start, start + len(inner.rstrip())), after


def _until(text: str, at: int, separator: str) -> int:
    while at < len(text) and text[at] != separator and text[at] not in "\r\n":
        at += 1
    return at

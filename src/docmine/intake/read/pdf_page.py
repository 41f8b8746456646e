"""One PDF page through pdfium: its print in pieces, its ruled lines, whether it has pictures.

The quick way takes pdfium's own lines: the text in one call and a few boxes a line. The thorough way takes every
character with its box; it is for turned pages, pages with characters to restore, and lines that run over the border
of a table's column, where pdfium's lines can't be trusted.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

from docmine.intake.read.pdf_objects import look_at_objects
from docmine.intake.read.pdf_open import native
from docmine.intake.read.pdf_pieces import (
    Frame,
    PageContent,
    Piece,
    is_ideograph,
    is_latin,
    straight_characters,
)

COLUMN_GAP = 1.0  # ems between two pieces of a line from which on the gap itself is a separator
WORD_GAP = 0.18  # ems between two Latin words

_RUN = re.compile(r"[^\r\n]+")
_SPACES = " \u3000\u00a0\t\u2002\u2003\u2009\u200b"
_DROPPED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff\ufffe]")


def read_page(document: Any, index: int) -> PageContent | None:
    """The page `index` (from 0) of a pdfium document; None if it can't be loaded."""
    raw = native()
    page = raw.FPDF_LoadPage(document.raw, index)
    if not page:
        return None
    try:
        frame = _frame(page)
        width, height = frame.size
        content = PageContent(index + 1, width, height)
        look_at_objects(page, frame, content)
        text_page = raw.FPDFText_LoadPage(page)
        if text_page:
            try:
                _read_text(text_page, frame, content)
            finally:
                raw.FPDFText_ClosePage(text_page)
        return content
    finally:
        raw.FPDF_ClosePage(page)


def _frame(page: Any) -> Frame:
    raw = native()
    box = raw.FS_RECTF()
    if raw.FPDF_GetPageBoundingBox(page, ctypes.byref(box)):
        edges = (box.left, box.bottom, box.right, box.top)
    else:
        edges = (0.0, 0.0, raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page))
    return Frame(*edges, turn=max(raw.FPDFPage_GetRotation(page), 0) % 4)


class _TextPage:
    """pdfium's text page: units of text with the box of each. A rare character takes two units (UTF-16 halves)."""

    def __init__(self, handle: Any, frame: Frame) -> None:
        raw = native()
        self._raw, self._handle, self._frame = raw, handle, frame
        self._box = raw.FS_RECTF()
        self._box_reference, self._get_box = ctypes.byref(self._box), raw.FPDFText_GetLooseCharBox
        self.text, self._index = self._units()

    def _units(self) -> tuple[str, list[int] | None]:
        """The text, and the unit at which each of its characters begins (None: one by one)."""
        raw, handle = self._raw, self._handle
        count = max(raw.FPDFText_CountChars(handle), 0)
        buffer = (ctypes.c_ushort * (2 * count + 2))()
        written = raw.FPDFText_GetText(handle, 0, count, buffer) if count else 1
        if written - 1 == count:
            units = bytes(buffer)[: 2 * count]
        else:  # pdfium leaves characters without a meaning out of its text: take them one at a time
            codes = (raw.FPDFText_GetUnicode(handle, i) for i in range(count))
            units = b"".join((c if c <= 0xFFFF else 0xFFFD).to_bytes(2, "little") for c in codes)
        text = units.decode("utf-16-le", errors="replace")
        if len(text) == count:
            return text, None
        index, at = [], 0
        for char in text:
            index.append(at)
            at += 2 if char > "\uffff" else 1
        return text, index

    def unit(self, i: int) -> int:
        return i if self._index is None else self._index[i]

    def box(self, i: int) -> tuple[float, float, float, float]:
        """The loose box of character `i`, upright: x0, y0, x1, y1."""
        box = self._box
        if not self._get_box(self._handle, self.unit(i), self._box_reference):
            return 0.0, 0.0, 0.0, 0.0
        frame = self._frame
        if not frame.turn:
            x, y = frame.left, frame.bottom
            return box.left - x, box.bottom - y, box.right - x, box.top - y
        xa, ya = frame.place(box.left, box.bottom)
        xb, yb = frame.place(box.right, box.top)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)

    def is_generated(self, i: int) -> bool:
        return bool(self._raw.FPDFText_IsGenerated(self._handle, self.unit(i)) == 1)

    def is_slanted(self, i: int) -> bool:
        """Whether a character is printed askew (a watermark)."""
        angle = self._raw.FPDFText_GetCharAngle(self._handle, self.unit(i))
        quarters = angle / 1.5707963
        return bool(angle >= 0 and abs(quarters - round(quarters)) > 0.06)


def _read_text(handle: Any, frame: Frame, content: PageContent) -> None:
    page = _TextPage(handle, frame)
    content.raw = page.text
    by_character = bool(frame.turn or content.lost)
    for run in _RUN.finditer(page.text):
        start, end = _without_spaces(page.text, run.start(), run.end())
        if start == end or page.is_slanted(start):
            continue
        line = None if by_character else _line_piece(page, start, end)
        if line is None or content.rulings.cross(line.x0, line.x1, line.y0, line.y1):
            content.pieces.extend(_characters(page, start, end))
        elif line.text:
            content.pieces.append(line)


def _without_spaces(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _SPACES:
        start += 1
    while end > start and text[end - 1] in _SPACES:
        end -= 1
    return start, end


def _line_piece(page: _TextPage, start: int, end: int) -> Piece:
    """One of pdfium's lines as a piece."""
    first = page.box(start)
    last = page.box(end - 1) if end - start > 1 else first
    ideograph = next((i for i in range(start, min(end, start + 40)) if is_ideograph(page.text[i])), -1)
    if ideograph < 0:
        em = 0.0
    else:
        box = first if ideograph == start else page.box(ideograph)
        em = box[2] - box[0]
    text = _clean(_with_true_gaps(page, start, end, em or first[3] - first[1]))
    return Piece(text, first[0], min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3]), em)


def _with_true_gaps(page: _TextPage, start: int, end: int, em: float) -> str:
    """The text of a line in which the spaces that pdfium put in stand only between words and columns."""
    text = page.text
    if " " not in text[start:end]:
        return text[start:end]
    parts: list[str] = []
    for i in range(start, end):
        char = text[i]
        if char == " " and start < i < end - 1 and page.is_generated(i):
            char = _gap(text[i - 1], text[i + 1], page.box(i + 1)[0] - page.box(i - 1)[2], em)
        parts.append(char)
    return "".join(parts)


def _gap(before: str, after: str, width: float, em: float) -> str:
    if width > COLUMN_GAP * em:
        return "\u3000"
    return " " if is_latin(before) and is_latin(after) and width > WORD_GAP * em * 0.5 else ""


def _characters(page: _TextPage, start: int, end: int) -> Iterator[Piece]:
    """Each printed character as a piece; spaces only where they are the file's own."""
    for i in range(start, end):
        char = page.text[i]
        if char in _SPACES and page.is_generated(i):
            continue
        char = _clean(char)
        if char:
            x0, y0, x1, y1 = page.box(i)
            yield Piece(char, x0, y0, x1, y1, x1 - x0 if is_ideograph(char) else 0.0)


def _clean(text: str) -> str:
    return _DROPPED.sub("", text.translate(straight_characters()))

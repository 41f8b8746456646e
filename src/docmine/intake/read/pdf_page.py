"""One PDF page through pdfium: its print in pieces, its ruled lines, whether it has pictures.

The quick way takes pdfium's own lines: the text in one call and a few boxes a line. The thorough way takes every
character with its box; it is for pages with a ruled grid, turned pages and pages with characters to restore, where
pdfium's lines can't be trusted.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from docmine.intake.read.pdf_open import native
from docmine.intake.read.pdf_pieces import Piece, Rulings, is_ideograph, is_latin, straight_characters

MAX_OBJECTS = 20_000  # objects on a page beyond which it is a drawing: no look at its lines, no search for tables
MAX_FORM_DEPTH = 3
THIN = 2.6  # points: a filled shape thinner than this is a ruled line
SLANT = 0.6  # points that a ruled line may be out of true
NO_WIDTH = 0.01  # points of width below which pdfium drops a text object
COLUMN_GAP = 1.0  # ems between two pieces of a line from which on the gap itself is a separator
WORD_GAP = 0.18  # ems between two Latin words

_RUN = re.compile(r"[^\r\n]+")
_SPACES = " \u3000\u00a0\t\u2002\u2003\u2009\u200b"
_DROPPED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff\ufffe]")


@dataclass(slots=True)
class PageContent:
    """What stands on a page. `raw` is pdfium's text, for judging legibility; `lost` are the places at which print
    begins that pdfium left out, `kept` (if there are any lost) those of the other print; `drawing` tells that the page has too many objects to be looked through."""

    number: int
    width: float
    height: float
    raw: str = ""
    pieces: list[Piece] = field(default_factory=list)
    rulings: Rulings = field(default_factory=Rulings)
    lost: list[tuple[float, float]] = field(default_factory=list)
    kept: list[tuple[float, float]] = field(default_factory=list)
    pictures: bool = False
    drawing: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class _Frame:
    """The visible page: its box in the file's coordinates and its turn (quarters, clockwise)."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn % 2 else (width, height)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point as seen upright, from the lower left corner."""
        if self.turn == 1:
            return y - self.bottom, self.right - x
        if self.turn == 2:
            return self.right - x, self.top - y
        if self.turn == 3:
            return self.top - y, x - self.left
        return x - self.left, y - self.bottom


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
        _look_at_objects(page, frame, content)
        text_page = raw.FPDFText_LoadPage(page)
        if text_page:
            try:
                _read_text(text_page, frame, content)
            finally:
                raw.FPDFText_ClosePage(text_page)
        return content
    finally:
        raw.FPDF_ClosePage(page)


def _frame(page: Any) -> _Frame:
    raw = native()
    box = raw.FS_RECTF()
    if raw.FPDF_GetPageBoundingBox(page, ctypes.byref(box)):
        edges = (box.left, box.bottom, box.right, box.top)
    else:
        edges = (0.0, 0.0, raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page))
    return _Frame(*edges, turn=max(raw.FPDFPage_GetRotation(page), 0) % 4)


# --- objects: lines, pictures, lost characters ---------------------------------------------------------------------

_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _look_at_objects(page: Any, frame: _Frame, content: PageContent) -> None:
    raw = native()
    count = raw.FPDFPage_CountObjects(page)
    if count > MAX_OBJECTS:
        content.drawing = True
        return
    budget = [MAX_OBJECTS]
    is_lost = _lost_test()
    for handle, kind, matrix in _objects(page, count, raw.FPDFPage_GetObject, _IDENTITY, 0, budget):
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            if is_lost(handle):
                content.lost.append(_origin(handle, matrix, frame))
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            _add_rulings(handle, matrix, frame, content.rulings)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            content.pictures = True
    content.drawing = budget[0] < 0
    if content.lost:
        again = _objects(page, count, raw.FPDFPage_GetObject, _IDENTITY, 0, [MAX_OBJECTS])
        texts = (_origin(h, m, frame) for h, kind, m in again if kind == raw.FPDF_PAGEOBJ_TEXT and not is_lost(h))
        content.kept.extend(texts)


def _origin(handle: Any, around: _Matrix, frame: _Frame) -> tuple[float, float]:
    """Where the first character of a text object stands, upright."""
    return frame.place(*_times(_matrix(handle), around)[4:])


def _objects(
    parent: Any, count: int, get: Any, matrix: _Matrix, depth: int, budget: list[int]
) -> Iterator[tuple[Any, int, _Matrix]]:
    """Objects of a page or form with the matrix of the form around them; forms are looked into."""
    raw = native()
    get_type = raw.FPDFPageObj_GetType
    for index in range(count):
        budget[0] -= 1
        if budget[0] < 0:
            return
        handle = get(parent, index)
        kind = get_type(handle)
        if kind != raw.FPDF_PAGEOBJ_FORM:
            yield handle, kind, matrix
        elif depth < MAX_FORM_DEPTH:
            inner = _times(_matrix(handle), matrix)
            yield from _objects(
                handle, raw.FPDFFormObj_CountObjects(handle), raw.FPDFFormObj_GetObject, inner, depth + 1, budget
            )


def _matrix(handle: Any) -> _Matrix:
    raw = native()
    m = raw.FS_MATRIX()
    return (m.a, m.b, m.c, m.d, m.e, m.f) if raw.FPDFPageObj_GetMatrix(handle, ctypes.byref(m)) else _IDENTITY


def _times(m: _Matrix, n: _Matrix) -> _Matrix:
    """First `m`, then `n`."""
    return (
        m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2], m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4], m[4] * n[1] + m[5] * n[3] + n[5],
    )  # fmt: skip


def _add_rulings(handle: Any, around: _Matrix, frame: _Frame, rulings: Rulings) -> None:
    """Add the upright and level strokes of a path, and its thin filled shapes."""
    raw = native()
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(handle, ctypes.byref(fill), ctypes.byref(stroke)):
        return
    if not fill.value and not stroke.value:
        return
    count = raw.FPDFPath_CountSegments(handle)
    if not 2 <= count <= MAX_OBJECTS:
        return
    for points, closed in _subpaths(handle, count, _times(_matrix(handle), around), frame):
        if stroke.value:
            ring = [*points, points[0]] if closed else points
            for start, end in pairwise(ring):
                _add_ruling(rulings, *start, *end, slack=SLANT)
        else:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            _add_ruling(rulings, min(xs), min(ys), max(xs), max(ys), slack=THIN)


def _subpaths(
    handle: Any, count: int, matrix: _Matrix, frame: _Frame
) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """The corners of each part of a path, and whether it is closed. Curves are left out."""
    raw = native()
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    a, b, c, d, e, f = matrix
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(handle, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO and points:
            yield points, False
            points = []
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            return
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        points.append(frame.place(a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if raw.FPDFPathSegment_GetClose(segment):
            yield points, True
            points = []
    if len(points) > 1:
        yield points, False


def _add_ruling(rulings: Rulings, xa: float, ya: float, xb: float, yb: float, *, slack: float) -> None:
    width, height = abs(xb - xa), abs(yb - ya)
    if height <= slack and width > THIN:
        rulings.horizontal.append(((ya + yb) / 2, min(xa, xb), max(xa, xb)))
    elif width <= slack and height > THIN:
        rulings.vertical.append(((xa + xb) / 2, min(ya, yb), max(ya, yb)))


def _lost_test() -> Callable[[Any], bool]:
    """A test whether pdfium drops a text object: one glyph of a font neither embedded nor installed has no width.

    It is asked of every text object, so what it needs is laid ready once a page.
    """
    raw = native()
    get_font, get_bounds, is_embedded = raw.FPDFTextObj_GetFont, raw.FPDFPageObj_GetBounds, raw.FPDFFont_GetIsEmbedded
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    bounds = [ctypes.byref(v) for v in (left, bottom, right, top)]

    def is_lost(handle: Any) -> bool:
        if not get_bounds(handle, *bounds) or right.value - left.value > NO_WIDTH:
            return False
        font = get_font(handle)
        return bool(font) and is_embedded(font) == 0

    return is_lost


# --- text ----------------------------------------------------------------------------------------------------------


class _TextPage:
    """pdfium's text page: units of text with the box of each. A rare character takes two units (UTF-16 halves)."""

    def __init__(self, handle: Any, frame: _Frame) -> None:
        raw = native()
        self._raw, self._handle, self._frame = raw, handle, frame
        self._box = raw.FS_RECTF()
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
        if not self._raw.FPDFText_GetLooseCharBox(self._handle, self.unit(i), ctypes.byref(box)):
            return 0.0, 0.0, 0.0, 0.0
        xa, ya = self._frame.place(box.left, box.bottom)
        xb, yb = self._frame.place(box.right, box.top)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)

    def is_generated(self, i: int) -> bool:
        return bool(self._raw.FPDFText_IsGenerated(self._handle, self.unit(i)) == 1)

    def is_slanted(self, i: int) -> bool:
        """Whether a character is printed askew (a watermark)."""
        angle = self._raw.FPDFText_GetCharAngle(self._handle, self.unit(i))
        quarters = angle / 1.5707963
        return bool(angle >= 0 and abs(quarters - round(quarters)) > 0.06)


def _read_text(handle: Any, frame: _Frame, content: PageContent) -> None:
    page = _TextPage(handle, frame)
    content.raw = page.text
    content.exact = bool(
        frame.turn or content.lost or (len(content.rulings.horizontal) > 1 and len(content.rulings.vertical) > 1)
    )
    for run in _RUN.finditer(page.text):
        start, end = _without_spaces(page.text, run.start(), run.end())
        if start == end or page.is_slanted(start):
            continue
        content.pieces.extend(_characters(page, start, end) if content.exact else _line_piece(page, start, end))


def _without_spaces(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _SPACES:
        start += 1
    while end > start and text[end - 1] in _SPACES:
        end -= 1
    return start, end


def _line_piece(page: _TextPage, start: int, end: int) -> Iterator[Piece]:
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
    if text:
        yield Piece(text, first[0], min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3]), em)


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

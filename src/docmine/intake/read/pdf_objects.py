"""The drawn objects of a PDF page: ruled lines, pictures, and print that pdfium leaves out of its text."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from docmine.intake.read.pdf_open import native
from docmine.intake.read.pdf_pieces import Frame, PageContent, Rulings

MAX_OBJECTS = 20_000  # objects on a page beyond which it is a drawing: no look at its lines, no search for tables
MAX_FORM_DEPTH = 3
THIN = 2.6  # points: a filled shape thinner than this is a ruled line
SLANT = 0.6  # points that a ruled line may be out of true
NO_WIDTH = 0.01  # points of width below which pdfium drops a text object

_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def look_at_objects(page: Any, frame: Frame, content: PageContent) -> None:
    """Put into `content` what the page's objects tell besides the text."""
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


def _origin(handle: Any, around: _Matrix, frame: Frame) -> tuple[float, float]:
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


def _add_rulings(handle: Any, around: _Matrix, frame: Frame, rulings: Rulings) -> None:
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
    handle: Any, count: int, matrix: _Matrix, frame: Frame
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

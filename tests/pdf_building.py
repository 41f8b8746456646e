"""Builds small PDFs with reportlab: lines of Chinese text placed as a word processor would place them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
LEFT, RIGHT, TOP, BOTTOM = 80.0, 520.0, 740.0, 120.0
PITCH = 28.0

Decorate = Callable[[Canvas, int], None]


def register() -> None:
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def canvas(out: io.BytesIO, *, size: tuple[float, float] = A4, encrypt: Any = None) -> Canvas:
    register()
    return Canvas(out, pagesize=size, encrypt=encrypt, pageCompression=0, invariant=1)


def put(c: Canvas, x: float, y: float, text: str, *, size: float = 16) -> None:
    c.setFont(FONT, size)
    c.drawString(x, y, text)


def wrapped(paragraph: str, *, size: float = 16, indent: int = 2) -> list[tuple[float, str]]:
    """Lines with their x: the first indented by `indent` ems, no line break before closing punctuation
    or in a Latin word."""
    register()
    lines: list[tuple[float, str]] = []
    rest, x = paragraph, LEFT + indent * size
    while rest:
        count = len(rest)
        while pdfmetrics.stringWidth(rest[:count], FONT, size) > RIGHT - x:
            count -= 1
        while count < len(rest) and (rest[count] in "，。、；：）”" or rest[count - 1 : count + 1].isascii()):
            count -= 1
        lines.append((x, rest[:count]))
        rest, x = rest[count:], LEFT
    return lines


def document(
    paragraphs: Sequence[str], *, indent: int = 2, size: float = 16, decorate: Decorate | None = None, gap: float = 0,
    encrypt: Any = None, rotate: int = 0,
) -> bytes:  # fmt: skip
    """Paragraphs over as many pages as they need; `decorate` draws on every page, `gap` stands after a paragraph."""
    out = io.BytesIO()
    c = canvas(out, encrypt=encrypt)
    page, y = 1, TOP
    if decorate:
        decorate(c, page)
    for paragraph in paragraphs:
        for x, text in wrapped(paragraph, size=size, indent=indent):
            if y < BOTTOM:
                c.setPageRotation(rotate)
                c.showPage()
                page, y = page + 1, TOP
                if decorate:
                    decorate(c, page)
            put(c, x, y, text, size=size)
            y -= PITCH
        y -= gap
    c.setPageRotation(rotate)
    c.showPage()
    c.save()
    return out.getvalue()


def drawn(draw: Callable[[Canvas], None], *, size: tuple[float, float] = A4) -> bytes:
    """A document that `draw` draws; it calls `showPage` between pages."""
    out = io.BytesIO()
    c = canvas(out, size=size)
    draw(c)
    c.showPage()
    c.save()
    return out.getvalue()


def ruled(
    c: Canvas, xs: Sequence[float], ys: Sequence[float], cells: Sequence[Sequence[Sequence[str]]], *,
    skip: Sequence[tuple[str, int, int]] = (), size: float = 10, filled: bool = False,
) -> None:  # fmt: skip
    """A ruled table: borders from the left and from the top, cells as lists of lines.

    `skip` leaves out a piece of line: ("level", i, col) under row border i, ("upright", i, row) at column border i.
    `filled` draws the lines as thin filled shapes, as some programs do.
    """

    def line(x0: float, y0: float, x1: float, y1: float) -> None:
        if filled:
            c.rect(min(x0, x1) - 0.3, min(y0, y1) - 0.3, abs(x1 - x0) + 0.6, abs(y1 - y0) + 0.6, stroke=0, fill=1)
        else:
            c.line(x0, y0, x1, y1)

    for i, y in enumerate(ys):
        for col in range(len(xs) - 1):
            if ("level", i, col) not in skip:
                line(xs[col], y, xs[col + 1], y)
    for i, x in enumerate(xs):
        for row in range(len(ys) - 1):
            if ("upright", i, row) not in skip:
                line(x, ys[row], x, ys[row + 1])
    for row, texts in enumerate(cells):
        for col, lines in enumerate(texts):
            for number, text in enumerate(lines):
                put(c, xs[col] + 3, ys[row] - size - 2 - number * (size + 3), text, size=size)

"""From pieces of print to lines of text, and from lines to running text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from docmine.intake.read.pdf_page import COLUMN_GAP, WORD_GAP
from docmine.intake.read.pdf_pieces import Line, Piece, is_latin

SAME_LINE = 0.5  # share of the lower piece's height that two pieces of one line overlap by
DOUBLED = 0.35  # share of an em within which the same character twice is print made bold by overprinting


def lines_of(pieces: Iterable[Piece], page: int) -> list[Line]:
    """The printed lines that the pieces make up, from the top."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (-(p.y0 + p.y1), p.x0)):
        row = next((r for r in reversed(rows[-2:]) if _same_line(r[0], piece)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    lines = [_line(sorted(row, key=lambda p: p.x0), page) for row in rows]
    return [line for line in lines if line.text.strip()]


def _same_line(one: Piece, other: Piece) -> bool:
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    return shared >= SAME_LINE * min(one.y1 - one.y0, other.y1 - other.y0)


def _line(pieces: list[Piece], page: int) -> Line:
    """One line from its pieces, left to right."""
    if len(pieces) == 1:
        only = pieces[0]
        return Line(only.text.strip(), only.x0, only.y0, only.x1, only.y1, only.em, page)
    ems = [p.em for p in pieces if p.em > 0]
    em = median(ems) if ems else 0.0
    size = em or max(p.y1 - p.y0 for p in pieces)
    parts: list[str] = []
    before: Piece | None = None
    for piece in pieces:
        if before is not None:
            gap = piece.x0 - before.x1
            if len(piece.text) == 1 and piece.text == before.text and piece.x0 - before.x0 < DOUBLED * size:
                continue
            parts.append(_between(before.text[-1], piece.text[0], gap, size))
        parts.append(piece.text)
        before = piece
    text = "".join(parts)
    stripped = [p for p in pieces if p.text.strip()] or pieces
    return Line(
        text.strip(), stripped[0].x0, min(p.y0 for p in stripped), max(p.x1 for p in stripped),
        max(p.y1 for p in stripped), em, page,
    )  # fmt: skip


def _between(before: str, after: str, gap: float, em: float) -> str:
    if before.isspace() or after.isspace():
        return ""
    if gap > COLUMN_GAP * em:
        return "\u3000"
    return " " if gap > WORD_GAP * em and is_latin(before) and is_latin(after) else ""


def joined(lines: Sequence[Line]) -> tuple[str, list[tuple[int, int, Line]]]:
    """The lines as one run of text, and where in it each line stands.

    Chinese joins without a space, Latin words with one; a hyphen that only divides a word goes.
    """
    text = ""
    places: list[tuple[int, int, Line]] = []
    for line in lines:
        if text and _divides_word(text, line.text):
            text = text[:-1]
            start, _, last = places[-1]
            places[-1] = (start, len(text), last)
        elif text and _needs_space(text, line.text):
            text += " "
        places.append((len(text), len(text) + len(line.text), line))
        text += line.text
    return text, places


def _divides_word(before: str, after: str) -> bool:
    """Whether a hyphen at the line's end stands inside one word (imple-/mentation)."""
    return (
        len(before) > 2 and before[-1] == "-" and before[-2].isascii() and before[-2].isalpha()
        and before[-3].isascii() and before[-3].isalpha() and after[:1].isascii() and after[:1].islower()
    )  # fmt: skip


def _needs_space(before: str, after: str) -> bool:
    """Whether two Latin words meet at the line end. Numbers are broken anywhere, they get no space."""
    last, first = before[-1], after[0]
    return is_latin(last) and is_latin(first) and last.isalpha() and first.isalpha()

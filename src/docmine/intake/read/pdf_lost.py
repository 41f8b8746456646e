"""Restores characters that pdfium leaves out, with pdfplumber.

pdfium drops a text object that holds a single glyph, or one printed upwards, of a font neither embedded in the file
nor installed here: it takes its width for nothing. pdfplumber needs no font file to tell what such a glyph means, but
is slow, so it reads only the pages concerned, and of them only the print noted.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from typing import Any

from docmine.intake.read.pdf_pieces import PageContent, Piece, is_ideograph

SAME_PLACE = 0.6  # points
DESCENT = 0.2  # share of the letter size below the base line, as usual in Chinese fonts

_log = logging.getLogger(__name__)


def restore(data: bytes, pages: Sequence[PageContent]) -> list[int]:
    """Put lost characters of `pages` back among their pieces; the numbers of the pages where that failed."""
    concerned = [page for page in pages if page.lost]
    if not concerned:
        return []
    failed: list[int] = []
    for page, characters in _characters(data, concerned):
        if characters is None:
            failed.append(page.number)
        else:
            page.pieces.extend(_pieces(page, characters))
    return sorted(failed)


def _characters(data: bytes, pages: Sequence[PageContent]) -> list[tuple[PageContent, list[Any] | None]]:
    """pdfplumber's characters of each page, None where it can't read the page."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    found: list[tuple[PageContent, list[Any] | None]] = []
    try:
        document = pdfplumber.open(io.BytesIO(data))
    except Exception as error:  # pdfminer raises whatever its parser stumbles over
        _log.debug("pdfplumber can't open the file: %s", type(error).__name__)
        return [(page, None) for page in pages]
    with document:
        for page in pages:
            try:
                plumber_page = document.pages[page.number - 1]
                found.append((page, list(plumber_page.chars)))
                plumber_page.close()
            except Exception as error:  # as above
                _log.debug("pdfplumber can't read page %d: %s", page.number, type(error).__name__)
                found.append((page, None))
    return found


def _pieces(page: PageContent, characters: list[Any]) -> list[Piece]:
    """Pieces for the print that begins at a lost place and reaches to where other print begins."""
    lost, kept = _Spots(page.lost), _Spots(page.kept)
    pieces: list[Piece] = []
    wanted = False
    for char in characters:
        x, y = char["matrix"][4], char["matrix"][5]
        if lost.has(x, y):
            wanted = True
        elif kept.has(x, y):
            wanted = False
        text = char["text"]
        if wanted and text.strip() and not text.startswith("(cid:"):
            width, size = char["x1"] - char["x0"], char["size"]
            em = width if is_ideograph(text[0]) else 0.0
            pieces.append(Piece(text, x, y - DESCENT * size, x + width, y + (1 - DESCENT) * size, em))
    return pieces


class _Spots:
    """Places on a page, to be found again within a tolerance."""

    def __init__(self, places: Sequence[tuple[float, float]]) -> None:
        self._cells: dict[tuple[int, int], list[tuple[float, float]]] = {}
        for x, y in places:
            self._cells.setdefault((round(x), round(y)), []).append((x, y))

    def has(self, x: float, y: float) -> bool:
        """Whether one of the places is at (x, y)."""
        near = ((round(x) + i, round(y) + j) for i in (-1, 0, 1) for j in (-1, 0, 1))
        return any(
            abs(x - a) <= SAME_PLACE and abs(y - b) <= SAME_PLACE for spot in near for a, b in self._cells.get(spot, ())
        )

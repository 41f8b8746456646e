"""Restores characters that pdfium leaves out, with pdfplumber.

pdfium drops a text object that holds a single glyph of a font neither embedded in the file nor installed here: it
takes its width for nothing. pdfplumber needs no font file to tell what such a glyph means, but is slow, so it reads
only the pages concerned, and of them only the places noted.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from typing import Any

from docmine.intake.read.pdf_page import PageContent
from docmine.intake.read.pdf_pieces import Piece, is_ideograph

SAME_PLACE = 0.6  # points

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
    """Pieces for the characters that stand at a lost place."""
    wanted = {(round(x), round(y)) for x, y in page.lost}
    pieces: list[Piece] = []
    for char in characters:
        x, y = char["matrix"][4], char["matrix"][5]
        near = ((round(x) + i, round(y) + j) for i in (-1, 0, 1) for j in (-1, 0, 1))
        if not any(spot in wanted for spot in near) or not char["text"].strip():
            continue
        if any(abs(x - a) <= SAME_PLACE and abs(y - b) <= SAME_PLACE for a, b in page.lost):
            x0, x1 = char["x0"], char["x1"]
            y0, y1 = page.height - char["bottom"], page.height - char["top"]
            em = x1 - x0 if is_ideograph(char["text"][0]) else 0.0
            pieces.append(Piece(char["text"], x0, y0, x1, y1, em))
    return pieces

"""Opens a PDF: tells what can't be opened apart, and repairs a cut-off end where the catalogue is still there."""

from __future__ import annotations

import importlib
import re
from typing import Any

from docmine.errors import DamagedFileError, EmptyFileError, EncryptedFileError, UnknownTypeError, UnsafeFileError
from docmine.schema.document import Warn

HEADER_REACH = 1024  # bytes: readers look for %PDF- in the first kilobyte (ISO 32000-1, annex H)
TAIL_REACH = 2048  # bytes at the end in which an unharmed file has its startxref
PASSWORD_ERROR, SECURITY_ERROR = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

_OBJECT = re.compile(rb"(?<!\d)(\d{1,10})[ \t\r\n]+(\d{1,5})[ \t\r\n]+obj\b")
_CATALOGUE = re.compile(rb"/Type\s*/Catalog\b")


def native() -> Any:
    """pdfium's functions as they are (pypdfium2 has no type information). Loaded on first use."""
    return importlib.import_module("pypdfium2.raw")


def open_pdf(data: bytes) -> tuple[Any, list[Warn]]:
    """The document of `data`, and a warning if its end had to be rebuilt."""
    if not data:
        raise EmptyFileError("the file has no bytes")
    if b"%PDF-" not in data[:HEADER_REACH]:
        raise UnknownTypeError("the file doesn't begin like a PDF")
    cut = b"startxref" not in data[-TAIL_REACH:]
    document = _load(data)
    if document is None:
        document = _load_repaired(data)
        cut = True
    if document is None:
        raise DamagedFileError(
            "the PDF is truncated or broken: its list of pages is gone", remedy="fetch or export the file again"
        )
    warn = Warn("repaired", "the end of the PDF is missing; it was rebuilt, the last pages may be incomplete")
    return document, [warn] if cut else []


def _load(data: bytes) -> Any | None:
    """The document, or None if its structure is broken."""
    pdfium: Any = importlib.import_module("pypdfium2")
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code == PASSWORD_ERROR:
            raise EncryptedFileError(
                "the PDF needs a password", remedy="save it without a password and read it again"
            ) from error
        if code == SECURITY_ERROR:
            raise UnsafeFileError("the PDF uses a protection that can't be opened") from error
        return None


def _load_repaired(data: bytes) -> Any | None:
    """The document after writing a new trailer that names the catalogue; None if there is no catalogue."""
    catalogue = _find_catalogue(data)
    if catalogue is None:
        return None
    number, generation = catalogue
    trailer = b"\nendobj\ntrailer\n<</Root %d %d R>>\nstartxref\n0\n%%%%EOF\n" % (number, generation)
    return _load(data + trailer)


def _find_catalogue(data: bytes) -> tuple[int, int] | None:
    """Number and generation of the last object that is the catalogue (a later one replaces an earlier one)."""
    marks = list(_CATALOGUE.finditer(data))
    for mark in reversed(marks):
        before = list(_OBJECT.finditer(data, max(0, mark.start() - 4096), mark.start()))
        if before:
            return int(before[-1][1]), int(before[-1][2])
    return None

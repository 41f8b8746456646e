"""Reads doc, wps and odt: through LibreOffice where it is installed, else with this package's own readers.

LibreOffice runs without a window, in a profile of its own per process that forbids macros and linked content, in a
process group that is killed when the time is up. What it converts is checked to be text. `DOCMINE_NO_LIBREOFFICE=1`
keeps it out altogether.
"""

from __future__ import annotations

import logging
import os
import unicodedata
from dataclasses import replace
from typing import Literal

from docmine.errors import (
    DamagedFileError,
    EmptyFileError,
    ImageOnlyError,
    InputError,
    LimitExceededError,
    UnreadableTextError,
)
from docmine.intake.read.ooxml import OLE_MAGIC
from docmine.schema.document import Reading, Warn

OfficeKind = Literal["doc", "wps", "odt", "ott"]

MEDIA_TYPES: dict[str, str] = {
    "doc": "application/msword",
    "wps": "application/vnd.ms-works",
    "odt": "application/vnd.oasis.opendocument.text",
    "ott": "application/vnd.oasis.opendocument.text-template",
}

_MAX_ODD_SHARE = 0.05  # share of characters that no text holds, above which a conversion counts as garbage

log = logging.getLogger(__name__)


def read_office(
    data: bytes,
    *,
    kind: OfficeKind,
    path: str | None = None,
    timeout: float = 60,
    libreoffice: bool | None = None,
) -> Reading:
    """Read a doc, wps or odt file. `timeout` is in seconds; `libreoffice` forces (False) the own readers.

    `path` only serves messages. Content decides over `kind` where the two disagree: a wps or doc that is a zip
    archive is read as docx or odt.
    """
    if not data:
        raise EmptyFileError("the file has no bytes")
    container = _container(data)
    if container == "docx":
        from docmine.intake.read.docx import read_docx

        return read_docx(data, path=path)
    check = _check_doc if container == "doc" else _check_odt
    check(data)
    media_type = MEDIA_TYPES[kind]
    if libreoffice is False or not wants_libreoffice():
        return replace(_checked(_own_reader(data, container)), media_type=media_type)
    try:
        return replace(_checked(_through_libreoffice(data, container, timeout=timeout)), media_type=media_type)
    except (EmptyFileError, ImageOnlyError, UnreadableTextError):
        raise
    except InputError as error:
        log.warning("LibreOffice failed (%s), reading on without it", error.code)
        reading = _instead(error, data, container)
    failed = Warn("libreoffice_failed", "LibreOffice could not convert the file, it was read without")
    return replace(_checked(reading), media_type=media_type, warnings=(failed, *reading.warnings))


def _instead(failure: InputError, data: bytes, container: str) -> Reading:
    """The own reader's result after LibreOffice failed; if it fails too, an exceeded limit is the better reason."""
    try:
        return _own_reader(data, container)
    except InputError as error:
        raise (failure if isinstance(failure, LimitExceededError) else error) from failure


def wants_libreoffice() -> bool:
    """Whether LibreOffice is installed and not switched off by `DOCMINE_NO_LIBREOFFICE`."""
    from docmine.intake.read.libreoffice import find_program

    return os.environ.get("DOCMINE_NO_LIBREOFFICE", "") in ("", "0") and find_program() is not None


def _container(data: bytes) -> str:
    """What the bytes are: doc (OLE), docx or odt (zip)."""
    if data.startswith(OLE_MAGIC):
        return "doc"
    if data.startswith(b"PK"):
        from docmine.intake.read.ooxml import Package

        return "odt" if Package(data).has("content.xml") else "docx"
    raise DamagedFileError("neither an OLE container nor a zip archive", remedy="check the file's real format")


def _check_doc(data: bytes) -> None:
    from docmine.intake.read.doc_binary import open_word_document

    open_word_document(data)


def _check_odt(data: bytes) -> None:
    from docmine.intake.read.odt import open_text_document

    open_text_document(data)


def _own_reader(data: bytes, container: str) -> Reading:
    if container == "odt":
        from docmine.intake.read.odt import read_odt

        return read_odt(data)
    from docmine.intake.read.doc_binary import read_doc

    return read_doc(data)


def _through_libreoffice(data: bytes, container: str, *, timeout: float) -> Reading:
    from docmine.intake.read.docx import read_docx
    from docmine.intake.read.libreoffice import convert

    return replace(read_docx(convert(data, suffix=container, timeout=timeout)), reader="libreoffice")


def _checked(reading: Reading) -> Reading:
    """The reading, unless it is garbage."""
    if not looks_like_text(reading.text):
        raise UnreadableTextError("the text that was read is garbage", remedy="check the file's real format")
    return reading


def looks_like_text(text: str) -> bool:
    """Whether nearly all characters are such as texts hold: no controls, private or unassigned code points."""
    odd = sum(1 for char in text if char not in "\n\t" and _is_odd(char))
    return odd <= _MAX_ODD_SHARE * max(len(text), 1)


def _is_odd(char: str) -> bool:
    return char == "\ufffd" or unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs")

"""FILE → READING. The content decides which reader gets a file; the file's extension is only a hint.

`READERS` is the one table of formats: a kind that `sniff` gives, and the function that reads it, imported on first
use. A new format is a line here, a mark in `sniff` and a module.
"""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docmine.errors import (
    EmptyFileError,
    EncryptedFileError,
    ImageOnlyError,
    InputError,
    LimitExceededError,
    MissingReaderError,
    UnknownTypeError,
)
from docmine.intake.read.sniff import sniff
from docmine.schema.document import Reading, Warn

__all__ = ["READERS", "Reader", "is_risky", "read_bytes", "read_file"]

MAX_BYTES = 512 << 20  # larger files are not documents; reading one takes several times its size in memory


@dataclass(frozen=True, slots=True)
class Reader:
    """Where a reading function lives. `risky`: a hostile file may hang or bloat it, so a batch runs it in a child."""

    module: str
    function: str
    extensions: tuple[str, ...]
    risky: bool = True
    takes_kind: bool = False
    takes_encoding: bool = False

    def load(self) -> Callable[..., Reading]:
        """Import the function; a missing package is told as such."""
        try:
            function: Callable[..., Reading] = getattr(importlib.import_module(self.module), self.function)
        except ImportError as error:
            raise MissingReaderError(
                f"the reader {self.module} can't be loaded: {error}",
                remedy="install docmine again with all its dependencies",
            ) from error
        return function


def _reader(name: str, function: str, *extensions: str, **options: bool) -> Reader:
    return Reader(f"docmine.intake.read.{name}", function, extensions, **options)


READERS: dict[str, Reader] = {
    "docx": _reader("docx", "read_docx", "docx", "docm", "dotx"),
    "doc": _reader("office", "read_office", "doc", "wps", "dot", takes_kind=True),
    "odt": _reader("office", "read_office", "odt", "ott", takes_kind=True),
    "rtf": _reader("rtf", "read_rtf", "rtf"),
    "pdf": _reader("pdf", "read_pdf", "pdf"),
    "html": _reader("html", "read_html", "html", "htm", "xhtml", "shtml", takes_encoding=True),
    "mhtml": _reader("mhtml", "read_mhtml", "mht", "mhtml"),
    "markdown": _reader("markdown", "read_markdown", "md", "markdown", "txt", "text", risky=False, takes_encoding=True),
    "csv": _reader("csv", "read_csv", "csv", "tsv", "txt", risky=False, takes_encoding=True),
    "text": _reader("text", "read_text", "txt", "text", "log", "asc", risky=False, takes_encoding=True),
}

# What to do about an error for which its reader has no better advice.
REMEDIES = {
    "empty": "check that the right file was saved",
    "encrypted": "save it without a password",
    "unsafe": "don't open it; ask its sender for a plain docx or PDF",
    "limit": "split the file, or raise the limits",
    "image_only": "recognise its text with an OCR program",
}

# Kinds that are recognised but not read: what they are, and what the user can do.
UNREAD = {
    "xlsx": ("an Excel workbook", "save the sheet as CSV, or copy the table into a Word document"),
    "xls": ("an Excel workbook (97–2003)", "save the sheet as CSV, or copy the table into a Word document"),
    "ods": ("an OpenDocument spreadsheet", "save the sheet as CSV"),
    "ofd": ("an OFD document", "save it as PDF or docx in the OFD reader"),
    "pptx": ("a PowerPoint presentation", "save the notes or the outline as docx or text"),
    "ppt": ("a PowerPoint presentation (97–2003)", "save the notes or the outline as docx or text"),
    "odp": ("an OpenDocument presentation", "save the notes or the outline as text"),
    "wordxml": ("a Word document in flat XML", "save it as docx"),
}
EXTENSIONS_OF_OTHERS = frozenset(UNREAD) | {"zip", "rar", "7z", "et", "dps", "png", "jpg", "jpeg", "gif", "bmp", "tif"}


def read_file(path: str | Path, *, encoding: str | None = None) -> Reading:
    """Read one file. `encoding` overrules what plain text, Markdown, CSV or HTML seems to be encoded in."""
    path = Path(path)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise LimitExceededError(f"{path.name} has {size >> 20} MB", remedy="split it, if it is a document at all")
        data = path.read_bytes()
    except IsADirectoryError as error:
        raise InputError(f"{path.name} is a folder", remedy="give the files in it") from error
    except OSError as error:
        message = f"{path.name} can't be opened: {error.strerror}"
        raise InputError(message, remedy="check the path and your rights") from error
    return _read(data, name=path.name, path=str(path), encoding=encoding)


def read_bytes(data: bytes, *, name: str | None = None) -> Reading:
    """Read the content of a file that is in memory; `name` is what it is or would be called."""
    return _read(data, name=name, path=name, encoding=None)


def is_risky(kind: str) -> bool:
    """Whether a kind should be read in a child process with limits, as batch runs do."""
    return kind in READERS and READERS[kind].risky


def _read(data: bytes, *, name: str | None, path: str | None, encoding: str | None) -> Reading:
    what = name or "the content"
    kind = sniff(data, name)
    reader = READERS.get(kind) or (READERS["text"] if kind == "unknown" and encoding else None)
    if reader is None:
        raise _refusal(kind, what)
    options: dict[str, Any] = {"path": path}
    if reader.takes_kind:
        options["kind"] = kind
    if reader.takes_encoding and encoding:
        options["encoding"] = encoding
    try:
        reading = reader.load()(data, **options)
    except InputError as error:
        error.remedy = error.remedy or REMEDIES.get(error.code, "open the file in its program and save it again")
        raise
    if not reading.text.strip():
        raise EmptyFileError(f"{what} holds no text", remedy="check that the right file was saved")
    warning = _extension_warning(name, kind, reader)
    return dataclasses.replace(reading, warnings=(*reading.warnings, warning)) if warning else reading


def _refusal(kind: str, what: str) -> InputError:
    """Why content of this kind isn't read, and what to do about it."""
    if kind == "empty":
        return EmptyFileError(f"{what} has no bytes", remedy="copy the file again; it may have been cut off")
    if kind == "encrypted":
        return EncryptedFileError(f"{what} is protected by a password", remedy="save it without a password")
    if kind == "image":
        return ImageOnlyError(f"{what} is a picture", remedy="recognise its text with an OCR program")
    if kind in UNREAD:
        is_a, remedy = UNREAD[kind]
        return MissingReaderError(f"{what} is {is_a}; docmine has no reader for it", remedy=remedy)
    if kind in ("zip", "archive"):
        return UnknownTypeError(f"{what} is an archive, not a document", remedy="unpack it and give the files in it")
    return UnknownTypeError(
        f"the content of {what} is of no known kind",
        remedy="open it in the program that wrote it and save it as docx, PDF or plain text",
    )


def _extension_warning(name: str | None, kind: str, reader: Reader) -> Warn | None:
    """A warning where the extension claims another known format than the content has."""
    extension = Path(name).suffix[1:].lower() if name else ""
    if not extension or extension in reader.extensions:
        return None
    known = EXTENSIONS_OF_OTHERS.union(*(other.extensions for other in READERS.values()))
    if extension not in known:
        return None
    return Warn("wrong_extension", f"the file is called .{extension}, its content is {kind}")

"""Plain text: the decoded file is the text, character for character."""

from __future__ import annotations

from pathlib import Path

from docmine.errors import EmptyFileError, UnknownTypeError, UnreadableTextError
from docmine.intake.read.encoding import Decoded, decode, lost_characters
from docmine.schema.document import Reading


def read_text(data: bytes, *, encoding: str | None = None, path: str | None = None) -> Reading:
    """Read plain text in any encoding. Only the byte order mark is left out; line ends stay as they are."""
    decoded = decode_text(data, encoding=encoding, path=path)
    return Reading(
        text=decoded.text,
        media_type="text/plain",
        reader="text",
        encoding=decoded.encoding,
        layout="lines",
        warnings=lost_characters(decoded.text),
    )


def decode_text(data: bytes, *, encoding: str | None = None, path: str | None = None) -> Decoded:
    """Decode a text file; refuse blank ones and binary data."""
    what = Path(path).name if path else "the text"
    decoded = decode(data, encoding=encoding)
    if not decoded.text.strip("\ufeff\x00\x1a \t\r\n\f\v\u00a0\u3000"):
        raise EmptyFileError(f"{what} holds no text", remedy="check that the right file was saved")
    if not decoded.is_text:
        raise UnknownTypeError(
            f"{what} is binary data, not text",
            remedy="open it in the program that wrote it and save it as docx, PDF or plain text",
        )
    if not decoded.is_legible:
        raise UnreadableTextError(
            f"{what} has lost most of its characters to a wrong conversion",
            remedy="ask for the original file, or name its encoding if it is an unusual one",
        )
    return decoded

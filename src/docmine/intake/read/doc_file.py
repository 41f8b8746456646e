"""The binary Word format, as far as text needs it: header, text pieces, character and paragraph properties.

After [MS-DOC]: the text is cut into pieces (the CLX, 2.9.38) in 8-bit or UTF-16 form; properties hang on file
positions, in 512-byte pages (2.9.34, 2.9.175) that an index lists; a property is a "sprm" with its operand (2.2.5).
"""

from __future__ import annotations

import io
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from docmine.errors import DamagedFileError, EncryptedFileError, MissingReaderError, UnknownTypeError

MAX_STREAM_BYTES = 256 * 2**20
_WORD_97 = 0xC1
_MAGIC = (0xA5EC, 0xA5DC)
_FIRST_FC = 0x9A

# indexes into the header's table of (position, length) pairs, 2.5.6
STYLES, CHPX, PAPX, CLX, LISTS, LIST_OVERRIDES = 1, 12, 13, 33, 73, 74

_OPERAND_BYTES = (1, 1, 2, 4, 2, 2, 0, 3)
_DEF_TABLE = 0xD608
_HUGE = (0x6645, 0x6646)  # the properties proper stand in the Data stream at the operand


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: characters `start`..`end` stand from byte `at` on, one or two bytes each."""

    start: int
    end: int
    at: int
    wide: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Bytes of the main stream with the same properties. `style` is set for paragraphs only."""

    start: int
    end: int
    sprms: bytes
    style: int = 0


@dataclass(slots=True)
class WordFile:
    """An open Word 97–2003 document. `counts` are the characters of its stories, body first (2.5.4)."""

    main: bytes
    table: bytes
    counts: dict[str, int]
    data: bytes = b""
    pieces: list[Piece] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)

    def part(self, index: int) -> bytes:
        """The bytes of the table stream that the header's pair at `index` names."""
        at, length = struct.unpack_from("<II", self.main, _FIRST_FC + 8 * index)
        return self.table[at : at + length] if length else b""

    def part_position(self, index: int) -> tuple[int, int]:
        """Where such a part begins and ends."""
        at, length = struct.unpack_from("<II", self.main, _FIRST_FC + 8 * index)
        return at, at + length

    def text(self) -> str:
        """All characters of all stories. Halves of rare characters stay apart, so that positions count UTF-16."""
        parts = []
        for piece in self.pieces:
            size = piece.end - piece.start
            data = self.main[piece.at : piece.at + size * (2 if piece.wide else 1)]
            text = data.decode("utf-16-le", errors="surrogatepass") if piece.wide else data.decode("cp1252", "replace")
            parts.append(_apart(text) if piece.wide else text)
        return "".join(parts)

    def byte_of(self, cp: int) -> int:
        """The byte position in the main stream of a character position."""
        at = bisect_right(self._starts, cp) - 1
        if at < 0:
            return -1
        piece = self.pieces[at]
        return piece.at + (cp - piece.start) * (2 if piece.wide else 1)

    def index_pieces(self) -> None:
        """Prepare `byte_of`."""
        self._starts = [piece.start for piece in self.pieces]


def open_word_file(data: bytes) -> WordFile:
    """Open the OLE container and read header and piece table; says why where that can't be done."""
    main, streams = _streams(data)
    if len(main) < _FIRST_FC + 8 * (LIST_OVERRIDES + 1):
        raise DamagedFileError("the Word stream is too short")
    magic, version = struct.unpack_from("<HH", main)
    flags = struct.unpack_from("<H", main, 10)[0]
    if magic not in _MAGIC:
        raise DamagedFileError("the Word stream has no Word header")
    if flags & 0x0100:
        raise EncryptedFileError("the document is protected by a password", remedy="save it without a password")
    if version < _WORD_97:
        raise MissingReaderError(
            "a Word 6 or 95 document needs LibreOffice", remedy="install LibreOffice, or save the file as docx"
        )
    name = "1Table" if flags & 0x0200 else "0Table"
    if name not in streams:
        raise DamagedFileError(f"the stream {name} is missing")
    names = ("body", "footnotes", "headers", "", "comments", "endnotes", "boxes", "header_boxes")
    counts = struct.unpack_from("<8i", main, 0x4C)
    word = WordFile(main, streams[name], dict(zip(names, counts, strict=True)), streams.get("Data", b""))
    try:
        word.pieces = list(_pieces(word.part(CLX)))
    except (struct.error, IndexError) as error:
        raise DamagedFileError("the piece table is broken") from error
    if not word.pieces or any(piece.end < piece.start for piece in word.pieces):
        raise DamagedFileError("the piece table is missing or broken")
    if word.pieces[-1].end > 2 * len(main):
        raise DamagedFileError("the piece table names more text than the file holds")
    word.index_pieces()
    return word


def is_word_container(data: bytes) -> None:
    """Raise unless the bytes are an OLE container with a readable Word stream (of any version)."""
    main, _ = _streams(data)
    if len(main) < 12 or struct.unpack_from("<H", main)[0] not in _MAGIC:
        raise DamagedFileError("the Word stream has no Word header")
    if struct.unpack_from("<H", main, 10)[0] & 0x0100:
        raise EncryptedFileError("the document is protected by a password", remedy="save it without a password")


def runs(word: WordFile, index: int) -> list[Run]:
    """The property runs that the index `CHPX` or `PAPX` lists, in order of their bytes."""
    plc = word.part(index)
    count = max((len(plc) - 4) // 8, 0)
    found: list[Run] = []
    for at in range(count):
        page = struct.unpack_from("<I", plc, 4 * (count + 1) + 4 * at)[0] & 0x3FFFFF
        data = word.main[512 * page : 512 * page + 512]
        if len(data) == 512:
            found.extend(_paragraph_page(data, word.data) if index == PAPX else _character_page(data))
    found.sort(key=lambda run: run.start)
    return found


def sprms(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The properties in a list: code and operand."""
    at = 0
    while at + 2 <= len(data):
        code = struct.unpack_from("<H", data, at)[0]
        at += 2
        if code == _DEF_TABLE:
            size = struct.unpack_from("<H", data, at)[0] + 1 if at + 2 <= len(data) else 0
        elif code >> 13 == 6:
            size = data[at] + 1 if at < len(data) else 0
        else:
            size = _OPERAND_BYTES[code >> 13]
        yield code, data[at : at + size]
        at += size


def number(operand: bytes, *, signed: bool = False) -> int:
    """An operand as an integer."""
    return int.from_bytes(operand, "little", signed=signed)


def _streams(data: bytes) -> tuple[bytes, dict[str, bytes]]:
    import olefile  # type: ignore[import-untyped]

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            if ole.exists("EncryptedPackage"):
                raise EncryptedFileError("the document is protected by a password", remedy="save it without a password")
            if not ole.exists("WordDocument"):
                raise UnknownTypeError("an OLE container, but no Word document in it")
            names = [name for name in ("0Table", "1Table", "Data") if ole.exists(name)]
            streams = {name: ole.openstream(name).read(MAX_STREAM_BYTES) for name in names}
            return ole.openstream("WordDocument").read(MAX_STREAM_BYTES), streams
    except (OSError, ValueError, IndexError, KeyError, struct.error) as error:
        raise DamagedFileError(f"broken OLE container: {error}", remedy="get the file again") from error


def _pieces(clx: bytes) -> Iterator[Piece]:
    at = 0
    while at < len(clx) and clx[at] == 1:  # property lists, which only fast-saved files use
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at >= len(clx) or clx[at] != 2:
        return
    plc = clx[at + 5 : at + 5 + struct.unpack_from("<I", clx, at + 1)[0]]
    count = (len(plc) - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}I", plc)
    for index in range(count):
        fc = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * index + 2)[0]
        wide = not fc & 0x40000000
        position = fc & 0x3FFFFFFF
        yield Piece(bounds[index], bounds[index + 1], position if wide else position // 2, wide)


def _character_page(data: bytes) -> Iterator[Run]:
    count = data[511]
    if 4 * (count + 1) + count > 511:
        return
    bounds = struct.unpack_from(f"<{count + 1}I", data)
    for index in range(count):
        at = 2 * data[4 * (count + 1) + index]
        sprm = data[at + 1 : at + 1 + data[at]] if at else b""
        yield Run(bounds[index], bounds[index + 1], sprm)


def _paragraph_page(data: bytes, aside: bytes) -> Iterator[Run]:
    count = data[511]
    if 4 * (count + 1) + 13 * count > 511:
        return
    bounds = struct.unpack_from(f"<{count + 1}I", data)
    for index in range(count):
        at = 2 * data[4 * (count + 1) + 13 * index]
        if not at:
            yield Run(bounds[index], bounds[index + 1], b"")
            continue
        if data[at]:
            body = data[at + 1 : at + 2 * data[at]]
        else:
            body = data[at + 2 : at + 2 + 2 * data[at + 1]] if at + 1 < 511 else b""
        style = struct.unpack_from("<H", body)[0] if len(body) >= 2 else 0
        yield Run(bounds[index], bounds[index + 1], _resolved(body[2:], aside), style)


def _resolved(properties: bytes, aside: bytes) -> bytes:
    """The properties; those too long for their page are fetched from the Data stream."""
    for code, operand in sprms(properties):
        if code in _HUGE and len(operand) == 4:
            at = number(operand)
            size = number(aside[at : at + 2])
            return aside[at + 2 : at + 2 + size]
    return properties


def _apart(text: str) -> str:
    """Characters beyond the basic plane as two surrogate halves each."""
    if not any(char > "\uffff" for char in text):
        return text
    halves = text.encode("utf-16-le", errors="surrogatepass")
    return "".join(map(chr, struct.unpack(f"<{len(halves) // 2}H", halves)))

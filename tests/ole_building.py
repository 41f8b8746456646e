"""Builds OLE containers and small Word 97 documents for tests, byte by byte ([MS-CFB], [MS-DOC])."""

from __future__ import annotations

import struct

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512
_TEXT_AT = 0x800
_NAMES = 0x9A


def ole(streams: dict[str, bytes]) -> bytes:
    """A container of up to three streams, each padded past the size below which streams are packed differently."""
    fat = [_FAT, _END]
    entries = [_entry("Root Entry", 5, child=1 if streams else _FREE)]
    body = b""
    for index, (name, data) in enumerate(streams.items(), start=1):
        padded = data.ljust(max(4096, -(-len(data) // _SECTOR) * _SECTOR), b"\0")
        first, count = len(fat), len(padded) // _SECTOR
        fat += [*range(first + 1, first + count), _END]
        right = index + 1 if index < len(streams) else _FREE
        entries.append(_entry(name, 2, start=first, size=len(padded), right=right))
        body += padded
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(_SECTOR, b"\xff")
    directory = b"".join(entries).ljust(_SECTOR, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<109I", 0, *[_FREE] * 108)
    return header + table + directory + body


def _entry(name: str, kind: int, *, child: int = _FREE, start: int = 0, size: int = 0, right: int = _FREE) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<III", _FREE, right, child)
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBB", len(text), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def doc(
    text: str,
    *,
    paragraphs: list[tuple[int, bytes]] | None = None,
    characters: list[tuple[int, int, bytes]] | None = None,
    counts: tuple[int, ...] | None = None,
    flags: int = 0x0200,
    version: int = 0xC1,
    pieces: bytes | None = None,
) -> bytes:
    """A Word document. `paragraphs` are (end, properties), `characters` (start, end, properties), by character."""
    data = text.encode("utf-16-le")
    length = len(data) // 2
    table = bytearray()
    names: dict[int, tuple[int, int]] = {}

    def add(index: int, part: bytes) -> None:
        names[index] = (len(table), len(part))
        table.extend(part)

    clx = struct.pack("<II", 0, length) + struct.pack("<HIH", 0, _TEXT_AT, 0)
    add(33, b"\x02" + struct.pack("<I", len(clx)) + clx if pieces is None else pieces)
    pages = b""
    page = (_TEXT_AT + len(data)) // 512 + 1
    if paragraphs is not None:
        add(13, struct.pack("<III", _TEXT_AT, _TEXT_AT + len(data), page))
        pages += _page([(end, b"\0\0" + sprms) for end, sprms in paragraphs], entry=13)
        page += 1
    if characters is not None:
        add(12, struct.pack("<III", _TEXT_AT, _TEXT_AT + len(data), page))
        runs: list[tuple[int, bytes]] = []
        for start, end, sprms in characters:
            runs += [(start, b""), (end, sprms)]
        pages += _page([*runs, (length, b"")], entry=1)
    main = bytearray(_NAMES + 8 * 75)
    struct.pack_into("<HH", main, 0, 0xA5EC, version)
    struct.pack_into("<H", main, 10, flags)
    struct.pack_into("<8i", main, 0x4C, *(counts or (length, 0, 0, 0, 0, 0, 0, 0)))
    for index, (at, size) in names.items():
        struct.pack_into("<II", main, _NAMES + 8 * index, at, size)
    stream = bytes(main).ljust(_TEXT_AT, b"\0") + data
    stream = stream.ljust(((_TEXT_AT + len(data)) // 512 + 1) * 512, b"\0") + pages
    return ole({"WordDocument": stream, "1Table": bytes(table)})


def _page(runs: list[tuple[int, bytes]], *, entry: int) -> bytes:
    """A 512-byte page of properties: bounds, one entry a run, and the properties from the page's end upwards."""
    page = bytearray(512)
    count = len(runs)
    bounds = [0, *(end for end, _ in runs)]
    struct.pack_into(f"<{count + 1}I", page, 0, *(_TEXT_AT + 2 * bound for bound in bounds))
    at = 510
    for index, (_, sprms) in enumerate(runs):
        if not sprms:
            continue
        body = sprms if entry == 1 else sprms + b"\0" * (1 - len(sprms) % 2)
        packed = bytes([len(body)]) + body if entry == 1 else bytes([(len(body) + 1) // 2]) + body
        at = (at - len(packed)) // 2 * 2
        page[at : at + len(packed)] = packed
        page[4 * (count + 1) + entry * index] = at // 2
    page[511] = count
    return bytes(page)

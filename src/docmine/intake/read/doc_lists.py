"""Lists and styles of the binary Word format ([MS-DOC] 2.4.6.3, 2.9.131, 2.9.150, 2.9.271)."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from docmine.intake.read.doc_file import LIST_OVERRIDES, LISTS, STYLES, WordFile
from docmine.intake.read.list_counter import Level, ListInstance

FORMATS = (
    "decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal", "cardinalText",
    "ordinalText", "hex", "chicago", "ideographDigital", "japaneseCounting", "aiueo", "iroha",
    "decimalFullWidth", "decimalHalfWidth", "japaneseLegal", "japaneseDigitalTenThousand",
    "decimalEnclosedCircle", "decimalFullWidth2", "aiueoFullWidth", "irohaFullWidth", "decimalZero", "bullet",
    "ganada", "chosung", "decimalEnclosedFullstop", "decimalEnclosedParen", "decimalEnclosedCircleChinese",
    "ideographEnclosedCircle", "ideographTraditional", "ideographZodiac", "ideographZodiacTraditional",
    "taiwaneseCounting", "ideographLegalTraditional", "taiwaneseCountingThousand", "taiwaneseDigital",
    "chineseCounting", "chineseLegalSimplified", "chineseCountingThousand",
)  # fmt: skip
"""Number formats by their code (MSONFC), as ECMA-376 names."""

_SUFFIXES = ("tab", "space", "nothing")
_LSTF, _LVLF, _LFO = 28, 28, 16
_NO_STYLE = 0xFFF


@dataclass(frozen=True, slots=True)
class DocStyle:
    """A paragraph style: its properties, what it is based on, and its heading level (0: none)."""

    sprms: bytes
    based_on: int
    heading: int


def read_lists(word: WordFile) -> tuple[dict[str, dict[int, Level]], dict[int, ListInstance]]:
    """The list definitions by id, and the list instances by their number from 1. Broken tables yield no lists."""
    try:
        definitions = _definitions(word)
        return definitions, _instances(word)
    except (struct.error, IndexError):
        return {}, {}


def read_styles(word: WordFile) -> dict[int, DocStyle]:
    """The paragraph styles by their number."""
    try:
        return _styles(word.part(STYLES))
    except (struct.error, IndexError):
        return {}


def _definitions(word: WordFile) -> dict[str, dict[int, Level]]:
    start, end = word.part_position(LISTS)
    if end <= start:
        return {}
    count = struct.unpack_from("<H", word.table, start)[0]
    at = end
    found: dict[str, dict[int, Level]] = {}
    for index in range(count):
        head = start + 2 + _LSTF * index
        list_id = struct.unpack_from("<i", word.table, head)[0]
        simple = word.table[head + 26] & 1
        levels: dict[int, Level] = {}
        for ilvl in range(1 if simple else 9):
            levels[ilvl], at = _level(word.table, at)
        found[str(list_id)] = levels
    return found


def _instances(word: WordFile) -> dict[int, ListInstance]:
    start, end = word.part_position(LIST_OVERRIDES)
    if end <= start:
        return {}
    count = struct.unpack_from("<I", word.table, start)[0]
    at = start + 4 + _LFO * count
    found: dict[int, ListInstance] = {}
    for index in range(min(count, 0xFFFF)):
        head = start + 4 + _LFO * index
        list_id = struct.unpack_from("<i", word.table, head)[0]
        overrides = word.table[head + 12]
        at += 4  # the position of an unused field
        levels, starts, at = _overrides(word.table, at, overrides)
        found[index + 1] = ListInstance(str(list_id), levels, starts)
    return found


def _overrides(table: bytes, at: int, count: int) -> tuple[Mapping[int, Level], Mapping[int, int], int]:
    levels: dict[int, Level] = {}
    starts: dict[int, int] = {}
    for _ in range(count):
        start, flags = struct.unpack_from("<iI", table, at)
        at += 8
        ilvl = flags & 0xF
        if flags & 0x20:
            levels[ilvl], at = _level(table, at)
            if flags & 0x10:
                starts[ilvl] = levels[ilvl].start
        elif flags & 0x10:
            starts[ilvl] = start
    return levels, starts, at


def _level(table: bytes, at: int) -> tuple[Level, int]:
    """A level (LVL), and where the next begins."""
    start, code, flags = struct.unpack_from("<iBB", table, at)
    follow, chpx, papx, limit = table[at + 15], table[at + 24], table[at + 25], table[at + 26]
    at += _LVLF + papx + chpx
    length = struct.unpack_from("<H", table, at)[0]
    text = table[at + 2 : at + 2 + 2 * length].decode("utf-16-le", errors="replace")
    name = "none" if code == 0xFF else FORMATS[code] if code < len(FORMATS) else "decimal"
    level = Level(
        start=start,
        format=name,
        pattern="".join(f"%{ord(char) + 1}" if ord(char) < 9 else char for char in text),
        suffix=_SUFFIXES[follow] if follow < len(_SUFFIXES) else "tab",
        legal=bool(flags & 0x04),
        restart_after=limit if flags & 0x08 else None,
    )
    return level, at + 2 + 2 * length


def _styles(data: bytes) -> dict[int, DocStyle]:
    if len(data) < 6:
        return {}
    head, count, base = struct.unpack_from("<HHH", data)
    at = 2 + head
    found: dict[int, DocStyle] = {}
    for index in range(count):
        size = struct.unpack_from("<H", data, at)[0]
        style = _style(data[at + 2 : at + 2 + size], base)
        if style is not None:
            found[index] = style
        at += 2 + size + size % 2
    return found


def _style(data: bytes, base: int) -> DocStyle | None:
    if len(data) < base or len(data) < 10:
        return None
    built_in = struct.unpack_from("<H", data)[0] & 0xFFF
    kind = struct.unpack_from("<H", data, 2)[0]
    if kind & 0xF != 1:  # not a paragraph style
        return None
    based_on = kind >> 4
    name_length = struct.unpack_from("<H", data, base)[0]
    at = base + 2 + 2 * (name_length + 1)
    size = struct.unpack_from("<H", data, at)[0] if at + 2 <= len(data) else 0
    properties = data[at + 4 : at + 2 + size] if size >= 2 else b""  # past the style's own number
    heading = built_in if 1 <= built_in <= 9 else 0
    return DocStyle(properties, -1 if based_on == _NO_STYLE else based_on, heading)

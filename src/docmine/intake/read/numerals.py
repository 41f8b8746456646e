"""The numbers of automatic lists, written as the word processor shows them.

Formats carry their ECMA-376 names (17.18.59, ST_NumberFormat); alphabets live in `resources/common/list_numbers.toml`.
The readers of docx, doc and odt share this module.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import resources
from typing import Any

_ROMANS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip

_GLYPHS = re.compile("[\uf020-\uf0ff]")
_CIRCLED = re.compile(r"eq\s*\\o\s*(?:\\a[a-z]\s*)?\(\s*[○〇◯]\s*[,，;；]\s*([^)]*?)\s*\)", re.IGNORECASE)


def format_number(value: int, name: str) -> str:
    """The number `value` in the list format `name`; formats that aren't known come out as decimal digits."""
    if name in ("none", "bullet"):
        return ""
    if value < 0:
        return str(value)
    table = number_formats().get(name)
    if table is not None:
        return _by_table(value, table)
    if name == "decimalZero":
        return f"{value:02d}"
    if name in ("upperRoman", "lowerRoman"):
        roman = _roman(value)
        return roman if name == "upperRoman" else roman.lower()
    if name == "numberInDash":
        return f"- {value} -"
    if name == "ordinal":
        return f"{value}{_ordinal_suffix(value)}"
    if name == "hex":
        return f"{value:X}"
    return str(value)


def number_gap(marker: str, suffix: str, text: str) -> str:
    """What stands between a list number and its text; `suffix` is nothing, space or tab.

    A tab becomes a space only where the number would run into the text (1.1 → 2024年, 第一条 → 各部门): after a
    punctuation mark and before Chinese characters (一、 → 关于, 1. → 由) it is left out.
    """
    if suffix == "nothing" or not marker or not text.strip():
        return ""
    if suffix == "space":
        return " "
    closed = unicodedata.category(marker[-1]).startswith("P")
    wide = unicodedata.east_asian_width(marker[-1]) in ("W", "F")
    return "" if closed and (wide or not text[0].isascii()) else " "


def is_wording(marker: str) -> bool:
    """Whether a list label says something (a number, 附件), as against a bullet, which is not written into the text."""
    return any(char.isalnum() and not 0xE000 <= ord(char) <= 0xF8FF for char in marker)


def circled_text(instruction: str) -> str:
    """What a field of the kind `EQ \\o\\ac(○,3)` shows: East Asian Word writes circled characters so. Else ""."""
    circled = _CIRCLED.search(instruction)
    if circled is None:
        return ""
    inner = circled[1]
    return format_number(int(inner), "decimalEnclosedCircle") if inner.isdecimal() else inner


@cache
def number_formats() -> dict[str, dict[str, Any]]:
    """The tables of `list_numbers.toml`, aliases resolved."""
    import tomllib

    path = resources.files("docmine") / "resources" / "common" / "list_numbers.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: tables[table["alias"]] if "alias" in table else table for name, table in tables.items()}


def _by_table(value: int, table: dict[str, Any]) -> str:
    kind = table["kind"]
    if kind == "digits":
        return _digit_by_digit(value, table["digits"])
    if kind == "short" and value >= 100:
        return _digit_by_digit(value, table["digits"])
    if kind in ("short", "counting"):
        return _counting(value, table)
    words = table["words"]
    if value < 1:
        return str(value)
    if kind == "letters":
        return str(words[(value - 1) % len(words)]) * ((value - 1) // len(words) + 1) if value <= 780 else str(value)
    if kind == "cycle":
        return str(words[(value - 1) % len(words)])
    return str(words[value - 1]) if value <= len(words) else str(value)


def _digit_by_digit(value: int, digits: str) -> str:
    return "".join(digits[int(digit)] for digit in str(value))


def _counting(value: int, table: dict[str, Any]) -> str:
    """Numbers with units: 十一, 一百零五, 三千二百万."""
    digits = table["digits"]
    if value == 0:
        return str(digits[0])
    if value >= 10**8:
        return _digit_by_digit(value, digits)
    high, low = divmod(value, 10000)
    text = _below_myriad(high, table) + table["myriad"] if high else ""
    if low:
        gap = table["zero"] if high and low < 1000 else ""
        text += gap + _below_myriad(low, table)
    one, ten = digits[1], table["units"][0]
    if table["bare"] == "first" and text.startswith(one + ten):
        text = text[1:]
    return text


def _below_myriad(value: int, table: dict[str, Any]) -> str:
    digits, units, zero = table["digits"], table["units"], table["zero"]
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += (zero if gap else "") + _digit_with_unit(
            digit, digits, units[power - 1] if power else "", table["bare"]
        )
        gap = False
    return text


def _digit_with_unit(digit: int, digits: str, unit: str, bare: str) -> str:
    if unit and digit == 1 and bare == "all":
        return unit
    return digits[digit] + unit


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    text = ""
    for worth, letters in _ROMANS:
        count, value = divmod(value, worth)
        text += letters * count
    return text


def _ordinal_suffix(value: int) -> str:
    if value % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")


@cache
def _symbol_tables() -> dict[str, dict[str, str]]:
    import tomllib

    path = resources.files("docmine") / "resources" / "common" / "symbol_fonts.toml"
    tables: dict[str, dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return {font.lower(): table for font, table in tables.items()}


def is_symbol_font(font: str) -> bool:
    """Whether the characters of this font are glyph numbers, not text."""
    return font.lower() in _symbol_tables()


def symbol_character(code: int, font: str) -> str:
    """The Unicode look-alike of glyph `code` of a symbol font; the code's own character in a text font.

    Glyph codes come as 0xF0xx (private use) or 0xxx. An unknown glyph of a symbol font yields nothing.
    """
    table = _symbol_tables().get(font.lower())
    if table is not None:
        return table.get(f"{code & 0xFF:02X}", "")
    return "" if 0xE000 <= code <= 0xF8FF or not 0x20 <= code <= 0x10FFFF else chr(code)


def plain_symbols(text: str) -> str:
    """The text with glyph numbers of symbol fonts (U+F020–U+F0FF) as look-alikes, where the font isn't known.

    Nearly all such characters in office documents are Wingdings: boxes, ticks, bullets. Unknown ones stay.
    """
    return _GLYPHS.sub(lambda match: symbol_character(ord(match[0]), "Wingdings") or match[0], text)

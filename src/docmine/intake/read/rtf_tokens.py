"""RTF cut into tokens, and its bytes decoded: 8-bit text stands in the code page of its font."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"\\([A-Za-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9A-Fa-f]{2})|\\([\s\S])|([{}])|[\r\n\0]+|([^\\{}\r\n\0]+)"
)

_CHARSETS = {
    77: 10000, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258,
    177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}  # fmt: skip
"""Font charset numbers of Windows and the code pages that they stand for."""

_CODECS = {936: "gb18030", 950: "cp950", 10000: "mac_roman", 10008: "gb18030", 54936: "gb18030", 65001: "utf-8"}
_DOUBLE_BYTE = frozenset((932, 936, 949, 950))
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")


class Token(NamedTuple):
    """`kind` is word, hex, symbol, open, close or text. `number` is the parameter of a control word."""

    kind: str
    value: str
    number: int | None = None


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of an RTF file; binary data (`\\bin`) is passed over."""
    source = data.decode("latin-1")
    at, end = 0, len(source)
    while at < end:
        match = _TOKEN.match(source, at)
        if match is None:  # a lone backslash at the very end
            return
        at = match.end()
        word, number, code, symbol, brace, text = match.groups()
        if word is not None:
            value = None if number is None else int(number)
            if word == "bin":
                at += max(value or 0, 0)
                continue
            yield Token("word", word, value)
        elif text is not None:
            yield Token("text", text)
        elif code is not None:
            yield Token("hex", chr(int(code, 16)))
        elif brace is not None:
            yield Token("open" if brace == "{" else "close", brace)
        elif symbol is not None:
            yield Token("symbol", symbol)


def code_page(charset: int | None, default: int) -> int:
    """The code page of a font with this charset number; ANSI and default fonts follow the document."""
    return default if charset is None else _CHARSETS.get(charset, default)


def decode(data: bytes, page: int) -> str:
    """Text in a code page. Where a Western page is declared but the bytes only make sense as GBK, GBK it is.

    (Chinese programs often write GBK bytes in a font that is declared ANSI.)
    """
    if data.isascii():
        return data.decode("ascii")
    if page not in _DOUBLE_BYTE and _is_gbk(data):
        page = 936
    try:
        return data.decode(_CODECS.get(page, f"cp{page}"), errors="replace")
    except LookupError:
        return data.decode("cp1252", errors="replace")


def _is_gbk(data: bytes) -> bool:
    """Whether all high bytes pair up to Chinese characters or full-width signs."""
    runs = _HIGH_RUN.findall(data)
    if any(len(run) % 2 for run in runs):
        return False
    try:
        text = b"".join(runs).decode("gbk")
    except UnicodeDecodeError:
        return False
    return all("\u4e00" <= char <= "\u9fff" or "\u3000" <= char <= "\u303f" or char >= "\uff00" for char in text)

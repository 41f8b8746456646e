"""Colours on a terminal, nothing elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TextIO

_CODES = {
    "head": "1",
    "dim": "2",
    "party": "1;36",
    "due": "1;33",
    "force": "1;35",
    "warn": "33",
    "error": "1;31",
    "number": "2;37",
}


class Paint:
    """Paints text for a stream; a stream that isn't a terminal gets it plain."""

    def __init__(self, stream: TextIO, *, color: str = "auto") -> None:
        wanted = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        self.on = color == "always" or (color == "auto" and wanted)

    def __call__(self, style: str, text: str) -> str:
        """The text in a style."""
        return f"\033[{_CODES[style]}m{text}\033[0m" if self.on and text else text

    def marked(self, text: str, marks: Iterable[tuple[int, int, str]]) -> str:
        """A text with some stretches `(start, end, style)` painted; of overlapping ones the first counts."""
        out: list[str] = []
        at = 0
        for start, end, style in sorted(marks):
            if start >= at and end <= len(text):
                out += [text[at:start], self(style, text[start:end])]
                at = end
        return "".join(out) + text[at:]


def width_of(text: str) -> int:
    """Columns that a text takes on a terminal: two for each wide character."""
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def padded(text: str, width: int) -> str:
    """A text filled up with blanks to a number of columns."""
    return text + " " * max(width - width_of(text), 0)

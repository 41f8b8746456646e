"""What the PDF reader works with: pieces of print, lines of text, ruled lines, and the page they stand on."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from docmine.rulebook import load_toml


@dataclass(slots=True)
class Piece:
    """Print that stands together: a line or part of one. Box in points from the page's lower left corner, upright.

    `em` is the width of an ideograph in it (0 where it has none).
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    em: float = 0.0


@dataclass(slots=True)
class Line:
    """A line of text as printed on a page (pages count from 1). `em` is 0 where it has no ideograph."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    em: float
    page: int

    @property
    def height(self) -> float:
        """Height of the line's box in points."""
        return self.y1 - self.y0

    @property
    def size(self) -> float:
        """The letter size in points: the width of an ideograph, else roughly the height of the line."""
        return self.em or self.height


@dataclass(slots=True)
class Rulings:
    """Ruled lines of a page: horizontal (y, x0, x1) and vertical (x, y0, y1), in points."""

    horizontal: list[tuple[float, float, float]] = field(default_factory=list)
    vertical: list[tuple[float, float, float]] = field(default_factory=list)

    def cross(self, x0: float, x1: float, y0: float, y1: float) -> bool:
        """Whether an upright line stands between the two ends of print."""
        middle = (y0 + y1) / 2
        return any(x0 + 1 < x < x1 - 1 and bottom <= middle <= top for x, bottom, top in self.vertical)


@dataclass(slots=True)
class PageContent:
    """What stands on a page.

    `raw` is pdfium's text, for judging legibility. `lost` are the places at which print begins that pdfium left out,
    `kept` (if there are any lost) those of the other print. `drawing` tells that the page has too many objects to be
    looked through.
    """

    number: int
    width: float
    height: float
    raw: str = ""
    pieces: list[Piece] = field(default_factory=list)
    rulings: Rulings = field(default_factory=Rulings)
    lost: list[tuple[float, float]] = field(default_factory=list)
    kept: list[tuple[float, float]] = field(default_factory=list)
    pictures: bool = False
    drawing: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible page: its box in the file's coordinates and its turn (quarters, clockwise)."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as seen upright."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn % 2 else (width, height)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point as seen upright, from the lower left corner."""
        if self.turn == 1:
            return y - self.bottom, self.right - x
        if self.turn == 2:
            return self.right - x, self.top - y
        if self.turn == 3:
            return self.top - y, x - self.left
        return x - self.left, y - self.bottom


@cache
def straight_characters() -> dict[int, str]:
    """Characters to put right: radicals that stand for whole characters, hyphens marked as noncharacters."""
    import unicodedata

    table = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    pairs: str = load_toml("common/pdf_layout.toml")["radicals"]
    table |= {ord(wrong): right for wrong, right in zip(pairs[::2], pairs[1::2], strict=True)}
    return table | {0xFFFE: "-", 0x02: "-", 0xAD: "-", 0xA0: " ", 0x09: " "}


def is_ideograph(char: str) -> bool:
    """Whether a character is a Chinese character (it is then as wide as the font is high)."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or "\U00020000" <= char <= "\U000323af"


def is_latin(char: str) -> bool:
    """Whether a character is an ASCII letter or digit."""
    return char.isascii() and char.isalnum()


def print_width(text: str) -> float:
    """The width of a text in ems, roughly: ASCII half, all else one."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)

"""What the styles of an odt say: hidden text, heading levels, and how lists are numbered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from docmine.intake.read.docx_styles import to_int
from docmine.intake.read.list_counter import Level
from docmine.intake.read.numerals import format_number
from docmine.intake.read.ooxml import Element, local_name

_SPACES = {
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
_URIS = {prefix: uri for uri, prefix in _SPACES.items()}
_SIMPLE_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LISTED_FORMATS = (
    "chineseCountingThousand", "chineseLegalSimplified", "ideographLegalTraditional", "ideographTraditional",
    "ideographZodiac", "decimalEnclosedCircle", "decimalFullWidth", "ideographEnclosedCircle", "aiueoFullWidth",
    "irohaFullWidth", "japaneseLegal", "decimalZero",
)  # fmt: skip
_FOLLOWERS = {"listtab": "tab", "space": "space", "nothing": "nothing"}


def o_name(element: Element) -> str:
    """The element's name with the usual prefix of its vocabulary (`text:p`), "" if it is of another."""
    tag = element.tag
    if not isinstance(tag, str) or not tag.startswith("{"):
        return ""
    uri, _, local = tag[1:].partition("}")
    prefix = _SPACES.get(uri)
    return f"{prefix}:{local}" if prefix else ""


def o_attribute(element: Element, name: str) -> str | None:
    """An attribute, named with its usual prefix."""
    prefix, _, local = name.partition(":")
    value = element.get(f"{{{_URIS[prefix]}}}{local}")
    return None if value is None else str(value)


def o_number(element: Element, name: str, default: int) -> int:
    """An attribute as an integer."""
    value = to_int(o_attribute(element, name))
    return default if value is None else value


@dataclass(frozen=True, slots=True)
class OdfStyle:
    """A paragraph or text style, what it states itself."""

    name: str
    parent: str | None = None
    hidden: bool | None = None
    outline: int | None = None
    list_style: str | None = None


@dataclass(slots=True)
class OdfStyles:
    """All styles of a document that bear on its text."""

    by_name: dict[tuple[str, str], OdfStyle] = field(default_factory=dict)
    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    outline: dict[int, Level] = field(default_factory=dict)

    def chain(self, family: str, name: str | None) -> Iterator[OdfStyle]:
        """The style and its parents, nearest first."""
        seen: set[str] = set()
        while name is not None and name not in seen and (family, name) in self.by_name:
            seen.add(name)
            style = self.by_name[family, name]
            yield style
            name = style.parent

    def hides(self, family: str, name: str | None) -> bool:
        """Whether the style hides its text."""
        return next((style.hidden for style in self.chain(family, name) if style.hidden is not None), False)

    def list_of(self, name: str | None) -> str | None:
        """The list style that a paragraph style names."""
        return next((style.list_style for style in self.chain("paragraph", name) if style.list_style is not None), None)

    def outline_of(self, name: str | None) -> int:
        """The heading level that a paragraph style gives, 0 for body text."""
        return next((style.outline for style in self.chain("paragraph", name) if style.outline is not None), 0)

    def add(self, root: Element) -> None:
        """Take up the styles of `styles.xml` or `content.xml`."""
        for element in root.iter():
            name = o_name(element)
            if name == "style:style":
                style = _style(element)
                self.by_name[o_attribute(element, "style:family") or "", style.name] = style
            elif name == "text:list-style":
                self.lists[o_attribute(element, "style:name") or ""] = _levels(element)
            elif name == "text:outline-style":
                self.outline = _levels(element)


def _style(element: Element) -> OdfStyle:
    hidden = None
    for child in element:
        if o_name(child) == "style:text-properties":
            display = o_attribute(child, "text:display")
            hidden = None if display is None else display == "none"
    return OdfStyle(
        name=o_attribute(element, "style:name") or "",
        parent=o_attribute(element, "style:parent-style-name"),
        hidden=hidden,
        outline=to_int(o_attribute(element, "style:default-outline-level")),
        list_style=o_attribute(element, "style:list-style-name"),
    )


def _levels(element: Element) -> dict[int, Level]:
    levels = {}
    for child in element:
        if o_name(child) in ("text:list-level-style-number", "text:outline-level-style"):
            levels[o_number(child, "text:level", 1) - 1] = _level(child)
        elif o_name(child).startswith("text:list-level-style-"):
            levels[o_number(child, "text:level", 1) - 1] = Level(format="bullet")
    return levels


def _level(element: Element) -> Level:
    at = o_number(element, "text:level", 1)
    name = _format(o_attribute(element, "style:num-format") or "")
    return Level(
        start=o_number(element, "text:start-value", 1),
        format=name,
        pattern=_pattern(element, at) if name != "none" else "",
        suffix=_suffix(element),
    )


def _pattern(element: Element, at: int) -> str:
    """The label's pattern with `%1`-style places. Newer files state it (`%1%.%2%`), older ones give its parts."""
    stated = o_attribute(element, "loext:num-list-format") or o_attribute(element, "style:num-list-format")
    if stated is not None:
        for level in range(1, 11):
            stated = stated.replace(f"%{level}%", f"%{level}")
        return stated
    first = max(at - o_number(element, "text:display-levels", 1) + 1, 1)
    numbers = ".".join(f"%{level}" for level in range(first, at + 1))
    prefix = o_attribute(element, "style:num-prefix") or ""
    return prefix + numbers + (o_attribute(element, "style:num-suffix") or "")


def _format(stated: str) -> str:
    """The ECMA-376 name of an ODF number format. ODF lists the first numbers of unusual ones: `一, 二, 三, ...`."""
    if not stated:
        return "none"
    if stated in _SIMPLE_FORMATS:
        return _SIMPLE_FORMATS[stated]
    words = [word.strip() for word in stated.split(",")][:3]
    for name in _LISTED_FORMATS:
        if words == [format_number(value, name) for value in range(1, len(words) + 1)]:
            return name
    return "decimal"


def _suffix(element: Element) -> str:
    for child in element.iter():
        if local_name(child) == "list-level-label-alignment":
            return _FOLLOWERS.get(o_attribute(child, "text:label-followed-by") or "", "tab")
    return "nothing"

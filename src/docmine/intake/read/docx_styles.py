"""What the styles of a docx say: headings, numbering and hidden text, through their `basedOn` chains."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from docmine.intake.read.ooxml import Element

_TRANSITIONAL = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_HEADING_NAME = re.compile(r"^heading ([1-9])$")
_BODY_OUTLINE = 9


def w_name(element: Element) -> str:
    """The element's local name if it is of the Word vocabulary (transitional or strict), else ""."""
    tag = element.tag
    return _short(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=4096)
def _short(tag: str) -> str:
    for space in (_TRANSITIONAL, _STRICT):
        if tag.startswith(space):
            return tag[len(space) :]
    return ""


def w_attribute(element: Element, name: str) -> str | None:
    """An attribute of the Word vocabulary."""
    value = element.get(_TRANSITIONAL + name)
    if value is None:
        value = element.get(_STRICT + name)
    return None if value is None else str(value)


def w_child(element: Element | None, *path: str) -> Element | None:
    """The first child at this path of Word element names."""
    for name in path:
        if element is None:
            return None
        element = next((child for child in element if w_name(child) == name), None)
    return element


def w_value(element: Element | None, *path: str) -> str | None:
    """The `w:val` of the child at this path, None where there is no such child."""
    child = w_child(element, *path)
    return None if child is None else w_attribute(child, "val")


def w_number(element: Element | None, *path: str) -> int | None:
    """The `w:val` of the child at this path as an integer, None where there is none."""
    return to_int(w_value(element, *path))


def w_switch(element: Element | None, *path: str) -> bool | None:
    """A toggle such as `<w:vanish/>`: True, False (`w:val="0"`), or None where it isn't stated."""
    child = w_child(element, *path)
    if child is None:
        return None
    return w_attribute(child, "val") not in ("0", "false", "off")


def to_int(text: str | None) -> int | None:
    """The integer that an attribute states; None where it is missing or no number."""
    try:
        return int(text) if text is not None else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Style:
    """One style, what it states itself."""

    id: str
    name: str = ""
    based_on: str | None = None
    outline: int | None = None
    num_id: str | None = None
    ilvl: int | None = None
    vanish: bool | None = None


@dataclass(slots=True)
class Styles:
    """All styles of a document. `default` is the paragraph style of paragraphs that name none."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str | None = None
    numbering_styles: dict[str, str] = field(default_factory=dict)
    _chains: dict[str | None, tuple[Style, ...]] = field(default_factory=dict)

    def chain(self, style_id: str | None) -> tuple[Style, ...]:
        """The style and those it is based on, nearest first."""
        known = self._chains.get(style_id)
        if known is None:
            known = self._chains[style_id] = tuple(self._follow(style_id))
        return known

    def _follow(self, style_id: str | None) -> list[Style]:
        found: list[Style] = []
        seen: set[str] = set()
        while style_id is not None and style_id not in seen and style_id in self.by_id:
            seen.add(style_id)
            style = self.by_id[style_id]
            found.append(style)
            style_id = style.based_on
        return found

    def heading_level(self, style_id: str | None) -> int:
        """The heading level from 1 that a paragraph style gives, 0 for body text."""
        for style in self.chain(style_id):
            if style.outline is not None:
                return style.outline + 1 if style.outline < _BODY_OUTLINE else 0
            named = _HEADING_NAME.match(style.name)
            if named:
                return int(named[1])
            if style.name in ("title", "subtitle"):
                return 1 if style.name == "title" else 2
        return 0

    def is_contents(self, style_id: str | None) -> bool:
        """Whether the style is that of a line of the table of contents."""
        return any(style.name.startswith("toc ") for style in self.chain(style_id)[:1])

    def vanishes(self, style_id: str | None) -> bool:
        """Whether the style hides its text."""
        stated = (style.vanish for style in self.chain(style_id) if style.vanish is not None)
        return next(stated, False)


def read_styles(root: Element | None) -> Styles:
    """The styles of `styles.xml`."""
    styles = Styles()
    for element in () if root is None else root:
        if w_name(element) != "style":
            continue
        style = _style(element)
        styles.by_id[style.id] = style
        kind = w_attribute(element, "type")
        if kind == "paragraph" and w_attribute(element, "default") in ("1", "true", "on"):
            styles.default = style.id
        if kind == "numbering" and style.num_id is not None:
            styles.numbering_styles[style.id] = style.num_id
    return styles


def _style(element: Element) -> Style:
    return Style(
        id=w_attribute(element, "styleId") or "",
        name=(w_value(element, "name") or "").lower(),
        based_on=w_value(element, "basedOn"),
        outline=w_number(element, "pPr", "outlineLvl"),
        num_id=w_value(element, "pPr", "numPr", "numId"),
        ilvl=w_number(element, "pPr", "numPr", "ilvl"),
        vanish=w_switch(element, "rPr", "vanish"),
    )

"""The numbers of `<ol>` lists, which a browser generates and the page's text lacks.

Word processors break a list at every paragraph between its items. LibreOffice then opens the outer levels again
without an item (`<ol><ol start="2">`): such a hollow list goes on where the last one of its depth stopped. The
exports also lose what the numbers look like; the levels of official papers (一、（一）1.) are assumed for lists that
nest or go on across paragraphs, and the reader says so in a warning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from docmine.intake.read.html_tree import Node, Page, rules
from docmine.intake.read.numerals import format_number

_LISTS = ("ol", "ul", "menu", "dir")
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]+)", re.IGNORECASE)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
MAX_NUMBER = 100_000


@dataclass(slots=True)
class _Family:
    """Lists that count on from each other."""

    depth: int = 1
    continued: bool = False


@dataclass(slots=True)
class _List:
    """One list as it is counted. `step` is -1 for a reversed list."""

    node: Node
    depth: int
    family: _Family
    number: int
    step: int = 1


@dataclass(slots=True)
class Numbering:
    """The marker and level of every list item, by the item's identity, and whether markers were assumed."""

    items: dict[int, tuple[str, int]] = field(default_factory=dict)
    assumed: bool = False


def number_lists(page: Page) -> Numbering:
    """Count all lists of a page."""
    lists: dict[int, _List] = {}
    last: dict[int, int] = {}
    families: list[_Family] = []
    counted: list[tuple[Node, _List, int]] = []
    for node in page.body.walk():
        if node.tag in _LISTS:
            lists[id(node)] = _open(node, lists, last, families)
        elif node.tag == "li" and (home := _list_of(node, lists)) is not None:
            home.number = _integer(node.attrs.get("value"), home.number + home.step)
            counted.append((node, home, home.number))
            last[home.depth] = home.number
            for deeper in [depth for depth in last if depth > home.depth]:
                del last[deeper]
    return _write(page, counted)


def _open(node: Node, lists: dict[int, _List], last: dict[int, int], families: list[_Family]) -> _List:
    outer = _list_of(node, lists)
    depth = outer.depth + 1 if outer else 1
    before = last.get(depth, 0)
    start = _integer(node.attrs.get("start"), 0)
    hollow = next(iter(node.elements()), node).tag in _LISTS
    goes_on = before > 0 and (hollow or start == before + 1)
    if outer is not None:
        family = outer.family
    elif goes_on and families:
        family = families[-1]
        family.continued = True
    else:
        family = _Family()
        families.append(family)
    if node.tag == "ol":
        family.depth = max(family.depth, depth)
    if "reversed" in node.attrs:
        items = sum(1 for child in node.elements() if child.tag == "li")
        return _List(node, depth, family, (start or items) + 1, -1)
    number = start - 1 if "start" in node.attrs else before if hollow else 0
    return _List(node, depth, family, number)


def _list_of(node: Node, lists: dict[int, _List]) -> _List | None:
    above = node.parent
    while above is not None:
        if id(above) in lists:
            return lists[id(above)]
        if above.tag in ("td", "th"):
            return None
        above = above.parent
    return None


def _integer(value: str | None, otherwise: int) -> int:
    match = re.match(r"\s*(-?\d{1,6})", value or "")
    return int(match.group(1)) if match else otherwise


def _write(page: Page, counted: list[tuple[Node, _List, int]]) -> Numbering:
    numbering = Numbering()
    exported = _is_export(page)
    for node, home, number in counted:
        marker = ""
        if home.node.tag == "ol" and abs(number) <= MAX_NUMBER and not _written().match(node.text()[:12]):
            style = _style_of(node) or _style_of(home.node)
            official = not style and exported and (home.family.depth > 1 or home.family.continued)
            marker = _official(number, home.depth) if official else _marker(number, style)
            numbering.assumed |= official
        numbering.items[id(node)] = (marker, home.depth)
    return numbering


@cache
def _written() -> re.Pattern[str]:
    return re.compile(r"\s*" + _lists()["written"])


def _lists() -> dict[str, Any]:
    data: dict[str, Any] = rules()["lists"]
    return data


def _style_of(node: Node) -> str:
    """The number format that an element asks for, by CSS or by its `type`; "" where it asks for none we know."""
    css = _LIST_STYLE.search(node.attrs.get("style", ""))
    names = css.group(1).lower().split() if css else []
    names.append(node.attrs.get("type", ""))
    styles = _lists()["styles"]
    return next((str(styles[name]) for name in names if name in styles), "")


def _marker(number: int, style: str) -> str:
    text = format_number(number, style or "decimal")
    if not text:
        return ""
    return f"{text}{_lists()['chinese_after' if _CHINESE.search(text) else 'other_after']}"


def _official(number: int, depth: int) -> str:
    levels = _lists()["official"]
    level = levels[min(depth, len(levels)) - 1]
    return f"{level['before']}{format_number(number, level['format'])}{level['after']}"


def _is_export(page: Page) -> bool:
    """Whether a word processor wrote the page, and in Chinese."""
    maker = " ".join((page.metas.get("generator", ""), page.metas.get("progid", "")))
    return any(name in maker for name in _lists()["exporters"]) and _CHINESE.search(page.body.text()) is not None

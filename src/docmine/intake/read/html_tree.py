"""A web page as a small tree of our own, measured: how much text an element holds, how much linked, how much prose.

selectolax parses; this tree is what the questions of `html_main` are asked of. Depth is capped, so that walking it
may recurse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from docmine.rulebook import load_toml

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_DEPTH = 150  # deeper elements are hung up here; real pages stay below 60
LONG_TEXT = 40  # characters without punctuation that still make prose
SHORT_WEIGHT = 0.1  # what a character of a label or menu word weighs as prose
CELL_WEIGHT = 0.5  # the same in a table cell, where short texts are content

_PUNCTUATION = re.compile(r"[，。；！？,;!?]")
_SPACE = re.compile(r"\s+")
_STYLE_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_AT_RULE = re.compile(r"@[^{};]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|@[^{};]+;|/\*.*?\*/", re.DOTALL)
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_SIMPLE_SELECTOR = re.compile(r"(?:[a-z]\w*)?([.#][\w-]+)$", re.IGNORECASE)
_TOKENS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


@dataclass(slots=True, eq=False)
class Node:
    """An element. Sizes count characters without white space and include all descendants."""

    tag: str
    attrs: dict[str, str]
    parent: Node | None = None
    children: list[Node | str] = field(default_factory=list)
    order: int = 0
    last: int = 0  # order of the last descendant
    size: int = 0
    linked: int = 0
    links: int = 0
    prose: float = 0.0

    def elements(self) -> Iterator[Node]:
        """The child elements."""
        return (child for child in self.children if isinstance(child, Node))

    def walk(self) -> Iterator[Node]:
        """The element and all below it, in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(list(node.elements())))

    def text(self) -> str:
        """All text below, white space collapsed."""
        parts: list[str] = []
        stack: list[Node | str] = [self]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                parts.append(item)
            else:
                parts.append(" " if item.tag in blocks() or item.tag == "br" else "")
                stack.extend(reversed(item.children))
        return _SPACE.sub(" ", "".join(parts)).strip()

    def holds(self, other: Node) -> bool:
        """Whether `other` is this element or below it."""
        return self.order <= other.order <= self.last

    def tokens(self) -> set[str]:
        """The words of its class and id: `mainNav`, `main-nav` and `main_nav` all give main and nav."""
        names = f"{self.attrs.get('class', '')} {self.attrs.get('id', '')}"
        return {token.lower() for token in _TOKENS.findall(names)} | {name.lower() for name in names.split()}


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page: its body, and what its head says."""

    body: Node
    title: str
    metas: dict[str, str]
    hidden: frozenset[str]  # simple selectors (`.x`, `#y`) that a style sheet in the page hides


@cache
def rules() -> dict[str, Any]:
    """The data of `common/html.toml`."""
    return load_toml("common/html.toml")


@cache
def blocks() -> frozenset[str]:
    """Tags of elements that stand on lines of their own."""
    return frozenset(rules()["tags"]["block"])


@cache
def dropped() -> frozenset[str]:
    """Tags of elements that never hold text of the document."""
    return frozenset(rules()["tags"]["dropped"])


def parse_page(source: str) -> Page | None:
    """Parse a page; None where there is no body at all (a frameset)."""
    from selectolax.lexbor import LexborHTMLParser

    parser = LexborHTMLParser(source)
    if parser.body is None:
        return None
    title = parser.css_first("title")
    metas: dict[str, str] = {}
    for meta in parser.css("meta"):
        name = (meta.attributes.get("name") or "").lower()
        if name:
            metas.setdefault(name, (meta.attributes.get("content") or "").strip())
    styles = "\n".join(style.text() for style in parser.css("style"))
    body = _build(parser.body)
    _measure(body)
    return Page(body, _SPACE.sub(" ", title.text()).strip() if title else "", metas, hidden_selectors(styles))


def hidden_selectors(css: str) -> frozenset[str]:
    """The classes and ids that a style sheet hides on screen."""
    hidden: set[str] = set()
    for selectors, body in _STYLE_RULE.findall(_AT_RULE.sub("", css)):
        if _HIDDEN_STYLE.search(body):
            matches = (_SIMPLE_SELECTOR.match(selector.strip()) for selector in selectors.split(","))
            hidden.update(match.group(1) for match in matches if match)
    return frozenset(hidden)


def is_hidden(node: Node, selectors: frozenset[str]) -> bool:
    """Whether the page hides the element from its reader."""
    attrs = node.attrs
    if "hidden" in attrs or attrs.get("aria-hidden") == "true" or _HIDDEN_STYLE.search(attrs.get("style", "")):
        return True
    if not selectors:
        return False
    names = {f".{name}" for name in attrs.get("class", "").split()} | {f"#{attrs.get('id', '')}"}
    return not names.isdisjoint(selectors)


def _build(root: LexborNode) -> Node:
    """Copy the parser's tree, comments and never-text elements left out."""
    top = Node("body", _attributes(root))
    stack: list[tuple[LexborNode | None, Node, int]] = [(root.first_child, top, 1)]
    while stack:
        node, parent, depth = stack.pop()
        while node is not None:
            if node.is_text_node:
                parent.children.append(node.text_content or "")
            elif node.is_element_node and node.tag not in dropped():
                child = Node(node.tag or "", _attributes(node), parent)
                parent.children.append(child)
                if node.first_child is not None:
                    stack.append((node.next, parent, depth))
                    inner = child if depth < MAX_DEPTH else parent
                    node, parent, depth = node.first_child, inner, depth + 1
                    continue
            node = node.next
    return top


def _attributes(node: LexborNode) -> dict[str, str]:
    return {name.lower(): value or "" for name, value in node.attributes.items()}


def _measure(body: Node) -> None:
    """Number the elements in document order and sum up sizes from the leaves."""
    order = list(body.walk())
    owned: dict[int, list[str]] = {}
    for number, node in enumerate(order):
        node.order = node.last = number
        text = "".join(child for child in node.children if isinstance(child, str))
        size = len(_SPACE.sub("", text))
        node.size = size
        if not size:
            continue
        if _is_linked(node):
            node.linked = size
        else:
            owned.setdefault(id(_block_of(node)), []).append(text)
    for node in order:
        if id(node) in owned:
            node.prose += _prose(node, "".join(owned[id(node)]))
        if node.tag == "a" and len(node.attrs.get("href", "")) and not _is_local(node):
            node.links += 1
    for node in reversed(order):
        parent = node.parent
        if parent is not None:
            parent.size += node.size
            parent.linked += node.linked
            parent.links += node.links
            parent.prose += node.prose
            parent.last = max(parent.last, node.last)


def _is_local(link: Node) -> bool:
    """Whether a link leads to a named place in the same page, as tables of contents do."""
    href = link.attrs.get("href", "")
    return href.startswith("#") and len(href) > 1


def _is_linked(node: Node | None) -> bool:
    while node is not None:
        if node.tag == "a" and node.attrs.get("href") is not None and not _is_local(node):
            return True
        if node.tag in blocks():
            return False
        node = node.parent
    return False


def _block_of(node: Node) -> Node:
    while node.parent is not None and node.tag not in blocks():
        node = node.parent
    return node


def _prose(block: Node, text: str) -> float:
    """How many characters of a block's own text read like sentences; labels and menu words count little."""
    size = len(_SPACE.sub("", text))
    if size >= LONG_TEXT or (size > 6 and _PUNCTUATION.search(text)):
        return float(size)
    return size * (CELL_WEIGHT if block.tag in ("td", "th") else SHORT_WEIGHT)

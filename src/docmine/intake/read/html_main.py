"""Which part of a page is the document? Elements of the surroundings are dropped, the home of the prose is found.

Sites wrap a document into menus, paths (当前位置：首页 > …), share buttons, related news and footers. A page that
has none of these, such as a word processor's export, is kept whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from docmine.intake.read.html_tree import Node, Page, blocks, is_hidden, rules

MOST = 0.2  # share of the prose with which an element is text, whatever its name says
SHOWN_LATER = 0.5  # the same for what is hidden: a script will show it
FOOT = 0.1  # share of the prose up to which what stands beside a copyright line goes with it
HOME = 0.95  # share of the prose that the document's element holds
PLAIN = 0.05  # share of linked text below which a page counts as free of surroundings
LINK_LIST = 0.6  # share of linked text from which a block is a list of links
LINE = 100  # longest line that is looked at as chrome or as a line about the document
NEAR = 6  # blocks before the document among which an unnamed title is looked for
TITLE = (4, 90)  # fewest and most characters of a title

_LIST_TAGS = {"ul", "ol", "dl", "div", "p", "section", "table", "tbody", "td", "span"}
_AROUND_ROLES = {"navigation", "banner", "contentinfo", "search"}
_EXPORT_PARTS = re.compile(r"mso-element:\s*(?:header|footer|comment-list|comment)", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_SITE_SUFFIX = re.compile(r"\s*(?:[-_—|–]+|\s{2,})\s*")


@dataclass(slots=True)
class Choice:
    """What of a page to show: the roots in document order, and the elements below them that are left out."""

    roots: list[Node]
    title: Node | None = None
    left_out: set[int] = field(default_factory=set)

    def shows(self, node: Node) -> bool:
        """Whether the element isn't one of those left out."""
        return id(node) not in self.left_out


def choose_main(page: Page) -> Choice:
    """Find the document in a page."""
    choice = Choice([page.body])
    total = page.body.prose
    linked = page.body.linked
    for node in page.body.walk():
        if is_hidden(node, page.hidden) and node.prose <= SHOWN_LATER * total:
            choice.left_out.add(id(node))
    _drop_surroundings(page.body, choice, total)
    _drop_foot(page.body, choice, total)
    if linked > PLAIN * page.body.size or choice.left_out:
        _drop_link_lists(page.body, choice)
        home = _home_of_prose(page.body, choice)
        if home is not page.body:
            _narrow(page, choice, home)
    return choice


@cache
def _line_patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    lines = rules()["lines"]
    return {name: tuple(re.compile(p, re.IGNORECASE) for p in lines[name]) for name in lines if name != "attachment"}


def is_chrome(line: str) -> bool:
    """Whether a whole line belongs to the site (打印本页, 上一篇：…, 版权所有 …)."""
    line = line.strip(" \u3000\u00a0")
    worded = any(char.isalnum() for char in line)
    return worded and len(line) <= LINE and any(pattern.fullmatch(line) for pattern in _line_patterns()["chrome"])


def _says_about(line: str) -> bool:
    return 4 <= len(line) <= LINE and any(pattern.fullmatch(line) for pattern in _line_patterns()["about"])


def _drop_surroundings(body: Node, choice: Choice, total: float) -> None:
    """Leave out elements that name themselves surroundings, unless they hold a good part of the prose."""
    around_tags, around = set(rules()["tags"]["around"]), set(rules()["hints"]["around"])
    for node in body.walk():
        if node is body:
            continue
        named = node.tag in around_tags or node.attrs.get("role") in _AROUND_ROLES
        named = named or (node.tag in blocks() | {"span"} and not node.tokens().isdisjoint(around))
        if (named and node.prose <= MOST * total and not _is_title(node)) or _is_running_head(node):
            choice.left_out.add(id(node))


def _is_running_head(node: Node) -> bool:
    """Whether a word processor put a page's header or footer, or its comments, here."""
    written = node.tag == "div" and node.attrs.get("title") in ("header", "footer")
    return written or _EXPORT_PARTS.search(node.attrs.get("style", "")) is not None


def _drop_foot(body: Node, choice: Choice, total: float) -> None:
    """Leave out the elements around a copyright or registration line, as long as they hold little of the prose."""
    short = [node for node in _leaf_blocks(body, choice) if node.size <= LINE]
    lines = [node for node in short if any(pattern.fullmatch(node.text()) for pattern in _line_patterns()["foot"])]
    for line in lines:
        foot = line
        while (above := foot.parent) is not None and above is not body:
            beside = above.prose - sum(node.prose for node in lines if above.holds(node))
            if beside > FOOT * total:
                break
            foot = above
        choice.left_out.add(id(foot))


def _is_title(node: Node) -> bool:
    named = not node.tokens().isdisjoint(rules()["hints"]["title"])
    return node.tag in ("h1", "h2", "h3") or (named and node.links == 0)


def _drop_link_lists(body: Node, choice: Choice) -> None:
    """Leave out blocks that are little but links, attachments apart."""
    attachment = re.compile(rules()["lines"]["attachment"], re.IGNORECASE)
    for node in body.walk():
        if node.tag not in _LIST_TAGS or node.links < 2 or node.linked < LINK_LIST * node.size:
            continue
        links = [n for n in node.walk() if n.tag == "a"]
        kept = any(attachment.match(link.text()) or attachment.match(link.attrs.get("href", "")) for link in links)
        if not kept and not attachment.match(node.text()[:LINE]):
            choice.left_out.add(id(node))


def _home_of_prose(body: Node, choice: Choice) -> Node:
    """The smallest element that holds nearly all prose that isn't left out."""
    prose = _remaining(body, choice)
    node = body
    while True:
        inner = max(node.elements(), key=lambda child: prose.get(id(child), 0.0), default=None)
        if inner is None or prose.get(id(inner), 0.0) < HOME * prose[id(body)] or inner.tag not in blocks():
            return _whole_table(node)
        if inner.tag in ("p", "li", "h1", "h2", "h3", "pre"):
            return _whole_table(node)
        node = inner


def _whole_table(node: Node) -> Node:
    """The table where a part of one was found; a single cell that holds all is layout and stays."""
    while node.tag in ("tr", "tbody", "thead", "tfoot") and node.parent is not None:
        node = node.parent
    return node


def _remaining(body: Node, choice: Choice) -> dict[int, float]:
    """Prose of every element, what is left out below it not counted."""
    order = list(body.walk())
    prose = {id(node): node.prose for node in order}
    for node in order:
        if not choice.shows(node) and prose[id(node)]:
            lost, above = prose[id(node)], node.parent
            prose[id(node)] = 0.0
            inner = list(node.walk())
            for child in inner:
                prose[id(child)] = 0.0
            while above is not None:
                prose[id(above)] -= lost
                above = above.parent
    return prose


def _narrow(page: Page, choice: Choice, home: Node) -> None:
    """Show only the home of the prose, with the title and the lines about the document that stand outside it."""
    outside = [node for node in _leaf_blocks(page.body, choice) if not home.holds(node)]
    title = None if _has_title(page, home, choice) else _find_title(page, outside, home)
    kept: list[Node] = [home]
    for node in outside:
        table = _table_of(node, home)
        text = node.text()
        if table is not None and not any(root.holds(table) for root in kept):
            if table.size > 4 * LINE or _says_about(text) or _says_about(table.text()[:LINE]):
                kept.append(table)
        elif node is title or (table is None and _says_about(text) and node.order < home.order):
            kept.append(node)
    choice.roots = sorted(kept, key=lambda node: node.order)
    choice.title = title


def _leaf_blocks(body: Node, choice: Choice) -> list[Node]:
    """Shown blocks with text that hold no further block."""
    found = []
    stack = [body]
    while stack:
        node = stack.pop()
        if not choice.shows(node):
            continue
        inner = list(node.elements())
        if node.tag in blocks() and node.size and not any(n.tag in blocks() for n in node.walk() if n is not node):
            found.append(node)
        else:
            stack.extend(reversed(inner))
    return found


def _table_of(node: Node, home: Node) -> Node | None:
    """The table that a block stands in, unless that table holds the document too (layout)."""
    above = node.parent
    while above is not None:
        if above.tag == "table":
            return None if above.holds(home) else above
        above = above.parent
    return None


def title_stems(page: Page) -> list[str]:
    """What the head says the title is: the site's article title, else the window title without the site's name."""
    article = page.metas.get("articletitle", "")
    parts = [part for part in _SITE_SUFFIX.split(page.title) if len(part) >= TITLE[0]]
    return [stem for stem in [article, page.title, *parts] if len(stem) >= TITLE[0]]


def _has_title(page: Page, home: Node, choice: Choice) -> bool:
    """Whether the title stands inside the home already."""
    stems = {_bare(stem) for stem in title_stems(page)}
    for node in _leaf_blocks(home, choice)[:8]:
        text = _bare(node.text())
        if node.tag in ("h1", "h2") or text in stems:
            return True
    return False


def _find_title(page: Page, outside: list[Node], home: Node) -> Node | None:
    """The block before the home that the head's title names, else the last headline, else the last emphasised line."""
    before = [node for node in outside if node.order < home.order and TITLE[0] <= node.size <= TITLE[1]]
    stems = {_bare(stem) for stem in title_stems(page)}
    named = [node for node in before if _bare(node.text()) in stems]
    headlines = [node for node in before if _is_title(node)]
    found = named or headlines or [node for node in before[-NEAR:] if _is_emphasised(node)]
    return found[-1] if found else None


def _is_emphasised(node: Node) -> bool:
    """Whether a line is set like a title: centred, and bold or large; lines about the document are not."""
    if node.links or _says_about(node.text()) or is_chrome(node.text()):
        return False
    inner = list(node.walk())
    above = [node, *([node.parent] if node.parent else [])]
    centred = any(n.attrs.get("align") == "center" or _CENTRED.search(n.attrs.get("style", "")) for n in inner + above)
    strong = any(n.tag in ("b", "strong", "big") or n.attrs.get("size", "3")[-1:] > "3" for n in inner)
    return strong and (centred or any(n.tag == "center" for n in inner + above))


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)

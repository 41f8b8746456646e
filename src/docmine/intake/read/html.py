"""Web pages and word processors' HTML exports: the document's text without the site around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from docmine.errors import EmptyFileError
from docmine.intake.read.composer import Composer
from docmine.intake.read.encoding import decode, lost_characters
from docmine.intake.read.html_lists import Numbering, number_lists
from docmine.intake.read.html_main import Choice, choose_main, is_chrome
from docmine.intake.read.html_tables import grid, is_layout
from docmine.intake.read.html_tree import Node, Page, blocks, parse_page
from docmine.schema.document import BlockKind, Reading, Warn

_DECLARED = re.compile(rb"""(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w:.-]+)""", re.I)
_BREAK = "\x01"  # a line end of the source: nothing beside a Chinese character, else a space
_SOURCE_BREAK = re.compile(r"[ \t\f]*[\r\n][ \t\r\n\f]*")
_BLANKS = re.compile(r"[ \t\f]+")
_BREAK_RUN = re.compile(rf" *{_BREAK}[ {_BREAK}]*")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60\u3000-\u303f“”‘’…—\U00020000-\U0003ffff]")
_EDGES = " \u00a0\u3000\u200b\ufeff"
_OUTLINE = re.compile(r"mso-list:\s*l\d+\s+level(\d)", re.IGNORECASE)
_WORD_NUMBER = re.compile(r"mso-list:\s*Ignore", re.IGNORECASE)
_PRE_STYLE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_SYMBOL_BULLETS = frozenset("·•§lnuqvwØüþ○●◆■□➢✓-–*")


def read_html(data: bytes, *, encoding: str | None = None, path: str | None = None) -> Reading:
    """Read a page: decode by its bytes rather than its declaration, keep the document, number the lists."""
    match = _DECLARED.search(data[:4096])
    decoded = decode(data, encoding=encoding, declared=match.group(1).decode("ascii", "replace") if match else None)
    return read_page(decoded.text, encoding=decoded.encoding, path=path)


def read_page(source: str, *, encoding: str | None = None, path: str | None = None) -> Reading:
    """Read the source of a page that is decoded already."""
    what = Path(path).name if path else "the page"
    page = parse_page(source)
    if page is None or not page.body.size:
        raise EmptyFileError(f"{what} holds no text", remedy="save the page with its content, not only its frame")
    numbering = number_lists(page)
    writer = _render(page, choose_main(page), numbering)
    if not writer.composer.length:
        writer = _render(page, Choice([page.body]), numbering)
    text, found, tables = writer.composer.result()
    warnings = list(lost_characters(text))
    if numbering.assumed:
        message = "the export lost the look of its list numbers; the levels of official papers were assumed"
        warnings.append(Warn("numbering_assumed", message))
    if not text.strip():
        raise EmptyFileError(f"{what} holds no text", remedy="save the page with its content, not only its frame")
    return Reading(
        text=text,
        media_type="text/html",
        reader="html",
        encoding=encoding,
        blocks=found,
        tables=tables,
        layout="lines" if writer.preformatted * 2 > len(text) else "paragraphs",
        warnings=tuple(warnings),
    )


def _render(page: Page, choice: Choice, numbering: Numbering) -> _Writer:
    writer = _Writer(choice, numbering)
    for root in choice.roots:
        if root is not choice.title:
            writer.block(root)
            continue
        writer.headed = 1
        writer.block(root)
        writer.headed = 0
    return writer


@dataclass(slots=True)
class _Writer:
    """Writes shown elements into a composer. `line` collects inline text until a block ends it."""

    choice: Choice
    numbering: Numbering
    composer: Composer = field(default_factory=Composer)
    line: list[str] = field(default_factory=list)
    marker: str = ""
    item: int = 0  # level of the list item that the next paragraph opens or continues
    headed: int = 0
    preformatted: int = 0

    def block(self, node: Node) -> None:
        """Write an element that stands on lines of its own, and what it holds."""
        self.flush()
        tag = node.tag
        if tag == "table" and not is_layout(node):
            self._table(node)
        elif tag in ("pre", "xmp", "listing", "plaintext") or _PRE_STYLE.search(node.attrs.get("style", "")):
            self._pre(node)
        elif tag == "li" and id(node) in self.numbering.items:
            self._item(node)
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            outer, self.headed = self.headed, int(tag[1])
            self._inside(node)
            self.flush()
            self.headed = outer
        else:
            outer = self.item
            if word := _OUTLINE.search(node.attrs.get("style", "")):
                self.item = int(word.group(1))
            self._inside(node)
            self.flush()
            self.item = outer

    def _inside(self, node: Node) -> None:
        for child in node.children:
            if isinstance(child, str):
                self.line.append(_collapse(child))
            elif not self.choice.shows(child):
                continue
            elif child.tag == "br":
                self.line.append("\n")
            elif _WORD_NUMBER.search(child.attrs.get("style", "")):
                self._word_number(child)
            elif child.tag in blocks():
                self.block(child)
            else:
                self._inside(child)

    def _item(self, node: Node) -> None:
        outer = self.item
        self.marker, self.item = self.numbering.items[id(node)]
        self._inside(node)
        self.flush()
        self.marker, self.item = "", outer

    def _word_number(self, node: Node) -> None:
        """Word writes a list number as text padded with spaces; bullets in symbol fonts are dropped."""
        number = re.sub(r"[\s\u00a0]+", "", node.text())
        if number not in _SYMBOL_BULLETS:
            self.marker = number

    def _pre(self, node: Node) -> None:
        for line in _raw_text(node).replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n"):
            if line.strip() or not self.composer.depth:
                self.composer.paragraph(line.rstrip(), kind="paragraph")
                self.preformatted += len(line) + 1

    def _table(self, table: Node) -> None:
        for caption in (node for node in table.elements() if node.tag == "caption"):
            self.block(caption)
        self.composer.open_table()
        for row in grid(table):
            self.composer.open_row(header=row.header)
            for cell in row.cells:
                self._skip(cell.skipped)
                self.composer.open_cell(rowspan=cell.rowspan, colspan=cell.colspan)
                self._cell(cell.node)
                self.composer.close_cell()
            self._skip(row.trailing)
            self.composer.close_row()
        self.composer.close_table()

    def _skip(self, columns: int) -> None:
        for _ in range(columns):
            self.composer.skip_column()

    def _cell(self, node: Node) -> None:
        outer, self.item, self.marker = self.item, 0, ""
        if self.choice.shows(node):
            self._inside(node)
            self.flush()
        self.item = outer

    def flush(self) -> None:
        """End the present paragraph."""
        text = _joined("".join(self.line))
        self.line.clear()
        lines = [line.strip(_EDGES) for line in text.split("\n")]
        for line in lines:
            if not line or (self.composer.depth == 0 and is_chrome(line)):
                continue
            kind: BlockKind = "heading" if self.headed else "list_item" if self.item else "paragraph"
            self.composer.paragraph(self.marker + line, kind=kind, level=self.headed or self.item, marker=self.marker)
            self.marker = ""


@cache
def _is_wide(char: str) -> bool:
    return _WIDE.match(char) is not None


def _collapse(text: str) -> str:
    return _BLANKS.sub(" ", _SOURCE_BREAK.sub(_BREAK, text))


def _joined(text: str) -> str:
    """Resolve line ends of the source: beside a Chinese character they vanish (CSS Text 3, 4.1.3, asks for two)."""

    def replace(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        return "" if _is_wide(before) or _is_wide(after) else " "

    return _BLANKS.sub(" ", _BREAK_RUN.sub(replace, text)) if _BREAK in text else _BLANKS.sub(" ", text)


def _raw_text(node: Node) -> str:
    parts = []
    for child in node.children:
        if isinstance(child, str):
            parts.append(child)
        elif child.tag == "br":
            parts.append("\n")
        else:
            inner = _raw_text(child)
            parts.append(f"\n{inner}\n" if child.tag in blocks() else inner)
    return "".join(parts)

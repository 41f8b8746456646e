"""Reads odt without LibreOffice: paragraphs, lists with their numbers, tables, notes, text boxes, page headers.

Numbers are counted from the list styles; lists whose numbering hangs on rarer features (numbered paragraphs, style
overrides inside an item) may lose a number, which the warning `numbering_may_be_missing` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from docmine.errors import EmptyFileError, EncryptedFileError, ImageOnlyError, UnknownTypeError, UnsafeFileError
from docmine.intake.read.composer import Composer
from docmine.intake.read.list_counter import Level, ListCounter, Number
from docmine.intake.read.odt_styles import OdfStyles, o_attribute, o_name, o_number
from docmine.intake.read.ooxml import Element, Package, local_name
from docmine.schema.document import BlockKind, Reading, Warn

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
MAX_NESTING = 120
_MAX_REPEATS = 500  # repeated cells and rows, which an odt may state by number alone
_PAGE_NUMBER_WORDS = 8
_BLANKS = re.compile(r"[ \t\r\n]+")

_SILENT = frozenset((
    "office:annotation", "office:annotation-end", "text:tracked-changes", "text:page-number",
    "text:page-count", "text:ruby-text", "text:note-citation", "text:sequence-decls", "text:variable-decls",
    "text:user-field-decls", "draw:object", "draw:image", "text:hidden-text", "office:forms",
    "text:index-title-template", "text:table-of-content-source",
))  # fmt: skip
_HEADERS: tuple[tuple[str, BlockKind], ...] = (("style:header", "header"), ("style:footer", "footer"))


def open_text_document(data: bytes) -> Package:
    """The package of an odt; says why it can't be read (encrypted, not a text document)."""
    package = Package(data)
    if package.has("META-INF/manifest.xml"):
        manifest = package.xml("META-INF/manifest.xml")
        if any(local_name(element) == "encryption-data" for element in manifest.iter()):
            raise EncryptedFileError("the document is protected by a password", remedy="save it without a password")
    if not package.has("content.xml"):
        raise UnknownTypeError("a zip archive, but no OpenDocument text in it")
    return package


def read_odt(data: bytes) -> Reading:
    """Read an odt file."""
    try:
        return _read(open_text_document(data))
    except RecursionError as error:
        raise UnsafeFileError("the document is nested too deeply") from error


def _read(package: Package) -> Reading:
    content = package.xml("content.xml")
    style_root = package.xml("styles.xml") if package.has("styles.xml") else None
    styles = OdfStyles()
    for root in (style_root, content):
        if root is not None:
            styles.add(root)
    body = next((element for element in content.iter() if o_name(element) == "office:text"), None)
    if body is None:
        raise UnknownTypeError("an OpenDocument file without a text body")
    walker = _Walker(styles)
    walker.blocks(body, 0)
    walker.finish(style_root)
    text, blocks, tables = walker.composer.result()
    if not text.strip():
        if any(o_name(element) == "draw:image" for element in body.iter()):
            raise ImageOnlyError("the document holds pictures and no text", remedy="run text recognition first")
        raise EmptyFileError("the document holds no text")
    message = "read without LibreOffice: numbers of unusual lists may be missing"
    return Reading(
        text=text,
        media_type=MEDIA_TYPE,
        reader="odt",
        blocks=blocks,
        tables=tables,
        layout="paragraphs",
        warnings=(Warn("numbering_may_be_missing", message),),
    )


@dataclass(slots=True)
class _List:
    """An open list: its style, and the counter that it shares with the lists that it continues."""

    style: str
    counter: str
    depth: int = 0
    starts: dict[int, int] = field(default_factory=dict)


class _Walker:
    """Walks the body block by block into a composer."""

    def __init__(self, styles: OdfStyles) -> None:
        self.composer = Composer()
        self._styles = styles
        self._counter = ListCounter()
        self._list: _List | None = None
        self._unnumbered = True
        self._kind: BlockKind | None = None
        self._lists = 0
        self._last_of_style: dict[str, str] = {}
        self._by_id: dict[str, str] = {}
        self._notes: list[Element] = []
        self._boxes: list[Element] = []

    def blocks(self, container: Element, depth: int) -> None:
        """Walk the children of a body, section, cell, list item or text box."""
        if depth > MAX_NESTING:
            raise UnsafeFileError(f"the document is nested more than {MAX_NESTING} deep")
        for element in container:
            self._block(element, depth)

    def finish(self, style_root: Element | None) -> None:
        """Add notes, then page headers and footers (each wording once, bare page numbers left out)."""
        for note in self._notes:
            self._within("footnote", note, 0)
        seen: set[str] = set()
        for name, kind in _HEADERS:
            for element in () if style_root is None else style_root.iter():
                if o_name(element).startswith(name) and o_name(element) in (name, f"{name}-left", f"{name}-first"):
                    self._page_story(element, kind, seen)

    def _page_story(self, element: Element, kind: BlockKind, seen: set[str]) -> None:
        text = "".join(self._text(part, 0) for part in element.iter() if o_name(part) in ("text:p", "text:h"))
        letters = sum(char.isalpha() for char in text)
        has_number = any(o_name(part) in ("text:page-number", "text:page-count") for part in element.iter())
        if letters and not (has_number and letters <= _PAGE_NUMBER_WORDS) and text not in seen:
            seen.add(text)
            self._within(kind, element, 0)

    def _within(self, kind: BlockKind, container: Element, depth: int) -> None:
        outer = self._kind, self._list
        self._kind, self._list = kind, None
        self.blocks(container, depth + 1)
        self._kind, self._list = outer

    def _block(self, element: Element, depth: int) -> None:
        name = o_name(element)
        if name in ("text:p", "text:h"):
            self._paragraph(element, depth)
        elif name == "text:list":
            self._open_list(element, depth)
        elif name == "table:table":
            outer, self._list = self._list, None
            self._table(element, depth)
            self._list = outer
        elif name in ("text:table-of-content", "text:alphabetical-index"):
            self._within("boilerplate", element, depth)
        elif name in ("draw:frame", "draw:text-box", "draw:custom-shape", "draw:g"):
            self._within(self._kind or "textbox", element, depth)
        elif name and name not in _SILENT:
            self.blocks(element, depth + 1)

    def _open_list(self, element: Element, depth: int) -> None:
        outer = self._list
        style = o_attribute(element, "text:style-name")
        if outer is None:
            self._list = self._outermost(element, style or "")
        else:
            self._list = _List(style or outer.style, outer.counter, outer.depth + 1)
        for item in element:
            if o_name(item) == "text:list-item":
                self._item(item, depth)
            elif o_name(item) == "text:list-header":
                self._unnumbered = True
                self.blocks(item, depth + 1)
        self._list = outer

    def _outermost(self, element: Element, style: str) -> _List:
        continued = self._by_id.get(o_attribute(element, "text:continue-list") or "no list")
        if continued is None and o_attribute(element, "text:continue-numbering") == "true":
            continued = self._last_of_style.get(style)
        if continued is None:
            self._lists += 1
            continued = str(self._lists)
        self._last_of_style[style] = continued
        identity = o_attribute(element, "xml:id")
        if identity is not None:
            self._by_id[identity] = continued
        return _List(style, continued)

    def _item(self, item: Element, depth: int) -> None:
        here = self._list
        start = o_attribute(item, "text:start-value")
        if here is not None and start is not None and start.isdecimal():
            here.starts[here.depth] = int(start)
        self._unnumbered = False
        self.blocks(item, depth + 1)
        self._unnumbered = True
        self._list = here

    def _paragraph(self, element: Element, depth: int) -> None:
        style = o_attribute(element, "text:style-name")
        outer, self._boxes = self._boxes, []
        text = self._text(element, depth).strip("\n")
        boxes, self._boxes = self._boxes, outer
        number = self._number(element, style)
        heading = o_number(element, "text:outline-level", 1) if o_name(element) == "text:h" else 0
        heading = heading or self._styles.outline_of(style)
        kind: BlockKind = "heading" if heading else "paragraph" if number is None else "list_item"
        self.composer.paragraph(
            text if number is None else number.before(text),
            kind=self._kind or kind,
            level=heading or (number.level if number is not None else 0),
            marker="" if number is None else number.marker,
        )
        for box in boxes:
            self._within(self._kind or "textbox", box, depth)

    def _number(self, element: Element, style: str | None) -> Number | None:
        """The number of a list item's first paragraph, or of a heading in the outline."""
        here = self._list
        if here is not None:
            if self._unnumbered:
                return None
            self._unnumbered = True
            levels = self._styles.lists.get(here.style) or self._styles.lists.get(self._styles.list_of(style) or "", {})
            return self._count(here, levels)
        if o_name(element) == "text:h" and o_attribute(element, "text:is-list-header") != "true":
            ilvl = o_number(element, "text:outline-level", 1) - 1
            levels = self._styles.outline
            if ilvl in levels and levels[ilvl].format != "none":
                return self._counter.next_number("outline", ilvl, counter="outline", levels=levels, starts={})
        return None

    def _count(self, here: _List, levels: Mapping[int, Level]) -> Number | None:
        self._lists += 1
        unique = f"{here.counter}/{self._lists}"  # a start value counts anew each time it is stated
        starts, here.starts = here.starts, {}
        return self._counter.next_number(unique, here.depth, counter=here.counter, levels=levels, starts=starts)

    def _table(self, table: Element, depth: int) -> None:
        self.composer.open_table()
        for row, header in _rows(table, header=False, depth=depth):
            for _ in range(min(o_number(row, "table:number-rows-repeated", 1), _MAX_REPEATS)):
                self._row(row, header=header, depth=depth)
        self.composer.close_table()

    def _row(self, row: Element, *, header: bool, depth: int) -> None:
        self.composer.open_row(header=header)
        pending = 0  # covered cells that belong to the cell on their left
        for cell in row:
            name = o_name(cell)
            if name not in ("table:table-cell", "table:covered-table-cell"):
                continue
            for _ in range(min(o_number(cell, "table:number-columns-repeated", 1), _MAX_REPEATS)):
                if name == "table:covered-table-cell":
                    pending = self._covered(pending)
                    continue
                colspan = o_number(cell, "table:number-columns-spanned", 1)
                self.composer.open_cell(rowspan=o_number(cell, "table:number-rows-spanned", 1), colspan=colspan)
                self.blocks(cell, depth + 1)
                self.composer.close_cell()
                pending = colspan - 1
        self.composer.close_row()

    def _covered(self, pending: int) -> int:
        """Pass over a covered cell: one under a cell to its left takes no place, one under a cell above does."""
        if pending:
            return pending - 1
        self.composer.skip_column()
        return 0

    def _text(self, element: Element, depth: int) -> str:
        """The text of a paragraph or span; notes and text boxes are put aside."""
        if depth > MAX_NESTING:
            raise UnsafeFileError("the document is nested too deeply")
        if self._styles.hides("paragraph", self._paragraph_style(element)):
            return ""
        parts = [_spaced(element.text)]
        for child in element:
            parts.append(self._part(child, depth))
            parts.append(_spaced(child.tail))
        return "".join(parts)

    def _paragraph_style(self, element: Element) -> str | None:
        return o_attribute(element, "text:style-name") if o_name(element) in ("text:p", "text:h") else None

    def _part(self, element: Element, depth: int) -> str:
        name = o_name(element)
        if name == "text:s":
            return " " * min(o_number(element, "text:c", 1), 1000)
        if name == "text:tab":
            return "\t"
        if name == "text:line-break":
            return "\n"
        if name == "text:note":
            self._notes.extend(child for child in element if o_name(child) == "text:note-body")
            return ""
        if name in ("draw:frame", "draw:custom-shape", "draw:g", "draw:text-box"):
            self._boxes.append(element)
            return ""
        if not name or name in _SILENT:
            return ""
        if name == "text:span" and self._styles.hides("text", o_attribute(element, "text:style-name")):
            return ""
        return self._text(element, depth + 1)


def _rows(table: Element, *, header: bool, depth: int) -> Iterator[tuple[Element, bool]]:
    """The rows of a table, and whether they are header rows."""
    if depth > MAX_NESTING:
        raise UnsafeFileError("row groups are nested too deeply")
    for child in table:
        name = o_name(child)
        if name == "table:table-row":
            yield child, header
        elif name in ("table:table-header-rows", "table:table-rows", "table:table-row-group"):
            yield from _rows(child, header=header or name == "table:table-header-rows", depth=depth + 1)


def _spaced(text: str | None) -> str:
    """ODF collapses white space in text: runs of blanks and line feeds count as one blank."""
    return _BLANKS.sub(" ", text) if text else ""

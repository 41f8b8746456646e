"""Reads docx: body, tables, text boxes, notes, page headers, with automatic numbers written into the text.

Order of the text: the body; footnotes and endnotes (blocks `footnote`); page headers, then page footers (blocks
`header`, `footer`, each wording once; bare page numbers left out). Revisions are read as if accepted, comments
aren't read. Paragraphs inside table cells are blocks too; a block never contains a line feed.
"""

from __future__ import annotations

from collections.abc import Iterator

from docmine.errors import (
    EmptyFileError,
    ImageOnlyError,
    UnknownTypeError,
    UnsafeFileError,
)
from docmine.intake.read.composer import Composer
from docmine.intake.read.docx_inline import MAX_NESTING, InlineReader, InlineText, chosen_branch, is_placeholder
from docmine.intake.read.docx_numbering import Numbering
from docmine.intake.read.docx_parts import DocxParts, main_part
from docmine.intake.read.docx_styles import (
    Styles,
    w_attribute,
    w_child,
    w_name,
    w_number,
    w_switch,
    w_value,
)
from docmine.intake.read.ooxml import Element, Package, local_name
from docmine.schema.document import BlockKind, Reading, Warn

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_BLOCK_CONTAINERS = frozenset(("ins", "moveTo", "customXml", "smartTag", "sdtContent"))
_PAGE_NUMBER_WORDS = 8  # a page number's wording (第 页 共 页) has no more letters than this


def read_docx(data: bytes, *, path: str | None = None) -> Reading:
    """Read a docx (or docm, dotx) file. `path` only serves messages."""
    try:
        return _read(Package(data))
    except RecursionError as error:
        raise UnsafeFileError("the document is nested too deeply") from error


def _read(package: Package) -> Reading:
    main = main_part(package)
    root = package.xml(main)
    body = w_child(root, "body")
    if w_name(root) != "document" or body is None:
        raise UnknownTypeError("the package holds no Word document")
    parts = DocxParts(package, main)
    walker = Walker(parts.styles, Numbering(parts.root("numbering"), parts.styles))
    walker.story(body)
    for notes in ("footnotes", "endnotes"):
        walker.notes(parts.root(notes))
    for kind, story in parts.page_stories(root):
        walker.page_story(story, kind)
    text, blocks, tables = walker.composer.result()
    if not text.strip():
        if walker.has_picture:
            raise ImageOnlyError("the document holds pictures and no text", remedy="run text recognition first")
        raise EmptyFileError("the document holds no text")
    warnings = (*parts.warnings, *walker.warnings())
    return Reading(
        text=text,
        media_type=MEDIA_TYPE,
        reader="docx",
        blocks=blocks,
        tables=tables,
        layout="paragraphs",
        warnings=warnings,
    )


class Walker:
    """Walks stories (body, notes, headers) block by block into a composer."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.composer = Composer()
        self.has_picture = False
        self._styles = styles
        self._numbering = numbering
        self._inline = InlineReader(styles)
        self._kind: BlockKind | None = None
        self._carried = ""
        self._page_texts: set[str] = set()
        self._has_revision = False
        self._has_foreign_part = False

    def story(self, container: Element) -> None:
        """Walk the body."""
        self._blocks(container, 0)

    def notes(self, root: Element | None) -> None:
        """Walk footnotes or endnotes."""
        for note in () if root is None else root:
            if w_name(note) in ("footnote", "endnote") and w_attribute(note, "type") in (None, "normal"):
                self._within("footnote", note, 0)

    def page_story(self, root: Element, kind: BlockKind) -> None:
        """Walk a page header or footer, unless it only holds a page number or repeats another."""
        reader = InlineReader(self._styles)
        found = [reader.read(p, None) for p in root.iter() if w_name(p) == "p"]
        text = "".join(item.text for item in found)
        letters = sum(char.isalpha() for char in text)
        if letters == 0 or (letters <= _PAGE_NUMBER_WORDS and any(item.has_page_number for item in found)):
            return
        if text not in self._page_texts:
            self._page_texts.add(text)
            self._within(kind, root, 0)

    def warnings(self) -> Iterator[Warn]:
        """What the walk met that the user should know."""
        if self._has_revision:
            yield Warn("revisions", "the document holds revisions: read as if all were accepted")
        if self._has_foreign_part:
            yield Warn("part_unreadable", "an embedded document (altChunk) was left out")

    def _within(self, kind: BlockKind, container: Element, depth: int) -> None:
        """Walk blocks that all take the kind of their story."""
        outer, self._kind = self._kind, kind
        self._blocks(container, depth)
        self._kind = outer

    def _blocks(self, container: Element, depth: int) -> None:
        if depth > MAX_NESTING:
            raise UnsafeFileError(f"tables or content controls are nested more than {MAX_NESTING} deep")
        for element in container:
            self._block(element, depth)
        self._flush()

    def _block(self, element: Element, depth: int) -> None:
        name = w_name(element)
        if name == "p":
            self._paragraph(element, depth)
        elif name == "tbl":
            self._flush()
            self._table(element, depth)
        elif name == "sdt":
            content = w_child(element, "sdtContent")
            if content is not None and not is_placeholder(element):
                self._blocks(content, depth + 1)
        elif name in _BLOCK_CONTAINERS:
            self._blocks(element, depth + 1)
        elif name == "altChunk":
            self._has_foreign_part = True
        elif local_name(element) == "AlternateContent":
            branch = chosen_branch(element)
            if branch is not None:
                self._blocks(branch, depth + 1)

    def _paragraph(self, element: Element, depth: int) -> None:
        properties = w_child(element, "pPr")
        style_id = w_value(properties, "pStyle") or self._styles.default
        found = self._inline.read(element, style_id)
        self.has_picture |= found.has_picture
        self._has_revision |= found.has_revision
        for box in found.boxes[: found.boxes_first]:
            self._text_box(box, depth)
        if _mark_is_gone(properties):
            self._carried += found.text
        else:
            self._write(found, properties, style_id)
        for box in found.boxes[found.boxes_first :]:
            self._text_box(box, depth)

    def _text_box(self, box: Element, depth: int) -> None:
        carried, self._carried = self._carried, ""
        outer, self._inline = self._inline, InlineReader(self._styles)
        self._within("textbox" if self._kind is None else self._kind, box, depth + 1)
        self._inline = outer
        self._carried = carried

    def _write(self, found: InlineText, properties: Element | None, style_id: str | None) -> None:
        text = (self._carried + found.text).strip("\n")
        self._carried = ""
        number = self._numbering.next_number(w_child(properties, "numPr"), style_id)
        marker = "" if number is None else number.marker
        if number is not None:
            text = number.before(text)
        outline = w_number(properties, "outlineLvl")
        heading = self._styles.heading_level(style_id) if outline is None else (outline + 1 if outline < 9 else 0)
        kind: BlockKind = "paragraph"
        level = 0
        if self._styles.is_contents(style_id):
            kind = "boilerplate"
        elif heading:
            kind, level = "heading", heading
        elif number is not None:
            kind, level = "list_item", number.level
        self.composer.paragraph(text, kind=self._kind or kind, level=level, marker=marker)

    def _flush(self) -> None:
        """End a paragraph whose deleted mark has nothing to join with."""
        if self._carried:
            text, self._carried = self._carried, ""
            self.composer.paragraph(text, kind=self._kind or "paragraph")

    def _table(self, table: Element, depth: int) -> None:
        self.composer.open_table()
        for row in _members(table, "tr"):
            properties = w_child(row, "trPr")
            if w_child(properties, "del") is not None:
                self._has_revision = True
                continue
            skip = w_number(properties, "gridBefore") or 0
            self.composer.open_row(skip=skip, header=bool(w_switch(properties, "tblHeader")))
            for cell in _members(row, "tc"):
                self._cell(cell, depth)
            self.composer.close_row()
        self.composer.close_table()

    def _cell(self, cell: Element, depth: int) -> None:
        properties = w_child(cell, "tcPr")
        if _continues(properties, "hMerge"):
            self.composer.widen_cell(w_number(properties, "gridSpan") or 1)
            return
        shown = self.composer.open_cell(
            colspan=w_number(properties, "gridSpan") or 1, continues=_continues(properties, "vMerge")
        )
        if shown:
            self._blocks(cell, depth + 1)
        self.composer.close_cell()


def _members(container: Element, name: str, depth: int = 0) -> Iterator[Element]:
    """The rows of a table or cells of a row, also those inside content controls and revision marks."""
    if depth > MAX_NESTING:
        raise UnsafeFileError("content controls are nested too deeply")
    for child in container:
        child_name = w_name(child)
        if child_name == name:
            yield child
        elif child_name == "sdt" or child_name in _BLOCK_CONTAINERS:
            yield from _members(child, name, depth + 1)


def _continues(properties: Element | None, merge: str) -> bool:
    element = w_child(properties, merge)
    return element is not None and w_attribute(element, "val") in (None, "continue")


def _mark_is_gone(properties: Element | None) -> bool:
    """Whether the paragraph's end is deleted, moved away or hidden, so that it runs into the next paragraph."""
    mark = w_child(properties, "rPr")
    if mark is None:
        return False
    if w_child(mark, "del") is not None or w_child(mark, "moveFrom") is not None:
        return True
    return bool(w_switch(mark, "vanish"))

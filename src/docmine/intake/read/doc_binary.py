"""Reads Word 97–2003 documents (doc, wps) without LibreOffice, with list numbers and tables.

Order of the text as for docx: body, footnotes and endnotes; text boxes stand after the body because their anchors
aren't followed; page headers are left out. Tested against few programs' files, so it warns that numbers may be
missing; LibreOffice is preferred where it is installed.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from docmine.errors import DamagedFileError, EmptyFileError, ImageOnlyError
from docmine.intake.read.composer import Composer
from docmine.intake.read.doc_file import (
    CHPX,
    PAPX,
    Run,
    WordFile,
    is_word_container,
    number,
    open_word_file,
    runs,
    sprms,
)
from docmine.intake.read.doc_lists import DocStyle, read_lists, read_styles
from docmine.intake.read.list_counter import ListCounter
from docmine.intake.read.numerals import circled_text
from docmine.intake.read.story import CellShape, Paragraph, RowShape, Story, compose
from docmine.schema.document import BlockKind, Reading, Warn

MEDIA_TYPE = "application/msword"

_FIELD_BEGIN, _FIELD_SEPARATOR, _FIELD_END = "\x13", "\x14", "\x15"
_PARAGRAPH_ENDS = frozenset("\r\x07\x0c")
_SHOWN = {"\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": "", "\xa0": "\xa0", "\t": "\t", "\n": "\n"}
_PICTURES = frozenset("\x01\x08")

# property codes, [MS-DOC] 2.6
_DELETED, _HIDDEN, _SPECIAL = 0x0800, 0x083C, 0x0855
_IN_TABLE, _ROW_END, _INNER_CELL, _INNER_ROW, _DEPTH = 0x2416, 0x2417, 0x244B, 0x244C, 0x6649
_LIST_LEVEL, _LIST, _OUTLINE = 0x260A, 0x460B, 0x2640
_HEADER_ROW, _CELLS = 0x3404, 0xD608


@dataclass(slots=True)
class _Properties:
    """What the properties of a paragraph say, its style's included."""

    depth: int = 0
    row_end: bool = False
    inner_cell: bool = False
    list_number: int = 0
    list_level: int = 0
    outline: int = 9
    header: bool = False
    shape: RowShape = field(default_factory=RowShape)


def open_word_document(data: bytes) -> None:
    """Raise unless the bytes are a Word document of any version that isn't encrypted."""
    is_word_container(data)


def read_doc(data: bytes) -> Reading:
    """Read a Word 97–2003 document."""
    composer = Composer()
    word = open_word_file(data)
    try:
        reader = _Reader(word)
        reader.compose(composer)
    except (struct.error, IndexError, UnicodeError) as error:
        raise DamagedFileError(f"a table of the Word file is broken: {error}") from error
    text, blocks, tables = composer.result()
    if not text.strip():
        if reader.has_picture:
            raise ImageOnlyError("the document holds pictures and no text", remedy="run text recognition first")
        raise EmptyFileError("the document holds no text")
    message = "read without LibreOffice: numbers of unusual lists may be missing, page headers are left out"
    return Reading(
        text=text,
        media_type=MEDIA_TYPE,
        reader="doc",
        blocks=blocks,
        tables=tables,
        layout="paragraphs",
        warnings=(Warn("numbering_may_be_missing", message),),
    )


class _Reader:
    """Turns the stories of a document into composed text."""

    def __init__(self, word: WordFile) -> None:
        self.has_picture = False
        self._word = word
        self._text = word.text()
        self._paragraphs = runs(word, PAPX)
        self._paragraph_starts = [run.start for run in self._paragraphs]
        self._gone = [run for run in runs(word, CHPX) if _is_gone(run)]
        self._gone_starts = [run.start for run in self._gone]
        self._styles = read_styles(word)
        self._definitions, self._instances = read_lists(word)
        self._counter = ListCounter()

    def compose(self, composer: Composer) -> None:
        """Write body, notes and text boxes."""
        at = 0
        for name, count in self._word.counts.items():
            start, at = at, at + max(count, 0)
            kind = _KINDS.get(name)
            if name == "body":
                self._story(start, at, composer, None)
            elif kind is not None and count > 0:
                self._story(start, at, composer, kind)

    def _story(self, start: int, end: int, composer: Composer, kind: BlockKind | None) -> None:
        story = Story()
        for first, last in self._spans(start, min(end, len(self._text))):
            self._paragraph(first, last, story, skip_empty=kind is not None)
        compose(story.finish(), composer, kind)

    def _spans(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """First and last character of each paragraph; the last is its mark, or `end` where there is none."""
        first = start
        for at in range(start, end):
            if self._text[at] in _PARAGRAPH_ENDS:
                yield first, at
                first = at + 1
        if first < end:
            yield first, end

    def _paragraph(self, first: int, last: int, story: Story, *, skip_empty: bool) -> None:
        mark = self._text[last] if last < len(self._text) else "\r"
        properties = self._properties(last)
        text = self._visible(first, last).strip("\n")
        if mark == "\x07" and not properties.depth:
            properties.depth = 1
        if properties.row_end:
            story.end_row(properties.depth, properties.shape)
            return
        ends_cell = mark == "\x07" or properties.inner_cell
        paragraph = self._numbered(text, properties)
        if paragraph.text.strip() or not (ends_cell or skip_empty):
            story.paragraph(paragraph, properties.depth)
        if ends_cell:
            story.end_cell(properties.depth)

    def _numbered(self, text: str, properties: _Properties) -> Paragraph:
        instance = self._instances.get(properties.list_number)
        shown = None
        if instance is not None:
            levels = {**self._definitions.get(instance.definition, {}), **instance.levels}
            shown = self._counter.next_number(
                str(properties.list_number),
                properties.list_level,
                counter=instance.definition,
                levels=levels,
                starts=instance.starts,
            )
        heading = properties.outline + 1 if properties.outline < 9 else 0
        kind: BlockKind = "heading" if heading else "paragraph" if shown is None else "list_item"
        if shown is None:
            return Paragraph(text, "", kind, heading)
        return Paragraph(shown.before(text), shown.marker, kind, heading or shown.level)

    def _visible(self, first: int, last: int) -> str:
        """The text of a paragraph: fields show their results, deleted and hidden characters are out."""
        parts: list[str] = []
        fields: list[list[str] | None] = []  # instruction while it is read, None once the result has begun
        for at in range(first, last):
            char = self._text[at]
            if char == _FIELD_BEGIN:
                fields.append([])
            elif char == _FIELD_SEPARATOR and fields:
                fields[-1] = None
            elif char == _FIELD_END and fields:
                instruction = fields.pop()
                if instruction is not None:
                    parts.append(circled_text("".join(instruction)))
            elif any(instruction is not None for instruction in fields):
                for instruction in fields:
                    if instruction is not None:
                        instruction.append(char)
            elif not self._is_gone(at):
                self.has_picture |= char in _PICTURES
                parts.append(char if char >= " " and char not in _SHOWN else _SHOWN.get(char, ""))
        return "".join(parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _is_gone(self, cp: int) -> bool:
        if not self._gone:
            return False
        position = self._word.byte_of(cp)
        at = bisect_right(self._gone_starts, position) - 1
        return at >= 0 and position < self._gone[at].end

    def _properties(self, cp: int) -> _Properties:
        """The properties of the paragraph whose mark stands at `cp`."""
        position = self._word.byte_of(cp)
        at = bisect_right(self._paragraph_starts, position) - 1
        found = _Properties()
        if at < 0 or position >= self._paragraphs[at].end:
            return found
        run = self._paragraphs[at]
        for style in reversed(self._style_chain(run.style)):
            if style.heading:
                found.outline = style.heading - 1
            _apply(style.sprms, found)
        _apply(run.sprms, found)
        return found

    def _style_chain(self, number: int) -> list[DocStyle]:
        chain: list[DocStyle] = []
        while number in self._styles and len(chain) < 12:
            chain.append(self._styles[number])
            number = chain[-1].based_on
        return chain


_KINDS: dict[str, BlockKind] = {"footnotes": "footnote", "endnotes": "footnote", "boxes": "textbox"}


def _is_gone(run: Run) -> bool:
    """Whether the characters of a run are deleted or hidden."""
    return any(code in (_DELETED, _HIDDEN) and operand[:1] == b"\x01" for code, operand in sprms(run.sprms))


def _apply(data: bytes, to: _Properties) -> None:
    for code, operand in sprms(data):
        value = number(operand)
        if code == _IN_TABLE:
            to.depth = max(to.depth, 1) if value else 0
        elif code == _DEPTH:
            to.depth = value
        elif code in (_ROW_END, _INNER_ROW):
            to.row_end = bool(value)
        elif code == _INNER_CELL:
            to.inner_cell = bool(value)
        elif code == _LIST:
            to.list_number = value if value < 0xF801 else 0
        elif code == _LIST_LEVEL:
            to.list_level = value
        elif code == _OUTLINE:
            to.outline = value
        elif code == _HEADER_ROW:
            to.shape.header = bool(value)
        elif code == _CELLS:
            to.shape = _row_shape(operand, header=to.shape.header)


def _row_shape(operand: bytes, *, header: bool) -> RowShape:
    """A row's definition: edges in twips and, 20 bytes a cell, what merges (2.9.326)."""
    if len(operand) < 5:
        return RowShape(header=header)
    count = operand[2]
    edges = [number(operand[3 + 2 * i : 5 + 2 * i], signed=True) for i in range(count + 1)]
    shape = RowShape(left=edges[0], header=header)
    for index in range(count):
        at = 3 + 2 * (count + 1) + 20 * index
        flags = number(operand[at : at + 2])
        merged_down = flags >> 5 & 0b11 == 0b01
        shape.cells.append(CellShape(edges[index + 1], merged_down, bool(flags & 0b10)))
    return shape

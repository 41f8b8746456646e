"""Composes a reading: paragraphs and tables in, text with its blocks and cell spans out.

The office readers (docx, odt, doc, rtf) differ in how they find paragraphs and cells; what the text looks like is
decided here, once: a paragraph is a line; a table row is a line of cells joined by tabs; the paragraphs inside a
cell, and the rows of a table nested in it, are separated by line feeds inside the cell's span. A cell that a
vertical merge swallows leaves its place in the row empty and no `Cell`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from docmine.intake.read.numerals import plain_symbols
from docmine.schema.document import Block, BlockKind, Cell, Table
from docmine.schema.spans import Span


@dataclass(slots=True)
class _OpenCell:
    """A cell as it is found; its extent grows while the table is read."""

    start: int
    row: int
    col: int
    rowspan: int
    colspan: int
    end: int = 0


@dataclass(slots=True)
class _OpenTable:
    """A table as it is read. `above` maps each grid column to the cell that a vertical merge would continue."""

    cells: list[_OpenCell] = field(default_factory=list)
    row: int = -1
    col: int = 0
    slots: int = 0
    header_rows: int = 0
    above: dict[int, _OpenCell] = field(default_factory=dict)
    current: _OpenCell | None = None


class Composer:
    """Collects text, blocks and tables of one document in reading order."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._tables: list[_OpenTable] = []
        self._open: list[_OpenTable] = []
        self._wet: list[bool] = []  # for each open cell: does it hold text yet?

    @property
    def depth(self) -> int:
        """How many tables are open."""
        return len(self._open)

    @property
    def length(self) -> int:
        """How many characters stand so far."""
        return self._length

    def paragraph(self, text: str, *, kind: BlockKind = "paragraph", level: int = 0, marker: str = "") -> None:
        """Add a paragraph. `marker` stands already at the start of `text`. A line feed inside starts a new block."""
        text = plain_symbols(text)
        if self._open:
            text = text.replace("\t", " ").strip("\n")
            if not text.strip():
                return
            self._separate()
        for line in text.split("\n"):
            self._line(line, kind=kind, level=level, marker=marker)
            marker = ""
            self._write("\n")
        if self._open:
            self._unwrite_line_feed()

    def open_table(self) -> None:
        """Begin a table; inside a cell it becomes a nested one."""
        table = _OpenTable()
        self._tables.append(table)
        self._open.append(table)

    def open_row(self, *, skip: int = 0, header: bool = False) -> None:
        """Begin a row whose first cell stands `skip` grid columns from the left."""
        table = self._open[-1]
        table.row += 1
        table.col = skip
        table.slots = 0
        if header and table.header_rows == table.row:
            table.header_rows += 1
        if self.depth > 1:
            self._separate()

    def open_cell(self, *, rowspan: int = 1, colspan: int = 1, continues: bool = False) -> bool:
        """Begin a cell; False if it is the swallowed part (`continues`) of a vertical merge, to be left empty."""
        table = self._open[-1]
        self._place(table)
        self._wet.append(False)
        origin = table.above.get(table.col) if continues else None
        if origin is not None:
            origin.rowspan = max(origin.rowspan, table.row - origin.row + 1)
            table.current = None
            table.col += origin.colspan
            return False
        cell = _OpenCell(self._length, table.row, table.col, rowspan, max(colspan, 1))
        table.current = cell
        for col in range(table.col, table.col + cell.colspan):
            table.above[col] = cell
        table.col += cell.colspan
        table.cells.append(cell)
        return True

    def close_cell(self) -> None:
        """End the cell."""
        table = self._open[-1]
        self._wet.pop()
        if table.current is not None:
            table.current.end = self._length

    def widen_cell(self, columns: int = 1) -> None:
        """Let the row's last cell span more grid columns (a horizontal merge written as separate cells)."""
        table = self._open[-1]
        if table.cells and table.cells[-1].row == table.row:
            table.cells[-1].colspan += columns
            for col in range(table.col, table.col + columns):
                table.above[col] = table.cells[-1]
        table.col += columns

    def skip_column(self) -> None:
        """Leave the place of a grid column empty that a merge from above covers."""
        table = self._open[-1]
        self._place(table)
        table.col += 1

    def close_row(self) -> None:
        """End the row."""
        if self.depth == 1:
            self._write("\n")

    def close_table(self) -> None:
        """End the table."""
        self._open.pop()

    def result(self) -> tuple[str, tuple[Block, ...], tuple[Table, ...]]:
        """The text, its blocks in order, and its tables, outer ones before those nested in them."""
        tables = tuple(
            Table(
                cells=tuple(Cell(Span(c.start, c.end), c.row, c.col, c.rowspan, c.colspan) for c in table.cells),
                header_rows=table.header_rows,
            )
            for table in self._tables
            if table.cells
        )
        return "".join(self._parts), tuple(self._blocks), tables

    def _place(self, table: _OpenTable) -> None:
        """Move on to the row's next place."""
        if table.slots:
            self._write("\t")
        table.slots += 1

    def _separate(self) -> None:
        """Set paragraphs and nested rows of one cell apart."""
        if self._wet and self._wet[-1]:
            self._write("\n")
        if self._wet:
            self._wet[-1] = True

    def _line(self, line: str, *, kind: BlockKind, level: int, marker: str) -> None:
        start = self._length
        self._write(line)
        if line.strip():
            self._blocks.append(Block(Span(start, self._length), kind, level, marker))

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _unwrite_line_feed(self) -> None:
        self._parts.pop()
        self._length -= 1

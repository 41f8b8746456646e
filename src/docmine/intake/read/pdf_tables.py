"""Tables of pages: what stands in which cell, and tables that go on over a page end made one again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from docmine.intake.read.pdf_grid import Grid, place_in
from docmine.intake.read.pdf_lines import joined, lines_of
from docmine.intake.read.pdf_pieces import Line, Piece
from docmine.rulebook import load_toml

SAME_COLUMN = 5.0  # points within which the columns of two parts of a table agree
MOSTLY = 0.7  # share of rows that fill the first column where an empty one means a row goes on


@dataclass(slots=True)
class TableCell:
    """A cell with its printed lines, which may stand on two pages."""

    row: int
    col: int
    rowspan: int
    colspan: int
    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The cell's text without line breaks."""
        return joined(self.lines)[0]


@dataclass(slots=True)
class PageTable:
    """A table, or the part of one that stands on a page. `top` is its upper edge there."""

    page: int
    top: float
    xs: tuple[float, ...]
    rows: int
    cells: list[TableCell]
    header_rows: int = 0

    def row(self, index: int) -> list[TableCell]:
        """The cells that begin in a row."""
        return [cell for cell in self.cells if cell.row == index]


def table_of(grid: Grid, pieces: Sequence[Piece], page: int) -> PageTable | None:
    """The table that a grid and the print inside it make; None if fewer than two cells hold text."""
    at: dict[tuple[int, int], int] = {}
    for number, cell in enumerate(grid.cells):
        for row in range(cell.row, cell.row + cell.rowspan):
            for col in range(cell.col, cell.col + cell.colspan):
                at[row, col] = number
    inside: dict[int, list[Piece]] = {}
    for piece in pieces:
        place = place_in(grid, (piece.x0 + piece.x1) / 2, (piece.y0 + piece.y1) / 2)
        inside.setdefault(at[place], []).append(piece)
    cells = [
        TableCell(c.row, c.col, c.rowspan, c.colspan, lines_of(inside[number], page) if number in inside else [])
        for number, c in enumerate(grid.cells)
    ]
    if sum(1 for cell in cells if cell.lines) < 2:
        return None
    return PageTable(page, grid.ys[0], grid.xs, len(grid.ys) - 1, cells)


def goes_on(table: PageTable, later: PageTable) -> bool:
    """Whether `later`, first on its page, has the columns of `table`, last on the page before."""
    return len(table.xs) == len(later.xs) and all(
        abs((a - table.xs[0]) - (b - later.xs[0])) <= SAME_COLUMN for a, b in zip(table.xs, later.xs, strict=True)
    )


def join_tables(table: PageTable, later: PageTable) -> None:
    """Put the rows of `later` under those of `table`: repeated headings go, a row cut by the page end is closed."""
    repeated = _repeated_rows(table, later)
    table.header_rows = max(table.header_rows, repeated)
    skip = repeated
    if skip < later.rows and _row_goes_on(table, later, skip):
        above = {cell.col: cell for cell in table.row(table.rows - 1)}
        for cell in later.row(skip):
            if cell.lines:
                above[cell.col].lines.extend(cell.lines)
        skip += 1
    shift = table.rows - skip
    for cell in later.cells:
        if cell.row >= skip:
            cell.row += shift
            table.cells.append(cell)
    table.rows += later.rows - skip


def _repeated_rows(table: PageTable, later: PageTable) -> int:
    """How many leading rows of `later` say the same as the table's own leading rows."""
    count = 0
    while count < min(table.rows, later.rows):
        mine, other = table.row(count), later.row(count)
        if [(c.col, c.text) for c in mine] != [(c.col, c.text) for c in other]:
            break
        if sum(1 for c in mine if c.lines) < 2:
            break
        count += 1
    return count


def _row_goes_on(table: PageTable, later: PageTable, row: int) -> bool:
    """Whether a row is the rest of the table's last one: nothing in the first column where rows have something
    there, and the cell above each rest is filled, one of them without an end."""
    last = {cell.col: cell for cell in table.row(table.rows - 1)}
    rest = {cell.col: cell for cell in later.row(row) if cell.lines}
    if not rest or any(cell.rowspan > 1 for cell in rest.values()):
        return False
    first = min(last, default=-1)
    if first != 0 or not last[0].lines or 0 in rest or not _fills_first_column(table):
        return False
    if any(col not in last or not last[col].lines for col in rest):
        return False
    return 2 * len(rest) <= len(last) or any(_is_unfinished(last[col].text) for col in rest)


def _fills_first_column(table: PageTable) -> bool:
    rows = {cell.row for cell in table.cells}
    filled = sum(1 for cell in table.cells if cell.col == 0 and cell.lines)
    return filled >= MOSTLY * len(rows)


def _is_unfinished(text: str) -> bool:
    return bool(text) and text[-1] not in load_toml("common/pdf_layout.toml")["sentence_end"]


def cell_paragraphs(cell: TableCell) -> list[list[Line]]:
    """The lines of a cell by paragraph: a numbered item begins a new one, any other line end is only the margin."""
    paragraphs: list[list[Line]] = []
    for line in cell.lines:
        ended = bool(paragraphs) and not _is_unfinished(paragraphs[-1][-1].text)
        if not paragraphs or (ended and paragraph_marker().match(line.text)):
            paragraphs.append([line])
        else:
            paragraphs[-1].append(line)
    return paragraphs


@cache
def paragraph_marker() -> re.Pattern[str]:
    """The number or sign with which a paragraph opens."""
    return re.compile("|".join(f"(?:{p})" for p in load_toml("common/pdf_layout.toml")["paragraph_marker"]))

"""The paragraphs and tables of one story (body, header, footnote, text box) of an rtf or doc, and their composition.

These formats have no table element: paragraphs say that they stand in a cell, marks end cells and rows, and the
row's definition gives the cells' right edges (in twips) and merges, before or after the cells.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from docmine.errors import UnsafeFileError
from docmine.intake.read.composer import Composer
from docmine.schema.document import BlockKind

MAX_TABLE_DEPTH = 60
_SAME_EDGE = 40  # twips (0.7 mm): edges closer than this are one grid line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `text` starts with `marker`."""

    text: str
    marker: str = ""
    kind: BlockKind = "paragraph"
    level: int = 0


@dataclass(slots=True)
class CellShape:
    """What a row definition says of one cell."""

    edge: int = 0
    continues_down: bool = False
    continues_right: bool = False


@dataclass(slots=True)
class RowShape:
    """A row definition (`\\trowd`)."""

    left: int = 0
    cells: list[CellShape] = field(default_factory=list)
    header: bool = False


@dataclass(slots=True)
class Row:
    """A row with what its cells hold."""

    cells: list[list[Item]]
    shape: RowShape


@dataclass(slots=True)
class TableItem:
    """A table among paragraphs."""

    rows: list[Row]


Item = Paragraph | TableItem


@dataclass(slots=True)
class _Level:
    """What is open at one table depth: the items of the current cell, the finished cells and rows."""

    items: list[Item] = field(default_factory=list)
    cells: list[list[Item]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


class Story:
    """Collects the paragraphs of a story into a tree of tables."""

    def __init__(self) -> None:
        self._levels = [_Level()]

    def paragraph(self, paragraph: Paragraph, depth: int) -> None:
        """Add a paragraph that stands in `depth` tables."""
        self._settle(depth)
        self._levels[depth].items.append(paragraph)

    def items_here(self, items: list[Item]) -> None:
        """Add what was collected elsewhere (a text box) at the current place."""
        self._levels[-1].items.extend(items)

    def end_cell(self, depth: int) -> None:
        """End the cell at this depth."""
        self._settle(depth)
        level = self._levels[depth]
        level.cells.append(level.items)
        level.items = []

    def end_row(self, depth: int, shape: RowShape) -> None:
        """End the row at this depth."""
        self._settle(depth)
        level = self._levels[depth]
        if level.items:
            self.end_cell(depth)
        if level.cells:
            level.rows.append(Row(level.cells, shape))
            level.cells = []

    def finish(self) -> list[Item]:
        """All items; what is still open is closed."""
        self._settle(0)
        return self._levels[0].items

    def _settle(self, depth: int) -> None:
        """Close tables deeper than `depth`, open those missing."""
        if depth > MAX_TABLE_DEPTH:
            raise UnsafeFileError(f"tables are nested more than {MAX_TABLE_DEPTH} deep")
        while len(self._levels) - 1 > depth:
            self.end_row(len(self._levels) - 1, RowShape())
            closed = self._levels.pop()
            if closed.rows:
                self._levels[-1].items.append(TableItem(closed.rows))
        while len(self._levels) - 1 < depth:
            self._levels.append(_Level())


def compose(items: list[Item], composer: Composer, kind: BlockKind | None = None) -> None:
    """Write items into the composer; `kind` overrides that of the paragraphs."""
    for item in items:
        if isinstance(item, Paragraph):
            composer.paragraph(item.text, kind=kind or item.kind, level=item.level, marker=item.marker)
        else:
            _compose_table(item, composer, kind)


def plain_text(items: list[Item]) -> str:
    """The characters of all paragraphs outside tables."""
    return "".join(item.text for item in items if isinstance(item, Paragraph))


def _compose_table(table: TableItem, composer: Composer, kind: BlockKind | None) -> None:
    grid = _grid(table)
    composer.open_table()
    for row in table.rows:
        shapes = row.shape.cells
        composer.open_row(skip=_column(grid, row.shape.left) if shapes else 0, header=row.shape.header)
        left = row.shape.left
        for index, items in enumerate(row.cells):
            shape = shapes[index] if index < len(shapes) else CellShape(edge=left)
            span = max(_column(grid, shape.edge) - _column(grid, left), 1)
            left = shape.edge
            if shape.continues_right and index:
                composer.widen_cell(span)
                continue
            if composer.open_cell(colspan=span, continues=shape.continues_down):
                compose(items, composer, kind)
            composer.close_cell()
        composer.close_row()
    composer.close_table()


def _grid(table: TableItem) -> list[int]:
    """The grid lines of a table, from the left, in twips."""
    edges = sorted({edge for row in table.rows for edge in _edges(row.shape)})
    grid: list[int] = []
    for edge in edges:
        if not grid or edge - grid[-1] > _SAME_EDGE:
            grid.append(edge)
    return grid


def _edges(shape: RowShape) -> list[int]:
    return [shape.left, *(cell.edge for cell in shape.cells)] if shape.cells else []


def _column(grid: list[int], edge: int) -> int:
    """The index of the grid line nearest to an edge."""
    at = bisect_left(grid, edge)
    if at and (at == len(grid) or edge - grid[at - 1] <= grid[at] - edge):
        return at - 1
    return at

"""Tables of a page: which carry data, which are mere layout, and where each cell stands in the grid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docmine.intake.read.html_tree import Node, blocks

MAX_SPAN = 1000  # what HTML allows for colspan; larger values are taken for 1
_MANY_BLOCKS = 5
_FEW_ROWS = 4


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell at its place; `skipped` columns before it are covered by cells of rows above."""

    node: Node
    skipped: int
    rowspan: int
    colspan: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells; `trailing` columns behind the last cell are covered from above. `header`: it holds headings."""

    cells: list[GridCell]
    header: bool
    trailing: int


def is_layout(table: Node) -> bool:
    """Whether a table only arranges a page: a cell a row, a table around tables, or one cell full of paragraphs."""
    if table.attrs.get("role") == "presentation":
        return True
    cells = [[node for node in row.elements() if node.tag in ("td", "th")] for row in _row_nodes(table)]
    if not cells or max(len(row) for row in cells) < 2:
        return True
    for cell in (cell for row in cells for cell in row):
        if cell.size * 2 > table.size:
            inner = list(cell.walk())
            if any(node.tag == "table" for node in inner[1:]):
                return True
            if len(cells) < _FEW_ROWS and sum(node.tag in blocks() for node in inner[1:]) >= _MANY_BLOCKS:
                return True
    return False


def grid(table: Node) -> Iterator[Row]:
    """The rows of a table with the place of each cell. A rowspan of 0 reaches to the end of the table."""
    rows = list(_row_nodes(table))
    covered: dict[int, int] = {}  # column → rows that a cell from above still covers
    for number, row in enumerate(rows):
        col, cells = 0, []
        below: dict[int, int] = {}
        for node in row.elements():
            if node.tag not in ("td", "th"):
                continue
            skipped = 0
            while covered.get(col, 0) > 0:
                skipped += 1
                col += 1
            left = len(rows) - number
            rowspan = min(_span(node, "rowspan") or left, left)
            colspan = _span(node, "colspan") or 1
            cells.append(GridCell(node, skipped, rowspan, colspan))
            for column in range(col, col + colspan):
                below[column] = rowspan
            col += colspan
        trailing = sum(1 for column, count in covered.items() if column >= col and count > 0)
        covered = {column: count - 1 for column, count in {**covered, **below}.items() if count > 1}
        yield Row(cells, _is_header(row), trailing)


def _row_nodes(table: Node) -> Iterator[Node]:
    """The rows of this table, not of tables inside it."""
    stack = list(reversed(list(table.elements())))
    while stack:
        node = stack.pop()
        if node.tag == "tr":
            yield node
        elif node.tag in ("thead", "tbody", "tfoot"):
            stack.extend(reversed(list(node.elements())))


def _is_header(row: Node) -> bool:
    if row.parent is not None and row.parent.tag == "thead":
        return True
    cells = [node for node in row.elements() if node.tag in ("td", "th")]
    return bool(cells) and all(cell.tag == "th" for cell in cells)


def _span(node: Node, name: str) -> int:
    match = re.match(r"\s*(\d{1,6})", node.attrs.get(name, ""))
    value = int(match.group(1)) if match else 1
    return value if value <= MAX_SPAN else 1

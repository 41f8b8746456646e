"""Finds ruled tables: which ruled lines make a grid, and what cells the grid has."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from docmine.intake.read.pdf_pieces import Rulings

NEAR = 3.0  # points within which lines are one line, and ends touch
OPEN_SIDE = 8.0  # points that level lines reach past the outermost upright one where a table has open sides
COVERED = 0.7  # share of a cell's side that must be ruled
MAX_LINES = 400  # different ruled positions each way beyond which it is a drawing

_Stretch = tuple[float, float, float]  # position, from, to


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid with its box; rows count from the top."""

    row: int
    col: int
    rowspan: int
    colspan: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table on a page. `xs` are its column borders from the left, `ys` its row borders from the top."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the table."""
        return self.xs[0] - NEAR <= x <= self.xs[-1] + NEAR and self.ys[-1] - NEAR <= y <= self.ys[0] + NEAR


def find_grids(rulings: Rulings) -> list[Grid]:
    """The tables of a page, from the top."""
    level, upright = _merged(rulings.horizontal), _merged(rulings.vertical)
    if len(level) < 2 or len(upright) < 2 or len(level) > 4 * MAX_LINES or len(upright) > 4 * MAX_LINES:
        return []
    grids = [_grid(h, v) for h, v in _connected(level, upright)]
    return sorted((g for g in grids if g is not None), key=lambda g: -g.ys[0])


def _merged(lines: Iterable[_Stretch]) -> list[_Stretch]:
    """Lines of (nearly) one position as one position, overlapping stretches as one stretch."""
    groups: list[list[_Stretch]] = []
    for line in sorted(lines):
        if groups and line[0] - groups[-1][0][0] <= NEAR:
            groups[-1].append(line)
        else:
            groups.append([line])
    merged: list[_Stretch] = []
    for group in groups:
        position = sum(p for p, _, _ in group) / len(group)
        stretches = sorted((a, b) for _, a, b in group)
        start, end = stretches[0]
        for a, b in stretches[1:]:
            if a > end + NEAR:
                merged.append((position, start, end))
                start, end = a, b
            else:
                end = max(end, b)
        merged.append((position, start, end))
    return merged


def _connected(level: list[_Stretch], upright: list[_Stretch]) -> list[tuple[list[_Stretch], list[_Stretch]]]:
    """Lines that touch, grouped."""
    parent = list(range(len(level) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for j, (x, bottom, top) in enumerate(upright):
        for i, (y, left, right) in enumerate(level):
            if left - NEAR <= x <= right + NEAR and bottom - NEAR <= y <= top + NEAR:
                parent[root(i)] = root(len(level) + j)
    groups: dict[int, tuple[list[_Stretch], list[_Stretch]]] = {}
    for i, line in enumerate(level):
        groups.setdefault(root(i), ([], []))[0].append(line)
    for j, line in enumerate(upright):
        groups.setdefault(root(len(level) + j), ([], []))[1].append(line)
    return list(groups.values())


def _grid(level: list[_Stretch], upright: list[_Stretch]) -> Grid | None:
    """The grid that connected lines draw; None where they draw something else (a frame, a drawing)."""
    if len(level) < 2 or len(upright) < 2:
        return None
    xs = _borders(upright, min(a for _, a, _ in level), max(b for _, _, b in level))
    ys = _borders(level, min(a for _, a, _ in upright), max(b for _, _, b in upright))[::-1]
    if len(xs) < 3 or len(ys) < 2 or len(xs) > MAX_LINES or len(ys) > MAX_LINES:
        return None
    cells = _cells(xs, ys, level, upright)
    return Grid(tuple(xs), tuple(ys), tuple(cells)) if len(cells) > 1 else None


def _borders(lines: list[_Stretch], low: float, high: float) -> list[float]:
    """The positions of lines, in order, with the outer ends of the crossing lines where these reach further."""
    positions = sorted({p for p, _, _ in lines})
    if low < positions[0] - OPEN_SIDE:
        positions.insert(0, low)
    if high > positions[-1] + OPEN_SIDE:
        positions.append(high)
    return positions


def _cells(xs: list[float], ys: list[float], level: list[_Stretch], upright: list[_Stretch]) -> list[GridCell]:
    rows, cols = len(ys) - 1, len(xs) - 1
    walls = _by_position(upright)
    floors = _by_position(level)
    owner = [[(r, c) for c in range(cols)] for r in range(rows)]
    parts: dict[tuple[int, int], list[tuple[int, int]]] = {(r, c): [(r, c)] for r in range(rows) for c in range(cols)}

    def unite(one: tuple[int, int], other: tuple[int, int]) -> None:
        a, b = owner[one[0]][one[1]], owner[other[0]][other[1]]
        if a == b:
            return
        a, b = min(a, b), max(a, b)
        for r, c in parts.pop(b):
            owner[r][c] = a
            parts[a].append((r, c))

    for r in range(rows):
        for c in range(cols - 1):
            if not _is_ruled(walls.get(xs[c + 1], []), ys[r + 1], ys[r]):
                unite((r, c), (r, c + 1))
    for r in range(rows - 1):
        for c in range(cols):
            if not _is_ruled(floors.get(ys[r + 1], []), xs[c], xs[c + 1]):
                unite((r, c), (r + 1, c))
    cells = [cell for part in parts.values() for cell in _rectangles(sorted(part), xs, ys)]
    return sorted(cells, key=lambda cell: (cell.row, cell.col))


def _by_position(lines: list[_Stretch]) -> dict[float, list[tuple[float, float]]]:
    table: dict[float, list[tuple[float, float]]] = {}
    for position, start, end in lines:
        table.setdefault(position, []).append((start, end))
    return table


def _is_ruled(stretches: list[tuple[float, float]], low: float, high: float) -> bool:
    """Whether the side of a cell from `low` to `high` is drawn."""
    drawn = sum(max(0.0, min(high, b) - max(low, a)) for a, b in stretches)
    return drawn >= COVERED * (high - low)


def _rectangles(part: list[tuple[int, int]], xs: list[float], ys: list[float]) -> list[GridCell]:
    """The places of one cell as a rectangle; row by row where missing lines leave no rectangle."""
    top, bottom = part[0][0], part[-1][0]
    left, right = min(c for _, c in part), max(c for _, c in part)
    if len(part) == (bottom - top + 1) * (right - left + 1):
        return [_cell(top, left, bottom, right, xs, ys)]
    cells: list[GridCell] = []
    start = previous = part[0]
    for place in [*part[1:], (-1, -1)]:
        if place[0] != previous[0] or place[1] != previous[1] + 1:
            cells.append(_cell(start[0], start[1], previous[0], previous[1], xs, ys))
            start = place
        previous = place
    return cells


def _cell(top: int, left: int, bottom: int, right: int, xs: list[float], ys: list[float]) -> GridCell:
    return GridCell(
        top, left, bottom - top + 1, right - left + 1, xs[left], ys[bottom + 1], xs[right + 1], ys[top]
    )  # fmt: skip


def place_in(grid: Grid, x: float, y: float) -> tuple[int, int]:
    """The row and column of a point in the grid (the nearest one at the rim)."""
    col = min(max(bisect_right(grid.xs, x) - 1, 0), len(grid.xs) - 2)
    row = sum(1 for border in grid.ys[1:-1] if y < border)
    return row, col

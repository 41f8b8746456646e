"""Tables: those that plain text draws with tabs or pipes, and what the columns of any table mean."""

from __future__ import annotations

import re

from docmine.rulebook.columns import meaning_of
from docmine.schema.document import Cell, Table
from docmine.schema.spans import Span

SEPARATOR = re.compile(r"[ \u3000]*[|｜\t][ \u3000]*")


def text_tables(norm: str, lines: list[Span], taken: list[Span]) -> list[Table]:
    """Tables drawn with tabs or pipes in consecutive `lines`; those that overlap a known table are passed over.

    A run of lines is a table when its first row names at least two known columns, or when all its lines have the
    same number, three or more, of cells.
    """
    tables: list[Table] = []
    run: list[list[Span]] = []
    for line in [*lines, Span(-1, -1)]:
        cells = _cells(norm, line) if line.start >= 0 and not any(line.overlaps(t) for t in taken) else []
        if len(cells) >= 2 or (cells and run and _is_rule(norm, line)):
            run.append(cells)
            continue
        tables.extend(_as_tables(norm, run))
        run = []
    return tables


def _cells(norm: str, line: Span) -> list[Span]:
    text = line.text(norm)
    if not any(mark in text for mark in "|｜\t"):
        return []
    cells: list[Span] = []
    at = 0
    for match in [*SEPARATOR.finditer(text), None]:
        end = match.start() if match else len(text)
        cells.append(Span(line.start + at, line.start + end))
        at = match.end() if match else end
    if cells and not cells[0].text(norm).strip():
        cells = cells[1:]
    if cells and not cells[-1].text(norm).strip():
        cells = cells[:-1]
    return cells


def _is_rule(norm: str, line: Span) -> bool:
    return not line.text(norm).strip("|-: \t｜")


def _as_tables(norm: str, rows: list[list[Span]]) -> list[Table]:
    if not rows:
        return []
    named = next((i for i, r in enumerate(rows[:3]) if sum(meaning_of(c.text(norm)) is not None for c in r) >= 2), None)
    alike = len(rows) >= 2 and len({len(r) for r in rows}) == 1 and len(rows[0]) >= 3
    if named is None and not alike:
        return []
    body = rows[named or 0 :]
    cells = [Cell(span, r, c) for r, row in enumerate(body) for c, span in enumerate(row)]
    return [Table(tuple(cells), 1 if named is not None else 0)]


def header_of(norm: str, table: Table) -> tuple[int, dict[int, str]]:
    """(number of header rows, column → header text) of a table; (0, {}) where no row names its columns."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    wanted = [r for r in sorted(rows) if r < max(table.header_rows, 3)]
    named = next((r for r in wanted if sum(meaning_of(c.span.text(norm)) is not None for c in rows[r]) >= 2), None)
    if named is None:
        return (0, {})
    headers: dict[int, str] = {}
    for row in range(named, max(named + 1, table.header_rows)):
        for cell in rows.get(row, []):
            for col in range(cell.col, cell.col + cell.colspan):
                text = cell.span.text(norm).strip()
                if row == named or meaning_of(text):
                    headers[col] = re.sub(r"\s", "", text)
    return (max(named + 1, table.header_rows), headers)

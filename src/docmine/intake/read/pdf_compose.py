"""Composes the reading of a PDF: lines put together by paragraph, tables over page ends, the place of each line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docmine.intake.read.composer import Composer
from docmine.intake.read.pdf_lines import joined
from docmine.intake.read.pdf_paragraphs import Margins, margins_of, paragraphs_of
from docmine.intake.read.pdf_pieces import Line
from docmine.intake.read.pdf_running import has_lone_head
from docmine.intake.read.pdf_tables import PageTable, TableCell, cell_paragraphs, goes_on, join_tables
from docmine.schema.document import BlockKind, CharBoxes, Reading, Warn

MEDIA_TYPE = "application/pdf"
MANY_LINES = 400  # lines after which the paragraphs so far are written
MIN_BODY_MARGINS = 12  # lines that odd and even pages each need for margins of their own


@dataclass(slots=True)
class Page:
    """A page once read: its body lines and tables. `odd` of its `length` characters mean nothing."""

    number: int
    width: float
    height: float
    lines: list[Line]
    tables: list[PageTable]
    length: int
    odd: int
    pictures: bool
    drawing: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the page will stand in the text."""
        return not self.lines and not self.tables


def compose(pages: Sequence[Page], count: int, warnings: list[Warn]) -> Reading:
    """The reading of pages whose running lines are gone."""
    writer = _Writer(count)
    if count == 1 and has_lone_head(pages[0].lines, pages[0].height):
        writer.head(pages[0].lines.pop(0))
    margins = _margins(pages)
    run: list[tuple[Line, Margins]] = []
    open_table: PageTable | None = None
    for page in pages:
        for item in _items(page):
            if isinstance(item, Line):
                if open_table is not None:
                    writer.table(open_table)
                    open_table = None
                run.append((item, margins[_kind(page)]))
                continue
            writer.paragraphs(run)
            run = []
            if open_table is not None and open_table.page < item.page and goes_on(open_table, item):
                join_tables(open_table, item)
                open_table.page = item.page
                continue
            if open_table is not None:
                writer.table(open_table)
            open_table = item
        if len(run) > MANY_LINES:  # keep no more than needed: all but the last paragraph are complete
            run = writer.paragraphs(run, keep_last=True)
    writer.paragraphs(run)
    if open_table is not None:
        writer.table(open_table)
    return writer.reading(warnings)


def _items(page: Page) -> list[Line | PageTable]:
    """Lines and tables of a page from the top."""
    if not page.tables:
        return list(page.lines)
    items: list[tuple[float, Line | PageTable]] = [(line.y1, line) for line in page.lines]
    items += [(table.top, table) for table in page.tables]
    return [item for _, item in sorted(items, key=lambda pair: -pair[0])]


def _kind(page: Page) -> tuple[int, int, int]:
    """Pages that share their margins: of one size, and odd or even (which may be mirrored)."""
    return round(page.width), round(page.height), page.number % 2


def _margins(pages: Sequence[Page]) -> dict[tuple[int, int, int], Margins]:
    """The margins of each kind of page; with few lines odd and even pages are taken together."""
    lines: dict[tuple[int, int, int], list[Line]] = {}
    for page in pages:
        lines.setdefault(_kind(page), []).extend(page.lines)
    found: dict[tuple[int, int, int], Margins] = {}
    for width, height, side in lines:
        own, other = lines[width, height, side], lines.get((width, height, 1 - side), [])
        if min(len(own), len(other)) < MIN_BODY_MARGINS:
            own = own + other
        margins = margins_of(own, width)
        if margins is not None:
            found[width, height, side] = margins
    return found


class _Writer:
    """Writes paragraphs and tables into a composer and keeps where each printed line stands."""

    def __init__(self, pages: int) -> None:
        self.composer = Composer()
        self._pages = pages
        self._boxes: list[tuple[int, int, int, float, float, float, float]] = []
        self._first: dict[int, int] = {}

    def paragraphs(self, run: list[tuple[Line, Margins]], *, keep_last: bool = False) -> list[tuple[Line, Margins]]:
        """Write the paragraphs of consecutive lines; with `keep_last` the last one is handed back unwritten."""
        if not run:
            return []
        paragraphs = paragraphs_of(run)
        kept = len(paragraphs.pop()) if keep_last else 0
        for lines in paragraphs:
            self._paragraph(lines)
        return run[len(run) - kept :] if kept else []

    def table(self, table: PageTable) -> None:
        """Write a table."""
        composer = self.composer
        by_row: dict[int, dict[int, TableCell]] = {}
        for cell in table.cells:
            for row in range(cell.row, cell.row + cell.rowspan):
                by_row.setdefault(row, {})[cell.col] = cell
        composer.open_table()
        for row in range(table.rows):
            composer.open_row(header=row < table.header_rows)
            for _, cell in sorted(by_row.get(row, {}).items()):
                continues = cell.row < row
                if composer.open_cell(colspan=cell.colspan, continues=continues) and not continues:
                    for lines in cell_paragraphs(cell):
                        self._paragraph(lines, shift=1 if lines[0] is not cell.lines[0] else 0)
                composer.close_cell()
            composer.close_row()
        composer.close_table()

    def head(self, line: Line) -> None:
        """Write a running head that stands on one page only, so that nothing shows it is one but its place."""
        self._paragraph([line], kind="header")

    def _paragraph(self, lines: list[Line], *, kind: BlockKind = "paragraph", shift: int = 0) -> None:
        """Write a paragraph; `shift` counts the separator that the composer puts before it."""
        text, places = joined(lines)
        start = self.composer.length + shift
        self.composer.paragraph(text, kind=kind)
        for begin, end, line in places:
            self._boxes.append((start + begin, start + end, line.page, line.x0, line.y0, line.x1, line.y1))
            self._first[line.page] = min(self._first.get(line.page, start + begin), start + begin)

    def reading(self, warnings: list[Warn]) -> Reading:
        """All that was written, as a reading."""
        text, blocks, tables = self.composer.result()
        starts = [len(text)] * self._pages
        following = len(text)
        for page in range(self._pages, 0, -1):
            following = min(following, self._first.get(page, following))
            starts[page - 1] = following
        if starts:
            starts[0] = 0
        return Reading(
            text=text, media_type=MEDIA_TYPE, reader="pdfium", pages=self._pages, blocks=blocks, tables=tables,
            boxes=CharBoxes(starts, self._boxes), layout="paragraphs", warnings=tuple(warnings),
        )  # fmt: skip

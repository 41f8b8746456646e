"""Reads PDF: text with the place of every line, paragraphs put together, ruled tables, running heads left out.

pdfium gives the text, the boxes and the ruled lines. Running heads, running feet and page numbers don't stand in the
text (but the head of a single page, which no repetition proves, as a block of that kind); neither do characters
printed askew (watermarks). Paragraphs are rebuilt over line and page ends, so the
reading's layout is "paragraphs". Boxes are in points from the lower left corner of the page as seen upright.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docmine.errors import DamagedFileError, EmptyFileError, ImageOnlyError, LimitExceededError, UnreadableTextError
from docmine.intake.read.composer import Composer
from docmine.intake.read.pdf_grid import find_grids
from docmine.intake.read.pdf_lines import joined, lines_of
from docmine.intake.read.pdf_lost import restore
from docmine.intake.read.pdf_open import open_pdf
from docmine.intake.read.pdf_page import PageContent, read_page
from docmine.intake.read.pdf_paragraphs import Margins, margins_of, paragraphs_of
from docmine.intake.read.pdf_pieces import Line
from docmine.intake.read.pdf_running import has_lone_head, running_lines
from docmine.intake.read.pdf_tables import PageTable, cell_paragraphs, goes_on, join_tables, table_of
from docmine.schema.document import BlockKind, CharBoxes, Reading, Warn

MEDIA_TYPE = "application/pdf"
ILLEGIBLE = 0.25  # share of odd characters from which a page's text layer says nothing
MAX_RESTORED = 200  # pages on which lost characters are looked for: some 0.1 s each
MIN_BODY_MARGINS = 12  # lines that odd and even pages each need for margins of their own

# Control and private-use characters, noncharacters, and the letters that glyph numbers turn into when the file
# doesn't tell what its glyphs mean. Left aside: signs that Chinese texts use (° ± · × ÷ §), Greek, Cyrillic.
_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa6\xa8-\xaf\xb2-\xb6\xb8-\xd6\xd8-\xf6\xf8-\u02c5\u02ce-\u036f"
    "\ue000-\uf8ff\ufff0-\uffff\U000f0000-\U0010ffff]"
)
_BLANK = re.compile(r"\s+")


@dataclass(slots=True)
class _Page:
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
    def is_illegible(self) -> bool:
        return self.odd > ILLEGIBLE * self.length


def read_pdf(data: bytes, *, path: str | None = None, max_pages: int = 10000) -> Reading:
    """Read a PDF. `path` only serves messages; more than `max_pages` pages are refused."""
    document, warnings = open_pdf(data)
    try:
        count = len(document)
        if count > max_pages:
            raise LimitExceededError(f"the PDF has {count} pages, more than {max_pages}", remedy="split the file")
        pages, missing = _read_pages(document, data, warnings)
    finally:
        document.close()
    if missing:
        if not any(page.length or page.pictures for page in pages):
            raise DamagedFileError("no page of the PDF can be read", remedy="fetch or export the file again")
        warnings.append(Warn("pages_missing", f"pages that can't be read: {_numbers(missing)}"))
    for page, running in zip(pages, running_lines([p.lines for p in pages], [p.height for p in pages]), strict=True):
        page.lines = [line for index, line in enumerate(page.lines) if index not in running]
    _judge(pages)
    warnings.extend(_page_warnings(pages))
    return _compose(pages, count, warnings)


def _read_pages(document: Any, data: bytes, warnings: list[Warn]) -> tuple[list[_Page], list[int]]:
    """All pages, and the numbers of those that can't be loaded."""
    pages: list[_Page] = []
    missing: list[int] = []
    failed: list[int] = []
    waiting: dict[int, PageContent] = {}
    for index in range(len(document)):
        content = read_page(document, index)
        if content is None:
            missing.append(index + 1)
            continue
        if content.lost and len(waiting) < MAX_RESTORED:
            waiting[len(pages)] = content
        elif content.lost:
            failed.append(index + 1)
        pages.append(_digest(content))
    failed = restore(data, list(waiting.values())) + failed
    for position, content in waiting.items():
        pages[position] = _digest(content)
    if failed:
        warnings.append(Warn("lost_characters", f"single characters may be missing on pages: {_numbers(failed)}"))
    return pages, missing


def _digest(content: PageContent) -> _Page:
    """Lines and tables of a page's content."""
    rest, tables = content.pieces, []
    for grid in find_grids(content.rulings) if content.exact else ():
        inside = [p for p in rest if grid.holds((p.x0 + p.x1) / 2, (p.y0 + p.y1) / 2)]
        table = table_of(grid, inside, content.number)
        if table is not None:
            tables.append(table)
            taken = {id(p) for p in inside}
            rest = [p for p in rest if id(p) not in taken]
    raw = _BLANK.sub("", content.raw)
    return _Page(
        content.number, content.width, content.height, lines_of(rest, content.number), tables,
        length=len(raw), odd=len(_ODD.findall(raw)), pictures=content.pictures, drawing=content.drawing,
    )  # fmt: skip


def _judge(pages: Sequence[_Page]) -> None:
    """Refuse a document without text, or whose text says nothing."""
    if not any(page.lines or page.tables for page in pages):
        if any(page.pictures or page.drawing for page in pages):
            raise ImageOnlyError("the pages are pictures without a text layer", remedy="run text recognition first")
        raise EmptyFileError("the PDF holds no text")
    total = sum(page.length for page in pages)
    if 2 * sum(page.length for page in pages if page.is_illegible) > total:
        raise UnreadableTextError(
            "the text layer says nothing legible: the file doesn't tell what its glyphs mean",
            remedy="run text recognition, or export the file again with embedded fonts",
        )


def _page_warnings(pages: Sequence[_Page]) -> Iterator[Warn]:
    illegible = [page.number for page in pages if page.length and page.is_illegible]
    if illegible:
        yield Warn("unreadable_pages", f"pages whose text layer says nothing legible: {_numbers(illegible)}")
    pictures = [page.number for page in pages if page.pictures and not page.lines and not page.tables]
    if pictures:
        yield Warn("image_pages", f"pages that are pictures without text: {_numbers(pictures)}")
    drawings = [page.number for page in pages if page.drawing]
    if drawings:
        yield Warn("tables_skipped", f"pages with too many drawn objects to look for tables: {_numbers(drawings)}")


def _numbers(pages: list[int]) -> str:
    shown = ", ".join(map(str, pages[:20]))
    return f"{shown}, … ({len(pages)})" if len(pages) > 20 else shown


def _compose(pages: Sequence[_Page], count: int, warnings: list[Warn]) -> Reading:
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
        if len(run) > 400:  # keep no more than needed: all but the last paragraph are complete
            run = writer.paragraphs(run, keep_last=True)
    writer.paragraphs(run)
    if open_table is not None:
        writer.table(open_table)
    return writer.reading(warnings)


def _items(page: _Page) -> list[Line | PageTable]:
    """Lines and tables of a page from the top."""
    if not page.tables:
        return list(page.lines)
    items: list[tuple[float, Line | PageTable]] = [(line.y1, line) for line in page.lines]
    items += [(table.top, table) for table in page.tables]
    return [item for _, item in sorted(items, key=lambda pair: -pair[0])]


def _kind(page: _Page) -> tuple[int, int, int]:
    """Pages that share their margins: of one size, and odd or even (which may be mirrored)."""
    return round(page.width), round(page.height), page.number % 2


def _margins(pages: Sequence[_Page]) -> dict[tuple[int, int, int], Margins]:
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
        self._composer = Composer()
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
        composer = self._composer
        by_row: dict[int, dict[int, Any]] = {}
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
        start = self._composer.length + shift
        self._composer.paragraph(text, kind=kind)
        for begin, end, line in places:
            self._boxes.append((start + begin, start + end, line.page, line.x0, line.y0, line.x1, line.y1))
            self._first[line.page] = min(self._first.get(line.page, start + begin), start + begin)

    def reading(self, warnings: list[Warn]) -> Reading:
        """All that was written, as a reading."""
        text, blocks, tables = self._composer.result()
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

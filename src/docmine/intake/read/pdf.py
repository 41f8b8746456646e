"""Reads PDF: text with the place of every line, paragraphs put together, ruled tables, running heads left out.

pdfium gives the text, the boxes and the ruled lines. Running heads, running feet and page numbers don't stand in the
text (but the head of a single page, which no repetition proves, as a block of that kind); neither do characters
printed askew (watermarks). Paragraphs are rebuilt over line and page ends, so the reading's layout is "paragraphs".
Boxes are in points from the lower left corner of the page as seen upright.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from docmine.errors import DamagedFileError, EmptyFileError, ImageOnlyError, LimitExceededError, UnreadableTextError
from docmine.intake.read.pdf_compose import Page, compose
from docmine.intake.read.pdf_grid import find_grids
from docmine.intake.read.pdf_lines import lines_of
from docmine.intake.read.pdf_lost import restore
from docmine.intake.read.pdf_open import open_pdf
from docmine.intake.read.pdf_page import read_page
from docmine.intake.read.pdf_pieces import PageContent
from docmine.intake.read.pdf_running import running_lines
from docmine.intake.read.pdf_tables import PageTable, table_of
from docmine.schema.document import Reading, Warn

ILLEGIBLE = 0.25  # share of odd characters from which a page's text layer says nothing
MAX_RESTORED = 200  # pages on which lost characters are looked for: some 0.1 s each
SCANNER_MARK = 12  # characters that a scanning program may print on a picture (扫描全能王 创建)

# Control and private-use characters, noncharacters, and the letters that glyph numbers turn into when the file
# doesn't tell what its glyphs mean. Left aside: signs that Chinese texts use (° ± · × ÷ §), Greek, Cyrillic.
_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa6\xa8-\xaf\xb2-\xb6\xb8-\xd6\xd8-\xf6\xf8-\u02c5\u02ce-\u036f"
    "\ue000-\uf8ff\ufff0-\uffff\U000f0000-\U0010ffff]"
)
_BLANK = re.compile(r"\s+")


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
    return compose(pages, count, warnings)


def _read_pages(document: Any, data: bytes, warnings: list[Warn]) -> tuple[list[Page], list[int]]:
    """All pages, and the numbers of those that can't be loaded."""
    pages: list[Page] = []
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


def _digest(content: PageContent) -> Page:
    """Lines and tables of a page's content."""
    rest = content.pieces
    tables: list[PageTable] = []
    for grid in find_grids(content.rulings):
        inside = [p for p in rest if grid.holds((p.x0 + p.x1) / 2, (p.y0 + p.y1) / 2)]
        table = table_of(grid, inside, content.number)
        if table is not None:
            tables.append(table)
            taken = {id(p) for p in inside}
            rest = [p for p in rest if id(p) not in taken]
    raw = _BLANK.sub("", content.raw)
    return Page(
        content.number, content.width, content.height, lines_of(rest, content.number), tables,
        length=len(raw), odd=len(_ODD.findall(raw)), pictures=content.pictures, drawing=content.drawing,
    )  # fmt: skip


def _judge(pages: Sequence[Page]) -> None:
    """Refuse a document without text, or whose text says nothing."""
    if all(page.is_empty or _says_little(page) for page in pages):
        if any(page.pictures or page.drawing for page in pages):
            raise ImageOnlyError("the pages are pictures without a text layer", remedy="run text recognition first")
        raise EmptyFileError("the PDF holds no text")
    total = sum(page.length for page in pages)
    if 2 * sum(page.length for page in pages if _is_illegible(page)) > total:
        raise UnreadableTextError(
            "the text layer says nothing legible: the file doesn't tell what its glyphs mean",
            remedy="run text recognition, or export the file again with embedded fonts",
        )


def _says_little(page: Page) -> bool:
    """Whether a page is a picture with no more than a scanner's mark."""
    return page.pictures and not page.tables and sum(len(line.text) for line in page.lines) <= SCANNER_MARK


def _is_illegible(page: Page) -> bool:
    return page.odd > ILLEGIBLE * page.length


def _page_warnings(pages: Sequence[Page]) -> Iterator[Warn]:
    illegible = [page.number for page in pages if page.length and _is_illegible(page)]
    if illegible:
        yield Warn("unreadable_pages", f"pages whose text layer says nothing legible: {_numbers(illegible)}")
    pictures = [page.number for page in pages if page.pictures and (page.is_empty or _says_little(page))]
    if pictures:
        yield Warn("image_pages", f"pages that are pictures without text: {_numbers(pictures)}")
    drawings = [page.number for page in pages if page.drawing]
    if drawings:
        yield Warn("tables_skipped", f"pages with too many drawn objects to look for tables: {_numbers(drawings)}")


def _numbers(pages: list[int]) -> str:
    shown = ", ".join(map(str, pages[:20]))
    return f"{shown}, … ({len(pages)})" if len(pages) > 20 else shown

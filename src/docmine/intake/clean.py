"""A READING WITHOUT ITS NOISE: named steps in order, each switchable, with an exact map back.

Every step looks at the text as the steps before left it and returns deletions and insertions; `Draft` carries them out
and composes the way back, so that no offset is ever searched for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from docmine.errors import SettingsError
from docmine.intake.cleaning.boilerplate import forum_junk, sharing_site, web_boilerplate
from docmine.intake.cleaning.characters import (
    carriage_returns,
    controls,
    inner_spaces,
    lost_indents,
    markup,
    pinyin_glosses,
)
from docmine.intake.cleaning.draft import Draft, Edit
from docmine.intake.cleaning.line_wraps import blank_lines, hard_wraps
from docmine.intake.cleaning.page_marks import furniture, page_marks, running_numbers
from docmine.intake.cleaning.redaction import redactions
from docmine.schema.document import Block, Cell, CleanText, Reading, Table, Warn
from docmine.schema.spans import OffsetMap, Span

Step = Callable[[Draft], Iterable[Edit]]

_STEPS: dict[str, Step] = {
    "furniture": furniture,  # headers, footers, boilerplate that the reader marked
    "carriage_returns": carriage_returns,  # CR, NEL, _x000D_, a Cyrillic Р: line feeds
    "controls": controls,  # zero-width characters, byte order marks
    "markup": markup,  # tags, entities, style sheets
    "lost_indents": lost_indents,  # ?同志们: spaces that became question marks
    "sharing_site": sharing_site,  # upload facts, buttons, copyright notices
    "web_boilerplate": web_boilerplate,  # paths, counters, related links
    "forum_junk": forum_junk,  # notices, random signs
    "page_marks": page_marks,  # — 2 —, 第 4 页 共 4 页, form feeds
    "running_numbers": running_numbers,  # …闯关的思⏎⏎2、想…
    "pinyin_glosses": pinyin_glosses,  # 系統(tǒng)
    "hard_wraps": hard_wraps,  # line ends inside sentences
    "inner_spaces": inner_spaces,  # 9 月 20 日, 会 议 纪 要
    "blank_lines": blank_lines,
}
STEPS: tuple[str, ...] = tuple(_STEPS)


def clean(reading: Reading, *, steps: Sequence[str] | None = None) -> CleanText:
    """Take the noise out of `reading` by the named steps (all of them if None; their order is always that of `STEPS`).

    Blocks and tables are moved to the cleaned text. The warnings are the reading's and cleaning's own.
    """
    draft = Draft.of(reading.text, layout=reading.layout)
    draft.regions = _regions(reading)
    for step in _chosen(steps):
        draft.apply(step(draft))
    back, norm = draft.map(), draft.refold()
    return CleanText(
        text=draft.text,
        norm=norm,
        map=back,
        blocks=_blocks(reading.blocks, back),
        tables=_tables(reading.tables, back),
        redacted=redactions(norm),
        warnings=(*reading.warnings, *draft.warnings, *_lost_characters(draft)),
    )


def _chosen(steps: Sequence[str] | None) -> list[Step]:
    if steps is None:
        return list(_STEPS.values())
    unknown = sorted(set(steps) - set(_STEPS))
    if unknown:
        raise SettingsError(f"unknown cleaning steps: {', '.join(unknown)}", remedy=f"choose among {', '.join(STEPS)}")
    return [step for name, step in _STEPS.items() if name in steps]


def _regions(reading: Reading) -> dict[str, list[Span]]:
    marked = [block.span for block in reading.blocks if block.kind in ("header", "footer", "boilerplate")]
    filled = [[cell.span for cell in table.cells if len(cell.span)] for table in reading.tables]
    tables = [Span(min(s.start for s in spans), max(s.end for s in spans)) for spans in filled if spans]
    return {"furniture": marked, "table": tables}


def _blocks(blocks: tuple[Block, ...], back: OffsetMap) -> tuple[Block, ...]:
    moved = (Block(back.to_clean(b.span), b.kind, b.level, b.marker) for b in blocks)
    return tuple(block for block in moved if len(block.span))


def _tables(tables: tuple[Table, ...], back: OffsetMap) -> tuple[Table, ...]:
    """Tables with their cells moved; empty cells stay in the grid, tables without any text are dropped."""
    moved = (
        Table(tuple(Cell(back.to_clean(c.span), c.row, c.col, c.rowspan, c.colspan) for c in t.cells), t.header_rows)
        for t in tables
    )
    return tuple(table for table in moved if any(len(cell.span) for cell in table.cells))


def _lost_characters(draft: Draft) -> list[Warn]:
    """A warning at the first replacement character that decoding left."""
    at = draft.text.find("\ufffd")
    if at < 0:
        return []
    start = draft.origin[at]
    count = draft.text.count("\ufffd")
    return [Warn("lost_characters", f"{count} characters couldn't be decoded", Span(start, start + 1))]

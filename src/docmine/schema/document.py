"""WHAT FLOWS, first part: what a reader returns, what cleaning returns, what structure returns.

Offsets of `Reading` count code points of `Reading.text`, the text as read; offsets of everything after cleaning
count code points of `CleanText.text`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from docmine.schema.spans import OffsetMap, Span

BlockKind = Literal["paragraph", "heading", "list_item", "header", "footer", "footnote", "textbox", "boilerplate"]


@dataclass(frozen=True, slots=True)
class Warn:
    """Something the user should know. `span` counts in the text as read, None where it concerns the whole file."""

    code: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell. `span` selects its text; rows and columns count from 0; merged cells appear once."""

    span: Span
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `header_rows` leading rows hold column headers (0 where unknown: structure decides by meaning)."""

    cells: tuple[Cell, ...]
    header_rows: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like stretch of the text that the format itself marks off.

    `marker` is the automatic number that the reader wrote into the text at the block's start (`（一）`), "" where
    there is none; `level` the heading or list depth from 1, 0 for body text.
    """

    span: Span
    kind: BlockKind = "paragraph"
    level: int = 0
    marker: str = ""


@dataclass(frozen=True, slots=True)
class CharBoxes:
    """Where characters stand on pages.

    `page_starts[i]` is the offset of the first character of page i+1. `lines` are (start, end, page, x0, y0, x1, y1):
    a run of characters on one printed line with its box in PDF points, origin at the page's lower left corner;
    sorted by start, not overlapping. Pages count from 1.
    """

    page_starts: list[int]
    lines: list[tuple[int, int, int, float, float, float, float]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a file: its text and what the format says about the text's layout.

    In `text` every paragraph and every table row ends with a line feed; the cells of a row are joined by a tab.
    `blocks` may be empty (plain text: layout has to be found out later); else they are sorted and don't overlap.
    Headers and footers of pages stand in `text` only if a block of that kind marks them.
    `layout` is "lines" where line ends may cut a sentence (plain text, PDF), "paragraphs" where they don't.
    """

    text: str
    media_type: str
    reader: str
    encoding: str | None = None
    pages: int | None = None
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    boxes: CharBoxes | None = None
    layout: Literal["lines", "paragraphs"] = "lines"
    warnings: tuple[Warn, ...] = ()


@dataclass(frozen=True, slots=True)
class CleanText:
    """A reading without its noise.

    `text` is the wording as written; `norm` has the same length, character for character, in the form that rules
    match: Simplified characters, full-width Chinese punctuation （，。；：！？（）), half-width digits and letters.
    `blocks` and `tables` are the reading's, moved to cleaned offsets (emptied ones dropped). `redacted` are the
    spans of redaction marks (`_`, `**`, XX, ××, 某).
    """

    text: str
    norm: str
    map: OffsetMap
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    redacted: tuple[Span, ...] = ()
    warnings: tuple[Warn, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks a section. `relayed`: the words are a superior's or absent person's, passed on by the speaker."""

    name: str
    relayed: bool = False


@dataclass(slots=True)
class Section:
    """A node of the numbering tree. `span` reaches from its marker to the end of its last descendant.

    `level` counts from 1 by nesting. `marker` is the number as written (`一是`, `（二）`), `title` the heading text
    without it. `title_span` is empty where the number opens running text without a heading.
    """

    id: str
    parent: str | None
    level: int
    marker: str
    title: str
    span: Span
    title_span: Span
    style: str = ""
    speaker: Speaker | None = None


@dataclass(slots=True)
class Head:
    """What the top and the foot of a document say about it. Dates are ISO 8601."""

    title: str | None = None
    number: str | None = None
    issuer: str | None = None
    addressees: list[str] = field(default_factory=list)
    date: str | None = None
    date_basis: str | None = None
    urgency: str | None = None


@dataclass(slots=True)
class Meeting:
    """The particulars of the meeting that a document records. `date` is ISO 8601 (with time where stated)."""

    name: str | None = None
    date: str | None = None
    place: str | None = None
    chair: str | None = None
    attendees: list[str] = field(default_factory=list)
    agenda: list[str] = field(default_factory=list)


StretchRole = Literal["title", "head", "body", "heading", "lead_in", "cell", "label", "particulars", "foot"]


@dataclass(slots=True)
class Stretch:
    """A run of cleaned text with one context: a paragraph, a heading, a numbered item, a table cell, a label's value.

    The span leaves out the marker (`（一）`) and the label (`责任单位：`). `column` and `label` are meanings (task,
    lead, support, responsible, supervise, report_to, due, problem, finding, measure, status, number, other), `header`
    the column header as written; `row` is (table, row). `part` is "letter" or "reply" in a text that holds both.
    """

    span: Span
    role: StretchRole = "body"
    section: str | None = None
    label: str | None = None
    column: str | None = None
    header: str | None = None
    row: tuple[int, int] | None = None
    part: str = ""
    speaker: Speaker | None = None


@dataclass(slots=True)
class Structure:
    """What structure finds in a cleaned text. `stretches` cover every character of the body, in order."""

    kind: str
    kind_score: float
    kind_evidence: tuple[str, ...]
    head: Head
    meeting: Meeting | None
    sections: list[Section]
    stretches: list[Stretch]
    reference_date: str | None = None  # what times are counted from: the head's date, else the day a page was put up
    warnings: tuple[Warn, ...] = ()

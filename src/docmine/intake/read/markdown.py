"""Markdown: the text as read is the source file; blocks and tables say what its marks mean.

Offsets point into the file, so nothing is rendered. A block leaves its mark outside (`#`, `-`, `>`), apart from numbers
and check boxes of list items, which are their `marker`. Lines that are layout only (rules, fences, the row under a
table's head) are blocks of the kind "boilerplate".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from docmine.intake.read.encoding import lost_characters, readable_lines
from docmine.intake.read.text import decode_text
from docmine.schema.document import Block, BlockKind, Cell, Reading, Table
from docmine.schema.spans import Span

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ATX = re.compile(r" {0,3}(?P<marks>#{1,6})(?:[ \t]+(?P<title>.*?))?(?:[ \t]+#+)?[ \t]*$")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-*+]|(?P<number>\d{1,9}[.)]))(?:[ \t]+(?P<box>\[[ xX]\](?=[ \t]|$))?|$)")
_QUOTE = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-{1,}:?[ \t]*(?:\|[ \t]*:?-{1,}:?[ \t]*)*\|?[ \t]*$")
_LINK_TARGET = re.compile(r" {0,3}\[[^\]]+\]:[ \t]*\S+(?:[ \t]+[\"'(].*)?$")
_COMMENT = re.compile(r"\s*<!--.*-->\s*$")
_SENTENCE_END = "。！？；：.!?;:"
_WRAP_WIDTH = 30  # shorter lines aren't cut by a line width
_SETEXT_TITLE = 40  # longer lines above `---` are text, the dashes a rule


def read_markdown(data: bytes, *, encoding: str | None = None, path: str | None = None) -> Reading:
    """Read a Markdown file: headings, list items, tasks, tables, fences, over the unchanged source text."""
    decoded = decode_text(data, encoding=encoding, path=path)
    blocks, tables, wrapped = parse_markdown(decoded.text)
    return Reading(
        text=decoded.text,
        media_type="text/markdown",
        reader="markdown",
        encoding=decoded.encoding,
        blocks=blocks,
        tables=tables,
        layout="lines" if wrapped else "paragraphs",
        warnings=lost_characters(decoded.text),
    )


def parse_markdown(text: str) -> tuple[tuple[Block, ...], tuple[Table, ...], bool]:
    """The blocks and tables of a Markdown source, and whether its paragraphs are cut at a line width."""
    parser = _Parser(text)
    parser.run()
    parser.blocks.sort(key=lambda block: block.span)
    return tuple(parser.blocks), tuple(parser.tables), parser.wrapped()


@dataclass(slots=True)
class _Parser:
    """Walks over the lines once, front to back; `fence` is the mark that opened a code block."""

    text: str
    lines: list[Span] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    fence: str = ""
    indents: list[int] = field(default_factory=list)  # of the list items that the present line may continue
    paragraph: list[Span] = field(default_factory=list)
    kind: tuple[BlockKind, int, str] = ("paragraph", 0, "")
    quoted: bool = False
    cut_lines: int = 0
    ends: int = 0

    def run(self) -> None:
        self.lines = list(readable_lines(self.text))
        at = self._front_matter()
        while at < len(self.lines):
            at = self._table(at) or self._line(at)
        self._flush()

    def wrapped(self) -> bool:
        """Whether more lines stop in mid-sentence at some width than at a sentence's end."""
        return self.cut_lines > max(2, self.ends)

    def _front_matter(self) -> int:
        """Skip the dashes around a YAML head; its lines are text."""
        if not self.lines or self._of(self.lines[0]).rstrip() != "---":
            return 0
        for index, line in enumerate(self.lines[1:40], start=1):
            if self._of(line).rstrip() in ("---", "..."):
                self._add("boilerplate", self.lines[0])
                for inner in self.lines[1:index]:
                    self._add("paragraph", inner)
                self._add("boilerplate", line)
                return index + 1
        return 0

    def _of(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def _line(self, at: int) -> int:
        """Read line `at`; gives the index of the next."""
        line = self.lines[at]
        text = self._of(line)
        if self.fence or _FENCE.match(text):
            self._fenced(line, text)
        elif not text.strip():
            self._flush()
        elif heading := _ATX.match(text):
            self._flush()
            self.indents.clear()
            self._heading(line, heading)
        elif self.paragraph and (underline := _SETEXT.match(text)) and self._underlines(underline):
            self._setext(line, 1 if underline.group(1)[0] == "=" else 2)
        elif _RULE.match(text) or _LINK_TARGET.match(text) or _COMMENT.match(text):
            self._flush()
            self._add("boilerplate", line)
        else:
            self._text(line, text)
        return at + 1

    def _fenced(self, line: Span, text: str) -> None:
        mark = _FENCE.match(text)
        if self.fence and (mark is None or mark.group(1)[0] != self.fence[0] or len(mark.group(1)) < len(self.fence)):
            self._add("paragraph", line)
            return
        self._flush()
        self.fence = "" if self.fence else mark.group(1) if mark else ""
        self._add("boilerplate", line)

    def _heading(self, line: Span, match: re.Match[str]) -> None:
        if match.group("title"):
            span = Span(line.start + match.start("title"), line.start + match.end("title"))
            self._add("heading", span, level=len(match.group("marks")))

    def _underlines(self, match: re.Match[str]) -> bool:
        """Whether the dashes under the present paragraph make it a heading; long text has a rule under it instead."""
        if len(self.paragraph) != 1 or self.kind[0] != "paragraph":
            return False
        title = self._of(self.paragraph[0])
        return match.group(1)[0] == "=" or (len(title) <= _SETEXT_TITLE and title[-1:] not in _SENTENCE_END)

    def _setext(self, line: Span, level: int) -> None:
        self._add("heading", self.paragraph[0], level=level)
        self.paragraph.clear()
        self._add("boilerplate", line)

    def _text(self, line: Span, text: str) -> None:
        """A line of a paragraph or of a list item, perhaps quoted."""
        quote = _QUOTE.match(text)
        if (quote is not None) != self.quoted:
            self._flush()
        self.quoted = quote is not None
        start = quote.end() if quote else 0
        if item := _ITEM.match(text, start):
            self._flush()
            self._item(line, item)
            return
        indent = _width(text[start : len(text) - len(text[start:].lstrip())])
        if self.indents and indent == 0 and not self.paragraph:
            self.indents.clear()
        self.paragraph.append(Span(line.start + start, line.end))

    def _item(self, line: Span, item: re.Match[str]) -> None:
        indent = _width(item.group("indent"))
        while self.indents and indent <= self.indents[-1]:
            self.indents.pop()
        self.indents.append(indent)
        box, number = item.group("box"), item.group("number")
        marker = box or number or ""
        start = item.start("box") if box else item.start("number") if number else item.end()
        self.kind = ("list_item", len(self.indents), marker)
        self.paragraph.append(Span(line.start + start, line.end))

    def _flush(self) -> None:
        """End the present paragraph: one block a line, or one in all where a line width cut the lines."""
        if self.paragraph:
            lines = [self._of(line).rstrip() for line in self.paragraph]
            width = max(_WRAP_WIDTH, 0.8 * max(_columns(line) for line in lines))
            cut = [line for line in lines[:-1] if _columns(line) >= width and line[-1:] not in _SENTENCE_END]
            self.cut_lines += len(cut)
            self.ends += len(lines) - len(cut)
            kind, level, marker = self.kind
            whole = Span(self.paragraph[0].start, self.paragraph[-1].end)
            for span in [whole] if cut else self.paragraph:
                self._add(kind, span, level=level, marker=marker)
                marker = ""
            self.paragraph.clear()
        self.kind = ("paragraph", 0, "")

    def _add(self, kind: BlockKind, span: Span, *, level: int = 0, marker: str = "") -> None:
        text = self._of(span)
        span = Span(span.start + len(text) - len(text.lstrip()), span.end - (len(text) - len(text.rstrip())))
        if span.start < span.end:
            self.blocks.append(Block(span, kind, level, marker))

    def _table(self, at: int) -> int | None:
        """Read the table whose head stands at line `at`, if one does; gives the index of the line after it."""
        if self.fence or at + 1 >= len(self.lines) or "|" not in self._of(self.lines[at]):
            return None
        rule = self._of(self.lines[at + 1])
        head = split_cells(self.text, self.lines[at])
        if not _TABLE_RULE.match(rule) or len(head) != len(split_cells(self.text, self.lines[at + 1])):
            return None
        self._flush()
        rows = [head]
        end = at + 2
        while end < len(self.lines) and "|" in self._of(self.lines[end]):
            rows.append(split_cells(self.text, self.lines[end]))
            end += 1
        self._add("boilerplate", self.lines[at + 1])
        self._add_table(rows)
        return end

    def _add_table(self, rows: list[list[Span]]) -> None:
        width = len(rows[0])
        cells = []
        for number, row in enumerate(rows):
            for col, span in enumerate(row[:width]):
                cells.append(Cell(span, number, col))
                self._add("paragraph", span)
        self.tables.append(Table(tuple(cells), header_rows=1))


def split_cells(text: str, line: Span) -> list[Span]:
    """The cells of a pipe row, trimmed. A pipe after a backslash or inside a code span separates nothing."""
    bounds = [line.start - 1]
    in_code = False
    for at in range(line.start, line.end):
        char = text[at]
        if char == "`":
            in_code = not in_code and "`" in text[at + 1 : line.end]
        elif char == "|" and not in_code and text[at - 1 : at] != "\\":
            bounds.append(at)
    bounds.append(line.end)
    cells = [_trimmed(text, Span(a + 1, b)) for a, b in pairwise(bounds)]
    if not cells[0]:
        cells = cells[1:]
    if cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _width(indent: str) -> int:
    """Columns of an indentation; a tab counts four."""
    return sum(4 if char == "\t" else 2 if char == "\u3000" else 1 for char in indent)


def _columns(text: str) -> int:
    """Printed width: Chinese characters take two columns."""
    return sum(2 if char >= "\u2e80" else 1 for char in text)

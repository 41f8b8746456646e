"""CleanText → Structure: lines, tables, numbering tree, label blocks, speakers, letter and reply."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

from docmine.intake.dating import web_date
from docmine.intake.head import find_head, find_meeting
from docmine.intake.numbering import Marker, Tree, line_markers
from docmine.intake.tables import header_of, text_tables
from docmine.kinds import detect_kind
from docmine.rulebook import any_of, compile_pattern, load_toml
from docmine.rulebook.columns import meaning_of
from docmine.rulebook.linear import LinearModel
from docmine.schema.document import Block, CleanText, Section, Speaker, Stretch, StretchRole, Structure, Table, Warn
from docmine.schema.spans import Span

LABEL = re.compile(
    r"[ \u3000\t]*[【\[]?(?P<name>[^\s，。；：！？|【】]{2,12}?(?:[ \u3000][^\s，。；：！？|]{1,6})?)[】\]]?"
    r"：(?P<value>.*)",
    re.DOTALL,
)
HEADING_END = re.compile(r"[。！？：]|$")
BLOCK_LABELS = ("problem", "measure", "task", "finding", "instruction", "orders")
MARKDOWN_HEADING = re.compile(r"[ \t]{0,3}(?P<level>#{1,6})[ \t\u3000]+(?=[^\s#])")
NEXT_LABEL = re.compile(r"(?:(?P<comma>，)|[\s\u3000|；;]+)(?=(?P<name>[\u4e00-\u9fff]{2,8})：)")
SPACE_CUT = re.compile(r"(?<=[\u4e00-\u9fff）])[ \u3000]+(?=[\u4e00-\u9fff“（])")


@cache
def _rules() -> dict[str, Any]:
    raw = load_toml("common/structure.toml")
    return {k: compile_pattern(v, where=f"common/structure.toml {k}") for k, v in raw["patterns"].items()}


@dataclass(slots=True)
class _State:
    """What the walk over the lines remembers."""

    tree: Tree = field(default_factory=Tree)
    seen: dict[str, int] = field(default_factory=dict)
    stretches: list[Stretch] = field(default_factory=list)
    part: str = ""
    speaker: Speaker | None = None
    block_label: str | None = None  # in sheets: the label under which the lines that follow stand
    has_parts: bool = True  # letter and reply are told apart; in minutes 答复： is a speaker's turn


def structure(
    clean: CleanText,
    *,
    name: str | None = None,
    date: dt.date | None = None,
    source: str | None = None,
    kinds: LinearModel | None = None,
) -> Structure:
    """Find what governs what in a cleaned text. `name` is the file's name, `date` the caller's date; both are
    last resorts. `source` is the text before cleaning, where the day that a page was put up may still stand.
    `kinds` is the model of genres; without it the rules alone tell the genre."""
    lines = _lines(clean.norm)
    tables = tables_of(clean)
    named = [_table_span(t) for t in tables if header_of(clean.norm, t)[0]]
    title_lines, head = find_head(clean.norm, clean.text, lines, name=name, date=date, tables=named)
    meeting = find_meeting(clean.norm, clean.text, lines, head)
    has_cases = is_case_table(clean.norm, tables)
    kind = detect_kind(clean.norm, head.title or "", has_case_table=has_cases, model=kinds)
    state = _State(has_parts=kind.name in ("letter", "reply", "case", "other"))
    _walk(clean, lines, tables, set(title_lines), state)
    state.tree.close(0, len(clean.norm))
    _unmake_lone_headings(clean.norm, state)
    _mark_speakers(clean.norm, state)
    reference = head.date or web_date(source or clean.norm)
    warnings = () if head.date else (Warn("no_date", "the document says no date of its own"),)
    return Structure(
        kind.name, kind.score, kind.evidence, head, meeting, state.tree.sections, state.stretches, reference, warnings
    )


def tables_of(clean: CleanText) -> list[Table]:
    """The tables that the reader saw and those that lines of text form, in their order."""
    tables = list(clean.tables)
    tables += text_tables(clean.norm, _lines(clean.norm), [_table_span(t) for t in tables])
    return sorted((t for t in tables if t.cells), key=lambda t: t.cells[0].span.start)


def _lines(norm: str) -> list[Span]:
    spans, at = [], 0
    for line in norm.split("\n"):
        if line.strip():
            spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    return spans


def _table_span(table: Table) -> Span:
    return (
        Span(min(c.span.start for c in table.cells), max(c.span.end for c in table.cells))
        if table.cells
        else Span(0, 0)
    )


def is_case_table(norm: str, tables: list[Table]) -> bool:
    """Whether a table has the columns of case tables: the problem, and what was found or done."""
    for table in tables:
        found = {meaning_of(h) for h in header_of(norm, table)[1].values()}
        if {"problem", "finding"} <= found or {"problem", "measure"} <= found:
            return True
    return False


def _walk(clean: CleanText, lines: list[Span], tables: list[Table], title_lines: set[int], state: _State) -> None:
    spans = [_table_span(t) for t in tables]
    blocks = [b for b in clean.blocks if b.kind in ("heading", "header", "footer", "boilerplate")]
    starts = [b.span.start for b in blocks]
    done: set[int] = set()
    for index, line in enumerate(lines):
        inside = next((i for i, s in enumerate(spans) if line.overlaps(s)), None)
        if inside is not None:
            if inside not in done:
                done.add(inside)
                _walk_table(clean.norm, tables[inside], inside, state)
            continue
        block = _block_of(blocks, starts, line)
        if block is not None and block.kind in ("header", "footer", "boilerplate"):
            continue
        if index in title_lines:
            state.stretches.append(Stretch(_trim(clean.norm, line), "title"))
            continue
        _walk_line(clean.norm, line, block, state)


def _block_of(blocks: list[Block], starts: list[int], line: Span) -> Block | None:
    i = bisect_right(starts, line.end - 1) - 1
    return blocks[i] if i >= 0 and blocks[i].span.overlaps(line) else None


def _walk_table(norm: str, table: Table, number: int, state: _State) -> None:
    header_rows, headers = header_of(norm, table)
    section = state.tree.current.id if state.tree.current else None
    for cell in table.cells:
        span = _trim(norm, cell.span)
        if not span:
            continue
        header = headers.get(cell.col)
        column = meaning_of(header) if header else None
        role: StretchRole = "head" if cell.row < header_rows else "cell"
        seen: dict[str, int] = {}
        markers = line_markers(norm, span, seen) if role == "cell" and column not in ("number", "due") else []
        for piece, label in _labelled_pieces(norm, _pieces(norm, span, markers), column if role == "cell" else None):
            state.stretches.append(
                Stretch(
                    piece,
                    role,
                    section,
                    column=label,
                    header=header,
                    row=(number, cell.row),
                )
            )


def _pieces(norm: str, span: Span, markers: list[Marker]) -> list[Span]:
    """The cell's text cut at its inner numbers and line ends, markers left out."""
    cuts = [span.start, *(m.span.start for m in markers), span.end]
    ends = {m.span.start: m.span.end for m in markers}
    pieces = []
    for a, b in pairwise(cuts):
        at = ends.get(a, a)
        for part in re.finditer(r"[^\n]+", norm[at:b]):
            piece = _trim(norm, Span(at + part.start(), at + part.end()))
            if piece:
                pieces.append(piece)
    return pieces


def _labelled_pieces(norm: str, pieces: list[Span], column: str | None) -> list[tuple[Span, str | None]]:
    """Pieces of a cell with their meaning: its column's, or that of a label inside the cell (结论：, 遗留：)."""
    if column is not None:
        return [(piece, column) for piece in pieces]
    found: list[tuple[Span, str | None]] = []
    meaning: str | None = None
    labels, meanings = _cell_labels()
    for piece in pieces:
        start = piece.start
        for match in labels.finditer(norm, piece.start, piece.end):
            before = _trim(norm, Span(start, match.start("name")))
            if before:
                found.append((before, meaning))
            meaning, start = meanings[match["name"]], match.end()
        rest = _trim(norm, Span(start, piece.end))
        if rest:
            found.append((rest, meaning))
    return found


@cache
def _cell_labels() -> tuple[re.Pattern[str], dict[str, str | None]]:
    """The labels that part a cell, and the column that each stands for."""
    table: dict[str, list[str]] = load_toml("common/structure.toml")["cell_labels"]
    meanings = {name: None if meaning == "told" else meaning for meaning, names in table.items() for name in names}
    return compile_pattern(
        f"(?:^|(?<=[。；！？\\s|]))(?P<name>{any_of(tuple(meanings))})：", where="structure.toml"
    ), meanings


def _trim(norm: str, span: Span) -> Span:
    text = span.text(norm)
    if not text.strip():
        return Span(span.start, span.start)
    return Span(span.start + len(text) - len(text.lstrip()), span.end - (len(text) - len(text.rstrip())))


def _walk_line(norm: str, line: Span, block: Block | None, state: _State) -> None:
    rules = _rules()
    text = line.text(norm)
    if state.part and rules["instruction_part"].match(text):
        state.part = ""
    part = (rules["reply_part"].match(text) and "reply") or (rules["letter_part"].match(text) and "letter")
    if part and part != state.part and state.has_parts:
        state.part = part
        state.tree.close(0, line.start)
        state.seen.clear()
    if block is not None and block.kind == "heading" and block.level:
        _open_heading(norm, _trim(norm, block.span), block.level, state)
        return
    hashes = MARKDOWN_HEADING.match(text)
    if hashes:
        _open_heading(norm, _trim(norm, Span(line.start + hashes.end(), line.end)), len(hashes["level"]), state)
        return
    markers = line_markers(norm, line, state.seen)
    first = markers[0].span.start if markers else line.end
    if first > line.start:
        _add_text(norm, Span(line.start, first), state, opens=False)
    for i, marker in enumerate(markers):
        end = markers[i + 1].span.start if i + 1 < len(markers) else line.end
        section = state.tree.open(style=marker.style, marker=marker.span.text(norm).strip(), start=marker.span.start)
        _forget_deeper(state, section)
        if marker.style == "phase" and marker.span.text(norm).endswith("】"):
            section.title_span = Span(marker.span.start + 1, marker.span.end - 1)
            section.title = section.title_span.text(norm)
            state.stretches.append(Stretch(section.title_span, "heading", section.id, part=state.part))
        _add_text(norm, Span(marker.span.end, end), state, opens=True, section=section)


def _forget_deeper(state: _State, section: Section) -> None:
    """A new part starts the counts of the parts below it afresh."""
    open_styles = {s.style for s in state.tree.sections if s.level <= section.level and s.span.end <= s.span.start}
    for style in [s for s in state.seen if s not in open_styles and s != section.style]:
        del state.seen[style]


def _open_heading(norm: str, span: Span, level: int, state: _State) -> None:
    markers = line_markers(norm, span, {})
    at = markers[0].span.end if markers and markers[0].span.start == span.start else span.start
    section = state.tree.open(style="heading", marker=norm[span.start : at].strip(), start=span.start, level=level)
    if markers:
        state.seen = {markers[0].style: markers[0].number}
    section.title_span = _trim(norm, Span(at, span.end))
    section.title = section.title_span.text(norm)
    state.stretches.append(Stretch(section.title_span, "heading", section.id, part=state.part))


def _add_text(norm: str, span: Span, state: _State, *, opens: bool, section: Section | None = None) -> None:
    span = _trim(norm, span)
    if not span:
        return
    current = section or state.tree.current
    if opens and section is not None:
        title = None if _is_limit_line(norm, span) else _heading_in(norm, span)
        if title is not None and section.style == "article" and len(title) > 12:
            title = None
        if title is not None:
            section.title_span, section.title = title, title.text(norm)
            state.stretches.append(Stretch(title, "heading", section.id, part=state.part))
            rest = _trim(norm, Span(title.end, span.end))
            while rest and norm[rest.start] in "。：！？":
                rest = _trim(norm, Span(rest.start + 1, rest.end))
            if not rest:
                return
            span = rest
    role, label, value = _label_in(norm, span, state)
    if state.has_parts and label in (
        *BLOCK_LABELS,
        "due",
        "responsible",
        "lead",
        "support",
        "other",
        "status",
        "number",
    ):
        state.block_label = label if label in BLOCK_LABELS else None
    elif role == "body" and label is None:
        label = state.block_label
    if role == "label":
        cut = _next_label(norm, value)
        if cut:
            rest, value = Span(cut.end(), value.end), _trim(norm, Span(value.start, cut.start()))
            state.stretches.append(Stretch(value, role, current.id if current else None, label=label, part=state.part))
            _add_text(norm, rest, state, opens=False)
            return
    current_id = current.id if current else None
    state.stretches.append(
        Stretch(
            value, role, current_id, label=label, part=state.part, speaker=state.speaker if role == "body" else None
        )
    )
    if role == "body" and state.speaker is not None and label == "speaker":
        state.speaker = None


def _next_label(norm: str, value: Span) -> re.Match[str] | None:
    """Where another label follows in the same line; behind a comma only one whose meaning is known."""
    for cut in NEXT_LABEL.finditer(norm, value.start, value.end):
        if cut["comma"] is None or meaning_of(cut["name"]) not in (None, "other"):
            return cut
    return None


def _heading_in(norm: str, span: Span) -> Span | None:
    """The topic line that a numbered part opens with, or None where the number opens running text."""
    text = span.text(norm)
    rules = _rules()
    glued = rules["glued_heading"].match(text)
    if glued:
        return Span(span.start, span.start + glued.end())
    end = HEADING_END.search(text)
    assert end is not None
    candidate = text[: end.start()]
    whole_line = end.start() == len(text)
    gap = SPACE_CUT.search(candidate)
    if gap and gap.start() <= 40 and len(text) > len(candidate[: gap.start()]) + 8:
        candidate, whole_line = candidate[: gap.start()], False
    if not 2 <= len(candidate) <= 40 or candidate.count("，") > 2:
        return None
    if rules["not_heading"].search(candidate):
        return None
    if not whole_line and len(candidate) > 26 and "，" in candidate:
        return None
    if whole_line and (len(candidate) > 36 or rules["item_end"].search(text)):
        return None
    if end.group() == "？" or (end.group() == "：" and len(candidate) > 20):
        return None
    return Span(span.start, span.start + len(candidate))


def _label_in(norm: str, span: Span, state: _State) -> tuple[StretchRole, str | None, Span]:
    """(role, meaning, value) of a `label：value` line; a speaker's label makes the rest body text."""
    rules = _rules()
    match = LABEL.match(span.text(norm))
    if match is None:
        bracket = rules["particulars_line"].match(span.text(norm))
        return ("particulars" if bracket else "body", None, span)
    value = _trim(norm, Span(span.start + match.start("value"), span.start + match.end("value")))
    name = match["name"].replace("*", "")
    if rules["particulars_label"].fullmatch(name):
        return ("particulars", None, span)
    meaning = "due" if _is_limit_line(norm, span) else meaning_of(name)
    if meaning in BLOCK_LABELS:
        return ("body", meaning, value or span)
    if meaning is not None:
        return ("label", meaning, value or span)
    if rules["speaker_label"].fullmatch(name) and value:
        state.speaker = Speaker(name)
        return ("body", "speaker", value)
    return ("body", None, span)


def _is_limit_line(norm: str, span: Span) -> bool:
    """Whether a `label：value` line says by when: 整改时限：9月30日, 反馈时间：周五前."""
    match = LABEL.match(span.text(norm))
    if match is None:
        return False
    meaning, rules = meaning_of(match["name"]), _rules()
    if meaning == "due":
        return rules["day_value"].search(match["value"]) is not None
    timed = meaning in (None, "other") and rules["time_label"].search(match["name"])
    return bool(timed) and rules["limit_value"].search(match["value"]) is not None


def _unmake_lone_headings(norm: str, state: _State) -> None:
    """A numbered line under which nothing stands but labels of its own line is no heading but an item."""
    sections = {s.id: s for s in state.tree.sections}
    used = {s.section for s in state.stretches if s.role not in ("heading", "label")}
    for stretch in state.stretches:  # a label on a line of its own describes what stands under the heading
        section = sections.get(stretch.section or "")
        if stretch.role == "label" and section and section.title_span:
            apart = "\n" in norm[section.title_span.end : stretch.span.start]
            (used.add if apart else used.discard)(section.id)
    used |= {s.parent for s in state.tree.sections}
    for stretch in state.stretches:
        section = sections.get(stretch.section or "")
        if (
            stretch.role != "heading"
            or section is None
            or section.id in used
            or section.style in ("heading", "chapter", "phase")
        ):
            continue
        stretch.role = "body"
        section.title, section.title_span = "", Span(section.span.start, section.span.start)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=lambda m: m.start(), default=None)


def _mark_speakers(norm: str, state: _State) -> None:
    """Relayed speech: `X强调：` gives the words that follow to X until the passing-on is said to be over."""
    rules = _rules()
    speaker: Speaker | None = None
    sections = {s.id: s for s in state.tree.sections}
    for stretch in state.stretches:
        text = stretch.span.text(norm)
        reset = _last(rules["relay_end"], text)
        frame = _last(rules["relay_frame"], text) if "：" in text and rules["relay_verb"].search(text) else None
        if (
            stretch.speaker is None
            and speaker is not None
            and not (reset and (frame is None or reset.start() > frame.start()))
        ):
            stretch.speaker = speaker
        if reset and (frame is None or reset.start() > frame.start()):
            if stretch.speaker is None and reset.start() > 8:
                stretch.speaker = speaker
            speaker = None
        if frame and (not reset or frame.start() > reset.start()):
            name = frame["name"]
            if not rules["collective_voice"].search(name):
                speaker = Speaker(name, relayed=True)
        if stretch.section and stretch.speaker and sections[stretch.section].speaker is None:
            sections[stretch.section].speaker = stretch.speaker

"""Which owners and dates stand outside a directive and yet govern it (guidelines §4): labels, headings, table rows.

Explicit governance (a label, a heading's phase, a table's header) is not `inherited`; an elliptic subject taken over
from the directive before is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import cast

from docmine.mining.clauses import Times, analyse
from docmine.mining.extract.directives import Unit
from docmine.mining.extract.parties import Party
from docmine.mining.extract.roles import castings, people_in
from docmine.mining.extract.times import is_deadline
from docmine.mining.segment import Sentence, split_at
from docmine.rulebook import PatternSet
from docmine.rulebook.columns import meaning_of
from docmine.rulebook.lexicon import Scan
from docmine.schema.document import Section, Stretch, Structure
from docmine.schema.findings import Directive, Evidence, Role, TimeExpression
from docmine.schema.spans import Span

GRAMMAR = PatternSet("common/grammar.toml", "link")

TIME_HEADERS = ("时间", "日期")
OWNER_MEANINGS = ("lead", "responsible", "support", "supervise", "report_to")


_BRACKET = re.compile(r"（[^（）]{2,60}）[。；]?")
_TASK_WORD = re.compile("牵头|负责|配合|责任|主办|承办|完成|办结")
_LIMIT_ENDS = re.compile(r"(?:完成|办结|报送|上报|启动|开工|竣工|见效|结束|建成|投用)?）")


@dataclass(slots=True)
class Governor:
    """Owners and dates that govern the directives of a place."""

    parties: list[tuple[Party, Role, Evidence]] = field(default_factory=list)
    times: list[tuple[TimeExpression, Evidence]] = field(default_factory=list)


class Governance:
    """Answers for one directive what governs it from outside."""

    def __init__(self, scan: Scan, structure: Structure, times: Times) -> None:
        self._scan, self._structure, self._times = scan, structure, times
        self._sections = {s.id: s for s in structure.sections}
        self._rows = self._read_rows()
        self._headings = self._read_headings()
        self._labels = self._read_labels()
        self._lead_ins: dict[str, Governor] = {}

    def governors(self, directive: Directive, stretch: Stretch) -> list[Governor]:
        """What governs `directive`, nearest first."""
        found = []
        if stretch.row is not None and stretch.row in self._rows:
            found.append(self._rows[stretch.row])
        for label, governor in self._labels:
            if self._label_governs(label, directive, stretch):
                found.append(governor)
        section, phase_stated = self._sections.get(directive.section or ""), False
        while section is not None:
            if section.id in self._lead_ins:
                found.append(self._lead_ins[section.id])
            states_own = directive.heading and section.id == directive.section
            if section.id in self._headings and not states_own and not phase_stated:
                found.append(self._headings[section.id])  # the nearest phase holds, not the one around it
                phase_stated = True
            section = self._sections.get(section.parent or "")
        return found

    def add_lead_in(self, at: int, section_id: str | None, governor: Governor) -> None:
        """`以下任务由市住建局牵头，9月底前完成：` gives its owners and dates to the items that open right behind it."""
        style = None
        for section in self._structure.sections:
            if section.span.start < at or section.parent != section_id:
                continue
            style = style or section.style
            if section.style != style:
                break
            self._lead_ins[section.id] = governor

    def _read_rows(self) -> dict[tuple[int, int], Governor]:
        rows: dict[tuple[int, int], Governor] = {}
        scheduled = self._schedules()
        for stretch in self._structure.stretches:
            if stretch.row is None or stretch.role != "cell":
                continue
            timed = stretch.row[0] in scheduled and stretch.header in TIME_HEADERS
            meaning = "due" if timed else stretch.column
            if meaning in (*OWNER_MEANINGS, "due"):
                self._fill(rows.setdefault(stretch.row, Governor()), stretch.span, meaning, f"table.{meaning}")
        return rows

    def _schedules(self) -> set[int]:
        """The tables of tasks whose only column of times is called just that: 时间|工作内容."""
        columns: dict[int, set[str | None]] = {}
        for stretch in self._structure.stretches:
            if stretch.row is not None:
                columns.setdefault(stretch.row[0], set()).add(stretch.column)
        return {table for table, found in columns.items() if "task" in found and "due" not in found}

    def _fill(self, governor: Governor, span: Span, meaning: str, rule: str) -> None:
        if meaning == "due":
            governor.times += [(t, Evidence(rule, t.span.text(self._scan.norm))) for t in self._times.within(span)]
        else:
            role = cast("Role", meaning)
            governor.parties += [
                (p, role, Evidence(rule, p.span.text(self._scan.norm)))
                for p in people_in(self._scan, span, whole=rule.startswith(("table", "label")))
            ]

    def _read_headings(self) -> dict[str, Governor]:
        """Phases that a heading states: `（二）集中整治阶段（4月—9月）`."""
        found: dict[str, Governor] = {}
        for section in self._structure.sections:
            span = section.title_span
            if not span:
                continue
            bracketed = [
                t
                for t in self._times.within(Span(span.start, span.end))
                if t.kind in ("period", "date") and self._is_phase(span, t)
            ]
            if bracketed:
                evidence = Evidence("heading.phase", span.text(self._scan.norm))
                found[section.id] = Governor(times=[(t, evidence) for t in self._listed(bracketed)])
        return found

    def _listed(self, times: list[TimeExpression]) -> list[TimeExpression]:
        """The first time and those listed with it: 7月至8月，11月至12月."""
        listed = times[:1]
        for time in times[1:]:
            if self._scan.norm[listed[-1].span.end : time.span.start].strip() not in ("，", "、", "和", "及"):
                break
            listed.append(time)
        return listed

    def _is_phase(self, title: Span, time: TimeExpression) -> bool:
        before = self._scan.norm[title.start : time.span.start].rstrip()
        following = self._scan.norm[time.span.end : title.end].lstrip("份")
        opens = not before and following.startswith(("，", "：", "）", "。")) and time.kind in ("date", "period")
        return opens or before.endswith(("（", "：", "，", "【", "—", "(")) or time.kind == "period"

    def _read_labels(self) -> list[tuple[Stretch, Governor]]:
        found = []
        for stretch in self._structure.stretches:
            if stretch.role == "label" and stretch.label in (*OWNER_MEANINGS, "due"):
                governor = Governor()
                self._fill(governor, stretch.span, stretch.label, f"label.{stretch.label}")
                if governor.parties or governor.times:
                    found.append((stretch, governor))
        return found

    def _label_governs(self, label: Stretch, directive: Directive, stretch: Stretch) -> bool:
        """A label governs the items of its own section and those below; without sections, what stands next to it."""
        if directive.heading and label.section != directive.section:
            return False
        if directive.force == "request" or label.part != stretch.part:
            return False
        if label.section is None:
            return stretch.label == "instruction" if self._structure.kind == "case" else stretch.section is None
        if stretch.section == label.section:
            return True
        section: Section | None = self._sections.get(stretch.section or "")
        while section is not None:
            if section.id == label.section:
                return True
            section = self._sections.get(section.parent or "")
        return False


def phase_opening(scan: Scan, sentence: Sentence, times: Times) -> Governor | None:
    """The phase that a paragraph opens with: `自查阶段（10月上旬）：…`, `10月8日至20日：…`; None for others."""
    if sentence.stretch.role != "body":
        return None
    span, norm = sentence.span, scan.norm
    opening = GRAMMAR.phase_opening.match(norm, span.start, span.end)
    at = opening.end() if opening else span.start
    time = times.at(at)
    if time is None or time.kind not in ("period", "date"):
        return None
    closing = GRAMMAR.phase_closing if opening and opening["bracket"] else GRAMMAR.phase_colon
    if not closing.match(norm, time.span.end, span.end):
        return None
    if not (opening and opening["bracket"]) and time.bare and time.kind == "date" and time.begin is None:
        return None  # a single day before a colon stands in an agenda
    return Governor(times=[(time, Evidence("paragraph.phase", norm[span.start : time.span.end]))])


def bracketed_owners(scan: Scan, sentence: Sentence, times: Times) -> Governor | None:
    """Labels that are a sentence behind an item: `（责任单位：县住建局；完成时限：9月底前）`, or without a bracket."""
    text = sentence.span.text(scan.norm)
    if GRAMMAR.labels_in_bracket.fullmatch(text):
        return _labelled(scan, sentence.span, times, GRAMMAR.label_in_bracket)
    if sentence.stretch.role == "body" and GRAMMAR.labels_in_sentence.fullmatch(text):
        known = [meaning_of(label["name"]) for label in GRAMMAR.label_in_sentence.finditer(text)]
        if known and all(meaning == "due" or meaning in OWNER_MEANINGS for meaning in known):
            return _labelled(scan, sentence.span, times, GRAMMAR.label_in_sentence)
    return _bracketed_tail(scan, sentence, times)


def _labelled(scan: Scan, span: Span, times: Times, labels: re.Pattern[str]) -> Governor | None:
    governor = Governor()
    for label in labels.finditer(scan.norm, span.start, span.end):
        meaning, value = meaning_of(label["name"]), Span(*label.span("value"))
        if meaning == "due":
            governor.times += [(t, Evidence("tail.due", label["value"])) for t in times.within(value)]
        elif meaning in OWNER_MEANINGS:
            role, evidence = cast("Role", meaning), Evidence("tail.owner", label[0][:24])
            governor.parties += [(p, role, evidence) for p in people_in(scan, value, whole=True)]
    return governor if governor.parties or governor.times else None


def _bracketed_tail(scan: Scan, sentence: Sentence, times: Times) -> Governor | None:
    """The date and the owners of a bracket without labels that ends with a date: `（教育局牵头，11月底完成）`."""
    text = sentence.span.text(scan.norm)
    if not _BRACKET.fullmatch(text):
        return None
    inner = Span(sentence.span.start + 1, sentence.span.start + text.index("）"))
    limits = [t for t in times.within(inner) if is_deadline(t, scan.norm, force="obligation")[0]]
    if not limits or not _LIMIT_ENDS.match(scan.norm, limits[-1].span.end, inner.end + 1):
        return None
    if limits[-1].bare and limits[-1].begin is None and not _TASK_WORD.search(text):
        return None  # a day alone dates the paper: （市档案馆2021年9月8日）
    clauses = [analyse(scan, part, times, persons=False) for part in split_at(scan.norm, inner, "，")]
    cast = castings(scan, Unit(inner, "obligation", 3, None, clauses), times, persons=False)
    evidence = Evidence("tail.bracket", inner.text(scan.norm)[:24])
    return Governor([(c.party, c.role, c.evidence) for c in cast], [(t, evidence) for t in limits])


def owner_tail(scan: Scan, sentence: Sentence, times: Times) -> Governor | None:
    """The owners and the date of a sentence that is nothing else: `--李明/王芳 完成时间：3月25日`; None for others."""
    text = sentence.span.text(scan.norm)
    match = GRAMMAR.owner_tail.fullmatch(text)
    if match is None or not (match["due"] or (text[:2] in ("--", "——") and match["names"])):
        return None
    governor = Governor()
    start = sentence.span.start
    if match["names"]:
        span = Span(start + match.start("names"), start + match.end("names"))
        evidence = Evidence("tail.owner", match["names"])
        governor.parties = [(p, "responsible", evidence) for p in people_in(scan, span)]
    if match["due"]:
        span = Span(start + match.start("due"), start + match.end("due"))
        governor.times = [(t, Evidence("tail.due", match["due"])) for t in times.within(span)]
    return governor if governor.parties or governor.times else None

"""Sentences → directive units by guidelines §1: the longest run in a sentence with one obligor."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import cast

from docmine.mining.clauses import Clause, Times, analyse
from docmine.mining.context import Mood, patterns
from docmine.mining.extract.parties import list_at
from docmine.mining.segment import Sentence, split_at
from docmine.rulebook import PatternSet
from docmine.rulebook.lexicon import Scan
from docmine.rulebook.operators import Hit
from docmine.schema.findings import Evidence, Force
from docmine.schema.spans import Span

GRAMMAR = PatternSet("common/grammar.toml", "directives")

# Operators before which the one who orders stands, not the one who is ordered: the unit starts at the operator.
ORDERERS = {"op.order", "op.demand", "op.wish"}
TRAILING = "，。；：！？…”’ \t\n\u3000|-—"


@dataclass(slots=True)
class Unit:
    """A directive before it has an id: its span, operator, force, subject clause, and the reasons."""

    span: Span
    force: Force
    strength: int
    trigger: str | None
    clauses: list[Clause]
    evidence: list[Evidence] = field(default_factory=list)
    score: float = 0.8
    framed: bool = False


@dataclass(slots=True)
class Frame:
    """A reporting frame before the message: `会议强调，`. `finding`: it introduces a finding unless an order follows."""

    text: str
    finding: bool


SUPERIOR_KINDS = ("host_script", "speech", "notice", "plan", "minutes", "other")
BRACKETED = re.compile(r"（[^（）]*）[。]?")


def units_in(
    scan: Scan,
    sentence: Sentence,
    mood: Mood,
    times: Times,
    *,
    kind: str,
    persons: bool,
    previous: Force | None,
    finding: bool = False,
) -> list[Unit]:
    """The directive units of one sentence. `previous` is the force that an unmarked continuation takes over."""
    norm = scan.norm
    if mood == "silent" or patterns()["etiquette"].search(sentence.span.text(norm)):
        return []
    if mood == "reports" and patterns()["future_cue"].search(sentence.span.text(norm)):
        mood = "neutral"
    found: list[Unit] = []
    narrative = False
    for piece in split_at(norm, sentence.span, "："):
        narrative = narrative or bool(patterns()["past_narrative"].search(piece.text(norm)))
        found += _units_in_piece(
            scan,
            piece,
            mood,
            times,
            kind=kind,
            persons=persons,
            narrative=narrative,
            previous=previous,
            finding=finding,
        )
    return found


def strip_lead(norm: str, span: Span) -> tuple[Span, list[Frame]]:
    """The span without enumerators, connectives and reporting frames before the message."""
    frames: list[Frame] = []
    start = span.start
    for _ in range(6):
        for pattern in (GRAMMAR.enumerator, patterns()["connective"]):
            match = pattern.match(norm, start, span.end)
            if match and match.end() > start:
                start = match.end()
                break
        else:
            frame = patterns()["frame"].match(norm, start, span.end)
            if frame is None or frame.end() >= span.end:
                break
            frames.append(Frame(frame.group(), bool(patterns()["finding_frame"].search(frame.group()))))
            start = frame.end()
    return (Span(start, span.end), frames)


def _units_in_piece(
    scan: Scan,
    piece: Span,
    mood: Mood,
    times: Times,
    *,
    kind: str,
    persons: bool,
    narrative: bool,
    previous: Force | None,
    finding: bool,
) -> list[Unit]:
    norm = scan.norm
    body, frames = strip_lead(norm, piece)
    text = body.text(norm)
    if patterns()["not_directive"].search(text) or patterns()["etiquette"].search(text):
        return []
    if finding and not frames:
        frames = [Frame("", True)]
    if BRACKETED.fullmatch(text):
        return []
    lead_in = piece.text(norm).rstrip().endswith("：")
    builder = _Builder(scan, mood, kind=kind, narrative=narrative, frames=frames, previous=previous)
    for span in split_at(norm, body, "，"):
        inner, more = strip_lead(norm, span)
        if more:
            builder.frame(more)
        builder.add(analyse(scan, inner, times, persons=persons))
    units = builder.finish()
    if lead_in:
        units = [u for u in units if _asks_itself(u, norm)]
    return [u for u in units if not patterns()["done_after"].search(u.span.text(norm)) or u.strength >= 5]


def _asks_itself(unit: Unit, norm: str) -> bool:
    text = unit.span.text(norm)
    pointing = re.search(r"(?:以下|如下|几|[一二三四五两]个?)(?:点|个|方面|事项|要求|工作)", text)
    return unit.trigger is not None and len(unit.clauses) >= (3 if pointing and unit.force != "commitment" else 2)


class _Builder:
    """Takes the clauses of a piece in order and cuts them into units."""

    def __init__(
        self, scan: Scan, mood: Mood, *, kind: str, narrative: bool, frames: list[Frame], previous: Force | None
    ) -> None:
        self._scan, self._mood, self._kind = scan, mood, kind
        self._narrative, self._previous = narrative, previous
        self._frames = list(frames)
        self._waiting: list[Clause] = []
        self._open: list[Clause] = []
        self._hit: Hit | None = None
        self._start = 0
        self._reasons: list[Evidence] = []
        self._units: list[Unit] = []
        self._past_seen = False

    def frame(self, frames: list[Frame]) -> None:
        """A reporting frame inside the sentence: what stood before it is over."""
        self._close()
        self._waiting.clear()
        self._frames = frames

    def add(self, clause: Clause) -> None:
        """Take the next clause."""
        verdict = self._verdict(clause)
        self._past_seen = self._past_seen or ((clause.past or clause.statistic) and not verdict)
        if self._open:
            if verdict and self._begins_anew(clause):
                tail = self._take_fronted_tail()
                self._close()
                self._begin(clause, verdict, tail)
            else:
                self._open.append(clause)
            return
        if verdict:
            self._begin(clause, self._first_cause(verdict), self._waiting)
            self._waiting = []
        elif (clause.past or clause.statistic) and not clause.fronted:
            self._waiting.clear()
        else:
            self._waiting.append(clause)

    def finish(self) -> list[Unit]:
        """All units of the piece."""
        self._close()
        return self._units

    def _begin(self, clause: Clause, verdict: tuple[Hit | None, str], fronted: list[Clause]) -> None:
        hit, reason = verdict
        self._hit = hit
        self._start = fronted[0].span.start if fronted else clause.span.start
        if hit is not None and hit.operator.id in ORDERERS and self._drops_orderer(clause, hit):
            self._start = self._with_adverb(hit.start)
            fronted = []
        self._open = [*fronted, clause]
        self._reasons = [Evidence(hit.operator.id if hit else reason, hit.text if hit else "")]

    def _first_cause(self, verdict: tuple[Hit | None, str]) -> tuple[Hit | None, str]:
        """A bare order before a prohibition or recommendation gives the unit's force (guidelines §1: the first operator)."""
        hit = verdict[0]
        if hit is None or hit.operator.force not in ("prohibition", "recommendation"):
            return verdict
        bare = any(
            (c.bare or (c.subject and not c.fronted)) and not c.past and not GRAMMAR.front_only.search(self._text(c))
            for c in self._waiting
        )
        return (None, "bare.before_" + hit.operator.id) if bare else verdict

    def _with_adverb(self, at: int) -> int:
        for word in ("强烈", "恳切", "紧急", "特", "现"):
            if self._scan.norm.startswith(word, at - len(word)):
                return at - len(word) if word == "强烈" else at
        return at

    def _drops_orderer(self, clause: Clause, hit: Hit) -> bool:
        before = self._scan.norm[clause.span.start : hit.start]
        if not before:
            return True
        return (
            bool(clause.subject)
            or clause.past
            or bool(re.search(r"[我们本已并也还现特]|下发|发出|依法|当场|同时|再次", before))
            or hit.operator.id == "op.wish"
        )

    def _take_fronted_tail(self) -> list[Clause]:
        tail: list[Clause] = []
        while (
            len(self._open) > 1
            and self._open[-1].fronted
            and not self._open[-1].operators
            and not self._open[-1].support
            and not self._open[-1].subject
            and not self._open[-1].bare
        ):
            tail.insert(0, self._open.pop())
        return tail

    def _begins_anew(self, clause: Clause) -> bool:
        """Whether another obligor begins with this clause (guidelines §1)."""
        if clause.support or GRAMMAR.office.match(self._text(clause)):
            return False
        if all(c.fronted and not c.operators for c in self._open) and not self._hit:
            return False
        if clause.subject:
            return True
        first = clause.operators[0] if clause.operators else None
        if first is None:
            return False
        norm = self._scan.norm
        if first.operator.id == "op.duty" and first.text.startswith("由"):
            closing = re.search(r"由[^，]{2,24}(?:负责|牵头)(?:落实|实施)?$", norm[clause.span.start : clause.span.end])
            has_party = any(c.subject or any(h.operator.id == "op.duty" for h in c.operators) for c in self._open)
            return not (closing and not has_party)
        if self._hit is not None and self._hit.operator.force == "commitment" and first.operator.id == "op.demand":
            return False
        if first.text == "督促":
            return False
        return (
            first.operator.id in ("op.please", "op.demand", "op.order", "op.wish")
            and first.start - clause.core <= 6
            and self._hit is not None
            and self._addresses(clause, first)
        )

    def _addresses(self, clause: Clause, hit: Hit) -> bool:
        """Whether somebody is named behind the operator."""
        return self._mood == "letter" or list_at(self._scan, hit.end, clause.span.end, persons=True) is not None

    def _close(self) -> None:
        if not self._open:
            return
        while (
            len(self._open) > 1
            and self._open[-1].past
            and not self._open[-1].operators
            and GRAMMAR.done.search(self._scan.norm[self._open[-1].span.start : self._open[-1].span.end])
        ):
            self._open.pop()
        norm = self._scan.norm
        end = self._open[-1].span.end
        while end > self._start and norm[end - 1] in TRAILING:
            end -= 1
        start = self._start
        while start < end and norm[start] in TRAILING:
            start += 1
        if end > start:
            self._units.append(self._unit(Span(start, end)))
        self._open, self._hit = [], None

    def _unit(self, span: Span) -> Unit:
        hit = self._hit
        promised = self._mood == "promises" or (self._mood == "reports" and self._kind == "reply")
        unmarked: Force = "commitment" if promised else "obligation"
        force: Force = (
            hit.operator.force if hit else (self._previous if self._mood != "task" and self._previous else unmarked)
        )
        if force == "request" and hit and hit.text[:2] in ("希望", "望", "盼") and self._kind in SUPERIOR_KINDS:
            force = "obligation"
        if self._mood == "letter" and hit and force in ("obligation", "recommendation"):
            force = "request"
        if (
            promised
            and hit
            and hit.operator.id in ("op.duty", "op.lead", "op.liability", "op.must", "op.report_to", "op.agree")
        ):
            force = "commitment"
        strength = hit.operator.strength if hit else 3
        unit = Unit(
            span, force, strength, hit.text if hit else None, self._open, self._reasons, framed=bool(self._frames)
        )
        unit.score = 0.9 if hit and not hit.operator.weak else 0.7
        return unit

    # -- is this clause an order? ------------------------------------------------------------------------------

    def _verdict(self, clause: Clause) -> tuple[Hit | None, str] | None:
        """(operator or None, rule id) where the clause directs."""
        if self._mood == "letter":
            return self._verdict_in_letter(clause)
        for hit in clause.operators:
            if self._accepts(clause, hit):
                return (hit, hit.operator.id)
        if self._mood == "task":
            return self._verdict_in_task_cell(clause)
        if (
            self._mood == "reports"
            and clause.has_deadline
            and not clause.past
            and not self._narrative
            and (clause.bare or clause.topical)
        ):
            return (None, "bare.dated_in_report")
        if self._finding_frame() or clause.past or self._narrative or GRAMMAR.front_only.search(self._text(clause)):
            return None
        return self._verdict_bare(clause)

    def _verdict_in_task_cell(self, clause: Clause) -> tuple[None, str] | None:
        text = self._scan.norm[clause.span.start : clause.span.end]
        if clause.past or len(text) < 4 or GRAMMAR.no_task.fullmatch(text):
            return None
        return (None, "bare.task_cell")

    def _verdict_bare(self, clause: Clause) -> tuple[None, str] | None:
        if clause.has_deadline and clause.statistic and self._mood == "reports":
            return None
        ordering = self._mood in ("orders", "promises") or (bool(self._frames) and self._mood == "neutral")
        if clause.subject and clause.support:
            return (None, "bare.support") if ordering or self._open else None
        if (
            clause.subject
            and (clause.bare or clause.has_deadline)
            and (ordering or clause.has_deadline)
            and (self._mood != "reports" or clause.has_deadline)
        ):
            return (None, "bare.subject")
        if clause.subject and clause.timed and self._mood in ("neutral", "orders") and not self._narrative:
            return (None, "bare.subject_timed")
        if clause.has_deadline and any(c.subject and not c.past for c in self._waiting):
            return (None, "bare.subject_dated")
        if clause.subject and ordering and not clause.statistic and self._has_predicate(clause):
            return (None, "bare.subject_predicate")
        if clause.topical and ordering and not clause.statistic:
            return (None, "bare.topic")
        overdue = (
            self._mood == "reports"
            and bool(self._waiting)
            and self._text(self._waiting[-1]).startswith(("逾期", "拒不", "未按"))
        )
        if overdue and self._text(self._waiting[-1]).endswith("的"):
            return (None, "bare.consequence")
        if (
            self._waiting
            and GRAMMAR.condition.search(self._text(self._waiting[-1]))
            and self._mood in ("orders", "neutral")
        ):
            return (None, "bare.consequence")
        if clause.subject and self._open:
            return (None, "bare.subject_continues")
        if clause.bare and not clause.subject and ordering and not self._past_seen and not clause.statistic:
            return (None, "bare.imperative")
        if clause.bare and self._mood == "neutral" and clause.has_deadline:
            return (None, "bare.dated")
        return None

    def _has_predicate(self, clause: Clause) -> bool:
        rest = self._scan.norm[clause.subject_end : clause.span.end]
        return (
            clause.subject[-1].type != "other"
            and len(rest) >= 4
            and not rest.startswith("设在")
            and "的" not in rest[:8]
            and not GRAMMAR.noun_end.search(rest)
        )

    def _verdict_in_letter(self, clause: Clause) -> tuple[Hit | None, str] | None:
        for hit in clause.operators:
            if (
                hit.operator.force == "request"
                or hit.operator.id in ("op.please", "op.demand")
                or hit.text.startswith("建议")
            ):
                before = self._scan.norm[clause.span.start : hit.start]
                if (clause.past or self._past_seen or any("多次" in self._text(c) for c in self._waiting)) and (
                    re.search(r"已|曾|多次|了$", before)
                    or (hit.operator.id == "op.demand" and not before.endswith("强烈"))
                ):
                    continue
                if clause.subject and hit.operator.id in ("op.demand", "op.please") and hit.start >= clause.subject_end:
                    continue
                if hit.operator.id == "op.demand" and not self._demands_itself(before):
                    continue
                return (hit, hit.operator.id)
        return None

    def _demands_itself(self, before: str) -> bool:
        """Whether it is the petitioner who demands, not somebody in the story."""
        return bool(re.search(r"我|本人|强烈|业主|特|现|故|居民|村民|职工|家长", before)) or (
            not before and not self._waiting
        )

    def _text(self, clause: Clause) -> str:
        return self._scan.norm[clause.span.start : clause.span.end]

    def _finding_frame(self) -> bool:
        return any(f.finding for f in self._frames)

    def _accepts(self, clause: Clause, hit: Hit) -> bool:
        op, norm = hit.operator, self._scan.norm
        before = norm[clause.span.start : hit.start]
        if op.id == "op.wish" and hit.start - clause.core > 6 and not clause.subject:
            return False
        if op.id == "op.commit" and re.search(r"[已要应须]$|把$", before):
            return False
        if op.id == "op.order" or op.id == "op.demand":
            if self._mood == "reports" and not self._addresses(clause, hit) and not clause.has_deadline:
                return False
            return not self._narrative and not (
                re.search(r"[了过]$", before) and self._mood == "reports" and not clause.has_deadline
            )
        if clause.past and self._past_governs(clause, hit):
            return False
        if self._narrative and op.strength < 4:
            return False
        if self._finding_frame():
            return op.id in ("op.must", "op.want", "op.prohibit.strict") and not self._is_statement(before)
        if op.weak:
            return self._accepts_weak(clause, hit, before)
        if self._mood == "reports":
            return self._accepts_in_report(clause, hit)
        return True

    def _accepts_in_report(self, clause: Clause, hit: Hit) -> bool:
        op = hit.operator
        if op.id in ("op.duty", "op.lead", "op.report_to", "op.agree"):
            return bool(clause.subject or hit.text.startswith("由")) and not clause.past
        if op.id in ("op.must", "op.want", "op.should", "op.prohibit.strict", "op.prohibit.plain", "op.recommend"):
            short = self._kind in ("case_table", "case") and hit.start - clause.core <= 14 and not clause.past
            return (
                bool(clause.subject)
                or short
                or hit.start == clause.core
                or bool(self._open)
                or any(c.fronted for c in self._waiting)
            )
        return not clause.past

    def _accepts_weak(self, clause: Clause, hit: Hit, before: str) -> bool:
        op = hit.operator
        if op.id == "op.commit":
            return self._commits(clause, hit)
        if op.id == "op.liability":
            return (
                not clause.past
                and self._mood not in ("reports",)
                and (hit.start - clause.core <= 8 or bool(clause.subject))
            )
        if self._mood == "reports":
            return False
        if op.id == "op.need" and self._past_seen:
            return False
        if self._mood == "orders" or self._frames:
            return True
        return (
            bool(clause.subject)
            or bool(self._open)
            or any(c.fronted for c in self._waiting)
            or hit.start == clause.core
        )

    def _commits(self, clause: Clause, hit: Hit) -> bool:
        if clause.past and not hit.text.startswith(("承诺", "下一步", "下步")):
            return False
        if hit.text == "将":
            return self._foretells(clause, hit)
        if hit.text.startswith(("下一步", "下步")):
            return bool(clause.subject or clause.bare)
        own = re.search(
            r"我[们局市县区办院校司公]|本[局市县区办院校司]|下一步|下步", self._scan.norm[clause.span.start : hit.start]
        )
        return bool(clause.subject or own or hit.start == clause.core or self._waiting)

    def _foretells(self, clause: Clause, hit: Hit) -> bool:
        """将 before a predicate promises; 将 before an object that a later verb takes (将情况报…) only turns the sentence round."""
        rest = self._scan.norm[hit.end : clause.span.end]
        if (
            re.search(r"[^，]{1,20}(?:[报送]|上报|反馈|提交|列[入为]|清|移交|发[至给到]|公[布示])", rest)
            or hit.start == clause.core
        ):
            return bool(re.match(r"纳入|列入|作为", rest)) and hit.start > clause.core
        return (
            hit.end in self._scan.verbs
            or hit.end in self._scan.adverbs
            or rest[:1] in ("每", "于", "在", "对", "按", "以")
        )

    def _past_governs(self, clause: Clause, hit: Hit) -> bool:
        """Whether the sign of the past belongs to the predicate, not to a modifier before the operator."""
        norm = self._scan.norm
        for match in patterns()["past"].finditer(norm, clause.span.start, clause.span.end):
            if match.start() >= hit.start:
                after = norm[match.end() : clause.span.end]
                if match.group() == "了" and (re.match(r"[^，]{0,20}(?:的|后)", after) or hit.operator.strength >= 4):
                    continue
                return (
                    hit.operator.strength <= 3
                    and match.group() not in ("未及", "未按", "未能", "未")
                    and not re.search(r"[不未的]", after[:10])
                )
            if (
                "的" not in norm[match.end() : hit.start]
                and hit.start - match.end() < 12
                and match.group().startswith(("已", "正在", "曾", "仍"))
            ):
                return True
        return False

    @staticmethod
    def _is_statement(before: str) -> bool:
        return bool(re.search(r"[性度面情况形势]$", before))


def strongest(force: str) -> Force:
    """A checked force value."""
    return cast("Force", force)

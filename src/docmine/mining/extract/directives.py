"""Sentences → directive units by guidelines §1: the longest run in a sentence with one obligor."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from docmine.mining.clauses import Clause, Times, analyse, closes_a_quote
from docmine.mining.context import Mood, patterns
from docmine.mining.extract.verdicts import ClauseJudge, Frame, Situation
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


LEAST_LIKELY = 1e-6  # a label is taken for no less likely
VETOES = ("not_directive", "etiquette")  # patterns of resources/common/context.toml
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
    """The directive units of one sentence by the rules. `previous`: the force that an unmarked continuation takes."""
    pieces = pieces_in(scan, sentence, mood, times, kind=kind, persons=persons, previous=previous, finding=finding)
    return [unit for piece in pieces for unit in piece.units]


def pieces_in(
    scan: Scan,
    sentence: Sentence,
    mood: Mood,
    times: Times,
    *,
    kind: str,
    persons: bool,
    previous: Force | None,
    finding: bool = False,
) -> list[Piece]:
    """The parts of a sentence between colons, cut into clauses, with what the rules make of them."""
    norm = scan.norm
    if mood == "silent":
        return []
    text = sentence.span.text(norm)
    etiquette = patterns()["etiquette"].search(text) is not None
    if mood == "reports" and patterns()["future_cue"].search(text):
        mood = "neutral"
    found: list[Piece] = []
    narrative = False
    for span in split_at(norm, sentence.span, "："):
        narrative = narrative or _tells(norm, span, times)
        piece = _piece_of(
            scan, span, Situation(mood, kind, narrative), times, persons=persons, previous=previous, finding=finding
        )
        if piece is not None:
            if etiquette:
                piece.overrule("etiquette")
            found.append(piece)
    return found


def _tells(norm: str, piece: Span, times: Times) -> bool:
    """Whether the piece opens a story of the past: with a day that isn't still to come and that nothing bounds."""
    match = patterns()["past_narrative"].search(piece.text(norm))
    if match is None:
        return False
    told = Span(piece.start + match.start(), piece.start + match.end())
    return not any(
        times.is_ahead(t) for t in times.within(piece) if t.span.start < told.end and t.span.end > told.start
    )


def strip_lead(norm: str, span: Span) -> tuple[Span, list[Frame]]:
    """The span without enumerators, connectives and reporting frames before the message."""
    frames: list[Frame] = []
    start = span.start
    for _ in range(6):
        for pattern in (GRAMMAR.enumerator, patterns()["connective"]):
            match = pattern.match(norm, start, span.end)
            if match and match.end() > start and not _names_in_quotes(norm, start, span.end):
                start = match.end()
                break
        else:
            frame = patterns()["frame"].match(norm, start, span.end)
            if frame is None or frame.end() >= span.end:
                break
            frames.append(Frame(frame.group(), bool(patterns()["finding_frame"].search(frame.group()))))
            start = frame.end()
    return (Span(start, span.end), frames)


def _names_in_quotes(norm: str, start: int, end: int) -> bool:
    """Whether a quoted name opens the span (“五一”前, “一把手”要), not speech in quotes."""
    return GRAMMAR.quoted_opening.match(norm, start, end) is not None


def _piece_of(
    scan: Scan,
    span: Span,
    situation: Situation,
    times: Times,
    *,
    persons: bool,
    previous: Force | None,
    finding: bool,
) -> Piece | None:
    norm = scan.norm
    body, frames = strip_lead(norm, span)
    text = body.text(norm)
    if BRACKETED.fullmatch(text):
        return None
    situation.frames = list(frames) if frames or not finding else [Frame("", True)]
    veto = next((name for name in VETOES if patterns()[name].search(text)), None)
    label = GRAMMAR.glued_label.search(norm, body.start, body.end)
    if label:
        body = Span(body.start, label.start())
    lead_in = label is None and span.text(norm).rstrip().endswith("：")
    builder = _Builder(scan, situation, previous=previous)
    for part in split_at(norm, body, "，"):
        inner, more = strip_lead(norm, part)
        if more:
            builder.frame(more)
        builder.add(analyse(scan, inner, times, persons=persons))
    piece = Piece(builder, builder.finish(), situation, lead_in=lead_in)
    if veto:
        piece.overrule(veto)
    if lead_in:
        piece.keep(lambda unit: _asks_itself(unit, norm), "lead_in")
    piece.keep(lambda u: u.strength >= 5 or not patterns()["done_after"].search(u.span.text(norm)), "done_after")
    return piece


def _asks_itself(unit: Unit, norm: str) -> bool:
    text = unit.span.text(norm)
    pointing = GRAMMAR.pointing.search(text)
    return unit.trigger is not None and len(unit.clauses) >= (3 if pointing and unit.force != "commitment" else 2)


def _leads(clause: Clause) -> bool:
    return any(hit.operator.id == "op.lead" for hit in clause.operators)


class Piece:
    """A part of a sentence: its clauses, the units that the rules make of them, and what overruled some."""

    def __init__(self, builder: _Builder, units: list[Unit], situation: Situation, *, lead_in: bool) -> None:
        self._builder = builder
        self.clauses: list[Clause] = builder.clauses
        self.reasons: list[str | None] = [verdict[1] if verdict else None for verdict in builder.verdicts]
        self.units = units
        self.situation = situation
        self.lead_in = lead_in
        self.vetoes: list[str] = []

    def overrule(self, reason: str) -> None:
        """Let the rules find no unit here."""
        self.vetoes.append(reason)
        self.units = []

    def keep(self, holds: Callable[[Unit], bool], reason: str) -> None:
        """Drop the units for which something doesn't hold."""
        kept = [unit for unit in self.units if holds(unit)]
        if len(kept) < len(self.units):
            self.vetoes.append(reason)
        self.units = kept

    def labels(self) -> str:
        """What the rules make of each clause: B begins a unit, I goes on with it, O is outside."""
        numbers = {id(clause): i for i, clause in enumerate(self.clauses)}
        labels = ["O"] * len(self.clauses)
        for unit in self.units:
            for k, clause in enumerate(unit.clauses):
                labels[numbers[id(clause)]] = "I" if k else "B"
        return "".join(labels)

    def units_by(self, labels: str, likely: Sequence[float]) -> list[Unit]:
        """The units of other labels, each as sure as the geometric mean of its clauses' labels is likely.

        Where the rules had the same unit, theirs.
        """
        known = {tuple(map(id, unit.clauses)): unit for unit in self.units}
        found = []
        for run in re.finditer("[BI]I*", labels):
            clauses = self.clauses[run.start() : run.end()]
            unit = known.get(tuple(map(id, clauses))) or self._builder.unit_of(range(*run.span()))
            if unit is not None:
                logs = [math.log(max(p, LEAST_LIKELY)) for p in likely[run.start() : run.end()]]
                unit.score = math.exp(sum(logs) / len(logs))
                found.append(unit)
        return found


class _Builder(ClauseJudge):
    """Takes the clauses of a piece in order and cuts them into units."""

    def __init__(self, scan: Scan, situation: Situation, *, previous: Force | None) -> None:
        super().__init__(scan, situation)
        self._previous = previous
        self._hit: Hit | None = None
        self._start = 0
        self._reasons: list[Evidence] = []
        self._units: list[Unit] = []
        self.clauses: list[Clause] = []
        self.verdicts: list[tuple[Hit | None, str] | None] = []

    def frame(self, frames: list[Frame]) -> None:
        """A reporting frame inside the sentence: what stood before it is over."""
        self._close()
        self._waiting.clear()
        self._frames = frames

    def add(self, clause: Clause) -> None:
        """Take the next clause."""
        verdict = self._verdict(clause)
        self.clauses.append(clause)
        self.verdicts.append(verdict)
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
        elif ((clause.past or clause.statistic) and not clause.fronted) or GRAMMAR.day_off.search(self._text(clause)):
            self._waiting.clear()
        else:
            self._waiting.append(clause)

    def finish(self) -> list[Unit]:
        """All units of the piece."""
        self._close()
        return self._units

    def unit_of(self, numbers: range) -> Unit | None:
        """The unit of some clauses that follow each other, whatever the rules made of them."""
        first = next((i for i in numbers if self.verdicts[i]), None)
        verdict = self.verdicts[first] if first is not None else None
        if first is None or verdict is None:
            first = next((i for i in numbers if self.clauses[i].operators), numbers[0])
            operators = self.clauses[first].operators
            verdict = (operators[0] if operators else None, "model.clauses")
        self._open, self._units = [], []
        self._begin(self.clauses[first], verdict, self.clauses[numbers[0] : first])
        self._open += self.clauses[first + 1 : numbers[-1] + 1]
        self._close()
        return self._units[0] if self._units else None

    def _begin(self, clause: Clause, verdict: tuple[Hit | None, str], fronted: list[Clause]) -> None:
        hit, reason = verdict
        self._hit = hit
        self._start = fronted[0].span.start if fronted else clause.span.start
        if hit is not None and (hit.operator.id in ORDERERS or hit.text == "授权") and self._drops_orderer(clause, hit):
            self._start = self._with_adverb(hit.start)
            fronted = []
        self._open = [*fronted, clause]
        self._reasons = [Evidence(hit.operator.id if hit else reason, hit.text if hit else "")]

    def _first_cause(self, verdict: tuple[Hit | None, str]) -> tuple[Hit | None, str]:
        """A bare order before a prohibition or recommendation gives the unit's force (§1: the first operator)."""
        hit = verdict[0]
        if hit is None or hit.operator.force not in ("prohibition", "recommendation"):
            return verdict
        bare = any(
            (c.bare or c.subject) and not c.fronted and not c.past and not GRAMMAR.front_only.search(self._text(c))
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
            or bool(GRAMMAR.orderer_before.search(before))
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
        if clause.by_party and not clause.operators:
            return True
        first = clause.operators[0] if clause.operators else None
        if first is None:
            return False
        norm = self._scan.norm
        if first.operator.id == "op.duty" and first.text.startswith("由"):
            closing = GRAMMAR.closing_owner.search(norm[clause.span.start : clause.span.end])
            has_party = any(c.subject or any(h.operator.id == "op.duty" for h in c.operators) for c in self._open)
            return not (closing and not has_party)
        if self._hit is not None and self._hit.operator.force == "commitment" and first.operator.id == "op.demand":
            return False
        if first.text == "督促" or (
            first.operator.id == "op.please" and any(c.subject and _leads(c) for c in self._open)
        ):
            return False
        return (
            first.operator.id in ("op.please", "op.demand", "op.order", "op.wish")
            and first.start - clause.core <= 6
            and self._hit is not None
            and self._addresses(clause, first)
        )

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
        while end > self._start and norm[end - 1] in TRAILING and not closes_a_quote(norm, self._start, end):
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
        if self._mood == "demands":
            force = "request"
        if self._mood == "letter" and hit and force in ("obligation", "recommendation"):
            force = "request"
        if promised and hit and hit.operator.id in ("op.liability", "op.report_to", "op.agree"):
            force = "commitment"
        if promised and hit is None and self._reasons[0].rule == "bare.subject" and self._open[-1].has_deadline:
            force = "obligation"
        strength = hit.operator.strength if hit else 3
        unit = Unit(
            span, force, strength, hit.text if hit else None, self._open, self._reasons, framed=bool(self._frames)
        )
        unit.score = 0.9 if hit and not hit.operator.weak else 0.7
        return unit

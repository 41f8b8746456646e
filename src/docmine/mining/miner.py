"""The walk over a document's sentences that makes findings of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from docmine.mining.classify import concreteness, function_of
from docmine.mining.clauses import Times, analyse
from docmine.mining.context import Surroundings
from docmine.mining.extract.directives import Unit, units_in
from docmine.mining.extract.petitions import petitions_in
from docmine.mining.extract.roles import Casting, castings
from docmine.mining.extract.times import find_times, is_deadline
from docmine.mining.link import Governance, Governor, owner_tail
from docmine.mining.segment import Sentence, sentences, split_at
from docmine.rulebook import PatternSet
from docmine.rulebook.lexicon import Scan
from docmine.schema.document import CleanText, Stretch, Structure
from docmine.schema.findings import (
    Deadline,
    Directive,
    Evidence,
    Finding,
    Findings,
    Force,
    Reference,
    Responsibility,
    Segment,
    TimeExpression,
)
from docmine.settings import Settings

GRAMMAR = PatternSet("common/grammar.toml", "miner")

SPOKEN_KINDS = ("minutes", "speech", "host_script", "other")
DONE_MARK = re.compile(r"\[[xX]\]")


@dataclass(slots=True)
class _Walk:
    scan: Scan
    structure: Structure
    times: Times
    reference: Reference
    findings: Findings = field(default_factory=Findings)
    stretch_of: dict[str, int] = field(default_factory=dict)
    sentences: list[Sentence] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)
    closed_rows: set[tuple[int, int]] = field(default_factory=set)
    lead_ins: list[tuple[int, str | None, Governor]] = field(default_factory=list)
    framed: set[str] = field(
        default_factory=set
    )  # directives behind a frame (会议认为，): a new voice, no inherited subject
    done_sections: set[str] = field(default_factory=set)


def mine_document(
    clean: CleanText, structure: Structure, *, reference: Reference, settings: Settings | None = None
) -> Findings:
    """All segments, directives, deadlines and responsibilities of a document, spans in the cleaned text."""
    scan = Scan(clean.norm)
    walk = _Walk(
        scan,
        structure,
        Times(find_times(clean.norm, reference), reference.date.isoformat() if reference.date else None),
        reference,
    )
    walk.sentences = sentences(clean.norm, structure.stretches)
    if structure.kind != "case_table":  # a closed case may still carry orders, a closed action item none
        walk.closed_rows = {
            s.row
            for s in structure.stretches
            if s.row and s.column == "status" and GRAMMAR.closed.search(s.span.text(clean.norm))
        }
    walk.done_sections = {s.id for s in structure.sections if DONE_MARK.search(s.marker)}
    around = Surroundings(clean.norm, structure)
    previous: Force | None = None
    last_section: str | None = None
    for sentence in walk.sentences:
        if sentence.stretch.section != last_section:
            previous, last_section = _lead_force(walk, sentence, previous), sentence.stretch.section
        previous = _mine_sentence(walk, sentence, around, previous if _continues(walk, sentence, previous) else None)
    _govern(walk)
    _inherit_subjects(walk)
    _finish(walk)
    found = walk.findings
    if settings is None or settings.models:
        from docmine.mining.trained import apply_scores, segment_rows

        apply_scores(found, segment_rows(clean.norm, structure, walk.sentences, walk.times))
    places = {d.id: walk.sentences[walk.stretch_of[d.id]].stretch for d in found.directives}
    found.petitions = petitions_in(clean.text, scan, structure, found.directives, found.responsibilities, places)
    return walk.findings


def _note_lead_in(walk: _Walk, sentence: Sentence) -> None:
    """Keep the owners and dates of a sentence that ends with a colon, for the items behind it (guidelines §4)."""
    span = sentence.span
    unit = Unit(
        span,
        "obligation",
        3,
        None,
        [analyse(walk.scan, c, walk.times, persons=False) for c in split_at(walk.scan.norm, span, "，")],
    )
    governor = Governor()
    for casting in castings(walk.scan, unit, walk.times, persons=True):
        if GRAMMAR.own_party.match(walk.scan.norm, casting.party.span.start):
            continue
        governor.parties.append((casting.party, casting.role, Evidence("lead_in", span.text(walk.scan.norm)[:24])))
    governor.times = [
        (t, Evidence("lead_in")) for t in walk.times.within(span) if not t.bare and t.kind in ("date", "period")
    ]
    if GRAMMAR.lead_in.search(span.text(walk.scan.norm)) and (governor.parties or governor.times):
        walk.lead_ins.append((span.end, sentence.stretch.section, governor))


def _is_done(walk: _Walk, stretch: Stretch) -> bool:
    """Whether the item is marked closed: a table row's status, a ticked box."""
    return stretch.row in walk.closed_rows or stretch.section in walk.done_sections


def _attach_tail(walk: _Walk, tail: Governor, stretch: Stretch) -> None:
    """`--李明 完成时间：3月25日` behind an item gives it owner and date."""
    if not walk.findings.directives:
        return
    last = walk.findings.directives[-1]
    if walk.sentences[walk.stretch_of[last.id]].stretch.section != stretch.section:
        return
    for party, role, evidence in tail.parties:
        _add_party(walk, last, Casting(party, role, evidence))
    for time, evidence in tail.times:
        _add_deadline(walk, last, time, evidence)


def _continues(walk: _Walk, sentence: Sentence, previous: Force | None) -> bool:
    """Whether an unmarked sentence takes over the force before it: a promise goes on, else only behind a connective."""
    return previous == "commitment" or bool(GRAMMAR.continuation.match(sentence.span.text(walk.scan.norm)))


def _lead_force(walk: _Walk, sentence: Sentence, previous: Force | None) -> Force | None:
    """Items below a lead-in that commits take over its force (我们将认真采纳：一是…；二是…)."""
    return "commitment" if previous == "commitment" and walk.structure.kind == "reply" else None


def _mine_sentence(walk: _Walk, sentence: Sentence, around: Surroundings, previous: Force | None) -> Force | None:
    norm, stretch = walk.scan.norm, sentence.stretch
    walk.scan.focus(sentence.span.start, sentence.span.end)
    mood = around.mood(stretch)
    around.see(sentence.span, stretch.section)
    heading = stretch.role == "heading"
    text = sentence.span.text(norm)
    segment = Segment(f"seg{len(walk.findings.segments) + 1}", stretch.section, sentence.span)
    walk.findings.segments.append(segment)
    if text.endswith("："):
        _note_lead_in(walk, sentence)
    units: list[Unit] = []
    if heading or stretch.role == "title":
        units = _heading_units(walk, sentence)
    elif tail := owner_tail(walk.scan, sentence, walk.times):
        _attach_tail(walk, tail, stretch)
        segment.labels += ["responsibility"]
    elif stretch.role not in ("label", "particulars", "head", "foot") and not _is_done(walk, stretch):
        if previous == "commitment" and mood == "reports":
            mood = "promises"
        persons = walk.structure.kind in SPOKEN_KINDS
        finding = around.in_finding(sentence)
        units = units_in(
            walk.scan,
            sentence,
            mood,
            walk.times,
            kind=walk.structure.kind,
            persons=persons,
            previous=previous,
            finding=finding,
        )
        if mood in ("reports", "neutral"):
            units = [u for u in units if not _lapsed(walk, u)]
    for unit in units:
        _add_directive(walk, unit, segment, sentence, heading=heading or stretch.role == "title")
    if units:
        segment.function = "heading" if heading else "directive"
        segment.labels.append("directive")
        segment.evidence = [e for u in units for e in u.evidence]
        return units[-1].force
    segment.function = function_of(text, stretch, mood)
    return previous if text.endswith("：") else None


def _lapsed(walk: _Walk, unit: Unit) -> bool:
    """Whether all its dates lie before the document's own: an order or promise of the story that is told."""
    dues = [t.due for t in walk.times.within(unit.span) if t.kind in ("date", "period") and t.due and not t.bare]
    return bool(dues and walk.reference.date) and max(dues)[:10] < walk.reference.date.isoformat()  # type: ignore[union-attr]


def _heading_units(walk: _Walk, sentence: Sentence) -> list[Unit]:
    """A topic line that is itself imperative, and a title that carries a request."""
    text = sentence.span.text(walk.scan.norm)
    kind, role = walk.structure.kind, sentence.stretch.role
    if role == "title":
        if kind in ("letter", "reply") and GRAMMAR.title_request.search(text):
            return units_in(walk.scan, sentence, "letter", walk.times, kind=kind, persons=False, previous=None)
        return []
    if GRAMMAR.heading_objects.search(text) or kind in ("letter", "reply", "case_table"):
        return []
    return units_in(walk.scan, sentence, "orders", walk.times, kind=kind, persons=False, previous=None)


def _add_directive(walk: _Walk, unit: Unit, segment: Segment, sentence: Sentence, *, heading: bool) -> None:
    found, stretch = walk.findings, sentence.stretch
    directive = Directive(
        id=f"d{len(found.directives) + 1}", segment=segment.id, section=stretch.section, span=unit.span,
        force=unit.force,
        strength=unit.strength, trigger=unit.trigger, heading=heading, score=unit.score, evidence=list(unit.evidence),
    )  # fmt: skip
    if stretch.speaker is not None:
        directive.speaker, directive.relayed = stretch.speaker.name, stretch.speaker.relayed
    if unit.framed:
        walk.framed.add(directive.id)
    if heading and stretch.section:
        walk.headings[stretch.section] = directive.id
    found.directives.append(directive)
    walk.stretch_of[directive.id] = len(found.segments) - 1
    persons = walk.structure.kind in SPOKEN_KINDS
    cast = castings(walk.scan, unit, walk.times, persons=persons)
    for casting in cast:
        _add_party(walk, directive, casting)
    for time in walk.times.within(unit.span):
        verdict, rule = is_deadline(time, walk.scan.norm, unit.span, force=unit.force)
        if verdict:
            _add_deadline(walk, directive, time, Evidence(rule, time.span.text(walk.scan.norm)))
            segment.labels += [] if "deadline" in segment.labels else ["deadline"]
    if cast and "responsibility" not in segment.labels:
        segment.labels.append("responsibility")


def _add_party(walk: _Walk, directive: Directive, casting: Casting, *, inherited: bool = False) -> None:
    rows = walk.findings.responsibilities
    party = casting.party
    rows.append(
        Responsibility(
            id=f"r{len(rows) + 1}", directive=directive.id, span=party.span, name=party.span.text(walk.scan.norm),
            type=party.type,
            role=casting.role, inherited=inherited, score=0.6 if inherited else 0.9, evidence=[casting.evidence],
        )
    )  # fmt: skip


def _add_deadline(
    walk: _Walk, directive: Directive, time: TimeExpression, evidence: Evidence, *, inherited: bool = False
) -> None:
    rows = walk.findings.deadlines
    rows.append(
        Deadline(
            f"t{len(rows) + 1}",
            directive.id,
            time,
            inherited,
            0.9,
            [Evidence(time.rule, time.span.text(walk.scan.norm)), evidence],
        )
    )


def _govern(walk: _Walk) -> None:
    governance = Governance(walk.scan, walk.structure, walk.times)
    for at, section, governor in walk.lead_ins:
        governance.add_lead_in(at, section, governor)
    for directive in walk.findings.directives:
        if directive.heading:
            continue
        stretch = walk.sentences[walk.stretch_of[directive.id]].stretch
        for governor in governance.governors(directive, stretch):
            for party, role, evidence in governor.parties:
                _add_party(walk, directive, Casting(party, role, evidence))
            for time, evidence in governor.times:
                _add_deadline(walk, directive, time, evidence)


def _inherit_subjects(walk: _Walk) -> None:
    """A directive without an obligor takes over the last stated one of its section (marked inherited)."""
    owners: dict[str, list[Responsibility]] = {}
    for row in walk.findings.responsibilities:
        if row.role in ("lead", "responsible"):
            owners.setdefault(row.directive, []).append(row)
    last: list[Responsibility] = []
    last_section: str | None = None
    for directive in walk.findings.directives:
        if directive.section != last_section or directive.id in walk.framed:
            last, last_section = [], directive.section
        if directive.heading:
            continue
        own = owners.get(directive.id)
        if own:
            last = own
            continue
        if directive.force == "request":
            continue
        for row in last:
            rows = walk.findings.responsibilities
            rows.append(
                Responsibility(
                    f"r{len(rows) + 1}",
                    directive.id,
                    row.span,
                    row.name,
                    row.type,
                    row.role,
                    True,
                    0.5,
                    [Evidence("inherit.subject", row.name)],
                )
            )


def _finish(walk: _Walk) -> None:
    """Parents, concreteness, warnings."""
    found, norm = walk.findings, walk.scan.norm
    sections = {s.id: s for s in walk.structure.sections}
    dated = {d.directive for d in found.deadlines}
    owned = {r.directive for r in found.responsibilities}
    for directive in found.directives:
        section = sections.get(directive.section or "")
        while section is not None and directive.parent is None:
            heading = walk.headings.get(section.id)
            if heading and heading != directive.id:
                directive.parent = heading
            section = sections.get(section.parent or "")
        text = directive.span.text(norm)
        directive.concrete = concreteness(text, dated=directive.id in dated, owned=directive.id in owned)
        if directive.heading or directive.force in ("request",):
            continue
        if directive.id not in owned:
            found.warnings.append(Finding("no_owner", "no obligor is stated or understood", directive.span))
        if directive.id not in dated and directive.concrete != "slogan":
            found.warnings.append(Finding("no_date", "no deadline is stated", directive.span))
    for deadline in found.deadlines:
        if deadline.time.kind == "relative" and deadline.time.due is None:
            found.warnings.append(
                Finding(
                    "unresolved_anchor",
                    f"counted from an event without a date: {deadline.time.anchor or ''}",
                    deadline.time.span,
                )
            )
        if deadline.time.warning:
            found.warnings.append(
                Finding(deadline.time.warning, "a time expression that can't be right", deadline.time.span)
            )

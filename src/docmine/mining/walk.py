"""What the walk over a document carries along, and the entries that it makes."""

from __future__ import annotations

from dataclasses import dataclass, field

from docmine.mining.clauses import Times
from docmine.mining.extract.directives import Unit
from docmine.mining.extract.roles import Casting
from docmine.mining.extract.wording import wording_of
from docmine.mining.link import Governor
from docmine.mining.segment import Sentence
from docmine.rulebook.lexicon import Scan
from docmine.schema.document import Stretch, Structure
from docmine.schema.findings import (
    Deadline,
    Directive,
    Evidence,
    Findings,
    Reference,
    Responsibility,
    Segment,
    TimeExpression,
)

STATED, INHERITED = 0.9, 0.5  # scores of what the text states and of what is understood from the context


@dataclass(slots=True)
class Walk:
    """One document on its way through mining. `text` is the wording as written, `scan.norm` its folded form.

    `places` holds the sentence of each directive, `headings` the heading directive of each section; `framed` are
    directives behind a frame (会议认为，): a new voice, which inherits no subject. `phase` is what the paragraph opened
    with (自查阶段（10月上旬）：) and where.
    """

    text: str
    scan: Scan
    structure: Structure
    times: Times
    reference: Reference
    sentences: list[Sentence] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)
    places: dict[str, Sentence] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    framed: set[str] = field(default_factory=set)
    closed_rows: set[tuple[int, int]] = field(default_factory=set)
    done_sections: set[str] = field(default_factory=set)
    lead_ins: list[tuple[int, str | None, Governor]] = field(default_factory=list)
    phase: tuple[Sentence, Governor] | None = None

    def stretch_of(self, directive: Directive) -> Stretch:
        """The stretch that a directive stands in."""
        return self.places[directive.id].stretch

    def add_directive(self, unit: Unit, segment: Segment, sentence: Sentence, *, heading: bool) -> Directive:
        """An entry for a unit found in a sentence."""
        stretch = sentence.stretch
        wording = wording_of(self.scan, unit)
        directive = Directive(
            id=f"d{len(self.findings.directives) + 1}",
            segment=segment.id,
            section=stretch.section,
            span=unit.span,
            force=unit.force,
            strength=unit.strength,
            trigger=unit.trigger,
            action=wording.action.text(self.text) if wording.action else None,
            object=wording.object.text(self.text) if wording.object else None,
            condition=wording.condition.text(self.text) if wording.condition else None,
            heading=heading,
            score=unit.score,
            evidence=list(unit.evidence),
        )
        if stretch.speaker is not None:
            directive.speaker, directive.relayed = stretch.speaker.name, stretch.speaker.relayed
        if unit.framed:
            self.framed.add(directive.id)
        if heading and stretch.section:
            self.headings[stretch.section] = directive.id
        self.findings.directives.append(directive)
        self.places[directive.id] = sentence
        return directive

    def add_party(self, directive: Directive, casting: Casting) -> None:
        """An entry for a party that the text gives a role."""
        party, rows = casting.party, self.findings.responsibilities
        row = Responsibility(
            id=f"r{len(rows) + 1}",
            directive=directive.id,
            span=party.span,
            name=party.span.text(self.scan.norm),
            type=party.type,
            role=casting.role,
            score=casting.score,
            evidence=[casting.evidence],
        )
        rows.append(row)

    def inherit_party(self, directive: Directive, stated: Responsibility, *, rule: str = "inherit.subject") -> None:
        """An entry for an obligor that is understood from another directive."""
        rows = self.findings.responsibilities
        row = Responsibility(
            id=f"r{len(rows) + 1}",
            directive=directive.id,
            span=stated.span,
            name=stated.name,
            type=stated.type,
            role=stated.role,
            inherited=True,
            score=INHERITED,
            evidence=[Evidence(rule, stated.name)],
        )
        rows.append(row)

    def add_deadline(self, directive: Directive, time: TimeExpression, evidence: Evidence) -> None:
        """An entry for a time expression that limits a directive."""
        rows = self.findings.deadlines
        reasons = [Evidence(time.rule, time.span.text(self.scan.norm)), evidence]
        rows.append(Deadline(f"t{len(rows) + 1}", directive.id, time, False, STATED, reasons))

    def govern(self, directive: Directive, governor: Governor) -> None:
        """Entries for owners and dates that stand outside a directive."""
        for party, role, evidence in governor.parties:
            self.add_party(directive, Casting(party, role, evidence))
        for time, evidence in governor.times:
            self.add_deadline(directive, time, evidence)

    def number_anew(self) -> None:
        """Put the directives into reading order again and give them the ids that go with it."""
        rows = self.findings.directives
        rows.sort(key=lambda directive: directive.span.start)
        ids = {directive.id: f"d{i}" for i, directive in enumerate(rows, 1)}
        for directive in rows:
            directive.id = ids[directive.id]
        for deadline in self.findings.deadlines:
            deadline.directive = ids[deadline.directive]
        for owner in self.findings.responsibilities:
            owner.directive = ids[owner.directive]
        self.places = {ids[old]: place for old, place in self.places.items()}
        self.headings = {section: ids[old] for section, old in self.headings.items()}
        self.framed = {ids[old] for old in self.framed}

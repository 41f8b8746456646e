"""Label lines that set a limit (整改时限：9月30日) where nothing that links labels with tasks found one for them."""

from __future__ import annotations

from typing import cast

from docmine.mining.clauses import analyse
from docmine.mining.extract.directives import Unit
from docmine.mining.extract.roles import Casting, people_in
from docmine.mining.link import OWNER_MEANINGS, Governor
from docmine.mining.segment import Sentence
from docmine.mining.walk import Walk
from docmine.rulebook import PatternSet
from docmine.schema.document import Section, Stretch
from docmine.schema.findings import Directive, Evidence, Role, Segment
from docmine.schema.spans import Span

GRAMMAR = PatternSet("common/grammar.toml", "limits")

TOLD_KINDS = ("letter", "reply", "case_table")  # papers in which a limit belongs to what is told
LABEL_RULE = "label.due"


def place_limits(walk: Walk) -> None:
    """Give limits that govern no directive yet to the tasks beside them; without any, the line itself directs (§1)."""
    if walk.structure.kind in TOLD_KINDS:
        return
    taken = {deadline.time.span for deadline in walk.findings.deadlines}
    made = False
    for sentence, segment in zip(walk.sentences, walk.findings.segments, strict=True):
        label = sentence.stretch
        if label.role != "label" or label.label != "due" or label.part == "letter":
            continue
        times = walk.times.within(sentence.span)
        if not times or "directive" in segment.labels:
            continue
        segment.labels.append("deadline")
        if any(time.span in taken for time in times):
            continue
        governor = Governor(times=[(t, Evidence(LABEL_RULE, t.span.text(walk.scan.norm))) for t in times])
        beside = _beside(walk, label)
        for directive in beside:
            walk.govern(directive, governor)
        if not beside:
            _direct(walk, sentence, segment, governor)
            made = True
    if made:
        walk.number_anew()


def _beside(walk: Walk, label: Stretch) -> list[Directive]:
    """The orders of a sheet (办理要求：…), or the items before one that holds nothing but the label."""
    sections = {s.id: s for s in walk.structure.sections}
    own = sections.get(label.section or "")
    return [
        directive
        for directive in walk.findings.directives
        if not directive.heading
        and directive.force != "request"
        and (stretch := walk.stretch_of(directive)).part == label.part
        and (
            (stretch.label == "orders" and stretch.section == label.section)
            or _precedes(sections.get(stretch.section or ""), own)
        )
    ]


def _precedes(section: Section | None, own: Section | None) -> bool:
    return (
        section is not None
        and own is not None
        and section is not own
        and (section.parent, section.style) == (own.parent, own.style)
        and section.span.start < own.span.start
    )


def _direct(walk: Walk, sentence: Sentence, segment: Segment, governor: Governor) -> None:
    """The line as a directive, with the owners that labels of the same place name."""
    norm, label = walk.scan.norm, sentence.stretch
    name = GRAMMAR.label_before.search(norm, max(0, label.span.start - 24), label.span.start)
    span = Span(name.start() if name else label.span.start, sentence.span.end)
    walk.scan.focus(span.start, span.end)
    clause = analyse(walk.scan, span, walk.times, persons=False)
    unit = Unit(Span(span.start, clause.span.end), "obligation", 3, None, [clause])
    unit.evidence.append(Evidence(LABEL_RULE, name.group() if name else ""))
    directive = walk.add_directive(unit, segment, sentence, heading=False)
    segment.labels.insert(0, "directive")
    segment.function, segment.evidence = "directive", list(unit.evidence)
    walk.govern(directive, governor)
    for owner in walk.structure.stretches:
        if owner.role != "label" or owner.label not in OWNER_MEANINGS:
            continue
        if (owner.section, owner.part) != (label.section, label.part):
            continue
        walk.scan.focus(owner.span.start, owner.span.end)
        for party in people_in(walk.scan, owner.span, whole=True):
            reason = Evidence(f"label.{owner.label}", party.span.text(norm))
            walk.add_party(directive, Casting(party, cast("Role", owner.label), reason))

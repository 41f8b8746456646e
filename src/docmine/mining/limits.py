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
TITLE_RULE = "title.due"
_MOSTLY = 0.8  # share of a sentence that a limit takes for the sentence to hold nothing else


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
    made |= _titled_limits(walk)
    if made:
        walk.number_anew()


def _titled_limits(walk: Walk) -> bool:
    """Sentences that hold nothing but a limit under a title that announces one: 二、报送时间 / 11月10日前."""
    titles = {s.id for s in walk.structure.sections if GRAMMAR.limit_title.fullmatch(s.title.strip())}
    made = False
    for sentence, segment in zip(walk.sentences, walk.findings.segments, strict=True):
        if sentence.stretch.section not in titles or sentence.stretch.role == "label" or "directive" in segment.labels:
            continue
        times = [t for t in walk.times.within(sentence.span) if not t.bare or t.kind == "period"]
        told = sum(t.span.end - t.span.start for t in times)
        if not times or told < _MOSTLY * (sentence.span.end - sentence.span.start):
            continue
        evidence = [(t, Evidence(TITLE_RULE, t.span.text(walk.scan.norm))) for t in times]
        _add(walk, sentence, segment, sentence.span, Evidence(TITLE_RULE, ""), Governor(times=evidence))
        made = True
    return made


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
    directive = _add(walk, sentence, segment, span, Evidence(LABEL_RULE, name.group() if name else ""), governor)
    for owner in walk.structure.stretches:
        if owner.role != "label" or owner.label not in OWNER_MEANINGS:
            continue
        if (owner.section, owner.part) != (label.section, label.part):
            continue
        walk.scan.focus(owner.span.start, owner.span.end)
        for party in people_in(walk.scan, owner.span, whole=True):
            reason = Evidence(f"label.{owner.label}", party.span.text(norm))
            walk.add_party(directive, Casting(party, cast("Role", owner.label), reason))


def _add(
    walk: Walk, sentence: Sentence, segment: Segment, span: Span, evidence: Evidence, governor: Governor
) -> Directive:
    """A directive of a sentence that only sets a limit."""
    walk.scan.focus(span.start, span.end)
    clause = analyse(walk.scan, span, walk.times, persons=False)
    unit = Unit(Span(span.start, max(clause.span.end, governor.times[-1][0].span.end)), "obligation", 3, None, [clause])
    unit.evidence.append(evidence)
    directive = walk.add_directive(unit, segment, sentence, heading=False)
    segment.labels.insert(0, "directive")
    segment.function, segment.evidence = "directive", list(unit.evidence)
    walk.govern(directive, governor)
    return directive

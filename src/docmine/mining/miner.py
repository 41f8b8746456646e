"""The walk over a document's sentences that makes findings of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from docmine.mining.classify import function_of
from docmine.mining.clauses import Times, analyse
from docmine.mining.context import Mood, Surroundings
from docmine.mining.decide import decide_deadlines, decide_roles, decided
from docmine.mining.extract.directives import Piece, Unit, pieces_in
from docmine.mining.extract.petitions import petitions_in
from docmine.mining.extract.roles import castings
from docmine.mining.extract.times import find_times
from docmine.mining.limits import place_limits
from docmine.mining.link import Governor, bracketed_owners, owner_tail, phase_opening
from docmine.mining.rows import recount_rows
from docmine.mining.segment import Sentence, sentences, split_at
from docmine.mining.settle import govern, inherit_subjects, judge_results, relate_to_headings, share_brackets
from docmine.mining.surveyed import Surveyed
from docmine.mining.walk import Walk
from docmine.rulebook import PatternSet
from docmine.rulebook.counting import counting_profile
from docmine.rulebook.lexicon import Scan
from docmine.rulebook.workdays import calendar_of
from docmine.schema.document import CleanText, Stretch, Structure
from docmine.schema.findings import Evidence, Findings, Force, Reference, Segment, TimeExpression
from docmine.schema.spans import Span
from docmine.settings import Settings

GRAMMAR = PatternSet("common/grammar.toml", "miner")

SPOKEN_KINDS = ("minutes", "speech", "host_script", "other")  # where a bare personal name may be who has to act
NOT_MINED = ("label", "particulars", "head", "foot")  # roles of stretches that hold no sentences
ORDERING = ("op.must", "op.want", "op.should", "op.please")  # operators that a past date doesn't take back
DONE_MARK = re.compile(r"\[[xX]\]")


def mine_document(
    clean: CleanText, structure: Structure, *, reference: Reference, settings: Settings | None = None
) -> Findings:
    """All segments, directives, deadlines and responsibilities of a document, spans in the cleaned text."""
    walk = walk_of(clean, structure, reference, settings or Settings())
    _mine_sentences(walk, models=settings is None or settings.models)
    govern(walk)
    place_limits(walk)
    share_brackets(walk)
    inherit_subjects(walk)
    relate_to_headings(walk)
    judge_results(walk)
    found = walk.findings
    stretches = {directive.id: walk.stretch_of(directive) for directive in found.directives}
    found.petitions = petitions_in(
        clean.text, walk.scan, structure, found.directives, found.responsibilities, stretches
    )
    return found


def walk_of(clean: CleanText, structure: Structure, reference: Reference, settings: Settings) -> Walk:
    """A document with its times found, ready to be walked over."""
    today = reference.date.isoformat() if reference.date else None
    calendar, counting = calendar_of(settings.calendar), counting_profile(settings.counting)
    find = partial(find_times, calendar=calendar, counting=counting)
    found = recount_rows(clean.norm, find(clean.norm, reference), structure.stretches, reference, find)
    times = Times(_without_markers(clean.norm, found, structure.stretches), today)
    walk = Walk(clean.text, Scan(clean.norm), structure, times, reference, sentences(clean.norm, structure.stretches))
    walk.done_sections = {s.id for s in structure.sections if DONE_MARK.search(s.marker)}
    if structure.kind != "case_table":  # a closed case may still carry orders, a closed action item none
        closed = (s for s in structure.stretches if s.row and s.column == "status")
        walk.closed_rows = {s.row for s in closed if s.row and GRAMMAR.closed.search(s.span.text(clean.norm))}
    return walk


def _without_markers(norm: str, times: list[TimeExpression], stretches: list[Stretch]) -> list[TimeExpression]:
    """The times without the item's mark or number that some begin with: `- 21.09版本发布前`."""
    starts = sorted(stretch.span.start for stretch in stretches)
    found = []
    for time in times:
        i = bisect_right(starts, time.span.start)
        start = starts[i] if i < len(starts) and starts[i] < time.span.end else None
        marked = start is not None and not GRAMMAR.item_marker.sub("", norm[time.span.start : start])
        found.append(_cut(norm, time, start) if marked and start is not None else time)
    return found


def _cut(norm: str, time: TimeExpression, start: int) -> TimeExpression:
    """The time, and the event that it holds, from `start` on."""
    anchor = time.anchor_span
    if anchor is not None and anchor.start < start < anchor.end:
        anchor = Span(start, anchor.end)
        return replace(time, span=Span(start, time.span.end), anchor_span=anchor, anchor=anchor.text(norm))
    return replace(time, span=Span(start, time.span.end))


def survey(walk: Walk) -> Iterator[Surveyed]:
    """Each sentence with its segment and with what the rules make of its clauses, in the order of the text."""
    around = Surroundings(walk.scan.norm, walk.structure)
    previous: Force | None = None
    last_section: str | None = None
    for number, sentence in enumerate(walk.sentences, 1):
        stretch = sentence.stretch
        if stretch.section != last_section:
            last_section = stretch.section
            previous = previous if previous == "commitment" and walk.structure.kind == "reply" else None
        taken_over = previous if _continues(walk, sentence, previous) else None
        segment = Segment(f"seg{number}", stretch.section, sentence.span)
        seen = _survey_sentence(walk, sentence, segment, around, taken_over)
        yield seen
        units = seen.units_by_rules()
        if units:
            previous = units[-1].force
        elif not sentence.span.text(walk.scan.norm).endswith("："):
            previous = None
        else:
            previous = taken_over


def _continues(walk: Walk, sentence: Sentence, previous: Force | None) -> bool:
    """Whether an unmarked sentence takes over the force before it: a promise goes on, else only behind a connective."""
    return previous == "commitment" or bool(GRAMMAR.continuation.match(sentence.span.text(walk.scan.norm)))


def _survey_sentence(
    walk: Walk, sentence: Sentence, segment: Segment, around: Surroundings, previous: Force | None
) -> Surveyed:
    stretch, text = sentence.stretch, sentence.span.text(walk.scan.norm)
    walk.scan.focus(sentence.span.start, sentence.span.end)
    mood = around.mood(stretch)
    around.see(sentence.span, stretch.section)
    if text.endswith("："):
        _note_lead_in(walk, sentence)
    _note_phase(walk, sentence)
    seen = Surveyed(sentence, segment, mood, walk.phase[1] if walk.phase else None)
    if stretch.role in ("heading", "title"):
        seen.pieces = _heading_pieces(walk, sentence)
        return seen
    seen.tail = owner_tail(walk.scan, sentence, walk.times)
    seen.owners = None if seen.tail else bracketed_owners(walk.scan, sentence, walk.times)
    if seen.tail or seen.owners or stretch.role in NOT_MINED or _is_done(walk, stretch):
        return seen
    if walk.phase is not None:
        if sentence is walk.phase[0] and "：" not in text.rstrip("："):
            return seen  # the name and the time of a phase
        mood = "orders" if mood == "neutral" else mood
    if previous == "commitment" and mood == "reports":
        mood = "promises"
    kind = walk.structure.kind
    seen.pieces = pieces_in(
        walk.scan,
        sentence,
        mood,
        walk.times,
        kind=kind,
        persons=kind in SPOKEN_KINDS,
        previous=previous,
        finding=around.in_finding(sentence),
    )
    if mood in ("reports", "neutral"):
        for piece in seen.pieces:
            piece.keep(lambda unit: not _has_lapsed(walk, unit), "lapsed")
    return seen


def _mine_sentences(walk: Walk, *, models: bool) -> None:
    for seen in decided(survey(walk), walk, models=models):
        _add_sentence(walk, seen)


def _add_sentence(walk: Walk, seen: Surveyed) -> None:
    """Make the sentence's units directives, and give what its owners and limits govern to those before it."""
    segment, stretch = seen.segment, seen.sentence.stretch
    walk.findings.segments.append(segment)
    walk.scan.focus(seen.sentence.span.start, seen.sentence.span.end)
    governor = seen.tail or seen.owners
    if governor is not None:
        (_attach_tail if seen.tail else _attach_to_item)(walk, governor, stretch)
        segment.labels += [*(["deadline"] if governor.times else []), *(["responsibility"] if governor.parties else [])]
    units = seen.units()
    for unit in units:
        _add_unit(walk, unit, seen)
    if seen.inside is not None:
        segment.score = seen.inside if units else 1.0 - seen.inside
    if units:
        segment.function = "heading" if stretch.role == "heading" else "directive"
        segment.labels.append("directive")
        segment.evidence = [e for u in units for e in u.evidence]
    else:
        segment.function = seen.function or function_of(seen.sentence.span.text(walk.scan.norm), stretch, seen.mood)


def _heading_pieces(walk: Walk, sentence: Sentence) -> list[Piece]:
    """A topic line that is itself imperative, and a title that carries a request."""
    text = sentence.span.text(walk.scan.norm)
    kind = walk.structure.kind
    if sentence.stretch.role == "title":
        mood: Mood = "letter"
        wanted = kind in ("letter", "reply") and bool(GRAMMAR.title_request.search(text))
    else:
        mood = "orders"
        wanted = kind not in ("letter", "reply", "case_table") and not GRAMMAR.heading_objects.search(text)
    pieces = pieces_in(walk.scan, sentence, mood, walk.times, kind=kind, persons=False, previous=None)
    if not wanted:
        for piece in pieces:
            piece.overrule("heading")
    return pieces


def _has_lapsed(walk: Walk, unit: Unit) -> bool:
    """Whether all its dates lie before the document's own: an order or promise of the story that is told.

    要, 须, 请 and the like, where nothing is told as done, order all the same: the day may be missed or mistyped.
    """
    if unit.evidence[0].rule in ORDERING and not any(clause.past for clause in unit.clauses):
        return False
    dues = [t.due for t in walk.times.within(unit.span) if t.kind in ("date", "period") and t.due and not t.bare]
    return bool(dues) and walk.reference.date is not None and max(dues)[:10] < walk.reference.date.isoformat()


def _is_done(walk: Walk, stretch: Stretch) -> bool:
    """Whether the item is marked closed: a table row's status, a ticked box."""
    return stretch.row in walk.closed_rows or stretch.section in walk.done_sections


def _add_unit(walk: Walk, unit: Unit, seen: Surveyed) -> None:
    """A directive with the parties and deadlines inside its span."""
    segment, sentence = seen.segment, seen.sentence
    heading = sentence.stretch.role in ("heading", "title")
    directive = walk.add_directive(unit, segment, sentence, heading=heading)
    cast = castings(walk.scan, unit, walk.times, persons=walk.structure.kind in SPOKEN_KINDS)
    if seen.labels is not None:
        cast = decide_roles(walk, seen, unit, cast)
    for casting in cast:
        walk.add_party(directive, casting)
    limits = decide_deadlines(walk, directive.span, directive.force, models=seen.labels is not None)
    for time, evidence in limits:
        walk.add_deadline(directive, time, evidence)
    if seen.phase is not None and not heading:
        walk.govern(directive, seen.phase)
    labels = [*(["deadline"] if limits else []), *(["responsibility"] if cast else [])]
    segment.labels += [label for label in labels if label not in segment.labels]


def _note_phase(walk: Walk, sentence: Sentence) -> None:
    """Keep the phase that a paragraph opens with, for its sentences; one alone in its line holds to the next one."""
    opened = phase_opening(walk.scan, sentence, walk.times)
    if opened is not None:
        walk.phase = (sentence, opened)
    elif walk.phase is not None:
        opening, here = walk.phase[0], sentence.stretch
        alone = not walk.scan.norm[opening.span.end : opening.stretch.span.end].strip()
        same = here == opening.stretch or (alone and here.role != "heading" and here.section == opening.stretch.section)
        walk.phase = walk.phase if same else None


def _note_lead_in(walk: Walk, sentence: Sentence) -> None:
    """Keep the owners and dates of a sentence that ends with a colon, for the items behind it (guidelines §4)."""
    norm, span = walk.scan.norm, sentence.span
    if not GRAMMAR.lead_in.search(span.text(norm)):
        return
    clauses = [analyse(walk.scan, part, walk.times, persons=False) for part in split_at(norm, span, "，")]
    cast = castings(walk.scan, Unit(span, "obligation", 3, None, clauses), walk.times, persons=True)
    reason = Evidence("lead_in", span.text(norm)[:24])
    governor = Governor(
        [(c.party, c.role, reason) for c in cast if not GRAMMAR.own_party.match(norm, c.party.span.start)],
        [(t, reason) for t in walk.times.within(span) if not t.bare and t.kind in ("date", "period")],
    )
    if governor.parties or governor.times:
        walk.lead_ins.append((span.end, sentence.stretch.section, governor))


def _attach_tail(walk: Walk, tail: Governor, stretch: Stretch) -> None:
    """`--李明 完成时间：3月25日` behind an item gives it owner and date."""
    last = walk.findings.directives[-1] if walk.findings.directives else None
    if last is not None and walk.stretch_of(last).section == stretch.section:
        walk.govern(last, tail)


def _attach_to_item(walk: Walk, owners: Governor, stretch: Stretch) -> None:
    """`（责任单位：…）` behind a numbered item goes for all its sentences; without a number, for the last.

    An item that is one line passes for the headline of what follows; with nothing but owners behind it it's the order.
    """
    governed = False
    for directive in reversed(walk.findings.directives):
        if walk.stretch_of(directive).section != stretch.section:
            break
        if directive.heading and not governed:
            directive.heading = False
            walk.headings.pop(stretch.section or "", None)
        if not directive.heading:
            walk.govern(directive, owners)
            governed = True
        if stretch.section is None:
            break

"""Who may have a role in a unit: all that the rules cast, and whatever stands where a party would stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docmine.mining.clauses import Clause, Times, skip_lead
from docmine.mining.extract.directives import Unit
from docmine.mining.extract.parties import Party, list_at, name_at, person_at
from docmine.mining.extract.roles import cue_pattern, cue_rule
from docmine.rulebook import PatternSet, word_list
from docmine.rulebook.lexicon import Scan
from docmine.rulebook.operators import hits
from docmine.schema.findings import Evidence, Role
from docmine.schema.spans import Span

GRAMMAR = PatternSet("common/grammar.toml", "candidates")
SHORT = 8  # characters of a clause's rest that may be a name whatever verbs are in it
LONGEST = 18  # characters of a candidate that no lexicon knows


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible party: where it was looked for (`slot`), how it was delimited, and the role that the rules give it."""

    party: Party
    slot: str
    source: str
    clause: int
    member: int = 0
    members: int = 1
    role: Role | None = None
    evidence: Evidence | None = None


def candidates(scan: Scan, unit: Unit, times: Times, cast: dict[Span, tuple[Role, Evidence]]) -> list[Candidate]:
    """All candidates of a unit, sorted by place, each span once. `cast` holds the parties that the rules found."""
    found: dict[Span, Candidate] = {}
    for clause_number, slot, at, end in _slots(scan, unit, times):
        for candidate in _at(scan, times, clause_number, slot, at, end):
            span = candidate.party.span
            if span not in found and unit.span.start <= span.start and span.end <= unit.span.end:
                found[span] = candidate
    for span, (role, evidence) in cast.items():
        known = found.get(span)
        party = known.party if known else Party(span, "other")
        slot = known.slot if known else evidence.rule
        number = known.clause if known else _clause_of(unit, span)
        member, members = (known.member, known.members) if known else (0, 1)
        found[span] = Candidate(party, slot, "rules", number, member, members, role, evidence)
    pronouns = word_list("common/grammar.toml", "roles.words", "pronouns")
    return [
        found[span] for span in sorted(found, key=lambda s: (s.start, s.end)) if span.text(scan.norm) not in pronouns
    ]


def _clause_of(unit: Unit, span: Span) -> int:
    return next((i for i, clause in enumerate(unit.clauses) if clause.span.end >= span.end), len(unit.clauses) - 1)


def _slots(scan: Scan, unit: Unit, times: Times) -> Iterator[tuple[int, str, int, int]]:
    """(number of the clause, name of the slot, where it begins, where its clause ends)."""
    for number, clause in enumerate(unit.clauses):
        start, end = max(clause.span.start, unit.span.start), min(clause.span.end, unit.span.end)
        if start >= end:
            continue
        core = max(clause.core, start)
        yield number, "subject", core, end
        if clause.subject_end and clause.subject_end < end:
            yield from _behind_topic(scan, clause, number, times, end)
        for match in cue_pattern().finditer(scan.norm, start, end):
            at = skip_lead(scan, match.end(), end, times)
            yield number, cue_rule(match)["id"], at, end
        for match in GRAMMAR.more_slots.finditer(scan.norm, start, end):
            name = next(name for name, text in match.groupdict().items() if text is not None)
            yield number, name, skip_lead(scan, match.end(), end, times), end


def _behind_topic(
    scan: Scan, clause: Clause, number: int, times: Times, end: int
) -> Iterator[tuple[int, str, int, int]]:
    yield number, "second", skip_lead(scan, clause.subject_end, end, times), end


def _at(scan: Scan, times: Times, number: int, slot: str, at: int, end: int) -> Iterator[Candidate]:
    if at >= end:
        return
    listed = list_at(scan, at, end, persons=True)
    if listed is not None:
        members = listed[1]
        for k, party in enumerate(members):
            yield Candidate(party, slot, "list", number, k, len(members))
    stop = break_after(scan, times, at, end)
    if stop - at >= 2 and stop - at <= LONGEST:
        yield from _split(scan, Span(at, stop), slot, number)
    if slot != "subject" and stop < end <= at + SHORT:
        yield Candidate(Party(Span(at, end), "other"), slot, "rest", number)
    titled = GRAMMAR.titled_person.match(scan.norm, at, end)
    if titled is not None:
        yield Candidate(Party(Span(*titled.span()), "person"), slot, "title", number)
    named = name_at(scan, at, end) or person_at(scan, at, end)
    if named is not None:
        yield Candidate(named, slot, "name", number)


def break_after(scan: Scan, times: Times, at: int, end: int) -> int:
    """Where what begins at `at` can't go on as a name: at a predicate, adverb, operator, time or function word."""
    operators = {hit.start for hit in hits(scan.norm, at, end)}
    for i in range(at, min(end, at + LONGEST + 1)):
        if i > at and (i in operators or times.at(i) is not None or _begins_predicate(scan, i)):
            return i
        if GRAMMAR.break_char.match(scan.norm, i):
            return i
    return min(end, at + LONGEST + 1)


def _begins_predicate(scan: Scan, at: int) -> bool:
    return (at in scan.predicates and scan.begins_word(at, scan.predicates[at])) or (
        scan.adverbs.get(at, 0) > 0 and scan.begins_word(at, scan.adverbs[at])
    )


def _split(scan: Scan, span: Span, slot: str, number: int) -> Iterator[Candidate]:
    parts = [
        Span(span.start + m.start(), span.start + m.end())
        for m in re.finditer(r"[^、和与及跟同/ ]+", span.text(scan.norm))
    ]
    yield Candidate(Party(span, "other"), slot, "slot", number)
    if len(parts) > 1 and all(len(part) >= 2 for part in parts):
        for k, part in enumerate(parts):
            yield Candidate(Party(part, "other"), slot, "slot", number, k, len(parts))

"""What is to be done, to what, and when it applies: action, object and condition of a directive unit."""

from __future__ import annotations

from dataclasses import dataclass

from docmine.mining.clauses import Clause
from docmine.mining.extract.directives import Unit
from docmine.rulebook.lexicon import Scan
from docmine.schema.spans import Span


@dataclass(frozen=True, slots=True)
class Wording:
    """Spans in the cleaned text; None where the unit doesn't say."""

    action: Span | None = None
    object: Span | None = None
    condition: Span | None = None


def wording_of(scan: Scan, unit: Unit) -> Wording:
    """The first verb of the ordering clause with what it is done to, and the clauses fronted before it."""
    ordering = next((i for i, c in enumerate(unit.clauses) if not _only_fronts(c)), len(unit.clauses) - 1)
    clause = unit.clauses[ordering]
    condition = _joined(unit.clauses[:ordering])
    verb = _first_verb(scan, max(clause.span.start, unit.span.start), clause)
    if verb is None:
        return Wording(condition=condition)
    rest = Span(verb.end, clause.span.end)
    return Wording(verb, rest if len(rest) else None, condition)


def _only_fronts(clause: Clause) -> bool:
    return clause.fronted and not clause.operators and not clause.subject


def _joined(clauses: list[Clause]) -> Span | None:
    return Span(clauses[0].span.start, clauses[-1].span.end) if clauses else None


def _first_verb(scan: Scan, start: int, clause: Clause) -> Span | None:
    """The first verb behind the operator and the subject."""
    at = max([start, clause.subject_end, *(hit.end for hit in clause.operators[:1])])
    while at < clause.span.end:
        length = scan.verbs.get(at, 0)
        if length and scan.begins_word(at, length) and not scan.norm.startswith("的", at + length):
            return Span(at, at + length)
        at += max(scan.adverbs.get(at, 1), 1)
    return None

"""Reading tables of mining cases: sentences with their findings marked 【】, looked at by the stages of mining."""

from __future__ import annotations

import datetime as dt

from docmine.mining.clauses import Clause, Times, analyse
from docmine.mining.context import Mood
from docmine.mining.extract.directives import Unit, units_in
from docmine.mining.extract.roles import castings
from docmine.mining.extract.times import find_times
from docmine.mining.segment import Sentence, sentences
from docmine.rulebook.folding import fold
from docmine.rulebook.lexicon import Scan
from docmine.schema.document import Stretch
from docmine.schema.findings import Force, Reference
from docmine.schema.spans import Span
from timecases import unmarked

REFERENCE = Reference(dt.date(2023, 3, 14), dt.date(2023, 3, 13))


def scanned(text: str) -> tuple[Scan, Times]:
    """The folded text marked for mining, and its times."""
    norm = fold(text)
    scan = Scan(norm)
    scan.focus(0, len(norm))
    return scan, Times(find_times(norm, REFERENCE), "2023-03-14")


def clause_of(text: str, *, persons: bool = False) -> Clause:
    """A text looked at as one clause."""
    scan, times = scanned(text)
    return analyse(scan, Span(0, len(scan.norm)), times, persons=persons)


def units_of(
    text: str,
    mood: Mood = "orders",
    *,
    kind: str = "notice",
    persons: bool = False,
    previous: Force | None = None,
    finding: bool = False,
) -> list[Unit]:
    """The directive units of all sentences of a paragraph."""  # fmt: skip
    scan, times = scanned(text)
    found: list[Unit] = []
    for sentence in sentences(scan.norm, [Stretch(Span(0, len(scan.norm)))]):
        found += units_in(
            scan, sentence, mood, times, kind=kind, persons=persons, previous=previous, finding=finding
        )  # fmt: skip
    return found


def directives_in(text: str, mood: Mood = "orders", *, kind: str = "notice", persons: bool = False) -> list[str]:
    """The texts of the units."""
    norm = fold(text)
    return [unit.span.text(norm) for unit in units_of(text, mood, kind=kind, persons=persons)]


def cast_of(text: str, mood: Mood = "orders", *, kind: str = "notice", persons: bool = False) -> list[tuple[str, str]]:
    """(party, role) of all units, in text order."""
    scan, times = scanned(text)
    found = []
    for unit in units_of(text, mood, kind=kind, persons=persons):
        found += [(c.party.span.text(scan.norm), c.role) for c in castings(scan, unit, times, persons=persons)]
    return found


def marked_texts(marked: str) -> tuple[str, list[str]]:
    """(the text without marks, what they enclose, folded)."""
    text, spans = unmarked(marked)
    return text, [fold(span.text(text)) for span in spans]


def sentences_of(text: str) -> list[str]:
    """The sentences of one paragraph."""
    norm = fold(text)
    found: list[Sentence] = sentences(norm, [Stretch(Span(0, len(norm)))])
    return [sentence.span.text(norm) for sentence in found]

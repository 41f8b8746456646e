"""Reading tables of mining cases: sentences with their findings marked 【】, looked at by the stages of mining."""

from __future__ import annotations

import datetime as dt

from docmine.intake.structure import structure
from docmine.mining import mine_document
from docmine.mining.clauses import Clause, Times, analyse
from docmine.mining.context import Mood
from docmine.mining.extract.directives import Unit, units_in
from docmine.mining.extract.roles import castings
from docmine.mining.extract.times import find_times
from docmine.mining.segment import Sentence, sentences
from docmine.rulebook.folding import fold
from docmine.rulebook.lexicon import Scan
from docmine.schema.document import CleanText, Stretch
from docmine.schema.findings import Directive, Findings, Force, Reference
from docmine.schema.spans import Span
from docmine.settings import Settings
from structurecases import cleaned
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


class Mined:
    """The findings of a text, asked for by its words."""

    def __init__(self, text: str, *, reference: Reference = REFERENCE) -> None:
        self.clean: CleanText = cleaned(text)
        found = structure(self.clean)
        self.kind = found.kind
        self.findings: Findings = mine_document(
            self.clean, found, reference=reference, settings=Settings(models=False)
        )  # fmt: skip

    def text(self, row: Directive) -> str:
        return row.span.text(self.clean.norm)

    @property
    def texts(self) -> list[str]:
        """The directives that are no headlines."""
        return [self.text(d) for d in self.findings.directives if not d.heading]

    def directive(self, words: str) -> Directive:
        (found,) = [d for d in self.findings.directives if words in self.text(d)]
        return found

    def forces(self) -> list[str]:
        return [d.force for d in self.findings.directives if not d.heading]

    def function(self, words: str) -> str:
        (found,) = [s for s in self.findings.segments if words in s.span.text(self.clean.norm)]
        return found.function

    def codes(self, words: str) -> set[str]:
        """The codes of the warnings about a directive's span."""
        return {w.code for w in self.findings.warnings if w.span == self.directive(words).span}

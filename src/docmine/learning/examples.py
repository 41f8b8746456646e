"""Annotated documents → examples with their truth, one list a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docmine.kinds import kind_by_rules, kind_row
from docmine.learning.corpus import Annotated
from docmine.learning.scoring import DEADLINE_IOU, PARTY_IOU
from docmine.mining.decide import LIMITS, LIMITS_NOT, NO_ROLE
from docmine.mining.extract.candidates import candidates
from docmine.mining.extract.directives import Unit
from docmine.mining.extract.roles import castings
from docmine.mining.extract.times import is_deadline
from docmine.mining.features import chain_rows, clause_rows, deadline_row, force_row, function_row, role_rows
from docmine.mining.miner import SPOKEN_KINDS
from docmine.mining.surveyed import Surveyed
from docmine.mining.walk import Walk
from docmine.rulebook.linear import LinearModel, Row
from docmine.schema.document import CleanText
from docmine.schema.spans import Span
from docmine.settings import Settings

UNCLEAR = "?"  # the truth of what careful readers may judge either way: no example
Chars = frozenset[int]


@dataclass(frozen=True, slots=True)
class Example:
    """A case with its truth. `found` is what the rules alone say; `document` is where it stands."""

    document: str
    row: Row
    truth: str
    found: str


@dataclass(slots=True)
class Prepared:
    """An annotated document on its way: walked over by the rules, with the annotation's spans in the cleaned text."""

    document: Annotated
    clean: CleanText
    walk: Walk
    seen: list[Surveyed]
    directives: list[Chars] = field(default_factory=list)
    ignored: Chars = frozenset()

    def chars(self, span: Span) -> Chars:
        """The places of a span's letters and digits in the cleaned text."""
        norm = self.walk.scan.norm
        return frozenset(i for i in range(span.start, span.end) if norm[i].isalnum())

    def of_source(self, start: int, end: int) -> Chars:
        """The same for a span of the text as read."""
        return self.chars(self.clean.map.to_clean(Span(start, end)))


def kind_example(document: Annotated) -> Example:
    """The document's genre."""
    cleaned, title, has_cases = _headed(document)
    kind = kind_by_rules(cleaned.norm, title, has_case_table=has_cases)
    return Example(document.name, kind_row(cleaned.norm, title, kind), document.about["kind"], kind.name)


def _headed(document: Annotated) -> tuple[CleanText, str, bool]:
    from docmine import pipeline
    from docmine.intake.clean import clean
    from docmine.intake.structure import is_case_table, structure, tables_of

    cleaned = clean(pipeline.text_reading(document.text))
    found = structure(cleaned, name=document.file, source=document.text)
    return cleaned, found.head.title or "", is_case_table(cleaned.norm, tables_of(cleaned))


def prepare(document: Annotated, kinds: LinearModel | None) -> Prepared:
    """Read a document up to where models decide. `kinds` is the model of genres to use."""
    from docmine import pipeline
    from docmine.intake.clean import clean
    from docmine.intake.structure import structure
    from docmine.mining.miner import survey, walk_of

    settings = Settings(models=False)
    cleaned = clean(pipeline.text_reading(document.text))
    found = structure(cleaned, name=document.file, source=document.text, kinds=kinds)
    day = found.meeting.date if found.meeting else None
    reference = pipeline.reference_of(found.reference_date, day, settings=settings)
    walk = walk_of(cleaned, found, reference, settings)
    surveyed = Prepared(document, cleaned, walk, list(survey(walk)))
    surveyed.directives = [surveyed.of_source(d["start"], d["end"]) for d in document.gold["directives"]]
    surveyed.ignored = frozenset[int]().union(*(surveyed.of_source(s.start, s.end) for s in document.ignored))
    return surveyed


def clause_truths(surveyed: Prepared) -> list[list[str]]:
    """A string for each piece of each sentence: B where a clause begins a directive, I where it goes on, O, or ?.

    A clause is in the directive with which it shares most characters, if that is at least half of the clause or of
    the directive. Unclear is a clause outside that lies at least half in what careful readers may judge either way.
    """
    owner: dict[int, int] = {}
    for number, place in enumerate(surveyed.directives):
        for i in place:
            owner.setdefault(i, number)
    last = -1
    truths: list[list[str]] = []
    for seen in surveyed.seen:
        row: list[str] = []
        for piece in seen.pieces:
            labels = ""
            for clause in piece.clauses:
                chars = surveyed.chars(clause.span)
                k = _owner(chars, owner, surveyed.directives)
                if k is None:
                    unclear = not chars or 2 * len(chars & surveyed.ignored) >= len(chars)
                    labels += UNCLEAR if unclear else "O"
                else:
                    labels += "I" if k == last else "B"
                    last = k
            row.append(labels)
        truths.append(row)
    return truths


def _owner(chars: Chars, owner: dict[int, int], directives: Sequence[Chars]) -> int | None:
    shared = Counter(owner[i] for i in chars if i in owner)
    if not shared:
        return None
    k, n = max(shared.items(), key=lambda item: (item[1], -item[0]))
    return k if 2 * n >= len(chars) or 2 * n >= len(directives[k]) else None


def clause_examples(surveyed: Prepared) -> Iterator[Example]:
    """The document's clauses, unclear ones left out."""
    truth = "".join(labels for row in clause_truths(surveyed) for labels in row)
    found = "".join(piece.labels() for seen in surveyed.seen for piece in seen.pieces)
    rows = clause_rows(surveyed.walk, surveyed.seen)
    for row, label, said in zip(rows, truth, found, strict=True):
        if label != UNCLEAR:
            yield Example(surveyed.document.name, row, label, said)


def chain_examples(surveyed: Prepared, clauses: LinearModel) -> Iterator[Example]:
    """The same with what a model of clauses, one that hasn't seen the document, says of them."""
    rows = clause_rows(surveyed.walk, surveyed.seen)
    truth = "".join(labels for row in clause_truths(surveyed) for labels in row)
    found = "".join(piece.labels() for seen in surveyed.seen for piece in seen.pieces)
    chained = chain_rows(surveyed.seen, rows, clauses.probabilities(rows))
    for row, label, said in zip(chained, truth, found, strict=True):
        if label != UNCLEAR:
            yield Example(surveyed.document.name, row, label, said)


def set_true_labels(surveyed: Prepared) -> None:
    """Let the sentences have the units that the annotation says."""
    for seen, truths in zip(surveyed.seen, clause_truths(surveyed), strict=True):
        seen.labels = [_possible(labels) for labels in truths]
        seen.likely = [[1.0] * len(labels) for labels in truths]


def _possible(labels: str) -> str:
    """Labels in which I follows B or I: unclear ones are outside, and what goes on after a gap begins anew."""
    made = ""
    for label in labels.replace(UNCLEAR, "O"):
        made += "B" if label == "I" and (not made or made[-1] == "O") else label
    return made


def true_units(surveyed: Prepared) -> Iterator[tuple[Surveyed, Unit, Mapping[str, Any]]]:
    """The annotated directives as units, each with its sentence and its annotation."""
    set_true_labels(surveyed)
    gold = surveyed.document.gold["directives"]
    for seen in surveyed.seen:
        surveyed.walk.scan.focus(seen.sentence.span.start, seen.sentence.span.end)
        for unit in seen.units():
            chars = surveyed.chars(unit.span)
            shared = [len(chars & each) for each in surveyed.directives]
            k = max(range(len(gold)), key=shared.__getitem__, default=-1)
            if k >= 0 and 2 * shared[k] >= len(chars):
                yield seen, unit, gold[k]


def force_examples(surveyed: Prepared) -> Iterator[Example]:
    """The annotated directives with their forces."""
    for seen, unit, gold in true_units(surveyed):
        yield Example(surveyed.document.name, force_row(surveyed.walk, seen, unit), gold["force"], unit.force)


def role_examples(surveyed: Prepared) -> Iterator[Example]:
    """The candidates of the annotated directives, each with its role or none.

    Of candidates that overlap an annotated party by PARTY_IOU, the best one has its role; of equal ones, the rules'.
    """
    walk = surveyed.walk
    for seen, unit, gold in true_units(surveyed):
        cast = castings(walk.scan, unit, walk.times, persons=walk.structure.kind in SPOKEN_KINDS)
        known = {casting.party.span: (casting.role, casting.evidence) for casting in cast}
        found = candidates(walk.scan, unit, walk.times, known)
        roles = [NO_ROLE] * len(found)
        places = [surveyed.chars(candidate.party.span) for candidate in found]
        for actor in gold["actors"]:
            chars = surveyed.of_source(actor["start"], actor["end"])
            overlaps = [
                (len(chars & place) / len(chars | place), candidate.role is not None, -j)
                for j, (place, candidate) in enumerate(zip(places, found, strict=True))
                if chars & place
            ]
            if overlaps and max(overlaps)[0] >= PARTY_IOU:
                roles[-max(overlaps)[2]] = actor["role"]
        for row, role, candidate in zip(role_rows(walk, seen, unit, found), roles, found, strict=True):
            yield Example(surveyed.document.name, row, role, candidate.role or NO_ROLE)


def function_examples(surveyed: Prepared) -> Iterator[Example]:
    """The sentences outside directives whose function is annotated."""
    from docmine.mining.classify import function_of

    owner: dict[int, str] = {}
    for row in surveyed.document.gold.get("functions", ()):
        owner |= dict.fromkeys(surveyed.of_source(row["start"], row["end"]), row["function"])
    if not owner:
        return
    directed = frozenset[int]().union(surveyed.ignored, *surveyed.directives)
    norm, before = surveyed.walk.scan.norm, ""
    for k, seen in enumerate(surveyed.seen):
        chars = surveyed.chars(seen.sentence.span)
        text = seen.sentence.span.text(norm)
        told = Counter(owner[i] for i in sorted(chars) if i in owner).most_common(1)
        if told and not chars & directed:
            said = function_of(text, seen.sentence.stretch, seen.mood)
            case = function_row(surveyed.walk, seen, k, len(surveyed.seen), before)
            yield Example(surveyed.document.name, case, told[0][0], said)
        before = text


def deadline_examples(surveyed: Prepared) -> Iterator[Example]:
    """The times in the annotated directives: whether each is one of the directive's deadlines."""
    walk = surveyed.walk
    for _, unit, gold in true_units(surveyed):
        limits = [surveyed.of_source(limit["start"], limit["end"]) for limit in gold["deadlines"]]
        for time in walk.times.within(unit.span):
            chars = surveyed.chars(time.span)
            holds = any(len(chars & limit) >= DEADLINE_IOU * len(chars | limit) for limit in limits if chars & limit)
            verdict = is_deadline(time, walk.scan.norm, force=gold["force"])
            row = deadline_row(walk, time, unit.span, gold["force"], verdict)
            found = LIMITS if verdict[0] else LIMITS_NOT
            yield Example(surveyed.document.name, row, LIMITS if holds else LIMITS_NOT, found)

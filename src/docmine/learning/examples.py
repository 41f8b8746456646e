"""Annotated documents → examples with their truth, one list a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from docmine.kinds import kind_by_rules, kind_row
from docmine.learning.corpus import Annotated
from docmine.mining.features import clause_rows, force_row, function_row
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
    for k, chars in enumerate(surveyed.directives):
        for i in chars:
            owner.setdefault(i, k)
    last: int | None = None
    truths = []
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


def set_true_labels(surveyed: Prepared) -> None:
    """Let the sentences have the units that the annotation says."""
    for seen, truths in zip(surveyed.seen, clause_truths(surveyed), strict=True):
        seen.labels = [_possible(labels) for labels in truths]


def _possible(labels: str) -> str:
    """Labels in which I follows B or I: unclear ones are outside, and what goes on after a gap begins anew."""
    made = ""
    for label in labels.replace(UNCLEAR, "O"):
        made += "B" if label == "I" and (not made or made[-1] == "O") else label
    return made


def force_examples(surveyed: Prepared) -> Iterator[Example]:
    """The annotated directives as units, with their forces."""
    set_true_labels(surveyed)
    gold = surveyed.document.gold["directives"]
    for seen in surveyed.seen:
        for unit in seen.units():
            chars = surveyed.chars(unit.span)
            k = max(range(len(gold)), key=lambda i, c=chars: len(c & surveyed.directives[i]), default=-1)  # type: ignore[misc]
            if k >= 0 and 2 * len(chars & surveyed.directives[k]) >= len(chars):
                case = force_row(surveyed.walk, seen, unit)
                yield Example(surveyed.document.name, case, gold[k]["force"], unit.force)


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

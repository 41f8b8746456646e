"""What the trained model is told about a sentence beside its characters: named traits of its wording and its place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from docmine.mining.clauses import Times
from docmine.mining.context import Surroundings, patterns
from docmine.mining.segment import Sentence
from docmine.rulebook.operators import hits
from docmine.schema.document import Structure
from docmine.schema.spans import Span

LENGTHS = (5, 12, 20, 35, 60, 100)  # characters: a longer sentence is in the next class of length
LAST_POSITION = 3  # a paragraph's sentences from this one on (counted from 0) are one class
CUES = ("past", "statistic", "etiquette")  # patterns of resources/common/context.toml


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence as the model sees it. `judged` is false for titles and headings, of which the model says nothing."""

    text: str
    traits: tuple[str, ...]
    judged: bool


def segment_rows(norm: str, structure: Structure, sentences: Iterable[Sentence], times: Times) -> Iterator[Row]:
    """A row for each sentence of a document, in their order, made as they are asked for."""
    around = Surroundings(norm, structure)
    styles = {section.id: section.style for section in structure.sections}
    position, before = 0, None
    for sentence in sentences:
        stretch, span = sentence.stretch, sentence.span
        position = position + 1 if stretch is before else 0
        before = stretch
        mood = around.mood(stretch)
        around.see(span, stretch.section)
        place = _named(
            role=stretch.role,
            mood=mood,
            kind=structure.kind,
            genre=f"{structure.kind}+{mood}",
            column=stretch.column,
            label=stretch.label,
            part=stretch.part,
            style=styles.get(stretch.section or ""),
            position=str(min(position, LAST_POSITION)),
            length=str(bisect_right(LENGTHS, len(span))),
        )
        yield Row(span.text(norm), place + _wording(norm, span, times), stretch.role not in ("title", "heading"))


@lru_cache(maxsize=4096)
def _named(**values: str | None) -> tuple[str, ...]:
    return tuple(f"{name}={value}" for name, value in values.items() if value)


def _wording(norm: str, span: Span, times: Times) -> tuple[str, ...]:
    text, rules = span.text(norm), patterns()
    found = times.within(span)
    return _told(
        tuple(sorted({hit.operator.id for hit in hits(norm, span.start, span.end)})),
        tuple(name for name in CUES if rules[name].search(text)),
        bool(found),
        any(not time.bare for time in found),
    )


@lru_cache(maxsize=4096)
def _told(operators: tuple[str, ...], cues: tuple[str, ...], timed: bool, bounded: bool) -> tuple[str, ...]:
    traits = [f"operator={name}" for name in operators or ("none",)]
    traits += [f"cue={name}" for name in cues]
    traits += ["time=any"] if timed else []
    return tuple(traits + (["time=bounded"] if bounded else []))

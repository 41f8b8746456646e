"""What the trained model is told about a sentence beside its characters: named traits of its wording and its place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from docmine.mining.clauses import Times
from docmine.mining.context import Mood, Surroundings, patterns
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


def segment_rows(norm: str, structure: Structure, sentences: Sequence[Sentence], times: Times) -> list[Row]:
    """A row for each sentence of a document, in their order."""
    around = Surroundings(norm, structure)
    styles = {section.id: section.style for section in structure.sections}
    rows: list[Row] = []
    position, before = 0, None
    for sentence in sentences:
        stretch = sentence.stretch
        position = position + 1 if stretch is before else 0
        before = stretch
        mood = around.mood(stretch)
        around.see(sentence.span)
        place = _place(sentence, mood, structure.kind, styles.get(stretch.section or "", ""), position)
        traits = (*place, *_wording(norm, sentence.span, times))
        rows.append(Row(sentence.span.text(norm), traits, stretch.role not in ("title", "heading")))
    return rows


def _place(sentence: Sentence, mood: Mood, kind: str, style: str, position: int) -> list[str]:
    stretch = sentence.stretch
    traits = [
        f"role={stretch.role}",
        f"mood={mood}",
        f"kind={kind}",
        f"kind+mood={kind}+{mood}",
        f"position={min(position, LAST_POSITION)}",
        f"length={bisect_right(LENGTHS, len(sentence.span))}",
    ]
    named = (("column", stretch.column), ("label", stretch.label), ("style", style), ("part", stretch.part))
    return traits + [f"{name}={value}" for name, value in named if value]


def _wording(norm: str, span: Span, times: Times) -> list[str]:
    text, found = span.text(norm), times.within(span)
    operators = sorted({hit.operator.id for hit in hits(norm, span.start, span.end)})
    traits = [f"operator={name}" for name in operators or ("none",)]
    traits += [f"cue={name}" for name in CUES if patterns()[name].search(text)]
    traits += ["time=any"] if found else []
    return traits + (["time=bounded"] if any(not time.bare for time in found) else [])

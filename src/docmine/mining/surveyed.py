"""A sentence between reading and deciding: its clauses, and what the rules make of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from docmine.mining.context import Mood
from docmine.mining.extract.directives import Piece, Unit
from docmine.mining.link import Governor
from docmine.mining.segment import Sentence
from docmine.schema.findings import Segment


@dataclass(slots=True)
class Surveyed:
    """One sentence. `labels` are the decided ones of each piece, in their order; the rules' where nothing was decided.

    `likely` tells how likely each label is, `inside` how likely the sentence holds a directive. `function` is what the
    sentence does if it directs nothing.
    `phase` governs the sentence's directives; `tail` and `owners` are what a sentence is that only names who and when.
    """

    sentence: Sentence
    segment: Segment
    mood: Mood
    phase: Governor | None = None
    pieces: list[Piece] = field(default_factory=list)
    tail: Governor | None = None
    owners: Governor | None = None
    labels: list[str] | None = None
    likely: list[list[float]] = field(default_factory=list)
    inside: float | None = None
    function: str | None = None
    function_score: float = 1.0
    _units: list[Unit] | None = None

    def units_by_rules(self) -> list[Unit]:
        """The sentence's directive units as the rules find them."""
        return [unit for piece in self.pieces for unit in piece.units]

    def units(self) -> list[Unit]:
        """The sentence's directive units; once labels are decided, they stay the same objects."""
        if self.labels is None:
            return self.units_by_rules()
        if self._units is None:
            decided = zip(self.pieces, self.labels, self.likely, strict=True)
            self._units = [unit for piece, labels, likely in decided for unit in piece.units_by(labels, likely)]
        return self._units

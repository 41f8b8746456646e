"""A text while it is being cleaned, with the exact way back to the text as read."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from docmine.rulebook.folding import fold
from docmine.schema.document import Warn
from docmine.schema.spans import OffsetMap, Span


class Edit(NamedTuple):
    """Replace `[start, end)` of the current text by `insert`; the inserted characters stand for what was there."""

    start: int
    end: int
    insert: str = ""


@dataclass(slots=True)
class Draft:
    """The text between two steps.

    `origin` maps its characters to the text as read (a range until something changes). `regions` are spans in the
    text as read that steps ask for by name: `furniture` (headers, footers, site boilerplate that the reader marked)
    and `table`.
    """

    text: str
    origin: Sequence[int]
    source_length: int
    layout: Literal["lines", "paragraphs"] = "lines"
    regions: dict[str, list[Span]] = field(default_factory=dict)
    warnings: list[Warn] = field(default_factory=list)
    called_for: frozenset[str] | None = None  # boilerplate steps of which a cue stands in the text
    _norm: str | None = None

    @classmethod
    def of(cls, text: str, *, layout: Literal["lines", "paragraphs"] = "lines") -> Draft:
        """The draft of a text that nothing was done to yet."""
        return cls(text, range(len(text)), len(text), layout)

    @property
    def norm(self) -> str:
        """The current text folded 1:1, for steps to look at; where text was taken out it may differ from a new fold."""
        if self._norm is None:
            self._norm = fold(self.text)
        return self._norm

    def refold(self) -> str:
        """The current text folded anew."""
        if self._norm is None or not isinstance(self.origin, range):
            self._norm = fold(self.text)
        return self._norm

    def apply(self, edits: Iterable[Edit]) -> bool:
        """Carry out edits, sorted and not overlapping; tells whether there were any."""
        edits = list(edits)
        if not edits:
            return False
        pieces: list[str] = []
        folded: list[str] = []
        norm = self._norm or ""
        origin = array("q")
        at = 0
        for start, end, insert in edits:
            if start < at:
                raise ValueError(f"edits overlap or are out of order at {start}")
            pieces += (self.text[at:start], insert)
            folded += (norm[at:start], insert)
            origin.extend(self.origin[at:start])
            if insert:
                origin.extend([self._origin_at(start)] * len(insert))
            at = end
        pieces.append(self.text[at:])
        folded.append(norm[at:])
        origin.extend(self.origin[at:])
        self._norm = None if self._norm is None else "".join(folded)
        self.text, self.origin = "".join(pieces), origin
        return True

    def region(self, name: str) -> list[Span]:
        """The spans of a named region in the current text, emptied ones left out."""
        if isinstance(self.origin, range):
            return self.regions.get(name, [])
        here = (
            Span(bisect_left(self.origin, s.start), bisect_left(self.origin, s.end)) for s in self.regions.get(name, [])
        )
        return [span for span in here if len(span)]

    def map(self) -> OffsetMap:
        """The way back from the current text to the text as read."""
        return OffsetMap(self.origin, self.source_length)

    def _origin_at(self, index: int) -> int:
        if index < len(self.origin):
            return self.origin[index]
        return self.origin[-1] if self.origin else 0


def merged(edits: Iterable[Edit]) -> list[Edit]:
    """Edits sorted, overlapping ones united; of two that meet in one place the first one's insertion stays."""
    result: list[Edit] = []
    for edit in sorted(edits):
        if result and edit.start < result[-1].end:
            last = result[-1]
            result[-1] = Edit(last.start, max(last.end, edit.end), last.insert or edit.insert)
        else:
            result.append(edit)
    return result

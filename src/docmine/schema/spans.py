"""Spans of characters, and the map from cleaned text back to the text as it was read."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range `[start, end)` of code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def text(self, of: str) -> str:
        """The characters of `of` that the span selects."""
        return of[self.start : self.end]

    def within(self, other: Span) -> bool:
        """Whether the span lies wholly inside `other`."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where each character of a cleaned text stood in the text as read.

    `origin[i]` is the index in the source text of cleaned character `i`; it never decreases. A character
    that cleaning put in (say, the line break between two glued cells) takes the index of the source character
    that it stands for or before.
    """

    origin: Sequence[int]
    source_length: int

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        """The map of a text that was not changed."""
        return cls(range(length), length)

    def to_source(self, span: Span) -> Span:
        """The smallest source span that holds the first and the last character of a cleaned span."""
        if span.end <= span.start:
            at = self.origin[span.start] if span.start < len(self.origin) else self.source_length
            return Span(at, at)
        return Span(self.origin[span.start], self.origin[span.end - 1] + 1)

    def to_clean(self, span: Span) -> Span:
        """The cleaned span of the characters of `span` that survived cleaning (empty where none did)."""
        return Span(bisect_left(self.origin, span.start), bisect_left(self.origin, span.end))

    def then(self, later: OffsetMap) -> OffsetMap:
        """This map followed by `later`, which maps a further-cleaned text to this map's cleaned text."""
        mine = self.origin
        return OffsetMap(array("q", (mine[i] for i in later.origin)), self.source_length)

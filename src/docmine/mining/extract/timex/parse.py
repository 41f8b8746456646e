"""Every time expression of a text, each read in the way that makes it longest."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from docmine.mining.extract.timex.composing import Composer, Found
from docmine.mining.extract.timex.context import Context
from docmine.mining.extract.timex.counted import AmountReader
from docmine.mining.extract.timex.intervals import Level, later
from docmine.mining.extract.timex.phrases import SOME_DAY, PhraseReader
from docmine.mining.extract.timex.recurring import RecurringReader
from docmine.rulebook.timewords import JOINTS, time_words
from docmine.schema.timex import Timex

_SENTENCE = re.compile("[。！？；\n]")


@cache
def _candidates() -> re.Pattern[str]:
    return re.compile("[" + "".join(re.escape(char) for char in sorted(time_words().by_char)) + "]")


@cache
def _plain_numerals() -> dict[int, int]:
    formal: dict[str, str] = time_words().tables["formal"]
    return str.maketrans(formal["from"], formal["to"])


def find_timex(norm: str, reference: dt.datetime | None) -> list[Timex]:
    """All time expressions of `norm` (folded), in order and not overlapping.

    `reference` is the moment of speaking, to which 明天 is relative; without it such words have no value. A year left
    out is the one named last, else the reference's.
    """
    norm = JOINTS.formal.sub(lambda match: match[0].translate(_plain_numerals()), norm)
    return [_timex(norm, found) for found in _Reader(norm, reference).read()]


def _timex(norm: str, found: Found) -> Timex:
    text = norm[found.start : found.end]
    low, high = _iso(found.low), _iso(found.high)
    return Timex(found.start, found.end, text, found.type, low, high, found.duration, found.freq)


def _iso(moment: dt.datetime | None) -> str | None:
    """The moment as ISO 8601, of a clock time on an unknown day the time alone: T09:30:00."""
    if moment is None:
        return None
    if moment.year == SOME_DAY.year:
        return f"T{moment.time().isoformat(timespec='seconds')}"
    return moment.isoformat(timespec="seconds")


class _Reader:
    """One pass over a text."""

    def __init__(self, norm: str, reference: dt.datetime | None) -> None:
        self.words = Composer(norm, Context(reference))
        self.phrases, self.amounts = PhraseReader(self.words), AmountReader(self.words)
        self.recurring = RecurringReader(self.words)

    def read(self) -> Iterator[Found]:
        sentence_end = position = 0
        while (match := _candidates().search(self.words.norm, position)) is not None:
            position = match.start()
            while position >= sentence_end:
                sentence_end = self._enter_sentence(sentence_end)
            found = self._expression(position)
            if found is None:
                position += 1
                continue
            yield found
            self._remember(found)
            position = self.words.low = max(found.end, position + 1)

    def _enter_sentence(self, begin: int) -> int:
        end = _SENTENCE.search(self.words.norm, begin)
        high = end.end() if end else len(self.words.norm)
        past = JOINTS.past_tense.search(self.words.norm, begin, high) is not None
        self.words.context.past = past
        self.words.context.future = not past and JOINTS.future_tense.search(self.words.norm, begin, high) is not None
        self.words.context.year = self.words.context.month = self.words.context.day = None
        self.words.context.afternoon = False
        self.words.known.clear()
        return high

    def _remember(self, found: Found) -> None:
        if found.low is None or found.type in ("recurring", "duration"):
            return
        if found.low.year == SOME_DAY.year or found.type not in ("date", "datetime", "time", "range", "after"):
            return
        self.words.context.year, self.words.context.month = found.low.year, found.low.month
        if found.level >= Level.DAY:
            self.words.context.day = found.low
            self.words.context.afternoon = found.low.hour >= 12

    def _expression(self, position: int) -> Found | None:
        """The longest expression that begins at `position`."""
        best: Found | None = None
        if not self.words.tokens(position) and self.words.norm[position] not in "0123456789":
            return None
        for read in (self.recurring.read, self._phrase, self.amounts.read, self._word):
            found = read(position)
            if found is not None and (best is None or found.end > best.end):
                best = found
        return best

    def _word(self, position: int) -> Found | None:
        for token in self.words.tokens(position):
            if token.kind == "now":
                ref = self.words.context.ref
                high = later(ref, dt.timedelta(seconds=1)) if ref else None
                return Found(token.start, token.end, "datetime", ref, high, Level.CLOCK)
            if token.kind == "vague":
                return Found(token.start, token.end, "other")
        return None

    def _phrase(self, position: int) -> Found | None:
        """A point or range; 三日后 is an amount."""
        return None if self.amounts.day_amount(position) else self.phrases.read(position)

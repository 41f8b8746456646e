"""What is known while a text is read, and the reading of numbers and step words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from docmine.mining.extract.times.numbers import whole
from docmine.mining.extract.timex.intervals import Interval, NoSuchTime
from docmine.rulebook.timewords import time_words
from docmine.rulebook.workdays import WorkCalendar, work_calendar

Within = Interval | None


@dataclass(slots=True)
class Context:
    """What is known while a text is read: the reference, whether it reports, and what was named last."""

    ref: dt.datetime | None
    past: bool = False  # the sentence reports
    future: bool = False  # it asks, plans or promises
    calendar: WorkCalendar = field(default_factory=work_calendar)
    year: int | None = None  # named last in the sentence
    month: int | None = None
    day: dt.datetime | None = None
    afternoon: bool = False  # the moment named last is one: 下午三点开始，五点结束

    def running_year(self) -> int | None:
        """The year that words without a year mean."""
        return self.year or (self.ref.year if self.ref else None)

    def running_day(self) -> dt.datetime | None:
        """The day that a clock time without a day means."""
        return self.day or self.ref


def steps_of(word: str, table: str) -> int:
    """What a word is worth in a table of `[words]`, by how it begins: 下下周 is 2."""
    steps: Mapping[str, int] = time_words().tables["words"][table]
    heads = [head for head in steps if word.startswith(head)]
    if not heads:
        raise NoSuchTime
    return steps[max(heads, key=len)]


def int_of(text: str) -> int:
    """The number that `text` writes; NoSuchTime where it writes none."""
    value = whole(text)
    if value is None:
        raise NoSuchTime
    return value

"""What the productions share: the text with what was found so far, and the making of time expressions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from docmine.mining.extract.times.events import lead_start, sentence_start
from docmine.mining.extract.times.points import NO_YEAR, Days
from docmine.mining.extract.times.vocabulary import vocabulary
from docmine.rulebook.counting import CountingProfile, counting_profile
from docmine.rulebook.workdays import WorkCalendar
from docmine.schema.findings import Bound, Reference, TimeExpression
from docmine.schema.spans import Span

Caught = Mapping[str, str]
_BOUNDS: Mapping[str, Bound] = {"before": "before", "within": "within", "by": "by", "from": "from"}


@dataclass(slots=True)
class Scan:
    """One pass over a text: what times are counted from and how, and what was found to the left."""

    norm: str
    ref: Reference
    calendar: WorkCalendar
    found: list[TimeExpression] = field(default_factory=list)
    year: int | None = None  # the last year stated in words
    year_at: int = -1
    counting: CountingProfile = field(default_factory=counting_profile)

    def running_year(self, at: int) -> int | None:
        """The year that the sentence of `at` has stated before it: 2022年3月底前完成A，|12月底前完成B."""
        if self.year is None or self.year_at < sentence_start(self.norm, at):
            return None
        return self.year

    def previous(self, at: int) -> TimeExpression | None:
        """The expression before `at` in the same sentence."""
        last = self.found[-1] if self.found else None
        return last if last and last.span.start >= sentence_start(self.norm, at) else None


@dataclass(slots=True)
class Hit:
    """Where a rule matched, and what its groups caught."""

    rule: str
    start: int
    end: int
    caught: Caught


@cache
def bound_of(post: str | None, *, lead: bool = False) -> Bound | None:
    """How the words around a point bound it."""
    if post:
        return next((_BOUNDS[name] for word, name in vocabulary().bounds.items() if word in post), None)
    return "by" if lead else None


def dated(scan: Scan, hit: Hit, days: Days, *, post: str | None = None) -> TimeExpression:
    """A `date` expression for the last of `days`, its span with what bounds it to the left."""
    start = lead_start(scan.norm, hit.start)
    words = vocabulary()
    if post in words.start and scan.norm[hit.start - 1 : hit.start] in words.since:
        start = hit.start - 1
    bound = bound_of(post, lead=start < hit.start)
    return TimeExpression(
        Span(start, hit.end),
        "date",
        hit.rule,
        due=days.begin if bound == "from" and days.begin else days.due,
        begin=days.begin if bound is None and days.first != days.last else None,
        bound=bound or "at",
        clock=days.clock,
        bare=bound is None,
        warning=days.warning or doubt(days.last, scan.ref),
    )


def doubt(day: dt.date | None, ref: Reference) -> str | None:
    """What is to be said of a point of the calendar: no date to count from, or it lies before the document's."""
    if ref.date is None:
        return None if day and day.year != NO_YEAR else "no_reference"
    return "past" if day and day < ref.date else None

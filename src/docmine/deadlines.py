"""Chinese deadlines and time expressions, usable alone.

    from docmine import deadlines

    for deadline in deadlines.find("整改方案于9月底前报送，接件之日起第五日中午12:00之前反馈。", date="2021-08-20"):
        print(deadline.text, deadline.due)

    deadline = deadlines.parse("接件之日起第五日中午12:00之前")
    deadline.resolve("2021-08-23").due                     # 2021-08-28T12:00
    deadlines.parse("逢双月10日").occurrences("2021-09-14", 2)
    deadlines.times("明天下午三点", reference="2021-09-14T10:30")

`find` gives the expressions that limit what the text orders; `times` every time expression, deadline or not, as the
interval that it means. Every deadline names the rule that found it; `docmine.rulebook.counting` tells how is counted.
`moment` makes a `due` or `begin` a date or date-time of Python's, also 2021-08-27T24:00, the end of that day.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, get_args

from docmine.errors import SettingsError
from docmine.schema.timex import Timex
from docmine.settings import as_date, as_moment

if TYPE_CHECKING:
    from docmine.rulebook.counting import CountingProfile
    from docmine.rulebook.workdays import WorkCalendar
    from docmine.schema.findings import Bound, DeadlineKind, Offset, TimeExpression

__all__ = ["Deadline", "Timex", "find", "moment", "parse", "times"]

When = dt.date | str
_MOST_OCCURRENCES = 10_000
_CLOCK_UNITS = ("hour", "minute")


@dataclass(frozen=True, slots=True)
class _Source:
    """The folded text that a deadline stands in, and how it was read."""

    norm: str
    date: dt.date | None
    meeting_date: dt.date | None
    anchors: Mapping[str, dt.date | dt.datetime]
    standing_rule: bool
    counting: CountingProfile
    calendar: WorkCalendar


@dataclass(slots=True)  # a frozen one is made four times as slowly
class Deadline:
    """A time expression that limits something.

    `start` and `end` are code points of the text. `kind` is date, period, relative, recurring, immediate or vague.
    `due` and `begin` are ISO 8601 local (`2021-09-30`, `2021-09-30T17:00`; `--09-30` where no year is known; 24时 stays
    with its day, `2021-09-30T24:00`, which `moment` reads on every Python);
    `offset` is an amount with its unit (minute, hour, day, workday, week, month, quarter, year), counted from
    `anchor`; `recurrence` is an RFC 5545 RRULE. `rolled_due` is the next working day where the due day is free, a
    second value with its `legal_basis`. `rule` is the id of the rule that found it. `warning` is a code of the
    record's: `unresolved_anchor` where it counts from what isn't known.
    """

    start: int
    end: int
    text: str
    kind: DeadlineKind
    rule: str
    due: str | None = None
    begin: str | None = None
    offset: Offset | None = None
    anchor: str | None = None
    anchor_date: str | None = None
    recurrence: str | None = None
    bound: Bound | None = None
    clock: str | None = None
    rolled_due: str | None = None
    legal_basis: str | None = None
    warning: str | None = None
    _source: _Source | None = field(default=None, repr=False, compare=False)

    def resolve(
        self,
        anchor_date: When,
        *,
        calendar: WorkCalendar | str | os.PathLike[str] | None = None,
        counting: str | None = None,
    ) -> Deadline:
        """This deadline with `anchor_date` as the day (or moment) of its event, or of the text where it has none.

        `calendar` and `counting` replace those it was found with. What has a date already, repeats, or has no amount
        comes back as it is; hours stay open where the anchor has no clock time.
        """
        source = self._source
        if source is None or self.kind in ("recurring", "immediate", "vague") or _is_known(self.due):
            return self
        given = as_moment(anchor_date, name="anchor_date")
        day = given.date() if isinstance(given, dt.datetime) else given
        source = replace(
            source,
            date=source.date if self.anchor else day,
            anchors={**source.anchors, self.anchor: given} if self.anchor else source.anchors,
            standing_rule=source.standing_rule and bool(self.anchor),
            calendar=_calendar(calendar) if calendar is not None else source.calendar,
            counting=_counting(counting) if counting is not None else source.counting,
        )
        again = [each for each in _expressions(source) if each.span.start < self.end and self.start < each.span.end]
        found = next((_deadline(each, self.text, source) for each in again if each.rule == self.rule), self)
        return found if found.due else _counted_alone(found, given, source)

    def occurrences(self, after: When, n: int = 1) -> list[dt.date | dt.datetime]:
        """The first `n` times of a recurring deadline after the day `after`; the due moment of another, if later.

        Dates, or date-times where the deadline has a clock time. What has no day of its own (每月通报一次) is due on
        the last day of each period; counting in months starts with January, so 逢双月 and 每季度末 fall where the
        calendar has them. A deadline without a date (its event isn't known) has none: `resolve` it first. Raises
        SettingsError for `n` outside 0 to 10 000.
        """
        if not isinstance(n, int) or isinstance(n, bool) or not 0 <= n <= _MOST_OCCURRENCES:
            raise SettingsError(
                f"n: {n!r} is not possible", remedy=f"Give a whole number from 0 to {_MOST_OCCURRENCES}."
            )
        start = as_moment(after, name="after")
        if self.recurrence is None:
            return self._only_occurrence(start)[:n]
        from docmine.mining.extract.times.occurrences import occurrences

        calendar = self._source.calendar if self._source else _calendar(None)
        return occurrences(self.recurrence, self.text, self.clock, start, n, calendar)

    def _only_occurrence(self, after: dt.date | dt.datetime) -> list[dt.date | dt.datetime]:
        if not self.due or not _is_known(self.due):
            return []
        day = dt.date.fromisoformat(self.due[:10])
        return [moment(self.due)] if day > (after.date() if isinstance(after, dt.datetime) else after) else []

    def explain(self, lang: str = "zh") -> str:
        """What the expression means and why, in one line of Chinese (`zh`) or English (`en`)."""
        from docmine.rulebook import load_toml

        tables = load_toml("common/explanations.toml")
        if lang not in tables:
            raise SettingsError(f"lang: {lang} is not possible", remedy=f"Give one of {', '.join(tables)}.")
        say: Mapping[str, Any] = tables[lang]
        values = {name: getattr(self, name) for name in self.__dataclass_fields__ if not name.startswith("_")}
        parts = [say["quote"].format(**values) + " " + say["kind"][self.kind]]
        for name in ("begin", "due", "clock", "recurrence"):
            if values[name] and not (name == "clock" and self.due):
                parts.append(say[name].format(**values))
        parts += self._counting_told(say, values)
        parts += [say[name].format(**values) for name in ("rolled_due", "legal_basis") if values[name]]
        if self.warning in say["warning"]:
            parts.append(say["warning"][self.warning])
        parts.append(say["rule"].format(**values))
        separator: str = say["separator"]
        return separator.join(parts)

    def _counting_told(self, say: Mapping[str, Any], values: Mapping[str, Any]) -> list[str]:
        if self.kind != "relative":
            return []
        parts = []
        if self.offset:
            parts.append(say["offset"].format(value=f"{self.offset.value:g}", unit=say["unit"][self.offset.unit]))
        if self.anchor:
            how = (
                "event"
                if not self.offset
                else "before"
                if self.bound == "before" and "nth" not in self.rule
                else "from"
            )
            parts.append(say[how].format(**values))
            if self.anchor_date:
                parts.append(say["anchor_date"].format(**values))
        return parts if self.due else [*parts, say[self._why_open()].format(**values)]

    def _why_open(self) -> str:
        """Which words say why a relative deadline has no date."""
        in_hours = self.offset is not None and self.offset.unit in _CLOCK_UNITS
        if self.anchor_date is not None:
            return "open_clock" if in_hours and "T" not in self.anchor_date else "open_beyond"
        if self.anchor is None and self.bound == "within":
            return "open_moment" if in_hours else "open_text"
        return "open"

    def as_dict(self) -> dict[str, Any]:
        """The deadline as plain data, its fields in the record's writing."""
        names = [name for name in self.__dataclass_fields__ if not name.startswith("_") and name != "offset"]
        offset = {"value": self.offset.value, "unit": self.offset.unit} if self.offset else None
        return {**{name: getattr(self, name) for name in names}, "offset": offset}


def find(
    text: str,
    *,
    date: When | None = None,
    anchors: Mapping[str, When] | None = None,
    meeting_date: When | None = None,
    standing_rule: bool = False,
    counting: str | CountingProfile | None = None,
    calendar: WorkCalendar | str | os.PathLike[str] | None = None,
    force: str = "obligation",
) -> list[Deadline]:
    """The deadlines of a text, each sentence taken as a directive of `force`.

    `date` is the date of the text, from which 本月底 and a missing year are told; without it such values stay open or
    have no year. `anchors` maps event words (接件, 受理) to their dates or moments. In a `standing_rule` an amount
    without an event (急件2日内办结) has no date. `counting` names a profile or a `.toml` file, `calendar` a file of
    working and free days. Raises SettingsError for a faulty date, force, profile or file.
    """
    from docmine.mining.extract.times import is_deadline
    from docmine.schema.findings import Force

    if force not in get_args(Force):
        raise SettingsError(f"force: {force!r} is not possible", remedy=f"Give one of {', '.join(get_args(Force))}.")
    source = _source(text, date, anchors, meeting_date, standing_rule, counting, calendar)
    found = _expressions(source)
    return [
        _deadline(time, text[time.span.start : time.span.end], source)
        for time in found
        if is_deadline(time, source.norm, force=force)[0]
    ]


def parse(
    expression: str,
    *,
    date: When | None = None,
    anchors: Mapping[str, When] | None = None,
    meeting_date: When | None = None,
    standing_rule: bool = False,
    counting: str | CountingProfile | None = None,
    calendar: WorkCalendar | str | os.PathLike[str] | None = None,
) -> Deadline | None:
    """The meaning of one expression (9月底前, 收到之日起5个工作日内); None where it holds no time.

    The longest time expression in it counts. Options as for `find`. The answers to the last few thousand questions
    without anchors or files of one's own are kept, since ledgers hold the same few expressions again and again.
    """
    if anchors or calendar is not None or (counting is not None and not _is_shipped(counting)):
        source = _source(expression, date, anchors, meeting_date, standing_rule, counting, calendar)
        return _longest(expression, source)
    known = _kept_answer(expression, date, meeting_date, standing_rule, counting)
    return copy(known)


def _is_shipped(counting: str | CountingProfile) -> bool:
    """Whether a way of counting is named, not in a file that may change."""
    return isinstance(counting, str) and not counting.lower().endswith(".toml")


@lru_cache(maxsize=4096)
def _kept_answer(
    expression: str, date: When | None, meeting_date: When | None, standing_rule: bool, counting: str | None
) -> Deadline | None:
    return _longest(expression, _source(expression, date, None, meeting_date, standing_rule, counting, None))


def _longest(expression: str, source: _Source) -> Deadline | None:
    """The longest time expression of `expression`, which `source` holds folded."""
    found = _expressions(source)
    if not found:
        return None
    time = max(found, key=lambda each: each.span.end - each.span.start)
    return _deadline(time, expression[time.span.start : time.span.end], source)


def times(text: str, *, reference: When | None = None) -> list[Timex]:
    """Every time expression of a text, deadline or not, as the interval, duration or period that it means.

    `reference` is the moment of speaking (a date, a date-time, or ISO 8601), to which 明天 is relative; without it such
    words have no value. Sorted, not overlapping; offsets are code points of `text`.
    """
    from docmine.mining.extract.timex import find_timex
    from docmine.rulebook.folding import fold

    said = as_moment(reference, name="reference") if reference is not None else None
    if said is not None and not isinstance(said, dt.datetime):
        said = dt.datetime.combine(said, dt.time())
    found = find_timex(fold(_text(text)), said)
    return [replace(each, text=text[each.start : each.end]) for each in found]


def moment(value: str) -> dt.date | dt.datetime:
    """The `due`, `begin` or `rolled_due` of a deadline (or of a record's) as Python's date or date-time.

    24时 of a day (`2021-08-27T24:00`) is the next day's midnight. Raises SettingsError for what is no whole date
    (`--09-30`).
    """
    return as_moment(value, name="moment")


def _text(text: str) -> str:
    if not isinstance(text, str):
        raise SettingsError(f"text: {text!r} is not possible", remedy="Give a text (str).")
    return text


def _source(
    text: str,
    date: When | None,
    anchors: Mapping[str, When] | None,
    meeting_date: When | None,
    standing_rule: bool,
    counting: str | CountingProfile | None,
    calendar: WorkCalendar | str | os.PathLike[str] | None,
) -> _Source:
    from docmine.rulebook.folding import fold

    return _Source(
        fold(_text(text)),
        as_date(date) if date is not None else None,
        as_date(meeting_date, name="meeting_date") if meeting_date is not None else None,
        {event: as_moment(when, name=f"anchors.{event}") for event, when in (anchors or {}).items()},
        standing_rule,
        _counting(counting),
        _calendar(calendar),
    )


def _counting(counting: str | CountingProfile | None) -> CountingProfile:
    from docmine.rulebook.counting import counting_profile

    if counting is None:
        return counting_profile()
    return counting_profile(counting) if isinstance(counting, str) else counting


def _calendar(calendar: WorkCalendar | str | os.PathLike[str] | None) -> WorkCalendar:
    from docmine.rulebook.workdays import WorkCalendar, calendar_of

    return calendar if isinstance(calendar, WorkCalendar) else calendar_of(calendar)


def _expressions(source: _Source) -> list[TimeExpression]:
    from docmine.mining.extract.times import find_times
    from docmine.schema.findings import Reference

    reference = Reference(source.date, source.meeting_date, source.anchors, source.standing_rule)
    return find_times(source.norm, reference, calendar=source.calendar, counting=source.counting)


def _deadline(time: TimeExpression, text: str, source: _Source) -> Deadline:
    return Deadline(
        time.span.start, time.span.end, text, time.kind, time.rule, time.due, time.begin, time.offset, time.anchor,
        time.anchor_date, time.recurrence, time.bound, time.clock, time.rolled_due, time.legal_basis, _warning(time),
        source,
    )  # fmt: skip


def _warning(time: TimeExpression) -> str | None:
    return time.warning or ("unresolved_anchor" if time.kind == "relative" and time.due is None else None)


def _is_known(due: str | None) -> bool:
    """Whether a due value is a whole date; `--09-30` lacks its year."""
    return due is not None and not due.startswith("-")


def _counted_alone(deadline: Deadline, given: dt.date | dt.datetime, source: _Source) -> Deadline:
    """What no event of the text bounds: 提前3个工作日 counts back from the given day, 当天 is that day.

    2小时内 runs from the given moment; a mere day tells no hour.
    """
    from docmine.mining.extract.times.counting import counted_back, ending

    day = given.date() if isinstance(given, dt.datetime) else given
    offset = deadline.offset
    if offset is not None and offset.unit in _CLOCK_UNITS and deadline.anchor is None and deadline.bound != "before":
        end = ending(offset, given, {}, calendar=source.calendar, profile=source.counting)
        if end is None:
            return replace(deadline, anchor_date=_told(given))
        return replace(deadline, due=_told(end.due), anchor_date=_told(given), legal_basis=end.basis, warning=None)
    due: dt.date | None = None
    if offset is None and deadline.kind == "relative":
        due = day
    elif offset is not None and deadline.bound == "before":
        due = counted_back(offset, day, source.calendar)
    if due is None:
        return deadline
    told = f"{due.isoformat()}T{deadline.clock}" if deadline.clock else due.isoformat()
    return replace(deadline, due=told, anchor_date=day.isoformat(), warning=None)


def _told(moment: dt.date | dt.datetime) -> str:
    return moment.isoformat(timespec="minutes") if isinstance(moment, dt.datetime) else moment.isoformat()

"""Counting amounts of time from an event, under a counting profile (`docmine.rulebook.counting`)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from docmine.mining.extract.times.numbers import amount
from docmine.mining.extract.times.points import corresponding, iso
from docmine.mining.extract.times.vocabulary import vocabulary
from docmine.rulebook import any_of
from docmine.rulebook.counting import CountingProfile, calendar_day_words
from docmine.rulebook.festivals import festival_names
from docmine.rulebook.workdays import ONE_DAY, WorkCalendar
from docmine.schema.findings import Offset, TimeExpression

_HALVES = {"year": (6, "month"), "hour": (30, "minute"), "month": (15, "day"), "day": (12, "hour")}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_GROUNDS = {"workday": "workday", "hour": "hour", "minute": "hour", **dict.fromkeys(_MONTHS, "month")}
_MOST = 3660


def offset_of(caught: Mapping[str, str]) -> Offset | None:
    """The amount that a rule caught: 半年 is 6 months, 一个半月 45 days, 半个月 15 days (practice)."""
    value = amount(caught["n"])
    unit = vocabulary().units[caught["u"]] if "u" in caught else "workday"  # T+3 counts working days
    if value is None:
        return None
    if value == 0.5:
        return Offset(*_HALVES[unit]) if unit in _HALVES else None
    if "nh" not in caught:
        return Offset(value, unit)
    if unit not in _HALVES:
        return None
    half, small = _HALVES[unit]
    whole_in_small = {"year": 12, "hour": 60, "month": 30, "day": 24}[unit]
    return Offset(value * whole_in_small + half, small)


@dataclass(frozen=True, slots=True)
class Ending:
    """Where an amount ends: `due`, the next working day as `rolled` where that is a second value, and why."""

    due: dt.date | dt.datetime
    rolled: dt.date | None
    basis: str | None
    provisional: bool


def as_counted(offset: Offset, caught: Mapping[str, str], profile: CountingProfile) -> Offset:
    """The amount as the profile counts it: 5日 are 5 working days where a statute says so, 5个自然日 and 次日 never."""
    is_days = offset.unit == "day" and "n" in caught and caught.get("u") not in calendar_day_words()
    if is_days and profile.days_are_working(offset.value):
        return Offset(offset.value, "workday")
    return offset


def ending(
    offset: Offset,
    start: dt.date | dt.datetime,
    caught: Mapping[str, str],
    *,
    calendar: WorkCalendar,
    profile: CountingProfile,
    first_day_told: bool = False,
) -> Ending | None:
    """Where the amount that a rule `caught`, counted from `start`, ends; None where `start` is too coarse for it.

    `first_day_told`: the text says that the day of the event counts.
    """
    counted = as_counted(offset, caught, profile)
    if first_day_told and not profile.first_day_counts and offset.unit not in ("hour", "minute"):
        profile = replace(profile, first_day_counts=True)
    else:
        first_day_told = False
    try:
        end = end_of(counted, start, calendar, profile)
        if end is None:
            return None
        if isinstance(end, dt.datetime):
            return Ending(end, None, profile.basis.get("hour"), False)
        rolled = end if profile.roll == "none" else calendar.roll(end)
    except (OverflowError, ValueError):  # beyond the year 9999
        return None
    ground = "working_day" if counted is not offset else _GROUNDS.get(offset.unit, "day")
    told, moved = ("told" if first_day_told else ""), ("rolled" if rolled != end else "")
    basis = _joined(*(profile.basis.get(matter) for matter in (ground, told, moved)))
    first = end
    if counted.unit == "workday":
        first = _day_of(start) if profile.first_day_counts else _day_of(start) + ONE_DAY
    provisional = (counted.unit == "workday" or rolled != end) and calendar.is_provisional_between(first, rolled)
    if profile.roll == "value":
        end = rolled
    return Ending(end, rolled if rolled != end else None, basis, provisional)


def end_of(
    offset: Offset, start: dt.date | dt.datetime, calendar: WorkCalendar, profile: CountingProfile
) -> dt.date | dt.datetime | None:
    """The moment or day on which the amount, counted from `start`, ends; None where `start` is too coarse for it.

    The day of the event is not counted (民法典 201) unless the profile says so. Hours and minutes run from a stated
    time, or hours from the next full one (民事诉讼法 85); from a day alone they have no end. Raises OverflowError or
    ValueError where the end lies beyond the calendar.
    """
    if offset.unit in ("hour", "minute"):
        if not isinstance(start, dt.datetime):
            return None
        if offset.unit == "hour" and profile.hours_from == "next":
            start = start.replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=1)
        return start + dt.timedelta(**{offset.unit + "s": offset.value})
    if offset.value != int(offset.value) or not 0 <= offset.value <= _MOST:
        return None
    count, day = int(offset.value), _day_of(start)
    if count == 0:
        return day
    if profile.first_day_counts:
        day -= ONE_DAY
    if offset.unit == "workday":
        return calendar.add(day, count)
    if offset.unit in _MONTHS:
        end = corresponding(_day_of(start), count * _MONTHS[offset.unit])
        return end - ONE_DAY if profile.first_day_counts else end
    return day + dt.timedelta(days=count * (7 if offset.unit == "week" else 1))


def counted_back(offset: Offset, day: dt.date, calendar: WorkCalendar) -> dt.date | None:
    """The day so long before `day`, which is not counted; None for hours. No statute says how to count back."""
    if offset.value != int(offset.value) or not 0 <= offset.value <= _MOST:
        return None
    count = int(offset.value)
    try:
        if offset.unit == "workday":
            return calendar.before(day, count)
        if offset.unit in _MONTHS:
            return corresponding(day, -count * _MONTHS[offset.unit])
        if offset.unit in ("day", "week"):
            return day - dt.timedelta(days=count * (7 if offset.unit == "week" else 1))
    except (OverflowError, ValueError):
        pass
    return None


def with_rolled(time: TimeExpression, norm: str, *, calendar: WorkCalendar, profile: CountingProfile) -> TimeExpression:
    """A time expression of `norm`: a stated date or window gets the next working day too where its last day is free.

    The named day stays the value under every profile. Nothing is added where the day isn't known as a whole (no year),
    and where a festival bounds it: 春节前 is over when the holiday begins.
    """
    if time.kind not in ("date", "period") or time.bound == "from" or profile.roll == "none":
        return time
    day = whole_day(time.due)
    if day is None:
        return time
    try:
        rolled = calendar.roll(day)
    except OverflowError:
        return time
    if rolled == day or _festival().search(time.span.text(norm)):
        return time
    warning = time.warning or ("provisional_calendar" if calendar.is_provisional_between(day, rolled) else None)
    basis = profile.basis.get("rolled")
    return replace(time, rolled_due=iso(rolled, time.clock), legal_basis=basis, warning=warning)


@cache
def _festival() -> re.Pattern[str]:
    return re.compile(any_of(festival_names()))


def whole_day(due: str | None) -> dt.date | None:
    """The day of an ISO 8601 value; None where it names none (`--08-31` has no year)."""
    try:
        return dt.date.fromisoformat(due[:10]) if due else None
    except ValueError:
        return None


def _day_of(moment: dt.date | dt.datetime) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _joined(*grounds: str | None) -> str | None:
    """The grounds in one text, each once."""
    told = dict.fromkeys(each for each in grounds if each)
    return "；".join(told) or None

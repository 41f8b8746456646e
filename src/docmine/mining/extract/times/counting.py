"""Counting amounts of time from an event (Civil Code art. 201 to 203)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from docmine.mining.extract.times.numbers import amount
from docmine.mining.extract.times.points import month_end
from docmine.mining.extract.times.vocabulary import vocabulary
from docmine.rulebook.workdays import WorkCalendar
from docmine.schema.findings import Offset

_HALVES = {"year": (6, "month"), "hour": (30, "minute"), "month": (15, "day"), "day": (12, "hour")}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
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


def end_of(offset: Offset, start: dt.date | dt.datetime, calendar: WorkCalendar) -> dt.date | dt.datetime | None:
    """The moment or day on which the amount, counted from `start`, ends; None where `start` is too coarse for it.

    Hours and minutes run from a stated time; from a day alone they have no end.
    """
    day = start.date() if isinstance(start, dt.datetime) else start
    if offset.unit in ("hour", "minute"):
        if not isinstance(start, dt.datetime):
            return None
        return start + dt.timedelta(**{offset.unit + "s": offset.value})
    if offset.value != int(offset.value) or not 0 <= offset.value <= _MOST:
        return None
    count = int(offset.value)
    if offset.unit == "workday":
        return calendar.add(day, count)
    if offset.unit in _MONTHS:
        return _corresponding(day, count * _MONTHS[offset.unit])
    return day + dt.timedelta(days=count * (7 if offset.unit == "week" else 1))


def _corresponding(day: dt.date, months: int) -> dt.date:
    """The corresponding day so many months later, or that month's last (art. 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = month_end(year, month + 1)
    return last.replace(day=min(day.day, last.day))

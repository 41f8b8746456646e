"""Stretches of calendar time: half-open intervals with the fineness of the words that name them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum

from docmine.mining.extract.times.points import corresponding

ONE_DAY = dt.timedelta(days=1)


class Level(IntEnum):
    """How fine a word of time is; a finer word narrows a coarser one to its left."""

    CENTURY = 1
    DECADE = 2
    YEAR = 3
    SEASON = 4  # halves, quarters and seasons
    MONTH = 5
    WEEK = 6  # weeks, thirds and ends of months
    DAY = 7
    PART = 8  # parts of the day
    CLOCK = 9


@dataclass(frozen=True, slots=True)
class Interval:
    """The time from `start` to before `end`; `reading` tells how an hour inside a part of the day is read."""

    start: dt.datetime
    end: dt.datetime
    level: Level
    reading: str = ""


class NoSuchTime(ValueError):
    """The words name no time: 2月30日, 25时."""


def at(year: int, month: int = 1, day: int = 1) -> dt.datetime:
    """Midnight at the beginning of a day; NoSuchTime where there is no such day."""
    try:
        return dt.datetime(year, month, day)
    except ValueError as error:
        raise NoSuchTime from error


def months_later(moment: dt.datetime, months: int) -> dt.datetime:
    """The corresponding moment so many months later, or on that month's last day (Civil Code art. 202)."""
    try:
        return corresponding(moment, months)
    except ValueError as error:
        raise NoSuchTime from error


def years(first: int, count: int, level: Level) -> Interval:
    """`count` whole years from `first` on."""
    return Interval(at(first), at(first + count), level)


def months(year: int, month: int, count: int, level: Level) -> Interval:
    """`count` whole months from `month` of `year` on."""
    start = at(year, month)
    return Interval(start, months_later(start, count), level)


def day(moment: dt.datetime | dt.date, count: int = 1) -> Interval:
    """`count` whole days from the one that holds `moment`."""
    start = at(moment.year, moment.month, moment.day)
    return Interval(start, later(start, dt.timedelta(days=count)), Level.DAY)


def later(moment: dt.datetime, delta: dt.timedelta) -> dt.datetime:
    """`moment` moved by `delta`; NoSuchTime beyond the calendar."""
    try:
        return moment + delta
    except OverflowError as error:
        raise NoSuchTime from error


def week_of(moment: dt.datetime, steps: int = 0) -> Interval:
    """The week, Monday to Sunday, `steps` weeks after the one that holds `moment`."""
    midnight = at(moment.year, moment.month, moment.day)
    monday = later(midnight, dt.timedelta(days=7 * steps - midnight.weekday()))
    return Interval(monday, later(monday, dt.timedelta(days=7)), Level.WEEK)

"""Calendar points: what a rule caught of year, month, day, part and clock, as the first and last day it names."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

from docmine.mining.extract.times.numbers import whole
from docmine.mining.extract.times.vocabulary import vocabulary
from docmine.schema.findings import Reference

Caught = Mapping[str, str]
_Day = TypeVar("_Day", bound=dt.date)
_CLOCK = frozenset(("h", "ap", "dw"))  # what a clock time is told by
_EARLY = 4  # 中午1点 is 13:00
_CENTURY_TURN = 60  # 九七年 is 1997, 21年 is 2021
NO_YEAR = 2000  # stands in for a year that isn't known; a leap year, so that every month and day has a place in it


@dataclass(slots=True)  # frozen ones are made four times as slowly
class Days:
    """The first and last day that words name, with a clock time where stated, and what is wrong with them.

    `yearless`: only months and days are known, no reference telling the year; they are written `--08-31`.
    """

    first: dt.date | None
    last: dt.date | None
    clock: str | None = None
    warning: str | None = None
    yearless: bool = False

    @property
    def begin(self) -> str | None:
        """The first day as ISO 8601."""
        return iso(self.first, self.clock, yearless=self.yearless)

    @property
    def due(self) -> str | None:
        """The last day as ISO 8601."""
        return iso(self.last, self.clock, yearless=self.yearless)

    def in_year(self, year: int) -> Days:
        """The same days in another year."""
        return replace(self, first=_in_year(self.first, year), last=_in_year(self.last, year), yearless=False)


def _in_year(day: dt.date | None, year: int) -> dt.date | None:
    if day is None:
        return None
    return month_end(year, day.month) if day == month_end(day.year, day.month) else day.replace(year=year)


def iso(day: dt.date | None, clock: str | None = None, *, yearless: bool = False) -> str | None:
    """`day` as ISO 8601 local, with the clock time where there is one; without its year as `--MM-DD`."""
    if day is None:
        return None
    text = f"--{day:%m-%d}" if yearless else day.isoformat()
    return f"{text}T{clock}" if clock else text


def day_of(due: str | None) -> Days:
    """The day of an ISO 8601 value, with or without its year."""
    if due is None:
        return Days(None, None)
    yearless = due.startswith("--")
    day = dt.date.fromisoformat(f"{NO_YEAR}{due[1:7]}" if yearless else due[:10])
    return Days(day, day, yearless=yearless)


@cache
def month_end(year: int, month: int) -> dt.date:
    """The last day of the month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def month_after(year: int, month: int, steps: int) -> tuple[int, int]:
    """Year and month so many months after a month (before it, where `steps` is negative)."""
    year, index = divmod(year * 12 + month - 1 + steps, 12)
    return year, index + 1


def corresponding(day: _Day, months: int) -> _Day:
    """The corresponding day (or moment) so many months later, or on that month's last day (Civil Code art. 202).

    Raises ValueError beyond the calendar.
    """
    year, month = month_after(day.year, day.month, months)
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def clock_time(caught: Caught, prefix: str = "") -> str | None:
    """The clock time as HH:MM; 中午 alone is 12:00, other parts of the day alone and 下班前 are none."""
    if not prefix and _CLOCK.isdisjoint(caught):
        return None
    part = caught.get(prefix + "ap") or caught.get(prefix + "dw", "")[-1:]  # 今晚|8点
    minutes, words = caught.get(prefix + "mi", ""), vocabulary()
    hour = whole(caught.get(prefix + "h"))
    if hour is None:
        return "12:00" if part in words.noon else None
    if part in words.night and hour == 12:
        hour = 24
    elif (part in words.afternoon and hour < 12) or (part in words.noon and hour < _EARLY):
        hour += 12
    minute = words.minutes.get(minutes, whole(minutes) or 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 or (hour == 24 and minute == 0) else None


def resolve(caught: Caught, ref: Reference, *, prefix: str = "", year: int | None = None) -> Days:
    """The days that a calendar point names.

    A year left out is `year` (the one its sentence goes on from) or the document's; a month that is already past
    moves to the next coming one, as where the text directs.
    """
    get = {k.removeprefix(prefix): v for k, v in caught.items() if k.startswith(prefix)} if prefix else caught
    clock = clock_time(get)
    if "m" in get or "mw" in get:
        return _in_month(get, ref, year, clock)
    if "q" in get or "qw" in get:
        return _quarter(get, ref, year)
    if "half" in get:
        first, last = vocabulary().halves[get["half"][0]]
        return _months(first, last, stated_year(get, ref), ref, year)
    return _whole_year(get, ref)


def stated_year(get: Caught, ref: Reference) -> int | None:
    """The year that words state: 2021年, 二〇二一年, 21年8月, 明年."""
    text = get.get("y")
    if text:
        value = whole(text) if text.isascii() or len(text) != 2 else whole("〇〇" + text)
        if value is None or value > 99:
            return value
        return value + (2000 if value < _CENTURY_TURN else 1900)
    word = get.get("yw")
    return ref.date.year + vocabulary().years[word[0]] if word and ref.date else None


def _year_of(month: int, stated: int | None, ref: Reference, running: int | None) -> int | None:
    if stated is not None:
        return stated
    if ref.date is None:
        return running
    if running is not None and running > ref.date.year:
        return running
    return ref.date.year + (month < ref.date.month)


def _in_month(get: Caught, ref: Reference, running: int | None, clock: str | None) -> Days:
    if "mw" in get:
        if ref.date is None:
            return Days(None, None, clock)
        ahead = vocabulary().steps_ahead(get["mw"])
        year, month = month_after(ref.date.year, ref.date.month, ahead)
    else:
        number = vocabulary().month_names.get(get["m"]) or whole(get["m"])
        if number is None or not 1 <= number <= 12:
            return Days(None, None, clock, "broken_date")
        stated = stated_year(get, ref)
        found = _year_of(number, stated, ref, running)
        if found is None:
            return _without_year(_in_known_month(get, NO_YEAR, number, clock), get)
        year, month = found, number
    return _in_known_month(get, year, month, clock)


def _without_year(days: Days, get: Caught) -> Days:
    """The days of a year that isn't known, where February's end isn't either."""
    unknown = "d" not in get and days.last == dt.date(NO_YEAR, 2, 29)
    return replace(days, last=None if unknown else days.last, yearless=True)


def _in_known_month(get: Caught, year: int, month: int, clock: str | None) -> Days:
    last = month_end(year, month)
    if "d" in get:
        day = whole(get["d"])
        if day is None or not 1 <= day <= last.day:
            return Days(None, None, clock, "broken_date")
        return Days(dt.date(year, month, day), dt.date(year, month, day), clock)
    parts, word = vocabulary().parts, get.get("part", vocabulary().within)
    low, high = parts[word if word in parts else word[1:]]  # 月底 as 底
    return Days(dt.date(year, month, low), dt.date(year, month, min(high, last.day)), clock)


def _quarter(get: Caught, ref: Reference, running: int | None) -> Days:
    if "q" in get:
        number = whole(get["q"]) or 1
        return _months(number * 3 - 2, number * 3, stated_year(get, ref), ref, running)
    if ref.date is None:
        return Days(None, None)
    ahead = vocabulary().steps_ahead(get["qw"])
    year, index = divmod(ref.date.year * 4 + (ref.date.month - 1) // 3 + ahead, 4)
    return Days(dt.date(year, index * 3 + 1, 1), month_end(year, index * 3 + 3))


def _months(first: int, last: int, stated: int | None, ref: Reference, running: int | None) -> Days:
    year = _year_of(last, stated, ref, running)
    yearless, year = year is None, year or NO_YEAR
    return Days(dt.date(year, first, 1), month_end(year, last), yearless=yearless)


def _whole_year(get: Caught, ref: Reference) -> Days:
    year = stated_year(get, ref)
    if year is None:
        return Days(None, None)
    place = year_place(get.get("ye", ""))
    return Days(dt.date(year, place[0] if place != (12, 31) else 1, 1), dt.date(year, *place))


def year_place(word: str) -> tuple[int, int]:
    """Month and day that a word for a place in the year means: 年中 is 30 June, 年底 and 年内 31 December."""
    month, day = vocabulary().year_places.get(word, (12, 31))
    return month, day

"""Days that have names: festivals of the solar and lunar calendar, solar terms, ends of five-year plans."""

from __future__ import annotations

import datetime as dt
import math
from functools import cache

from docmine.rulebook import load_rows

_LUNAR_YEARS = range(1901, 2100)  # what lunardate's table covers
_J2000 = dt.datetime(2000, 1, 1, 12)
_BEIJING = dt.timedelta(hours=8)


@cache
def _named_days() -> dict[str, tuple[str, str]]:
    table: dict[str, tuple[str, str]] = {}
    for names, calendar, value in load_rows("common/festivals.tsv"):
        table |= dict.fromkeys(names.split("|"), (calendar, value))
    return table


@cache
def festival_names() -> tuple[str, ...]:
    """All names and aliases, longest first."""
    return tuple(sorted(_named_days(), key=lambda name: (-len(name), name)))


@cache
def festival_date(name: str, year: int) -> dt.date | None:
    """The day of the festival in the Gregorian `year`; None where the name or the year is not known."""
    calendar, value = _named_days().get(name, ("", ""))
    if calendar == "solar":
        month, day = map(int, value.split("-"))
        return dt.date(year, month, day)
    if calendar == "lunar" and year in _LUNAR_YEARS:
        return _lunar(year, value)
    if calendar == "term" and year in _LUNAR_YEARS:
        return _solar_term(year, int(value))
    if calendar == "weekday":
        return _nth_weekday(year, value)
    return None


@cache
def lunar_festival(name: str, year: int) -> dt.date | None:
    """The day on which the lunar `year` has the festival: the 除夕 of 2021 is in January 2022; None for others."""
    calendar, value = _named_days().get(name, ("", ""))
    if calendar != "lunar" or year not in _LUNAR_YEARS:
        return None
    if value == "12-30":
        return _lunar(year + 1, value) if year + 1 in _LUNAR_YEARS else None
    month, day = map(int, value.split("-"))
    return lunar_day(year, month, day)


def _nth_weekday(year: int, value: str) -> dt.date:
    """`05-2-6` is the second Sunday (Monday is 0) of May."""
    month, count, weekday = map(int, value.split("-"))
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1))


def _lunar(year: int, value: str) -> dt.date:
    """A lunar day; `12-30` is the last day of the lunar year, whether its last month has 29 or 30 days."""
    from lunardate import LunarDate

    month, day = map(int, value.split("-"))
    if (month, day) == (12, 30):
        new_year: dt.date = LunarDate(year, 1, 1).to_solar_date()
        return new_year - dt.timedelta(days=1)
    found: dt.date = LunarDate(year, month, day).to_solar_date()
    if found.year > year:  # the twelfth lunar month mostly falls into the next January
        found = LunarDate(year - 1, month, day).to_solar_date()
    return found


@cache
def lunar_day(year: int, month: int, day: int, *, leap: bool = False) -> dt.date | None:
    """The Gregorian date of a day of the lunar `year` (its first month's new year lies in that Gregorian year).

    None where the year is not covered, the month has no such day, or the year has no such leap month.
    """
    from lunardate import LunarDate

    if year not in _LUNAR_YEARS:
        return None
    try:
        found: dt.date = LunarDate(year, month, day, leap).to_solar_date()
    except ValueError:
        return None
    return found


def _solar_term(year: int, longitude: int) -> dt.date:
    """The Beijing day on which the sun's apparent longitude reaches `longitude` degrees (春分 = 0)."""
    # Start from the mean sun (春分 about 20 March), then close in; 0.01° of longitude is a quarter of an hour.
    moment = dt.datetime(year, 3, 20, 12) + dt.timedelta(days=365.2422 / 360 * ((longitude + 75) % 360 - 75))
    for _ in range(6):
        gap = (longitude - _sun(moment) + 180) % 360 - 180
        moment += dt.timedelta(days=gap * 365.2422 / 360)
    return (moment + _BEIJING).date()


def _sun(moment: dt.datetime) -> float:
    """The sun's apparent longitude in degrees (Meeus, Astronomical Algorithms, ch. 25, low accuracy)."""
    century = (moment - _J2000) / dt.timedelta(days=36525)
    mean = 280.46646 + 36000.76983 * century + 0.0003032 * century**2
    anomaly = math.radians(357.52911 + 35999.05029 * century - 0.0001537 * century**2)
    centre = (
        (1.914602 - 0.004817 * century) * math.sin(anomaly)
        + 0.019993 * math.sin(2 * anomaly)
        + 0.000289 * math.sin(3 * anomaly)
    )
    node = math.radians(125.04 - 1934.136 * century)
    return (mean + centre - 0.00569 - 0.00478 * math.sin(node)) % 360


def plan_end(ordinal: int) -> dt.date:
    """The last day of the `ordinal`-th five-year plan: the 14th ends with 2025."""
    return dt.date(1955 + 5 * ordinal, 12, 31)

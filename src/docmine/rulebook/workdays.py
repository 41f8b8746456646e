"""The work calendar: weekends, statutory holidays and make-up working days.

The days that the State Council has announced come from `chinese_calendar`. Beyond its last year, and before its
first, a day counts as free when it is a weekend day or a statutory festival (全国年节及纪念日放假办法 as
amended 2024); such answers are provisional, because make-up days are announced only each autumn. A table of
dates (resources `common/workdays.tsv`, or the caller's) overrides both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from docmine.errors import RuleError
from docmine.rulebook import load_rows
from docmine.rulebook.festivals import festival_date

ONE_DAY = dt.timedelta(days=1)
_SATURDAY = 5
_MOST_DAYS = 3660  # no period of a text is longer; a bigger number is an error in the text


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked. `extra` maps dates to True (worked) or False (free) over everything else."""

    extra: Mapping[dt.date, bool] = field(default_factory=dict)

    def is_workday(self, day: dt.date) -> bool:
        """Whether `day` is worked, make-up days included."""
        if day in self.extra:
            return self.extra[day]
        announced = _announced()
        if day.year in announced.years:
            if day in announced.free:
                return False
            return day in announced.made_up or day.weekday() < _SATURDAY
        return day.weekday() < _SATURDAY and day not in _usual_holidays(day.year)

    def is_provisional(self, day: dt.date) -> bool:
        """Whether the answer for `day` rests on habit, no announcement having been published."""
        return day not in self.extra and day.year not in _announced().years

    def add(self, day: dt.date, count: int) -> dt.date:
        """The `count`-th working day after `day`; the day itself is not counted (民法典 201)."""
        if not 0 <= count <= _MOST_DAYS:
            raise ValueError(f"{count} working days: expected 0 to {_MOST_DAYS}")
        while count > 0:
            day += ONE_DAY
            count -= self.is_workday(day)
        return day

    def before(self, day: dt.date, count: int) -> dt.date:
        """The `count`-th working day before `day`."""
        if not 0 <= count <= _MOST_DAYS:
            raise ValueError(f"{count} working days: expected 0 to {_MOST_DAYS}")
        while count > 0:
            day -= ONE_DAY
            count -= self.is_workday(day)
        return day

    def roll(self, day: dt.date) -> dt.date:
        """`day` itself, or the next working day where it is free (民法典 203)."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day


@cache
def work_calendar() -> WorkCalendar:
    """The calendar that docmine ships."""
    return WorkCalendar(_parse_rows(load_rows("common/workdays.tsv"), where="common/workdays.tsv"))


def load_work_calendar(table: Path) -> WorkCalendar:
    """The shipped calendar with a user's table (`date<TAB>work|free<TAB>note`) over it."""
    lines = table.read_text(encoding="utf-8").splitlines()
    rows = (tuple(line.split("\t")) for line in lines if line.strip() and not line.startswith("#"))
    return WorkCalendar({**work_calendar().extra, **_parse_rows(rows, where=str(table))})


def _parse_rows(rows: Iterable[tuple[str, ...]], *, where: str) -> dict[dt.date, bool]:
    extra: dict[dt.date, bool] = {}
    for row in rows:
        try:
            extra[dt.date.fromisoformat(row[0].strip())] = {"work": True, "free": False}[row[1].strip()]
        except (ValueError, KeyError, IndexError) as error:
            raise RuleError(f"{where}: bad row {row!r}", remedy="write `2027-01-01<TAB>free<TAB>元旦`") from error
    return extra


@dataclass(frozen=True, slots=True)
class _Announced:
    years: range
    free: frozenset[dt.date]
    made_up: frozenset[dt.date]


@cache
def _announced() -> _Announced:
    from chinese_calendar.constants import holidays, workdays

    years = range(min(holidays).year, max(holidays).year + 1)
    return _Announced(years, frozenset(holidays), frozenset(workdays))


@cache
def _usual_holidays(year: int) -> frozenset[dt.date]:
    """The statutory days of a year without announcement: festival names with their days before and after."""
    days: set[dt.date] = set()
    for name, first, last in load_rows("common/holidays.tsv"):
        start = festival_date(name, year)
        if start is not None:
            days |= {start + ONE_DAY * step for step in range(int(first), int(last) + 1)}
    return frozenset(days)

"""The work calendar: weekends, statutory holidays and make-up working days.

The days that the State Council has announced come from `chinese_calendar`. Beyond its last year, and before its
first, a day counts as free when it is a weekend day or a statutory festival (全国年节及纪念日放假办法 as
amended 2024); such answers are provisional, because make-up days are announced only each autumn. A table of
dates (resources `common/workdays.tsv`, or the caller's) overrides both; one that lists all statutory days of a year
is taken for that year's announcement.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from docmine.errors import RuleError, SettingsError
from docmine.rulebook import load_rows, load_toml
from docmine.rulebook.festivals import festival_date

ONE_DAY = dt.timedelta(days=1)
_SATURDAY = 5
MOST_DAYS = 3660  # no period of a text is longer; a bigger number is an error in the text
_SHIPPED = "common/workdays.tsv"
_CALENDAR_WORDS = "common/calendar_words.toml"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_GAP = re.compile(r"\s*[,，\t]\s*|\s+")
_EXAMPLE = "write `2027-01-01 free 元旦`: a day, work or free (上班 or 放假), and a note if you like"


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked. `extra` maps dates to True (worked) or False (free) over everything else.

    `fingerprint` is that of the user's table, empty without one. All methods take and give days (`datetime.date`).
    """

    extra: Mapping[dt.date, bool] = field(default_factory=dict)
    fingerprint: str = ""

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
        """Whether the answer for `day` rests on habit, no announcement being known."""
        return day.year not in _announced().years and day not in self.extra and not self._lists(day.year)

    def is_provisional_between(self, start: dt.date, end: dt.date) -> bool:
        """Whether the answer for a day from `start` to `end`, both counted, rests on habit."""
        years = _announced().years
        if start.year in years and end.year in years:
            return False
        days = range((end - start).days + 1)
        return any(self.is_provisional(start + ONE_DAY * step) for step in days)

    def _lists(self, year: int) -> bool:
        """Whether the table says of every statutory day of the year what it is, as an announcement does."""
        return bool(self.extra) and self.extra.keys() >= _usual_holidays(year)

    def lacking(self) -> dict[int, tuple[dt.date, ...]]:
        """The statutory days that the table leaves out of years it has days of and that aren't announced otherwise."""
        years = sorted({day.year for day in self.extra} - set(_announced().years))
        return {
            year: tuple(sorted(_usual_holidays(year) - self.extra.keys())) for year in years if not self._lists(year)
        }

    def add(self, day: dt.date, count: int) -> dt.date:
        """The `count`-th working day after `day`; the day itself is not counted (民法典 201)."""
        if not 0 <= count <= MOST_DAYS:
            raise ValueError(f"{count} working days: expected 0 to {MOST_DAYS}")
        while count > 0:
            day += ONE_DAY
            count -= self.is_workday(day)
        return day

    def before(self, day: dt.date, count: int) -> dt.date:
        """The `count`-th working day before `day`."""
        if not 0 <= count <= MOST_DAYS:
            raise ValueError(f"{count} working days: expected 0 to {MOST_DAYS}")
        while count > 0:
            day -= ONE_DAY
            count -= self.is_workday(day)
        return day

    def roll(self, day: dt.date) -> dt.date:
        """`day` itself, or the next working day where it is free (民法典 203)."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day


def announced_years() -> range:
    """The years whose days off docmine knows."""
    return _announced().years


@cache
def work_calendar() -> WorkCalendar:
    """The calendar that docmine ships."""
    return WorkCalendar(_parse(files("docmine.resources").joinpath(_SHIPPED).read_bytes(), where=_SHIPPED))


def load_work_calendar(table: str | os.PathLike[str]) -> WorkCalendar:
    """The shipped calendar with a user's table over it: UTF-8 lines `date work|free note`, # for comments.

    Tabs, commas or blanks part the columns; 上班 and 班 are work, 放假 and 休 free (`common/calendar_words.toml`).

    Raises SettingsError where the file can't be opened, RuleError naming the line where its content is wrong.
    """
    path = Path(table)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SettingsError(
            f"{path}: can't be opened", remedy="Check the name of the calendar file.", key="no_calendar", path=path
        ) from error
    return _with_table(data, path.name)


def calendar_of(table: str | os.PathLike[str] | None) -> WorkCalendar:
    """The shipped calendar, with a user's table over it where one is given."""
    return work_calendar() if table is None else load_work_calendar(table)


@lru_cache(maxsize=8)
def _with_table(data: bytes, where: str) -> WorkCalendar:
    extra = {**work_calendar().extra, **_parse(data, where=where)}
    return WorkCalendar(extra, hashlib.sha256(data).hexdigest()[:16])


def _parse(data: bytes, *, where: str) -> dict[dt.date, bool]:
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        remedy = "save the calendar as UTF-8 text (in a spreadsheet: CSV UTF-8)"
        raise RuleError(
            f"{where}, line {number}: is not UTF-8", remedy=remedy, key="not_utf8", where=where, line=number
        ) from error
    extra: dict[dt.date, bool] = {}
    told: dict[dt.date, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        day, worked = _parse_line(line, where, number)
        if extra.setdefault(day, worked) is not worked:
            raise RuleError(
                f"{where}, line {number}: {day} is {_word(worked)} here and {_word(not worked)} in line {told[day]}",
                remedy="keep the line that is right and delete the other",
                key="calendar_conflict",
                where=where,
                line=number,
                day=day,
                other=told[day],
            )
        told.setdefault(day, number)
    return extra


def _parse_line(line: str, where: str, number: int) -> tuple[dt.date, bool]:
    day, word, *_ = [*_GAP.split(line.strip(), maxsplit=2), ""]
    try:
        if _DAY.fullmatch(day) is None:
            raise ValueError(day)
        date = dt.date.fromisoformat(day)
    except ValueError as error:
        raise _bad_line(where, number, "no_day", day, "is no date") from error
    worked = _words().get(word.lower())
    if worked is None:
        raise _bad_line(where, number, "no_word", word, "is neither work nor free")
    return date, worked


def _bad_line(where: str, number: int, kind: str, value: str, told: str) -> RuleError:
    message = f"{where}, line {number}: {value!r} {told}"
    return RuleError(
        message, remedy=_EXAMPLE, key=f"calendar_line.{kind}", where=where, line=number, value=value or '""'
    )


@cache
def _words() -> dict[str, bool]:
    table = load_toml(_CALENDAR_WORDS)
    return {word: kind == "work" for kind in ("work", "free") for word in table[kind]}


def _word(worked: bool) -> str:
    return "work" if worked else "free"


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

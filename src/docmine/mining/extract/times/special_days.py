"""Productions of days that have a name or a number: festivals, days of the moon, the n-th working day of a month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from docmine.mining.extract.times.counting import counted_back, offset_of
from docmine.mining.extract.times.finding import Caught, Hit, Scan, dated
from docmine.mining.extract.times.numbers import whole
from docmine.mining.extract.times.points import Days, clock_time, month_end, resolve, stated_year
from docmine.mining.extract.times.tense import is_told
from docmine.mining.extract.times.vocabulary import vocabulary
from docmine.rulebook.festivals import festival_date, lunar_day, plan_end
from docmine.schema.findings import TimeExpression

_ONE_DAY = dt.timedelta(days=1)


def plan(scan: Scan, hit: Hit) -> TimeExpression | None:
    """The end of a five-year plan: “十四五”末."""
    ordinal = whole(hit.caught["plan"][:-1])
    if ordinal is None:
        return None
    last = plan_end(ordinal)
    return dated(scan, hit, Days(last, last), post=hit.caught.get("post"))


def festival(scan: Scan, hit: Hit) -> TimeExpression | None:
    """The day before the next festival of that name, or so long before it: 国庆节前, 春节前一周."""
    ref = scan.ref.date
    if ref is None:
        return dated(scan, hit, Days(None, None), post=hit.caught["post"])
    stated = stated_year(hit.caught, scan.ref)
    told = not stated and is_told(scan, hit, bare=False)
    years = (stated,) if stated else (scan.running_year(hit.start) or ref.year, ref.year + 1)
    for year in (ref.year, ref.year - 1) if told else years:
        day = festival_date(hit.caught["name"], year)
        if day and (stated or (day <= ref if told else day > ref)):
            before = _so_long_before(scan, hit, day)
            return dated(scan, hit, Days(None, before), post=hit.caught["post"]) if before else None
    return dated(scan, hit, Days(None, None), post=hit.caught["post"])


def festival_days(name: str, scan: Scan, *, eve: bool) -> Days:
    """The next festival of that name, or with `eve` the day before it."""
    ref = scan.ref.date
    days = [day for year in (ref.year, ref.year + 1) if (day := festival_date(name, year))] if ref else []
    coming = next((day for day in days if ref and day >= ref), None)
    return Days(None, coming - dt.timedelta(days=eve) if coming else None)


def _so_long_before(scan: Scan, hit: Hit, day: dt.date) -> dt.date | None:
    if "n" not in hit.caught:
        return day - _ONE_DAY
    offset = offset_of(hit.caught)
    return counted_back(offset, day, scan.calendar) if offset else None


def lunar(scan: Scan, hit: Hit) -> TimeExpression | None:
    """A day of the lunar calendar, the next coming one: 腊月廿三前, 农历八月二十."""
    caught, ref, post = hit.caught, scan.ref.date, hit.caught.get("post")
    month = vocabulary().month_names.get(caught["lunarmonth"]) or whole(caught["lunarmonth"])
    day = whole(caught["lunarday"].lstrip("初"))
    if month is None or day is None:
        return None
    if ref is None:
        return dated(scan, hit, Days(None, None), post=post)
    coming = (lunar_day(year, month, day) for year in range(ref.year - 1, ref.year + 2))
    found = next((each for each in coming if each and each >= ref), None)
    return dated(scan, hit, Days(found, found, None, None if found else "broken_date"), post=post)


def nth_in_span(scan: Scan, hit: Hit) -> TimeExpression | None:
    """The n-th or last working day, weekday or day of a month or year: 10月第5个工作日前, 本月最后一个周五."""
    caught, post, clock = hit.caught, hit.caught.get("post"), clock_time(hit.caught)
    if "off" in caught and not post:
        return None
    span = _span_of(scan, caught, hit.start)
    if span.first is None or span.last is None or span.yearless:
        return dated(scan, hit, Days(None, None, clock, span.warning), post=post)
    count = 1 if caught.get("nth") == vocabulary().first else whole(caught.get("nth")) or 1
    days = _between(span.last, span.first) if "last" in caught else _between(span.first, span.last)
    found = next(islice((day for day in days if _is_such(scan, caught, day)), count - 1, None), None)
    made = dated(scan, hit, Days(found, found, clock, None if found else "broken_date"), post=post)
    provisional = "work" in caught and found and scan.calendar.is_provisional(found)
    return replace(made, warning="provisional_calendar") if provisional and not made.warning else made


def _span_of(scan: Scan, caught: Caught, at: int) -> Days:
    ref = scan.ref.date
    if "loose" not in caught:
        return resolve(caught, scan.ref, year=scan.running_year(at))
    if ref is None:
        return Days(None, None)
    months = (ref.month, ref.month) if "lm" in caught else (1, 12)
    return Days(dt.date(ref.year, months[0], 1), month_end(ref.year, months[1]))


def _between(start: dt.date, end: dt.date) -> Iterator[dt.date]:
    """All days from `start` to `end`, forwards or backwards."""
    step = _ONE_DAY if start <= end else -_ONE_DAY
    for i in range(abs((end - start).days) + 1):
        yield start + i * step


def _is_such(scan: Scan, caught: Caught, day: dt.date) -> bool:
    if "work" in caught:
        return scan.calendar.is_workday(day)
    return "wd" not in caught or day.weekday() == vocabulary().weekdays[caught["wd"]]

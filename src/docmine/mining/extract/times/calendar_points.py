"""Productions of calendar points, windows and festivals: `date` and `period` expressions."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from docmine.mining.extract.times import events
from docmine.mining.extract.times.finding import Caught, Hit, Scan, bound_of, dated, doubt
from docmine.mining.extract.times.numbers import whole
from docmine.mining.extract.times.points import (
    NO_YEAR,
    Days,
    clock_time,
    day_of,
    month_after,
    month_end,
    resolve,
    year_place,
)
from docmine.mining.extract.times.special_days import festival_days
from docmine.mining.extract.times.tense import in_tense
from docmine.mining.extract.times.vocabulary import vocabulary
from docmine.schema.findings import TimeExpression
from docmine.schema.spans import Span

_STATED = frozenset(("y", "yw", "mw", "qw"))  # what tells the year by itself
_INNER = frozenset(("ye", "part", "qe"))  # what may hold 内
_NAMES = frozenset(("y", "yw", "m", "mw", "q", "qw", "half"))


def date(scan: Scan, hit: Hit) -> TimeExpression | None:
    """A point of the calendar: 2021年9月30日17:00前, 三季度末, 本月底前."""
    caught = hit.caught
    if _NAMES.isdisjoint(caught) or ("part" in caught and _is_month_long(caught)):
        return None
    running = scan.running_year(hit.start)
    days = resolve(caught, scan.ref, year=running)
    if ("y" in caught or "yw" in caught) and days.last and not days.yearless:
        scan.year, scan.year_at = days.last.year, hit.start
    post = caught.get("post") or (None if _INNER.isdisjoint(caught) else _inner_bound(caught))
    if not post and "off" in caught:
        return None
    if _STATED.isdisjoint(caught) and running is None:
        days = in_tense(scan, hit, days, bare=not post, exact="d" in caught)
    return dated(scan, hit, days, post=post)


def _is_month_long(caught: Caught) -> bool:
    """一月内 is within one month, not January."""
    words = vocabulary()
    inside = caught.get("part") == words.within and not {"y", "yw"}.intersection(caught)
    return inside and caught.get("m") in words.one_month


def _inner_bound(caught: Caught) -> str | None:
    """年内, 本月内, 季度内 bound what they name."""
    inner = vocabulary().within
    return inner if any(inner in caught.get(key, "") for key in _INNER) else None


def broken(scan: Scan, hit: Hit) -> TimeExpression | None:
    """A date with a character lost: 2016524日 has one reading, 9月20前 lacks its 日."""
    digits = hit.caught.get("md")
    if digits is None:
        days = resolve(hit.caught, scan.ref, year=scan.running_year(hit.start))
    else:
        days = _only_reading(int(hit.caught["y"]), digits)
    made = dated(scan, hit, days, post=hit.caught.get("post"))
    return replace(made, warning="broken_date")


def _only_reading(year: int, digits: str) -> Days:
    readings = set()
    for cut in range(1, len(digits)):
        month, day = int(digits[:cut]), int(digits[cut:])
        if 1 <= month <= 12 and 1 <= day <= month_end(year, month).day and not digits[cut:].startswith("0" * 2):
            readings.add(dt.date(year, month, day))
    if len(readings) != 1:
        return Days(None, None)
    only = readings.pop()
    return Days(only, only)


def dayonly(scan: Scan, hit: Hit) -> TimeExpression | None:
    """A day without its month: 25日前, of the month just named or the next such day."""
    day, ref = whole(hit.caught["d"]), scan.ref.date
    if day is None or not 1 <= day <= 31 or events.counted_to(scan.norm, hit.start):
        return None
    before = scan.previous(hit.start)
    clock = clock_time(hit.caught)
    base = day_of(before.due) if before and before.due and before.kind == "date" else Days(ref, ref)
    if base.last is None:
        return dated(scan, hit, Days(None, None, clock), post=hit.caught["post"])
    still_ahead = before and ref and base.last.replace(day=1) <= ref <= _in_its_month(base.last, day)
    same_month = day >= base.last.day or bool(still_ahead)
    year, month = month_after(base.last.year, base.last.month, not same_month)
    if day > month_end(year, month).day:
        return dated(scan, hit, Days(None, None, clock, "broken_date"), post=hit.caught["post"])
    found = dt.date(NO_YEAR if base.yearless else year, month, day)
    return dated(scan, hit, Days(found, found, clock, yearless=base.yearless), post=hit.caught["post"])


def _in_its_month(month: dt.date, day: int) -> dt.date:
    """The day of that number in a month, or its last."""
    return month.replace(day=min(day, month_end(month.year, month.month).day))


def part_only(scan: Scan, hit: Hit) -> TimeExpression | None:
    """A third of the month that the sentence has named: 9月上旬完成摸底，|中旬完成整改."""
    before = scan.previous(hit.start)
    base = day_of(before.due) if before and before.kind == "date" and before.due else Days(None, None)
    if base.last is None:
        return None
    low, high = vocabulary().parts[hit.caught["part"]]
    last = month_end(base.last.year, base.last.month)
    days = Days(last.replace(day=low), last.replace(day=min(high, last.day)), yearless=base.yearless)
    return dated(scan, hit, days, post=hit.caught.get("post"))


def week(scan: Scan, hit: Hit) -> TimeExpression | None:
    """A week or a day of it: 本周内, 下周一, 周五前. A week ends on Sunday."""
    caught, ref = hit.caught, scan.ref.date
    post = caught.get("post") or caught.get("wi")
    if ref is None:
        return dated(scan, hit, Days(None, None, clock_time(caught)), post=post)
    words = caught.get("ww", "")
    monday = ref - dt.timedelta(days=ref.weekday() - 7 * vocabulary().steps_ahead(words))
    weekday = vocabulary().weekdays.get(caught.get("wd", ""))
    if weekday is None:
        return dated(scan, hit, Days(monday, monday + dt.timedelta(days=6)), post=post)
    day = monday + dt.timedelta(days=weekday)
    if not words and day < ref:
        day += dt.timedelta(days=7)
    day = _noted(caught, day)
    return dated(scan, hit, Days(day, day, clock_time(caught)), post=post)


def _noted(caught: Caught, day: dt.date) -> dt.date:
    """The date that stands in brackets behind a day, nearest to it: 下周一（9月20日）; `day` where there is none."""
    number, month = whole(caught.get("noted")), whole(caught.get("notem"))
    if number is None:
        return day
    around = [
        month_end(*month_after(day.year, day.month, steps)) for steps in ((-1, 0, 1) if month is None else range(-6, 7))
    ]
    days = [end.replace(day=number) for end in around if number <= end.day and month in (None, end.month)]
    return min(days, key=lambda each: abs(each - day), default=day)


def dayword(scan: Scan, hit: Hit) -> TimeExpression | None:
    """今天下班前, 明天12点前; 当天 is the day of what happens, so it stays relative."""
    caught, ref = hit.caught, scan.ref.date
    word, post = caught.get("dw", ""), caught.get("post")
    if "off" in caught and not post:
        return None
    if word.startswith(vocabulary().same_day):
        made = TimeExpression(Span(hit.start, hit.end), "relative", hit.rule, bound=bound_of(post))
        return replace(made, clock=clock_time(caught))
    if ref is None:
        return dated(scan, hit, Days(None, None, clock_time(caught)), post=post)
    day = _noted(caught, ref + dt.timedelta(days=vocabulary().days.get(word[:1], 0)))
    return dated(scan, hit, Days(day, day, clock_time(caught)), post=post)


def clock(scan: Scan, hit: Hit) -> TimeExpression | None:
    """A clock time of the day that its sentence has named, else of the document's: 9月17日前报名，|17:30前发送名单."""
    time, ref, before = clock_time(hit.caught), scan.ref.date, scan.previous(hit.start)
    if time is None:
        return None
    day = Days(ref, ref)
    if before and before.kind == "date" and before.due:
        day = day_of(before.due)
    return dated(scan, hit, replace(day, clock=time), post=hit.caught["post"])


def loose(scan: Scan, hit: Hit) -> TimeExpression | None:
    """年底, 年内, 月底, 月内, 周末 without a number."""
    word, post = hit.caught["loose"], hit.caught.get("post")
    if word in vocabulary().needs_bound and not post:
        return None
    inner = vocabulary().within if word.endswith(vocabulary().within) else None
    return dated(scan, hit, _loose_days(hit.caught, scan), post=post or inner)


def _loose_days(caught: Caught, scan: Scan, prefix: str = "", *, base: Days | None = None) -> Days:
    """The last day of the week, month or year of `base`, or else of the document.

    The rule's groups lw, lm, lh (middle) and ly tell which.
    """
    ref = base.first if base and base.first else scan.ref.date
    if ref is None:
        return Days(None, None)
    if prefix + "lw" in caught:
        last = ref + dt.timedelta(days=6 - ref.weekday())
    elif prefix + "lh" in caught:
        last = dt.date(ref.year, ref.month, 15)
    elif prefix + "lm" in caught:
        last = month_end(ref.year, ref.month)
    else:
        last = dt.date(ref.year, *year_place(caught[prefix + "ly"]))
    return Days(last, last, yearless=bool(base and base.yearless))


def period(scan: Scan, hit: Hit) -> TimeExpression | None:
    """A window with both ends: 8月25日至9月10日, 4-9月, 10月中旬至年底."""
    if hit.caught.get("a_post") not in (None, *vocabulary().start):
        return None
    first, last = _ends(scan, hit)
    if _ends_with_clock(hit.caught) and (not first.clock or not last.clock):
        return None
    if first.warning or last.warning:
        return _window(scan, hit, Days(None, None, warning="broken_date"), Days(None, None))
    if not _STATED.intersection(name[2:] for name in hit.caught) and scan.running_year(hit.start) is None:
        told = in_tense(scan, hit, last, bare=True, exact=False)
        first = first.in_year(told.last.year) if told is not last and told.last and _before(told, first) else first
        last = told
    if _before(last, first):
        return None
    stated = "a_y" in hit.caught or "a_yw" in hit.caught or "b_y" in hit.caught
    if stated and last.last and not last.yearless:
        scan.year, scan.year_at = last.last.year, hit.start
    return _window(scan, hit, first, last)


def _ends_with_clock(caught: Caught) -> bool:
    """Whether the end is only a clock time: 10月8日8:00-|18:00."""
    return "b_h" in caught and not {"b_m", "b_mw", "b_d"}.intersection(caught)


def _ends(scan: Scan, hit: Hit) -> tuple[Days, Days]:
    caught, running = hit.caught, scan.running_year(hit.start)
    first = resolve(caught, scan.ref, prefix="a_", year=running)
    if "b_d" in caught and "b_m" not in caught and "b_mw" not in caught:
        return first, _same_month(first, caught, scan)
    if "b_loose" in caught:
        return first, _loose_days(caught, scan, "b_", base=first)
    if _ends_with_clock(caught):
        return first, replace(first, first=first.last, clock=clock_time(caught, "b_"))
    told = first.last and not first.yearless and ("a_y" in caught or "a_yw" in caught)
    stated = first.last.year if first.last and told else running
    last = resolve(caught, scan.ref, prefix="b_", year=stated)
    if "b_y" in caught or "b_yw" in caught:
        return _not_after(first, last, caught), last
    if last.last and first.first and stated is not None and "b_m" in caught:
        last = last.in_year(first.first.year)
        last = last.in_year(first.first.year + 1) if _before(last, first) else last
    return _not_after(first, last, caught), last


def _before(last: Days, first: Days) -> bool:
    """Whether the end lies before the beginning; without a year it lies in the next one."""
    return bool(last.last and first.first and last.last < first.first and not last.yearless and not first.yearless)


def _same_month(first: Days, caught: Caught, scan: Scan) -> Days:
    day = whole(caught["b_d"])
    base = first.first
    if base is None or day is None or not 1 <= day <= month_end(base.year, base.month).day:
        return Days(None, None, warning="broken_date" if base else None)
    found = base.replace(day=day)
    return Days(found, found, clock_time(caught, "b_"), yearless=first.yearless)


def _not_after(first: Days, last: Days, caught: Caught) -> Days:
    """The beginning moved into the year before where it would come after the end: 10月至次年3月 starts this year."""
    if first.yearless and first.first and last.last and not last.yearless:
        first = first.in_year(last.last.year)
    if not (first.first and last.first) or first.first <= (last.last or last.first):
        # 3月5日至31日 in a text of 10 March: the beginning must not have moved into next year.
        return first
    if "a_y" in caught or "a_yw" in caught or last.yearless:
        return first
    return first.in_year(first.first.year - 1)


def week_window(scan: Scan, hit: Hit) -> TimeExpression | None:
    """Days of the week from one to another: 下周一至周五, 本周四至下周三."""
    caught, ref, words = hit.caught, scan.ref.date, vocabulary()
    if ref is None:
        return _window(scan, hit, Days(None, None), Days(None, None))
    monday = ref - dt.timedelta(days=ref.weekday())
    weeks = words.steps_ahead(caught["a_ww"])
    first = monday + dt.timedelta(days=7 * weeks + words.weekdays[caught["a_wd"]])
    weeks = words.steps_ahead(caught["b_ww"]) if "b_ww" in caught else weeks
    last = monday + dt.timedelta(days=7 * weeks + words.weekdays[caught["b_wd"]])
    if last < first and "b_ww" not in caught:
        last += dt.timedelta(days=7)
    return _window(scan, hit, Days(first, first), Days(last, last)) if first <= last else None


def from_now(scan: Scan, hit: Hit) -> TimeExpression | None:
    """A window that opens with the document's date: 即日起至9月30日."""
    ref, caught = scan.ref.date, hit.caught
    if "b_loose" in caught:
        last = _loose_days(caught, scan, "b_")
    elif "b_name" in caught:
        last = festival_days(caught["b_name"], scan, eve=bound_of(caught.get("b_post")) == "before")
    else:
        last = resolve(caught, scan.ref, prefix="b_", year=scan.running_year(hit.start))
    return _window(scan, hit, Days(ref, ref), last)


def _window(scan: Scan, hit: Hit, first: Days, last: Days) -> TimeExpression:
    start = hit.start
    if scan.norm[start - 1 : start] in vocabulary().since:
        start -= 1
    return TimeExpression(
        Span(start, hit.end),
        "period",
        hit.rule,
        begin=first.begin,
        due=last.due,
        bound="within",
        clock=last.clock,
        bare=False,
        warning=first.warning or doubt(last.last, scan.ref),
    )

"""Productions of calendar points, windows and festivals: `date` and `period` expressions."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from docmine.mining.extract.times.finding import Caught, Hit, Scan, bound_of, dated, past
from docmine.mining.extract.times.numbers import whole
from docmine.mining.extract.times.points import Days, clock_time, iso, month_end, resolve, stated_year, year_place
from docmine.mining.extract.times.vocabulary import vocabulary
from docmine.rulebook.festivals import festival_date, plan_end
from docmine.schema.findings import TimeExpression
from docmine.schema.spans import Span

_NAMES = frozenset(("y", "yw", "m", "mw", "q", "qw", "half"))


def date(scan: Scan, hit: Hit) -> TimeExpression | None:
    """A point of the calendar: 2021年9月30日17:00前, 三季度末, 本月底前."""
    caught = hit.caught
    if not _NAMES.intersection(caught) or _is_month_long(caught):
        return None
    days = resolve(caught, scan.ref, year=scan.running_year(hit.start))
    if ("y" in caught or "yw" in caught) and days.last:
        scan.year, scan.year_at = days.last.year, hit.start
    post = caught.get("post") or _inner_bound(caught)
    if not post and "off" in caught:
        return None
    return dated(scan, hit, days, post=post)


def _is_month_long(caught: Caught) -> bool:
    """一月内 is within one month, not January."""
    words = vocabulary()
    inside = caught.get("part") == words.within and not {"y", "yw"}.intersection(caught)
    return inside and caught.get("m") in words.one_month


def _inner_bound(caught: Caught) -> str | None:
    """年内, 本月内, 季度内 bound what they name."""
    inner = vocabulary().within
    return inner if any(inner in caught.get(key, "") for key in ("ye", "part", "qe")) else None


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
    if day is None or not 1 <= day <= 31:
        return None
    before = scan.previous(hit.start)
    clock = clock_time(hit.caught)
    base = dt.date.fromisoformat(before.due[:10]) if before and before.due and before.kind == "date" else ref
    if base is None:
        return dated(scan, hit, Days(None, None, clock), post=hit.caught["post"])
    year, month = divmod(base.year * 12 + base.month - 1 + (day < base.day), 12)
    if day > month_end(year, month + 1).day:
        return dated(scan, hit, Days(None, None, clock, "broken_date"), post=hit.caught["post"])
    found = dt.date(year, month + 1, day)
    return dated(scan, hit, Days(found, found, clock), post=hit.caught["post"])


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
    return dated(scan, hit, Days(day, day, clock_time(caught)), post=post)


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
    day = ref + dt.timedelta(days=vocabulary().days.get(word[:1], 0))
    return dated(scan, hit, Days(day, day, clock_time(caught)), post=post)


def clock(scan: Scan, hit: Hit) -> TimeExpression | None:
    """A clock time of the document's day: 17:00前."""
    time, ref = clock_time(hit.caught), scan.ref.date
    if time is None:
        return None
    return dated(scan, hit, Days(ref, ref, time), post=hit.caught["post"])


def loose(scan: Scan, hit: Hit) -> TimeExpression | None:
    """年底, 年内, 月底, 月内, 周末 without a number."""
    word, post = hit.caught["loose"], hit.caught.get("post")
    if word in vocabulary().needs_bound and not post:
        return None
    inner = vocabulary().within if word.endswith(vocabulary().within) else None
    return dated(scan, hit, _loose_days(hit.caught, scan), post=post or inner)


def _loose_days(caught: Caught, scan: Scan, prefix: str = "") -> Days:
    """The last day of the document's week, month or year, as the rule's groups lw, lm and lh (middle) and ly tell."""
    ref = scan.ref.date
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
    return Days(last, last)


def plan(scan: Scan, hit: Hit) -> TimeExpression | None:
    """The end of a five-year plan: “十四五”末."""
    ordinal = whole(hit.caught["plan"][:-1])
    if ordinal is None:
        return None
    last = plan_end(ordinal)
    return dated(scan, hit, Days(last, last), post=hit.caught.get("post"))


def festival(scan: Scan, hit: Hit) -> TimeExpression | None:
    """The day before the next festival of that name: 国庆节前."""
    ref = scan.ref.date
    if ref is None:
        return dated(scan, hit, Days(None, None), post=hit.caught["post"])
    stated = stated_year(hit.caught, scan.ref)
    years = (stated,) if stated else (scan.running_year(hit.start) or ref.year, ref.year + 1)
    for year in years:
        day = festival_date(hit.caught["name"], year)
        if day and (stated or day > ref):
            return dated(scan, hit, Days(None, day - dt.timedelta(days=1)), post=hit.caught["post"])
    return dated(scan, hit, Days(None, None), post=hit.caught["post"])


def _festival_days(name: str, scan: Scan, *, eve: bool) -> Days:
    ref = scan.ref.date
    days = [day for year in (ref.year, ref.year + 1) if (day := festival_date(name, year))] if ref else []
    coming = next((day for day in days if ref and day >= ref), None)
    return Days(None, coming - dt.timedelta(days=eve) if coming else None)


def period(scan: Scan, hit: Hit) -> TimeExpression | None:
    """A window with both ends: 8月25日至9月10日, 4-9月, 10月中旬至年底."""
    if hit.caught.get("a_post") not in (None, *vocabulary().start):
        return None
    first, last = _ends(scan, hit)
    if first.warning or last.warning:
        return _window(scan, hit, Days(None, None, warning="broken_date"), Days(None, None))
    if first.first and last.last and first.first > last.last:
        return None
    stated = "a_y" in hit.caught or "a_yw" in hit.caught or "b_y" in hit.caught
    if stated and last.last:
        scan.year, scan.year_at = last.last.year, hit.start
    return _window(scan, hit, first, last)


def _ends(scan: Scan, hit: Hit) -> tuple[Days, Days]:
    caught, running = hit.caught, scan.running_year(hit.start)
    first = resolve(caught, scan.ref, prefix="a_", year=running)
    if "b_d" in caught and "b_m" not in caught and "b_mw" not in caught:
        return first, _same_month(first, caught, scan)
    if "b_loose" in caught:
        return first, _loose_days(caught, scan, "b_")
    stated = first.last.year if first.last and ("a_y" in caught or "a_yw" in caught) else running
    last = resolve(caught, scan.ref, prefix="b_", year=stated)
    if "b_y" in caught or "b_yw" in caught:
        return _not_after(first, last, caught), last
    if last.last and first.first and stated is not None and "b_m" in caught:
        last = _moved(last, first.first.year)
        last = _moved(last, first.first.year + 1) if _before(last, first) else last
    return _not_after(first, last, caught), last


def _before(last: Days, first: Days) -> bool:
    return bool(last.last and first.first and last.last < first.first)


def _same_month(first: Days, caught: Caught, scan: Scan) -> Days:
    day = whole(caught["b_d"])
    base = first.first
    if base is None or day is None or not 1 <= day <= month_end(base.year, base.month).day:
        return Days(None, None, warning="broken_date" if base else None)
    found = base.replace(day=day)
    return Days(found, found, clock_time(caught, "b_"))


def _not_after(first: Days, last: Days, caught: Caught) -> Days:
    """The beginning moved into the year before where it would come after the end: 10月至次年3月 starts this year."""
    if not (first.first and last.first) or first.first <= (last.last or last.first):
        # 3月5日至31日 in a text of 10 March: the beginning must not have moved into next year.
        return first
    if "a_y" in caught or "a_yw" in caught:
        return first
    return _moved(first, first.first.year - 1)


def _moved(days: Days, year: int) -> Days:
    """The same days in another year."""

    def move(day: dt.date | None) -> dt.date | None:
        if day is None:
            return None
        if day == month_end(day.year, day.month):
            return month_end(year, day.month)
        return day.replace(year=year)

    return replace(days, first=move(days.first), last=move(days.last))


def from_now(scan: Scan, hit: Hit) -> TimeExpression | None:
    """A window that opens with the document's date: 即日起至9月30日."""
    ref, caught = scan.ref.date, hit.caught
    if "b_loose" in caught:
        last = _loose_days(caught, scan, "b_")
    elif "b_name" in caught:
        last = _festival_days(caught["b_name"], scan, eve=bound_of(caught.get("b_post")) == "before")
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
        begin=iso(first.first, first.clock),
        due=last.due,
        bound="within",
        clock=last.clock,
        bare=False,
        warning=first.warning or past(last.last, scan.ref),
    )

"""When a recurring deadline comes round: its recurrence rule, run by dateutil."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from docmine.mining.extract.times.points import month_after, month_end
from docmine.mining.extract.times.vocabulary import vocabulary
from docmine.rulebook.festivals import festival_date, festival_names
from docmine.rulebook.workdays import ONE_DAY, WorkCalendar

_FREE = ("BYDAY", "BYMONTHDAY", "BYMONTH")
_LAST_DAY = {"WEEKLY": "BYDAY=SU", "MONTHLY": "BYMONTHDAY=-1", "YEARLY": "BYMONTH=12;BYMONTHDAY=-1"}
_WORKWEEK = "MO,TU,WE,TH,FR"
_FINE = ("HOURLY", "MINUTELY")


def occurrences(
    recurrence: str,
    text: str,
    clock: str | None,
    after: dt.date | dt.datetime,
    count: int,
    calendar: WorkCalendar,
) -> list[dt.date | dt.datetime]:
    """The first `count` times after `after` (a day: after that whole day) of an RFC 5545 rule.

    `text` is the wording, which tells even from odd months. Where the rule names no day, the last day of each period.
    Working days (Monday to Friday in the rule) are those of `calendar`, make-up days among them.
    """
    from dateutil.rrule import rrulestr

    parts = dict(part.split("=", 1) for part in recurrence.split(";"))
    frequency = parts["FREQ"]
    moment = after if isinstance(after, dt.datetime) else dt.datetime.combine(after, dt.time(23, 59, 59))
    if frequency in _FINE:
        start = moment if isinstance(after, dt.datetime) else moment + dt.timedelta(seconds=1)
        rule = rrulestr(recurrence, dtstart=start.replace(second=0, microsecond=0))
        return list(rule.xafter(start, count=count, inc=not isinstance(after, dt.datetime)))
    earlier = moment - dt.timedelta(days=1 if clock or isinstance(after, dt.datetime) else 0)
    days = _days(recurrence, parts, text, earlier, calendar)
    if clock is None:
        first = moment.date() if isinstance(after, dt.datetime) else moment.date() + ONE_DAY
        return list(islice((day for day in days if day >= first), count))
    hour, minute = map(int, clock.split(":"))
    times = (dt.datetime.combine(day, dt.time()) + dt.timedelta(hours=hour, minutes=minute) for day in days)
    return list(islice((time for time in times if time > moment), count))


def _days(
    recurrence: str, parts: dict[str, str], text: str, after: dt.datetime, calendar: WorkCalendar
) -> Iterator[dt.date]:
    """The days of the rule from the day of `after` on."""
    from dateutil.rrule import rrulestr

    frequency, interval = parts["FREQ"], int(parts.get("INTERVAL", "1"))
    if parts.get("BYDAY") == _WORKWEEK:
        yield from _working_days(frequency, interval, int(parts.get("BYSETPOS", "0")), after.date(), calendar)
        return
    if frequency == "YEARLY" and "BYMONTH" not in parts and (name := _festival_in(text)):
        yield from _festivals(name, text, interval, after.date())
        return
    if frequency == "YEARLY" and "BYMONTH" in parts and "BYMONTHDAY" not in parts:
        recurrence += ";BYMONTHDAY=-1"
    if not any(name in parts for name in _FREE) and frequency in _LAST_DAY:
        if frequency == "YEARLY" and vocabulary().ago in text:
            return  # 每年汛前: bound to an event whose day isn't known
        recurrence = f"{recurrence};{_LAST_DAY[frequency]}"
    rule = rrulestr(recurrence, dtstart=_start(frequency, interval, parts, text, after))
    midnight = dt.datetime.combine(after.date(), dt.time())
    for found in rule.xafter(midnight, inc=True):
        yield found.date()


def _festival_in(text: str) -> str | None:
    """The festival that the wording names."""
    return next((name for name in festival_names() if name in text), None)


def _festivals(name: str, text: str, interval: int, after: dt.date) -> Iterator[dt.date]:
    """The day of the festival in each year, or with 前 the day before it."""
    eve = ONE_DAY if vocabulary().ago in text else ONE_DAY * 0
    for year in range(after.year, 2099, interval):
        found = festival_date(name, year)
        if found and found - eve >= after:
            yield found - eve


def _working_days(frequency: str, interval: int, place: int, day: dt.date, calendar: WorkCalendar) -> Iterator[dt.date]:
    """Every working day, or the `place`-th (from the end where negative) of each month."""
    if frequency == "WEEKLY" or not place:
        while True:
            if calendar.is_workday(day):
                yield day
            day += ONE_DAY
    year, month = day.year, day.month
    while True:
        if place > 0:
            found = calendar.add(dt.date(year, month, 1) - ONE_DAY, place)
        else:
            found = calendar.before(month_end(year, month) + ONE_DAY, -place)
        if found >= day:
            yield found
        year, month = month_after(year, month, interval)


def _start(frequency: str, interval: int, parts: dict[str, str], text: str, moment: dt.datetime) -> dt.datetime:
    """Where counting begins: with January for months and years, so that quarters and even months fall in place."""
    midnight = dt.datetime.combine(moment.date(), dt.time())
    if frequency == "MONTHLY":
        year = moment.year - 1
        month = 1
        if interval == 2 and vocabulary().every_other in text:
            month = 2  # 逢双月
        elif any(word in text for word in vocabulary().last_month):
            month = interval  # 每季度末月25日
        elif interval > 1 and (parts.get("BYMONTHDAY") == "-1" or not any(name in parts for name in _FREE)):
            month = interval  # the last month of each period
        return dt.datetime(year, (month - 1) % 12 + 1, 1)
    if frequency == "YEARLY":
        return dt.datetime(moment.year - interval, 1, 1)
    if frequency == "WEEKLY":
        return midnight - dt.timedelta(days=midnight.weekday())
    return midnight

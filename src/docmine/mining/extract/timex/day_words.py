"""Days told by words, parts of the day and clock times."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from docmine.mining.extract.timex.context import Context, Within, int_of, steps_of
from docmine.mining.extract.timex.intervals import ONE_DAY, Interval, Level, NoSuchTime, at, day, later
from docmine.rulebook.timewords import Token, time_words

_HOUR = dt.timedelta(hours=1)


def dayword(token: Token, within: Within, context: Context) -> Within:
    """明天, 次日, 今晚, 去年今天."""
    word, part = token.get("w"), token.get("p")
    if within is not None and context.ref is not None:  # 去年今天
        if within.level != Level.YEAR or word not in ("今天", "今日"):
            raise NoSuchTime
        return day(at(within.start.year, context.ref.month, context.ref.day))
    if not part and (word[0] in "当同这" or word.startswith("那")):
        return day(context.day) if context.day else None
    base = context.ref
    if word[0] in "次翌第隔当":
        base = context.day or context.ref
    if base is None:
        return None
    found = day(later(base, ONE_DAY * (0 if word[0] == "当" else steps_of(word, "days"))))
    return in_day(part, found) if part else found


def in_day(part: str, within: Interval) -> Interval:
    """The part of the day in which `within` begins."""
    start, end, reading = time_words().tables["parts"][part]
    midnight = at(within.start.year, within.start.month, within.start.day)
    hours = dt.timedelta(hours=1)
    return Interval(later(midnight, hours * start), later(midnight, hours * end), Level.PART, reading)


def part(token: Token, within: Within, context: Context) -> Within:
    """A part of the day: 上午, 半夜."""
    base = within or (day(moment) if (moment := context.running_day()) else None)
    if base is None:
        return None
    if base.end - base.start > ONE_DAY * 2:
        raise NoSuchTime
    return in_day(token.get("p"), base)


def clock(token: Token, within: Within, context: Context) -> Within:
    """A clock time, read by the part of the day before it: 晚上八点 is 20:00."""
    hour, minute, second = clock_of(token)
    whole_hour = _is_whole_hour(token)
    reading = within.reading if within else ""
    base = within.start if within else context.running_day()
    if base is None:
        return None
    if within and within.end - within.start > ONE_DAY * 2:
        raise NoSuchTime
    midnight = at(base.year, base.month, base.day)
    hour = _read(hour, reading if within or not context.afternoon or not hour else "pm")
    found = _moment(later(midnight, ONE_DAY * (hour // 24)), hour % 24, minute, second)
    if token.get("h0"):  # 七八点
        return replace(found, start=later(found.start, -_HOUR), end=later(found.start, _HOUR))
    return replace(found, end=later(found.start, _HOUR)) if whole_hour else found


def _is_whole_hour(token: Token) -> bool:
    """Whether the token names an hour and nothing finer: 9点, not 9点半 or 9:00."""
    return not any(name in token.caught for name in ("mi", "k", "minus", "minusk", "s"))


def clock_of(token: Token) -> tuple[int, int, str]:
    """Hour, minute and second that the token writes, before a part of the day is considered."""
    hour = int_of(token.get("h"))
    minute = 0
    if token.get("mi"):
        minute = 30 if token.get("mi") == "半" else int_of(token.get("mi").lstrip("零〇") or "0")
    elif token.get("k"):
        minute = 15 * int_of(token.get("k"))
    elif token.get("minus") or "minusk" in token.caught:
        gap = 15 if token.get("minus") in ("一刻", "") else int_of(token.get("minus"))
        hour, minute = (hour - 1) % 24, 60 - gap
    half = token.get("ap").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    second = token.get("s")
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise NoSuchTime
    return hour, minute, str(int_of(second)) if second else ""


def _read(hour: int, reading: str) -> int:
    if hour == 12 and reading in ("night", "late"):
        return 24
    if hour == 12 and reading == "am":
        return 12
    if (reading in ("pm", "night", "late") and 6 <= hour < 12) or (reading == "pm" and hour < 12):
        return hour + 12
    if reading == "noon" and hour < 6:
        return hour + 12
    if reading == "night" and 0 < hour < 6:
        return hour + 24
    return hour


def _moment(midnight: dt.datetime, hour: int, minute: int, second: str) -> Interval:
    start = later(midnight, dt.timedelta(hours=hour, minutes=minute, seconds=int(second or 0)))
    return Interval(start, later(start, dt.timedelta(seconds=1 if second else 60)), Level.CLOCK)


def stamp(token: Token, within: Within, context: Context) -> Within:
    """A date in figures: 2018-11-29, 20240307."""
    found = day(at(int(token.get("y")), int(token.get("m")), int(token.get("d"))))
    if not token.get("h"):
        return found
    return _moment(found.start, int(token.get("h")), int(token.get("mi")), token.get("s"))

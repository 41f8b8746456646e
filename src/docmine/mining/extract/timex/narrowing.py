"""What each kind of time word means inside the stretch that the words before it name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

from docmine.mining.extract.times.numbers import whole
from docmine.mining.extract.timex import day_words, year_words
from docmine.mining.extract.timex.context import Context, Within, int_of, steps_of
from docmine.mining.extract.timex.intervals import (
    ONE_DAY,
    Interval,
    Level,
    NoSuchTime,
    at,
    day,
    later,
    months,
    months_later,
    week_of,
    years,
)
from docmine.rulebook.festivals import festival_date, lunar_day, lunar_festival
from docmine.rulebook.timewords import Token, time_words

_WEEKDAYS = {c: i for i, cs in enumerate(("一1", "二2", "三3", "四4", "五5", "六6", "日天7")) for c in cs}


def level_of(token: Token) -> Level:
    """How fine the token is."""
    kind = token.kind
    if kind == "edge":
        word = token.get("e")
        return Level.SEASON if word[0] == "年" or word[0] == "岁" else Level.WEEK
    if kind == "week":
        return Level.DAY if token.get("d") or "end" in token.caught else Level.WEEK
    if kind == "dayword":
        return Level.PART if token.get("p") else Level.DAY
    if kind == "stamp":
        return Level.CLOCK if token.get("h") else Level.DAY
    if kind == "lunar":
        return Level.DAY if any(token.get(k) for k in ("d", "newyear", "bare")) else Level.MONTH
    if kind == "firstn":
        return Level.DAY if token.get("u") in ("天", "日", "工作日") else Level.WEEK
    return _LEVELS[kind]


_LEVELS: Mapping[str, Level] = {
    "century": Level.CENTURY,
    "decade": Level.DECADE,
    "year": Level.YEAR,
    "bc": Level.YEAR,
    "yearword": Level.YEAR,
    "half": Level.SEASON,
    "quarter": Level.SEASON,
    "quarterword": Level.SEASON,
    "season": Level.SEASON,
    "month": Level.MONTH,
    "monthword": Level.MONTH,
    "monthpair": Level.MONTH,
    "yearmonth": Level.MONTH,
    "nthmonth": Level.MONTH,
    "xun": Level.WEEK,
    "nthweek": Level.WEEK,
    "weekday": Level.DAY,
    "weekend": Level.DAY,
    "nthweekday": Level.DAY,
    "nthday": Level.DAY,
    "day": Level.DAY,
    "bareday": Level.DAY,
    "daypair": Level.DAY,
    "schoolyear": Level.YEAR,
    "era": Level.YEAR,
    "monthday": Level.DAY,
    "festival": Level.DAY,
    "part": Level.PART,
    "clock": Level.CLOCK,
}
POINTS = frozenset(_LEVELS) | {"edge", "week", "dayword", "stamp", "lunar", "firstn"}


def narrow(token: Token, within: Within, context: Context) -> Within:
    """The stretch that the token names inside `within` (by itself where None); None where that can't be known.

    Raises NoSuchTime where the words name no time.
    """
    return _NARROW[token.kind](token, within, context)


def _daypair(token: Token, within: Within, context: Context) -> Within:
    if context.ref is None:
        return None
    word = token.get("w")
    return day(later(context.ref, ONE_DAY * (word[0] == "明")), len(word))


def _month(token: Token, within: Within, context: Context) -> Within:
    year = year_words.year_inside(within, context)
    word = token.get("m")
    number = 1 if word == "元" else int_of(word)
    told_in_order = within is None and year is not None and year == context.year and number < (context.month or 0)
    if told_in_order and year is not None and (context.ref is None or year < context.ref.year):
        year += 1  # 去年12月开工，3月停工
    return None if year is None else months(year, number, 1, Level.MONTH)


def _monthword(token: Token, within: Within, context: Context) -> Within:
    word = token.get("w")
    base = context.ref
    if word[0] in "当该次同":
        base = context.day or (context.ref if word[0] == "当" else None)
    if base is None:
        return None
    steps = 0 if word[0] in "当该同" else steps_of(word, "steps")
    return year_words.months_from(at(base.year, base.month), steps, 1, Level.MONTH)


def _monthpair(token: Token, within: Within, context: Context) -> Within:
    """七八月."""
    year = year_words.year_inside(within, context)
    first = int_of(token.get("m0"))
    if int_of(token.get("m")) != first + 1:
        raise NoSuchTime
    return None if year is None else months(year, first, 2, Level.MONTH)


def _yearmonth(token: Token, within: Within, context: Context) -> Within:
    return months(int(token.get("y")), int(token.get("m")), 1, Level.MONTH)


def _nthmonth(token: Token, within: Within, context: Context) -> Within:
    year = year_words.year_inside(within, context)
    if year is None:
        return None
    start = within.start if within else at(year)
    if "last" in token.caught:
        return year_words.months_from(within.end if within else at(year + 1), -1, 1, Level.MONTH)
    number = 1 if "first" in token.caught else int_of(token.get("n"))
    return year_words.months_from(start, number - 1, 1, Level.MONTH)


def _month_of(within: Within, context: Context) -> Within:
    """The month that a place in a month belongs to."""
    if within is not None:
        return within
    base = context.running_day()
    return months(base.year, base.month, 1, Level.MONTH) if base else None


def _in_month(word: str, within: Within, context: Context) -> Within:
    low, high = time_words().tables["edges"]["month"][word]
    month = _month_of(within, context)
    if month is None:
        return None
    if month.level == Level.YEAR:
        raise NoSuchTime
    last = months_later(at(month.start.year, month.start.month), 1)
    start = later(at(month.start.year, month.start.month), ONE_DAY * (low - 1))
    return Interval(start, min(last, later(start, ONE_DAY * (high - low + 1))), Level.WEEK)


def _xun(token: Token, within: Within, context: Context) -> Within:
    return _in_month(token.get("x"), within, context)


def _edge(token: Token, within: Within, context: Context) -> Within:
    word = token.get("e")
    place = word[-1]
    if word[:1] == "岁" or word[0] == "年":
        return _year_edge(place, within, context)
    if word[0] == "季":
        return _season_edge(place, within, context)
    if word[0] == "周":
        return week_of(context.ref) if context.ref else None
    if word[:2] == "世纪" or (within and within.level == Level.CENTURY):
        return year_words.century_edge(place, within)
    if within and within.level == Level.YEAR:
        return _year_edge(place, within, context)
    if within and within.level == Level.SEASON:
        return _season_edge(place, within, context)
    return _in_month(place, within, context)


def _year_edge(place: str, within: Within, context: Context) -> Within:
    year = year_words.year_inside(within, context)
    first, count = time_words().tables["edges"]["year"][place]
    return None if year is None else months(year, first, count, Level.SEASON)


def _season_edge(place: str, within: Within, context: Context) -> Within:
    season = within
    if season is None and context.ref:
        season = months(context.ref.year, (context.ref.month - 1) // 3 * 3 + 1, 3, Level.SEASON)
    if season is None:
        return None
    if place == "初":
        return months(season.start.year, season.start.month, 1, Level.MONTH)
    return year_words.months_from(season.end, -1, 1, Level.MONTH)


def _week(token: Token, within: Within, context: Context) -> Within:
    word = token.get("w")
    base = context.ref
    if base is None:
        return None
    week = week_of(base, 0 if word[0] in "当同" else steps_of(word, "steps"))
    if "end" in token.caught:
        return Interval(later(week.start, ONE_DAY * 5), week.end, Level.DAY)
    if token.get("d"):
        return day(later(week.start, ONE_DAY * _WEEKDAYS[token.get("d")]))
    return week


def _weekday(token: Token, within: Within, context: Context) -> Within:
    number = _WEEKDAYS[token.get("d")]
    if within is not None:
        if within.level == Level.WEEK and (within.end - within.start) <= ONE_DAY * 7:
            return day(later(within.start, ONE_DAY * ((number - within.start.weekday()) % 7)))
        raise NoSuchTime
    if context.ref is None:
        return None
    found = later(week_of(context.ref).start, ONE_DAY * number)
    today = at(context.ref.year, context.ref.month, context.ref.day)
    if context.future and found < today:
        found = later(found, ONE_DAY * 7)
    elif context.past and found > today:
        found = later(found, -ONE_DAY * 7)
    return day(found)


def _weekend(token: Token, within: Within, context: Context) -> Within:
    week = within if within and within.level == Level.WEEK else week_of(context.ref) if context.ref else None
    return Interval(later(week.start, ONE_DAY * 5), week.end, Level.DAY) if week else None


def _nthweek(token: Token, within: Within, context: Context) -> Within:
    year = year_words.year_inside(within, context)
    if year is None:
        return None
    whole_time = within or years(year, 1, Level.YEAR)
    if whole_time.level == Level.YEAR and "last" not in token.caught:
        week = week_of(at(year, 1, 4))  # ISO 8601: the week with 4 January is the first
    else:  # the first that begins in the month
        week = week_of(later(whole_time.start, ONE_DAY * 6))
    if "last" in token.caught:
        return week_of(later(whole_time.end, -ONE_DAY))
    number = 1 if "first" in token.caught else int_of(token.get("n"))
    return week_of(week.start, number - 1)


def _nthweekday(token: Token, within: Within, context: Context) -> Within:
    month = _month_of(within, context)
    if month is None:
        return None
    number = _WEEKDAYS[token.get("d")]
    if "last" in token.caught:
        last = later(month.end, -ONE_DAY)
        return day(later(last, -ONE_DAY * ((last.weekday() - number) % 7)))
    count = 1 if "first" in token.caught else int_of(token.get("n"))
    first = later(month.start, ONE_DAY * ((number - month.start.weekday()) % 7))
    found = later(first, ONE_DAY * 7 * (count - 1))
    if found >= month.end:
        raise NoSuchTime
    return day(found)


def _nthday(token: Token, within: Within, context: Context) -> Within:
    if within is None:  # of what is not told
        if context.ref is None:
            return None
        raise NoSuchTime
    work = token.get("u") in ("工作日", "交易日")
    first, last = within.start, later(within.end, -ONE_DAY)
    if "last" in token.caught:
        if work:
            return day(dt.datetime.combine(context.calendar.before(within.end.date(), 1), dt.time()))
        return day(last)
    number = 1 if "first" in token.caught else int_of(token.get("n"))
    if number > 3660:
        raise NoSuchTime
    if work:
        return day(dt.datetime.combine(context.calendar.add(later(first, -ONE_DAY).date(), number), dt.time()))
    return day(later(first, ONE_DAY * (number - 1)))


def _day(token: Token, within: Within, context: Context) -> Within:
    number = int_of(token.get("d"))
    month = _month_of(within, context)
    if month is None:
        if number > 31:
            raise NoSuchTime
        return None
    if month.level != Level.MONTH:
        raise NoSuchTime
    return day(at(month.start.year, month.start.month, number))


def _monthday(token: Token, within: Within, context: Context) -> Within:
    year = year_words.year_inside(within, context)
    month, number = int(token.get("m")), int(token.get("d"))
    at(year or 2000, month, number)
    return None if year is None else day(at(year, month, number))


def _festival(token: Token, within: Within, context: Context) -> Within:
    year = year_words.year_inside(within, context)
    if year is None:
        return None
    name = token.get("name")
    found = lunar_festival(name, year) or festival_date(name, year)
    last_year = lunar_festival(name, year - 1) if within is None and context.ref else None
    if last_year and found and context.ref and last_year >= context.ref.date():
        found = last_year  # in January 除夕 is still to come
    return day(found) if found else None


def _lunar(token: Token, within: Within, context: Context) -> Within:
    year = int_of(token.get("y")) if token.get("y") else year_words.year_inside(within, context)
    if year is None:
        return None
    month, number = token.get("m"), token.get("d")
    if token.get("newyear"):
        month, number = "正", token.get("newyear")
    elif token.get("bare"):
        if context.day is None or context.ref is None:
            return None
        month, number = "正", token.get("bare")
    if not month:
        raise NoSuchTime
    ordinal = {"正": 1, "冬": 11, "腊": 12}.get(month) or int_of(month)
    leap = "leap" in token.caught
    if number:
        found = lunar_day(year, ordinal, int_of(number), leap=leap)
        if found is None:
            raise NoSuchTime
        return day(found)
    first = lunar_day(year, ordinal, 1, leap=leap)
    last = lunar_day(year, ordinal, 30, leap=leap) or lunar_day(year, ordinal, 29, leap=leap)
    if first is None or last is None:
        raise NoSuchTime
    return replace(day(first, (last - first).days + 1), level=Level.MONTH)


def _firstn(token: Token, within: Within, context: Context) -> Within:
    number = whole(token.get("n"))
    if within is None or number is None or number > 400:
        raise NoSuchTime
    unit = token.get("u")
    edge = "最后" in token.get("e") or token.get("e") == "后"
    count = {"月": number, "季度": 3 * number, "年": 12 * number}.get(unit)
    if count is not None:
        if edge:
            return Interval(months_later(within.end, -count), within.end, Level.WEEK)
        return Interval(within.start, months_later(within.start, count), Level.WEEK)
    delta = ONE_DAY * number * (7 if unit in ("周", "星期") else 1)
    if unit == "小时":
        delta = dt.timedelta(hours=number)
    if edge:
        return Interval(later(within.end, -delta), within.end, Level.WEEK)
    return Interval(within.start, later(within.start, delta), Level.WEEK)


_NARROW: Mapping[str, Callable[[Token, Within, Context], Within]] = {
    "century": year_words.century,
    "decade": year_words.decade,
    "year": year_words.year,
    "bc": year_words.unknown,
    "yearword": year_words.yearword,
    "half": year_words.half,
    "season": year_words.season,
    "quarter": year_words.quarter,
    "quarterword": year_words.quarterword,
    "month": _month,
    "monthword": _monthword,
    "monthpair": _monthpair,
    "yearmonth": _yearmonth,
    "nthmonth": _nthmonth,
    "xun": _xun,
    "edge": _edge,
    "week": _week,
    "weekday": _weekday,
    "weekend": _weekend,
    "nthweek": _nthweek,
    "nthweekday": _nthweekday,
    "nthday": _nthday,
    "day": _day,
    "bareday": _day,
    "daypair": _daypair,
    "schoolyear": year_words.schoolyear,
    "era": year_words.era,
    "monthday": _monthday,
    "stamp": day_words.stamp,
    "dayword": day_words.dayword,
    "part": day_words.part,
    "clock": day_words.clock,
    "festival": _festival,
    "lunar": _lunar,
    "firstn": _firstn,
}

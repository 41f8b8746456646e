"""Years and what is coarser, seasons and quarters: what each word means inside the stretch before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from docmine.mining.extract.timex.context import Context, Within, int_of, steps_of
from docmine.mining.extract.timex.intervals import Interval, Level, at, day, months, months_later, years
from docmine.rulebook.festivals import festival_date
from docmine.rulebook.timewords import Token, time_words

_TURN = 50  # 97年 is 1997, 21年 is 2021


def _year_number(text: str) -> int:
    text = text.replace("0", "〇") if not text.isascii() else text
    if text.startswith(("两千", "二千")):
        rest = text[2:].lstrip("零")
        return 2000 + (int_of(rest) if rest else 0)
    return int_of(text)


def year(token: Token, within: Within, context: Context) -> Within:
    """2021年, 97年, 两千零八年."""
    text = token.get("y")
    if text:
        return years(_year_number(text), 1, Level.YEAR)
    text = token.get("yy")
    value = int(text) if text.isdecimal() and text.isascii() else int_of(text[0]) * 10 + int_of(text[1])
    return years(value + (2000 if value < _TURN else 1900), 1, Level.YEAR)


def unknown(token: Token, within: Within, context: Context) -> Within:
    """What the calendar here has no place for: years before Christ."""
    return None


def yearword(token: Token, within: Within, context: Context) -> Within:
    """去年, 次年."""
    word = token.get("w")
    if word[0] in "当同":
        return years(context.year, 1, Level.YEAR) if context.year else None
    base = context.year if word[0] in "次翌" and context.year else context.ref.year if context.ref else None
    return None if base is None else years(base + steps_of(word, "years"), 1, Level.YEAR)


def schoolyear(token: Token, within: Within, context: Context) -> Within:
    """2020学年: from September to August."""
    return months(int(token.get("y")), 9, 12, Level.YEAR)


def era(token: Token, within: Within, context: Context) -> Within:
    """民国二十年, 乾隆三年."""
    before: Mapping[str, int] = time_words().tables["eras"]
    number = token.get("n")
    return years(before[token.get("era")] + (1 if number == "元" else int_of(number)), 1, Level.YEAR)


def century(token: Token, within: Within, context: Context) -> Within:
    """21世纪, 上世纪."""
    if token.get("c"):
        return years(max(1, (int_of(token.get("c")) - 1) * 100), 100, Level.CENTURY)
    if context.ref is None:
        return None
    return years((context.ref.year // 100 + steps_of(token.get("w"), "steps")) * 100, 100, Level.CENTURY)


def decade(token: Token, within: Within, context: Context) -> Within:
    """90年代, 八十年代末."""
    value = int_of(token.get("y"))
    if value < 100:
        century = within.start.year // 100 * 100 if within else (1900 if value >= 30 else 2000)
        value += century
    start, count = time_words().tables["edges"]["decade"].get(token.get("p")[:1], (0, 10))
    return years(value + start, count, Level.DECADE)


def season(token: Token, within: Within, context: Context) -> Within:
    """A season, from the solar term with which it begins to the one that begins the next."""
    year = year_inside(within, context)
    if year is None:
        return None
    terms: Mapping[str, str] = time_words().tables["seasons"]
    names = list(terms)
    place = names.index(token.get("s")[0])
    first = festival_date(terms[names[place]], year)
    last = festival_date(terms[names[(place + 1) % len(names)]], year + (place + 1) // len(names))
    if first is None or last is None:
        return None
    return replace(day(first, (last - first).days), level=Level.SEASON)


def half(token: Token, within: Within, context: Context) -> Within:
    """上半年, 前三季度."""
    year = year_inside(within, context)
    month, count = time_words().tables["spans"][token.get("w")]
    return None if year is None else months(year, month, count, Level.SEASON)


def quarter(token: Token, within: Within, context: Context) -> Within:
    """三季度, Q3."""
    year = year_inside(within, context)
    number = int_of(token.get("q") or "1")
    return None if year is None else months(year, 3 * number - 2, 3, Level.SEASON)


def quarterword(token: Token, within: Within, context: Context) -> Within:
    """上个季度."""
    if context.ref is None:
        return None
    start = at(context.ref.year, (context.ref.month - 1) // 3 * 3 + 1)
    return months_from(start, 3 * steps_of(token.get("w").replace("当", "本"), "steps"), 3, Level.SEASON)


def century_edge(place: str, within: Within) -> Within:
    """世纪初, 世纪末."""
    if within is None:
        return None
    first = within.start.year + {"初": 0, "末": 90}.get(place, 40)
    return years(first, 20 if place == "叶" else 10, Level.DECADE)


def year_inside(within: Within, context: Context) -> int | None:
    """The year that words without a year mean: that of `within`, else the running one."""
    return within.start.year if within else context.running_year()


def months_from(start: dt.datetime, steps: int, count: int, level: Level) -> Interval:
    """`count` months from so many months after `start`."""
    first = months_later(start, steps)
    return months(first.year, first.month, count, level)

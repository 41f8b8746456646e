"""Amounts of time: their ISO 8601 duration, and moments so far from another."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from docmine.mining.extract.times.numbers import whole
from docmine.mining.extract.timex.intervals import Interval, Level, NoSuchTime, day, later, months_later, years
from docmine.rulebook.timewords import JOINTS, Token, time_words
from docmine.rulebook.workdays import MOST_DAYS, WorkCalendar

_BIG = {"百": 100, "千": 1000, "万": 10000, "亿": 100000000}
_JOINED = {"俩": 2, "仨": 3}
_ORDER = {"Y": 0, "M": 1, "W": 2, "BD": 3, "D": 3, "TH": 4, "TM": 5, "TS": 6}
_MOST = 400_000


@dataclass(frozen=True, slots=True)
class Amount:
    """So much time: value by ISO designator (`Y M W D BD TH TM TS`); `low` the lesser end of a range."""

    parts: tuple[tuple[str, float], ...]
    low: tuple[tuple[str, float], ...] | None = None

    @property
    def unit(self) -> str:
        """The finest designator."""
        return self.parts[-1][0]

    def iso(self) -> str:
        """The ISO 8601 duration, `P5D/P7D` for a range."""
        high = _iso(self.parts)
        return f"{_iso(self.low)}/{high}" if self.low else high


def _iso(parts: tuple[tuple[str, float], ...]) -> str:
    date = "".join(f"{value:g}{unit}" for unit, value in parts if not unit.startswith("T"))
    time = "".join(f"{value:g}{unit[1:]}" for unit, value in parts if unit.startswith("T"))
    return f"P{date}{'T' + time if time else ''}"


def number(text: str) -> float | None:
    """The number that `text` writes, with 百 to 亿; None for 几 and 数."""
    if not text or any(c in text for c in "几数若多"):
        return None
    if text == "半":
        return 0.5
    if text in _JOINED:
        return _JOINED[text]
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text):
        return float(text) if "." in text else int(text)
    if not any(c in text for c in _BIG):
        return whole(text)
    return _big(text)


def _big(text: str) -> float | None:
    total = 0
    section = 0
    digits = ""
    last = 1
    for char in text:
        if char in "百千":
            value = whole(digits) if digits.strip("零〇") else 1
            if value is None:
                return None
            section, digits, last = section + value * _BIG[char], "", _BIG[char]
        elif char in "万亿":
            section += (whole(digits.lstrip("零〇")) or 0) if digits else 0
            total, section, digits, last = total + (section or 1) * _BIG[char], 0, "", _BIG[char]
        else:
            digits += char
    rest = digits.lstrip("零〇")
    if rest:
        value = whole(rest)
        if value is None:
            return None
        section += value * (last // 10 if rest == digits and len(rest) == 1 and last >= 100 else 1)
    return total + section


def amount_of(token: Token) -> Amount | None:
    """The amount of an `amount` token; None where it has no number (几天)."""
    units = time_words().tables["units"]
    if token.get("u") not in units:
        return None
    text = token.get("n")
    unit, times = units[token.get("u")]
    low = token.get("lo")
    if not low and len(text) == 2 and JOINTS.two_digits.fullmatch(text) and whole(text[0]) == (whole(text[1]) or 0) - 1:
        low, text = text[0], text[1]  # 两三天
    if text.endswith("几") and len(text) <= 2 and "十" in text:  # 十几, 二十几: between
        tens = whole(text[:-1]) or 0
        return Amount(((unit, (tens + 9) * times),), ((unit, (tens + 1) * times),))
    value = number(text)
    if value is None:
        return None
    parts = _parts(unit, (value + 0.5 if token.get("half") else value) * times)
    least = number(low) if low else None
    if least is None or parts is None:
        return Amount(parts) if parts else None
    return Amount(parts, _parts(unit, least * times))


def _parts(unit: str, value: float) -> tuple[tuple[str, float], ...] | None:
    return ((unit, value),) if value <= _MOST else None


def joined(first: Amount, second: Amount) -> Amount | None:
    """1年|3个月 as one amount; None where the second is not finer."""
    if first.low or second.low or _ORDER[first.unit] >= _ORDER[second.parts[0][0]]:
        return None
    return Amount((*first.parts, *second.parts))


def moved(moment: dt.datetime, amount: Amount, sign: int, calendar: WorkCalendar) -> dt.datetime:
    """`moment` so much later (sign 1) or earlier (-1)."""
    for unit, value in amount.parts:
        if value > _MOST:
            raise NoSuchTime
        moment = _step(moment, unit, value * sign, calendar)
    return moment


def _step(moment: dt.datetime, unit: str, value: float, calendar: WorkCalendar) -> dt.datetime:
    if unit in ("Y", "M"):
        count = value * (12 if unit == "Y" else 1)
        rest = count - int(count)  # half a month is fifteen days
        return later(months_later(moment, int(count)), dt.timedelta(days=round(rest * 30)))
    if unit == "BD":
        count = round(abs(value))
        if count > MOST_DAYS:
            raise NoSuchTime
        date = (calendar.add if value > 0 else calendar.before)(moment.date(), count)
        return dt.datetime.combine(date, moment.time())
    seconds = {"W": 604800, "D": 86400, "TH": 3600, "TM": 60, "TS": 1}[unit]
    return later(moment, dt.timedelta(seconds=seconds * value))


def point_after(moment: dt.datetime, amount: Amount, sign: int, calendar: WorkCalendar) -> Interval:
    """The stretch that lies so far away, as coarse as the amount: 三天后 is a day, 半小时前 a minute."""
    there = moved(moment, amount, sign, calendar)
    unit, value = amount.parts[-1]
    if unit == "Y" and value == int(value):
        return years(there.year, 1, Level.YEAR)
    if unit == "D" and value != int(value):
        return Interval(there, later(there, dt.timedelta(minutes=1)), Level.CLOCK)
    if unit in ("Y", "M", "D", "W", "BD"):
        return day(there)
    if unit == "TS":
        return Interval(there, later(there, dt.timedelta(seconds=1)), Level.CLOCK)
    return Interval(there, later(there, dt.timedelta(minutes=1)), Level.CLOCK)

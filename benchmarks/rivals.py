"""The rivals of the deadline benchmark, their answers brought into the neutral form.

The neutral form of a time expression is a mapping with `start, end, text, type, value, end_value, duration, freq`:
`type` is date, time, datetime, range, duration, recurring, before, after or other; `value` and `end_value` are the ISO
start and exclusive end of the interval meant; `before` has no `value`, `after` no `end_value`; `duration` and `freq`
are ISO 8601 periods, ten working days `P10BD`.

Each adapter gives its rival's best reading. Where a rival's convention differs from the neutral form without a
difference in meaning (inclusive ends, the length of a clock point), the adapter converts; where the rival means
something else, it doesn't. Every such choice is told in the docstring of the function that makes it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib.metadata
import os
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Span = dict[str, Any]

MINUTE = dt.timedelta(minutes=1)
SECOND = dt.timedelta(seconds=1)
DAY = dt.timedelta(days=1)
INSTALL = "pip install -e '.[bench]'"

_ISO_UNITS = {"year": "Y", "month": "M", "week": "W", "day": "D", "hour": "H", "minute": "M", "second": "S"}
_BEFORE = re.compile(r"(?:之前|以前|前|止|为止)$")
_AFTER = re.compile(r"(?:之后|以后|后|起|开始|以来|至今)$")
_ON_THE_HOUR = re.compile(r"[点时時點](?:钟|整|正)?(?:许|左右|前后|之前|以前|前)?$")
_NUMBER = r"[\d.〇零一二两三四五六七八九十百千半几]+个?半?"
_AMOUNT = re.compile(_NUMBER + r"(天|小时|钟头|刻钟|分钟|秒钟?)(?:之|以)?([前后])$")
_COUNTED = re.compile(_NUMBER + r"(?:天|日|周|星期|礼拜|月|年|小时|钟头|刻钟|分钟|秒钟?)(?:之|以)?[前后]")
_CLOCK_UNIT = re.compile(r"[时分秒刻钟]")
_WITH_SECONDS = re.compile(r"\d[:：]\d\d[:：]\d\d|秒")
_PART_OF_DAY = re.compile(r"(凌晨|深夜|清晨|早晨|早上|早|上午|正午|中午|下午|傍晚|晚上|晚间|夜里|夜间|晚)$")
_HOURS = {
    "凌晨": (0, 5),
    "清晨": (6, 9),
    "早晨": (6, 9),
    "深夜": (22, 24),
    "上午": (7, 12),
    "正午": (12, 14),
    "中午": (12, 14),
    "下午": (13, 18),
    "傍晚": (17, 19),
}
_MORNING, _EVENING = (6, 10), (18, 24)
_NAMED_END = re.compile(r"[至到—–~～-]+.*[日号號天\d一二三四五六七八九十]$")
_NAMED_YEAR = re.compile(r"[至到—–~～-]+.*\d年$")


@dataclass(frozen=True)
class Rival:
    """A rival: `readings` are all that it says of one expression, `find` and `parse` its bare calls."""

    name: str
    version: str
    times: Callable[[str, dt.datetime | None], list[Span]]
    readings: Callable[[str, dt.datetime], list[Span]]
    find: Callable[[str, dt.datetime], object]
    parse: Callable[[str, dt.datetime], object]


def load() -> tuple[list[Rival], list[str]]:
    """The rivals installed here, and a sentence on each that is missing."""
    rivals, missing = [], []
    for make in (_jionlp, _recognizers):
        try:
            rivals.append(make())
        except ImportError as error:
            name = "JioNLP" if make is _jionlp else "Recognizers-Text"
            missing.append(f"{name} is left out ({error}); install it with {INSTALL}")
    return rivals, missing


def span(start: int, end: int, text: str, type: str, **values: str | None) -> Span:
    """A time expression in the neutral form."""
    empty: Span = {"value": None, "end_value": None, "duration": None, "freq": None}
    return {"start": start, "end": end, "text": text, "type": type, **empty, **values}


# JioNLP


def _jionlp() -> Rival:
    with _silence():
        import jionlp

    def parse(expression: str, reference: dt.datetime) -> object:
        with contextlib.suppress(Exception):
            return jionlp.parse_time(expression, time_base=reference)
        return None

    return Rival(
        "JioNLP",
        importlib.metadata.version("jionlp"),
        jionlp_times,
        jionlp_readings,
        lambda text, reference: jionlp.ner.extract_time(text, time_base=reference),
        parse,
    )


def jionlp_times(text: str, reference: dt.datetime | None) -> list[Span]:
    """What `jio.ner.extract_time` finds, with `ret_future` left False: True moves 下周 and 本周五 a week too far.

    Without a reference the present moment is its time base, as its own default has it. A text that it can't work
    through counts as one without times.
    """
    import jionlp

    base = reference or dt.datetime.now().replace(microsecond=0)
    try:
        found = jionlp.ner.extract_time(text, time_base=base)
    except Exception:
        return []
    spans = (from_jionlp(e["text"], e["offset"][0], e["offset"][1], e["detail"], base) for e in found)
    return [one for one in spans if one]


def jionlp_readings(expression: str, reference: dt.datetime) -> list[Span]:
    """What `parse_time` says of one expression, with `ret_future` and without, and what `extract_time` finds in it."""
    import jionlp

    readings = []
    for future in (False, True):
        with contextlib.suppress(Exception):
            detail = jionlp.parse_time(expression, time_base=reference, ret_future=future)
            readings.append(from_jionlp(expression, 0, len(expression), detail, reference))
    return [one for one in readings if one] + jionlp_times(expression, reference)


def from_jionlp(text: str, start: int, end: int, detail: dict[str, Any], base: dt.datetime) -> Span | None:
    """One answer of JioNLP in the neutral form; None for an answer without a time.

    time_delta is a duration, time_period a recurring set with `delta` as its period; time_point and time_span are
    intervals (`_interval`). An amount with two bounds (3至5天) becomes `P3D/P5D`.
    """
    time, kind = detail.get("time"), detail["type"]
    if kind == "time_delta":
        amounts = time if isinstance(time, list) else [time]
        return span(start, end, text, "duration", duration="/".join(_iso_amount(amount) for amount in amounts))
    if kind == "time_period":
        assert isinstance(time, dict)
        amounts = time["delta"] if isinstance(time["delta"], list) else [time["delta"]]
        return span(start, end, text, "recurring", freq="/".join(_iso_amount(amount) for amount in amounts))
    if not isinstance(time, list) or len(time) != 2:
        return None
    return _interval(text, start, end, time[0], time[1], base)


def _interval(text: str, start: int, end: int, first: str, last: str, base: dt.datetime) -> Span:
    """An interval of JioNLP. Its ends are inclusive and written :59; the neutral form's are exclusive.

    - `-inf` makes a `before`, `inf` an `after`. It also writes 本周五前 as (time base, Friday), and 9月1日起 as
      (1 September, time base): the word at the end of the expression tells that this is a `before` or an `after`.
    - Where an interval stops at a clock time (17:00前, 8:30-17:30), the :59 isn't meant: it ends at that clock time.
    - A point on the clock lasts as long as its finest unit (下午4点: 16:00:00 to 16:59:59).
    - Stretches of days begin or end at the time base there: 三天内 at its clock time, 未来三天 and 近三天 at the same
      clock time days away, 近三年 with today. In the neutral form 三天内 begins with today, 未来三天 tomorrow, and
      近三天 and 近三年 end with yesterday.
    - An amount from now (三天后, 两小时前) is the day or minute at its end, though JioNLP leaves the far side open
      after 之后 and 以前, and makes 两小时前 the hour that ends then.
    - A part of the day has the neutral form's hours: see `hours_of_part`.
    """
    try:
        stop = None if last == "inf" else _jionlp_moment(last)
        begin = None if first == "-inf" else _jionlp_moment(first)
    except ValueError:  # before Christ
        return span(start, end, text, "other")
    if begin == base and stop is not None and _BEFORE.search(text):
        begin = None
    elif stop == base and begin is not None and _AFTER.search(text):
        stop = None
    amount = _AMOUNT.search(text)
    if amount:
        begin, stop = _moment_of_amount(amount, begin, stop)
        return span(start, end, text, _type_of(begin, stop), value=iso(begin), end_value=iso(stop))
    if stop is not None and begin is None:
        return span(start, end, text, "before", end_value=iso(_stop_of_stretch(stop, text)))
    if begin is not None and stop is None:
        return span(start, end, text, "after", value=iso(begin))
    if begin is None or stop is None:
        return span(start, end, text, "other")
    if _is_clock_point(begin, stop, text):
        stop = begin + clock_length(text)
    else:
        begin, stop = _whole_days(text, begin, stop, base)
        begin, stop = hours_of_part(text, begin, _stop_of_stretch(stop, text))
    return span(start, end, text, _type_of(begin, stop), value=iso(begin), end_value=iso(stop))


def _is_clock_point(begin: dt.datetime, stop: dt.datetime, text: str) -> bool:
    length = stop + SECOND - begin
    return length in (SECOND, MINUTE) or (length == dt.timedelta(hours=1) and bool(_ON_THE_HOUR.search(text)))


def _moment_of_amount(
    amount: re.Match[str], begin: dt.datetime | None, stop: dt.datetime | None
) -> tuple[dt.datetime, dt.datetime]:
    """The interval of an amount from now: of days the day, of shorter units the minute."""
    unit, side = amount.groups()
    edge = (begin or stop) if side == "后" else (stop or begin)
    assert edge is not None
    if unit == "天":
        day = edge.replace(hour=0, minute=0, second=0)
        return day, day + DAY
    return edge, edge + (SECOND if unit.startswith("秒") else MINUTE)


def _whole_days(text: str, begin: dt.datetime, stop: dt.datetime, base: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """A stretch of days to or from the time base in whole days: see `_interval`."""
    if _CLOCK_UNIT.search(text):
        return begin, stop
    midnight = base.replace(hour=0, minute=0, second=0)
    if begin == base:
        if stop.time() == base.time():
            return midnight + DAY, stop - base + midnight + DAY
        return midnight, stop
    if stop == base and begin.time() == base.time():
        return begin - base + midnight, midnight
    if stop == base and begin.time() == dt.time() and re.search(r"近|过去", text):
        return begin - DAY, midnight
    return begin, stop


def _jionlp_moment(text: str) -> dt.datetime:
    """Its moments don't fill up years: 618-01-01 00:00:00."""
    return dt.datetime.fromisoformat(text.rjust(19, "0"))


def _stop_of_stretch(stop: dt.datetime, text: str) -> dt.datetime:
    """The exclusive end of a stretch that JioNLP ends inclusively; an end at a clock time is that clock time."""
    if (stop.minute, stop.second) == (59, 59):
        if stop.hour != 23 and _ON_THE_HOUR.search(text):
            return stop.replace(minute=0, second=0)
        return stop + SECOND
    return stop.replace(second=0) if stop.second == 59 else stop


def _iso_amount(amount: dict[str, float]) -> str:
    """{'day': 7} → P7D, {'hour': 1.5} → PT1.5H, {'workday': 5} → P5BD."""
    days, hours = "", ""
    for unit, number in amount.items():
        if unit == "workday":
            days += f"{number:g}BD"
        elif unit in ("hour", "minute", "second"):
            hours += f"{number:g}{_ISO_UNITS[unit]}"
        elif unit in _ISO_UNITS:
            days += f"{number:g}{_ISO_UNITS[unit]}"
    return f"P{days}" + (f"T{hours}" if hours else "")


# Recognizers-Text


def _recognizers() -> Rival:
    with _silence():
        from recognizers_date_time import recognize_datetime
        from recognizers_text import Culture

    def ask(text: str, reference: dt.datetime) -> object:
        with contextlib.suppress(Exception):
            return recognize_datetime(text, Culture.Chinese, reference=reference)
        return None

    version = importlib.metadata.version("recognizers-text-date-time")
    return Rival("Recognizers", version, recognizers_times, recognizers_readings, ask, ask)


def recognizers_times(text: str, reference: dt.datetime | None) -> list[Span]:
    """What `recognize_datetime` finds, one reading for each expression: see `pick`."""
    base = reference or dt.datetime.now().replace(microsecond=0)
    spans = (pick(readings, base) for readings in _recognized(text, base))
    return [one for one in spans if one]


def recognizers_readings(expression: str, reference: dt.datetime) -> list[Span]:
    """All readings of all that it finds in one expression."""
    return [one for readings in _recognized(expression, reference) for one in readings]


def pick(readings: list[Span], base: dt.datetime) -> Span | None:
    """One of the readings of an expression, on the side that the neutral form wants.

    The library lists what lies behind the reference first, then what lies ahead, and leaves the choice to the caller.
    - A date without a year (10月1日, 9月) is taken in the year of the reference, one without a month in its month.
    - Else the first reading that isn't past is taken, or the last if all are; a stretch that still runs isn't past.
      What the timex tells in full is believed.
    - Of a clock time with two readings (9点 is 9 and 21) the face value is taken even when it is past.
    """
    if not readings:
        return None
    readings = [one for one in readings if not any(_half_a_day_later(one, other) for other in readings)]
    if {r["value"] for r in readings} == {None}:
        return readings[0]
    told = re.match(r"\(?(?:(XXXX)-(XX)-\d|(XXXX)-\d|(\d{4}(?:-\d\d){0,2}))", readings[0]["timex"])
    if told:
        wanted = told.group(4) or iso(base)[: 7 if told.group(2) else 4]
        return next((r for r in readings if (r["value"] or "").startswith(wanted)), readings[-1])
    for one in readings:
        stop = one["end_value"] or one["value"]
        if stop is None or dt.datetime.fromisoformat(stop) > base.replace(hour=0, minute=0, second=0):
            return one
    return readings[-1]


def _half_a_day_later(one: Span, other: Span) -> bool:
    if not (one["value"] and other["value"]):
        return False
    return dt.datetime.fromisoformat(one["value"]) - dt.datetime.fromisoformat(other["value"]) == DAY / 2


def _recognized(text: str, base: dt.datetime) -> Iterator[list[Span]]:
    """The readings of each expression. `end` of the library is inclusive."""
    from recognizers_date_time import recognize_datetime
    from recognizers_text import Culture

    try:
        found = recognize_datetime(text, Culture.Chinese, reference=base)
    except Exception:
        return
    for one in found:
        readings = []
        for value in (one.resolution or {}).get("values") or []:
            with contextlib.suppress(ValueError):
                made = from_recognizers(text[one.start : one.end + 1], one.start, one.end + 1, value, base)
                readings.append({**made, "timex": value.get("timex") or ""})
        if readings:
            yield readings


def from_recognizers(text: str, start: int, end: int, value: dict[str, str], base: dt.datetime) -> Span:
    """One value of a resolution in the neutral form.

    - A date is its whole day, a clock time its minute on the day of the reference; where the expression
      found takes in 前 or 后 (17:00前), it is a `before` or `after`, though the resolution doesn't say so.
    - A duration's and a set's timex become `duration` and `freq`; of a set that names the point in its period
      (XXXX-WXX-5T16) the freest part tells the period.
    - The library's ranges end exclusively, except those between two named days or years (8月25日至9月10日,
      2018到2020年), which it ends where the last begins: that day or year belongs to the range. 今年, which it ends
      with the reference while its timex is the year, is the whole year. A range with one end is a `before` or `after`.
    - A part of the day has the neutral form's hours: see `hours_of_part`.
    """
    kind, timex = value["type"], value.get("timex", "")
    if kind == "duration":
        return span(start, end, text, "duration", duration=timex.replace("WE", "W"))
    if kind == "set":
        return span(start, end, text, "recurring", freq=period_of_timex(timex))
    if "start" in value or "end" in value:
        begin = _moment(value["start"], base) if "start" in value else None
        stop = _moment(value["end"], base) if "end" in value else None
        if begin is None or stop is None:
            type = "before" if begin is None else "after"
            return span(start, end, text, type, value=iso(begin), end_value=iso(stop))
        if kind == "daterange" and timex.startswith("(") and _NAMED_END.search(text):
            stop += DAY
        elif kind == "daterange" and timex.startswith("(") and _NAMED_YEAR.search(text):
            stop = stop.replace(year=stop.year + 1)
        elif timex == f"{begin.year:04}":
            stop = begin.replace(year=begin.year + 1)
        if stop <= begin and kind == "timerange":
            stop += DAY
        begin, stop = hours_of_part(text, begin, stop)
        return span(start, end, text, _type_of(begin, stop), value=iso(begin), end_value=iso(stop))
    if value.get("value", "not resolved") == "not resolved":
        return span(start, end, text, "other")
    begin = _moment(value["value"], base)
    stop = begin + (DAY if kind == "date" else clock_length(text))
    if not _COUNTED.fullmatch(text):
        if _BEFORE.search(text):
            return span(start, end, text, "before", end_value=iso(stop if kind == "date" else begin))
        if _AFTER.search(text):
            return span(start, end, text, "after", value=iso(begin))
    return span(start, end, text, "time" if kind == "time" else kind, value=iso(begin), end_value=iso(stop))


def period_of_timex(timex: str) -> str | None:
    """P1M as it is; XXXX-WXX-5 → P1W, XXXX-XX-05 → P1M, XXXX-09-10 → P1Y, T09 → P1D."""
    if timex.startswith("P"):
        return timex
    if timex.startswith("XXXX-WXX"):
        return "P1W"
    if timex.startswith("XXXX-XX"):
        return "P1M"
    if timex.startswith("XXXX"):
        return "P1Y"
    return "P1D" if timex.startswith("T") else None


def _moment(text: str, base: dt.datetime) -> dt.datetime:
    """An ISO date, date-time or clock time; the latter is on the day of the reference."""
    if re.fullmatch(r"\d\d:\d\d(:\d\d)?", text):
        return dt.datetime.combine(base.date(), dt.time.fromisoformat(text))
    return dt.datetime.fromisoformat(text)


# both


def iso(moment: dt.datetime | None) -> Any:
    """The neutral form's way to write a moment."""
    return moment.isoformat(timespec="seconds") if moment else None


def clock_length(text: str) -> dt.timedelta:
    """How long a point on the clock lasts in the neutral form: as long as the finest unit it names."""
    if _WITH_SECONDS.search(text):
        return SECOND
    return dt.timedelta(hours=1) if _ON_THE_HOUR.search(text) else MINUTE


def hours_of_part(text: str, begin: dt.datetime, stop: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """The neutral form's hours of a part of the day (下午 is 13 to 18): where 下午 begins and ends is a convention.

    They take the place of a rival's own where it has understood a part of one day, that is, where its stretch is
    shorter than the day and has hours in common with the neutral form's.
    """
    part = _PART_OF_DAY.search(text)
    if not part or stop - begin >= DAY:
        return begin, stop
    name = part.group(1)
    first, last = _HOURS.get(name) or (_MORNING if name[0] in "清早" else _EVENING)
    midnight = begin.replace(hour=0, minute=0, second=0)
    hours = midnight + dt.timedelta(hours=first), midnight + dt.timedelta(hours=last)
    return hours if begin < hours[1] and hours[0] < stop else (begin, stop)


def _type_of(begin: dt.datetime, stop: dt.datetime) -> str:
    if begin.time() == dt.time() and stop - begin == DAY:
        return "date"
    return "datetime" if stop - begin <= MINUTE else "range"


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Nothing reaches the terminal: JioNLP prints a banner when imported, the recognizers' patterns raise warnings."""
    warnings.filterwarnings("ignore", module=r"recognizers|jionlp")
    with contextlib.ExitStack() as stack:
        hole = stack.enter_context(Path(os.devnull).open("w"))
        stack.enter_context(contextlib.redirect_stdout(hole))
        stack.enter_context(contextlib.redirect_stderr(hole))
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        yield

"""How answers of time extraction are scored: spans and values of texts, and the due days of single expressions."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Span = Mapping[str, Any]

_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)(BD|[YMWDHS])")
_IN_MONTHS = {"Y": 12.0, "M": 1.0}
_IN_SECONDS = {"W": 604800.0, "D": 86400.0, "H": 3600.0, "M": 60.0, "S": 1.0}


@dataclass
class Score:
    """Counts of one system on some texts."""

    gold: int = 0
    found: int = 0
    met: int = 0
    right: int = 0

    def add(self, other: Score) -> None:
        """Take in another's counts."""
        self.gold += other.gold
        self.found += other.found
        self.met += other.met
        self.right += other.right

    @property
    def f1(self) -> float:
        """Of spans: 2 × met / (gold + found); 1 where there are none and none were found."""
        return 2 * self.met / (self.gold + self.found) if self.gold + self.found else 1.0

    @property
    def value(self) -> float:
        """The share of the gold spans that were met with the right value."""
        return self.right / self.gold if self.gold else 1.0


def score(gold: Sequence[Span], found: Sequence[Span]) -> Score:
    """The counts of one text."""
    pairs = paired(gold, found)
    right = sum(same_value(gold[g], found[f]) for g, f in pairs)
    return Score(len(gold), len(found), len(pairs), right)


def paired(gold: Sequence[Span], found: Sequence[Span]) -> list[tuple[int, int]]:
    """Which found span meets which gold span: the best overlaps first, each span once, none below a half."""
    overlaps = [(overlap(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)]
    pairs, used_gold, used_found = [], set(), set()
    for share, i, j in sorted(overlaps, key=lambda o: (-o[0], o[1], o[2])):
        if share >= 0.5 and i not in used_gold and j not in used_found:
            pairs.append((i, j))
            used_gold.add(i)
            used_found.add(j)
    return pairs


def overlap(one: Span, other: Span) -> float:
    """Characters of both by characters of either."""
    both = min(one["end"], other["end"]) - max(one["start"], other["start"])
    either = max(one["end"], other["end"]) - min(one["start"], other["start"])
    return max(0, both) / either if either else 0.0


def same_value(gold: Span, found: Span) -> bool:
    """Whether the value is right: a recurring set's period, a duration's length, else both ends of the interval.

    A gold span that has an interval and a length is met by either. Where nothing tells the day, only the gold's clock
    time (T09:30:00) is compared, on whatever day the answer puts it.
    """
    if gold["type"] == "recurring":
        return same_period(gold.get("freq"), found.get("freq"))
    if gold["type"] == "duration":
        return same_period(gold.get("duration"), found.get("duration"))
    if (gold.get("value") or gold.get("end_value") or "").startswith("T"):
        return all(_clock(gold.get(key)) == _clock(found.get(key)) for key in ("value", "end_value"))
    ends = [(moment(span.get("value")), moment(span.get("end_value"))) for span in (gold, found)]
    if ends[0] == (None, None):
        for key in ("duration", "freq"):
            if gold.get(key):
                return same_period(gold[key], found.get(key))
        return ends[1] == (None, None)
    return ends[0] == ends[1] or (bool(gold.get("duration")) and same_period(gold["duration"], found.get("duration")))


def moment(value: str | dt.date | None) -> dt.datetime | None:
    """An ISO date or date-time as a moment; a date is its first moment."""
    if not value:
        return None
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time())
    if value.startswith("T"):
        return dt.datetime.combine(dt.date.min, dt.time.fromisoformat(value))
    return dt.datetime.fromisoformat(value).replace(tzinfo=None)


def _clock(value: str | None) -> str | None:
    return value.rpartition("T")[2] if value else None


def same_period(one: str | None, other: str | None) -> bool:
    """Whether two ISO 8601 periods have the same length: P1W is P7D, P0.5Y is P6M, P0.5M is P15D."""
    if not one or not other:
        return not one and not other
    if one == other:
        return True
    mine, theirs = ([length(part) for part in period.split("/")] for period in (one, other))
    return mine == theirs and None not in mine


def length(period: str) -> tuple[float, float, float] | None:
    """A period in months, seconds and working days."""
    if not period.startswith("P"):
        return None
    months, seconds, working = 0.0, 0.0, 0.0
    days, _, clock = period[1:].partition("T")
    for part, is_clock in ((days, False), (clock, True)):
        for number, unit in _AMOUNT.findall(part):
            if unit == "BD":
                working += float(number)
            elif unit in _IN_MONTHS and not is_clock:
                months += float(number) * _IN_MONTHS[unit]
            else:
                seconds += float(number) * _IN_SECONDS[unit]
    whole = float(int(months))
    return whole, seconds + (months - whole) * 30 * _IN_SECONDS["D"], working


# single expressions


def rival_right(case: Mapping[str, Any], readings: Sequence[Span], date: dt.date) -> bool:
    """Whether any of a rival's readings of a deadline expression is right, generously.

    due     the interval begins on the due day, or ends on it, its end taken as inclusive or as exclusive
    period  the recurring set has the right period, whichever day in it
    offset  the duration is right, or the interval that begins with the date of the paper has that length
    else    (immediate, vague) no reading gives a time
    """
    wanted = {str(day)[:10] for day in _several(case.get("due"))}
    if not (wanted or case.get("period") or case.get("offset")):
        return not any(span.get("value") or span.get("end_value") or span.get("freq") for span in readings)
    for span in readings:
        begin, stop = moment(span.get("value")), moment(span.get("end_value"))
        if wanted & {str(day) for day in _days(begin, stop)}:
            return True
        if case.get("period") and same_period(case["period"], span.get("freq")):
            return True
        if case.get("offset"):
            period = period_of_offset(case["offset"])
            if same_period(period, span.get("duration")) or _counted_from(date, period, begin, stop):
                return True
    return False


def _days(begin: dt.datetime | None, stop: dt.datetime | None) -> set[dt.date]:
    days = set()
    if begin:
        days.add(begin.date())
    if stop:
        days |= {stop.date(), (stop - dt.timedelta(seconds=1)).date()}
    return days


def _counted_from(date: dt.date, period: str, begin: dt.datetime | None, stop: dt.datetime | None) -> bool:
    """Whether an interval from the paper's date has the length of a period; working days are let pass unchecked."""
    if stop is None or (begin is not None and begin.date() != date):
        return False
    months, seconds, working = length(period) or (0.0, 0.0, 0.0)
    last = (stop - dt.timedelta(seconds=1)).date()
    if working:
        return last > date
    if months:
        return (last.year - date.year) * 12 + last.month - date.month == months
    due = dt.datetime.combine(date, dt.time()) + dt.timedelta(seconds=seconds)
    return abs((dt.datetime.combine(last, dt.time()) - due).days) <= 1


def period_of_offset(offset: str) -> str:
    """`5 day` → P5D, `24 hour` → PT24H, `10 workday` → P10BD, `1 quarter` → P3M."""
    number, unit = offset.split()
    if unit == "quarter":
        return f"P{int(number) * 3}M"
    if unit == "workday":
        return f"P{number}BD"
    return f"P{'T' if unit in ('hour', 'minute') else ''}{number}{unit[0].upper()}"


def docmine_right(case: Mapping[str, Any], deadline: Any, *, exact: bool) -> bool:
    """Whether docmine's reading is right; `exact` asks for kind, clock time, begin, offset and recurrence too.

    Not exact, it is the comparison that rivals get.
    """
    if deadline is None:
        return not exact and not (case.get("due") or case.get("period") or case.get("offset"))
    due, offset, rule = (_text(getattr(deadline, key, None)) for key in ("due", "offset", "recurrence"))
    wanted = [_text(day) for day in _several(case.get("due"))]
    if not exact:
        if not (wanted or case.get("period") or case.get("offset")):
            return due is None and rule is None
        return (
            (due is not None and due[:10] in {day[:10] for day in wanted if day})
            or (bool(case.get("period")) and same_period(case["period"], period_of_rule(rule)))
            or (bool(case.get("offset")) and case["offset"] == offset)
        )
    return (
        getattr(deadline, "kind", None) in _several(case["kind"])
        and (due in wanted if wanted else due is None or "offset" in case)
        and ("begin" not in case or _text(getattr(deadline, "begin", None)) == _text(case["begin"]))
        and ("offset" not in case or offset == case["offset"])
        and ("period" not in case or same_period(case["period"], period_of_rule(rule)))
        and ("recurrence" not in case or rule == case["recurrence"])
    )


def period_of_rule(rule: str | None) -> str | None:
    """The period of an RRULE: `FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1` → P3M; several months of a year are P1Y."""
    if not rule:
        return None
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    units = {"YEARLY": "P{}Y", "MONTHLY": "P{}M", "WEEKLY": "P{}W", "DAILY": "P{}D", "HOURLY": "PT{}H"}
    form = units.get(parts.get("FREQ", ""))
    return form.format(parts.get("INTERVAL", "1")) if form else None


def _several(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _text(value: Any) -> str | None:
    """A day or moment as docmine writes it, an offset as `5 workday`."""
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return f"{value['value']:g} {value['unit']}"
    if hasattr(value, "unit"):
        return f"{value.value:g} {value.unit}"
    return str(value)

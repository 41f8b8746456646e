"""Productions of what repeats: `recurring` expressions with their RFC 5545 rule."""

from __future__ import annotations

import re

from docmine.mining.extract.times.finding import Caught, Hit, Scan, bound_of
from docmine.mining.extract.times.numbers import whole
from docmine.mining.extract.times.points import clock_time
from docmine.mining.extract.times.vocabulary import vocabulary
from docmine.rulebook.timerules import NUMERAL
from docmine.schema.findings import TimeExpression
from docmine.schema.spans import Span

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORKWEEK = "MO,TU,WE,TH,FR"
_NUMBER = re.compile(f"[0-9]+|[{NUMERAL}]+")


def each_week(scan: Scan, hit: Hit) -> TimeExpression | None:
    """每周五, 每两周, 每周一、三、五."""
    caught = hit.caught
    days = "SU" if "weekend" in caught else _weekdays(caught)
    rule = ["FREQ=WEEKLY", *_interval(caught)]
    return _repeats(hit, rule + ([f"BYDAY={days}"] if days else []))


def _weekdays(caught: Caught) -> str:
    if "wds" not in caught:
        return ""
    number = vocabulary().weekdays
    days = [number[c] for c in caught["wds"] if c in number]
    if "wde" in caught:
        days = list(range(days[0], number[caught["wde"]] + 1)) or days
    return ",".join(_DAYS[d] for d in sorted(set(days)))


def each_month(scan: Scan, hit: Hit) -> TimeExpression | None:
    """每月25日前, 每月底, 逢双月10日, 每月第一个工作日."""
    caught = hit.caught
    rule = ["FREQ=MONTHLY", *(["INTERVAL=2"] if "parity" in caught else _interval(caught))]
    return _repeats(hit, rule + _in_month(caught))


def _in_month(caught: Caught) -> list[str]:
    place = "-1" if "last" in caught or "lastweek" in caught else str(whole(caught.get("nth")) or "")
    if "nwd" in caught:
        return [f"BYDAY={place}{_DAYS[vocabulary().weekdays[caught['nwd']]]}"]
    if "nweek" in caught:
        return [f"BYMONTHDAY={min(28, 7 * (whole(caught['nweek']) or 1))}"]
    if "lastweek" in caught:
        return ["BYMONTHDAY=-1"]
    if place:
        return [f"BYDAY={_WORKWEEK}", f"BYSETPOS={place}"]
    days = _month_days(caught)
    return [f"BYMONTHDAY={days}"] if days else []


def _month_days(caught: Caught) -> str:
    if "lastday" in caught:
        return "-1"
    if "days" in caught:
        days = [str(whole(number)) for number in _NUMBER.findall(caught["days"])]
        return days[-1] if vocabulary().range.search(caught["days"]) else ",".join(days)  # 1至5日: by the last of them
    part, values = caught.get("part", ""), vocabulary().month_days
    return values[part if part in values else part[1:]] if part else ""  # 月底 as 底


def each_quarter(scan: Scan, hit: Hit) -> TimeExpression | None:
    """每季度, 每季度末, 每季度首月10日前."""
    months = 3 * (whole(hit.caught.get("n")) or 1)
    days = _month_days(hit.caught)
    return _repeats(hit, ["FREQ=MONTHLY", f"INTERVAL={months}", *([f"BYMONTHDAY={days}"] if days else [])])


def each_year(scan: Scan, hit: Hit) -> TimeExpression | None:
    """每年6月底前, 每半年, 每年3月和9月."""
    caught = hit.caught
    if "halfyear" in caught:
        return _repeats(hit, ["FREQ=MONTHLY", "INTERVAL=6"])
    return _repeats(hit, ["FREQ=YEARLY", *_interval(caught), *_in_year(caught)])


def _in_year(caught: Caught) -> list[str]:
    if "months" in caught:
        months = ",".join(str(whole(n)) for n in _NUMBER.findall(caught["months"]))
        days = _month_days(caught) or ("-1" if caught.get("post") else "")
        return [f"BYMONTH={months}", *([f"BYMONTHDAY={days}"] if days else [])]
    if "yearend" in caught:
        return ["BYMONTH=12", "BYMONTHDAY=-1"]
    if "yearstart" in caught:
        return ["BYMONTH=1"]
    if "half" in caught:
        return [f"BYMONTH={vocabulary().halves[caught['half'][0]][1]}", "BYMONTHDAY=-1"]
    if "quarter" in caught:
        number = next(n for c in caught["quarter"] if (n := whole(c)))
        return [f"BYMONTH={3 * number}", "BYMONTHDAY=-1"]
    return []


def each_day(scan: Scan, hit: Hit) -> TimeExpression | None:
    """每天, 每日下班前, 每个工作日, 每10天, 每旬, 每小时."""
    caught = hit.caught
    if "workday" in caught:
        return _repeats(hit, ["FREQ=WEEKLY", f"BYDAY={_WORKWEEK}"])
    if "half" in caught or "ten" in caught:
        return _repeats(hit, [vocabulary().each[caught.get("half") or caught["ten"]]])
    if "odd" in caught:
        return _repeats(hit, ["FREQ=DAILY", "INTERVAL=2"])
    if "hour" in caught:
        small = caught.get("n") == vocabulary().half
        return _repeats(hit, ["FREQ=MINUTELY", "INTERVAL=30"] if small else ["FREQ=HOURLY", *_interval(caught)])
    return _repeats(hit, ["FREQ=DAILY", *_interval(caught)])


def each_by(scan: Scan, hit: Hit) -> TimeExpression | None:
    """按月报送, 一周一调度."""
    unit, each = hit.caught["unit"], vocabulary().each
    return _repeats(hit, [each[unit if unit in each else unit[1:]]])  # 一周 as 周


def _interval(caught: Caught) -> list[str]:
    """每两周 is every second week; 每隔一周 leaves one out."""
    number = caught.get("n")
    count = (2 if number == vocabulary().every_other else whole(number)) or 1
    count += "skip" in caught
    return [f"INTERVAL={count}"] if count > 1 else []


def _repeats(hit: Hit, parts: list[str]) -> TimeExpression | None:
    caught = hit.caught
    if "off" in caught and "post" not in caught:
        return None
    return TimeExpression(
        Span(hit.start, hit.end),
        "recurring",
        hit.rule,
        recurrence=";".join(parts),
        bound=bound_of(caught.get("post")) or "at",
        clock=clock_time(caught),
    )

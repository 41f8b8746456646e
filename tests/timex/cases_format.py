"""Development cases for Chinese time expressions: what the files in `cases/` mean, and a loader that checks them.

A file holds one case a line:

    {"id", "text", "reference", "spans": [{"start", "end", "text", "type", "value", "end_value", "duration", "freq"}]}

Offsets count code points. `reference` is the local moment at which the text was said ("2021-09-14T10:30:00", a
Tuesday), or null where nothing depends on it. A field that doesn't apply is null.

Spans
    The whole expression with its modifiers (前, 以后, 左右, 许, 约, 从…起, 自…起, 到…为止, 截至…), without a leading 在 or
    于 and without a closing 的. Expressions that name one moment or stretch together are one span (9月15日（周三）下午两点,
    早上8点到下午5点); an enumeration of several moments is several spans.

Values
    `value` and `end_value` are the ISO local start and the *exclusive* end of the interval meant. A clock time lasts as long
    as the finest unit it names: 9点 an hour, 9点半 and 9:00 a minute, 9:00:05 a second. A range between clock times ends at the second time
    (9点到11点半 ends at T11:30:00), a range between days after the last one. Without a reference a bare clock time has
    the form "T09:30:00".

Types
    date       one unit of the calendar, a day or larger: day, week, weekend, third of a month, month, quarter, half,
               year, decade; also a festival
    time       a clock time or a part of the day without a date (on the day of the reference)
    datetime   either of them with a date; half an hour ago, in two hours
    range      two ends, a count of units, or a stretch that isn't one unit (三天内, 前三季度, 国庆假期)
    duration   a length, in `duration` as ISO 8601 (P3D, PT30M, P1Y3M, P1W); working days are BD (P10BD); a length
               between two is "P5D/P7D". The units are those of the text (90分钟 is PT90M), halves are decimals (半年 P0.5Y, 3个半小时
               PT3.5H). No values.
    recurring  a set, its period in `freq` (每周五 P1W, 每两个小时 PT2H, 每季度 P3M). No values.
    before     a limit: `value` is null and `end_value` the limit
    after      `value` is the start and `end_value` null
    other      an expression of time that has no value of its own (目前, 近期)

Choices
    A week is Monday to Sunday, 周末 Saturday 00:00 to Monday 00:00. A date without a year takes the year of the
    reference, a day without a month its month, a clock time without a date its day. A bare weekday is that of the
    reference's week; the next one if it is past and the sentence asks or plans (提醒, 请, 将), the last one if it is to come
    and the sentence reports (已, 了, 刚). 下周五 is the Friday of the
    next week. 三天前 is that whole day, 半小时后 that minute. 三天内 runs from the start of the reference day to the end of
    the third day after it, 未来三天 and 接下来三天 are the three days after the reference day; counted in hours or
    minutes they run from the reference itself. Parts of the day: 凌晨 00–05, 早上 06–10, 早晨 and
    清晨 06–09, 上午 07–12, 中午 12–14, 下午 13–18, 傍晚 17–19, 晚上 18–24. 年初 and 年底 are two months, 月初 five days, 月中 the
    10th to the 20th, 月底 from the 25th on; a season lasts from its solar term (立春) to the next one's. 9月30日前 ends with
    that day and 10月1日以后 begins with it (以前 and 以后 include the day named, Civil Code art. 1259 by analogy); 17:00前 ends
    at 17:00. 现在 lasts a second. 三个月后 is a day, 三年后 a year. 每隔三天 is every three days, 隔天 every other day.

Cases of which people may fairly think otherwise are in ambiguous.jsonl and have ids that begin with "amb-": the value
is one reading. In false_friends.jsonl nothing is an expression of time.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CASES = Path(__file__).parent / "cases"
TYPES = ("date", "time", "datetime", "range", "duration", "recurring", "before", "after", "other")

_CASE_FIELDS = ("id", "text", "reference", "spans")
_SPAN_FIELDS = ("start", "end", "text", "type", "value", "end_value", "duration", "freq")
_MOMENT = re.compile(r"(?:\d{4}-\d\d-\d\d)?T\d\d:\d\d:\d\d")
_LENGTH = re.compile(
    r"P(?:\d+BD|(?=\d|T\d)(?:N+Y)?(?:N+M)?(?:N+W)?(?:N+D)?(?:T(?=\d)(?:N+H)?(?:N+M)?(?:N+S)?)?)".replace(
        "N+", r"[\d.]+"
    )
)
_HAS_BOTH, _HAS_NONE = (True, True), (False, False)
_HAS_VALUES = {
    "date": (_HAS_BOTH,),
    "time": (_HAS_BOTH,),
    "datetime": (_HAS_BOTH,),
    "range": (_HAS_BOTH, _HAS_NONE),  # 未来几天 has no value
    "before": ((False, True),),
    "after": ((True, False),),
    "duration": (_HAS_NONE,),
    "recurring": (_HAS_NONE,),
    "other": (_HAS_NONE,),
}


@dataclass(frozen=True)
class Expected:
    """One expression of a case and what it says."""

    start: int
    end: int
    text: str
    type: str
    value: str | None = None
    end_value: str | None = None
    duration: str | None = None
    freq: str | None = None


@dataclass(frozen=True)
class Case:
    """A text, the moment it was said, and the expressions of time in it."""

    id: str
    text: str
    reference: str | None
    spans: tuple[Expected, ...]


def names() -> list[str]:
    """The names of the files, without their extension."""
    return sorted(path.stem for path in CASES.glob("*.jsonl"))


def lines(name: str, folder: str = CASES.name) -> list[dict[str, Any]]:
    """The lines of a file as they are."""
    text = (CASES.parent / folder / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def load_cases(name: str, folder: str = CASES.name) -> list[Case]:
    """The cases of a file; `ValueError` if one of them isn't well-formed."""
    cases = []
    for number, line in enumerate(lines(name, folder), 1):
        found = complaints(line)
        if found:
            raise ValueError(f"{name}.jsonl:{number}: {'; '.join(found)}")
        spans = tuple(Expected(**span) for span in line["spans"])
        cases.append(Case(line["id"], line["text"], line["reference"], spans))
    return cases


def complaints(line: dict[str, Any]) -> list[str]:
    """What is wrong with a line, nothing if it's well-formed."""
    if tuple(line) != _CASE_FIELDS:
        return [f"has the fields {', '.join(line)}"]
    if not re.fullmatch(r"[a-z]+-\d{3}", line["id"]) or not line["text"]:
        return ["has no id or no text"]
    found = []
    if line["reference"] is not None and not _is_moment(line["reference"], dated=True):
        found.append(f"reference {line['reference']}")
    end = 0
    for span in line["spans"]:
        if tuple(span) != _SPAN_FIELDS:
            return [f"has a span with the fields {', '.join(span)}"]
        if not end <= span["start"] < span["end"] <= len(line["text"]):
            found.append(f"{span['text']}: from {span['start']} to {span['end']}")
        end = span["end"]
        found += [f"{span['text']}: {wrong}" for wrong in _span_complaints(span, line)]
    return found


def _span_complaints(span: dict[str, Any], line: dict[str, Any]) -> list[str]:
    """What is wrong with a span of a line."""
    kind, value, end_value = span["type"], span["value"], span["end_value"]
    if kind not in TYPES:
        return [f"is a {kind}"]
    found = []
    if line["text"][span["start"] : span["end"]] != span["text"] or span["text"] != span["text"].strip():
        found.append("isn't what is there")
    if (value is not None, end_value is not None) not in _HAS_VALUES[kind]:
        found.append(f"{kind} from {value} to {end_value}")
    dated = line["reference"] is not None or kind not in ("time", "before", "after", "range")
    moments = [moment for moment in (value, end_value) if moment is not None]
    found += [f"at {moment}" for moment in moments if not _is_moment(moment, dated=dated)]
    if len(moments) == 2 and end_value != "T00:00:00" and value >= end_value:
        found.append(f"ends at {end_value}, before {value}")
    if (span["freq"] is not None) != (kind == "recurring") or not _is_length(span["freq"]):
        found.append(f"every {span['freq']}")
    vague = line["id"].startswith("amb-")
    if (span["duration"] is not None) != (kind == "duration") and not (vague and kind == "duration"):
        found.append(f"{kind} of {span['duration']}")
    ends = [None] if span["duration"] is None else span["duration"].split("/")
    if len(ends) > 2 or not all(_is_length(length) for length in ends):
        found.append(f"lasts {span['duration']}")
    return found


def _is_moment(text: str, *, dated: bool) -> bool:
    """Whether this is an ISO moment to the second; if it needn't be dated, it may be a bare clock time."""
    if not _MOMENT.fullmatch(text) or (dated and text.startswith("T")):
        return False
    try:
        dt.time.fromisoformat(text[1:]) if text.startswith("T") else dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_length(text: str | None) -> bool:
    """Whether this is nothing or a length of time."""
    return text is None or bool(_LENGTH.fullmatch(text))

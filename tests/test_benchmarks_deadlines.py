"""The deadline benchmark scores what it should, and its adapters bring the rivals' answers into the neutral form."""

from __future__ import annotations

import datetime as dt
import importlib.util
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
REFERENCE = dt.datetime(2021, 9, 14, 10, 30)

if not BENCHMARKS.is_dir():
    pytest.skip("the benchmarks are only in the repository", allow_module_level=True)


def load(name: str) -> ModuleType:
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
        assert spec and spec.loader
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


scores, rivals = load("time_scores"), load("rivals")
deadlines = load("deadlines")


def day(start: int, end: int, value: str, end_value: str | None = None) -> dict[str, Any]:
    after = dt.date.fromisoformat(value) + dt.timedelta(days=1)
    stop = end_value or after.isoformat()
    return rivals.span(start, end, "", "date", value=f"{value}T00:00:00", end_value=f"{stop}T00:00:00")


def test_spans_meet_from_half_an_overlap_and_once():
    gold = [day(0, 4, "2021-09-30"), day(10, 12, "2021-10-01")]
    found = [day(0, 2, "2021-09-30"), day(2, 4, "2021-09-30"), day(13, 15, "2021-10-01")]
    assert scores.paired(gold, found) == [(0, 0)]
    one = scores.score(gold, found)
    assert (one.gold, one.found, one.met, one.right) == (2, 3, 1, 1)
    assert one.f1 == pytest.approx(0.4)
    assert one.value == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ({"value": "2021-09-30T00:00:00", "end_value": "2021-10-01T00:00:00"}, {}, False),
        ({"value": "2021-09-30", "end_value": "2021-10-01"}, {"value": "2021-09-30", "end_value": "2021-10-01"}, True),
        ({"value": "2021-09-30", "end_value": "2021-10-01"}, {"value": "2021-09-30", "end_value": "2021-10-02"}, False),
        ({"type": "duration", "duration": "P14D"}, {"duration": "P2W"}, True),
        ({"type": "duration", "duration": "P3D/P5D"}, {"duration": "P5D"}, False),
        ({"type": "duration", "duration": "P10BD"}, {"duration": "P10D"}, False),
        ({"type": "recurring", "freq": "P3M", "value": "2021-09-30"}, {"freq": "P3M"}, True),
        ({"type": "recurring", "freq": "P1W"}, {"freq": "P1M"}, False),
        ({"type": "time", "value": "T09:30:00", "end_value": "T09:31:00"}, {"value": "2030-01-01T09:30:00"}, False),
        ({"type": "other"}, {}, True),
    ],
)
def test_same_value(gold, found, same):
    empty = {"type": "date", "value": None, "end_value": None, "duration": None, "freq": None}
    assert scores.same_value({**empty, **gold}, {**empty, **found}) is same


def test_lengths():
    assert scores.same_period("P0.5Y", "P6M")
    assert scores.same_period("PT1H30M", "PT90M")
    assert scores.same_period("P0.5M", "P15D")
    assert not scores.same_period("P1M", "PT1M")
    assert scores.period_of_offset("24 hour") == "PT24H"
    assert scores.period_of_rule("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1") == "P3M"


@pytest.mark.parametrize(
    ("case", "reading", "right"),
    [
        ({"due": "2021-09-30"}, {"end_value": "2021-10-01T00:00:00"}, True),
        ({"due": "2021-09-30"}, {"end_value": "2021-09-30T00:00:00"}, True),
        ({"due": "2021-09-30T17:00"}, {"value": "2021-09-30T17:00:00"}, True),
        ({"due": "2021-09-30"}, {"value": "2021-09-01T00:00:00", "end_value": "2021-10-02T00:00:00"}, False),
        ({"due": ["2021-09-30", "2021-10-01"]}, {"value": "2021-10-01T00:00:00"}, True),
        ({"period": "P1M"}, {"freq": "P1M"}, True),
        ({"offset": "5 workday"}, {"duration": "P5BD"}, True),
        ({"offset": "3 day"}, {"value": "2021-09-14T00:00:00", "end_value": "2021-09-18T00:00:00"}, True),
        ({"offset": "30 day"}, {"value": "2021-09-14T00:00:00", "end_value": "2021-09-18T00:00:00"}, False),
        ({"kind": "immediate"}, {"value": "2021-09-14T01:00:00"}, False),
        ({"kind": "immediate"}, {"duration": "PT1H"}, True),
    ],
)
def test_rivals_are_compared_generously(case, reading, right):
    readings = [{"value": None, "end_value": None, "duration": None, "freq": None, **reading}]
    assert scores.rival_right(case, readings, REFERENCE.date()) is right


def test_docmine_is_compared_alike_and_exactly():
    case = {"kind": "date", "due": "2021-09-20T17:00"}
    read = SimpleNamespace(kind="date", due="2021-09-20T17:00", begin=None, offset=None, recurrence=None)
    assert scores.docmine_right(case, read, exact=True)
    read.due = "2021-09-20"
    assert scores.docmine_right(case, read, exact=False)
    assert not scores.docmine_right(case, read, exact=True)
    assert scores.docmine_right({"kind": "vague"}, None, exact=False)
    assert not scores.docmine_right({"kind": "vague"}, None, exact=True)
    amount = SimpleNamespace(kind="relative", due=None, begin=None, offset=SimpleNamespace(value=5, unit="day"))
    assert scores.docmine_right({"kind": "relative", "offset": "5 day"}, amount, exact=True)


def test_expressions_are_complete():
    cases = deadlines.read_expressions()
    assert len(cases) >= 54
    assert len({(case["text"], case["date"]) for case in cases}) == len(cases)
    for case in cases:
        timeless = case["kind"] in ("immediate", "vague")
        assert timeless != bool({"due", "period", "offset"} & case.keys()), case["text"]


def test_jionlp_answers_in_the_neutral_form():
    def read(text: str, *ends: str) -> dict[str, Any]:
        made = rivals.from_jionlp(text, 0, len(text), {"type": "time_span", "time": list(ends)}, REFERENCE)
        return {key: made[key] for key in ("type", "value", "end_value")}

    friday = {"type": "before", "value": None, "end_value": "2021-09-18T00:00:00"}
    assert read("本周五前", "2021-09-14 10:30:00", "2021-09-17 23:59:59") == friday
    assert read("9月底前", "-inf", "2021-09-30 23:59:59")["end_value"] == "2021-10-01T00:00:00"
    assert read("下午4点前", "2021-09-14 10:30:00", "2021-09-14 16:59:59")["end_value"] == "2021-09-14T16:00:00"
    assert read("下午4点", "2021-09-14 16:00:00", "2021-09-14 16:59:59")["end_value"] == "2021-09-14T17:00:00"
    assert read("三天内", "2021-09-14 10:30:00", "2021-09-17 23:59:59")["value"] == "2021-09-14T00:00:00"
    assert read("2018年起", "2018-01-01 00:00:00", "2021-09-14 10:30:00")["type"] == "after"
    workdays = rivals.from_jionlp("", 0, 0, {"type": "time_delta", "time": {"workday": 5.0}}, REFERENCE)
    assert workdays["duration"] == "P5BD"


def test_of_several_readings_the_one_on_the_right_side_is_picked():
    def readings(timex: str, *days: str) -> list[dict[str, Any]]:
        return [{**day(0, 2, one), "timex": timex} for one in days]

    def picked(timex: str, *days: str) -> str:
        return rivals.pick(readings(timex, *days), REFERENCE)["value"][:10]

    assert picked("XXXX-03-05", "2021-03-05", "2022-03-05") == "2021-03-05"
    assert picked("XXXX-XX-20", "2021-08-20", "2021-09-20") == "2021-09-20"
    assert picked("XXXX-WXX-1", "2021-09-13", "2021-09-20") == "2021-09-20"
    assert picked("XXXX-WXX-2", "2021-09-14", "2021-09-14") == "2021-09-14"


@pytest.mark.parametrize(("name", "package"), [("JioNLP", "jionlp"), ("Recognizers", "recognizers_date_time")])
def test_rivals_that_are_installed_answer(name, package):
    if importlib.util.find_spec(package) is None:
        pytest.skip(f"{package} isn't installed: {rivals.INSTALL}")
    rival = next(one for one in rivals.load()[0] if one.name == name)
    (found,) = rival.times("会议定于2021年8月20日召开。", REFERENCE)
    assert (found["start"], found["end"], found["value"]) == (4, 14, "2021-08-20T00:00:00")
    assert found["end_value"] == "2021-08-21T00:00:00"
    assert rival.readings("2021年8月20日", REFERENCE)[0]["value"] == "2021-08-20T00:00:00"

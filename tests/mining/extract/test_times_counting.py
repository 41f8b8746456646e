"""Counting amounts of time: from a sentence and what it is counted from to the day, the rolled day and the article."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from countingcases import FESTIVALS_2031, mined, record_of
from docmine.mining.extract.times import find_times
from docmine.mining.extract.times.counting import counted_back, with_rolled
from docmine.rulebook.counting import counting_profile
from docmine.rulebook.workdays import WorkCalendar, work_calendar
from docmine.schema.findings import Offset, Reference, TimeExpression
from docmine.schema.record import Record

DAY = dt.date.fromisoformat


def codes(record: Record) -> list[str]:
    return [warning.code for warning in record.warnings if warning.code not in ("no_owner", "no_date")]


def rolled(time: TimeExpression, calendar: WorkCalendar | None = None) -> TimeExpression:
    calendar = calendar or work_calendar()
    return with_rolled(time, "2021年8月28日前", calendar=calendar, profile=counting_profile("civil"))


# From, sentence, due, rolled. The first seven are the project's test vectors.
COUNTED = [
    ("2021-09-28", "承办单位应于接件之日起5个工作日内办结。", "2021-10-11", None),
    ("2021-09-24", "承办单位应于接件之日起3个工作日内办结。", "2021-09-28", None),
    ("2025-01-24", "承办单位应于接件之日起5个工作日内办结。", "2025-02-07", None),
    ("2026-09-30", "承办单位应于接件之日起3个工作日内办结。", "2026-10-10", None),
    ("2021-09-18", "承办单位应于接件之日起15日内办结。", "2021-10-03", "2021-10-08"),
    ("2021-01-31", "承办单位应于接件之日起1个月内办结。", "2021-02-28", "2021-03-01"),
    ("2021-08-23", "承办单位应于接件之日起第五日中午12:00之前办结。", "2021-08-28T12:00", "2021-08-30T12:00"),
    # make-up days: Sunday 26 September and Saturday 9 October 2021 were worked
    ("2021-09-22", "承办单位应于接件之日起4日内办结。", "2021-09-26", None),
    ("2021-09-24", "承办单位应于接件之日起1个工作日内办结。", "2021-09-26", None),
    ("2021-09-30", "承办单位应于接件之日起1个工作日内办结。", "2021-10-08", None),
    ("2021-09-30", "承办单位应于接件之日起2个工作日内办结。", "2021-10-09", None),
    ("2021-10-01", "承办单位应于接件之日起3个工作日内办结。", "2021-10-11", None),  # an event on a holiday
    ("2021-10-03", "承办单位应于接件之日起6日内办结。", "2021-10-09", None),
    # spring festivals: 2021-02-11/17, 2025-01-28/02-04, 2026-02-15/23
    ("2021-02-05", "承办单位应于接件之日起5个工作日内办结。", "2021-02-18", None),  # Sunday 7 worked
    ("2021-02-10", "承办单位应于接件之日起7日内办结。", "2021-02-17", "2021-02-18"),
    ("2025-01-27", "承办单位应于接件之日起1个工作日内办结。", "2025-02-05", None),
    ("2025-01-24", "承办单位应于接件之日起5日内办结。", "2025-01-29", "2025-02-05"),
    ("2025-02-06", "承办单位应于接件之日起2个工作日内办结。", "2025-02-08", None),  # Saturday 8 worked
    ("2026-02-13", "承办单位应于接件之日起2个工作日内办结。", "2026-02-24", None),  # Saturday 14 worked
    ("2026-02-10", "承办单位应于接件之日起10日内办结。", "2026-02-20", "2026-02-24"),
    # other holidays
    ("2021-04-30", "承办单位应于接件之日起5日内办结。", "2021-05-05", "2021-05-06"),
    ("2021-04-23", "承办单位应于接件之日起2日内办结。", "2021-04-25", None),  # a worked Sunday
    ("2025-09-25", "承办单位应于接件之日起10日内办结。", "2025-10-05", "2025-10-09"),
    ("2025-09-26", "承办单位应于接件之日起1个工作日内办结。", "2025-09-28", None),
    # corresponding days, month ends, leap years (art. 202)
    ("2021-03-31", "承办单位应于接件之日起1个月内办结。", "2021-04-30", None),
    ("2021-08-31", "承办单位应于接件之日起6个月内办结。", "2022-02-28", None),
    ("2023-08-31", "承办单位应于接件之日起6个月内办结。", "2024-02-29", None),
    ("2020-01-30", "承办单位应于接件之日起1个月内办结。", "2020-02-29", "2020-03-02"),
    ("2024-01-31", "承办单位应于接件之日起一个月内办结。", "2024-02-29", None),
    ("2020-02-29", "承办单位应于接件之日起1年内办结。", "2021-02-28", "2021-03-01"),
    ("2020-02-29", "承办单位应于接件之日起4年内办结。", "2024-02-29", None),
    ("2021-11-30", "承办单位应于接件之日起3个月内办结。", "2022-02-28", None),
    ("2021-12-31", "承办单位应于接件之日起2个月内办结。", "2022-02-28", None),
    ("2021-08-31", "承办单位应于接件之日起1个季度内办结。", "2021-11-30", None),
    ("2021-12-01", "承办单位应于接件之日起1个月内办结。", "2022-01-01", "2022-01-04"),
    ("2021-02-28", "承办单位应于接件之日起1个月内办结。", "2021-03-28", "2021-03-29"),  # not the month's last
    ("2021-05-15", "承办单位应于接件之日起半年内办结。", "2021-11-15", None),
    ("2021-06-01", "承办单位应于接件之日起半个月内办结。", "2021-06-16", None),
    # weeks, days over month ends
    ("2021-08-23", "承办单位应于接件之日起2周内办结。", "2021-09-06", None),
    ("2021-08-31", "承办单位应于接件之日起1日内办结。", "2021-09-01", None),
    ("2020-02-28", "承办单位应于接件之日起2日内办结。", "2020-03-01", "2020-03-02"),  # leap year
    ("2021-02-26", "承办单位应于接件之日起3日内办结。", "2021-03-01", None),
    ("2021-12-17", "承办单位应于接件之日起15日内办结。", "2022-01-01", "2022-01-04"),
    ("2021-07-02", "承办单位应于接件之日起60日内办结。", "2021-08-31", None),
    ("2021-08-23", "承办单位应于接件之日起十五日内办结。", "2021-09-07", None),
]


@pytest.mark.parametrize(("start", "sentence", "due", "rolled"), COUNTED)
def test_counted_from_an_anchor(start: str, sentence: str, due: str, rolled: str | None) -> None:
    deadline = mined(sentence, 接件=start)
    assert (deadline.due, deadline.rolled_due) == (due, rolled)
    assert deadline.kind == "relative"
    assert deadline.anchor is not None
    assert deadline.anchor.date == start
    assert deadline.legal_basis is not None
    assert ("第二百零三条" in deadline.legal_basis) is (rolled is not None)
    assert ("第二百零二条" in deadline.legal_basis) is (
        deadline.offset is not None and deadline.offset.unit in ("month", "quarter", "year")
    )


@pytest.mark.parametrize(("start", "sentence", "due", "rolled"), COUNTED)
def test_counted_from_the_documents_date(start: str, sentence: str, due: str, rolled: str | None) -> None:
    if "第五日" in sentence:  # an n-th day needs its event
        return
    (deadline,) = record_of(sentence.replace("接件之日起", ""), date=start).deadlines
    assert (deadline.due, deadline.rolled_due) == (due, rolled)


@pytest.mark.parametrize(
    ("moment", "sentence", "due"),
    [
        ("2021-08-22T09:30", "值班人员应在接报后2小时内上报。", "2021-08-22T11:30"),
        ("2021-08-22T23:00", "值班人员应在接报后2小时内上报。", "2021-08-23T01:00"),
        ("2021-02-28T10:15", "值班人员应在接报后24小时内上报。", "2021-03-01T10:15"),
        ("2024-02-28T10:15", "值班人员应在接报后24小时内上报。", "2024-02-29T10:15"),
        ("2021-12-31T12:00", "值班人员应在接报后48小时内上报。", "2022-01-02T12:00"),
        ("2021-08-22T09:30", "值班人员应在接报后30分钟内上报。", "2021-08-22T10:00"),
        ("2021-08-22T09:30", "值班人员应在接报后半小时内上报。", "2021-08-22T10:00"),
        ("2021-10-01T09:30", "值班人员应在接报后1个半小时内上报。", "2021-10-01T11:00"),
    ],
)
def test_hours_run_from_the_moment_given(moment: str, sentence: str, due: str) -> None:
    deadline = mined(sentence, 接报=moment)
    assert (deadline.due, deadline.rolled_due) == (due, None)  # hours don't roll, not even on a holiday
    assert deadline.legal_basis == "民法典第二百零一条第二款"


def test_days_from_a_moment_end_with_a_day() -> None:
    assert mined("承办单位应于接件之日起3日内办结。", 接件="2021-08-22T09:30").due == "2021-08-25"


@pytest.mark.parametrize("given", [{}, {"接报": "2021-08-22"}])
def test_hours_without_a_clock_time_stay_open_with_a_reason(given: dict[str, str]) -> None:
    record = record_of("值班人员应在接报后2小时内上报。", given)
    (deadline,) = record.deadlines
    assert (deadline.due, deadline.rolled_due, deadline.legal_basis) == (None, None, None)
    (warning,) = [w for w in record.warnings if w.code == "unresolved_anchor"]
    assert "--anchor 接报=YYYY-MM-DDTHH:MM" in warning.message
    assert ("without a clock time" in warning.message) is bool(given)
    assert warning.span == deadline.span


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("承办单位应于接件之日起5日内办结。", "--anchor 接件=YYYY-MM-DD)"),
        ("承办单位应于受理之日起60日内办结。", "--anchor 受理=YYYY-MM-DD)"),
        ("承办单位应于接件之日起5个工作日内办结。", "--anchor 接件=YYYY-MM-DD)"),
        pytest.param(
            "各单位要在汛前完成清淤。",
            "--anchor 汛=YYYY-MM-DD)",
            marks=pytest.mark.xfail(strict=True, reason="the model of deadlines takes 汛前 for no limit"),
        ),
        ("各单位应于3日内报送名单。", "--date YYYY-MM-DD)"),
    ],
)
def test_an_open_event_is_listed_with_how_to_give_it(sentence: str, said: str) -> None:
    record = record_of(sentence)
    assert [w.message for w in record.warnings if w.code == "unresolved_anchor" and said in w.message]
    assert [(d.due, d.rolled_due, d.legal_basis) for d in record.deadlines] == [(None, None, None)]


def test_several_open_events_are_all_listed_and_a_known_one_is_not() -> None:
    text = "承办单位应于接件之日起5日内办结。承办单位应于受理之日起60日内答复。"
    assert codes(record_of(text)) == ["unresolved_anchor"] * 2
    assert codes(record_of(text, {"受理": "2021-08-22"})) == ["unresolved_anchor"]
    assert codes(record_of(text, {"受理": "2021-08-22", "接件": dt.date(2021, 8, 20).isoformat()})) == []


def test_an_event_is_listed_once_for_all_directives_that_it_limits() -> None:
    text = "方案\n一、任务\n接件之日起5日内，市水利局负责清淤，市城管局负责截污。\n"
    messages = [w.message for w in record_of(text).warnings if w.code == "unresolved_anchor"]
    assert len(messages) == len(set(messages))


def test_the_longest_fitting_anchor_counts() -> None:
    known = {"接": "2021-01-01", "接件": "2021-08-22"}
    (deadline,) = record_of("承办单位应于接件之日起5日内办结。", known).deadlines
    assert deadline.due == "2021-08-27"


# Stated dates: the named day is the value under every profile, a free one has a second value.
STATED = [
    ("各单位要在2021年10月3日前报送。", "2021-10-03", "2021-10-08"),
    ("各单位要在2021年10月3日17:00前报送。", "2021-10-03T17:00", "2021-10-08T17:00"),
    ("各单位要在2021年9月25日前报送。", "2021-09-25", "2021-09-26"),  # Saturday; Sunday was worked
    ("各单位要在2021年9月26日前报送。", "2021-09-26", None),
    ("各单位要在2021年9月30日前报送。", "2021-09-30", None),
    ("各单位要在2021年10月底前报送。", "2021-10-31", "2021-11-01"),
    ("各单位要在2022年春节前报送。", "2022-01-31", None),  # a free day, but the festival bounds it
    ("各单位要在元旦前报送。", "2021-12-31", None),
    ("各单位要在中秋节前报送。", "2021-09-20", None),
    ("各单位要在2021年9月20日至10月5日开展自查。", "2021-10-05", "2021-10-08"),
    ("各单位要在2022年底前完成改造。", "2022-12-31", "2023-01-03"),
]


@pytest.mark.parametrize(("sentence", "due", "rolled"), STATED)
@pytest.mark.parametrize("counting", ["as_written", "civil", "licensing", "petition"])
def test_a_stated_free_day_has_a_second_value(sentence: str, due: str, rolled: str | None, counting: str) -> None:
    (deadline,) = record_of(sentence, date="2021-09-06", counting=counting).deadlines
    assert (deadline.due, deadline.rolled_due) == (due, rolled)
    basis = counting_profile(counting).basis["rolled"] if rolled else None
    assert deadline.legal_basis == basis


@pytest.mark.parametrize(
    "sentence",
    [
        "各单位要尽快报送。",
        "各单位要立即报送。",
        "各单位要于每月3日前报送。",
        "各单位要于每周日前报送。",
        "各单位要自2021年10月3日起值班。",
        "各单位应于接件之日起15日内报送。",
        "各单位要提前3个工作日报备。",
    ],
)
def test_no_second_value_without_a_last_day(sentence: str) -> None:
    for time in find_times(sentence, Reference(DAY("2021-09-18"))):
        assert (time.rolled_due, time.legal_basis) == (None, None), time


@pytest.mark.parametrize("due", ["--08-28", "2021-08", "2021", "XXXX-08-28", "--08-28T12:00", None, ""])
@pytest.mark.parametrize("kind", ["date", "period"])
def test_a_day_that_is_not_known_as_a_whole_has_none(due: str | None, kind: str) -> None:
    time = replace(find_times("2021年8月28日前", Reference())[0], due=due, rolled_due=None, legal_basis=None)
    time = replace(time, kind=kind)
    assert rolled(time) is time


def test_the_last_day_of_the_calendar_does_no_harm() -> None:
    (stated,) = find_times("2021年8月28日前", Reference())
    last = replace(stated, due="9999-12-31", rolled_due=None)
    assert rolled(last).due == "9999-12-31"
    closed = WorkCalendar({DAY("9999-12-31"): False})
    assert rolled(last, closed) is last
    for unit in ("日", "个月", "年", "周", "个工作日"):
        (time,) = find_times(f"接件之日起5{unit}内报送。", Reference(anchors={"接件": DAY("9999-12-30")}))
        assert (time.due, time.rolled_due) == (None, None)
    (time,) = find_times("接报后48小时内报送。", Reference(anchors={"接报": dt.datetime(9999, 12, 31, 9)}))
    assert time.due is None


def test_an_end_beyond_the_calendar_is_told_as_such() -> None:
    record = record_of("承办单位应于接件之日起5年内办结。", {"接件": "9999-01-01"})
    assert [w.message for w in record.warnings if w.code == "unresolved_anchor"] == [
        "counted from 接件, 9999-01-01, to no day of the calendar"
    ]


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("责任单位要在期限届满2个工作日前申请延期。", "2021-09-29"),
        ("责任单位要在期限届满5天前申请延期。", "2021-10-03"),
    ],
)
def test_counting_back_from_an_event(sentence: str, due: str) -> None:
    deadline = mined(sentence, 期限届满="2021-10-08")
    assert (deadline.due, deadline.rolled_due, deadline.legal_basis) == (due, None, None)


@pytest.mark.parametrize(
    ("offset", "day", "due"),
    [
        (Offset(1, "month"), "2021-03-31", "2021-02-28"),
        (Offset(1, "year"), "2024-02-29", "2023-02-28"),
        (Offset(2, "week"), "2021-03-15", "2021-03-01"),
        (Offset(1, "workday"), "2021-10-08", "2021-09-30"),
        (Offset(2, "hour"), "2021-10-08", None),
        (Offset(0.5, "year"), "2021-10-08", None),
        (Offset(3000, "year"), "2021-10-08", None),
        (Offset(9999, "day"), "2021-10-08", None),
    ],
)
def test_counting_back(offset: Offset, day: str, due: str | None) -> None:
    assert counted_back(offset, DAY(day), work_calendar()) == (DAY(due) if due else None)


# Years without an announcement: what rests on them is marked, until the user's table covers them.
@pytest.mark.parametrize(
    ("sentence", "date", "due", "rolled", "marked"),
    [
        ("各单位应于5个工作日内报送。", "2031-03-03", "2031-03-10", None, True),
        ("各单位应于5个工作日内报送。", "2026-12-28", "2027-01-05", None, True),  # over 元旦
        ("各单位应于3个工作日内报送。", "2026-12-28", "2026-12-31", None, False),
        ("各单位应于5日内报送。", "2031-03-03", "2031-03-08", "2031-03-10", True),
        ("各单位应于5日内报送。", "2031-03-05", "2031-03-10", None, False),
        ("各单位应于2031年3月8日前报送。", "2031-03-03", "2031-03-08", "2031-03-10", True),
        ("各单位应于2031年3月7日前报送。", "2031-03-03", "2031-03-07", None, False),
        ("各单位应于2026年10月3日前报送。", "2026-09-01", "2026-10-03", "2026-10-08", False),
        ("各单位应于1个月内报送。", "2026-12-02", "2027-01-02", "2027-01-04", True),
        ("各单位要尽快报送。", "2031-03-03", None, None, False),
        ("各单位应于2031年10月1日前报送。", "2031-09-01", "2031-10-01", "2031-10-06", True),
    ],
)
def test_years_not_announced(
    tmp_path: Path, sentence: str, date: str, due: str | None, rolled: str | None, marked: bool
) -> None:
    record = record_of(sentence, date=date)
    (deadline,) = record.deadlines
    assert (deadline.due, deadline.rolled_due) == (due, rolled)
    assert codes(record) == (["provisional_calendar"] if marked else [])
    if marked:
        assert [w.span for w in record.warnings if w.code == "provisional_calendar"] == [deadline.span]


ANNOUNCED = [*FESTIVALS_2031, "2031-10-06", "2031-10-07"]


def test_a_users_calendar_takes_the_doubt_away(tmp_path: Path) -> None:
    path = tmp_path / "days.tsv"
    path.write_text("".join(f"{day}\tfree\t\n" for day in ANNOUNCED) + "2031-03-08\twork\t调休\n", encoding="utf-8")
    settings = {"calendar": str(path)}
    record = record_of("各单位应于5个工作日内报送。", date="2031-03-03", **settings)
    assert ([d.due for d in record.deadlines], codes(record)) == (["2031-03-08"], [])
    record = record_of("各单位应于2031年10月1日前报送。", date="2031-09-01", **settings)
    assert ([d.rolled_due for d in record.deadlines], codes(record)) == (["2031-10-08"], [])
    assert record.produced.calendar
    assert record_of("各单位应于3日内报送。").produced.calendar is None


def test_a_users_calendar_prevails_over_the_announced_days(tmp_path: Path) -> None:
    path = tmp_path / "days.tsv"
    path.write_text("2021-08-24\tfree\t台风停工\n", encoding="utf-8")
    record = record_of("承办单位应于接件之日起1个工作日内办结。", {"接件": "2021-08-23"}, calendar=path)
    assert [d.due for d in record.deadlines] == ["2021-08-25"]


def test_with_rolled_touches_no_other_kinds() -> None:
    for sentence in ("尽快报送。", "立即报送。", "每月3日前报送。"):
        (time,) = find_times(sentence, Reference(DAY("2021-09-18")))
        assert isinstance(time, TimeExpression)
        assert rolled(time) is time

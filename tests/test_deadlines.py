"""`docmine.deadlines` alone: finding, parsing, resolving, coming round, explaining."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest

from docmine import deadlines
from docmine.errors import SettingsError


def test_find_gives_what_limits_and_nothing_else() -> None:
    text = (
        "9月13日召开会议。整改方案于9月底前报送；接件之日起第五日中午12:00之前反馈，并立即整改。截至8月底已完成五成。"
    )
    found = deadlines.find(text, date="2021-09-14")
    assert [(d.text, d.kind, d.due) for d in found] == [
        ("9月底前", "date", "2021-09-30"),
        ("接件之日起第五日中午12:00之前", "relative", None),
        ("立即", "immediate", None),
    ]
    assert all(text[d.start : d.end] == d.text for d in found)


def test_offsets_and_wording_are_those_of_the_text_as_given() -> None:
    (found,) = deadlines.find("請於２０２１年９月３０日前報送。", date="2021-09-14")
    assert (found.start, found.text, found.due) == (2, "２０２１年９月３０日前", "2021-09-30")


def test_anchors_date_what_they_name() -> None:
    (found,) = deadlines.find("受理之日起15日内办结。", date="2021-09-01", anchors={"受理": "2021-09-18"})
    assert (found.due, found.rolled_due, found.anchor_date) == ("2021-10-03", "2021-10-08", "2021-09-18")
    assert found.legal_basis


def test_standing_rules_have_no_date() -> None:
    dated = deadlines.find("急件2日内办结。", date="2021-09-14")
    standing = deadlines.find("急件2日内办结。", date="2021-09-14", standing_rule=True)
    assert [d.due for d in dated + standing] == ["2021-09-16", None]


@pytest.mark.parametrize(
    ("expression", "anchor", "due"),
    [
        ("接件之日起第五日中午12:00之前", "2021-08-23", "2021-08-28T12:00"),
        ("收到之日起5个工作日内", "2021-09-28", "2021-10-11"),
        ("接报后2小时内", "2021-08-22T09:30", "2021-08-22T11:30"),
        ("接报后2小时内", "2021-08-22", None),
        ("2小时内", "2021-08-20T09:00", "2021-08-20T11:00"),
        ("30分钟内", "2021-08-20T23:45", "2021-08-21T00:15"),
        ("2小时内", "2021-08-20", None),
        ("接报后2小时内", "2021-08-20T24:00", "2021-08-21T02:00"),
        ("24.09版本发布前", "2024-09-30", "2024-09-30"),
        ("提前3个工作日", "2021-10-11", "2021-09-30"),
        ("当天下班前", "2021-09-14", "2021-09-14"),
        ("9月30日前", "2021-10-08", "2022-09-30"),
        ("3日内", "2021-09-14", "2021-09-17"),
        ("本周五前", "2021-09-14", "2021-09-17"),
        ("2021年9月30日前", "2030-01-01", "2021-09-30"),
        ("每周五", "2021-09-14", None),
        ("尽快", "2021-09-14", None),
    ],
)
def test_resolve(expression: str, anchor: str, due: str | None) -> None:
    parsed = deadlines.parse(expression)
    assert parsed is not None
    assert parsed.resolve(anchor).due == due


def test_resolve_counts_by_another_profile() -> None:
    parsed = deadlines.parse("送达之日起5日内")
    assert parsed is not None
    assert parsed.resolve("2021-09-28").due == "2021-10-03"
    assert parsed.resolve("2021-09-28", counting="licensing").due == "2021-10-11"


def test_resolve_keeps_to_its_own_expression() -> None:
    first, second = deadlines.find("接件后3日内答复，办结后5日内归档。")
    assert first.resolve("2021-09-01").due == "2021-09-04"
    assert second.resolve("2021-09-01").due == "2021-09-06"


OCCURRENCES = [
    ("逢双月10日前", ["2021-10-10", "2021-12-10", "2022-02-10"]),
    ("每季度末", ["2021-09-30", "2021-12-31", "2022-03-31"]),
    ("每季度", ["2021-09-30", "2021-12-31", "2022-03-31"]),
    ("每月", ["2021-09-30", "2021-10-31", "2021-11-30"]),
    ("每月14日前", ["2021-10-14", "2021-11-14", "2021-12-14"]),
    ("每周五", ["2021-09-17", "2021-09-24", "2021-10-01"]),
    ("每周五下午5点前", ["2021-09-17T17:00", "2021-09-24T17:00", "2021-10-01T17:00"]),
    ("每两周", ["2021-09-19", "2021-10-03", "2021-10-17"]),
    ("每天", ["2021-09-15", "2021-09-16", "2021-09-17"]),
    ("每旬", ["2021-09-20", "2021-09-30", "2021-10-10"]),
    ("每半年", ["2021-12-31", "2022-06-30", "2022-12-31"]),
    ("每年6月底前", ["2022-06-30", "2023-06-30", "2024-06-30"]),
    # Working days are the calendar's: 18 September 2021 is a make-up Saturday, 1 to 7 October are free.
    ("每个工作日", ["2021-09-15", "2021-09-16", "2021-09-17", "2021-09-18", "2021-09-22"]),
    ("每月第一个工作日", ["2021-10-08", "2021-11-01", "2021-12-01"]),
    ("每月最后一个工作日", ["2021-09-30", "2021-10-29", "2021-11-30"]),
    ("每小时", ["2021-09-15T00:00", "2021-09-15T01:00"]),
    ("每季度末月25日", ["2021-09-25", "2021-12-25", "2022-03-25"]),
    ("每季度首月10日前", ["2021-10-10", "2022-01-10"]),
    ("逢单月10日", ["2021-11-10", "2022-01-10"]),
    ("每年国庆节前", ["2021-09-30", "2022-09-30"]),
    ("每年春节前", ["2022-01-31", "2023-01-21"]),
    ("每年3月、9月", ["2021-09-30", "2022-03-31"]),
    ("隔周周五", ["2021-09-17", "2021-10-01"]),
]


@pytest.mark.parametrize(("expression", "expected"), OCCURRENCES)
def test_occurrences(expression: str, expected: list[str]) -> None:
    parsed = deadlines.parse(expression)
    assert parsed is not None
    found = parsed.occurrences("2021-09-14", len(expected))
    assert [f.isoformat(timespec="minutes") if isinstance(f, dt.datetime) else f.isoformat() for f in found] == expected


def test_occurrences_after_a_moment_of_the_same_day() -> None:
    parsed = deadlines.parse("每天17:00前")
    assert parsed is not None
    assert parsed.occurrences(dt.datetime(2021, 9, 14, 9)) == [dt.datetime(2021, 9, 14, 17)]
    assert parsed.occurrences(dt.datetime(2021, 9, 14, 18)) == [dt.datetime(2021, 9, 15, 17)]


def test_a_single_deadline_occurs_once() -> None:
    parsed = deadlines.parse("9月底前", date="2021-09-14")
    assert parsed is not None
    assert parsed.occurrences("2021-09-14", 5) == [dt.date(2021, 9, 30)]
    assert parsed.occurrences("2021-09-30", 5) == []
    assert parsed.occurrences("2021-09-14", 0) == []


def test_explain_tells_value_and_rule_in_both_languages() -> None:
    parsed = deadlines.parse("受理之日起15日内", anchors={"受理": "2021-09-18"})
    assert parsed is not None
    chinese, english = parsed.explain(), parsed.explain("en")
    for told in ("2021-10-03", "2021-10-08", "受理", parsed.rule):
        assert told in chinese
        assert told in english
    assert "依据" in chinese
    unresolved = deadlines.parse("接件之日起第五日中午12:00之前")
    assert unresolved is not None
    assert "尚无日期" in unresolved.explain()


def test_every_kind_can_be_explained() -> None:
    for expression in (
        "9月底前",
        "8月25日至9月10日",
        "会后3日内",
        "每周五下午5点前",
        "立即",
        "尽快",
        "汛前",
        "2月30日前",
    ):
        parsed = deadlines.parse(expression, date="2021-08-01")
        assert parsed is not None
        assert parsed.rule in parsed.explain("zh")
        assert parsed.rule in parsed.explain("en")


def test_as_dict_has_the_offset_as_the_record_has_it() -> None:
    parsed = deadlines.parse("10个工作日内")
    assert parsed is not None
    assert parsed.as_dict()["offset"] == {"value": 10, "unit": "workday"}


def test_nothing_is_no_deadline() -> None:
    assert deadlines.parse("加强领导") is None
    assert deadlines.parse("") is None
    assert deadlines.find("") == []
    assert deadlines.times("") == []


@pytest.mark.parametrize(
    "call",
    [
        lambda: deadlines.find("9月底前。", date="14.9.2021"),
        lambda: deadlines.find("9月底前。", counting="by_heart"),
        lambda: deadlines.parse("9月底前", anchors={"受理": "soon"}),
        lambda: deadlines.times("明天", reference="tomorrow"),
        lambda: deadlines.Deadline(0, 2, "每天", "recurring", "x", recurrence="FREQ=DAILY").occurrences(
            "2021-01-01", -1
        ),
        lambda: deadlines.Deadline(0, 2, "每天", "recurring", "x").occurrences("2021-01-01", 1.5),
        lambda: deadlines.Deadline(0, 2, "每天", "recurring", "x").occurrences("2021-01-01", True),
        lambda: deadlines.Deadline(0, 2, "每天", "recurring", "x").explain("fr"),
        lambda: deadlines.find("9月底前。", force="x"),
        lambda: deadlines.find(None),
        lambda: deadlines.parse(5),
        lambda: deadlines.times(None),
        lambda: deadlines.moment("--09-30"),
    ],
)
def test_faulty_options_are_named(call) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(SettingsError):
        call()


def test_times_are_intervals_of_the_text_as_given() -> None:
    (found,) = deadlines.times("　明天下午三點開會", reference="2021-09-14T10:30")
    assert found.as_dict() == {
        "start": 1,
        "end": 7,
        "text": "明天下午三點",
        "type": "datetime",
        "value": "2021-09-15T15:00:00",
        "end_value": "2021-09-15T16:00:00",
        "duration": None,
        "freq": None,
    }


def test_importing_it_loads_neither_rules_nor_jieba() -> None:
    code = (
        "import sys, docmine.deadlines; print(any(m in sys.modules for m in ('jieba', 'ahocorasick_rs', 'dateutil')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_an_answer_that_is_changed_stays_as_it_was_for_others() -> None:
    first = deadlines.parse("9月底前", date="2021-09-14")
    assert first is not None
    first.due = "1900-01-01"
    second = deadlines.parse("9月底前", date="2021-09-14")
    assert second is not None
    assert second.due == "2021-09-30"


def test_answers_depend_on_every_option() -> None:
    plain = deadlines.parse("送达之日起5日内", date="2021-09-28")
    anchored = deadlines.parse("送达之日起5日内", date="2021-09-28", anchors={"送达": "2021-09-28"})
    statute = deadlines.parse(
        "送达之日起5日内", date="2021-09-28", anchors={"送达": "2021-09-28"}, counting="licensing"
    )
    assert [each and each.due for each in (plain, anchored, statute)] == [None, "2021-10-03", "2021-10-11"]
    other_year = deadlines.parse("9月底前", date="2022-09-14")
    assert other_year is not None
    assert other_year.due == "2022-09-30"


OPEN = [
    ("接件后5日内", {}, "起算点未知", "unknown"),
    ("接报后2小时内", {"接报": "2021-09-26"}, "没有钟点", "clock time"),
    ("2小时内", {}, "日期和钟点", "clock time"),
    ("3日内", {}, "文件日期未知", "date of the text"),
    ("汛前", {}, "起算点未知", "unknown"),
]


@pytest.mark.parametrize(("expression", "anchors", "chinese", "english"), OPEN)
def test_what_has_no_date_says_why(expression: str, anchors: dict[str, str], chinese: str, english: str) -> None:
    parsed = deadlines.parse(expression, anchors=anchors)
    assert parsed is not None
    assert (parsed.due, parsed.warning) == (None, "unresolved_anchor")
    assert chinese in parsed.explain()
    assert english in parsed.explain("en")


def test_hours_from_a_mere_day_are_not_said_to_lack_their_event() -> None:
    parsed = deadlines.parse("接件后2小时内", anchors={"接件": "2021-09-26"})
    assert parsed is not None
    assert "起算点未知" not in parsed.explain()
    assert "没有钟点" in parsed.explain()


def test_a_resolved_deadline_has_no_warning() -> None:
    for expression, moment in (
        ("接件后5日内", "2021-09-26"),
        ("2小时内", "2021-09-26T09:00"),
        ("当天下班前", "2021-09-26"),
    ):
        parsed = deadlines.parse(expression)
        assert parsed is not None
        assert (parsed.warning, parsed.resolve(moment).warning) == ("unresolved_anchor", None)


@pytest.mark.parametrize(
    ("due", "moment"),
    [
        ("2021-08-27", dt.date(2021, 8, 27)),
        ("2021-08-27T17:00", dt.datetime(2021, 8, 27, 17)),
        ("2021-08-27T24:00", dt.datetime(2021, 8, 28)),
        ("2021-12-31T24:00:00", dt.datetime(2022, 1, 1)),
    ],
)
def test_moments_of_a_record_in_python(due: str, moment: dt.date) -> None:
    assert deadlines.moment(due) == moment


def test_the_end_of_a_day_occurs_once() -> None:
    parsed = deadlines.parse("8月27日24时前", date="2021-08-01")
    assert parsed is not None
    assert parsed.due == "2021-08-27T24:00"
    assert parsed.occurrences("2021-08-26") == [dt.datetime(2021, 8, 28)]
    assert parsed.occurrences("2021-08-27") == []


def test_a_deadline_without_a_date_never_occurs() -> None:
    parsed = deadlines.parse("接件后5日内")
    assert parsed is not None
    assert parsed.occurrences("2021-08-26", 3) == []
    assert parsed.resolve("2021-08-26").occurrences("2021-08-26") == [dt.date(2021, 8, 31)]


def test_the_module_names_what_it_offers() -> None:
    assert all(hasattr(deadlines, name) for name in deadlines.__all__)
    assert isinstance(deadlines.times("今天", reference="2021-09-14")[0], deadlines.Timex)


@pytest.mark.parametrize(
    ("text", "reference", "values"),
    [
        ("上午9点开会，5月4日结束", None, ["T09:00:00", None]),
        ("2019年3月5日入院，5月6日出院", "2021-09-14", ["2019-03-05T00:00:00", "2019-05-06T00:00:00"]),
        ("去年12月开工，3月停工", "2021-09-14", ["2020-12-01T00:00:00", "2021-03-01T00:00:00"]),
        ("8月25日开会，7月报名", "2021-09-14", ["2021-08-25T00:00:00", "2021-07-01T00:00:00"]),
    ],
)
def test_times_go_on_from_what_their_sentence_has_named(text: str, reference: str | None, values: list[object]) -> None:
    assert [each.value for each in deadlines.times(text, reference=reference)] == values

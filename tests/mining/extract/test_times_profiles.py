"""The same sentences under the ways of counting: shipped profiles, a local file, and what the text itself says."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from countingcases import mined, record_of
from docmine.mining.extract.times import find_times
from docmine.rulebook.counting import counting_profile
from docmine.schema.findings import Reference

DAY = dt.date.fromisoformat

# The same sentence under every profile, counted from Friday 24 September 2021 (26 worked, 1 to 7 October free).
COMPARED = {
    "承办单位应于接件之日起3日内办结。": {
        "as_written": ("2021-09-27", None),
        "civil": ("2021-09-27", None),
        "petition": ("2021-09-27", None),
        "litigation": ("2021-09-27", None),
        "licensing": ("2021-09-28", None),
        "penalty": ("2021-09-28", None),
        "coercion": ("2021-09-28", None),
        "reconsideration": ("2021-09-28", None),
    },
    "承办单位应于接件之日起2日内办结。": {
        "as_written": ("2021-09-26", None),
        "licensing": ("2021-09-27", None),
        "penalty": ("2021-09-27", None),
        "coercion": ("2021-09-27", None),
        "reconsideration": ("2021-09-26", None),  # only 3, 5, 7 and 10
    },
    "承办单位应于接件之日起10日内办结。": {
        "as_written": ("2021-10-04", "2021-10-08"),
        "civil": ("2021-10-04", "2021-10-08"),
        "petition": ("2021-10-04", "2021-10-08"),
        "litigation": ("2021-10-04", "2021-10-08"),
        "penalty": ("2021-10-04", "2021-10-08"),  # only 2, 3, 5 and 7
        "licensing": ("2021-10-13", None),
        "coercion": ("2021-10-13", None),
        "reconsideration": ("2021-10-13", None),
    },
    "承办单位应于接件之日起15日内办结。": {
        "as_written": ("2021-10-09", None),
        "coercion": ("2021-10-09", None),  # more than ten days
        "reconsideration": ("2021-10-09", None),
        "licensing": ("2021-10-20", None),
    },
    "承办单位应于接件之日起7个自然日内办结。": dict.fromkeys(
        ("as_written", "licensing", "penalty", "coercion", "reconsideration"), ("2021-10-01", "2021-10-08")
    ),
    "承办单位应于接件之日起5个工作日内办结。": dict.fromkeys(
        ("as_written", "civil", "petition", "litigation", "licensing", "penalty", "coercion"), ("2021-09-30", None)
    ),
    "承办单位应于接件之日起1周内办结。": dict.fromkeys(
        ("as_written", "licensing", "penalty", "coercion"), ("2021-10-01", "2021-10-08")
    ),
    "承办单位应于接件之日起1个月内办结。": dict.fromkeys(
        ("as_written", "civil", "licensing", "litigation"), ("2021-10-24", "2021-10-25")
    ),
}


@pytest.mark.parametrize(
    ("sentence", "counting", "due", "rolled"),
    [(s, name, due, rolled) for s, rows in COMPARED.items() for name, (due, rolled) in rows.items()],
)
def test_the_same_sentence_under_the_profiles(sentence: str, counting: str, due: str, rolled: str | None) -> None:
    (deadline,) = record_of(sentence, {"接件": "2021-09-24"}, counting=counting).deadlines
    assert (deadline.due, deadline.rolled_due) == (due, rolled)


def test_the_amount_stays_as_the_text_says_it() -> None:
    (deadline,) = record_of("承办单位应于接件之日起5日内办结。", {"接件": "2021-09-24"}, counting="penalty").deadlines
    assert deadline.offset is not None
    assert (deadline.offset.value, deadline.offset.unit) == (5, "day")


@pytest.mark.parametrize(
    ("counting", "amount", "basis"),
    [
        ("as_written", "5日", "民法典第二百零一条"),
        ("as_written", "8日", "民法典第二百零一条；参照民法典第二百零三条"),
        ("civil", "8日", "民法典第二百零一条；民法典第二百零三条"),
        ("as_written", "1个月", "民法典第二百零一条、第二百零二条；参照民法典第二百零三条"),
        ("licensing", "5日", "行政许可法第八十二条"),
        ("penalty", "5日", "行政处罚法第八十五条"),
        ("penalty", "6日", "民法典第二百零一条"),
        ("penalty", "5个工作日", "民法典第二百零一条"),
        ("coercion", "10日", "行政强制法第六十九条"),
        ("coercion", "11日", "民法典第二百零一条；参照民法典第二百零三条"),
        ("reconsideration", "10日", "行政复议法第八十八条"),
        ("reconsideration", "8日", "民事诉讼法第八十五条"),
        ("litigation", "8日", "民事诉讼法第八十五条"),
        ("petition", "5个工作日", "信访工作条例（工作日）；参照民法典第二百零一条"),
        ("petition", "8日", "信访工作条例（日为自然日）；参照民法典第二百零一条；参照民法典第二百零三条"),
    ],
)
def test_the_article_that_made_the_count(counting: str, amount: str, basis: str) -> None:
    text = f"承办单位应于接件之日起{amount}内办结。"
    (deadline,) = record_of(text, {"接件": "2021-09-24"}, counting=counting).deadlines
    assert deadline.legal_basis == basis


@pytest.mark.parametrize(
    ("counting", "moment", "due"),
    [
        ("as_written", "2021-08-22T09:30", "2021-08-23T09:30"),
        ("petition", "2021-08-22T09:30", "2021-08-23T09:30"),
        ("litigation", "2021-08-22T09:30", "2021-08-23T10:00"),
        ("litigation", "2021-08-22T09:00", "2021-08-23T10:00"),  # the hour of the event isn't counted
        ("litigation", "2021-08-22T23:59", "2021-08-24T00:00"),
        ("reconsideration", "2021-08-22T09:30", "2021-08-23T10:00"),
    ],
)
def test_hours_under_the_profiles(counting: str, moment: str, due: str) -> None:
    (deadline,) = record_of("接报后24小时内，公安机关应作出决定。", {"接报": moment}, counting=counting).deadlines
    assert deadline.due == due


@pytest.mark.parametrize("word", ["次日10时前", "第二日10时前"])
def test_a_next_day_is_no_amount_of_working_days(word: str) -> None:
    (time,) = find_times(
        f"接件之日起{word}报送。",
        Reference(anchors={"接件": DAY("2021-09-30")}),
        counting=counting_profile("licensing"),
    )
    assert time.due == ("2021-10-01T10:00" if word[0] == "次" else "2021-10-09T10:00")


LOCAL = 'source = "某市热线办法第八条"\nbase = "petition"\n'


@pytest.mark.parametrize(
    ("rules", "amount", "due", "rolled"),
    [
        ("", "8日", "2021-10-02", "2021-10-08"),
        ('roll = "value"', "8日", "2021-10-08", None),
        ('roll = "none"', "8日", "2021-10-02", None),
        ("first_day_counts = true", "8日", "2021-10-01", "2021-10-08"),
        ("first_day_counts = true", "1日", "2021-09-24", None),
        ("first_day_counts = true", "1周", "2021-09-30", None),
        ("first_day_counts = true", "1个月", "2021-10-23", "2021-10-25"),
        ("first_day_counts = true", "3个工作日", "2021-09-27", None),
        ('working_days = "all"', "8日", "2021-10-11", None),
        ("working_days = { up_to = 5 }", "5日", "2021-09-30", None),
        ("working_days = { up_to = 5 }", "6日", "2021-09-30", None),
        ("working_days = [8]\nfirst_day_counts = true", "8日", "2021-10-09", None),
    ],
)
def test_a_local_way_of_counting(tmp_path: Path, rules: str, amount: str, due: str, rolled: str | None) -> None:
    path = tmp_path / "county.toml"
    path.write_text(LOCAL + rules, encoding="utf-8")
    text = f"承办单位应于接件之日起{amount}内办结。"
    record = record_of(text, {"接件": "2021-09-24"}, counting=str(path))
    (deadline,) = record.deadlines
    assert (deadline.due, deadline.rolled_due) == (due, rolled)
    assert record.produced.counting.startswith("county ")
    if rules and deadline.due != "2021-09-30" and 'roll = "none"' not in rules:
        assert deadline.legal_basis is not None
        assert "某市热线办法第八条" in deadline.legal_basis


def test_a_local_rule_moves_no_stated_date(tmp_path: Path) -> None:
    path = tmp_path / "county.toml"
    path.write_text(LOCAL + 'roll = "value"', encoding="utf-8")
    (deadline,) = record_of("各单位要在2021年10月3日前报送。", date="2021-09-06", counting=str(path)).deadlines
    assert (deadline.due, deadline.rolled_due) == ("2021-10-03", "2021-10-08")
    path.write_text(LOCAL + 'roll = "none"', encoding="utf-8")
    (deadline,) = record_of("各单位要在2021年10月3日前报送。", date="2021-09-06", counting=str(path)).deadlines
    assert (deadline.due, deadline.rolled_due, deadline.legal_basis) == ("2021-10-03", None, None)


@pytest.mark.parametrize(
    ("told", "due"),
    [
        ("3日内（含当日）", "2021-08-25"),
        ("3日内(含当天)", "2021-08-25"),
        ("3日内（不含当日）", "2021-08-26"),
        ("3日内（含节假日）", "2021-08-26"),
        ("3日内", "2021-08-26"),
        ("3个工作日内（含受理当日）", "2021-08-25"),
    ],
)
def test_what_the_text_says_of_the_first_day_prevails(told: str, due: str) -> None:
    deadline = mined(f"承办单位应于接件之日起{told}办结。", 接件="2021-08-23")
    assert deadline.due == due
    assert ("第二百零四条" in (deadline.legal_basis or "")) is (due == "2021-08-25")

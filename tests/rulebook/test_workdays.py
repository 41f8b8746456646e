"""The work calendar and the days that have names."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from countingcases import FESTIVALS_2031
from docmine.errors import RuleError, SettingsError
from docmine.rulebook.festivals import festival_date, festival_names, plan_end
from docmine.rulebook.workdays import (
    WorkCalendar,
    announced_years,
    calendar_of,
    load_work_calendar,
    work_calendar,
)

DAY = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2021-09-28", 5, "2021-10-11"),
        ("2021-09-24", 3, "2021-09-28"),  # Sunday 26 was worked
        ("2025-01-24", 5, "2025-02-07"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2021-09-14", 0, "2021-09-14"),
        ("2021-09-17", 1, "2021-09-18"),  # a worked Saturday
    ],
)
def test_counting_forward(start: str, count: int, end: str) -> None:
    assert work_calendar().add(DAY(start), count) == DAY(end)


def test_counting_backward() -> None:
    assert work_calendar().before(DAY("2021-10-08"), 1) == DAY("2021-09-30")


@pytest.mark.parametrize("count", [-1, 100_000])
def test_an_absurd_count_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="working days"):
        work_calendar().add(DAY("2021-09-14"), count)


@pytest.mark.parametrize(
    ("day", "rolled"),
    [
        ("2021-10-03", "2021-10-08"),
        ("2021-02-28", "2021-03-01"),
        ("2021-09-14", "2021-09-14"),
        ("2021-09-26", "2021-09-26"),
    ],
)
def test_a_free_last_day_rolls_on(day: str, rolled: str) -> None:
    assert work_calendar().roll(DAY(day)) == DAY(rolled)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2031-01-01", False),  # 元旦
        ("2031-01-22", False),  # 除夕
        ("2031-01-23", False),  # 春节
        ("2031-10-03", False),
        ("2031-10-08", True),
        ("2031-03-08", False),  # a Saturday
        ("2031-03-10", True),
    ],
)
def test_years_not_announced_are_provisional(day: str, worked: bool) -> None:
    calendar = work_calendar()
    assert calendar.is_workday(DAY(day)) is worked
    assert calendar.is_provisional(DAY(day))
    assert not calendar.is_provisional(DAY("2021-09-14"))


def test_a_table_overrides_everything(tmp_path: Path) -> None:
    table = tmp_path / "days.tsv"
    table.write_text("# local\n2031-03-08\twork\tmake-up\n2021-09-14\tfree\t\n", encoding="utf-8")
    calendar = load_work_calendar(table)
    assert calendar.is_workday(DAY("2031-03-08"))
    assert not calendar.is_workday(DAY("2021-09-14"))
    assert not calendar.is_provisional(DAY("2031-03-08"))


@pytest.mark.parametrize(
    ("text", "line", "named"),
    [
        ("2031-3-8\twork", 1, "'2031-3-8' is no date"),
        ("20310308\twork", 1, "'20310308' is no date"),
        ("2031-W10-6\twork", 1, "is no date"),
        ("# days\n\n2031-02-30\tfree\t", 3, "'2031-02-30' is no date"),
        ("2031-03-08\tmaybe", 1, "'maybe' is neither work nor free"),
        ("2031-03-08\t", 1, "'' is neither work nor free"),
        ("2031-03-08\tworked", 1, "'worked' is neither"),
        ("2031-03-08", 1, "'' is neither work nor free"),
        ("2031-03-08;work", 1, "'2031-03-08;work' is no date"),
        ("放假 2031-03-08", 1, "'放假' is no date"),
        ("2031-03-08\twork\n2031-03-09\tfree\n2031-03-08\tfree\n", 3, "free here and work in line 1"),
    ],
)
def test_a_bad_line_is_named_with_its_number_and_a_remedy(tmp_path: Path, text: str, line: int, named: str) -> None:
    table = tmp_path / "days.tsv"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load_work_calendar(table)
    assert caught.value.message.startswith(f"days.tsv, line {line}: ")
    assert named in caught.value.message
    assert caught.value.remedy


def test_a_table_that_is_not_utf8_is_told_with_its_line(tmp_path: Path) -> None:
    table = tmp_path / "days.tsv"
    table.write_bytes("2027-01-01\tfree\n2027-01-02\tfree\t元旦\n".encode("gb18030"))
    with pytest.raises(RuleError, match=r"days\.tsv, line 2: is not UTF-8"):
        load_work_calendar(table)


def test_a_missing_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="can't be opened"):
        load_work_calendar(tmp_path / "none.tsv")


@pytest.mark.parametrize("text", ["", "# nothing\n", "\ufeff2031-03-08\twork\n", "2031-03-08\twork\r\n" * 2])
def test_what_a_table_may_look_like(tmp_path: Path, text: str) -> None:
    table = tmp_path / "days.tsv"
    table.write_bytes(text.encode())
    calendar = load_work_calendar(table)
    assert calendar.is_workday(DAY("2031-03-08")) is ("work" in text)
    assert len(calendar.fingerprint) == 16


@pytest.mark.parametrize("gap", ["\t", ",", "，", " ", "  ", ", ", " \t"])
@pytest.mark.parametrize(
    ("word", "worked"),
    [("work", True), ("Work", True), ("上班", True), ("班", True), ("free", False), ("放假", False), ("休", False)],
)
def test_what_parts_and_names_the_columns(tmp_path: Path, gap: str, word: str, worked: bool) -> None:
    table = tmp_path / "days.csv"
    for line in (f"2031-03-08{gap}{word}", f"2031-03-08{gap}{word}{gap}调休, 补 一天"):
        table.write_text(line, encoding="utf-8")
        assert load_work_calendar(table).is_workday(DAY("2031-03-08")) is worked


def test_a_partial_table_tells_what_it_lacks(tmp_path: Path) -> None:
    table = tmp_path / "days.tsv"
    table.write_text("2031-01-01 放假 元旦\n2021-09-14 free\n", encoding="utf-8")
    lacking = load_work_calendar(table).lacking()
    assert list(lacking) == [2031]
    assert DAY("2031-01-01") not in lacking[2031]
    assert {DAY("2031-05-01"), DAY("2031-10-01")} < set(lacking[2031])
    table.write_text("".join(f"{day} free\n" for day in (DAY("2031-01-01"), *lacking[2031])), encoding="utf-8")
    assert load_work_calendar(table).lacking() == {}
    assert work_calendar().lacking() == {}


def test_the_years_that_are_known() -> None:
    assert {2004, 2021, 2026} <= set(announced_years())
    assert 2003 not in announced_years()


def test_a_changed_table_is_read_again(tmp_path: Path) -> None:
    table = tmp_path / "days.tsv"
    table.write_text("2031-03-08\twork\n", encoding="utf-8")
    before = calendar_of(str(table))
    table.write_text("2031-03-08\tfree\n", encoding="utf-8")
    assert [each.is_workday(DAY("2031-03-08")) for each in (before, calendar_of(table))] == [True, False]


def test_without_a_table_it_is_the_shipped_calendar() -> None:
    assert calendar_of(None) is work_calendar()
    assert calendar_of(None).fingerprint == ""


def test_a_table_with_all_statutory_days_covers_the_year(tmp_path: Path) -> None:
    table = tmp_path / "days.tsv"
    rows = [f"{day}\tfree\n" for day in FESTIVALS_2031]
    table.write_text("".join(rows), encoding="utf-8")
    calendar = load_work_calendar(table)
    assert not calendar.is_provisional(DAY("2031-08-08"))
    assert not calendar.is_provisional_between(DAY("2031-01-01"), DAY("2031-12-31"))
    assert calendar.is_provisional_between(DAY("2031-12-30"), DAY("2032-01-04"))
    table.write_text("".join(rows[1:]), encoding="utf-8")
    assert load_work_calendar(table).is_provisional(DAY("2031-08-08"))


@pytest.mark.parametrize(
    ("start", "end", "provisional"),
    [
        ("2021-01-01", "2021-12-31", False),
        ("2004-01-01", "2026-12-31", False),
        ("2026-12-28", "2027-01-04", True),
        ("2003-12-30", "2004-01-05", True),
        ("2031-03-03", "2031-03-04", True),
        ("2031-03-04", "2031-03-03", False),  # no day at all
    ],
)
def test_spans_over_years_not_announced(start: str, end: str, provisional: bool) -> None:
    assert work_calendar().is_provisional_between(DAY(start), DAY(end)) is provisional


def test_extra_days_need_no_file() -> None:
    assert WorkCalendar({DAY("2021-09-15"): False}).add(DAY("2021-09-14"), 1) == DAY("2021-09-16")


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("元旦", 2022, "2022-01-01"),
        ("春节", 2022, "2022-02-01"),
        ("除夕", 2022, "2022-01-31"),
        ("除夕", 2025, "2025-01-28"),  # the year has no 三十
        ("端午节", 2020, "2020-06-25"),
        ("中秋节", 2021, "2021-09-21"),
        ("腊八", 2024, "2024-01-18"),
        ("国庆节", 2021, "2021-10-01"),
        ("清明", 2021, "2021-04-04"),
        ("清明", 2023, "2023-04-05"),
        ("冬至", 2021, "2021-12-21"),
        ("霜降", 2023, "2023-10-24"),
        ("立春", 2021, "2021-02-03"),
        ("小寒", 2019, "2019-01-05"),
    ],
)
def test_festival(name: str, year: int, day: str) -> None:
    assert festival_date(name, year) == DAY(day)


def test_unknown_festivals_and_years_have_no_day() -> None:
    assert festival_date("不存在的节", 2021) is None
    assert festival_date("春节", 2300) is None


def test_every_name_has_a_day() -> None:
    assert all(festival_date(name, 2024) for name in festival_names())


def test_statutory_holidays_are_free() -> None:
    """The festivals' own days must agree with what was announced."""
    for name in ("元旦", "春节", "清明", "劳动节", "端午", "中秋", "国庆"):
        for year in range(2015, 2027):
            day = festival_date(name, year)
            assert day is not None
            assert not work_calendar().is_workday(day)


@pytest.mark.parametrize(("ordinal", "end"), [(13, "2020-12-31"), (14, "2025-12-31"), (15, "2030-12-31")])
def test_five_year_plan(ordinal: int, end: str) -> None:
    assert plan_end(ordinal) == DAY(end)

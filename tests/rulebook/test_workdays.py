"""The work calendar and the days that have names."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from docmine.errors import RuleError
from docmine.rulebook.festivals import festival_date, festival_names, plan_end
from docmine.rulebook.workdays import WorkCalendar, load_work_calendar, work_calendar

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


@pytest.mark.parametrize("row", ["2031-3-8\twork", "2031-03-08\tmaybe", "2031-03-08"])
def test_a_bad_row_names_the_file(tmp_path: Path, row: str) -> None:
    table = tmp_path / "days.tsv"
    table.write_text(row + "\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"days\.tsv"):
        load_work_calendar(table)


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

"""Rows of tickets count their times from their own moments."""

from __future__ import annotations

import datetime as dt

import pytest

from docmine.schema.findings import Reference
from miningcases import Mined

HEAD = "编号\t{column}\t诉求内容\t办理要求\n"


def dues(rows: list[str], *, column: str = "受理时间", reference: Reference | None = None) -> list[str | None]:
    text = HEAD.format(column=column) + "".join(f"{i}\t{row}\n" for i, row in enumerate(rows, 1))
    found = Mined(text, reference=reference or Reference(dt.date(2020, 1, 1)))
    return [deadline.time.due for deadline in found.findings.deadlines]


@pytest.mark.parametrize("column", ["受理时间", "派单时间", "交办日期", "工单创建时间"])
def test_each_row_counts_from_its_own_day(column: str) -> None:
    rows = ["2022-05-09 16:10\t井盖松动\t请在3日内修好", "2022-12-30 08:00\t占道经营\t请于1月4日前办结"]
    assert dues(rows, column=column) == ["2022-05-12", "2023-01-04"]


def test_hours_run_from_the_rows_moment() -> None:
    rows = ["2022-05-09 16:10\t井盖松动\t请在接单后2小时内到场", "2022-05-10 09:00\t积水\t请在受理后1小时内到场"]
    assert dues(rows) == ["2022-05-09T18:10", "2022-05-10T10:00"]


def test_what_the_caller_knows_comes_first() -> None:
    known = Reference(dt.date(2020, 1, 1), anchors={"接单": dt.datetime(2022, 5, 9, 20, 0)})
    assert dues(["2022-05-09 16:10\t井盖松动\t请在接单后2小时内到场"], reference=known) == ["2022-05-09T22:00"]


def test_rows_without_a_day_count_from_the_document() -> None:
    rows = ["\t井盖松动\t请在3日内修好", "2022-05-10\t积水\t请在3日内排干"]
    assert dues(rows) == ["2020-01-04", "2022-05-13"]


def test_other_events_stay_open() -> None:
    assert dues(["2022-05-09\t加装电梯\t请在登记造册后5日内公示"], column="登记时间") == [None]


def test_other_columns_date_no_row() -> None:
    assert dues(["2022-05-09\t井盖松动\t请在3日内修好"], column="回访日期") == ["2020-01-04"]

"""Tables drawn in plain text, and what their columns mean."""

from __future__ import annotations

import pytest

from docmine.intake.tables import header_of, text_tables
from docmine.rulebook.columns import meaning_of
from docmine.schema.document import Cell, Table
from docmine.schema.spans import Span
from structurecases import lines_of, structured

DRAWN = [
    (
        "pipes",
        "工作分工如下。\n任务|责任单位|完成时限\n检修闸门|县水利局|5月底前\n补充沙袋|县应急局|6月10日前\n请遵照执行。\n",
        [["任务", "责任单位", "完成时限"], ["检修闸门", "县水利局", "5月底前"], ["补充沙袋", "县应急局", "6月10日前"]],
    ),
    (
        "pipes with edges and a rule",
        "| 事项 | 责任人 |\n|---|---|\n| 换滤芯 | 唐可 |\n",
        [["事项", "责任人"], ["---", "---"], ["换滤芯", "唐可"]],
    ),
    (
        "tabs, columns unknown",
        "东区\t12\t98.5%\n西区\t9\t97.1%\n",
        [["东区", "12", "98.5%"], ["西区", "9", "97.1%"]],
    ),
    ("a heading line above", "附表\t分工\n序号\t任务\t责任人\n1\t采样\t何青\n", [["序号", "任务", "责任人"], ["1", "采样", "何青"]]),
    ("full-width pipes", "任务｜责任单位\n扫雪｜城管局\n", [["任务", "责任单位"], ["扫雪", "城管局"]]),
]  # fmt: skip

NOT_DRAWN = [
    "首页 | 政务公开 | 互动交流\n",
    "本报讯\t记者方晓\n各单位要抓好落实。\n",
    "甲|乙\n丙|丁\n",
    "一、任务\n二、责任单位\n",
]

MEANINGS = {
    "task": ["任务", "工作任务", "主要任务", "重点工作", "整改措施", "行动项", "Action Item", "序号及任务"],
    "lead": ["牵头单位", "牵头部门", "主办单位", "牵头责任单位", "牵 头 单 位", "**牵头单位**"],
    "support": ["配合单位", "协办单位", "参加单位", "责任配合单位"],
    "responsible": ["责任单位", "责任人", "承办单位", "Owner", "（责任部门）", "整改责任单位", "主要负责人"],
    "supervise": ["督办单位", "督办领导"],
    "report_to": ["报送对象"],
    "due": ["完成时限", "完成时间", "截止日期", "DDL", "整改时限", "时间节点"],
    "problem": ["反映问题", "交办问题基本情况", "存在问题"],
    "finding": ["调查核实情况", "是否属实"],
    "measure": ["处理和整改情况", "办理结果"],
    "status": ["是否办结", "完成状态"],
    "number": ["序号", "受理编号"],
    "other": ["备注", "行政区域", "联系电话"],
}
MEANINGLESS = ["产值", "同比增长", "东湖街道", "", "12", "今年以来全县各项工作任务推进情况综述"]


def cells_of(norm: str, table: Table) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell.span.text(norm).strip())
    return [rows[row] for row in sorted(rows)]


@pytest.mark.parametrize(("text", "wanted"), [case[1:] for case in DRAWN], ids=[case[0] for case in DRAWN])
def test_a_table_is_seen(text: str, wanted: list[list[str]]) -> None:
    (table,) = text_tables(text, lines_of(text), [])
    assert cells_of(text, table) == wanted


@pytest.mark.parametrize("text", NOT_DRAWN)
def test_no_table_is_seen(text: str) -> None:
    assert text_tables(text, lines_of(text), []) == []


def test_lines_of_a_known_table_are_passed_over() -> None:
    text = "任务|责任单位\n扫雪|城管局\n"
    assert text_tables(text, lines_of(text), [Span(0, len(text))]) == []


@pytest.mark.parametrize(("meaning", "header"), [(m, h) for m, headers in MEANINGS.items() for h in headers])
def test_a_header_means(meaning: str, header: str) -> None:
    assert meaning_of(header) == meaning


@pytest.mark.parametrize("header", MEANINGLESS)
def test_a_header_without_meaning(header: str) -> None:
    assert meaning_of(header) is None


def grid(
    rows: list[list[str]], *, header_rows: int = 0, spans: dict[tuple[int, int], int] | None = None
) -> tuple[str, Table]:
    """A text of tab-joined rows and its table; `spans` gives cells more than one column."""
    text, cells = "", []
    for r, row in enumerate(rows):
        col = 0
        for i, word in enumerate(row):
            width = (spans or {}).get((r, i), 1)
            cells.append(Cell(Span(len(text), len(text) + len(word)), r, col, colspan=width))
            text += word + ("\t" if i + 1 < len(row) else "\n")
            col += width
    return text, Table(tuple(cells), header_rows)


def test_the_header_row_is_the_one_that_names_columns() -> None:
    norm, table = grid([["附件1"], ["序号", "任务", "责任单位"], ["1", "扫雪", "城管局"]])
    assert header_of(norm, table) == (2, {0: "序号", 1: "任务", 2: "责任单位"})


def test_a_merged_header_names_all_its_columns() -> None:
    norm, table = grid([["任务", "责任单位"], ["扫雪", "城管局", "环卫处"]], spans={(0, 1): 2})
    assert header_of(norm, table) == (1, {0: "任务", 1: "责任单位", 2: "责任单位"})


def test_a_second_header_row_says_it_closer() -> None:
    norm, table = grid(
        [["任务", "责任单位"], ["", "牵头单位", "配合单位"], ["扫雪", "城管局", "环卫处"]],
        header_rows=2, spans={(0, 1): 2},
    )  # fmt: skip
    assert header_of(norm, table) == (2, {0: "任务", 1: "牵头单位", 2: "配合单位"})


def test_a_table_of_figures_has_no_header() -> None:
    norm, table = grid([["地区", "产值", "增速"], ["东区", "12亿元", "4%"]])
    assert header_of(norm, table) == (0, {})


def test_cells_become_stretches_with_the_meaning_of_their_column() -> None:
    norm, found = structured(
        "清雪工作分工表\n任务|责任单位|完成时限\n清扫主干道|城管局|雪停后4小时内\n备足融雪剂|交通局|11月1日前\n"
    )
    cells = [(s.row, s.column, s.span.text(norm)) for s in found.stretches if s.role == "cell"]
    assert cells == [
        ((0, 1), "task", "清扫主干道"), ((0, 1), "responsible", "城管局"), ((0, 1), "due", "雪停后4小时内"),
        ((0, 2), "task", "备足融雪剂"), ((0, 2), "responsible", "交通局"), ((0, 2), "due", "11月1日前"),
    ]  # fmt: skip


def test_numbered_items_in_a_cell_are_stretches_of_their_own() -> None:
    norm, found = structured("任务清单\n任务|责任单位\n1.清理占道物品；2.施划停车位。|交警大队\n")
    tasks = [s.span.text(norm) for s in found.stretches if s.column == "task"]
    assert tasks == ["清理占道物品；", "施划停车位。"]

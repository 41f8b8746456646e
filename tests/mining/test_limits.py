"""Label lines that set a limit: for the tasks beside them, or as orders of their own."""

from __future__ import annotations

import pytest

from docmine.schema.findings import Directive
from miningcases import Mined

TICKET = "工单编号：20230310-07\n诉求内容：小区停水两天。\n承办单位：县水务局\n办结时限：2023-03-16 18:00\n"
SHEET = "信访事项交办单\n信访事项：欠薪问题\n办理要求：请查明情况并答复信访人。\n办理时限：2023年3月31日前\n"
ITEMS = (
    "关于整改的通知\n各镇：\n一、请排查危桥。\n二、请设立警示牌。\n三、整改期限：4月20日\n四、反馈日期：4月25日17时前\n"
)


def dues(found: Mined, directive: Directive) -> list[str | None]:
    return [t.time.due for t in found.findings.deadlines if t.directive == directive.id]


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("整改时限：2023年3月31日", "2023-03-31"),
        ("反馈时间：3月20日（周一）上午11时前", "2023-03-20T11:00"),
        ("【完成时限】：4月底前", "2023-04-30"),
        ("材料提交日期：周五前", "2023-03-17"),
    ],
)
def test_a_line_that_only_sets_a_limit_directs(line: str, due: str) -> None:
    found = Mined(line + "\n")
    (directive,) = found.findings.directives
    assert (found.text(directive), dues(found, directive)) == (line, [due])


@pytest.mark.parametrize(
    "line", ["受理时间：2023年3月10日", "会议时间：3月20日前", "办理时限：", "办理时限：无", "反馈时间：2023年3月2日"]
)
def test_other_labels_direct_nothing(line: str) -> None:
    assert Mined(line + "\n").findings.directives == []


def test_a_tickets_limit_is_its_units() -> None:
    found = Mined(TICKET)
    (directive,) = found.findings.directives
    assert dues(found, directive) == ["2023-03-16T18:00"]
    assert [(r.name, r.role) for r in found.findings.responsibilities] == [("县水务局", "responsible")]
    assert found.function("2023-03-16") == "directive"


def test_a_sheets_limit_belongs_to_what_it_requires() -> None:
    found = Mined(SHEET)
    assert [(found.text(d), dues(found, d)) for d in found.findings.directives] == [
        ("请查明情况并答复信访人", ["2023-03-31"])
    ]


def test_a_numbered_label_governs_the_items_before_it() -> None:
    found = Mined(ITEMS)
    assert [(found.text(d), dues(found, d)) for d in found.findings.directives] == [
        ("请排查危桥", ["2023-04-20", "2023-04-25T17:00"]),
        ("请设立警示牌", ["2023-04-20", "2023-04-25T17:00"]),
    ]


def test_a_limit_of_its_own_section_leaves_ids_in_order() -> None:
    found = Mined("关于检查的通知\n一、报送时限\n办理时限：4月3日前\n二、加强值守\n要落实值班制度。\n")
    directives = found.findings.directives
    assert [d.id for d in directives] == [f"d{i}" for i in range(1, len(directives) + 1)]
    assert [d.span.start for d in directives] == sorted(d.span.start for d in directives)
    assert {t.directive for t in found.findings.deadlines} <= {d.id for d in directives}


def test_a_letters_limit_is_told() -> None:
    assert Mined("留言主题：路灯\n留言内容：路灯坏了。\n办理时限：3月20日前\n").findings.directives == []

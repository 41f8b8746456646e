"""What a sentence does that is no directive, and how checkable a directive's result is."""

from __future__ import annotations

import pytest

from docmine.mining.classify import concreteness, function_of
from docmine.schema.document import Stretch
from docmine.schema.spans import Span

FUNCTIONS = {
    "agenda": ["今天的会议有三项议程。", "议题一：招生计划"],
    "decision": ["会议原则同意《供水管网改造方案》。", "会议审议通过了年度预算。"],
    "finding": ["会议认为，时机已经成熟。", "经核实，反映的问题基本属实。", "排查中存在台账不全等问题。"],
    "report": ["上半年累计排查隐患320处。", "工程正在施工。", "全县共有水库12座。"],
    "etiquette": ["下面，请县水利局通报工作情况。", "会议到此结束，散会。"],
    "noise": ["----------", "https://example.org/a", "版权所有 某某网站"],
    "background": ["汛期将至，天气多变。", "河道治理事关民生。"],
}

PLACES = [
    ("heading", Stretch(Span(0, 1), "title")),
    ("heading", Stretch(Span(0, 1), "heading")),
    ("finding", Stretch(Span(0, 1), "cell", column="finding", row=(0, 1))),
    ("measure", Stretch(Span(0, 1), "cell", column="measure", row=(0, 1))),
    ("fact", Stretch(Span(0, 1), "cell", column="problem", row=(0, 1))),
    ("background", Stretch(Span(0, 1), "particulars")),
]

CONCRETE = {
    "concrete": [
        # text, dated, owned
        ("各镇要于6月底前完成清淤", True, True),
        ("要抓好清淤", True, False),
        ("由县水利局编制方案", False, True),
        ("各镇要建立台账", False, True),
    ],
    "partial": [
        ("要建立台账", False, False),
        ("各镇要加快施工进度", False, True),
        ("要加强夜间巡查", False, False),
    ],
    "slogan": [
        ("要增强政治意识", False, False),
        ("各级干部要牢固树立宗旨意识", False, True),
        ("要以高度的使命感抓好工作", False, False),
    ],
}


@pytest.mark.parametrize(("wanted", "text"), [(f, t) for f, texts in FUNCTIONS.items() for t in texts])
def test_function(wanted: str, text: str) -> None:
    assert function_of(text, Stretch(Span(0, len(text))), "neutral") == wanted


@pytest.mark.parametrize(("wanted", "stretch"), PLACES)
def test_the_place_tells_the_function(wanted: str, stretch: Stretch) -> None:
    assert function_of("现场有积水", stretch, "silent") == wanted


def test_a_petitioner_tells_facts() -> None:
    assert function_of("楼道灯坏了半年。", Stretch(Span(0, 1)), "letter") == "fact"


@pytest.mark.parametrize(
    ("wanted", "text", "dated", "owned"), [(c, *row) for c, rows in CONCRETE.items() for row in rows]
)
def test_concreteness(wanted: str, text: str, dated: bool, owned: bool) -> None:
    assert concreteness(text, dated=dated, owned=owned) == wanted


@pytest.mark.xfail(strict=True, reason="single characters tell a result: 提 of 提高, 建 of 建设, 完 of 完善")
@pytest.mark.parametrize("text", ["要提高思想认识", "要加强作风建设", "要完善观念"])
def test_slogans_with_a_character_of_a_result(text: str) -> None:
    assert concreteness(text, dated=False, owned=False) == "slogan"

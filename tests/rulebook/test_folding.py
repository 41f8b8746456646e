"""Folding: one character for one character, in the form that rules match."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docmine.rulebook.folding import fold, is_traditional

FOLDED = [
    # Traditional, variants, words whose characters fold otherwise than alone
    ("會議紀要", "会议纪要"),
    ("請環保局儘快辦理並答覆，於下週前完成計畫", "请环保局尽快办理并答复，于下周前完成计划"),
    ("領導幹部應瞭解後續情況，覆核結果於月底前彙報", "领导干部应了解后续情况，复核结果于月底前汇报"),
    ("著力解決群眾反映的問題，規畫隨著調整", "着力解决群众反映的问题，规划随着调整"),
    # width
    ("２０２１年９月３０日，ＡＢ１２完成５０％", "2021年9月30日，AB12完成50%"),
    ("＿市２０＊＊年", "_市20**年"),
    # half-width punctuation in Chinese text
    (
        "请各村(社区)注意:一是排查;二是整改,三是上报!能否完成?",
        "请各村（社区）注意：一是排查；二是整改，三是上报！能否完成？",
    ),
    ("1)加强巡查", "1）加强巡查"),
    ("(1)加强巡查", "（1）加强巡查"),
    ("牵头单位:PMC", "牵头单位：PMC"),
    # spaces, compatibility characters (a PDF's radicals, vertical forms)
    ("　　各镇\u00a0要", "  各镇 要"),
    ("⼯作要求，⽴即整改", "工作要求，立即整改"),
    ("整改︰限期﹔上报", "整改：限期；上报"),
    ("「零報告」", "“零报告”"),
    # half-width dots as full stops of the whole text
    ("要抓紧整改.请按时上报.责任到人", "要抓紧整改。请按时上报。责任到人"),
    # clock times with a full-width colon
    ("于12：00前报送", "于12:00前报送"),
]

KEPT = [
    "于12:00前报送",
    "共1,200元",
    "值班时间8:30-17:30",
    "见https://example.com/a?b=1,2;c:d",
    "请看 The plan (draft), version 2: done",
    "PMC (Project), SIG",
    "plain English, no Han: nothing (at all) changes!",
    "联系x@example.com",
    "已上报。一.抓落实",
    "①排查②整改㈠上报",
    "〔2021〕3号",
    "乾隆年间的徵音",
    "比例1:500",
]


@pytest.mark.parametrize(("text", "expected"), FOLDED)
def test_folds(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_keeps(text: str) -> None:
    assert fold(text) == text


def test_brackets_stay_in_pairs_around_latin_letters() -> None:
    assert fold("系统(TMS)上线,由A(B)负责") == "系统（TMS）上线，由A(B)负责"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("會議議定以下事項", True),
        ("会议议定以下事项", False),
        ("由王工、李工負责的项目，请于月底前完成全部整改任务", False),
    ],
)
def test_is_traditional(text: str, expected: bool) -> None:
    assert is_traditional(text) is expected


@given(st.text())
def test_length_never_changes(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="会議，,.:;()（） \u3000１2ab請於後。\n—\"'?!"))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once

"""One clause looked at: subject, operators, whether a bare verb opens it, whether it tells of the past."""

from __future__ import annotations

from typing import Any

import pytest

from docmine.mining.clauses import Times, skip_lead
from docmine.schema.findings import TimeExpression
from docmine.schema.spans import Span
from miningcases import clause_of, scanned

SUBJECTS: list[tuple[str, list[str]]] = [
    ("各镇要抓好清淤", ["各镇"]),
    ("会后，县水利局要拿出方案", ["县水利局"]),
    ("同时，各科室要做好记录", ["各科室"]),
    ("县公安局、县司法局要加强配合", ["县公安局", "县司法局"]),
    ("9月底前，各村完成改厕", ["各村"]),
    ("各镇主要负责人是第一责任人", ["各镇主要负责人"]),
    ("未安装净化设施的店铺要停业整改", ["未安装净化设施的店铺"]),
    ("承担运输任务的单位必须核验证件", ["承担运输任务的单位"]),
    # no subject
    ("要抓好清淤", []),
    ("对各镇要加强考核", []),
    ("县水利局的方案要完善", []),
    ("各镇名单要及时更新", []),
    ("督促各镇抓好清淤", []),
    ("县水利局工作扎实", []),
]

BARE = {
    True: [
        "加强夜间巡查",
        "进一步完善台账",
        "于6月底前完成清淤",
        "认真组织排查",
        "对隐患点设置警示牌",
        "各镇抓好落实",
        "严格落实值班制度",
        "逐户登记造册",
    ],
    False: [
        "今年雨水偏多",
        "隐患依然存在",
        "落实的情况不理想",
        "形势十分严峻",
        "群众反映强烈",
        "因连日降雨水位上涨",
    ],
}

FLAGS: dict[str, dict[bool, list[str]]] = {
    "past": {
        True: [
            "已完成清淤",
            "累计排查隐患30处",
            "取得明显成效",
            "召开了动员会",
            "正在组织施工",
            "去过现场",
            "近年来投入加大",
        ],
        False: ["要抓好清淤", "为了群众的利益", "方便群众了解政策", "已知的隐患要整改", "正在建的项目要提速"],
    },
    "statistic": {True: ["占年度计划的60%", "下达补助300万元"], False: ["完成3个项目", "投入不少资金"]},
    "support": {
        True: ["县城管局配合", "各镇要积极配合做好清淤", "县财政局协助核算"],
        False: ["各镇要配合好", "县水利局牵头"],
    },
    "fronted": {
        True: ["对逾期不改的", "根据汛情变化", "经费不足的", "整治期间", "凡未取得许可的"],
        False: ["各镇要抓好清淤", "加强夜间巡查"],
    },
    "has_deadline": {True: ["6月底前完成清淤", "每周报送进展"], False: ["6月20日召开会议", "完成清淤"]},
    "timed": {True: ["6月20日召开会议", "每周报送进展"], False: ["2023年1月5日召开会议", "完成清淤"]},
}
KNOWN = {("support", False, "各镇要配合好"): "要配合好 is read as support although it is the task itself"}

LEADS = [
    ("同时，各镇要清淤", "各镇要清淤"),
    ("会后，6月底前，各镇要清淤", "各镇要清淤"),
    ("并于6月底前完成", "完成"),
    ("今后，要加强巡查", "要加强巡查"),
    ("各镇要清淤", "各镇要清淤"),
    ("及时清淤", "及时清淤"),
]


def flag_cases() -> list[Any]:
    cases = []
    for name, by_value in FLAGS.items():
        for value, texts in by_value.items():
            for text in texts:
                reason = KNOWN.get((name, value, text))
                marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
                cases.append(pytest.param(name, value, text, marks=marks, id=f"{name}-{value}-{text}"))
    return cases


@pytest.mark.parametrize(("text", "wanted"), SUBJECTS)
def test_subject(text: str, wanted: list[str]) -> None:
    clause = clause_of(text)
    assert [party.span.text(text) for party in clause.subject] == wanted


@pytest.mark.parametrize(("bare", "text"), [(bare, text) for bare, texts in BARE.items() for text in texts])
def test_a_bare_verb_opens_it(bare: bool, text: str) -> None:
    assert clause_of(text).bare is bare


@pytest.mark.parametrize(("name", "value", "text"), flag_cases())
def test_flags(name: str, value: bool, text: str) -> None:
    assert getattr(clause_of(text), name) is value


@pytest.mark.parametrize(("text", "rest"), LEADS)
def test_what_stands_before_a_subject(text: str, rest: str) -> None:
    scan, times = scanned(text)
    assert text[skip_lead(scan, 0, len(text), times) :] == rest


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("各镇必须清淤", ["op.must"]),
        ("落实“必须清淤”的口号", []),
        ("按照《关于要求清淤的通知》", []),
        ("完善台账（不得遗漏）", []),
    ],
)
def test_operators_stand_outside_brackets_and_names(text: str, wanted: list[str]) -> None:
    assert [hit.operator.id for hit in clause_of(text).operators] == wanted


def test_the_span_leaves_the_final_mark_out() -> None:
    text = "各镇要清淤。"
    assert clause_of(text).span == Span(0, len(text) - 1)


def test_persons_are_subjects_only_where_allowed() -> None:
    text = "林茂负责采购"
    assert clause_of(text).subject == []
    assert [party.type for party in clause_of(text, persons=True).subject] == ["person"]


def test_times_by_position() -> None:
    first = TimeExpression(Span(2, 6), "date", "r", due="2023-05-01")
    second = TimeExpression(Span(8, 12), "date", "r", due="2023-06-01")
    times = Times([first, second], "2023-05-20")
    assert times.within(Span(0, 20)) == [first, second]
    assert times.within(Span(0, 11)) == [first]
    assert times.within(Span(3, 20)) == [second]
    assert times.at(8) is second and times.at(9) is None
    assert times.has_coming(Span(0, 20)) and not times.has_coming(Span(0, 7))
    assert Times([]).within(Span(0, 5)) == []

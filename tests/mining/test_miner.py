"""The walk over a document: segments, directives with force, parent and speaker, deadlines, parties, warnings."""

from __future__ import annotations

import datetime as dt

import pytest

from docmine.schema.findings import Reference
from miningcases import Mined

NOTICE = (
    "关于做好防汛工作的通知\n各镇人民政府：\n现就有关事项通知如下：\n一、压实责任\n各镇主要负责人必须到岗到位。\n"
    "二、排查隐患\n（一）县水利局牵头，县住建局配合，4月10日前完成水库排查。\n（二）不得瞒报漏报。\n"
    "三、信息报送\n请各镇每周五报送进展。\n云岭县人民政府办公室\n2023年3月14日\n"
)
MINUTES = (
    "供水保障专题会议纪要\n2023年3月13日，副县长韩立主持召开专题会议。会议听取了县水务局的汇报，现纪要如下：\n"
    "会议指出，去年管网改造取得积极进展，群众较为满意。\n会议要求，县水务局要在会后10日内拿出方案。\n"
    "会议原则同意《应急供水预案》。\n"
)
LETTER = (
    "留言主题：楼道灯不亮\n留言内容：我是城南小区的居民，楼道灯坏了半年，物业去年承诺3月前修好，至今没有动静。\n"
    "恳请县住建局督促物业尽快修复。能否在院内增设路灯？\n"
)
REPLY = (
    "关于楼道灯问题的答复\n您反映的楼道灯不亮问题收悉，现答复如下：\n一、调查情况\n经查，灯具老化属实。物业已更换两盏。\n"
    "二、下一步工作\n我局将督促物业于4月底前更换灯具。加强日常巡查。\n"
)


def test_a_notice() -> None:
    found = Mined(NOTICE)
    assert found.kind == "notice"
    assert found.texts == [
        "各镇主要负责人必须到岗到位",
        "县水利局牵头，县住建局配合，4月10日前完成水库排查",
        "不得瞒报漏报",
        "请各镇每周五报送进展",
    ]
    assert found.forces() == ["obligation", "obligation", "prohibition", "obligation"]


def test_minutes() -> None:
    found = Mined(MINUTES)
    assert found.kind == "minutes"
    assert found.texts == ["县水务局要在会后10日内拿出方案"]
    assert found.function("取得积极进展") in ("finding", "report")
    assert found.function("原则同意") == "decision"


def test_a_letter() -> None:
    found = Mined(LETTER)
    assert found.kind == "letter"
    assert found.texts == ["恳请县住建局督促物业尽快修复", "能否在院内增设路灯"]
    assert found.forces() == ["request", "request"]
    assert found.function("坏了半年") == "fact"


def test_a_reply() -> None:
    found = Mined(REPLY)
    assert found.kind == "reply"
    assert found.texts == ["我局将督促物业于4月底前更换灯具", "加强日常巡查"]
    assert found.forces() == ["commitment", "commitment"]


def test_a_headline_is_parent_of_what_stands_below() -> None:
    found = Mined("防火通知\n一、严格火源管理\n各镇要设卡检查。\n二、基本情况\n林区面积广。\n")
    headline = found.directive("严格火源管理")
    assert headline.heading
    assert found.directive("设卡检查").parent == headline.id
    assert found.texts == ["各镇要设卡检查"]


@pytest.mark.parametrize("title", ["基本情况", "组织机构", "关于防火工作", "总体要求", "保障措施"])
def test_other_topic_lines_are_no_directives(title: str) -> None:
    found = Mined(f"防火通知\n一、{title}\n各镇要设卡检查。\n")
    assert not [d for d in found.findings.directives if d.heading]


def test_relayed_words_keep_their_speaker() -> None:
    found = Mined(
        "防火推进会主持词\n同志们：下面传达有关精神。\n罗书记强调：\n各镇必须设卡检查。\n传达完毕。\n下面，我再强调一点。\n各村要抓好宣传。\n"
    )
    relayed, own = found.directive("设卡检查"), found.directive("抓好宣传")
    assert (relayed.speaker, relayed.relayed) == ("罗书记", True)
    assert (own.speaker, own.relayed) == (None, False)


def test_deadlines_count_from_the_meeting() -> None:
    found = Mined(MINUTES)
    (deadline,) = found.findings.deadlines
    assert (deadline.time.kind, deadline.time.due, deadline.inherited) == ("relative", "2023-03-23", False)


def test_a_closed_row_orders_nothing() -> None:
    found = Mined("任务清单\n工作任务|责任人|状态\n更换滤芯|林茂|已完成\n清点备件|方晓|进行中\n")
    assert found.texts == ["清点备件"]


def test_a_ticked_item_orders_nothing() -> None:
    found = Mined("项目周会纪要\n一、待办\n- [x] 请林茂更换滤芯\n- [ ] 请方晓清点备件\n")
    assert found.texts == ["请方晓清点备件"]


def test_an_items_mark_is_no_part_of_its_time() -> None:
    found = Mined("# 发布计划\n- 23.04版本上线前完成压测\n- [ ] 23.07版本上线前完成演练\n").findings
    assert [d.time.anchor for d in found.deadlines] == ["23.04版本上线", "23.07版本上线"]
    assert [d.time.span.start for d in found.deadlines] == [d.span.start for d in found.directives if not d.heading]


def test_an_order_whose_dates_are_past_is_a_story() -> None:
    told = "情况汇报\n一、基本情况\n县水利局要求该企业于{}完成整改。\n"
    assert Mined(told.format("2022年11月底前")).texts == []
    assert Mined(told.format("2023年11月底前")).texts == ["要求该企业于2023年11月底前完成整改"]


@pytest.mark.parametrize("word", ["要", "须", "应", "必须", "请"])
def test_a_firm_word_orders_though_its_day_is_past(word: str) -> None:
    assert Mined(f"各科室{word}于3月10日前报送台账。" if word != "请" else "请于3月10日前报送台账。").texts
    assert Mined("县水利局于3月10日前完成了清淤。").texts == []


WARNINGS = [
    ("no_owner", "加强夜间巡查，4月底前配齐器材。", True),
    ("no_owner", "各镇要加强夜间巡查。", False),
    ("no_date", "各镇要加强夜间巡查。", True),
    ("no_date", "各镇要在4月底前配齐器材。", False),
    ("no_date", "各级干部要强化政治站位。", False),
]


@pytest.mark.parametrize(("code", "sentence", "wanted"), WARNINGS)
def test_warnings(code: str, sentence: str, wanted: bool) -> None:
    found = Mined(f"防火通知\n一、工作要求\n{sentence}\n")
    assert (code in found.codes(sentence[:4])) is wanted


def test_a_request_needs_no_owner() -> None:
    found = Mined(LETTER)
    assert found.codes("增设路灯") == set()


@pytest.mark.parametrize(("event", "warned"), [("自收到本通知之日起", False), ("接件之日起", True)])
def test_a_deadline_from_an_unknown_event_is_told_of(event: str, warned: bool) -> None:
    found = Mined(f"防火通知\n一、工作要求\n各单位应于{event}3日内报送名单。\n")
    assert ("unresolved_anchor" in {w.code for w in found.findings.warnings}) is warned


def test_a_known_event_gives_the_due_day() -> None:
    known = Reference(dt.date(2023, 3, 14), anchors={"接件": dt.date(2023, 3, 20)})
    found = Mined("转办工作通知\n一、要求\n各单位应于接件之日起3日内反馈结果。\n", reference=known)
    assert [d.time.due for d in found.findings.deadlines] == ["2023-03-23"]


def test_labels_of_segments_say_what_they_hold() -> None:
    found = Mined(NOTICE)
    labels = {s.span.text(found.clean.norm): s.labels for s in found.findings.segments}
    assert set(labels["各镇主要负责人必须到岗到位。"]) == {"directive", "responsibility"}
    assert set(labels["请各镇每周五报送进展。"]) == {"directive", "deadline", "responsibility"}
    assert labels["现就有关事项通知如下："] == []


@pytest.mark.parametrize("text", [NOTICE, MINUTES, LETTER, REPLY])
def test_ids_count_up(text: str) -> None:
    found = Mined(text).findings
    assert [d.id for d in found.directives] == [f"d{i}" for i in range(1, len(found.directives) + 1)]
    assert [s.id for s in found.segments] == [f"seg{i}" for i in range(1, len(found.segments) + 1)]
    assert {t.directive for t in found.deadlines} <= {d.id for d in found.directives}
    assert {r.directive for r in found.responsibilities} <= {d.id for d in found.directives}


@pytest.mark.parametrize("text", ["", "\n", "。", "要", "不得", "各镇", "（", "“必须", "一、\n二、\n", "4月底前"])
def test_texts_of_nearly_nothing(text: str) -> None:
    found = Mined(text)
    assert len(found.findings.directives) <= 1
    assert all(0 <= d.span.start < d.span.end <= len(found.clean.norm) for d in found.findings.directives)

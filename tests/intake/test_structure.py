"""What governs what: headings and items, label lines, letter and reply, speakers, the stretches of a body."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from docmine.intake.clean import clean
from docmine.intake.structure import structure
from docmine.schema.document import Block, CleanText, Reading, Stretch
from docmine.schema.spans import Span
from structurecases import cleaned, outline, section_of, structured

HEADINGS = [
    # (heading, line)
    ("总体要求", "一、总体要求\n各镇要高度重视。"),
    ("完善工作机制", "（一）完善工作机制。各镇要明确专人。"),
    ("强化组织领导", "1.强化组织领导。县里成立专班。"),
    ("关于老旧管网改造", "一、关于老旧管网改造\n会议听取了汇报。"),
    ("集中整治阶段（6月—8月）", "（二）集中整治阶段（6月—8月）。逐户排查。"),
    ("严肃工作纪律", "一是严肃工作纪律。值班人员不得脱岗。"),
    ("下步工作措施", "三、下步工作措施：加快施工进度，按期完工。"),
    ("存在问题", "二、存在问题\n部分路灯不亮。"),
]  # fmt: skip

ITEMS = [
    "1.各镇要于9月底前完成排查，并报县水利局。",
    "一是由县住建局牵头制定方案",
    "（三）请市财政局安排资金",
    "2.每月5日前通报进展",
    "3.不得擅自变更规划",
    "1.能否尽快恢复供水？",
]

LABELS = [
    # (role, meaning, value, line)
    ("label", "responsible", "县水利局", "责任单位：县水利局"),
    ("label", "lead", "县住建局", "牵头单位：县住建局"),
    ("label", "support", "各镇", "【配合单位】：各镇"),
    ("label", "due", "2023年6月30日前", "完成时限：2023年6月30日前"),
    ("body", "task", "清理河道漂浮物", "工作任务：清理河道漂浮物"),
    ("body", "measure", "已更换水泵", "办理情况：已更换水泵"),
    ("particulars", None, "时间：2023年4月6日", "时间：2023年4月6日"),
    ("particulars", None, "出席：方晓、林茂", "出席：方晓、林茂"),
    ("particulars", None, "联系电话：5550123", "联系电话：5550123"),
    ("body", "speaker", "测试环境周三就绪，先跑冒烟。", "方晓：测试环境周三就绪，先跑冒烟。"),
    ("body", None, "各镇街的具体任务分工见附件二：请对照落实。", "各镇街的具体任务分工见附件二：请对照落实。"),
    ("body", None, "分工见附表：请对照落实。", "分工见附表：请对照落实。"),
]  # fmt: skip


def stretches(text: str) -> list[tuple[str, str]]:
    norm, found = structured(text)
    return [(s.role, s.span.text(norm)) for s in found.stretches]


def stretch_with(text: str, words: str) -> Stretch:
    norm, found = structured(text)
    return next(s for s in found.stretches if words in s.span.text(norm))


@pytest.mark.parametrize(("heading", "line"), HEADINGS)
def test_a_topic_line_is_a_heading(heading: str, line: str) -> None:
    found = stretches(f"云岭县水利工作方案\n{line}\n")
    assert ("heading", heading) in found
    assert len([role for role, _ in found if role == "body"]) == 1


@pytest.mark.parametrize("line", ITEMS)
def test_an_item_is_no_heading(line: str) -> None:
    found = stretches(f"云岭县水利工作方案\n{line}\n另有事项随后通知。\n")
    assert "heading" not in [role for role, _ in found]


def test_numbered_lines_with_nothing_below_are_items() -> None:
    text = "周例会纪要\n一、待办\n1.更换滤芯\n2.清点库存\n二、其他\n散会。\n"
    norm, found = structured(text)
    assert [(s.role, s.span.text(norm)) for s in found.stretches][1:] == [
        ("heading", "待办"), ("body", "更换滤芯"), ("body", "清点库存"), ("heading", "其他"), ("body", "散会。"),
    ]  # fmt: skip
    assert section_of(found, "1.").title == ""


@pytest.mark.parametrize(("role", "meaning", "value", "line"), LABELS)
def test_label_lines(role: str, meaning: str | None, value: str, line: str) -> None:
    norm, found = structured(f"云岭县水利工作会议纪要\n{line}\n")
    stretch = found.stretches[-1]
    assert (stretch.role, stretch.label, stretch.span.text(norm)) == (role, meaning, value)


def test_two_labels_in_one_line_are_two() -> None:
    norm, found = structured("任务交办\n一、清淤\n疏浚主河道。\n责任单位：县水利局  完成时限：6月底前\n")
    labels = [(s.label, s.span.text(norm)) for s in found.stretches if s.role == "label"]
    assert labels == [("responsible", "县水利局"), ("due", "6月底前")]


def test_a_label_belongs_to_its_section() -> None:
    text = "任务分解\n一、清淤\n疏浚主河道。\n责任单位：县水利局\n二、绿化\n补种行道树。\n责任单位：县林业局\n"
    norm, found = structured(text)
    owners = {s.section: s.span.text(norm) for s in found.stretches if s.role == "label"}
    assert owners == {section_of(found, "一、").id: "县水利局", section_of(found, "二、").id: "县林业局"}


def test_letter_and_reply_are_told_apart() -> None:
    text = (
        "留言主题：楼道灯不亮\n留言内容：我是城南小区的居民，楼道灯坏了半年。\n恳请尽快修好。\n"
        "答复意见：您好，您反映的问题已收悉。\n我局将于本周内更换灯具。\n"
    )
    assert stretch_with(text, "恳请").part == "letter"
    assert stretch_with(text, "我局将").part == "reply"


def test_in_minutes_an_answer_is_no_reply() -> None:
    text = "第3次业主大会会议纪要\n方晓：电梯何时换？\n答复：下周进场。\n出席：方晓、林茂\n"
    assert stretch_with(text, "下周进场").part == ""


RELAYED = (
    "信访工作推进会主持词\n同志们：下面，我传达有关会议精神。罗书记强调：各县区要逐件核查，不得推诿。"
    "要按时上报结果。传达完毕。\n下面，我再强调一点。各单位要抓好落实。\n"
)


def test_relayed_words_belong_to_who_said_them() -> None:
    """Speakers are told by stretch; what is passed on ends where the chair says so."""
    text = RELAYED.replace("罗书记强调：", "罗书记强调：\n").replace("传达完毕。", "\n传达完毕。")
    speaker = stretch_with(text, "逐件核查").speaker
    assert speaker is not None and (speaker.name, speaker.relayed) == ("罗书记", True)
    assert stretch_with(text, "抓好落实").speaker is None


@pytest.mark.parametrize("voice", ["会议", "大会", "通知", "方案"])
def test_a_meeting_is_no_speaker(voice: str) -> None:
    assert stretch_with(f"专题会议纪要\n{voice}强调：各镇要抓好落实。\n", "抓好落实").speaker is None


def test_a_speakers_label_is_not_relayed() -> None:
    speaker = stretch_with("周会会议记录\n出席：方晓、林茂\n方晓：我明天提交报告。\n", "我明天").speaker
    assert speaker is not None and (speaker.name, speaker.relayed) == ("方晓", False)


def test_stretches_come_in_order_and_apart() -> None:
    _, found = structured(RELAYED)
    spans = [s.span for s in found.stretches]
    assert spans == sorted(spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_headings_of_the_format_open_sections() -> None:
    text = "部门职责\n办公室\n负责收发文件。\n财务室\n负责报销。\n"
    places = {line: Span(text.index(line), text.index(line) + len(line)) for line in ("部门职责", "办公室", "财务室")}
    blocks = tuple(Block(span, "heading", level) for span, level in zip(places.values(), (1, 2, 2), strict=True))
    reading = Reading(text, "text/html", "html", blocks=blocks, layout="paragraphs")
    found = structure(clean(reading))
    assert [(s.level, s.title) for s in found.sections] == [(1, "部门职责"), (2, "办公室"), (2, "财务室")]


def test_page_headers_and_footers_are_no_body() -> None:
    text = "内部资料 注意保存\n各单位要抓好落实。\n云岭县政府办公室印制\n"
    end = text.index("\n")
    foot = text.rindex("云岭")
    blocks = (Block(Span(0, end), "header"), Block(Span(end + 1, foot - 1)), Block(Span(foot, len(text) - 1), "footer"))
    reading = Reading(text, "application/pdf", "pdf", blocks=blocks, layout="paragraphs")
    result = clean(reading)
    assert [s.span.text(result.norm) for s in structure(result).stretches] == ["各单位要抓好落实。"]


def test_a_paper_without_a_date_is_told_of() -> None:
    _, dated = structured("关于防火的通知\n各镇要抓好落实。\n请认真执行。\n云岭县应急管理局\n2022年3月4日\n")
    _, undated = structured("关于防火的通知\n各镇要抓好落实。\n")
    assert (dated.reference_date, dated.warnings) == ("2022-03-04", ())
    assert (undated.reference_date, [w.code for w in undated.warnings]) == (None, ["no_date"])


@pytest.mark.parametrize(
    "line",
    [
        "来源：区政府网 2021年7月9日",
        "发布时间：2021-07-09 16:30",
    ],
)
def test_the_day_a_page_was_put_up_is_a_last_resort(line: str) -> None:
    text = f"{line}\n关于防汛的通知\n各镇要抓好落实。\n"
    found = structure(cleaned(text), source=text)
    assert (found.head.date, found.reference_date) == (None, "2021-07-09")
    named = structure(cleaned(text), source=text, date=dt.date(2020, 1, 2))
    assert (named.head.date, named.reference_date) == ("2020-01-02", "2020-01-02")


@pytest.mark.parametrize("text", ["", "\n\n", "　", "。", "：", "一、", "|", "1.\n2.\n3.\n", "责任单位：\n"])
def test_texts_of_nearly_nothing(text: str) -> None:
    found: CleanText = cleaned(text)
    assert all(0 <= s.span.start < s.span.end <= len(found.norm) for s in structure(found).stretches)


def test_the_marks_of_markdown_stay_outside() -> None:
    _, found = structured("# 周例会纪要\n## 一、待办\n1. 补测试\n### 说明\n无\n## 附录\n略\n")
    assert found.head.title == "周例会纪要"
    assert outline(found) == [(1, "一、", "待办"), (2, "1.", ""), (2, "", "说明"), (1, "", "附录")]

"""What governs a directive from outside: table rows, labels, phases of headings, tails behind an item."""

from __future__ import annotations

from typing import Any

import pytest

import docmine
from docmine.mining.link import owner_tail
from docmine.mining.segment import Sentence
from docmine.schema.document import Stretch
from docmine.schema.spans import Span
from docmine.settings import Settings
from miningcases import scanned

Owners = set[tuple[str, str, bool]]


def mined(text: str) -> dict[str, Any]:
    return docmine.mine_text(text, date="2023-03-14", settings=Settings(models=False)).to_dict()


def directive(record: dict[str, Any], words: str) -> dict[str, Any]:
    found = [d for d in record["directives"] if words in d["text"]]
    assert len(found) == 1, [d["text"] for d in record["directives"]]
    row: dict[str, Any] = found[0]
    return row


def owners(record: dict[str, Any], words: str) -> Owners:
    """(name, role, inherited) of a directive's parties."""
    wanted = directive(record, words)["id"]
    return {
        (r["party"]["text"], r["role"], r["inherited"]) for r in record["responsibilities"] if r["directive"] == wanted
    }


def times(record: dict[str, Any], words: str) -> list[tuple[str, str]]:
    """(text, due or kind) of a directive's deadlines."""
    wanted = directive(record, words)["id"]
    return [(t["text"], t["due"] or t["kind"]) for t in record["deadlines"] if t["directive"] == wanted]


TABLE = (
    "2023年防汛任务分解表\n序号|工作任务|责任单位|协办单位|完成时限\n"
    "1|检修闸门启闭机|县水利局|各镇|5月底前\n2|补充防汛沙袋|县应急局、县消防大队|无|6月10日前\n"
)
LABELS = (
    "青山镇环境整治实施方案\n一、河道清理\n要打捞漂浮物，清除淤泥。要拆除拦河网具。\n"
    "责任单位：镇水利站\n完成时限：4月底前\n二、村道保洁\n要配齐保洁人员。\n责任单位：各村\n三、加强宣传\n要张贴标语。\n"
)
NUMBERED = (
    "青山镇环境整治实施方案\n一、河道清理\n1.打捞漂浮物，清除淤泥。\n2.拆除拦河网具。\n"
    "责任单位：镇水利站\n完成时限：4月底前\n二、加强宣传\n要张贴标语。\n"
)
PHASES = (
    "燃气安全整治实施方案\n二、实施步骤\n（一）排查阶段（4月1日至4月30日）。各镇要逐户登记燃气用户。\n"
    "（二）整改阶段（5月1日至6月30日）。各镇要督促用户更换软管，5月20日前完成一半。\n三、工作要求\n各镇要压实责任。\n"
)


OPENED = (
    "青山镇燃气安全整治实施方案\n二、方法步骤\n"
    "自查阶段（4月上旬）：召开动员会，制订方案。各村要逐户登记。\n要压实责任。\n"
    "整改阶段（4月11日至30日）\n各村要更换软管。\n4月1日至5日：各村上报名单。\n"
)


SCHEDULE = (
    "毕业设计安排表\n时间|工作内容\n2023.4.10|成立指导小组，拟定工作方案。\n2023.4.11-4.20|指导教师组织学生选题。\n"
)


def test_a_column_called_time_dates_the_tasks_beside_it() -> None:
    record = mined(SCHEDULE)
    assert times(record, "指导小组") == [("2023.4.10", "2023-04-10")]
    assert times(record, "组织学生选题") == [("2023.4.11-4.20", "2023-04-20")]


def test_another_column_of_times_leaves_it_alone() -> None:
    record = mined(SCHEDULE.replace("|工作内容", "|工作内容|完成时限").replace("。\n", "。|4月底前\n"))
    assert times(record, "指导小组") == [("4月底前", "2023-04-30")]


def test_windows_listed_in_a_heading_hold_both() -> None:
    record = mined("青山县普查方案\n一、选聘及培训（2023年7-8月，11-12月）\n县级普查机构负责选聘普查员。\n")
    assert times(record, "普查员") == [("2023年7-8月", "2023-08-31"), ("11-12月", "2023-12-31")]


BRACKETS = (
    "2023年重点任务分工\n1.修缮校舍，补齐门窗。（县教育局牵头，11月底完成）\n2.安装路灯，接通电源。（县城管局，9月）\n"
    "3.要整理旧案卷。（县档案馆2023年3月1日）\n"
)


def test_a_bracket_behind_an_item_dates_it() -> None:
    record = mined(BRACKETS)
    assert times(record, "修缮校舍") == [("11月底", "2023-11-30")]
    assert ("县教育局", "lead", False) in owners(record, "修缮校舍")
    assert not directive(record, "修缮校舍")["heading"]
    assert times(record, "安装路灯") == [("9月", "2023-09-30")]
    assert times(record, "旧案卷") == []


def test_a_phase_that_opens_a_paragraph_goes_for_its_sentences() -> None:
    record = mined(OPENED)
    assert times(record, "制订方案") == times(record, "逐户登记") == [("4月上旬", "2023-04-10")]
    assert times(record, "压实责任") == []
    assert times(record, "更换软管") == [("4月11日至30日", "2023-04-30")]
    assert times(record, "上报名单") == [("4月1日至5日", "2023-04-05")]
    assert not any("阶段" in d["text"] for d in record["directives"])


def test_a_row_governs_its_task() -> None:
    record = mined(TABLE)
    assert owners(record, "启闭机") == {("县水利局", "responsible", False), ("各镇", "support", False)}
    assert times(record, "启闭机") == [("5月底前", "2023-05-31")]
    assert times(record, "沙袋") == [("6月10日前", "2023-06-10")]


def test_a_cell_that_says_nobody_names_nobody() -> None:
    assert owners(mined(TABLE), "沙袋") == {("县应急局", "responsible", False), ("县消防大队", "responsible", False)}


def test_a_label_governs_all_items_of_its_section() -> None:
    record = mined(LABELS)
    for words in ("打捞漂浮物", "拦河网具"):
        assert ("镇水利站", "responsible", False) in owners(record, words)
        assert times(record, words) == [("4月底前", "2023-04-30")]


@pytest.mark.xfail(strict=True, reason="behind numbered items a label governs only the last, which becomes a heading")
@pytest.mark.parametrize("words", ["打捞漂浮物", "拦河网具"])
def test_a_label_behind_numbered_items_governs_all(words: str) -> None:
    record = mined(NUMBERED)
    assert not directive(record, words)["heading"]
    assert owners(record, words) == {("镇水利站", "responsible", False)}
    assert times(record, words) == [("4月底前", "2023-04-30")]


def test_a_label_governs_nothing_beyond_its_section() -> None:
    record = mined(LABELS)
    assert owners(record, "配齐保洁人员") == {("各村", "responsible", False)}
    assert owners(record, "张贴标语") == set()
    assert times(record, "张贴标语") == []


def test_one_entry_for_each_directive_governed() -> None:
    record = mined(LABELS)
    spans = [r["span"]["start"] for r in record["responsibilities"] if r["party"]["text"] == "镇水利站"]
    assert len(spans) >= 2 and len(set(spans)) == 1


def test_a_headings_phase_is_the_deadline_of_what_stands_below() -> None:
    record = mined(PHASES)
    assert times(record, "逐户登记") == [("4月1日至4月30日", "2023-04-30")]
    assert sorted(times(record, "更换软管")) == [("5月1日至6月30日", "2023-06-30"), ("5月20日前", "2023-05-20")]
    assert times(record, "压实责任") == []


def test_a_subject_goes_on_and_is_then_marked() -> None:
    record = mined("春耕生产通知\n一、备耕\n各镇要检修机电井。要备足化肥。县农业农村局要开展培训。要发放技术手册。\n")
    assert owners(record, "备足化肥") == {("各镇", "responsible", True)}
    assert owners(record, "技术手册") == {("县农业农村局", "responsible", True)}
    assert owners(record, "开展培训") == {("县农业农村局", "responsible", False)}


def test_a_subject_ends_with_its_section() -> None:
    record = mined("春耕生产通知\n一、备耕\n各镇要检修机电井。\n二、宣传\n要张贴标语。\n")
    assert owners(record, "张贴标语") == set()


def test_partners_are_not_inherited() -> None:
    record = mined("春耕生产通知\n一、备耕\n由县农机站牵头，县电力局配合，检修机井。要备足化肥。\n")
    assert owners(record, "备足化肥") == {("县农机站", "lead", True)}


@pytest.mark.parametrize(
    ("text", "names", "dues"),
    [
        ("--林茂/方晓 完成时间：3月25日", ["林茂", "方晓"], ["2023-03-25"]),
        ("完成时限：3月25日", [], ["2023-03-25"]),
        ("——顾正平", ["顾正平"], []),
    ],
)
def test_a_tail_names_owners_and_date(text: str, names: list[str], dues: list[str]) -> None:
    scan, found = scanned(text)
    tail = owner_tail(scan, Sentence(Span(0, len(scan.norm)), Stretch(Span(0, len(scan.norm)))), found)
    assert tail is not None
    assert [party.span.text(scan.norm) for party, _, _ in tail.parties] == names
    assert [time.due for time, _ in tail.times] == dues


@pytest.mark.parametrize("text", ["林茂负责采购", "各镇要抓好清淤", "3月25日", "--", "采购计划：3月25日讨论通过了方案"])
def test_no_tail(text: str) -> None:
    scan, found = scanned(text)
    assert owner_tail(scan, Sentence(Span(0, len(scan.norm)), Stretch(Span(0, len(scan.norm)))), found) is None


TAILED = "项目周例会纪要\n时间：2023年3月14日\n一、待办\n1.请采购测试服务器硬盘，并做好登记。{}\n2.清点备件。\n"


def test_a_tail_governs_the_item_before_it() -> None:
    record = mined(TAILED.format("--林茂/方晓"))
    assert owners(record, "硬盘") == {("林茂", "responsible", False), ("方晓", "responsible", False)}
    assert not any(name in ("林茂", "方晓") and not inherited for name, _, inherited in owners(record, "清点备件"))


def test_a_tail_may_name_a_date_too() -> None:
    record = mined(TAILED.format("--林茂 完成时间：3月25日"))
    assert owners(record, "硬盘") == {("林茂", "responsible", False)}
    assert times(record, "硬盘") == [("3月25日", "2023-03-25")]


@pytest.mark.xfail(strict=True, reason="-- at a line's start is taken for a bullet")
def test_a_tail_on_a_line_of_its_own() -> None:
    assert ("林茂", "responsible", False) in owners(mined(TAILED.format("\n--林茂")), "硬盘")


@pytest.mark.xfail(
    strict=True, reason="a short item before the tail becomes a heading, 完成时间： a label: the owner is lost"
)
def test_a_tail_behind_a_short_item() -> None:
    record = mined(TAILED.format("--林茂 完成时间：3月25日").replace("请采购测试服务器硬盘，并做好登记", "更换硬盘"))
    assert ("林茂", "responsible", False) in owners(record, "硬盘")

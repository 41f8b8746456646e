"""What the top and the foot of a paper say: title, number, issuer, addressees, date with its basis, the meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from docmine.intake.dating import web_date
from docmine.intake.head import find_head, find_meeting
from docmine.schema.document import Head, Meeting
from structurecases import cleaned, lines_of, structured

SIGNED = "柳河区应急管理局\n2022年11月8日\n"
BODY = "各单位要高度重视，认真抓好落实。\n要建立台账，逐项销号。\n请按时报送情况。\n"

TITLES = {
    "云川市人民政府办公室关于做好冬春火灾防控工作的通知": [
        "云川市人民政府办公室关于做好冬春火灾防控工作的通知\n各县区人民政府：\n" + BODY,
        "云政办〔2022〕31号\n云川市人民政府办公室关于做好冬春火灾防控工作的通知\n" + BODY,
        pytest.param(
            "云川市人民政府办公室\n关于做好冬春火灾防控工作的通知\n各县区人民政府：\n" + BODY,
            marks=pytest.mark.xfail(strict=True, reason="a title cut behind its issuer loses the issuer"),
        ),
        "来源：市政府办\n云川市人民政府办公室关于做好冬春火灾防控工作的通知\n" + BODY,
        "# 云川市人民政府办公室关于做好冬春火灾防控工作的通知\n" + BODY,
    ],
    "第8次院务会议纪要": ["第8次院务会议纪要\n时间：2023年5月6日\n" + BODY],
    "在全市教育工作会议上的讲话（摘要）": ["在全市教育工作会议上的讲话（摘要）\n同志们：\n" + BODY],
    "河长制工作推进会主持词": ["河长制工作推进会主持词\n（2021年3月2日）\n同志们：\n" + BODY],
    "通知": ["通　知\n各科室：\n" + BODY, "云川市水务局\n通　　知\n" + BODY],
    "督办通知": ["督　办　通　知\n区城管局：\n" + BODY],
    "催办函": ["催办函\n区城管局：\n" + BODY],
    "信访事项转办单": ["信访事项转办单\n编号：2020-114\n" + BODY],
}
NO_TITLES = [
    BODY,
    "同志们：\n" + BODY,
    "通知到人，责任到岗。\n" + BODY,
    "一、关于做好防火工作的通知\n" + BODY,
    "请各单位将方案报我办。\n" + BODY,
]

DATES = {
    ("2022-11-08", "signature"): [
        "关于开展检查的通知\n" + BODY + "柳河区应急管理局\n2022年11月8日\n",
        "关于开展检查的通知\n" + BODY + "柳河区应急管理局 2022年11月8日\n",
        "关于开展检查的通知\n" + BODY + "二〇二二年十一月八日\n",
        "关于开展检查的通知\n" + BODY + "　　　　　　2022年11月8日\n柳河区应急管理局办公室 2022年11月10日印发\n",
        "关于开展检查的通知\n" + BODY + "特此通知。　　2022年11月8日\n",
        "关于开展检查的通知\n" + BODY + SIGNED + "附件\n任务清单\n修好路灯　2023年3月31日\n",
        "关于开展检查的通知\n" + BODY + SIGNED + "附件：任务清单\n责任单位：区城管局\n完成期限：\n2023年3月31日\n",
        "关于开展检查的通知\n" + BODY + SIGNED + "序号\n工作任务\n完成时间\n1\n修好路灯\n2023年3月31日\n",
        "关于开展检查的通知\n" + BODY + "附件：\n1．任务清单\n2．报表\n" + SIGNED,
        "关于开展检查的通知\n" + BODY + "附件\n1．任务清单\n" + SIGNED,
        "关于开展检查的通知\n"
        + BODY
        + SIGNED
        + "附件2\n回执\n"
        + "参会人员信息。\n" * 30
        + "截止日期\n2022年12月1日\n",
    ],
    ("2021-06-15", "issue"): [
        "关于开展检查的通知\n" + BODY + "抄送：区委办公室，区人大办公室\n柳河区政府办公室 2021年6月15日印发\n",
        "各位同事：\n请小孟跟进联调，ETA: 2021-06-30 EOD\n发送时间：2021年6月15日\n",
        "关于印发检查办法的通知\n" + BODY + "印发日期：2021-06-15\n各镇于2021年7月1日前转发印发的办法。\n",
    ],
    ("2023-02-17", "meeting"): [
        "专题会议纪要\n2023年2月17日，副区长韩立主持召开专题会议，研究供水问题。现纪要如下：\n" + BODY,
        "2023年专题会议纪要\n2月17日上午，副区长韩立在区政府三楼会议室主持召开会议。\n" + BODY,
        "调研督导记录\n2023年2月17日，副区长韩立到青山镇调研防汛准备工作。\n" + BODY,
    ],
    ("2020-09-03", "head"): [
        "信访工作推进会主持词\n（2020年9月3日）\n同志们：\n" + BODY,
        "信访工作推进会主持词\n（2020年9月3日）\n同志们：\n" + BODY * 9,
        "周例会会议记录\n时间：2020年9月3日 14:00\n地点：二楼\n" + BODY,
    ],
}
NO_DATES = [
    "关于开展检查的通知\n" + BODY,
    "关于开展检查的通知\n请于2022年11月8日前报送总结。\n" + BODY,
    "关于开展检查的通知\n" + BODY + "办理时限：\n2022年11月8日\n",
    "关于联调的安排\n请小孟跟进接口，DDL：2022-11-08\n" + BODY,
    "上传时间：2022-11-08 10:21:30\n关于开展检查的通知\n" + BODY,
    "关于开展检查的方案\n抽查阶段（2022年4-5月）：各局要派员抽查。\n" + BODY,
]

FIELDS = [
    # field, value, text
    ("number", "云政办〔2022〕31号", "云政办〔2022〕31号\n关于防火工作的通知\n" + BODY),
    ("number", "柳水函[2019]7号", "关于清淤的函\n柳水函[2019]7号\n" + BODY),
    ("number", "〔2021〕第3号", "柳河区人民政府专题会议纪要\n〔2021〕第3号\n" + BODY),
    ("number", None, "关于防火工作的通知\n根据上级要求办理。\n" + BODY),
    ("urgency", "特急", "特急\n关于防火工作的通知\n" + BODY),
    ("urgency", "加急", "关于防火工作的通知\n紧急程度：加急\n" + BODY),
    ("urgency", None, "关于加急办理不动产登记的通知\n" + BODY),
    ("addressees", ["各镇人民政府", "区直各部门"], "关于防火的通知\n各镇人民政府，区直各部门：\n" + BODY),
    ("addressees", ["各科室", "下属各单位"], "关于防火的通知\n各科室、下属各单位：\n" + BODY),
    ("addressees", ["同志们"], "防火工作会议上的讲话\n同志们：\n" + BODY),
    ("addressees", [], "关于防火的通知\n会议要求：\n" + BODY),
    ("issuer", "柳河区应急管理局", "关于检查的通知\n" + BODY + "柳河区应急管理局\n2022年11月8日\n"),
    ("issuer", "柳河区水务局", "柳河区水务局关于清淤工作的函\n" + BODY),
    ("issuer", None, "关于检查的通知\n" + BODY),
]  # fmt: skip

MEETINGS = [
    (
        "an opening sentence",
        "专题会议纪要\n2023年2月17日上午，副区长韩立在区政府三楼会议室主持召开供水保障专题会议，研究老旧管网改造。\n" + BODY,
        {"date": "2023-02-17", "place": "区政府三楼会议室", "name": "供水保障专题会议"},
    ),
    (
        "label lines",
        "院务会会议记录\n时间：2022年4月6日\n地点：行政楼302\n主持人：沈若林\n参会人员：方晓、顾正平、林茂\n议题：招生计划\n" + BODY,
        {
            "date": "2022-04-06", "place": "行政楼302", "chair": "沈若林",
            "attendees": ["方晓", "顾正平", "林茂"], "agenda": ["招生计划"],
        },
    ),
    (
        "an agenda told by the chair",
        "推进会主持词\n今天的会议有三项议程。第一项议程：由区水务局通报河道清淤进展；第二项议程：听取各镇表态发言。\n" + BODY,
        {"agenda": ["由区水务局通报河道清淤进展", "听取各镇表态发言"]},
    ),
]  # fmt: skip

WEB_DATES = {
    "2021-07-09": ["发布时间：2021-07-09 16:30\n关于防汛的通知\n", "来源：区政府 2021年7月9日\n"],
    None: ["关于防汛的通知\n请于7月9日前报送。\n", ""],
}


def rows(table: Mapping[Any, Sequence[Any]]) -> list[Any]:
    """(expected, text) of every text in a table, its marks kept."""
    return [
        pytest.param(wanted, text.values[0], marks=text.marks) if hasattr(text, "values") else (wanted, text)
        for wanted, texts in table.items()
        for text in texts
    ]


def head_of(text: str, *, name: str | None = None, date: dt.date | None = None) -> Head:
    found = cleaned(text)
    return find_head(found.norm, found.text, lines_of(found.norm), name=name, date=date)[1]


def meeting_of(text: str) -> Meeting | None:
    found = cleaned(text)
    lines = lines_of(found.norm)
    return find_meeting(found.norm, found.text, lines, find_head(found.norm, found.text, lines)[1])


@pytest.mark.parametrize(("title", "text"), rows(TITLES))
def test_title(title: str, text: str) -> None:
    assert head_of(text).title == title


@pytest.mark.parametrize("text", NO_TITLES)
def test_no_title(text: str) -> None:
    assert head_of(text).title is None


@pytest.mark.parametrize(("wanted", "text"), rows(DATES))
def test_date_and_its_basis(wanted: tuple[str, str], text: str) -> None:
    head = head_of(text)
    assert (head.date, head.date_basis) == wanted


@pytest.mark.parametrize("text", NO_DATES)
def test_no_date(text: str) -> None:
    head = head_of(text)
    assert (head.date, head.date_basis) == (None, None)


def test_the_cells_of_named_columns_date_no_paper() -> None:
    rows = "工作任务\t责任单位\t完成时限\n修好路灯\t区城管局\t2023年3月31日\n"
    assert structured("关于开展检查的通知\n" + BODY + SIGNED + rows)[1].head.date == "2022-11-08"
    assert structured(rows)[1].head.date is None


def test_a_sheets_cell_may_date_it_beside_its_label() -> None:
    sheet = "信访事项交办单\n交办日期\t2022年3月1日\t办理时限\t2022年4月1日\n"
    assert structured(sheet)[1].head.date == "2022-03-01"


@pytest.mark.parametrize("name", ["通知_20220304.docx", "2022-03-04 防火通知.pdf", "防火通知（2022年3月4日）.txt"])
def test_the_files_name_may_hold_the_date(name: str) -> None:
    head = head_of("关于防火的通知\n" + BODY, name=name)
    assert (head.date, head.date_basis) == ("2022-03-04", "file_name")


@pytest.mark.parametrize("name", ["20221399.txt", "编号20220304117.txt", "通知.txt"])
def test_other_digits_in_a_files_name_are_no_date(name: str) -> None:
    assert head_of("关于防火的通知\n" + BODY, name=name).date is None


def test_the_callers_date_comes_last() -> None:
    given = dt.date(2019, 1, 2)
    assert head_of("关于防火的通知\n" + BODY, date=given).date_basis == "caller"
    own = head_of("关于防火的通知\n" + BODY + "柳河区水务局\n2022年11月8日\n", name="20220101.txt", date=given)
    assert (own.date, own.date_basis) == ("2022-11-08", "signature")


@pytest.mark.parametrize(("field", "value", "text"), FIELDS)
def test_other_particulars(field: str, value: object, text: str) -> None:
    assert getattr(head_of(text), field) == value


@pytest.mark.parametrize(("text", "wanted"), [case[1:] for case in MEETINGS], ids=[case[0] for case in MEETINGS])
def test_meeting(text: str, wanted: dict[str, object]) -> None:
    meeting = meeting_of(text)
    assert meeting is not None
    assert {name: getattr(meeting, name) for name in wanted} == wanted


def test_a_letter_tells_of_no_meeting() -> None:
    assert meeting_of("求助信\n我是城南小区居民，楼道灯坏了半年，请尽快修好。\n") is None


@pytest.mark.parametrize(("day", "text"), rows(WEB_DATES))
def test_the_day_a_page_was_put_up(day: str | None, text: str) -> None:
    assert web_date(text) == day

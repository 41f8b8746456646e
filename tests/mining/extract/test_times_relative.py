"""Amounts, the events they are counted from, and words without a value. Reference: 2021-09-14, meeting 2021-09-13."""

from __future__ import annotations

import datetime as dt

import pytest

from docmine.mining.extract.times import find_times
from docmine.schema.findings import Offset, Reference
from timecases import REFERENCE, found, unmarked

AMOUNTS = {
    "3 day = 2021-09-17": [
        "整改方案【3日内】报送。",
        "【三日内】书面答复。",
        "【3天之内】约谈企业负责人。",
        "【3天以内】完成。",
        "【限期3日内】拆除。",
        "【2至3日内】答复。",
        "【三天内】交出名单。",
    ],
    "15 day = 2021-09-29": [
        "【15日内】办结并答复。",
        "【十五日内】办结。",
        "【15个自然日内】办结。",
        "【半个月内】完成。",
        "【10-15日内】办结。",
    ],
    "10 workday = 2021-09-28": [
        "【10个工作日内】办结。",
        "【十个工作日内】办结。",
        "于【10个工作日之内】回复。",
        "办理时限【不得超过10个工作日】。",
        "【5-10个工作日内】办结。",
    ],
    "1 week = 2021-09-21": [
        "【一周内】见到机械。",
        "【一周之内】见到机械。",
        "【1周内】上报。",
        "【一个星期内】上报。",
    ],
    "2 week = 2021-09-28": ["【两周内】完成摸排。", "【2周之内】完成摸排。"],
    "1 month = 2021-10-14": ["【一个月内】完成。", "【1个月之内】完成。", "【一月内】完成。"],
    "6 month = 2022-03-14": ["【半年内】建成。", "【6个月内】建成。", "【六个月之内】建成。"],
    "3 year = 2024-09-14": ["【三年内】实现全覆盖。", "【3年之内】实现全覆盖。"],
    "2 quarter = 2022-03-14": ["【两个季度内】完成。"],
    "24 hour": ["【24小时内】处置到位。", "【24个小时内】处置到位。", "【二十四小时以内】处置。"],
    "30 minute": [
        "【30分钟内】到达现场。",
        "【半小时内】到达现场。",
        "【半个小时内】到达现场。",
        "【三十分钟之内】到达现场。",
    ],
    "90 minute": ["【一个半小时内】到达现场。"],
    "45 day = 2021-10-29": ["【一个半月内】完成。", "【45天内】完成。"],
    "3 day = 2021-09-16 from 会": ["各单位【会后3日内】上报。", "各乡镇、各部门要在【会后三天内】召开会议传达。"],
    "1 week = 2021-09-20 from 会": ["各乡镇、各部门要在【会后一周内】召开专题会议。", "【会后1周之内】传达到位。"],
    "7 day = 2021-09-21 from 本通知印发": [
        "自【本通知印发之日起7日内】完成。".replace("自【", "【自"),
        "【本通知印发后7日内】制定方案。",
    ],
    "5 workday = 2021-09-22 from 收到本通知": [
        "各单位【收到本通知之日起5个工作日内】反馈。",
        "请于【收到本通知后5个工作日内】反馈。",
        "请各责任单位在【收到本通知后的5个工作日内】反馈。",
    ],
    "5 workday from 收到通知": [
        "请本人于【收到通知之日起5个工作日内】补交。",
        "请于【收到通知后5个工作日内】补交。",
        "请在【收到通知后的5个工作日内】补交。",
    ],
    "2 day from 接到聚餐申报": [
        "村级协管员【接到聚餐申报后2日内】要上门指导。",
        "村级协管员要在【接到聚餐申报后2日内】上门指导。",
    ],
    "10 workday from 收到松陵市请示": ["并在【收到松陵市请示后10个工作日内】办结。"],
    "15 day from 通报": ["责令其【自通报之日起15日内】补课。"],
    "60 day from 交地": ["集团须在【交地后60日内】开工建设。"],
    "60 day from 方案批复": ["【方案批复后60日内】完成削坡和覆土。"],
    "2 workday from 调试合格": ["【调试合格后2个工作日内】由县疾控中心取样检测。"],
    "3 day from 整改完成": [
        "【整改完成后3日内】申请销号。",
        "责任单位【整改完成后3日内】申请销号。",
        "【整改完成后3日内】，各单位申请销号。",
        "整改完成后，【3日内】申请销号。",
    ],
    "2 hour from 发现": ["责任单位应在【发现后2小时内】报告镇安监站。"],
    "1 hour from 接到火情报告": [
        "【接到火情报告后1小时内】必须赶到现场。",
        "各扑火队【接到火情报告后1小时内】必须赶到现场。",
    ],
    "1 hour from 交班": ["值班情况在【交班后1小时内】录入系统。"],
    "1 hour from 接到报告": ["接到报告后，应当于【1小时内】向镇政府报告。", "【接到报告后1小时内】上报。"],
    "1 hour from 遇重大事故": ["遇重大事故须在【1小时内】电话报告。"],
    "6 hour from 审查": ["并根据审查情况于【6小时内】将相关资料补充完善。"],
    "60 day from 受理": [
        "信访事项应当【自受理之日起60日内】办结。",
        "【自受理之日起60日】办结。",
        "应当在【受理之日起60日内】办结。",
    ],
    "2 month from 出台文件": ["省【出台文件后2个月】完成。", "【出台文件后2个月内】完成。"],
    "30 day from 收到书面答复": ["可以【自收到书面答复之日起30日内】请求复查。"],
    "5 day from 接件": [
        "承办单位必须于【接件之日起第五日中午12:00之前】报送。",
        "【接件之日起5日内】报送。",
        "【接件后5日内】报送。",
    ],
    "1 day": ["【次日上午10时前】反馈。", "【次日前】反馈。", "【次日内】反馈。"],
    "2 day = 2021-09-16": ["急件【2日】办结。"],
    "3 workday": ["须【提前3个工作日】报备。", "须【至少提前3个工作日】报备。"],
}

EVENTS = {
    "汛": ["抓住【汛前】这段时间把机井打出来。", "【汛前】完成除险加固。", "务必赶在【汛前】完工。"],
    "封冻": ["务必赶在【封冻之前】完成。", "【封冻前】浇一遍水。"],
    "24.09版本发布": ["要在【24.09版本发布前】修复。"],
    "竣工验收": ["项目须在【竣工验收前】完成整改。"],
    "开学": ["各学校【开学前】完成隐患排查。", "【开学之前】完成。"],
    "入冬": ["【入冬前】完成管网改造。"],
    "系统上线": ["【系统上线前】完成等保测评。"],
    "下次例会": ["在【下次例会前】拿出方案。"],
}

IMMEDIATE = [
    ("要【第一时间】督办、【第一时间】问责、【第一时间】反馈。", 3),
    ("责令【立即】停止生产。", 1),
    ("发现隐患【当即】处置。", 1),
    ("【即日起】实行日报告。", 1),
    ("【自即日起】停工整顿。", 1),
    ("遇有突发情况【随时】报告。", 1),
    ("【马上】整改、【即刻】清运。", 2),
]
VAGUE = [
    ("各单位要【尽快】开会传达。", 1),
    ("国务院办公厅要【适时】开展督促检查。", 1),
    ("并【限期】反馈处理结果。", 1),
    ("望【早日】解决，【尽早】回复。", 2),
    ("【近期】组织一次演练。", 1),
]

NO_AMOUNT = [
    "工期3个月，连续8年获奖，为期两个月。",
    "200米范围内禁止停车，3公里以内的村庄。",
    "三年来成效明显，两个月前已报。",
    "一日游、三年级、五周岁以内儿童。",
    "2小时后仍未到达。",
    "实行24小时值班。",
    "用三年时间打造品牌。",
    "开展为期一个月的整治。",
    "更新月内容，3日内容提要。",
    "随时间推移，随时可能发生险情。",
    "实行限时办结制，期限内办理。",
    "提前谋划、提前3个月完成任务。",
    "验收合格后方可使用。",
    "几日内情况不明，数日内无人过问。",
]


@pytest.mark.parametrize(("value", "sentence"), [(v, s) for v, rows in AMOUNTS.items() for s in rows])
def test_amount(value: str, sentence: str) -> None:
    text, spans = unmarked(sentence)
    assert found(sentence) == [(spans[0].text(text), value)]


@pytest.mark.parametrize(("event", "sentence"), [(e, s) for e, rows in EVENTS.items() for s in rows])
def test_bound_to_an_event(event: str, sentence: str) -> None:
    text, spans = unmarked(sentence)
    assert found(sentence) == [(spans[0].text(text), f"no amount from {event}")]


@pytest.mark.parametrize(("sentence", "count"), IMMEDIATE)
def test_immediate(sentence: str, count: int) -> None:
    text, spans = unmarked(sentence)
    assert found(sentence) == [(span.text(text), "immediate") for span in spans]
    assert len(spans) == count


@pytest.mark.parametrize(("sentence", "count"), VAGUE)
def test_vague(sentence: str, count: int) -> None:
    text, spans = unmarked(sentence)
    assert found(sentence) == [(span.text(text), "vague") for span in spans]
    assert len(spans) == count


@pytest.mark.parametrize("sentence", NO_AMOUNT)
def test_no_limit_here(sentence: str) -> None:
    assert found(sentence) == []


def test_a_second_amount_keeps_the_event() -> None:
    sentence = "责任单位应在【发现后2小时内】报告，并于【5个工作日内】提交方案。"
    text, spans = unmarked(sentence)
    times = find_times(text, REFERENCE)
    assert [t.span for t in times] == spans
    assert [(t.anchor, t.due) for t in times] == [("发现", None), ("发现", None)]


def test_an_event_of_another_sentence_is_no_anchor() -> None:
    times = find_times("发现后2小时内报告。3日内提交方案。", REFERENCE)
    assert [(t.anchor, t.due) for t in times] == [("发现", None), (None, "2021-09-17")]


def test_the_callers_anchor_gives_the_date_and_clock() -> None:
    known = Reference(dt.date(2021, 8, 20), anchors={"接件": dt.date(2021, 8, 23)})
    (time,) = find_times("接件之日起第五日中午12:00之前报送。", known)
    assert (time.due, time.anchor, time.anchor_date, time.clock) == ("2021-08-28T12:00", "接件", "2021-08-23", "12:00")


def test_hours_run_from_a_stated_time() -> None:
    known = Reference(dt.date(2021, 8, 20), anchors={"接到": dt.datetime(2021, 8, 20, 22, 30)})
    (time,) = find_times("接到报告后6小时内处置。", known)
    assert time.due == "2021-08-21T04:30"


def test_a_standing_rule_has_no_date() -> None:
    (time,) = find_times("急件2日内办结。", Reference(dt.date(2021, 9, 14), standing_rule=True))
    assert (time.offset, time.due) == (Offset(2, "day"), None)


@pytest.mark.parametrize(
    ("start", "sentence", "due", "rolled"),
    [
        ("2021-09-28", "5个工作日内报送。", "2021-10-11", None),
        ("2021-09-24", "3个工作日内报送。", "2021-09-28", None),
        ("2025-01-24", "5个工作日内报送。", "2025-02-07", None),
        ("2026-09-30", "3个工作日内报送。", "2026-10-10", None),
        ("2021-09-18", "15日内报送。", "2021-10-03", "2021-10-08"),
        ("2021-01-31", "1个月内报送。", "2021-02-28", "2021-03-01"),
        ("2020-02-29", "1年内报送。", "2021-02-28", "2021-03-01"),
        ("2021-08-31", "1个季度内报送。", "2021-11-30", None),
    ],
)
def test_counting(start: str, sentence: str, due: str, rolled: str | None) -> None:
    (time,) = find_times(sentence, Reference(dt.date.fromisoformat(start)))
    assert (time.due, time.rolled_due) == (due, rolled)


def test_beyond_the_announced_years_the_count_is_provisional() -> None:
    (time,) = find_times("5个工作日内报送。", Reference(dt.date(2031, 3, 3)))
    assert (time.due, time.warning) == ("2031-03-10", "provisional_calendar")

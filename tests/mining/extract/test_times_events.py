"""Amounts counted to or from an event, amounts after which something is due, and words without a value."""

from __future__ import annotations

import datetime as dt

import pytest

from docmine.mining.extract.times import find_times
from docmine.schema.findings import Reference
from timecases import DECEMBER, JUNE, MARCH, Table, expected, found, rows, unmarked

AFTER: list[tuple[Reference, Table]] = [
    (
        MARCH,
        {
            "5 day = 2023-03-13": [
                "整改情况【5日内】书面回复。",
                "【五日内】书面回复。",
                "【5天之内】书面回复。",
                "【限5日内】书面回复。",
            ],
            "10 workday = 2023-03-22": [
                "承办科室【10个工作日内】答复来电人。",
                "承办科室【十个工作日之内】答复来电人。",
                "承办科室办理时限【不超过10个工作日】答复来电人。",
                "承办科室【10个工作日以内】答复来电人。",
            ],
            "1 week = 2023-03-15": ["【一周内】换好井盖。", "【1周以内】换好井盖。", "【一个星期之内】换好井盖。"],
            "1 month = 2023-04-08": ["【一个月内】搬离。", "【1个月以内】搬离。"],
            "3 month = 2023-06-08": ["【三个月内】搬离。", "【3个月之内】搬离。"],
            "1 year = 2024-03-08": ["【一年内】建成。", "【1年之内】建成。"],
            "48 hour": ["【48小时内】上门检修。", "【四十八小时之内】上门检修。"],
            "10 minute": ["【10分钟内】接听转派。", "【十分钟之内】接听转派。"],
            "3 workday from 接到工单": [
                "承办单位【接到工单后3个工作日内】联系来电人。",
                "请在【接到工单之日起3个工作日内】联系来电人。",
            ],
            "2 hour from 接到派单": ["维修班【接到派单后2小时内】到场。", "维修班须在【接到派单后两小时内】到场。"],
            "10 workday from 批复": [
                "项目单位【批复后10个工作日内】进场。",
                "项目单位【自批复之日起10个工作日内】进场。",
            ],
            "2 week from 签订合同": ["供应商【签订合同后2周内】供货。", "供应商须在【签订合同后两周内】供货。"],
            "1 month from 验收合格": [
                "尾款【验收合格后1个月内】付清。",
                "尾款【自验收合格之日起一个月内】付清。",
                "尾款【验收合格之日起1个月内】付清。",
            ],
            "3 day from 公示结束": ["名单【公示结束后3日内】上报。", "名单在【公示结束后3天内】上报。"],
            "7 day from 举报受理": ["【举报受理后7日内】反馈处理意见。"],
            "3 day from T": ["货款【T+3日内】到账。"],
            "1 workday from T": ["货款【T+1个工作日内】到账。"],
            "2 day = 2023-03-09 from 会": [
                "会议纪要【会后2日内】印发。",
                "会议纪要【会后两天内】印发。",
                "各处室【会后二日内】报任务清单。",
            ],
            "3 workday = 2023-03-10 from 会议结束": ["各处室【会议结束后3个工作日内】报任务清单。"],
            "30 day = 2023-04-07 from 本通知发布": [
                "【自本通知发布之日起30日内】完成注销。",
                "【本通知发布后30日内】完成注销。",
            ],
            "15 day from 季度终了": ["财务报表【季度终了后15日内】报送。", "请于【季度终了之日起15日内】报表。"],
            "4 month from 年度终了": ["审计报告【年度终了后4个月内】报送。", "审计报告【年度终了后四个月内】报送。"],
            "7 day from 收到告知书": [
                "当事人可在【收到告知书之日起七日内】陈述申辩。",
                "当事人【收到告知书后7日内】可陈述申辩。",
            ],
            "15 day from 判决书送达": ["可在【判决书送达之日起十五日内】上诉。"],
            "3 day from 接件": ["【接件之日起第3日内】反馈。", "【接件之日起第三日前】反馈。"],
            "24 hour from 事故发生": ["【事故发生后24小时内】续报一次。", "应当在【事故发生后二十四小时内】续报。"],
            "6 month from 交付使用": ["【交付使用后6个月内】完成决算。", "【自交付使用之日起6个月内】完成决算。"],
            "1 workday from 审批通过": ["【审批通过后1个工作日内】放款。"],
        },
    ),
]

BEFORE: Table = {
    "2 day from 届满": ["应在【届满前2日】提出延期申请。", "应在【届满前2日内】提出延期申请。"],
    "3 day from 开标": ["招标人【开标3日前】发出答疑文件。", "招标人应在【开标前3日】发出答疑文件。"],
    "15 day from 会议召开": ["董事会秘书【会议召开前15日】送达通知。", "董事会秘书【会议召开15日前】送达通知。"],
    "1 day from 出发": ["领队【出发前一天】核对名单。", "领队须在【出发前1天】核对名单。"],
    "24 hour": ["停水须【提前24小时】公告。", "停水应【至少提前24小时】公告。", "停水应当【提前二十四小时】公告。"],
    "48 hour": ["请假须【提前48小时】报批。"],
    "7 day": ["占道施工应【提前7日】公告。", "占道施工应【提前七天】公告。"],
    "5 workday": ["会议室请【提前5个工作日】预约。"],
    "1 month": ["解除合同应【提前一个月】书面告知。", "解除合同应【提前1个月】书面告知。"],
    "1 week": ["外出培训请【提前一周】报备。"],
    "30 day": ["劳动者【提前30日】书面通知用人单位可解除合同。", "劳动者应【提前三十日】书面通知用人单位。"],
    "30 minute": ["监考员请【提前30分钟】到岗。", "监考员请【提前半小时】到岗。"],
    "1 month from 合同期满": ["双方应在【合同期满前1个月】商定续签。", "双方应在【合同期满前一个月内】商定续签。"],
    "30 day from 许可证到期": ["持证人应于【许可证到期30日前】申请换证。", "持证人应于【许可证到期前30日】申请换证。"],
    "3 workday from 考试": ["考务办【考试前3个工作日】公布考场。"],
    "1 week from 开学": ["各校【开学前一周】完成消杀。", "各校应于【开学前1周】完成消杀。"],
    "2 hour from 活动开始": ["安保组【活动开始前2小时】到位。", "安保组【活动开始前两小时】到位。"],
    "5 day from 股东会召开": ["资料应在【股东会召开5日前】备置。"],
    "10 day from 竣工": ["【竣工前10天】通知监理。"],
}

LATER: list[tuple[Reference, Table]] = [
    (
        MARCH,
        {
            "21 day = 2023-03-29": ["【21天后】复查血常规。", "【二十一天后】复查。", "【21日后】复查。"],
            "2 week = 2023-03-22": ["【两周后】复查。", "【2周后】由督查组复查。", "请科室【两周后】复测水质。"],
            "1 week = 2023-03-15": ["【一周后】组织回头看。", "【一个星期后】组织回头看。"],
            "3 month = 2023-06-08": ["【三个月后】开展评估。", "【3个月后】再评估一次。"],
            "6 month = 2023-09-08": ["【半年后】回访。", "【6个月后】回访。"],
            "1 year = 2024-03-08": ["【一年后】复核资质。"],
            "2 hour": ["【2小时后】再测一次血压。", "【两小时后】再测一次血压。"],
            "1 month from 出院": ["【出院1个月后】复诊。", "【出院后1个月】复诊。"],
            "3 day from 打药": ["【打药3天后】检查防效。"],
        },
    ),
]

NAMED = {
    "开工": ["【开工前】办完施工许可。", "【开工之前】办完施工许可。"],
    "上线": ["【上线前】做完压力测试。"],
    "竣工验收": ["【竣工验收前】拆完临建。"],
    "系统切换": ["【系统切换前】备份数据。"],
    "董事会召开": ["【董事会召开前】报送议案。"],
    "台账移交": ["【台账移交前】核对签字。"],
}

IMMEDIATE = [
    "【立刻】切断电源。",
    "【立即】召回问题批次。",
    "各班组【马上】复位。",
    "发现漏气【即刻】关阀。",
    "对塌方路段【第一时间】设置围挡。",
    "【即日起】暂停夜间施工。",
    "【从即日起】暂停夜间施工。",
    "有情况【随时】来电。",
    "【当即】疏散人员。",
]
VAGUE = [
    "【尽快】补装护栏。",
    "请【尽早】安排维修。",
    "【近期】安排一次体检。",
    "【适时】召开推进会。",
    "盼【早日】通水。",
    "责令【限期】拆除。",
    "请【限时】补齐材料。",
    "请物业【尽快】回电。",
]

BOUNDS = [
    ("【4月20日前】交货。", "before"),
    ("【4月20日之前】交货。", "before"),
    ("【4月20日以前】交货。", "before"),
    ("力争【4月20日前】交货。", "before"),
    ("务于【4月20日前】交货。", "before"),
    ("确保【4月20日前】交货。", "before"),
    ("【本月内】交货。", "within"),
    ("【10日内】交货。", "within"),
    ("【10日以内】交货。", "within"),
    ("【自4月20日起】停售。", "from"),
    ("【4月20日起】停售。", "from"),
    ("【截至4月20日】，逾期不候。", "by"),
    ("【截止4月20日】，逾期不候。", "by"),
    ("【不晚于4月20日】交货。", "by"),
    ("【最迟4月20日】交货。", "by"),
    ("【至迟4月20日】交货。", "by"),
    ("【不迟于4月20日】交货。", "by"),
    ("【最晚4月20日】交货。", "by"),
    ("【4月20日】交货。", "at"),
    ("【提前24小时】通知。", "before"),
    ("【届满前2日】申请。", "before"),
    ("【开标3日前】答疑。", "before"),
    ("【汛期前】加固。", "before"),
]


@pytest.mark.parametrize(("reference", "value", "sentence"), rows(AFTER) + rows(LATER) + rows([(JUNE, BEFORE)]))
def test_amount(reference: Reference, value: str, sentence: str) -> None:
    assert found(sentence, reference) == expected(sentence, value)


@pytest.mark.parametrize(("event", "sentence"), [(e, s) for e, group in NAMED.items() for s in group])
def test_bound_to_an_event(event: str, sentence: str) -> None:
    assert found(sentence, DECEMBER) == expected(sentence, f"no amount from {event}")


@pytest.mark.parametrize("sentence", IMMEDIATE)
def test_immediate(sentence: str) -> None:
    assert found(sentence, DECEMBER) == expected(sentence, "immediate")


@pytest.mark.parametrize("sentence", VAGUE)
def test_vague(sentence: str) -> None:
    assert found(sentence, DECEMBER) == expected(sentence, "vague")


@pytest.mark.parametrize(("sentence", "bound"), BOUNDS)
def test_bound(sentence: str, bound: str) -> None:
    text, spans = unmarked(sentence)
    (time,) = find_times(text, MARCH)
    assert (time.span, time.bound) == (spans[0], bound)


@pytest.mark.parametrize("sentence", [s for group in BEFORE.values() for s in group])
def test_counted_back_from_an_event(sentence: str) -> None:
    text, _ = unmarked(sentence)
    (time,) = find_times(text, JUNE)
    assert (time.offset is not None and time.offset.value > 0, time.bound) == (True, "before")


def test_the_callers_event_gives_the_day_before_it() -> None:
    known = Reference(dt.date(2023, 3, 8), anchors={"开标": dt.date(2023, 4, 20)})
    assert [t.due for t in find_times("开标3日前发出答疑文件。", known)] == ["2023-04-17"]
    assert [t.due for t in find_times("开标前3日发出答疑文件。", known)] == ["2023-04-17"]

"""Where directives begin and end, with which force. What is marked 【】 is one, everything else is none."""

from __future__ import annotations

from typing import Any

import pytest

from docmine.mining.context import Mood
from docmine.mining.extract.directives import strip_lead
from docmine.rulebook.folding import fold
from docmine.schema.findings import Force
from docmine.schema.spans import Span
from miningcases import directives_in, marked_texts, units_of

FORCES: dict[Force, list[str]] = {
    "obligation": [
        "【各镇必须于5月底前完成河道清障】。",
        "【县财政局应当及时足额拨付补助资金】。",
        "【要把巡查责任落实到岗到人】。",
        "【到2025年，全县森林覆盖率要达到45%以上】。",
        "【每名班子成员包联一个村】。",
        "【采取错时作业，直至空气质量达标】。",
        "【今年内全部销号】。",
        "【请各镇于周三前报送名单（联系人：方晓）】。",
        "【由区商务局负责联系重点企业】。",
        "【请市医保局会同市卫健委研究提出方案】。",
        "【责成县自然资源局逐宗核实】。",
        "【建立问题台账，挂图作战，按期销号】。",
        "【县林业局牵头，公安等部门配合，开展联合执法】。",
        "【约谈进度滞后单位的主要负责人】。",
        "【需在验收前补齐安全设施】。",
        "【力争6月底前见底】。",
        "【3月20日17:00前，各班组将隐患清单交到安全科】。",
        "【各科室于3月底前将整理好的台账、名单及联系方式报院办公室】。",
        "【2023年底前完成搬迁或取得实质性进展】。",
    ],
    "prohibition": [
        "【各收费窗口不得拒收现金】。",
        "【严禁将补助资金挪作他用】。",
        "【任何人不准擅自离岗】。",
        "【切勿用湿手触碰配电箱】。",
        "【不要等到下雨才去查看排水沟】。",
        "【杜绝以罚代管】。",
    ],
    "recommendation": [
        "【鼓励有条件的村组建志愿巡河队】。",
        "【建议各校错峰放学】。",
        "【原则上每年组织一次演练】。",
        "【各地可结合实际适当延长受理时间】。",
    ],
}

UNITS = [
    # one obligor, one unit
    "【各村要逐户登记，建好台账，确保不漏一户】。",
    "【由县住建局牵头，县城管局配合，6月底前拿出方案】。",
    "【各单位要加强值守，不得擅自脱岗】。",
    # other obligors begin
    "【市水务局负责清淤】，【市城管局负责截污】。",
    "【主要领导要亲自抓】；【分管领导要具体抓】。",
    "【请县教育局提供名单】，【请县公安局协助核验】。",
    # what is fronted stays inside
    "【对逾期未拆的棚房，要依法强制拆除】。",
    "【根据汛情变化，各水库要及时调整泄量】。",
    "【凡未取得许可的，一律不得开工】。",
    "【会后，各镇要立即召开动员会】。",
    "【经费不足的，由镇财政统筹解决】。",
    # enumerators, connectives and frames stay outside
    "第一，【要摸清底数】。",
    "一是【加强宣传引导】。",
    "同时，【要做好解释工作】。",
    "会议强调，【各单位要守住安全底线】。",
    "会议要求：【各镇要在3日内上报名单】。",
    # bracketed tails stay inside
    "【抓紧修复水毁路段（县公路局牵头）】。",
    "【完善应急预案（责任单位：县应急局；完成时限：5月底）】。",
    # a quoted name in front stays inside, and so does its closing mark at the end
    "【“八一”前，县退役军人局要走访一遍】。",
    "【“十一”长假前要把路灯修好】。",
    "【“一把手”要亲自过问】。",
    "【“十三五”末要实现村村通】。",
    "“【各单位要认真对照检查】。”",
    "【各镇要开展安全生产“大起底”】。",
    # what is known of days off is no part of the order behind it
    "下周五不上班，【请各科室提前报送周报】。",
    "中秋放假三天，【各单位要安排好值班】。",
    "【放假期间，各单位要安排好值班】。",
    "【首月月报请于4月3日前报送】。",
    # a number followed by a digit is no enumerator
    "【3.15活动前要抽检一遍】。",
    "3.【活动前要抽检一遍】。",
    # purpose tails stay inside
    "【要加大抽检力度，确保群众饮水安全】。",
    "【实行错时作业，直至空气质量达标】。",
    # lists
    "要做到以下几点：【要加强巡查】；【要备足物资】。",
    "【9月5日前报名单，由县教育局汇总】。",
]

# mood → sentences
MOODS: dict[Mood, list[str]] = {
    "neutral": [
        "【各单位必须在周五前反馈意见】。",
        "会议听取了供水情况汇报。",
        "加强领导，落实责任。",  # a bare verb alone orders only where orders are given
        "【由县水利局负责编制方案】。",
        "会议决定，【由县水利局编制方案】。",
    ],
    "reports": [
        "我局对现场进行了检查，责令停工。",
        "我局【要求该公司于6月底前完成整改】。",
        "加强巡查，建立台账。",
        "已完成投资3亿元，占年度计划的60%。",
        "【下一步，我局将加大执法频次】。",
    ],
    "letter": [
        "【恳请有关部门尽快修好路灯】。",
        "【希望领导派人实地看看】。",
        "【能否增设一个公交站】？",
        "【建议在路口加装减速带】。",
        "物业要求我们自己出钱维修。",
        "社区必须管这件事吗？",
        "开发商承诺去年交房。",
    ],
    "task": ["【更新消防器材】。", "【台账完整率100%】。", "无", "已完成采购。"],
    "silent": ["各单位必须抓好落实。", "恳请尽快修好路灯。"],
}

NEAR_MISSES = [
    "会议指出，今年以来全县水利建设取得明显成效。",
    "下面，请县水利局通报工作进展情况。",
    "现在进行第二项议程。",
    "请大家把手机调到静音。",
    "让我们以热烈的掌声欢迎。",
    "会议到此结束，散会。",
    "各镇已于上月完成清淤。",
    "全县累计排查隐患320处，整改298处。",
    "该项目具有重要意义。",
    "主要负责人出席了会议。",
    "本办法所称出租房屋，是指用于出租的住房。",
    "本制度自2024年1月1日起施行。",
    "本办法由县住建局负责解释。",
    "联系人：方晓，联系电话5550123。",
    "特此通知。",
    "我再强调三点意见。",
    "有的单位要么推诿，要么拖延。",
    "为贯彻落实上级精神，制定本方案。",
    "会议原则同意《供水管网改造方案》。",
    "会议纪要如下：",
    "与会人员一致认为时机成熟。",
    "逾期不再受理。",
    "过期不再补办。",
    "如您不服本答复，可在30日内向上一级机关提出复查申请。",
    "若不服处理意见，请于15日内提出复核申请，逾期不再受理。",
]

KNOWN = [
    # reason, marked sentence, mood
    (
        "a fronted condition with its own 由 doesn't begin another unit",
        "【县禁烧办每周通报一次火点情况】，【对反复出现火点的乡镇，由县纪委监委约谈主要负责人】。",
        "orders",
    ),
]


def table(rows: dict[Any, list[str]]) -> list[tuple[Any, str]]:
    return [(key, sentence) for key, sentences in rows.items() for sentence in sentences]


@pytest.mark.parametrize(("force", "marked"), table(FORCES))
def test_force(force: Force, marked: str) -> None:
    text, wanted = marked_texts(marked)
    assert [(u.force, u.span.text(fold(text))) for u in units_of(text)] == [(force, w) for w in wanted]


@pytest.mark.parametrize("marked", UNITS)
def test_units(marked: str) -> None:
    text, wanted = marked_texts(marked)
    assert directives_in(text) == wanted


@pytest.mark.parametrize(("mood", "marked"), table(MOODS))
def test_the_same_words_in_other_surroundings(mood: Mood, marked: str) -> None:
    text, wanted = marked_texts(marked)
    kind = {"letter": "letter", "reports": "reply"}.get(mood, "minutes")
    assert directives_in(text, mood, kind=kind) == wanted


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_near_misses(text: str) -> None:
    assert directives_in(text, kind="minutes") == []


@pytest.mark.parametrize(
    ("marked", "mood"),
    [pytest.param(m, o, id=m, marks=pytest.mark.xfail(strict=True, reason=r)) for r, m, o in KNOWN],
)
def test_known_misses(marked: str, mood: Mood) -> None:
    text, wanted = marked_texts(marked)
    assert directives_in(text, mood) == wanted


def test_a_petitioners_words_are_requests() -> None:
    found = units_of("恳请有关部门尽快修好路灯。建议在路口加装减速带。", "letter", kind="letter")
    assert [unit.force for unit in found] == ["request", "request"]


def test_a_superiors_wish_is_an_order() -> None:
    (unit,) = units_of("希望各镇再接再厉，抓好秋收。", kind="speech")
    assert unit.force == "obligation"
    (unit,) = units_of("希望贵局依法查处。", "letter", kind="letter")
    assert unit.force == "request"


def test_what_a_reply_will_do_is_a_promise() -> None:
    found = units_of("我局将加大巡查力度。建立长效机制。", "promises", kind="reply")
    assert [unit.force for unit in found] == ["commitment", "commitment"]


def test_a_continuation_takes_over_the_force() -> None:
    (unit,) = units_of("加快工程进度。", "promises", kind="reply", previous="commitment")
    assert unit.force == "commitment"


def test_a_finding_is_ordered_only_by_strong_words() -> None:
    assert units_of("各单位认识到位，工作扎实。", finding=True) == []
    assert len(units_of("各单位必须引以为戒。", finding=True)) == 1


def test_a_prohibition_behind_an_order_keeps_the_orders_force() -> None:
    (unit,) = units_of("各窗口要延长服务时间，不得提前下班。")
    assert (unit.force, unit.trigger) == ("obligation", "要")


def test_every_unit_gives_its_reason() -> None:
    for _, marked in table(FORCES):
        for unit in units_of(marked_texts(marked)[0]):
            assert unit.evidence and unit.evidence[0].rule
            assert 0 < unit.score <= 1


@pytest.mark.parametrize(
    ("text", "rest", "frames"),
    [
        ("会议强调，各镇要落实", "各镇要落实", ["会议强调，"]),
        ("1.同时，各镇要落实", "各镇要落实", []),
        ("罗书记指出：要落实", "要落实", ["罗书记指出："]),
        ("按照会议要求，各镇要落实", "按照会议要求，各镇要落实", []),
        ("各镇要落实", "各镇要落实", []),
        ("2.各镇要落实", "各镇要落实", []),
        ("23.10版本要冻结", "23.10版本要冻结", []),
        ("“三八”节前要落实", "“三八”节前要落实", []),
        ("“各镇要落实", "各镇要落实", []),
    ],
)
def test_what_is_stripped_from_the_front(text: str, rest: str, frames: list[str]) -> None:
    span, found = strip_lead(text, Span(0, len(text)))
    assert (span.text(text), [frame.text for frame in found]) == (rest, frames)

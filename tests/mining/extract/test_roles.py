"""Who plays which role. Parties are marked 【name|role】; everybody else in the sentence has none."""

from __future__ import annotations

import re

import pytest

from docmine.mining.context import Mood
from docmine.rulebook.folding import fold
from docmine.schema.findings import Role
from miningcases import cast_of

MARK = re.compile(r"【([^|】]+)\|([a-z_]+)】")

ROLES: dict[Role, list[str]] = {
    "lead": [
        "由【县住建局|lead】牵头，制定改造方案。",
        "【县林业局|lead】牵头开展联合执法。",
        "【县教育局|lead】要牵头做好摸底工作。",
        "【市政府办公室|lead】主办此项工作。",
        "由【副县长李明同志|lead】负总责。",
        "组长由【王建国|lead】兼任，成员由【各科室负责人|support】组成。",
        "抓紧修复水毁路段（【县公路局|lead】牵头）。",
        "抓紧修复水毁路段（牵头单位：【县公路局|lead】）。",
    ],
    "responsible": [
        "【各镇|responsible】必须于5月底前完成清障。",
        "由【区商务局|responsible】负责联系重点企业。",
        "请【市医保局|responsible】研究提出方案。",
        "责成【县自然资源局|responsible】逐宗核实。",
        "督促【施工单位|responsible】尽快复工。",
        "【各承办单位|responsible】要在三日内回复。",
        "【各牵头单位|responsible】要定期调度。",
        "【派出所|responsible】要加强夜间巡查。",
        "责令【该企业|responsible】立即停产整改。",
        "完善应急预案（责任单位：【县应急局|responsible】）。",
        "清理占道物品（【街道办事处|responsible】负责）。",
        "【市直各部门|responsible】按照职责分工抓好落实。",
        "要求【各店铺|responsible】每月清洗一次油烟管道。",
        "【市发改委|responsible】负责审批，【市财政局|responsible】负责资金。",
    ],
    "support": [
        "【县交通局|responsible】要会同【县公安局|support】设置警示标志。",
        "由【县住建局|lead】牵头，【县城管局|support】、【各镇街|support】配合，抓好治理。",
        "【县财政局|support】要积极配合做好资金保障。",
        "【县水利局|responsible】要与【县气象局|support】一起研判雨情。",
        "开展联合检查（【市场监管局|lead】牵头，【公安局|support】配合）。",
        "由【县水利局|lead】牵头、【县住建局|support】配合完成管网排查。",
        "【县民政局|responsible】负责、【各镇|support】配合，做好走访慰问。",
        "更新监控设备（责任单位：【公安局|responsible】；配合单位：【财政局|support】）。",
    ],
    "supervise": [
        "由【县政府督查室|supervise】跟踪督办。",
        "【县纪委监委|supervise】负责督促检查。",
    ],
    "report_to": [
        "【各镇|responsible】要将名单报【县民政局|report_to】。",
        "【各镇|responsible】每月25日前将进展情况报送【县乡村振兴局|report_to】。",
        "【值班人员|responsible】要立即向【带班领导|report_to】报告。",
        "【各科室|responsible】应于周五前将总结反馈给【办公室|report_to】。",
        "重大险情须第一时间上报【防汛指挥部|report_to】。",
        "要主动向【县人大常委会|report_to】报告工作。",
        "【各镇|responsible】要将回执抄送【县财政局|report_to】。",
    ],
    "liable": [
        "对工作不力的，追究【有关人员|liable】责任。",
        "造成严重后果的，要依规对【主要负责人|liable】问责。",
        "【县安委办|responsible】要约谈【事故企业|liable】。",
        "要追究【企业主要负责人|liable】的责任。",
    ],
}

NOBODY = [
    "要指导企业完善内控制度。",
    "鼓励群众参与监督，要畅通举报渠道。",
    "要组织学生观看防溺水视频。",
    "要加强与高校的合作。",
    "要对照标准，逐项整改。",
    "要按照县委要求抓好落实。",
    "要把报告制度落实到位。",
    "加强对工地的巡查。",
    "要报名参加培训。",
    "由于时间紧迫，要加快进度。",
    "要严格项目负责人制度。",
    "要借鉴省水利厅的做法。",
    "要在县水利局指导下抓好清淤。",
    "要落实县委、县政府决策部署。",
    "要向村民公示补助名单。",
]

KNOWN = [
    # reason, marked sentence
    ("日报 of 工作日报… hides whom one reports to", "应当提前5个工作日报【县水利局|report_to】批准。"),
    ("a personal name takes the first character of 担任", "成立专班，组长由【副县长韩立|lead】担任。"),
    ("违规企业 behind 处罚 is not seen", "要依法处罚【违规企业|liable】。"),
    (
        "a party behind a relative clause is not seen",
        "由【县纪委监委|responsible】对【落实不力的单位和个人|liable】问责。",
    ),
    ("words that share a qualifier are one party", "要追究【相关单位和人员|liable】的责任。"),
]


def unmarked_roles(marked: str) -> tuple[str, list[tuple[str, str]]]:
    return MARK.sub(r"\1", marked), [(fold(name), role) for name, role in MARK.findall(marked)]


@pytest.mark.parametrize("marked", [m for rows in ROLES.values() for m in rows])
def test_roles(marked: str) -> None:
    text, wanted = unmarked_roles(marked)
    assert cast_of(text) == wanted


@pytest.mark.parametrize(
    "marked", [pytest.param(m, id=m, marks=pytest.mark.xfail(strict=True, reason=r)) for r, m in KNOWN]
)
def test_known_misses(marked: str) -> None:
    text, wanted = unmarked_roles(marked)
    assert cast_of(text) == wanted


@pytest.mark.parametrize("text", NOBODY)
def test_nobody(text: str) -> None:
    assert cast_of(text) == []


@pytest.mark.parametrize(("marked", "mood"), [
    ("恳请【县城管局|responsible】尽快修好路灯。", "letter"),
    ("希望【领导|responsible】派人实地看看。", "letter"),
    ("【该厂|responsible】预计11月15日前搬迁完毕。", "reports"),
    ("下一步，【我局|responsible】将加大执法频次。", "reports"),
])  # fmt: skip
def test_roles_in_petitions(marked: str, mood: Mood) -> None:
    text, wanted = unmarked_roles(marked)
    assert cast_of(text, mood, kind="letter" if mood == "letter" else "reply") == wanted


@pytest.mark.parametrize(
    "marked",
    [
        "由【方晓|responsible】负责整理数据，周三前提交。",
        "【林茂|responsible】跟进采购进度。",
        "修复登录缺陷--【方晓|responsible】/【林茂|responsible】",
        "整理会议材料 【@林茂|responsible】",
        "请【顾正平|responsible】确认排期。",
        "【小郑|responsible】明天把样品送检。",
    ],
)
def test_persons_in_company_minutes(marked: str) -> None:
    text, wanted = unmarked_roles(marked)
    assert cast_of(text, kind="minutes", persons=True) == wanted

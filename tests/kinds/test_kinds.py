"""Which genre a text is of, and why."""

from __future__ import annotations

import pytest

from docmine.kinds import Kind, detect_kind
from docmine.rulebook import load_toml

# kind → (title, text)
TEXTS = {
    "host_script": [
        ("全区征兵工作会议主持词", "同志们：现在开会。下面，请区人武部通报情况。"),
        ("", "今天的会议有三项议程，下面进行第一项议程。下面，请李部长讲话。会议到此结束，散会。"),
    ],
    "minutes": [
        ("第12次局务会议纪要", "会议由局长主持。会议议定以下事项。"),
        ("供水保障专题会议", "副区长韩立主持召开供水保障专题会议，现将会议议定事项纪要如下：出席：方晓、林茂"),
        ("数据平台周会", "参会人员：方晓、林茂\n一、进展"),
        ("", "时间：4月6日\n出席：方晓\n列席：林茂\n记录：顾平\n一、关于绩效方案"),
    ],
    "speech": [
        ("在全县安全生产工作会议上的讲话", "同志们：刚才大家谈得很好。我再讲三点意见。"),
        ("", "同志们，今天我讲三点意见。"),
    ],
    "notice": [
        ("关于开展冬季防火检查的通知", "各镇人民政府：为做好防火工作，现就有关事项通知如下："),
        ("某公司考勤管理制度", "第一条 为规范考勤，制定本制度。\n第二条 员工应按时打卡。"),
        ("", "现就做好高考期间噪声管控工作通知如下：请认真贯彻执行。"),
    ],
    "plan": [
        ("青山镇人居环境整治实施方案", "为改善村容村貌，制定本方案。\n一、工作目标\n二、实施步骤\n三、保障措施"),
        ("2024年度重点任务分解", "任务|责任单位"),
    ],
    "letter": [
        ("请求修好楼道灯", "尊敬的领导：我是城南小区的业主，楼道灯坏了半年，恳请有关部门帮助。此致敬礼"),
        ("", "留言主题：暖气不热\n留言时间：2022-11-20\n我们小区暖气不热，望领导重视。"),
        ("反映村道破损", "反映人：秦某。我们村在国道旁，道路坑洼，何时才能修？"),
    ],
    "case": [
        (
            "12345热线工单",
            "工单编号：20230115001\n诉求内容：来电人反映噪音扰民。\n承办单位：城管局\n办理时限：3个工作日",
        ),
        ("信访事项转办单", "受理编号：119\n承办单位：住建局"),
    ],
    "case_table": [
        ("中央督察组交办问题边督边改公开情况一览表", "受理编号|交办问题基本情况|行政区域|调查核实情况|是否属实"),
        ("", "序号|受理编号|反映问题|污染类型|调查核实情况|是否属实|处理和整改情况"),
    ],
    "reply": [
        ("对区人大第26号建议的答复", "王代表：您提出的关于增设公交站的建议收悉，现答复如下："),
        ("", "您反映的路灯不亮问题收悉，现将有关情况回复如下。感谢您对我们工作的支持。"),
    ],
    "other": [("", "今天天气很好，适合春游。"), ("春游", "")],
}


@pytest.mark.parametrize(("kind", "title", "text"), [(k, *row) for k, rows in TEXTS.items() for row in rows])
def test_kind(kind: str, title: str, text: str) -> None:
    said = detect_kind(f"{title}\n{text}", title)
    found, score, evidence = said.name, said.score, said.evidence
    assert found == kind
    assert 0 < score <= 1
    assert bool(evidence) == (kind != "other")


def test_the_columns_of_a_case_table_decide() -> None:
    text = "交办问题|处理情况\n夜间施工|已责令停工"
    assert detect_kind(text, "").name == "other"
    assert detect_kind(text, "", has_case_table=True) == Kind(
        "case_table", 0.75, ("kind.case_columns",), ("kind.case_columns",)
    )


def test_evidence_names_rules_of_the_winning_kind() -> None:
    kinds = {rule["id"]: rule["kind"] for rule in load_toml("common/kinds.toml")["rule"]}
    for kind, rows in TEXTS.items():
        for title, text in rows:
            assert all(kinds[rule] == kind for rule in detect_kind(f"{title}\n{text}", title).evidence)


def test_more_cues_make_surer() -> None:
    title, opening = "供水保障例会", "现将会议议定事项纪要如下："
    assert detect_kind(f"{title}\n{opening}", title).score > detect_kind(f"{title}\n", title).score


def test_rules_are_complete() -> None:
    rules = load_toml("common/kinds.toml")["rule"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert {rule["kind"] for rule in rules} == set(TEXTS) - {"other"}
    assert all(rule["weight"] > 0 and rule.get("where", "text") in ("title", "head", "tail", "text") for rule in rules)

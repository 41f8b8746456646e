"""Where a sentence stands: where orders are given, things are reported, or a petitioner writes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docmine.mining.context import Mood, Surroundings, patterns
from docmine.mining.segment import Sentence
from docmine.schema.document import Head, Section, Stretch, StretchRole, Structure
from docmine.schema.spans import Span


def document(kind: str, *titles: str) -> Structure:
    """A structure by hand whose sections, each in the one before, have these titles."""
    sections = [
        Section(f"s{i}", f"s{i - 1}" if i > 1 else None, i, f"{i}、", title, Span(0, 9), Span(0, 0), "cn_comma")
        for i, title in enumerate(titles, 1)
    ]
    return Structure(kind, 1.0, (), Head(), None, sections, [])


def mood(kind: str, *titles: str, stretch: Stretch | None = None, instructed: bool = False) -> Mood:
    """The mood of a stretch in the innermost section."""
    norm = "会议提出三点意见。"
    around = Surroundings(norm, document(kind, *titles))
    if instructed:
        around.see(Span(0, len(norm)), None)
    return around.mood(stretch or Stretch(Span(0, 1), section=f"s{len(titles)}" if titles else None))


TITLES: dict[Mood, list[str]] = {
    "orders": ["工作要求", "下一步工作安排", "整改措施", "重点任务", "保障措施", "关于加强管网建设"],
    "reports": ["存在的主要问题", "基本情况", "工作开展情况", "取得的成效", "调查核实情况", "上半年工作总结"],
}

# kind → mood without and with a cue like 提出三点意见 before
SCRIPTS: dict[str, tuple[Mood, Mood]] = {
    "host_script": ("neutral", "orders"),
    "speech": ("neutral", "orders"),
    "minutes": ("neutral", "neutral"),
    "letter": ("letter", "letter"),
    "reply": ("reports", "reports"),
    "case_table": ("reports", "reports"),
    "case": ("neutral", "neutral"),
    "notice": ("neutral", "neutral"),
    "plan": ("neutral", "neutral"),
    "other": ("neutral", "neutral"),
}

COLUMNS: dict[Mood, list[str]] = {
    "task": ["task"],
    "silent": ["finding", "accountability", "status", "number", "other", "due", "lead", "support", "responsible"],
    "orders": ["instruction", "orders"],
    "reports": ["measure"],
}
ROLES: dict[StretchRole, Mood] = {"head": "silent", "particulars": "silent", "title": "silent"}


@pytest.mark.parametrize(("wanted", "title"), [(m, t) for m, titles in TITLES.items() for t in titles])
def test_a_sections_title_sets_the_mood(wanted: Mood, title: str) -> None:
    assert mood("minutes", title) == wanted


def test_the_nearest_title_wins() -> None:
    assert mood("minutes", "工作要求", "存在问题") == "reports"
    assert mood("minutes", "存在问题", "下一步措施") == "orders"
    assert mood("minutes", "存在问题", "") == "reports"


@pytest.mark.parametrize("kind", SCRIPTS)
def test_the_genre_sets_the_mood(kind: str) -> None:
    before, after = SCRIPTS[kind]
    assert (mood(kind), mood(kind, instructed=True)) == (before, after)


@pytest.mark.parametrize("kind", ["notice", "plan"])
def test_numbered_parts_of_notices_order(kind: str) -> None:
    assert mood(kind, "") == "orders"


def test_numbered_parts_of_minutes_order_once_something_was_demanded() -> None:
    assert mood("minutes", "") == "neutral"
    assert mood("minutes", "", instructed=True) == "orders"


def test_a_reply_promises_under_what_comes_next() -> None:
    assert mood("reply", "调查情况") == "reports"
    assert mood("reply", "下一步工作") == "promises"


def test_a_reply_within_a_letter() -> None:
    assert mood("letter", stretch=Stretch(Span(0, 1), part="reply")) == "reports"
    assert mood("reply", stretch=Stretch(Span(0, 1), part="letter")) == "letter"


def test_numbered_items_of_a_letter_demand_below_a_lead_in() -> None:
    norm = "我们强烈请求：1.修好路灯。"
    at = norm.index("1.")
    found = document("letter", "")
    found.sections[0].span = Span(at, len(norm))
    around = Surroundings(norm, found)
    item = Stretch(Span(at + 2, len(norm)), section="s1")
    assert around.mood(item) == "letter"
    around.see(Span(0, at), None)
    assert around.mood(item) == "demands"
    assert around.mood(Stretch(Span(at + 2, len(norm)))) == "letter"


@pytest.mark.parametrize(("wanted", "column"), [(m, c) for m, columns in COLUMNS.items() for c in columns])
def test_a_tables_column_sets_the_mood(wanted: Mood, column: str) -> None:
    assert mood("plan", "工作要求", stretch=Stretch(Span(0, 1), "cell", "s1", column=column, row=(0, 1))) == wanted


def test_a_label_sets_the_mood_of_its_value() -> None:
    assert mood("case", stretch=Stretch(Span(0, 1), label="task")) == "orders"
    assert mood("case", stretch=Stretch(Span(0, 1), label="problem")) == "letter"
    assert mood("minutes", stretch=Stretch(Span(0, 1), label="problem")) == "silent"


def test_a_cell_without_meaning_is_neutral() -> None:
    assert mood("plan", "工作要求", stretch=Stretch(Span(0, 1), "cell", "s1", row=(0, 1))) == "neutral"


@pytest.mark.parametrize(("role", "wanted"), ROLES.items())
def test_some_parts_never_order(role: StretchRole, wanted: Mood) -> None:
    assert mood("notice", "工作要求", stretch=Stretch(Span(0, 1), role, "s1")) == wanted


FINDINGS = [
    # does the second sentence stand in a finding?
    (True, "会议指出，各镇工作扎实。", "各科室要有主动性。"),
    (True, "会议认为，时机已经成熟。", "条件基本具备。"),
    (False, "会议强调，各镇要抓好落实。", "各科室要有主动性。"),
    (False, "各镇工作扎实。", "各科室要有主动性。"),
    (False, "罗同志指出，各镇要抓好落实。", "各科室要有主动性。"),
]


@pytest.mark.parametrize(("wanted", "first", "second"), FINDINGS)
def test_a_finding_goes_on_to_the_end_of_its_stretch(wanted: bool, first: str, second: str) -> None:
    norm = first + second
    stretch = Stretch(Span(0, len(norm)))
    around = Surroundings(norm, document("minutes"))
    assert around.in_finding(Sentence(Span(0, len(first)), stretch)) is False
    assert around.in_finding(Sentence(Span(len(first), len(norm)), stretch)) is wanted
    other = replace(stretch, span=Span(len(first), len(norm)))
    assert around.in_finding(Sentence(Span(len(first), len(norm)), other)) is False


PATTERNS: dict[str, tuple[list[str], list[str]]] = {
    "etiquette": (
        ["下面，请县水利局通报工作情况", "请各位鼓掌欢迎", "会议到此结束", "现在开会", "现在进行第二项议程", "请罗书记讲话"],
        ["请县水利局抓好清淤", "请各镇按时报送", "要召开一次会议", "会后请各镇通报批评一批典型"],
    ),
    "not_directive": (
        ["本办法由县水利局负责解释", "特此通知", "本办法所称河道是指天然水道", "您反映的问题收悉", "我再讲三点意见"],
        ["各镇要抓好清淤", "由县水利局负责清淤", "请特别注意安全"],
    ),
    "past": (
        ["已完成清淤", "召开过两次会议", "累计排查30处", "取得了新进展", "正在施工", "经核实，情况属实", "未及时整改"],
        ["要抓好清淤", "除了汛期都要巡查", "过程要留痕", "已知隐患要整改", "为了群众", "各镇要总结经验"],
    ),
    "statistic": (["增长12%", "投入30多万元", "下降3个百分点"], ["3个项目", "12月底前"]),
    "connective": (["同时，", "此外，", "第一，", "经研究决定，"], ["同时开展清淤", "各镇，"]),
    "finding_frame": (["会议认为，", "会议指出，"], ["会议要求，", "会议强调，"]),
    "future_cue": (["下一步，我局将", "计划于6月"], ["已经完成", "现场检查"]),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [(n, t, True) for n, (yes, _) in PATTERNS.items() for t in yes]
    + [(n, t, False) for n, (_, no) in PATTERNS.items() for t in no],
)
def test_patterns(name: str, text: str, wanted: bool) -> None:
    assert bool(patterns()[name].search(text)) is wanted

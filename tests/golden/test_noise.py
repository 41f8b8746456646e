"""Noise changes nothing: the same findings, and spans that lead to the same words in the noisy text."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import docmine

MINUTES = """苍梧市第三季度粮食安全工作专题会议纪要
2022年7月12日上午，副市长顾长林主持召开专题会议，研究夏粮收购和仓储安全工作。现将会议议定事项纪要如下：
一、关于夏粮收购
会议指出，个别收购点存在压级压价、排队时间过长的问题，群众反映强烈。会议要求，市粮食和物资储备局要逐库核查收购资金，7月20日前将核查结果报市政府办公室；各县区要增设临时收购点，不得拒收符合标准的农户余粮。
二、关于仓储安全
（一）由市应急管理局牵头，市消防救援支队配合，每月对储粮库区开展一次用电安全检查，检查中发现的隐患要建立清单，限期整改到位。
（二）各储粮企业必须于8月底前完成熏蒸作业人员培训，培训记录留存备查；逾期未完成的，由市粮食和物资储备局约谈企业主要负责人。
三、关于督促落实
市政府督查室要对以上事项跟踪督办，9月10日前形成书面报告，重大问题随时向分管副市长报告。
"""
LETTER = """留言主题：请求尽快修复锦江路东段人行道
留言时间：2023-04-18 20:15
尊敬的领导，您好！我是锦江路东段的居民，这段人行道自去年雨季塌陷以后一直用围挡挡着，老人和学生每天只能走在机动车道上，已经发生过两次剐蹭，社区说报过市政部门，但是一直没有人来处理。
恳请市城管局尽快修复塌陷路段，并于5月10日前向沿线居民公布施工安排；同时希望交警部门在施工期间增派警力，疏导上下学时段的车流，防止再次发生事故。
此致
敬礼
锦江路居民：秦某
"""
PLAN = """霜河县秸秆禁烧工作实施方案
为切实改善空气质量，根据上级部署，结合我县实际，制定本方案。
一、工作任务
1.落实网格责任。各乡镇党委、政府主要负责人是第一责任人，要于9月15日前将网格划分到村到田块，并把网格员名单报县禁烧办备案。
2.推进综合利用。县农业农村局牵头，县财政局、县发改局配合，10月底前建成秸秆收储点12处，严禁将补贴资金挪作他用。
二、工作要求
县禁烧办每周通报一次火点情况，对一周内出现两个以上火点的乡镇，由县纪委监委约谈主要负责人；各驻村工作队要深入田间地头，第一时间制止焚烧行为。
霜河县人民政府办公室
2022年8月26日
"""
DOCUMENTS = (MINUTES, LETTER, PLAN)
SITE_HEAD = ("文稿.doc_第1页\n第1页 / 共4页\n点击查看更多>>\n", "当前位置：首页 > 政务公开 > 文件\n", "【字体：大 中 小】 打印 关闭\n")  # fmt: skip
SITE_FOOT = ("展开阅读全文\n相关资源\n客服QQ:10002000\n", "上一篇：没有了\n下一篇：关于召开会议的通知\n打印本页 关闭窗口\n")  # fmt: skip
GLOSSES = ("(tǒng)", "（yīng）", "(jié)")
HIDDEN = "\u200b\ufeff\u00ad\u200e"

documents = st.sampled_from(DOCUMENTS)
Said = dict[str, list[tuple[str, ...]]]


def mined(text: str) -> dict[str, Any]:
    return docmine.mine_text(text).to_dict()


def bare(text: str) -> str:
    return "".join(text.split())


def said(record: dict[str, Any]) -> Said:
    """Directives, deadlines and parties by their wording and values, in order, without places."""
    texts = {d["id"]: bare(d["text"]) for d in record["directives"]}
    return {
        "directives": [(bare(d["text"]), d["force"], str(d["heading"])) for d in record["directives"]],
        "deadlines": [
            (texts[t["directive"]], bare(t["text"]), t["kind"], str(t["due"]), str(t["offset"]), str(t["recurrence"]))
            for t in record["deadlines"]
        ],
        "responsibilities": [
            (texts[r["directive"]], bare(r["party"]["text"]), r["role"]) for r in record["responsibilities"]
        ],
    }


@cache
def clean(document: str) -> Said:
    return said(mined(document))


class Noisy:
    """A text with noise put in; `origin[i]` is the place in the clean text, None for a character of noise."""

    def __init__(self, document: str) -> None:
        self.chars = list(document)
        self.origin: list[int | None] = list(range(len(document)))

    def put(self, place: int, noise: str) -> None:
        """Put noise before the clean character at `place`."""
        at = self.origin.index(place) if place in self.origin else len(self.chars)
        self.chars[at:at] = noise
        self.origin[at:at] = [None] * len(noise)

    @property
    def text(self) -> str:
        return "".join(self.chars)

    def without_noise(self, span: dict[str, Any]) -> str:
        return "".join(self.chars[i] for i in range(span["start"], span["end"]) if self.origin[i] is not None)


def assert_same(noisy: Noisy, document: str) -> None:
    record = mined(noisy.text)
    assert said(record) == clean(document)
    rows = [(row, row["text"]) for part in ("segments", "directives", "deadlines") for row in record[part]]
    rows += [(row, row["party"]["text"]) for row in record["responsibilities"]]
    for row, text in rows:
        assert bare(noisy.without_noise(row["span"])) == bare(text)


def line_ends(text: str) -> list[int]:
    """Ends of lines that end a sentence and are followed by another line of running text."""
    return [m.start() for m in re.finditer(r"(?<=[。：])\n(?=.)", text)]


def cuttable(text: str) -> list[int]:
    """Places inside sentences, behind a Han character and before one, well inside a line."""
    return [
        m.start()
        for m in re.finditer(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", text)
        if m.start() - text.rfind("\n", 0, m.start()) > 40 and text.find("\n", m.start()) - m.start() > 15
        and not re.match(r"[一二三四五六七八九十第]", text[m.start() :])
    ]  # fmt: skip


@pytest.mark.parametrize("document", DOCUMENTS, ids=["minutes", "letter", "plan"])
def test_clean_documents_say_much(document: str) -> None:
    found = clean(document)
    assert len(found["directives"]) >= 2
    assert len(found["deadlines"]) >= 2
    assert len(found["responsibilities"]) >= 2
    assert_same(Noisy(document), document)


@settings(deadline=None, max_examples=120)
@given(documents, st.data())
def test_hidden_characters(document: str, data: st.DataObject) -> None:
    noisy = Noisy(document)
    for place in data.draw(st.lists(st.integers(0, len(document) - 1), max_size=12, unique=True)):
        noisy.put(place, data.draw(st.text(HIDDEN, min_size=1, max_size=3)))
    assert_same(noisy, document)


@settings(deadline=None, max_examples=80)
@given(documents, st.data())
def test_glosses(document: str, data: st.DataObject) -> None:
    noisy = Noisy(document)
    han = [m.end() for m in re.finditer(r"[\u4e00-\u9fff](?![（(])", document) if m.end() < len(document)]
    for place in data.draw(st.lists(st.sampled_from(han), max_size=8, unique=True)):
        noisy.put(place, data.draw(st.sampled_from(GLOSSES)))
    assert_same(noisy, document)


@settings(deadline=None, max_examples=120)
@given(documents, st.data())
def test_page_marks_inside_sentences(document: str, data: st.DataObject) -> None:
    mark = data.draw(st.sampled_from(["\n\n— {} —\n\n", "\n第 {} 页 共 99 页\n", "\n- {} -\n\f", "\n第{}页\n"]))
    places = sorted(data.draw(st.lists(st.sampled_from(cuttable(document)), max_size=3, unique=True)))
    places = [p for i, p in enumerate(places) if not i or p - places[i - 1] > 40]
    noisy = Noisy(document)
    for number, place in enumerate(places, 2):
        noisy.put(place, mark.format(number))
    assert_same(noisy, document)


@settings(deadline=None, max_examples=80)
@given(documents, st.data())
def test_page_marks_between_lines(document: str, data: st.DataObject) -> None:
    mark = data.draw(st.sampled_from(["\n\n— {} —", "\n第 {} 页 共 99 页", "\n\n", "\n　", "\n- {} -"]))
    noisy = Noisy(document)
    for number, place in enumerate(data.draw(st.lists(st.sampled_from(line_ends(document)), max_size=3, unique=True)), 2):  # fmt: skip
        noisy.put(place, mark.format(number))
    assert_same(noisy, document)


@settings(deadline=None, max_examples=20)
@given(documents, st.sampled_from(["", *SITE_HEAD]), st.sampled_from(["", *SITE_FOOT]), st.booleans())
def test_site_lines(document: str, head: str, foot: str, windows: bool) -> None:
    noisy = Noisy(document)
    if windows:
        for place in [m.start() for m in re.finditer("\n", document)]:
            noisy.put(place, "\r")
    noisy.put(0, head)
    noisy.chars += foot
    noisy.origin += [None] * len(foot)
    assert_same(noisy, document)


HALF = str.maketrans("，；：（）", ",;:()")


@pytest.mark.parametrize("document", DOCUMENTS, ids=["minutes", "letter", "plan"])
def test_half_width_punctuation(document: str) -> None:
    """A page in half-width marks says the same, each text as it is written there."""

    def in_half(rows: Said) -> Said:
        return {part: [tuple(value.translate(HALF) for value in row) for row in rows[part]] for part in rows}

    assert in_half(said(mined(document.translate(HALF)))) == in_half(clean(document))

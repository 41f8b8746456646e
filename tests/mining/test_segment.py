"""Sentences and their parts: nothing lost, nothing cut inside brackets and names."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docmine.mining.segment import enclosed, sentences, split_at
from docmine.schema.document import Stretch
from docmine.schema.spans import Span
from miningcases import sentences_of

INSIDE = pytest.mark.xfail(strict=True, reason="an end mark inside a bracket or short quotation never ends a sentence")
CUT = [
    # sentences, joined by | where they are cut
    "各镇要抓好清淤。|县水利局要加强指导。",
    "能否尽快修好？|请答复！|",
    "一是排查；|二是登记；|三是整改。",
    pytest.param("他说：“马上就办。”|说完就走了。", marks=INSIDE),
    "要抓好落实……|各镇务必在月底前报送总结材料。",
    "清点库存\n|更换滤芯",
    "抓好落实！！|不得拖延。",
    "完成了测试. |下周上线。",
    "加强巡查   |完善台账",
    pytest.param("（以上工作由县水利局负责。）|请抓紧。", marks=INSIDE),
]

WHOLE = [
    "对“要钱给钱、要人给人”的承诺要兑现。",
    "按照《条例（试行）》的规定办理",
    "投资2.5亿元，增长3.1%",
    "会议提出“一户一档；一村一策”的思路",
    "县水利局（含下属单位：水文站；灌溉站）要抓好落实",
    "请各镇于3月20日前报送，逾期不报的通报批评",
    "落实“三个到位。”要求",
]

ENCLOSED = [
    ("完善应急预案（责任单位：县应急局）。", ["（责任单位：县应急局）"]),
    ("按照《通知（2023）》和“两不”要求", ["《通知（2023）》", "“两不”"]),
    ("外（内（里）外）", ["（内（里）外）"]),
    ("没有括号", []),
    ("只有一半（没有另一半", []),
    ("罗书记说：“各镇要抓好清淤，不得拖延；要抓好绿化，早见成效；要抓好管护。”", []),
]

SPLIT = [
    ("各镇要清淤，要绿化，要管护", "，", ["各镇要清淤，", "要绿化，", "要管护"]),
    ("完善预案（排查，登记），抓好落实", "，", ["完善预案（排查，登记），", "抓好落实"]),
    ("落实“一户一档，一村一策”，抓好整改", "，", ["落实“一户一档，一村一策”，", "抓好整改"]),
    ("会议强调：各镇要落实", "：", ["会议强调：", "各镇要落实"]),
    ("没有", "，", ["没有"]),
    ("末尾有，", "，", ["末尾有，"]),
]  # fmt: skip


@pytest.mark.parametrize("marked", CUT)
def test_sentences(marked: str) -> None:
    parts = [part.strip() for part in marked.split("|") if part.strip()]
    assert sentences_of(marked.replace("|", "")) == parts


@pytest.mark.parametrize("text", WHOLE)
def test_one_sentence(text: str) -> None:
    assert sentences_of(text) == [text]


@pytest.mark.parametrize(("text", "wanted"), ENCLOSED)
def test_enclosed_parts(text: str, wanted: list[str]) -> None:
    assert [span.text(text) for span in enclosed(text, Span(0, len(text)))] == wanted


@pytest.mark.parametrize(("text", "mark", "wanted"), SPLIT)
def test_split(text: str, mark: str, wanted: list[str]) -> None:
    assert [span.text(text) for span in split_at(text, Span(0, len(text)), mark)] == wanted


def test_sentences_keep_their_stretch() -> None:
    text = "各镇要清淤。要管护。\n县水利局要指导。"
    cut = text.index("\n")
    first, second = Stretch(Span(0, cut)), Stretch(Span(cut + 1, len(text)), "cell")
    found = sentences(text, [first, second])
    assert [sentence.stretch is first for sentence in found] == [True, True, False]


ALPHABET = "各镇要抓好清淤。；！？…，、：（）“”《》\n　 1.2—A"


@given(st.text(ALPHABET, max_size=80))
def test_sentences_lose_nothing(text: str) -> None:
    found = sentences(text, [Stretch(Span(0, len(text)))])
    assert "".join("".join(s.span.text(text).split()) for s in found) == "".join(text.split())
    spans = [s.span for s in found]
    assert spans == sorted(spans)


@given(st.text(ALPHABET, max_size=80), st.sampled_from("，：；"))
def test_parts_lose_nothing(text: str, mark: str) -> None:
    parts = split_at(text, Span(0, len(text)), mark)
    assert "".join("".join(part.text(text).split()) for part in parts) == "".join(text.split())


@given(st.text("（）“”《》内外", max_size=40))
def test_enclosed_parts_lie_apart(text: str) -> None:
    spans = enclosed(text, Span(0, len(text)))
    assert all(a.end <= b.start for a, b in pairwise(spans))

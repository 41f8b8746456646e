"""Whatever the text, there is a record, it keeps the schema's promises, and its spans lie in the text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import docmine
from conftest import corpus_texts

PIECES = (
    "各镇", "县水利局", "林茂", "@顾清", "有关部门", "要", "必须", "不得", "请", "由", "牵头", "负责", "配合", "报", "将", "建议", "恳请",
    "清淤", "完善台账", "整改", "6月底前", "3日内", "每周五", "2023年3月14日", "第一时间", "接件之日起5个工作日内", "会议强调", "会议指出",
    "同志们", "第一", "一是", "二是", "一、", "（一）", "1.", "①", "第三条", "- ", "[x]", "# ", "责任单位", "完成时限", "任务", "答复意见", "留言主题",
    "，", "。", "；", "：", "、", "！", "？", "（", "）", "“", "”", "《", "》", "|", "\t", "\n", "\n\n", " ", "\u3000", "--", "…", "_", "**", "某",
    "关于", "通知", "纪要", "主持词", "附件", "2.5%", "12", "A", "的", "了", "已", "𬱖",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
CORPUS = list(corpus_texts().values())[::12]


def assert_sound(text: str) -> docmine.Record:
    found = docmine.mine_text(text)
    record: dict[str, Any] = found.to_dict()
    length = len(text)
    assert record["document"]["length"] == length
    for part in ("sections", "segments", "directives", "deadlines", "responsibilities"):
        for row in record[part]:
            assert 0 <= row["span"]["start"] <= row["span"]["end"] <= length
    directives = {d["id"] for d in record["directives"]}
    assert {t["directive"] for t in record["deadlines"]} <= directives
    assert {r["directive"] for r in record["responsibilities"]} <= directives
    assert all(r["party"]["text"].strip() for r in record["responsibilities"])
    return found


@settings(deadline=None, max_examples=300)
@given(texts)
def test_any_mixture_of_pieces(text: str) -> None:
    docmine.parse_record(assert_sound(text).to_json())


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=80))
def test_any_characters(text: str) -> None:
    assert_sound(text)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(CORPUS), st.data())
def test_any_cut_of_a_real_document(document: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(document)))
    assert_sound(document[start : data.draw(st.integers(start, min(start + 1500, len(document))))])


@pytest.mark.parametrize(
    "text", ["", "\n", "\ufeff", "\x00", "。" * 500, "（" * 500, "一、\n" * 300, "各镇、" * 400, "由" * 300, "1." * 300]
)
def test_texts_of_one_thing(text: str) -> None:
    assert_sound(text)

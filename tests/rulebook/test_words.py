from __future__ import annotations

import logging
import sys

import jieba
import pytest

from conftest import corpus_texts
from docmine.rulebook import words

LINES = [line for text in corpus_texts().values() for line in text.splitlines() if line]


@pytest.fixture(autouse=True)
def quiet() -> None:
    jieba.setLogLevel(logging.WARNING)


def test_the_tokens_are_jiebas_on_every_line_of_the_corpus() -> None:
    assert len(LINES) > 1000
    assert [line for line in LINES if words.cut(line) != jieba.lcut(line)] == []


@pytest.mark.parametrize(
    "text",
    [
        "2022-12-30 14:20",
        "版本 v2.8-rc1 发布",
        "占比 98.5%，同比 +3.2%",
        "www.example.cn/a_b",
        "--李明",
        "A＆B",
        "……",
        "",
    ],
)
def test_signs_and_numbers_fall_apart_as_in_jieba(text: str) -> None:
    assert words.cut(text) == jieba.lcut(text)
    assert "".join(words.cut(text)) == text


def test_without_the_port_jieba_itself_cuts(monkeypatch: pytest.MonkeyPatch) -> None:
    words._cutter.cache_clear()
    monkeypatch.setitem(sys.modules, "rjieba", None)
    try:
        assert words.cut("市水利局要于9月底前完成清淤。") == jieba.lcut("市水利局要于9月底前完成清淤。")
    finally:
        words._cutter.cache_clear()

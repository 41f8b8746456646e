"""Whether the held-out cases for time expressions are well-formed, enough, and none of the development cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from timex.cases_format import complaints, lines, names

HELDOUT = Path(__file__).parent / "cases_heldout"
AT_LEAST = {
    "chinese_nlp": 65,
    "multilingual_recognizer": 65,
    "assistant": 65,
    "short_forms": 45,
    "news_and_records": 45,
    "traditional_and_noise": 35,
}


def heldout(name: str) -> list[dict[str, Any]]:
    text = (HELDOUT / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def every_line() -> list[dict[str, Any]]:
    return [line for name in AT_LEAST for line in heldout(name)]


def said(line: dict[str, Any]) -> tuple[str, str | None]:
    return line["text"], line["reference"]


def test_there_are_no_other_files():
    assert {path.stem for path in HELDOUT.glob("*.jsonl")} == set(AT_LEAST)


@pytest.mark.parametrize("name", AT_LEAST)
def test_every_line_is_wellformed(name):
    assert {line["id"]: complaints(line) for line in heldout(name) if complaints(line)} == {}


@pytest.mark.parametrize(("name", "count"), AT_LEAST.items())
def test_there_are_enough_cases(name, count):
    assert len(heldout(name)) >= count


def test_no_id_and_no_text_comes_twice():
    ids = [line["id"] for line in every_line()]
    texts = [said(line) for line in every_line()]
    assert [i for i in ids if ids.count(i) > 1] == []
    assert [text for text in texts if texts.count(text) > 1] == []


def test_references_vary():
    references = {line["reference"] for line in every_line()}
    assert None in references and len(references) > 5


def test_some_lines_have_no_expression_and_few_are_ambiguous():
    assert sum(not line["spans"] for line in every_line()) >= 15
    assert sum(line["id"].startswith("hamb-") for line in every_line()) <= 15


def test_none_is_a_development_case():
    development = {said(line) for name in names() for line in lines(name)}
    assert [line["id"] for line in every_line() if said(line) in development] == []

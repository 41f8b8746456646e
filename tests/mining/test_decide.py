"""Rules propose, models decide: decoding, what stays without models, and what a record tells of it."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import docmine
from docmine.mining import decide
from docmine.mining.decide import LABELS, best_labels
from docmine.settings import Settings
from miningcases import scanned

MINUTES = """青河县防汛工作专题会议纪要
2023年5月8日上午，副县长林茂主持召开会议，研究防汛工作。现纪要如下：
会议听取了县水利局的汇报。目前已清淤三条河道，完成投资120万元。
会议要求：
一、由县水利局牵头，县财政局配合，于5月底前完成剩余河道清淤。
二、各乡镇要每周五向县防指报送进展，不得瞒报漏报。
"""


def possible(labels: str) -> bool:
    return all(label != "I" or (i and labels[i - 1] in "BI") for i, label in enumerate(labels))


@given(st.lists(st.lists(st.floats(0.01, 1.0), min_size=3, max_size=3), max_size=6))
@settings(max_examples=200)
def test_decoding_finds_the_likeliest_possible_labels(rows: list[list[float]]) -> None:
    likely = np.array([[p / sum(row) for p in row] for row in rows]).reshape(-1, 3)

    def probability(labels: str) -> float:
        return float(np.prod([row[LABELS.index(label)] for row, label in zip(likely, labels, strict=True)]))

    every = ["".join(p) for p in product(LABELS, repeat=len(rows))]
    best = max((labels for labels in every if possible(labels)), key=probability)
    found = best_labels(likely)
    assert possible(found)
    assert probability(found) == pytest.approx(probability(best))


def test_without_models_the_rules_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(name: str) -> None:
        raise AssertionError(name)

    monkeypatch.setattr(decide, "model", never)
    record = docmine.mine_text(MINUTES, settings=Settings(models=False)).to_dict()
    assert record["produced"]["models"] == {}
    assert all(not e["rule"].startswith("model.") for d in record["directives"] for e in d["evidence"])


def test_models_that_are_not_installed_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from docmine.rulebook import models

    monkeypatch.setattr(decide, "model", lambda name: None)
    monkeypatch.setattr(models, "model", lambda name: None)
    with_none = docmine.mine_text(MINUTES).to_dict()
    rules = docmine.mine_text(MINUTES, settings=Settings(models=False)).to_dict()
    for part in ("directives", "deadlines", "responsibilities", "segments"):
        assert with_none[part] == rules[part]


def test_the_models_find_what_the_minutes_order() -> None:
    record = docmine.mine_text(MINUTES).to_dict()
    assert record["document"]["kind"] == "minutes"
    texts = [d["text"] for d in record["directives"]]
    assert texts == [
        "由县水利局牵头，县财政局配合，于5月底前完成剩余河道清淤",
        "各乡镇要每周五向县防指报送进展，不得瞒报漏报",
    ]
    parties = {(r["party"]["text"], r["role"]) for r in record["responsibilities"]}
    assert parties == {
        ("县水利局", "lead"),
        ("县财政局", "support"),
        ("各乡镇", "responsible"),
        ("县防指", "report_to"),
    }
    assert [t["due"] or t["recurrence"] for t in record["deadlines"]] == ["2023-05-31", "FREQ=WEEKLY;BYDAY=FR"]


def test_scores_are_probabilities_and_functions_are_told() -> None:
    record = docmine.mine_text(MINUTES).to_dict()
    assert all(0 < d["score"] <= 1 for part in ("directives", "segments") for d in record[part])
    functions = {s["text"]: s["function"] for s in record["segments"]}
    assert functions["目前已清淤三条河道，完成投资120万元。"] == "report"
    assert functions["青河县防汛工作专题会议纪要"] == "heading"


def test_batches_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many sentences at once are judged as few: only the clauses of one sentence look at each other, and neighbours."""
    text = MINUTES * 3
    whole = docmine.mine_text(text).to_dict()
    monkeypatch.setattr(decide, "BATCH", 7)
    parts = docmine.mine_text(text).to_dict()
    assert len(parts["segments"]) == len(whole["segments"])
    same = [a["text"] == b["text"] for a, b in zip(parts["directives"], whole["directives"], strict=False)]
    assert sum(same) >= 0.9 * len(whole["directives"])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("生活老师每晚查一遍铺", "生活老师"),
        ("首接人24小时内必须回复", "首接人"),
        ("看船的不准爬上桥栏杆", "看船的"),
        ("请张科长带回区里核一下", "张科长"),
        ("处理结果转告宣传科", "宣传科"),
    ],
)
def test_candidates_hold_names_that_no_lexicon_knows(text: str, wanted: str) -> None:
    from docmine.mining.clauses import analyse
    from docmine.mining.extract.candidates import candidates
    from docmine.mining.extract.directives import Unit
    from docmine.schema.spans import Span

    scan, times = scanned(text)
    span = Span(0, len(text))
    unit = Unit(span, "obligation", 3, None, [analyse(scan, span, times, persons=True)])
    assert wanted in {c.party.span.text(text) for c in candidates(scan, unit, times, {})}

"""Orders and reports that differ in a word or two, written blind: which is which must be told, and no worse than before.

The pairs are never trained on; corpus/pairs.jsonl holds others, by other writers.
"""

from __future__ import annotations

import json
from pathlib import Path

import docmine
from conftest import ROOT

PAIRS = Path(__file__).parent / "order_report_pairs.jsonl"
FLOOR = 0.81  # share of sentences told right; 0.795 by the rules alone, 0.95 is the goal
TOUCHED = 4  # characters of a sentence that a directive must hold to count


def directs(context: str, sentence: str) -> bool:
    text = f"{context.rstrip()}\n{sentence}\n"
    start = len(text) - len(sentence) - 1
    spans = [d["span"] for d in docmine.mine_text(text).to_dict()["directives"]]
    return any(span["end"] - max(span["start"], start) >= TOUCHED for span in spans)


def test_orders_are_told_from_reports() -> None:
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 200
    right = sum(directs(row["context"], row["order"]) + (not directs(row["context"], row["report"])) for row in rows)
    assert right >= FLOOR * 2 * len(rows), right / len(rows) / 2


def test_the_pairs_are_not_trained_on() -> None:
    tested = {row[side] for row in map(json.loads, PAIRS.open(encoding="utf-8")) for side in ("order", "report")}
    trained = (ROOT / "corpus" / "pairs.jsonl").read_text(encoding="utf-8")
    assert not [sentence for sentence in tested if sentence in trained]

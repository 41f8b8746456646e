"""Minimal pairs of an order and a report: sentences that differ in a word or two, each below the head of a paper.

`corpus/pairs.jsonl` holds a pair a line: `context` (the head), `order` with its `force`, `report`. An order is one
directive but for its final punctuation; a report holds none. They teach the models what tells the two apart.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from docmine.learning.corpus import Annotated

PAIRS = "pairs.jsonl"
FINAL = "。！？；…!?"


def load_pairs(path: Path) -> list[Annotated]:
    """Two documents a pair: the context, of which nothing is said, and one of the sentences."""
    rows = (
        [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line] if path.is_file() else []
    )
    return [
        _document(f"pair{number:04d}.{side}", row, side)
        for number, row in enumerate(rows, 1)
        for side in ("order", "report")
    ]


def _document(name: str, row: dict[str, Any], side: str) -> Annotated:
    context = row["context"].rstrip("\n") + "\n"
    sentence = row[side].strip()
    end = len(context) + len(sentence.rstrip(FINAL))
    directive: dict[str, Any] = {
        "start": len(context),
        "end": end,
        "force": row.get("force"),
        "actors": [],
        "deadlines": [],
    }
    gold = {
        "directives": [directive] if side == "order" else [],
        "loose_deadlines": [],
        "ignore": [{"start": 0, "end": len(context)}],
        "noise": [],
        "functions": [],
    }
    return Annotated(name, f"{context}{sentence}\n", gold, {"kind": row["kind"]})

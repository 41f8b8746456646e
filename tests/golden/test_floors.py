"""Quality over the labelled corpus never sinks below the floors of corpus/floors.json.

A floor is the micro F1 that was once reached on a split, pinned together with the corpus it was measured on. It is
lowered only by editing the file, where everybody sees it. When the corpus changes, the figures must be measured anew
and the file's difference looked at: `PYTHONPATH=tests .venv/bin/python tests/golden/test_floors.py >corpus/floors.json`.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

import docmine
from conftest import ROOT
from docmine.learning.corpus import DOCUMENTS, GOLD, fingerprint, load_splits
from goldscore import MEASURES, Counts, score_document, total

CORPUS = ROOT / "corpus"
FLOORS = CORPUS / "floors.json"
PINNED: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8")) if __name__ != "__main__" else {"floors": {}}
SLACK = 0.005  # of F1: what a figure may lose without failing


@cache
def scored() -> dict[str, dict[str, Counts]]:
    """Document → counts, for the whole corpus."""
    rows = {}
    for path in sorted((CORPUS / DOCUMENTS).glob(f"*{GOLD}")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        source = path.parent / gold["file"]
        record = docmine.mine(source).to_dict()
        rows[path.name.removesuffix(GOLD)] = score_document(gold, record, source.read_bytes().decode("utf-8"))
    return rows


@cache
def measured() -> dict[str, dict[str, float]]:
    """Split → measure → micro F1, rounded to four places."""
    rows = scored()
    splits = load_splits(CORPUS, list(rows))
    by_split = {split: total(rows[name] for name in rows if splits[name] == split) for split in set(splits.values())}
    return {split: {name: round(counts.f1, 4) for name, counts in by_split[split].items()} for split in by_split}


def as_file() -> str:
    return json.dumps({"corpus": fingerprint(CORPUS), "floors": measured()}, indent=1, sort_keys=True)


def test_the_corpus_is_the_one_measured() -> None:
    assert PINNED["corpus"] == fingerprint(CORPUS), f"the corpus changed; look, then pin anew:\n{as_file()}"


def test_every_split_has_every_floor() -> None:
    assert set(PINNED["floors"]) == set(measured())
    assert all(set(floors) == set(MEASURES) for floors in PINNED["floors"].values())


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("split", PINNED["floors"])
def test_quality_keeps_its_floor(split: str, measure: str) -> None:
    floor, figure = PINNED["floors"][split][measure], measured()[split][measure]
    assert figure >= floor - SLACK, f"{split} {measure}: {figure:.4f}, floor {floor:.4f}"


if __name__ == "__main__":
    print(as_file())

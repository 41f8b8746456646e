"""Quality over the labelled corpus never sinks below the floors of corpus/floors.json (docmine.learning.gate)."""

from __future__ import annotations

from functools import cache
from typing import Any

from conftest import ROOT
from docmine.learning.gate import PINNED_MEASURES, failures, measured, pinned

CORPUS = ROOT / "corpus"


@cache
def now() -> dict[str, Any]:
    return measured(CORPUS)


def test_no_figure_lies_below_its_floor() -> None:
    assert list(failures(pinned(CORPUS), now())) == [], now()["floors"]


def test_every_split_has_every_floor() -> None:
    floors = pinned(CORPUS)["floors"]
    assert set(floors) == {"train", "dev", "test"}
    assert all(set(figures) == set(PINNED_MEASURES) for figures in floors.values())

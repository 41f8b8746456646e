"""The quality gate's comparison, on figures made by hand."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from docmine.learning import gate
from docmine.learning.gate import PINNED_MEASURES, SLACK, failures, main, pinned

FLOORS: dict[str, Any] = {
    "corpus": "0123456789abcdef",
    "floors": {"dev": {"directive": 0.85, "link": 0.8}, "test": {"directive": 0.9, "link": 0.75}},
}


def measured(**figures: float) -> dict[str, Any]:
    """The floors as figures, with others for the test split."""
    now = copy.deepcopy(FLOORS)
    now["floors"]["test"] |= figures
    return now


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ({}, []),
        ({"directive": 0.99}, []),
        # Within the slack, and below it.
        ({"directive": 0.896}, []),
        ({"directive": 0.894}, ["test directive: 0.8940, floor 0.9000"]),
        ({"directive": 0.5, "link": 0.0}, ["test directive: 0.5000, floor 0.9000", "test link: 0.0000, floor 0.7500"]),
        # A figure that no floor was pinned for.
        ({"deadline.value": 0.9}, ["test deadline.value: no floor"]),
        # What rises in one doesn't make up for another.
        ({"directive": 0.5, "link": 1.0}, ["test directive: 0.5000, floor 0.9000"]),
    ],
)
def test_failures(figures: dict[str, float], told: list[str]) -> None:
    assert list(failures(FLOORS, measured(**figures))) == told


def test_slack_is_half_a_point() -> None:
    assert SLACK == 0.005


def test_each_split_has_floors_of_its_own() -> None:
    now = {**FLOORS, "floors": {**FLOORS["floors"], "train": {"link": 0.9}}}
    now["floors"]["dev"] = {"directive": 0.8, "link": 0.8}
    assert list(failures(FLOORS, now)) == ["dev directive: 0.8000, floor 0.8500", "train link: no floor"]


def test_another_corpus() -> None:
    told = list(failures(FLOORS, {**measured(link=0.1), "corpus": "fedcba9876543210"}))
    assert told == [
        "the floors belong to corpus 0123456789abcdef, this is fedcba9876543210: look, then pin anew",
        "test link: 0.1000, floor 0.7500",
    ]


def write(folder: Path, floors: dict[str, Any]) -> None:
    (folder / "floors.json").write_text(json.dumps(floors), encoding="utf-8")


def test_pinned_floors_are_read(tmp_path: Path) -> None:
    write(tmp_path, FLOORS)
    assert pinned(tmp_path) == FLOORS


@pytest.mark.parametrize(
    ("now", "code", "told"), [(measured(), 0, ""), (measured(link=0.5), 1, "test link: 0.5000, floor 0.7500\n")]
)
def test_the_gate(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    now: dict[str, Any],
    code: int,
    told: str,
) -> None:
    write(tmp_path, FLOORS)
    monkeypatch.setattr(gate, "measured", lambda corpus: now)
    assert main([str(tmp_path)]) == code
    out, err = capsys.readouterr()
    assert json.loads(out) == now["floors"]
    assert err == told
    assert pinned(tmp_path) == FLOORS


def test_pinning_writes_the_floors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, FLOORS)
    now = measured(link=0.5)
    monkeypatch.setattr(gate, "measured", lambda corpus: now)
    assert main(["--pin", str(tmp_path)]) == 0
    assert pinned(tmp_path) == now
    assert main([str(tmp_path)]) == 0


def test_figures_of_a_small_corpus(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    text = "会议要求，市水利局要于2021年9月30日前完成清淤。\n"
    start = text.index("市水利局")
    rows = [{"start": start, "end": len(text) - 2, "force": "obligation", "actors": [], "deadlines": []}]
    lines = [
        json.dumps({"name": name, "text": text, "directives": rows}, ensure_ascii=False) for name in ("a_1", "c_1")
    ]
    (tmp_path / "documents" / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "splits.toml").write_text('train = ["a_*"]\ndev = ["b_*"]\ntest = ["c_*"]\n', encoding="utf-8")
    floors = gate.measured(tmp_path)["floors"]
    assert {split: tuple(figures) for split, figures in floors.items()} == {
        "train": PINNED_MEASURES, "test": PINNED_MEASURES,
    }  # fmt: skip
    assert floors["test"]["directive"] == floors["test"]["directive.force"] == 1.0

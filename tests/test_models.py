"""The models in models/ are those that the corpus and this program give."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from conftest import ROOT
from docmine.errors import ModelError
from docmine.learning.corpus import fingerprint
from docmine.rulebook.models import CARD, MODELS, WEIGHTS, ModelName, load_card, load_model
from docmine.rulebook.paths import model_dir, model_fingerprints

CORPUS, FOLDER = ROOT / "corpus", ROOT / "models"
STALE = "run `docmine train` and look at what has changed in the cards"
SIZE = 1_500_000  # bytes: all models together, as they are installed


def test_the_models_are_found_where_they_lie() -> None:
    assert set(model_fingerprints()) == set(MODELS)
    assert all(model_dir(name) == FOLDER / name for name in MODELS)


@pytest.mark.parametrize("name", MODELS)
def test_the_card_belongs_to_the_corpus_and_the_weights(name: ModelName) -> None:
    card = load_card(FOLDER / name)
    assert card["corpus"]["fingerprint"] == fingerprint(CORPUS), STALE
    assert card["weights"]["sha256"] == hashlib.sha256((FOLDER / name / WEIGHTS).read_bytes()).hexdigest(), STALE
    model = load_model(FOLDER / name)
    assert model.name == name
    assert model.traits
    assert len(model.classes) == model.runs.shape[2] == model.trait_weights.shape[1]


@pytest.mark.parametrize("name", MODELS)
def test_the_card_names_no_time(name: ModelName) -> None:
    assert not re.search(r"20\d\d-\d\d|\d\d:\d\d", (FOLDER / name / CARD).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", MODELS)
def test_the_model_beats_the_rules_and_knows_how_sure_it_is(name: ModelName) -> None:
    for split, figures in load_card(FOLDER / name)["quality"].items():
        assert figures["accuracy"] > figures["rules_accuracy"], split
        assert figures["macro_f1"] > figures["rules_macro_f1"], split
        assert figures["calibration_error"] < 0.1, split


def test_the_weights_are_small() -> None:
    assert sum((FOLDER / name / WEIGHTS).stat().st_size for name in MODELS) < SIZE


@pytest.mark.parametrize("spoil", ["weights", "hash", "form", "nothing there"])
def test_a_spoilt_model_is_refused(spoil: str, tmp_path: Path) -> None:
    for file in (WEIGHTS, CARD):
        (tmp_path / file).write_bytes((FOLDER / "kinds" / file).read_bytes())
    if spoil == "weights":
        data = b"PK\x03\x04 not an archive"
        (tmp_path / WEIGHTS).write_bytes(data)
        card = (tmp_path / CARD).read_text(encoding="utf-8")
        card = re.sub(r'sha256 = "\w+"', f'sha256 = "{hashlib.sha256(data).hexdigest()}"', card)
        (tmp_path / CARD).write_text(card, encoding="utf-8")
    elif spoil == "hash":
        (tmp_path / WEIGHTS).write_bytes((tmp_path / WEIGHTS).read_bytes() + b"x")
    elif spoil == "form":
        card = (tmp_path / CARD).read_text(encoding="utf-8")
        (tmp_path / CARD).write_text(card.replace("form = 2", "form = 1"), encoding="utf-8")
    else:
        (tmp_path / CARD).unlink()
    with pytest.raises(ModelError):
        load_model(tmp_path)


@pytest.mark.slow
def test_rebuilding_gives_the_same_bytes(tmp_path: Path) -> None:
    sklearn, numpy = pytest.importorskip("sklearn"), pytest.importorskip("numpy")
    versions = load_card(FOLDER / "clauses")["trained_with"]
    if versions != {"numpy": numpy.__version__, "scikit_learn": sklearn.__version__}:
        pytest.skip(f"trained with other libraries: {versions}")
    from docmine.learning.train import train

    train(CORPUS, tmp_path)
    for name in MODELS:
        for file in (WEIGHTS, CARD):
            assert (tmp_path / name / file).read_bytes() == (FOLDER / name / file).read_bytes(), f"{name}: {STALE}"

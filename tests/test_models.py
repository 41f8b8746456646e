"""The model in models/ is the one that the corpus and this program give."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from conftest import ROOT
from docmine.learning.corpus import DOCUMENTS, fingerprint, load_documents, load_splits
from docmine.rulebook.models import CARD, SEGMENTS, WEIGHTS, load_card, load_segments_model
from docmine.rulebook.paths import model_dir, model_fingerprints

CORPUS, FOLDER = ROOT / "corpus", ROOT / "models" / SEGMENTS
STALE = "run `docmine train` and look at what has changed in card.toml"


def test_the_model_is_found_where_it_lies() -> None:
    assert model_dir(SEGMENTS) == FOLDER
    assert SEGMENTS in model_fingerprints()


def test_the_card_belongs_to_the_corpus() -> None:
    assert load_card(FOLDER)["corpus"]["fingerprint"] == fingerprint(CORPUS), STALE


def test_the_card_belongs_to_the_weights() -> None:
    assert load_card(FOLDER)["weights"]["sha256"] == hashlib.sha256((FOLDER / WEIGHTS).read_bytes()).hexdigest(), STALE
    assert load_segments_model(FOLDER).traits


def test_the_card_names_no_time() -> None:
    assert not re.search(r"20\d\d-\d\d|\d\d:\d\d", (FOLDER / CARD).read_text(encoding="utf-8"))


def test_the_weights_are_small() -> None:
    assert (FOLDER / WEIGHTS).stat().st_size < 300_000


def test_the_model_is_good_enough_to_be_shipped() -> None:
    for name, figures in load_card(FOLDER)["quality"].items():
        assert figures["f1"] > 0.8, name
        assert figures["calibration_error"] < 0.1, name


def test_every_document_stands_in_one_split() -> None:
    names = [document.name for document in load_documents(CORPUS / DOCUMENTS)]
    splits = load_splits(CORPUS, names)
    assert {"train", "dev"} <= set(splits.values())
    assert all(split == "test" for name, split in splits.items() if name.startswith("c_"))


def test_every_annotation_lies_in_its_text() -> None:
    for document in load_documents(CORPUS / DOCUMENTS):
        for span in (*document.directives, *document.headlines, *document.ignored):
            assert 0 <= span.start < span.end <= len(document.text), document.name


def test_rebuilding_gives_the_same_bytes(tmp_path: Path) -> None:
    sklearn, numpy = pytest.importorskip("sklearn"), pytest.importorskip("numpy")
    versions = load_card(FOLDER)["trained_with"]
    if versions != {"numpy": numpy.__version__, "scikit_learn": sklearn.__version__}:
        pytest.skip(f"trained with other libraries: {versions}")
    from docmine.learning.train import train

    folder = train(CORPUS, tmp_path).folder
    for name in (WEIGHTS, CARD):
        assert (folder / name).read_bytes() == (FOLDER / name).read_bytes(), STALE

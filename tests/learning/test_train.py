"""Training on a small corpus made for the test: what is written, and what is refused."""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from pathlib import Path

import pytest

from docmine.errors import MissingExtraError, ModelError
from docmine.learning.corpus import Annotated, fingerprint, row_of
from docmine.learning.examples import Example
from docmine.learning.fit import Recipe, calibrated, fit
from docmine.learning.markup import read_markup
from docmine.learning.quality import measure
from docmine.learning.train import Trained, train, weights_bytes
from docmine.rulebook.linear import Row
from docmine.rulebook.models import CARD, MODELS, WEIGHTS, load_card, load_model

pytest.importorskip("sklearn")

MINUTES = """name: {name}
writer: {writer}
kind: minutes
date: 2023-03-14
---
⟪heading⟫关于{what}的会议纪要
⟪background⟫3月14日，副市长林茂主持召开会议。
⟪report⟫上月{what}完成了三处。⟪finding⟫{what}进度偏慢，认识不到位。
⟪background⟫会议要求，⟦o|⟨R|市水利局⟩要于⟨date 2023-04-30|4月底前⟩完成{what}⟧；⟦o|由⟨L|市财政局⟩牵头，⟨S|市住建局⟩配合，落实资金⟧。
⟦p|各乡镇不得擅自停工⟧。⟦r|建议⟨R|市城管局⟩把3月20日定为检查日⟧。
⟦o|⟨R|各县区⟩⟨rec FREQ=WEEKLY;BYDAY=FR|每周五⟩向⟨T|市政府⟩报告{what}进展⟧。
"""
LETTER = """name: {name}
writer: {writer}
kind: letter
date: 2023-03-14
---
⟪etiquette⟫领导您好：
⟪fact⟫我是{what}小区的居民，3月1日停水了，打电话没有人管。
⟦q|恳请⟨R|市水利局⟩⟨vague|尽快⟩修好水管⟧。⟦q|希望派人来看一看⟧。
⟪background⟫{what}小区居民
"""
SUBJECTS = {"a": ("清淤", "截污", "绿化", "供暖", "治超"), "b": ("防汛", "扫雪"), "c": ("养老", "征兵")}
SPLITS = 'train = ["a*"]\ndev = ["b*"]\ntest = ["c*"]\n'


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "documents").mkdir()
    (folder / "splits.toml").write_text(SPLITS, encoding="utf-8")
    for writer, subjects in SUBJECTS.items():
        rows = []
        for number, what in enumerate(subjects):
            for template, sort in ((MINUTES, "m"), (LETTER, "l")):
                marked = read_markup(template.format(name=f"{writer}{number}_{sort}", writer=writer, what=what))
                about = {key: value for key, value in marked.head.items() if key != "name"}
                rows.append(row_of(Annotated(marked.head["name"], marked.text, marked.gold, about)))
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / "documents" / f"{writer}.jsonl").write_text(lines, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def trained(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Trained:
    return train(corpus, tmp_path_factory.mktemp("models"))


def example(text: str, truth: str, *traits: str) -> Example:
    return Example("d", Row((text,), traits), truth, truth)


def test_every_model_is_written_and_learns(trained: Trained) -> None:
    assert set(trained.models) == set(MODELS)
    for name in ("kinds", "clauses", "chains", "forces", "roles", "deadlines"):
        assert trained.quality[name]["test"].accuracy >= 0.8, name  # type: ignore[index]


def test_cards_tell_what_the_models_are(corpus: Path, trained: Trained) -> None:
    for name in MODELS:
        card = load_card(trained.folder / name)
        assert (card["name"], card["corpus"]["fingerprint"]) == (name, fingerprint(corpus))
        assert (card["corpus"]["train"], card["corpus"]["dev"], card["corpus"]["test"]) == (10, 4, 4)
        assert tuple(card["classes"]) == load_model(trained.folder / name).classes
        assert card["weights"]["sha256"] == hashlib.sha256((trained.folder / name / WEIGHTS).read_bytes()).hexdigest()
    assert load_card(trained.folder / "clauses")["classes"] == ["O", "B", "I"]


def test_the_same_corpus_gives_the_same_bytes(corpus: Path, trained: Trained, tmp_path: Path) -> None:
    train(corpus, tmp_path)
    for name in MODELS:
        for file in (WEIGHTS, CARD):
            assert (tmp_path / name / file).read_bytes() == (trained.folder / name / file).read_bytes()


def test_weights_are_arrays_without_objects(trained: Trained) -> None:
    import numpy as np

    for name in MODELS:
        path = trained.folder / name / WEIGHTS
        assert all(entry.endswith(".npy") for entry in zipfile.ZipFile(path).namelist())
        with np.load(path, allow_pickle=False) as arrays:
            assert {"runs", "run_step", "trait_names", "trait_weights", "bias"} == set(arrays)


def test_what_is_written_is_what_was_fitted(trained: Trained) -> None:
    for name, model in trained.models.items():
        assert weights_bytes(model) == (trained.folder / name / WEIGHTS).read_bytes()


def test_a_trait_must_not_be_rare() -> None:
    examples = [example("要完成", "B", "often", *["rare"] * (i == 0)) for i in range(5)]
    examples += [example("完成了", "O", "often") for _ in range(5)]
    assert set(fit("clauses", examples, Recipe((1.0,), rare=3)).traits) == {"often"}


def test_classes_of_clauses_keep_their_order() -> None:
    examples = [example(text, label) for text, label in (("并上报", "I"), ("要完成", "B"), ("完成了", "O")) * 3]
    assert fit("clauses", examples, Recipe((1.0,))).classes == ("O", "B", "I")


def test_calibration_answers_for_too_much_certainty() -> None:
    seen = [example("要完成", "B"), example("完成了", "O")] * 20
    model = fit("clauses", seen, Recipe((3.0,), inverse_penalty=100.0))
    doubtful = [example("要完成", label) for label in "BBBO"] + [example("完成了", label) for label in "OOOB"]
    assert measure(calibrated(model, doubtful), doubtful).log_loss < measure(model, doubtful).log_loss
    assert calibrated(model, []) is model


def test_a_split_without_documents_is_refused(corpus: Path, tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "documents").symlink_to(corpus / "documents")
    (folder / "splits.toml").write_text('train = ["*"]\n', encoding="utf-8")
    with pytest.raises(ModelError, match="no dev documents"):
        train(folder, tmp_path / "models")


def test_scikit_learn_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    with pytest.raises(MissingExtraError, match="scikit-learn"):
        fit("clauses", [example("要完成", "B"), example("完成了", "O")] * 3, Recipe((1.0,)))


def test_pairs_teach_too(corpus: Path) -> None:
    from docmine.learning.pairs import load_pairs

    row = {
        "pair": 1,
        "kind": "minutes",
        "context": "关于清淤的会议纪要",
        "order": "疏通沟渠。",
        "force": "obligation",
        "report": "疏通了沟渠。",
    }
    path = corpus / "some_pairs.jsonl"
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    order, report = load_pairs(path)
    (directive,) = order.directives
    assert order.text[directive.start : directive.end] == "疏通沟渠"
    assert report.directives == ()
    assert [order.text[s.start : s.end] for s in order.ignored] == ["关于清淤的会议纪要\n"]

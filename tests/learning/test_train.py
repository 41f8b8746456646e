"""Training on a small corpus made for the test: what is written, and what is refused."""

from __future__ import annotations

import hashlib
import json
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from docmine.cli.app import command_parser
from docmine.cli.messages import Messages
from docmine.errors import MissingExtraError, ModelError
from docmine.learning.corpus import Example, examples, fingerprint, load_documents
from docmine.learning.train import calibrated, fit, train, weights_bytes
from docmine.mining.features import Row
from docmine.mining.trained import logits, probabilities
from docmine.rulebook.models import load_segments_model
from docmine.settings import Settings

pytest.importorskip("sklearn")

ORDERS = (
    "市水利局要于9月底前完成清淤。",
    "各乡镇必须建立台账。",
    "严禁擅自停工。",
    "请市财政局落实资金。",
    "由市住建局牵头整改。",
)
FACTS = (
    "上月清淤了三条河道。",
    "全市共有台账五本。",
    "目前工地已经停工。",
    "市财政局汇报了资金情况。",
    "住房问题比较突出。",
)


def document(folder: Path, name: str, turn: int) -> None:
    """Minutes of orders and facts in turn, each document with another order of them."""
    lines, marks = ["关于有关工作的会议纪要\n"], []
    for i in range(len(ORDERS)):
        for kind in (ORDERS, FACTS):
            sentence = kind[(i * turn) % len(kind)]
            if kind is ORDERS:
                at = sum(map(len, lines))
                marks.append({"start": at, "end": at + len(sentence) - 1, "force": "obligation"})
            lines.append(f"{sentence}\n")
    (folder / f"{name}.txt").write_text("".join(lines), encoding="utf-8")
    gold = json.dumps({"file": f"{name}.txt", "directives": marks})
    (folder / f"{name}.gold.json").write_text(gold, encoding="utf-8")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "documents").mkdir()
    for turn, name in enumerate(("a_1", "a_2", "a_3", "b_1", "c_1"), 1):
        document(folder / "documents", name, turn)
    (folder / "splits.toml").write_text('train = ["a_*"]\ndev = ["b_*"]\ntest = ["c_*"]\n', encoding="utf-8")
    return folder


def example(text: str, positive: bool, *traits: str) -> Example:
    return Example("d", Row(text, traits, True), positive, positive)


def test_it_learns_to_tell_orders_from_facts(corpus: Path, tmp_path: Path) -> None:
    trained = train(corpus, tmp_path)
    assert trained.quality["test"].f1 > 0.9
    rows = [Row("区环保局要于10月底前建立台账。", (), True), Row("去年共清淤了两条河道。", (), True)]
    order, fact = probabilities(trained.model, rows)
    assert order > fact


def test_the_card_tells_what_the_model_is(corpus: Path, tmp_path: Path) -> None:
    folder = train(corpus, tmp_path).folder
    card = tomllib.loads((folder / "card.toml").read_text(encoding="utf-8"))
    assert folder == tmp_path / "segments"
    assert card["corpus"] == {"fingerprint": fingerprint(corpus), "train": 3, "dev": 1, "test": 1}
    assert card["weights"]["sha256"] == hashlib.sha256((folder / "weights.npz").read_bytes()).hexdigest()
    assert card["quality"]["dev"]["sentences"] == 10
    assert set(card["quality"]) == {"dev", "test"}
    assert {path.name for path in folder.iterdir()} == {"card.toml", "weights.npz"}


def test_training_again_gives_the_same_bytes(corpus: Path, tmp_path: Path) -> None:
    one, two = (train(corpus, tmp_path / name).folder for name in ("one", "two"))
    for name in ("card.toml", "weights.npz"):
        assert (one / name).read_bytes() == (two / name).read_bytes()


def test_the_weights_hold_no_time_and_no_pickle(corpus: Path, tmp_path: Path) -> None:
    import numpy as np

    path = train(corpus, tmp_path).folder / "weights.npz"
    with zipfile.ZipFile(path) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
    with np.load(path, allow_pickle=False) as arrays:
        assert arrays["runs"].dtype == np.int8


def test_the_model_read_back_is_the_model_that_was_fitted(corpus: Path, tmp_path: Path) -> None:
    part = examples(load_documents(corpus / "documents"))
    model = calibrated(fit(part), part)
    read = load_segments_model(train(corpus, tmp_path).folder)
    assert read.slope > 0
    assert set(read.traits) <= set(model.traits)
    assert weights_bytes(model) == weights_bytes(model)


def test_rare_traits_are_left_out() -> None:
    part = [example("要完成清淤。", True, "common=x"), example("清淤了河道。", False, "common=x", "rare=y")] * 2
    assert set(fit(part).traits) == {"common=x"}


def test_a_trait_alone_can_decide() -> None:
    part = [example("整改到位。", True, "mood=orders"), example("整改到位。", False, "mood=reports")] * 5
    order, report = logits(fit(part), [part[0].row, part[1].row])
    assert order > 0 > report


def test_calibration_makes_probabilities_fit() -> None:
    part = [example("甲要做。", True, "a=1"), example("乙做了。", False, "a=2")] * 20
    held_out = [example("甲要做。", i % 4 != 0, "a=1") for i in range(40)] + [
        example("乙做了。", i % 4 == 0, "a=2") for i in range(40)
    ]
    model = calibrated(fit(part), held_out)
    likely, unlikely = probabilities(model, [part[0].row, part[1].row])
    assert likely == pytest.approx(0.75, abs=0.01)
    assert unlikely == pytest.approx(0.25, abs=0.01)


def test_test_documents_change_no_weight(corpus: Path, tmp_path: Path) -> None:
    before = train(corpus, tmp_path / "one").folder
    other = tmp_path / "corpus"
    (other / "documents").mkdir(parents=True)
    for path in (corpus / "documents").iterdir():
        (other / "documents" / path.name).write_bytes(path.read_bytes())
    (other / "splits.toml").write_bytes((corpus / "splits.toml").read_bytes())
    document(other / "documents", "c_2", 4)
    after = train(other, tmp_path / "two").folder
    assert (before / "weights.npz").read_bytes() == (after / "weights.npz").read_bytes()
    assert load_segments_model(before) == load_segments_model(after)


def test_a_corpus_without_dev_documents_is_refused(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "documents").symlink_to(corpus / "documents")
    (tmp_path / "splits.toml").write_text('train = ["a_*", "b_*"]\ntest = ["c_*"]\n', encoding="utf-8")
    with pytest.raises(ModelError, match="dev documents"):
        train(tmp_path, tmp_path / "models")
    assert not (tmp_path / "models").exists()


def test_without_scikit_learn_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    with pytest.raises(MissingExtraError) as caught:
        fit([example("要做。", True), example("做了。", False)])
    assert "docmine[train]" in caught.value.remedy


def test_the_command_prints_the_figures(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from docmine.cli.train import run

    say = Messages("en")
    words = ["--corpus", str(corpus), "-o", str(tmp_path), "--measure", str(corpus / "documents")]
    assert run(command_parser("train", say).parse_args(words), Settings(), say) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "dev", "test", str(corpus / "documents"), f"{corpus / 'documents'} (rules alone)", "model",
    ]  # fmt: skip
    assert "calibration_error" in lines[0]
    assert (tmp_path / "segments" / "card.toml").is_file()

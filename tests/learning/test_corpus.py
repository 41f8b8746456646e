"""Reading the corpus, and the truth of its sentences."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from docmine.errors import ModelError
from docmine.learning.corpus import Annotated, examples, fingerprint, load_documents, load_splits, truths
from docmine.schema.spans import OffsetMap, Span

TEXT = "会议通报了上月情况。市水利局要于9月底前完成清淤，市城管局负责截污。各单位抓紧。一、强化责任。"


def span(quote: str, text: str = TEXT) -> Span:
    at = text.index(quote)
    return Span(at, at + len(quote))


def annotated(
    *,
    text: str = TEXT,
    directives: tuple[str, ...] = (),
    headlines: tuple[str, ...] = (),
    ignored: tuple[str, ...] = (),
) -> Annotated:
    spans = [tuple(span(quote, text) for quote in quotes) for quotes in (directives, headlines, ignored)]
    return Annotated("a", "a.txt", text, *spans)


def write(folder: Path, name: str, text: str, **gold: object) -> None:
    documents = folder / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    (documents / f"{name}.txt").write_text(text, encoding="utf-8")
    told = {"file": f"{name}.txt", "directives": [], **gold}
    (documents / f"{name}.gold.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


@pytest.mark.parametrize(
    ("sentence", "marks", "truth"),
    [
        # A directive of its own, and one that fills only a part of the sentence.
        ("市水利局要于9月底前完成清淤，市城管局负责截污。", {"directives": ("市水利局要于9月底前完成清淤", "市城管局负责截污")}, True),
        ("市水利局要于9月底前完成清淤，市城管局负责截污。", {"directives": ("市城管局负责截污",)}, True),
        # The sentence is a part of a longer directive.
        ("各单位抓紧。", {"directives": ("市城管局负责截污。各单位抓紧",)}, True),
        # Near misses: nothing marked, only the neighbour marked, less than half of both shared.
        ("会议通报了上月情况。", {}, False),
        ("各单位抓紧。", {"directives": ("市城管局负责截污",)}, False),
        ("会议通报了上月情况。", {"directives": ("情况。市水利局要于9月底前完成清淤",)}, False),
        # It can't be said.
        ("一、强化责任。", {"headlines": ("强化责任",)}, None),
        ("各单位抓紧。", {"ignored": ("各单位抓紧",)}, None),
        ("各单位抓紧。", {"ignored": ("单位抓",)}, None),
        ("。", {"directives": ("各单位抓紧",)}, None),
        # A directive beats what is to be ignored; a small part of the sentence may be ignored.
        ("各单位抓紧。", {"ignored": ("各单位抓紧",), "directives": ("各单位抓紧",)}, True),
        ("会议通报了上月情况。", {"ignored": ("通报",)}, False),
    ],
)  # fmt: skip
def test_truth(sentence: str, marks: dict[str, tuple[str, ...]], truth: bool | None) -> None:
    found = truths([span(sentence)], annotated(**marks), TEXT, OffsetMap.identity(len(TEXT)))
    assert found == [truth]


def test_truth_follows_the_offsets_through_cleaning() -> None:
    text = "市水利局要\n— 2 —\n完成清淤。"
    document = annotated(text=text, directives=(text.rstrip("。"),))
    kept = [i for i in range(len(text)) if not 5 <= i < 12]
    norm = "".join(text[i] for i in kept)
    assert norm == "市水利局要完成清淤。"
    assert truths([Span(0, len(norm))], document, norm, OffsetMap(kept, len(text))) == [True]


def test_examples_are_the_judged_sentences(tmp_path: Path) -> None:
    text = "关于清淤工作的会议纪要\n会议通报了上月清淤情况。会议要求，市水利局要于9月底前完成清淤。\n"
    order = span("市水利局要于9月底前完成清淤", text)
    write(tmp_path, "a", text, directives=[{"start": order.start, "end": order.end, "force": "obligation"}])
    found = examples(load_documents(tmp_path / "documents"))
    assert [(e.document, e.positive) for e in found] == [("a", False), ("a", True)]
    assert found[1].found
    assert "完成清淤" in found[1].row.text
    assert {"operator=op.want", "time=any", "time=bounded"} <= set(found[1].row.traits)


SPLITS = 'train = ["a_*", "b_one"]\ndev = ["b_two"]\ntest = ["c_*"]\n'


def test_splits_are_by_name_or_pattern(tmp_path: Path) -> None:
    (tmp_path / "splits.toml").write_text(SPLITS, encoding="utf-8")
    assert load_splits(tmp_path, ["a_x", "b_one", "b_two", "c_y"]) == {
        "a_x": "train", "b_one": "train", "b_two": "dev", "c_y": "test",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("splits", "names", "told"),
    [
        (SPLITS, ["b_three"], "b_three stands in no split"),
        (SPLITS + 'extra = ["d"]\n', ["d"], "d stands in no split"),
        ('train = ["a"]\ntest = ["*"]\n', ["a"], "a stands in train and test"),
        ("train = [", ["a"], "can't be read"),
    ],
)
def test_faulty_splits_are_named(tmp_path: Path, splits: str, names: list[str], told: str) -> None:
    (tmp_path / "splits.toml").write_text(splits, encoding="utf-8")
    with pytest.raises(ModelError, match=told):
        load_splits(tmp_path, names)


def test_a_missing_or_faulty_annotation_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no annotated documents"):
        load_documents(tmp_path)
    write(tmp_path, "a", TEXT, directives=[{"start": 0}])
    with pytest.raises(ModelError, match=re.escape("a.gold.json")):
        load_documents(tmp_path / "documents")


def test_the_fingerprint_follows_texts_annotations_and_splits(tmp_path: Path) -> None:
    write(tmp_path, "a", TEXT)
    splits = tmp_path / "splits.toml"
    splits.write_text(SPLITS, encoding="utf-8")
    seen = [fingerprint(tmp_path)]
    (tmp_path / "documents" / "a.ann.json").write_text("{}", encoding="utf-8")  # the quotes behind the offsets
    (tmp_path / "README.md").write_text("x", encoding="utf-8")
    assert fingerprint(tmp_path) == seen[0]
    for change in (
        lambda: write(tmp_path, "a", TEXT + "。"),
        lambda: write(tmp_path, "a", TEXT + "。", ignore=[{"start": 0, "end": 2}]),
        lambda: splits.write_text(SPLITS + "# other\n", encoding="utf-8"),
        lambda: (tmp_path / "documents" / "a.txt").rename(tmp_path / "documents" / "b.txt"),
    ):
        change()
        seen.append(fingerprint(tmp_path))
    assert len(set(seen)) == len(seen)

"""Reading the corpus: its lines, folders of others' papers, splits, and the fingerprint."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from docmine.errors import ModelError
from docmine.learning.corpus import Annotated, fingerprint, load_documents, load_splits, row_of
from docmine.schema.spans import Span

TEXT = "一、强化责任。市水利局要于9月底前完成清淤。大家共勉。"
DIRECTIVES = [
    {"start": 2, "end": 6, "force": "obligation", "heading": True, "actors": [], "deadlines": []},
    {
        "start": 7,
        "end": 21,
        "force": "obligation",
        "actors": [{"start": 7, "end": 11, "role": "responsible"}],
        "deadlines": [],
    },
]
ABOUT = {"writer": "k", "kind": "minutes", "genre": "专题会议纪要", "trade": "水利"}


def line(name: str, text: str = TEXT, **more: Any) -> str:
    return json.dumps({"name": name, **ABOUT, "text": text, "directives": DIRECTIVES, **more}, ensure_ascii=False)


def write_lines(corpus: Path, writer: str, *lines: str) -> None:
    (corpus / "documents").mkdir(exist_ok=True)
    (corpus / "documents" / f"{writer}.jsonl").write_text("".join(f"{each}\n" for each in lines), encoding="utf-8")


def write_pair(folder: Path, name: str, text: str = TEXT, **gold: Any) -> None:
    (folder / f"{name}.txt").write_bytes(text.encode())
    told = {"file": f"{name}.txt", "directives": DIRECTIVES, **gold}
    (folder / f"{name}.gold.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def test_documents_of_lines(tmp_path: Path) -> None:
    rows = {"ignore": [{"start": 22, "end": 26}], "functions": [{"start": 0, "end": 2, "function": "heading"}]}
    write_lines(tmp_path, "k", line("k02"), "", line("k01", **rows))
    write_lines(tmp_path, "a", line("a01", "会议\u2028纪要\r\n\u3000正文"))
    one, two, three = load_documents(tmp_path / "documents")
    assert [each.name for each in (one, two, three)] == ["a01", "k01", "k02"]
    assert one.text == "会议\u2028纪要\r\n\u3000正文"
    assert two == Annotated("k01", TEXT, {"directives": DIRECTIVES, **rows}, ABOUT)
    assert three.gold == {"directives": DIRECTIVES}


def test_spans_of_a_document() -> None:
    document = Annotated("k01", TEXT, {"directives": DIRECTIVES, "ignore": [{"start": 22, "end": 26}]}, ABOUT)
    assert document.directives == (Span(7, 21),)
    assert document.headlines == (Span(2, 6),)
    assert document.ignored == (Span(22, 26),)
    assert Annotated("k01", TEXT, {"directives": []}, ABOUT).ignored == ()


@pytest.mark.parametrize(
    ("about", "file"), [({}, "k01.txt"), ({"file": "纪要.docx"}, "纪要.docx"), ({"file": ""}, "k01.txt")]
)
def test_file_of_a_document(about: dict[str, str], file: str) -> None:
    assert Annotated("k01", TEXT, {"directives": []}, about).file == file


def test_a_line_holds_the_whole_document(tmp_path: Path) -> None:
    gold = {
        "directives": DIRECTIVES,
        "loose_deadlines": [],
        "ignore": [],
        "noise": [{"start": 0, "end": 2}],
        "functions": [],
    }
    document = Annotated("k01", TEXT, gold, ABOUT)
    write_lines(tmp_path, "k", json.dumps(row_of(document)))
    assert load_documents(tmp_path / "documents") == [document]


def test_the_corpus_is_written_as_its_lines(tmp_path: Path) -> None:
    path = ROOT / "corpus" / "documents" / "k.jsonl"
    rows = [json.loads(each) for each in path.read_text(encoding="utf-8").split("\n") if each]
    write_lines(tmp_path, "k", *map(json.dumps, rows))
    made = {document.name: row_of(document) for document in load_documents(tmp_path / "documents")}
    assert made == {row["name"]: row for row in rows}


def test_folders_of_pairs(tmp_path: Path) -> None:
    write_pair(
        tmp_path,
        "b",
        f"\ufeff{TEXT}\r\n",
        kind="speech",
        date="2021-09-14",
        ignore=[{"start": 22, "end": 26}],
        note="x",
    )
    write_pair(tmp_path, "a", file="b.txt", date=None)
    one, two = load_documents(tmp_path)
    assert (one.name, one.file, one.about) == ("a", "b.txt", {"file": "b.txt"})
    assert (two.name, two.text) == ("b", f"\ufeff{TEXT}\r\n")
    assert two.about == {"file": "b.txt", "kind": "speech", "date": "2021-09-14"}
    assert two.gold == {"directives": DIRECTIVES, "ignore": [{"start": 22, "end": 26}]}
    assert two.directives == (Span(7, 21),)


def test_lines_and_pairs_together(tmp_path: Path) -> None:
    write_lines(tmp_path, "k", line("k01"))
    write_pair(tmp_path / "documents", "c01")
    assert [document.name for document in load_documents(tmp_path / "documents")] == ["c01", "k01"]


def test_a_folder_without_annotations(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(ModelError, match="no annotated documents"):
        load_documents(tmp_path)


@pytest.mark.parametrize(
    "gold",
    [
        {"directives": [{"start": 0}]},
        {"directives": [{"start": 0, "end": "x"}]},
        {"directives": None},
        {"ignore": [{}]},
        {"file": "other.txt"},
    ],
)
def test_a_faulty_pair_is_named(tmp_path: Path, gold: dict[str, Any]) -> None:
    write_pair(tmp_path, "a", **gold)
    with pytest.raises(ModelError, match=re.escape("a.gold.json")):
        load_documents(tmp_path)


def test_a_pair_that_is_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.gold.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match=re.escape("a.gold.json")):
        load_documents(tmp_path)


SPLITS = 'train = ["a_*", "b_one"]\ndev = ["b_two"]\ntest = ["[cd]??_*"]\n'


def test_splits_are_by_name_or_pattern(tmp_path: Path) -> None:
    (tmp_path / "splits.toml").write_text(SPLITS, encoding="utf-8")
    assert load_splits(tmp_path, ["a_x", "b_one", "b_two", "c01_y", "d12_z"]) == {
        "a_x": "train", "b_one": "train", "b_two": "dev", "c01_y": "test", "d12_z": "test",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("splits", "names", "told"),
    [
        (SPLITS, ["b_three"], "b_three stands in no split"),
        (SPLITS, ["c1_y"], "c1_y stands in no split"),
        (SPLITS + 'extra = ["d"]\n', ["d"], "d stands in no split"),
        ('train = ["a"]\ntest = ["*"]\n', ["a"], "a stands in train and test"),
        ("train = [", ["a"], "can't be read"),
        (None, ["a"], "can't be read"),
    ],
)
def test_faulty_splits_are_named(tmp_path: Path, splits: str | None, names: list[str], told: str) -> None:
    if splits is not None:
        (tmp_path / "splits.toml").write_text(splits, encoding="utf-8")
    with pytest.raises(ModelError, match=told):
        load_splits(tmp_path, names)


def test_each_document_of_the_corpus_has_its_split() -> None:
    names = [document.name for document in load_documents(ROOT / "corpus" / "documents")]
    assert len(set(names)) == len(names)
    assert set(load_splits(ROOT / "corpus", names).values()) == {"train", "dev", "test"}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    write_lines(tmp_path, "k", line("k01"))
    (tmp_path / "splits.toml").write_text(SPLITS, encoding="utf-8")
    return tmp_path


def rename(corpus: Path) -> None:
    (corpus / "documents" / "k.jsonl").rename(corpus / "documents" / "m.jsonl")


@pytest.mark.parametrize(
    "change",
    [
        lambda corpus: write_lines(corpus, "k", line("k01", f"{TEXT}。")),
        lambda corpus: write_lines(corpus, "k", line("k01", ignore=[{"start": 22, "end": 26}])),
        lambda corpus: write_lines(corpus, "k", line("k01"), line("k02")),
        lambda corpus: write_lines(corpus, "m", line("m01")),
        rename,
        lambda corpus: (corpus / "splits.toml").write_text(SPLITS + "# other\n", encoding="utf-8"),
    ],
    ids=["text", "annotation", "document", "file", "name", "splits"],
)
def test_the_fingerprint_follows(corpus: Path, change: Callable[[Path], object]) -> None:
    before = fingerprint(corpus)
    change(corpus)
    assert fingerprint(corpus) != before


@pytest.mark.parametrize(
    "name", ["README.md", "floors.json", "second.jsonl", "documents/k.md", "documents/c01.gold.json"]
)
def test_the_fingerprint_does_not_follow(corpus: Path, name: str) -> None:
    before = fingerprint(corpus)
    (corpus / name).write_text("{}", encoding="utf-8")
    assert fingerprint(corpus) == before
    assert re.fullmatch("[0-9a-f]{16}", before)


def test_the_fingerprint_is_of_the_corpus_wherever_it_lies(
    corpus: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other") / "corpus"
    other.mkdir()
    write_lines(other, "k", line("k01"))
    (other / "splits.toml").write_text(SPLITS, encoding="utf-8")
    assert fingerprint(other) == fingerprint(corpus)

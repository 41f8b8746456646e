from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from docmine.output.write.atomic import atomic_file
from docmine.output.write.json import JsonWriter
from docmine.output.write.jsonl import JsonlWriter
from docmine.schema.record import Record

A, B = Record({"name": "甲"}), Record({"name": "乙"})


def test_an_error_leaves_the_old_file_and_no_litter(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError), atomic_file(path) as file:
        file.write(b"half")
        raise RuntimeError
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.json"]


def test_the_file_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.json"
    with atomic_file(path) as file:
        file.write(b"new")
        assert not path.exists()
    assert path.read_bytes() == b"new"


def test_json_mirrors_the_input_tree_and_keeps_extensions_apart(tmp_path: Path) -> None:
    with JsonWriter(tmp_path / "out") as writer:
        assert writer.write(A, name="x/a.docx") == "x/a.docx.json"
        assert writer.write(B, name="x/a.pdf") == "x/a.pdf.json"
    assert json.loads((tmp_path / "out/x/a.docx.json").read_text(encoding="utf-8")) == {"name": "甲"}
    assert json.loads((tmp_path / "out/x/a.pdf.json").read_text(encoding="utf-8")) == {"name": "乙"}


def test_jsonl_has_a_record_a_line(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    with JsonlWriter(path) as writer:
        writer.write(A, name="a")
        writer.write(B, name="b")
    assert path.read_text(encoding="utf-8") == '{"name":"甲"}\n{"name":"乙"}\n'


def test_jsonl_broken_off_leaves_nothing_half(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), JsonlWriter(tmp_path / "records.jsonl") as writer:
        writer.write(A, name="a")
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_jsonl_may_go_to_a_stream() -> None:
    stream = io.BytesIO()
    with JsonlWriter(stream) as writer:
        writer.write(A, name="a")
    assert stream.getvalue() == '{"name":"甲"}\n'.encode()

"""`docmine times`: JSON lines in and out, and the view of a text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clirun import Cli, Done


def answers(done: Done) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.out.splitlines()]


def test_each_line_has_its_answer(cli: Cli, tmp_path: Path) -> None:
    rows = [
        {"id": "a", "text": "明天下午三点开会", "reference": "2021-09-14T10:30:00"},
        {"id": 7, "text": "没有时间", "reference": None},
        {"id": "c", "text": "20240307", "reference": None},
    ]
    source = tmp_path / "rows.jsonl"
    source.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n\n", encoding="utf-8")
    done = cli("times", "--jsonl", str(source))
    assert done.status == 0
    first, second, third = answers(done)
    assert [first["id"], second["id"], third["id"]] == ["a", 7, "c"]
    assert second["spans"] == []
    assert first["spans"] == [
        {
            "start": 0,
            "end": 6,
            "text": "明天下午三点",
            "type": "datetime",
            "value": "2021-09-15T15:00:00",
            "end_value": "2021-09-15T16:00:00",
            "duration": None,
            "freq": None,
        }
    ]


def test_a_zone_in_the_reference_is_left_out(cli: Cli, tmp_path: Path) -> None:
    source = tmp_path / "rows.jsonl"
    source.write_text('{"id":1,"text":"今天","reference":"2013-02-12T23:30:00-02:00"}\n', encoding="utf-8")
    (answer,) = answers(cli("times", "--jsonl", str(source)))
    assert answer["spans"][0]["value"] == "2013-02-12T00:00:00"  # type: ignore[index]


@pytest.mark.parametrize(
    "line", ["not json", "[1]", '{"id":1}', '{"id":1,"text":5}', '{"id":1,"text":"今天","reference":"soon"}']
)
def test_a_bad_line_is_named_and_the_others_answered(cli: Cli, tmp_path: Path, line: str) -> None:
    source = tmp_path / "rows.jsonl"
    source.write_text(f'{line}\n{{"id":2,"text":"2021年8月"}}\n', encoding="utf-8")
    done = cli("times", "--jsonl", str(source))
    assert done.status == 1
    assert [answer["id"] for answer in answers(done)] == [2]
    assert f"{source}:1:" in done.err


def test_the_view_shows_where_what_and_when(cli: Cli) -> None:
    done = cli("times", "会议定于明天下午三点召开，每周五报送。", "--reference", "2021-09-14", "--lang", "zh")
    assert done.status == 0
    assert done.out.splitlines() == [
        "4-10\t明天下午三点\t日期时刻\t2021-09-15T15:00:00 → 2021-09-15T16:00:00",
        "13-16\t每周五\t周期\tP1W",
    ]


def test_a_file_is_read_like_any_document(cli: Cli, tmp_path: Path) -> None:
    source = tmp_path / "纪要.txt"
    source.write_text("定于2021年9月30日验收。", encoding="gb18030")
    done = cli("times", str(source))
    assert "2021年9月30日" in done.out


@pytest.mark.parametrize("words", [("nofile.txt",), ("今天开会。", "--reference", "soon")])
def test_wrong_use_is_told(cli: Cli, words: tuple[str, ...]) -> None:
    done = cli("times", *words)
    assert done.status == 2
    assert done.err

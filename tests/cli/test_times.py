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
        "4-10\t明天下午三点\t日期时刻\t2021-09-15T15:00 → 2021-09-15T16:00（不含）",
        "13-16\t每周五\t周期\t每周（P1W）",
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9月底前完成。", "→ 2021-09-30"),
        ("2021年8月。", "2021-08-01 → 2021-08-31"),
        ("2021年8月20日。", "2021-08-20"),
        ("9月20日以后。", "2021-09-20 →"),
        ("每天报送。", "每天（P1D）"),
        ("每两周一次。", "每2周（P2W）"),
        ("每个工作日。", "每个工作日（P1BD）"),
        ("为期10个工作日。", "10个工作日"),
        ("耗时一个半小时。", "1.5小时"),
        ("历时5至7天。", "5日–7日"),
        ("下午3点半。", "2021-09-14T15:30 → 2021-09-14T15:31（不含）"),
    ],
)
def test_the_view_is_for_people(cli: Cli, text: str, value: str) -> None:
    (line,) = cli("times", text, "--reference", "2021-09-14", "--lang", "zh").out.splitlines()
    assert line.split("\t")[3] == value


def test_the_view_in_english_keeps_the_codes(cli: Cli) -> None:
    out = cli("times", "每天下午3点半。每两周一次。为期10个工作日。", "--reference", "2021-09-14", "--lang", "en").out
    assert "P2W" in out
    assert "P10BD" in out
    assert "每2" not in out


def test_what_needs_a_reference_says_so_once(cli: Cli) -> None:
    done = cli("times", "明天开会，后天报送。", "--lang", "zh")
    assert [line.split("\t")[3] for line in done.out.splitlines()] == ["?", "?"]
    assert done.err.count("--reference") == 1 + done.err.count("如 --reference")
    assert cli("times", "明天开会。", "--reference", "2021-09-14").err == ""
    assert cli("times", "2021年8月20日。").err == ""


def test_a_file_is_read_by_its_own_date(cli: Cli, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("关于清淤的通知\n\n各单位：\n明天报送。\n\n市政府办公室\n2021年8月20日\n", encoding="utf-8")
    done = cli("times", source, "--lang", "zh")
    assert "2021-08-21" in done.out
    assert "文件日期 2021-08-20（落款）" in done.err
    other = cli("times", source, "--reference", "2021-01-01", "--lang", "zh")
    assert "2021-01-02" in other.out
    assert other.err == ""


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

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from clirun import Cli

ORDER = "市水利局要于9月底前完成清淤。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with good files, broken ones, and what is to be left aside."""
    root = tmp_path / "in"
    (root / "县").mkdir(parents=True)
    (root / "a.txt").write_text(ORDER, encoding="utf-8")
    (root / "县" / "a.txt").write_text(ORDER, encoding="gb18030")
    (root / "县" / "a.md").write_text(f"# 通知\n\n{ORDER}", encoding="utf-8")
    (root / "empty.docx").touch()
    (root / "broken.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<<")
    (root / "noise.doc").write_bytes(bytes(range(1, 256)) * 20)
    (root / "~$a.docx").write_bytes(b"lock")
    (root / ".DS_Store").write_bytes(b"x")
    return root


def rows(out: Path) -> dict[str, dict[str, object]]:
    lines = (out / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["path"]: row for row in map(json.loads, lines)}


def test_a_folder_run_accounts_for_every_file(cli: Cli, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = cli("run", folder, "-o", out)
    assert done.status == 1
    assert done.out == ""
    manifest = rows(out)
    assert {path: row.get("code") for path, row in manifest.items()} == {
        ".DS_Store": "hidden",
        "~$a.docx": "temporary",
        "a.txt": None,
        "broken.pdf": "damaged",
        "empty.docx": "empty",
        "noise.doc": "unknown_type",
        "县/a.md": None,
        "县/a.txt": None,
    }
    written = sorted(p.relative_to(out).as_posix() for p in out.rglob("*.json"))
    assert written == ["a.txt.json", "县/a.md.json", "县/a.txt.json"]
    for path, row in manifest.items():
        if row.get("code") in ("damaged", "empty", "unknown_type"):
            assert path in done.err
            assert row["remedy"]
            assert str(row["remedy"]) in done.err
    assert "Traceback" not in done.err


def test_a_record_names_its_source_relative_to_the_input(cli: Cli, folder: Path, tmp_path: Path) -> None:
    cli("run", folder, "-o", tmp_path / "out")
    record = json.loads((tmp_path / "out/县/a.txt.json").read_text(encoding="utf-8"))
    assert (record["source"]["path"], record["source"]["name"]) == ("县/a.txt", "a.txt")
    assert record["source"]["encoding"] == "gb18030"
    assert len(record["directives"]) == 1


def test_all_fine_is_status_0_with_a_summary_on_stderr(cli: Cli, samples: Path, tmp_path: Path) -> None:
    done = cli("run", samples, "-o", tmp_path)
    assert done.status == 0
    assert done.out == ""
    assert "files             8" in done.err
    assert len(list(tmp_path.glob("*.json"))) == 8


def test_quiet_says_nothing_but_errors(cli: Cli, folder: Path, tmp_path: Path) -> None:
    assert cli("run", folder / "a.txt", "-q", "-o", tmp_path / "out").err == ""
    assert "empty.docx" in cli("run", folder / "empty.docx", "-q", "-o", tmp_path / "out").err


def test_the_same_input_gives_the_same_bytes(cli: Cli, samples: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        cli("run", samples, "-q", "-o", tmp_path / name)
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / name).glob("*.json")} for name in ("one", "two"))
    assert one == two


@pytest.mark.parametrize("target", ["all.jsonl", "folder"])
def test_jsonl_puts_all_records_into_one_file(cli: Cli, folder: Path, tmp_path: Path, target: str) -> None:
    form = [] if target.endswith(".jsonl") else ["--format", "jsonl"]
    done = cli("run", folder, "-o", tmp_path / target, *form)
    assert done.status == 1
    path = tmp_path / target if not form else tmp_path / target / "records.jsonl"
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [record["source"]["path"] for record in records] == ["a.txt", "县/a.md", "县/a.txt"]
    manifest = tmp_path / "all.manifest.jsonl" if not form else tmp_path / target / "manifest.jsonl"
    assert len(manifest.read_text(encoding="utf-8").splitlines()) == 8


def test_standard_input_and_output(cli: Cli) -> None:
    done = cli("run", "-", "-o", "-", stdin=ORDER.encode("gb18030"))
    assert done.status == 0
    record = json.loads(done.out)
    assert record["source"]["name"] == "stdin"
    assert record["directives"][0]["text"] == ORDER.rstrip("。\n")


def test_an_empty_standard_input_is_a_failed_file(cli: Cli) -> None:
    done = cli("run", "-", "-o", "-", stdin=b"")
    assert (done.status, done.out) == (1, "")
    assert "[empty]" in done.err


def test_date_and_anchor_reach_the_deadlines(cli: Cli) -> None:
    text = "承办单位必须于接件之日起5日内办结。市水利局要于9月底前完成清淤。"
    done = cli("run", "-", "-o", "-", "--date", "2021-08-25", "--anchor", "接件=2021-08-22", stdin=text.encode())
    assert [each["due"] for each in json.loads(done.out)["deadlines"]] == ["2021-08-27", "2021-09-30"]


@pytest.fixture
def open_folder(tmp_path: Path) -> Path:
    """Files whose deadlines lack a date in every way."""
    root = tmp_path / "open"
    root.mkdir()
    (root / "a.txt").write_text("承办单位应于接件之日起5日内办结，接报后2小时内反馈。", encoding="utf-8")
    (root / "b.txt").write_text("承办单位应于接件之日起3日内答复。各单位于9月30日前报送。", encoding="utf-8")
    (root / "c.txt").write_text("各单位于2021年9月30日前报送。\n\n市政府办公室\n2021年8月20日\n", encoding="utf-8")
    return root


def test_the_summary_tells_what_has_no_date(cli: Cli, open_folder: Path, tmp_path: Path) -> None:
    done = cli("run", open_folder, "-o", tmp_path / "out", "--lang", "zh")
    assert done.status == 0
    lines = {line.split()[0]: line for line in done.err.splitlines() if line.startswith("  ")}
    assert "3（接件 2、接报 1）" in lines["起算日期不明"]
    assert lines["日期不全"].split()[1].startswith("1（")
    assert lines["成功"].split()[1] == "3"


def test_the_summary_is_short_where_nothing_is_open(cli: Cli, open_folder: Path, tmp_path: Path) -> None:
    done = cli("run", open_folder / "c.txt", "-o", tmp_path / "out", "--lang", "zh")
    assert "起算日期不明" not in done.err
    assert "日期不全" not in done.err
    assert "没有用" not in done.err


@pytest.mark.parametrize(
    ("lang", "anchors", "dates"),
    [
        ("zh", "--anchor 没有用到：收件（文中的起算事件：接件、接报）", "--date 2021-01-01 没有用于 1 份"),
        ("en", "--anchor was not used: 收件 (events that", "--date 2021-01-01 was not used for 1 files"),
    ],
)
def test_options_that_came_to_nothing_are_told_once(
    cli: Cli, open_folder: Path, tmp_path: Path, lang: str, anchors: str, dates: str
) -> None:
    options = ("--anchor", "收件=2021-08-22", "--anchor", "接件=2021-08-22", "--date", "2021-01-01", "--lang", lang)
    done = cli("run", open_folder, "-o", tmp_path / "out", *options)
    assert done.err.count(anchors) == 1
    assert done.err.count(dates) == 1
    assert cli("run", open_folder, "-q", "-o", tmp_path / "out", *options).err == ""


def test_text_goes_into_the_record_when_asked_for(cli: Cli) -> None:
    assert json.loads(cli("run", "-", "-o", "-", stdin=ORDER.encode()).out)["document"]["text"] is None
    assert json.loads(cli("run", "-", "-o", "-", "--text", stdin=ORDER.encode()).out)["document"]["text"] == ORDER


def test_settings_come_from_the_folders_file(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docmine.toml").write_text('include_text = true\nlang = "zh"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = cli("run", "-", "-o", "out", stdin=ORDER.encode())
    assert "汇总" in done.err
    assert json.loads((tmp_path / "out/stdin.json").read_text(encoding="utf-8"))["document"]["text"] == ORDER


@pytest.mark.parametrize(
    "words",
    [
        ["run"],
        ["run", "in"],
        ["run", "none.txt", "-o", "out"],
        ["run", ".", "-o", "out", "--date", "yesterday"],
        ["run", ".", "-o", "out", "--anchor", "接件"],
        ["run", ".", "-o", "out", "--format", "xml"],
        ["run", ".", "-o", "-", "--format", "json"],
        ["run", ".", "-o", "x.jsonl", "--format", "json"],
        ["run", ".", "-o", "taken"],
        ["run", ".", "-o", "out", "--config", "none.toml"],
        ["mine"],
        [],
    ],
)
def test_wrong_usage_is_status_2_and_writes_nothing(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    done = cli(*words)
    assert done.status == 2
    assert done.out == ""
    assert done.err
    assert [p.name for p in tmp_path.iterdir()] == ["taken"]


def test_a_folder_without_files_is_wrong_usage(cli: Cli, tmp_path: Path) -> None:
    assert cli("run", tmp_path, "-o", tmp_path / "out").status == 2


def test_chinese_messages_in_a_chinese_locale(folder: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "docmine", "run", str(folder), "-o", str(tmp_path / "out")]
    env = {**os.environ, "LC_ALL": "", "LANG": "zh_CN.UTF-8"}
    done = subprocess.run(words, capture_output=True, encoding="utf-8", env=env, check=False)
    assert done.returncode == 1
    assert "未能处理的文件" in done.stderr
    assert "空文件" in done.stderr


def test_a_terminal_that_knows_no_chinese_is_no_reason_to_fail(folder: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "docmine", "show", str(folder / "a.txt")]
    env = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(words, capture_output=True, env=env, check=False)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr

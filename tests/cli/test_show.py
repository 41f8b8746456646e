from __future__ import annotations

import io
from pathlib import Path

import pytest

from clirun import Cli
from docmine.cli.terminal import Paint, padded, width_of

ORDER = "市水利局要于9月底前完成清淤。\n"


def test_the_view_says_who_must_do_what_by_when(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ORDER, encoding="utf-8")
    done = cli("show", path, "--date", "2021-08-25")
    assert done.status == 0
    assert "[must 3] 市水利局（responsible） | 9月底前 → 2021-09-30" in done.out
    assert "市水利局要于9月底前完成清淤" in done.out
    assert "\033[" not in done.out


def test_it_reads_standard_input_and_speaks_chinese(cli: Cli) -> None:
    done = cli("show", "-", "--lang", "zh", stdin=ORDER.encode("utf-16"))
    assert "[必须 3] 市水利局（负责）" in done.out


def test_a_stored_record_shows_as_its_document_does(cli: Cli, samples: Path, tmp_path: Path) -> None:
    path = samples / "07_信访答复意见书.pdf"
    cli("run", path, "-q", "-o", tmp_path)
    assert cli("show", tmp_path / f"{path.name}.json").out == cli("show", path).out


@pytest.mark.parametrize(
    "option", [("--date", "2021-08-25"), ("--anchor", "接件=2021-08-22"), ("--counting", "penalty")]
)
@pytest.mark.parametrize("command", ["show", "explain"])
def test_options_that_a_stored_record_ignores_are_told(
    cli: Cli, samples: Path, tmp_path: Path, command: str, option: tuple[str, str]
) -> None:
    path = samples / "07_信访答复意见书.pdf"
    cli("run", path, "-q", "-o", tmp_path)
    stored = tmp_path / f"{path.name}.json"
    done = cli(command, stored, *option, "--lang", "zh")
    assert done.out == cli(command, stored, "--lang", "zh").out
    assert f"{option[0]} 不起作用" in done.err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_lists_of_a_run_are_no_documents(cli: Cli, samples: Path, tmp_path: Path, lang: str) -> None:
    cli("run", samples, "-q", "-o", tmp_path / "all.jsonl")
    for name, told in (("all.manifest.jsonl", ("处理清单", "manifest")), ("all.jsonl", ("多条记录", "many records"))):
        done = cli("show", tmp_path / name, "--lang", lang)
        assert (done.status, done.out) == (2, "")
        assert told[lang == "en"] in done.err


def test_a_free_day_is_shown_with_where_it_rolls_to_and_why(cli: Cli) -> None:
    text = "市水利局要于10月3日前完成清淤。".encode()
    chinese, english = (
        cli("show", "-", "--date", "2021-09-26", "--lang", lang, stdin=text).out for lang in ("zh", "en")
    )
    assert "10月3日前 → 2021-10-03（周日，顺延至 2021-10-08 周五，参照民法典第二百零三条）" in chinese
    assert "2021-10-03（Sun，rolls to 2021-10-08 Fri，" in english


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("市水利局要每周五报送进度。", "每周五 → 下次 2021-10-01（周五）"),
        ("市水利局要每月15日17时前报送进度。", "下次 2021-10-15T17:00（周五）"),
    ],
)
def test_what_recurs_is_shown_with_its_next_time(cli: Cli, text: str, shown: str) -> None:
    assert shown in cli("show", "-", "--date", "2021-09-26", "--lang", "zh", stdin=text.encode()).out
    assert "下次" not in cli("show", "-", "--lang", "zh", stdin=text.encode()).out


DATED = "关于做好清淤工作的通知\n\n各单位：\n市水利局要于9月底前完成清淤。\n\n市政府办公室\n2021年8月20日\n"


@pytest.mark.parametrize(
    ("lang", "told"), [("zh", "--date 2020-01-01 没有用到"), ("en", "--date 2020-01-01 was not used")]
)
@pytest.mark.parametrize("command", ["show", "explain"])
def test_a_date_that_the_document_has_no_need_of_is_told(cli: Cli, command: str, lang: str, told: str) -> None:
    assert told in cli(command, "-", "--date", "2020-01-01", "--lang", lang, stdin=DATED.encode()).out
    assert "--date" not in cli(command, "-", "--lang", lang, stdin=DATED.encode()).out


def test_an_amount_without_a_document_date_asks_for_it(cli: Cli) -> None:
    out = cli("show", "-", "--lang", "zh", stdin="各单位于3日内办结。".encode()).out
    (line,) = [line for line in out.splitlines() if "unresolved_anchor" in line]
    assert line.endswith("可用 --date 给出")
    assert "--anchor" not in out


def test_both_meanings_of_no_date_have_words_of_their_own(cli: Cli) -> None:
    lines = cli("show", "-", "--lang", "zh", stdin="市水利局要完成清淤。".encode()).out.splitlines()
    first, second = [line for line in lines if "[no_date]" in line]
    assert "文件" in first
    assert "时限" in second
    assert "文件" not in second


def test_warnings_tell_which_directives_they_belong_to(cli: Cli) -> None:
    text = "市水利局要完成清淤。市住建局要于2021年9月底前完成排查。市交通局要修好道路。市教育局要做好安全教育。"
    lines = cli("show", "-", "--lang", "zh", stdin=text.encode()).out.splitlines()
    at = next(n for n, line in enumerate(lines) if "没有写明时限" in line)
    assert lines[at + 1].strip() == "第 1、3–4 条"


def test_a_broken_record_is_told_as_such(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"schema_version": "1.0"}', encoding="utf-8")
    done = cli("show", path)
    assert (done.status, done.out) == (1, "")
    assert "not a record" in done.err


def test_a_document_without_directives_says_so(cli: Cli) -> None:
    assert "No directive found." in cli("show", "-", stdin="今天天气很好。".encode()).out


def test_colours_on_demand(cli: Cli) -> None:
    plain, painted = (cli("show", "-", "--color", color, stdin=ORDER.encode()).out for color in ("never", "always"))
    assert "\033[1;36m市水利局\033[0m要于\033[1;33m9月底前\033[0m完成清淤" in painted
    assert "\033" not in plain


@pytest.mark.parametrize("word", ["none.docx", "市政府会议纪要.docx"])
def test_a_missing_file_is_wrong_usage(cli: Cli, word: str) -> None:
    done = cli("show", word)
    assert done.status == 2
    assert "no such file" in done.err


def test_a_file_that_cannot_be_read_is_status_1_with_a_remedy(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n")
    done = cli("show", tmp_path / "a.pdf")
    assert done.status == 1
    assert "remedy:" in done.err


def test_overlapping_marks_are_painted_once() -> None:
    paint = Paint(io.StringIO(), color="always")
    assert paint.marked("abcdef", [(3, 5, "due"), (0, 4, "party"), (5, 9, "due")]) == "\033[1;36mabcd\033[0mef"


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert Paint(Terminal()).on
    monkeypatch.setenv("NO_COLOR", "1")
    assert not Paint(Terminal()).on


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("文件", 4), ("（a）", 5)])
def test_columns_of_wide_characters(text: str, width: int) -> None:
    assert width_of(text) == width
    assert width_of(padded(text, 8)) == 8

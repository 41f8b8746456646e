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

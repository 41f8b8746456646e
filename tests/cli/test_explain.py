from __future__ import annotations

import json
from pathlib import Path

import pytest

from clirun import Cli

ORDER = "市水利局要于9月底前完成清淤。今天天气很好。"


def test_each_finding_names_its_rule(cli: Cli, tmp_path: Path) -> None:
    record = json.loads(cli("run", "-", "-o", "-", "--date", "2021-08-25", stdin=ORDER.encode()).out)
    done = cli("explain", ORDER, "--date", "2021-08-25")
    assert done.status == 0
    found = [*record["directives"], *record["deadlines"], *record["responsibilities"]]
    assert len(found) == 3
    for each in found:
        assert each["evidence"], each["id"]
        assert each["id"] in done.out
        for reason in each["evidence"]:
            assert f"rule {reason['rule']}" in done.out


def test_a_file_is_explained_like_its_text(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ORDER, encoding="utf-8")
    assert cli("explain", path).out == cli("explain", ORDER).out == cli("explain", "-", stdin=ORDER.encode()).out


def test_chinese_names_for_what_is_found(cli: Cli) -> None:
    text = "市水利局应于接件之日起5个工作日内办结。每周五报送进度。"
    out = cli("explain", text, "--anchor", "接件=2021-09-26", "--lang", "zh").out
    for told in (
        "必须 4",
        "相对 截止 2021-10-08",
        "期限 5个工作日",
        "起算 接件 (2021-09-26)",
        "(机关) 负责",
        "周期 重复",
    ):
        assert told in out
    for code in ("obligation", "relative", "offset", "workday", "responsible", "organ", "directive", "(other"):
        assert code not in out.replace("rule", "")


@pytest.mark.parametrize(
    ("text", "options", "code", "told"),
    [
        ("承办单位应于接件之日起5日内办结。", (), "unresolved_anchor", "接件"),
        ("值班人员应在接报后2小时内上报。", ("--anchor", "接报=2021-08-22"), "unresolved_anchor", "写到分钟"),
        ("各单位应于5个工作日内报送。", ("--date", "2031-03-03"), "provisional_calendar", "--calendar"),
        ("市水利局要于9月30日前完成清淤。", (), "no_reference", "--date"),
        ("市水利局要完成清淤。", (), "no_date", "没有写明时限"),
    ],
)
def test_warnings_stand_at_their_finding(cli: Cli, text: str, options: tuple[str, ...], code: str, told: str) -> None:
    lines = cli("explain", text, *options, "--lang", "zh").out.splitlines()
    (line,) = [line for line in lines if f"    提示 [{code}]" in line]
    assert told in line


def test_what_belongs_nowhere_stands_in_the_end(cli: Cli) -> None:
    lines = cli("explain", ORDER, "--lang", "zh").out.splitlines()
    assert lines[-2:] == ["提示", "  [no_date] 文件没有写明自己的日期，可用 --date 给出"]


def test_all_lists_the_sentences_without_directives_too(cli: Cli) -> None:
    assert "今天天气很好" not in cli("explain", ORDER).out
    assert "今天天气很好" in cli("explain", "--all", ORDER).out


def test_a_short_text_without_punctuation_is_a_text(cli: Cli) -> None:
    assert "市水利局" in cli("explain", "市水利局要完成清淤").out


def test_a_misspelt_file_is_no_text(cli: Cli) -> None:
    assert cli("explain", "会议纪要.docx").status == 2


def test_a_text_longer_than_a_file_name_can_be(cli: Cli) -> None:
    assert cli("explain", ORDER * 60).status == 0

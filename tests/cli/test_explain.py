from __future__ import annotations

import json
from pathlib import Path

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


def test_all_lists_the_sentences_without_directives_too(cli: Cli) -> None:
    assert "今天天气很好" not in cli("explain", ORDER).out
    assert "今天天气很好" in cli("explain", "--all", ORDER).out


def test_a_short_text_without_punctuation_is_a_text(cli: Cli) -> None:
    assert "市水利局" in cli("explain", "市水利局要完成清淤").out


def test_a_misspelt_file_is_no_text(cli: Cli) -> None:
    assert cli("explain", "会议纪要.docx").status == 2


def test_a_text_longer_than_a_file_name_can_be(cli: Cli) -> None:
    assert cli("explain", ORDER * 60).status == 0

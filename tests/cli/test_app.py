from __future__ import annotations

import subprocess
import sys
import tomllib

import pytest

import docmine
from clirun import Cli
from docmine.batch.outcome import Failure
from docmine.cli.app import COMMANDS
from docmine.cli.messages import Messages, language
from docmine.errors import DocmineError
from docmine.rulebook.paths import resources_dir

TABLES = tomllib.loads((resources_dir() / "common" / "messages.toml").read_text(encoding="utf-8"))


def test_version(cli: Cli) -> None:
    assert cli("--version").out == f"docmine {docmine.__version__}\n"


def test_help_lists_every_command(cli: Cli) -> None:
    done = cli("--help")
    assert done.status == 0
    assert all(command in done.out for command in COMMANDS)


def test_python_m_docmine_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "docmine", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"docmine {docmine.__version__}\n"


@pytest.mark.parametrize(
    ("argv", "environ", "expected"),
    [
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "zh_TW"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ([], {"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN"}, "zh"),
        ([], {"LC_ALL": "", "LANG": "zh_CN"}, "zh"),
        ([], {}, "en"),
        (["show", "--lang", "zh"], {}, "zh"),
        (["show", "--lang=en"], {"LANG": "zh_CN"}, "en"),
        (["explain", "zh"], {}, "en"),
    ],
)
def test_the_language_of_messages(argv: list[str], environ: dict[str, str], expected: str) -> None:
    assert language(argv, environ) == expected


def keys(table: dict[str, object]) -> set[str]:
    return {name for name, value in table.items() if isinstance(value, str)}


def test_both_languages_have_the_same_messages() -> None:
    assert keys(TABLES["zh"]) == keys(TABLES["en"])
    for group in ("kind", "force", "role", "deadline", "skip", "date_basis"):
        assert keys(TABLES["zh"][group]) == keys(TABLES["en"][group]), group


def error_codes() -> list[str]:
    import docmine.schema.border  # noqa: F401 - defines an error of its own

    classes, codes = [DocmineError], set()
    while classes:
        cls = classes.pop()
        classes += cls.__subclasses__()
        codes.add(cls.code)
    return sorted(codes | {"internal"})


@pytest.mark.parametrize("code", error_codes())
def test_every_error_code_has_chinese_words(code: str) -> None:
    translated = Messages("zh").failure(Failure(code, "message", "remedy"))
    assert translated.message != "message"
    assert translated.remedy


def test_an_error_of_no_known_code_keeps_its_own_words() -> None:
    failure = Failure("brand_new", "message", "remedy")
    assert Messages("zh").failure(failure) == failure

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import docmine
from clirun import Cli
from conftest import ROOT
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


def test_every_keyed_error_has_chinese_words() -> None:
    """Each key that an error is raised with has a message, and every message a remedy."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")]
    keys = {key for text in sources for key in re.findall(r'\bkey=f?"([a-z0-9_.]+)', text)}
    assert len(keys) > 15
    messages, remedies = TABLES["zh"]["error_message"], TABLES["zh"]["error_remedy"]
    for key in keys:
        head = key.partition(".")[0]
        assert head in messages or any(each.startswith(f"{head}.") for each in messages), key
        assert head in remedies or any(each.startswith(f"{head}.") for each in remedies), key
    for kind in re.findall(r'_wrong\(.*"([a-z]+)"\)', (ROOT / "src/docmine/settings.py").read_text(encoding="utf-8")):
        assert f"wrong.{kind}" in remedies


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "x", "--fast"), "没有这样的参数：--fast"),
        (("show",), "缺少参数：FILE"),
        (("run", "x"), "缺少参数：-o/--output"),
        (("show", "x", "--date"), "--date 后面要给一个值"),
        (("show", "x", "--color", "blue"), "--color：不能是 'blue'（可选：'auto', 'always', 'never'）"),
        (("show", "x", "--co", "blue"), "不明确"),
        (("run", "x", "-o", "y", "--text=1"), "--text 不带值"),
        (("show", "none.docx"), "none.docx：没有这个文件或文件夹"),
        (("explain", "none.docx"), "none.docx：没有这个文件或文件夹"),
        (("times", "none.docx"), "none.docx：没有这个文件或文件夹"),
        (("run", "none", "-o", "y"), "none：没有这个文件或文件夹"),
        (("run", ".", "-o", "y"), ".：里面没有可读的文件"),
        (("run", ".", "-o", "-", "--format", "json"), "--format：与输出位置不符"),
        (("run", ".", "-o", "y", "--date", "soon"), "--date：不能是“soon”"),
        (("run", ".", "-o", "y", "--anchor", "接件"), "anchor：不能是“接件”"),
        (("run", ".", "-o", "y", "--anchor", "接件="), 'anchors.接件：不能是“""”'),
        (("run", ".", "-o", "y", "--calendar", "none"), "none：打不开工作日历文件"),
        (("run", ".", "-o", "y", "--counting", "none.toml"), "none.toml：打不开期限计算文件"),
        (("run", ".", "-o", "y", "--config", "none.toml"), "none.toml：打不开设置文件"),
        (("times", "今天", "--reference", "soon"), "reference：不能是“soon”"),
    ],
)
def test_wrong_usage_is_told_in_chinese_with_a_remedy(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = cli(*words, "--lang", "zh") if words[-1] != "--date" else cli(words[0], "--lang", "zh", *words[1:])
    assert done.status == 2
    message, remedy = done.err.splitlines()[-2:]
    assert said in message
    assert re.fullmatch(r"办法: (?:docmine .*--help|[^a-z]*.+)", remedy)


def test_wrong_usage_stays_as_argparse_says_it_where_it_has_no_words() -> None:
    assert Messages("zh").usage_error("something new") == "something new"
    assert Messages("en").usage_error("unrecognized arguments: --x") == "unrecognized arguments: --x"


def test_an_error_of_no_known_code_keeps_its_own_words() -> None:
    failure = Failure("brand_new", "message", "remedy")
    assert Messages("zh").failure(failure) == failure

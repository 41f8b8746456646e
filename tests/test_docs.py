"""The README says what there is, and what it says works."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

import docmine
from conftest import ROOT
from docmine.cli.app import COMMANDS, command_parser, main_parser
from docmine.cli.messages import Messages
from docmine.settings import Limits, Settings, settings_from

README = (ROOT / "README.md").read_text(encoding="utf-8")
NOT_RUN = ("make ", "pip ", "apt-get ")  # they install; the packaging tests and CI do that


def parsers(lang: str) -> list[argparse.ArgumentParser]:
    say = Messages(lang)
    return [main_parser(say), *(command_parser(name, say) for name in COMMANDS)]


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    lines = [line for block in blocks("bash") for line in block.splitlines()]
    return [line for line in lines if not line.startswith(NOT_RUN)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_option_has_help(lang: str) -> None:
    for parser in parsers(lang):
        assert parser.description
        for action in parser._actions:
            assert action.help, f"{parser.prog} {action.dest}"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_stands_in_the_readme(name: str) -> None:
    assert f"`docmine {name}" in README


def test_every_option_stands_in_the_readme() -> None:
    for parser in parsers("en"):
        for action in parser._actions:
            for option in action.option_strings:
                assert f"`{option}" in README, f"{parser.prog} {option}"


def test_the_readme_names_no_option_that_is_not_there() -> None:
    known = {option for parser in parsers("en") for action in parser._actions for option in action.option_strings}
    assert set(re.findall(r"`(--[a-z-]+)", README)) <= known


def test_every_setting_stands_in_the_readme_and_its_example_is_valid() -> None:
    (example,) = blocks("toml")
    for name in [field.name for cls in (Settings, Limits) for field in fields(cls)]:
        assert re.search(rf"^(?:# |\[)?{name}\b", example, re.MULTILINE), name
    assert settings_from(tomllib.loads(example)).limits == Limits()


def test_every_part_of_the_record_stands_in_the_readme() -> None:
    for part in docmine.record_schema()["properties"]:
        assert f"`{part}`" in README or part == "schema_version"


@pytest.mark.parametrize("command", commands())
def test_the_readmes_commands_run(command: str, tmp_path: Path) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-ec", f"set -o pipefail; {command}"], cwd=tmp_path, env=env, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout or done.stderr


@pytest.mark.parametrize("code", blocks("python"))
def test_the_readmes_python_runs(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_what_the_readme_shows_is_what_comes_out() -> None:
    (shown,) = blocks("text")
    words = [sys.executable, "-m", "docmine", "show", "samples/02_安全生产专题会议纪要.docx", "--lang", "zh"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert shown in done.stdout


def test_the_changelog_has_this_version() -> None:
    assert f"## {docmine.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

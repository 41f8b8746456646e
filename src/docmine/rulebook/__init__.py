"""Resources compiled and checked: TOML and TSV data become tables and patterns."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from docmine.errors import RuleError


@cache
def load_toml(name: str) -> dict[str, Any]:
    """The TOML resource `name` (`common/columns.toml`) as plain data."""
    try:
        return tomllib.loads(files("docmine.resources").joinpath(name).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise RuleError(f"{name}: no such resource", remedy="reinstall docmine") from error
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{name}: {error}", remedy="correct the TOML syntax at the place named") from error


@cache
def load_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a TSV resource, comment lines (#) and empty lines left out."""
    text = files("docmine.resources").joinpath(name).read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line.strip() and not line.startswith("#"))


def any_of(words: list[str] | tuple[str, ...]) -> str:
    """A regex alternation of literal words, longest first, so that a longer word is never cut short."""
    return "(?:" + "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w))) + ")"


def compile_pattern(pattern: str, *, where: str) -> re.Pattern[str]:
    """Compile a rule's pattern; a faulty one is reported with the rule's name."""
    try:
        return re.compile(pattern)
    except re.error as error:
        raise RuleError(f"{where}: bad pattern: {error}", remedy="correct the pattern in the rule file") from error


class PatternSet:
    """The patterns of one table of a TOML resource as attributes, each compiled when it is first asked for."""

    def __init__(self, resource: str, table: str) -> None:
        self._resource, self._table = resource, table

    def __getattr__(self, name: str) -> re.Pattern[str]:
        patterns: dict[str, str] = load_toml(self._resource)[self._table]
        if name not in patterns:
            raise RuleError(
                f"{self._resource} [{self._table}]: no pattern {name}", remedy="add the pattern to the table"
            )
        compiled = compile_pattern(patterns[name], where=f"{self._resource} [{self._table}] {name}")
        setattr(self, name, compiled)
        return compiled


@cache
def word_list(resource: str, table: str, name: str) -> tuple[str, ...]:
    """A list of words in a table of a TOML resource."""
    return tuple(load_toml(resource)[table][name])

"""The values of words, from `common/times_values.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from docmine.rulebook import compile_pattern, load_toml

_FILE = "common/times_values.toml"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What words are worth; the comments of the file tell what each table holds."""

    years: Mapping[str, int]
    ahead: Mapping[str, int]
    days: Mapping[str, int]
    parts: Mapping[str, tuple[int, int]]
    halves: Mapping[str, tuple[int, int]]
    year_places: Mapping[str, tuple[int, int]]
    weekdays: Mapping[str, int]
    minutes: Mapping[str, int]
    afternoon: frozenset[str]
    noon: frozenset[str]
    night: frozenset[str]
    month_names: Mapping[str, int]
    first: str
    units: Mapping[str, str]
    bounds: Mapping[str, str]
    month_days: Mapping[str, str]
    each: Mapping[str, str]
    same_day: str
    within: str
    start: tuple[str, ...]
    since: tuple[str, ...]
    half: str
    every_other: str
    ago: str
    last_month: tuple[str, ...]
    limits: tuple[str, ...]
    no_limits: tuple[str, ...]
    one_month: frozenset[str]
    needs_bound: frozenset[str]
    list_join: re.Pattern[str]
    named_day: re.Pattern[str]
    range: re.Pattern[str]
    tense: Mapping[str, re.Pattern[str]]

    def steps_ahead(self, word: str) -> int:
        """How many weeks, months or quarters after the document's the word means: 下周 is 1."""
        return next((steps for head, steps in self.ahead.items() if word.startswith(head)), 0)


@cache
def vocabulary() -> Vocabulary:
    """The tables, read once."""
    data = load_toml(_FILE)
    words = data["words"]
    return Vocabulary(
        years=data["years"],
        ahead=data["ahead"],
        days=data["days"],
        parts=data["parts"],
        halves=data["halves"],
        year_places=data["year_places"],
        weekdays=data["weekdays"],
        minutes=data["clock"]["minutes"],
        afternoon=frozenset(data["clock"]["afternoon"]),
        noon=frozenset(data["clock"]["noon"]),
        night=frozenset(data["clock"]["night"]),
        month_names=data["month_names"],
        first=words["first"],
        units=data["units"],
        bounds=data["bounds"],
        month_days=data["month_days"],
        each=data["each"],
        same_day=words["same_day"],
        within=words["within"],
        start=tuple(words["start"]),
        since=tuple(words["since"]),
        half=words["half"],
        every_other=words["every_other"],
        ago=words["ago"],
        last_month=tuple(words["last_month"]),
        limits=tuple(words["limits"]),
        no_limits=tuple(words["no_limits"]),
        one_month=frozenset(words["one_month"]),
        needs_bound=frozenset(words["needs_bound"]),
        list_join=compile_pattern(words["list_join"], where=_FILE),
        named_day=compile_pattern(words["named_day"], where=_FILE),
        range=compile_pattern(words["range"], where=_FILE),
        tense={name: compile_pattern(text, where=_FILE) for name, text in data["tense"].items()},
    )

"""The words of time of `common/timex.toml`: tokens, tried where one of their first characters stands, and tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from docmine.errors import RuleError
from docmine.rulebook import PatternSet, any_of, load_toml
from docmine.rulebook.festivals import festival_names
from docmine.rulebook.timerules import Part, part_of

_FILE = "common/timex.toml"
_NUMBER = "0123456789〇零○一二两三四五六七八九十百千万廿卅"
JOINTS = PatternSet(_FILE, "joints")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of time in a text: its kind, where it stands, and what its pattern's groups caught."""

    kind: str
    start: int
    end: int
    caught: Mapping[str, str]

    def get(self, name: str, default: str = "") -> str:
        """What the group caught."""
        return self.caught.get(name, default)


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The tokens by first character, and the tables of the file."""

    by_char: Mapping[str, tuple[tuple[str, Part], ...]]
    tables: Mapping[str, Any]

    def tokens_at(self, text: str, start: int) -> list[Token]:
        """What stands at `start`, longest first; the file's order decides between equals."""
        found: list[Token] = []
        for kind, part in self.by_char.get(text[start], ()):
            match = part.match(text, start)
            if match is not None:
                found.append(Token(kind, start, match[0], match[1]))
        if len(found) > 1:
            found.sort(key=lambda token: -token.end)
        return found


@cache
def time_words() -> TimeWords:
    """The words that docmine ships, read once."""
    data = load_toml(_FILE)
    fragments = {"festival": any_of(festival_names()), "era": any_of(list(data["eras"])), **data["fragments"]}
    by_char: dict[str, list[tuple[str, Part]]] = {}
    for number, row in enumerate(data["tokens"]):
        part = part_of(f"{row['kind']}.{number}", row, fragments)
        for char in _starts(row, data):
            by_char.setdefault(char, []).append((row["kind"], part))
    return TimeWords({char: tuple(parts) for char, parts in by_char.items()}, data)


def _starts(row: Mapping[str, Any], data: Mapping[str, Any]) -> set[str]:
    starts = row.get("starts", "")
    if not starts:
        raise RuleError(f"{_FILE}: token {row.get('kind')} has no starts", remedy="name its first characters")
    if starts == "<era>":
        return {name[0] for name in data["eras"]}
    if starts == "<festival>":
        return {name[0] for name in festival_names()}
    return set(starts.replace("#", _NUMBER))

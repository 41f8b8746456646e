"""The rules about boilerplate in `common/boilerplate.toml`, compiled, with the automata that find their cues."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

import ahocorasick_rs

from docmine.errors import RuleError
from docmine.rulebook import compile_pattern, load_toml

RESOURCE = "common/boilerplate.toml"
STEPS = ("sharing_site", "web_boilerplate", "forum_junk")
Scope = Literal["line", "part", "list"]
Place = Literal["any", "top", "bottom", "edge"]
LINE_MOST = 120  # characters of a line that rules are tried on, unless they name another limit


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule of the resource. `step` names the cleaning step that it belongs to."""

    id: str
    step: str
    scope: Scope
    place: Place
    most: int
    cues: tuple[str, ...]
    pattern: re.Pattern[str]
    finds: tuple[str, ...]
    skips: tuple[str, ...]

    def matches(self, line: str) -> bool:
        """Whether the rule would take out the folded line or a part of it (the place in the text aside)."""
        if not any(cue in line for cue in self.cues):
            return False
        return self.is_whole(line.strip()) if self.scope != "part" else bool(self.parts(line))

    def is_whole(self, line: str) -> bool:
        """Whether the rule takes out this line, given without blanks at its ends."""
        return self.scope != "part" and len(line) <= self.most and self.pattern.fullmatch(line) is not None

    def parts(self, line: str) -> list[tuple[int, int]]:
        """What the rule takes out of the line."""
        if self.scope != "part" or len(line) > self.most:
            return []
        return [match.span() for match in self.pattern.finditer(line) if match[0]]


class Cues:
    """Finds in one pass which of many words stand in a text, and to whom they belong."""

    def __init__(self, owners: Iterable[tuple[str, Iterable[str]]]) -> None:
        by_cue: dict[str, list[str]] = {}
        for owner, cues in owners:
            for cue in cues:
                by_cue.setdefault(cue, []).append(owner)
        self._automaton = ahocorasick_rs.AhoCorasick(list(by_cue))
        self._owners = list(by_cue.values())

    def find(self, text: str) -> list[tuple[int, list[str]]]:
        """(offset, owners of the cue there) in reading order."""
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return [(start, self._owners[cue]) for cue, start, _ in hits]


@cache
def rules(step: str) -> dict[str, Rule]:
    """The rules of a step by id, in the order of the resource."""
    return {rule.id: rule for rule in map(_rule, load_toml(RESOURCE)["rule"]) if rule.step == step}


@cache
def rule_cues(step: str) -> Cues:
    """The cues of one step's rules."""
    return Cues((rule.id, rule.cues) for rule in rules(step).values())


@cache
def step_cues() -> Cues:
    """The cues of all steps, to learn in one pass which steps have anything to do."""
    return Cues((step, dict.fromkeys(cue for r in rules(step).values() for cue in r.cues)) for step in STEPS)


def _rule(raw: dict[str, Any]) -> Rule:
    where = f"{RESOURCE} {raw.get('id', '?')}"
    try:
        rule = Rule(
            id=raw["id"],
            step=raw["step"],
            scope=raw.get("scope", "line"),
            place=raw.get("place", "any"),
            most=raw.get("most", LINE_MOST),
            cues=tuple(raw["cues"]),
            pattern=compile_pattern(raw["pattern"], where=where),
            finds=tuple(raw["finds"]),
            skips=tuple(raw["skips"]),
        )
    except KeyError as error:
        raise RuleError(f"{where}: {error} is missing", remedy="add the field to the rule") from error
    for value, allowed in ((rule.step, STEPS), (rule.scope, get_args(Scope)), (rule.place, get_args(Place))):
        if value not in allowed:
            raise RuleError(f"{where}: {value!r} is none of {', '.join(allowed)}", remedy="correct the rule")
    return rule

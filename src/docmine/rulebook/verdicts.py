"""Rules that tell which time expressions limit a directive: `common/deadlines.toml`, compiled."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from docmine.errors import RuleError
from docmine.rulebook import compile_pattern, load_toml
from docmine.rulebook.timerules import expand

FILE = "common/deadlines.toml"
Find = Callable[[str], object]
Tests = tuple[Find | None, Find | None, Find | None]  # inside, after and before the expression
# A rule's signs, its tests once they are compiled, its verdict, and the rule.
Check = tuple[frozenset[str], Tests | None, tuple[bool, str], "VerdictRule"]
_TESTS = frozenset(
    ("kinds", "bounds", "force", "bare", "quoted", "past", "exact", "inside", "before", "after", "signs")
)
_FIELDS = _TESTS | {"id", "holds", "finds", "skips"}


@dataclass(frozen=True, slots=True, eq=False)
class VerdictRule:
    """One rule: what must hold of an expression and its surroundings, and whether it is then a deadline.

    An unset test (None, no kinds, or an empty pattern) is passed by everything. `signs` are characters one of which
    stands in or around what the rule fits. `exact` asks for a named day, `past` for a day before the document's,
    `quoted` for a place inside 《》. Patterns are compiled when they are first tried.
    """

    id: str
    holds: bool
    kinds: frozenset[str] = frozenset()
    bounds: frozenset[str] = frozenset()
    force: frozenset[str] = frozenset()
    bare: bool | None = None
    quoted: bool | None = None
    past: bool | None = None
    exact: bool | None = None
    inside: str = ""
    before: str = ""
    after: str = ""
    signs: frozenset[str] = frozenset()
    finds: tuple[str, ...] = ()
    skips: tuple[str, ...] = ()

    def tests(self) -> Tests:
        """The compiled tests inside, after and before the expression."""
        inside, after, before = (
            compile_pattern(pattern, where=f"{FILE}: {self.id}") if pattern else None
            for pattern in (self.inside, self.after, self.before)
        )
        return inside and inside.search, after and after.match, before and before.search


@cache
def sign_finder() -> re.Pattern[str]:
    """Finds the characters that are a sign of any rule."""
    return re.compile(f"[{re.escape(''.join(sorted(frozenset[str]().union(*(r.signs for r in verdict_rules())))))}]")


@cache
def verdict_rules() -> tuple[VerdictRule, ...]:
    """The rules in their order, read once."""
    data = load_toml(FILE)
    return tuple(_compile(row, data["fragments"]) for row in data["rules"])


@cache
def checks_about(
    kind: str, bound: str | None, force: str, bare: bool, quoted: bool, past: bool, exact: bool
) -> list[Check]:
    """What remains to be tested of expressions of this sort, for each rule about them in its order.

    Whoever first needs the tests of a rule puts them into the list (`ready`).
    """
    return [
        (rule.signs, None, (rule.holds, rule.id), rule)
        for rule in verdict_rules()
        if (not rule.kinds or kind in rule.kinds)
        and (not rule.bounds or bound in rule.bounds)
        and (not rule.force or force in rule.force)
        and (rule.bare is None or rule.bare == bare)
        and (rule.quoted is None or rule.quoted == quoted)
        and (rule.past is None or rule.past == past)
        and (rule.exact is None or rule.exact == exact)
    ]


def ready(checks: list[Check], number: int) -> Tests:
    """Compile the tests of a check, and keep them in the list."""
    signs, _, verdict, rule = checks[number]
    tests = rule.tests()
    checks[number] = signs, tests, verdict, rule
    return tests


def _compile(row: Mapping[str, Any], fragments: Mapping[str, str]) -> VerdictRule:
    name = str(row.get("id", "rule without id"))
    unknown = sorted(set(row) - _FIELDS)
    if unknown or not row.get("finds") or not row.get("skips") or not isinstance(row.get("holds"), bool):
        told = f"unknown fields {', '.join(unknown)}" if unknown else "holds, finds and skips are needed"
        raise RuleError(f"{FILE}: {name}: {told}", remedy="see the head of the file for the fields")

    def pattern(key: str) -> str:
        text = expand(row.get(key, ""), fragments, where=f"{FILE}: {name}")
        return f"(?:{text})$" if text and key == "before" else text

    return VerdictRule(
        id=name,
        holds=row["holds"],
        kinds=frozenset(row.get("kinds", ())),
        bounds=frozenset(row.get("bounds", ())),
        force=frozenset(row.get("force", ())),
        bare=row.get("bare"),
        quoted=row.get("quoted"),
        past=row.get("past"),
        exact=row.get("exact"),
        inside=pattern("inside"),
        before=pattern("before"),
        after=pattern("after"),
        signs=frozenset(row.get("signs", "")),
        finds=tuple(row["finds"]),
        skips=tuple(row["skips"]),
    )

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
_TESTS = frozenset(
    ("kinds", "bounds", "force", "bare", "quoted", "past", "exact", "inside", "before", "after", "signs")
)
_FIELDS = _TESTS | {"id", "holds", "finds", "skips"}


@dataclass(frozen=True, slots=True, eq=False)
class VerdictRule:
    """One rule: what must hold of an expression and its surroundings, and whether it is then a deadline.

    An unset test (None, or no kinds) is passed by everything. `signs` are characters one of which stands in or around
    what the rule fits. `exact` asks for a named day, `past` for a day before
    the document's, `quoted` for a place inside 《》.
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
    inside: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    signs: frozenset[str] = frozenset()
    finds: tuple[str, ...] = ()
    skips: tuple[str, ...] = ()


@cache
def sign_finder() -> re.Pattern[str]:
    """Finds the characters that are a sign of any rule."""
    return re.compile(f"[{re.escape(''.join(sorted(frozenset[str]().union(*(r.signs for r in verdict_rules())))))}]")


Find = Callable[[str], object]
# The rule's signs, its tests inside, after and before the expression, and its verdict.
Check = tuple[frozenset[str], Find | None, Find | None, Find | None, tuple[bool, str]]


@cache
def verdict_rules() -> tuple[VerdictRule, ...]:
    """The rules in their order, compiled once."""
    data = load_toml(FILE)
    return tuple(_compile(row, data["fragments"]) for row in data["rules"])


@cache
def checks_about(
    kind: str, bound: str | None, force: str, bare: bool, quoted: bool, past: bool, exact: bool
) -> tuple[Check, ...]:
    """What remains to be tested of expressions of this sort, for each rule about them in its order."""
    return tuple(
        (
            rule.signs,
            rule.inside.search if rule.inside else None,
            rule.after.match if rule.after else None,
            rule.before.search if rule.before else None,
            (rule.holds, rule.id),
        )
        for rule in verdict_rules()
        if (not rule.kinds or kind in rule.kinds)
        and (not rule.bounds or bound in rule.bounds)
        and (not rule.force or force in rule.force)
        and (rule.bare is None or rule.bare == bare)
        and (rule.quoted is None or rule.quoted == quoted)
        and (rule.past is None or rule.past == past)
        and (rule.exact is None or rule.exact == exact)
    )


def _compile(row: Mapping[str, Any], fragments: Mapping[str, str]) -> VerdictRule:
    name = str(row.get("id", "rule without id"))
    unknown = sorted(set(row) - _FIELDS)
    if unknown or not row.get("finds") or not row.get("skips") or not isinstance(row.get("holds"), bool):
        told = f"unknown fields {', '.join(unknown)}" if unknown else "holds, finds and skips are needed"
        raise RuleError(f"{FILE}: {name}: {told}", remedy="see the head of the file for the fields")

    def pattern(key: str) -> re.Pattern[str] | None:
        text = expand(row.get(key, ""), fragments, where=f"{FILE}: {name}")
        if not text:
            return None
        return compile_pattern(f"(?:{text})$" if key == "before" else text, where=f"{FILE}: {name}")

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

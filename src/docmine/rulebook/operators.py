"""The operators of resources/common/operators.toml as one compiled pattern."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from docmine.rulebook import compile_pattern, load_toml
from docmine.schema.findings import Force


@dataclass(frozen=True, slots=True)
class Operator:
    """A word that orders, forbids, recommends, asks or promises. `weak` ones need a party or an ordering context."""

    id: str
    pattern: str
    force: Force
    strength: int
    weak: bool
    finds: tuple[str, ...]
    skips: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """An operator at `start`–`end` of the text that was searched."""

    operator: Operator
    start: int
    end: int
    text: str


@cache
def operators() -> tuple[Operator, ...]:
    """All operators in the order of the file; at one place the first that fits wins."""
    rows: list[dict[str, Any]] = load_toml("common/operators.toml")["operator"]
    return tuple(
        Operator(
            r["id"], r["pattern"], cast("Force", r["force"]), int(r["strength"]), bool(r.get("weak")),
            tuple(r["finds"]), tuple(r["skips"]),
        )
        for r in rows
    )  # fmt: skip


@cache
def _combined() -> re.Pattern[str]:
    whole = "|".join(f"(?P<o{i}>{op.pattern})" for i, op in enumerate(operators()))
    try:
        return re.compile(whole)
    except re.error:
        for op in operators():  # only now: compiling each to name the faulty one costs as much again
            compile_pattern(op.pattern, where=f"common/operators.toml {op.id}")
        raise


@cache
def _first() -> re.Pattern[str]:
    return re.compile(f"[{load_toml('common/operators.toml')['first']}]")


def hits(norm: str, start: int, end: int) -> list[Hit]:
    """Operators in norm[start:end], left to right, none overlapping."""
    found: list[Hit] = []
    at = start
    while candidate := _first().search(norm, at, end):
        match = _combined().match(norm, candidate.start(), end)
        at = candidate.start() + 1
        if match and match.lastgroup and match.end() > match.start():
            found.append(Hit(operators()[int(match.lastgroup[1:])], match.start(), match.end(), match.group()))
            at = match.end()
    return found

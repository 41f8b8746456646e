"""Every boilerplate rule finds its own examples and leaves its counter-examples alone."""

from __future__ import annotations

import pytest

from docmine.intake.cleaning.rules import STEPS, Rule, rules
from docmine.rulebook.folding import fold

RULES = [rule for step in STEPS for rule in rules(step).values()]
FINDS = [(rule, line) for rule in RULES for line in rule.finds]
SKIPS = [(rule, line) for rule in RULES for line in rule.skips]


def name(value: object) -> str:
    return value.id if isinstance(value, Rule) else str(value)[:12]


def test_ids_are_unique() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES) >= 25


def test_every_rule_has_examples() -> None:
    assert all(rule.finds and rule.skips for rule in RULES)


@pytest.mark.parametrize(("rule", "line"), FINDS, ids=name)
def test_finds(rule: Rule, line: str) -> None:
    assert rule.matches(fold(line))


@pytest.mark.parametrize(("rule", "line"), SKIPS, ids=name)
def test_skips(rule: Rule, line: str) -> None:
    assert not rule.matches(fold(line))

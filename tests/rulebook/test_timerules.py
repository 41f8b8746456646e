"""Rule files: fragments, triggers, windows, and the mistakes that are told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from docmine.errors import RuleError
from docmine.mining.extract.times import find_times
from docmine.rulebook.timerules import RULES, compile_time_rules, expand, load_time_rules, time_rules
from docmine.schema.findings import Reference

RULE: dict[str, Any] = {
    "id": "x",
    "means": "vague",
    "pattern": "择日",
    "triggers": ["择日"],
    "finds": [{"text": "择日"}],
    "skips": ["改日"],
}


@pytest.mark.parametrize(
    ("pattern", "expanded"),
    [
        ("a {b} c", "axyc"),
        ("{n:p}", "(?P<p_n>[0-9]{1,2})"),
        ("{deep:q}", "<(?P<q_n>[0-9]{1,2})>"),
        ("[0-9]{1,3}", "[0-9]{1,3}"),
    ],
)
def test_fragments(pattern: str, expanded: str) -> None:
    fragments = {"b": "x y", "n": "(?P<n>[0-9]{1,2})", "deep": "<{n}>"}
    assert expand(pattern, fragments, where="t") == expanded


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"pattern": "{nowhere}"}, r"x: unknown fragment \{nowhere\}"),
        ({"pattern": "(择日)"}, "x: unnamed group"),
        ({"pattern": ""}, "x: id or pattern missing"),
        ({"finds": []}, "x: finds missing"),
        ({"skips": []}, "x: skips missing"),
        ({"begins": ["y"], "ends": ["x"]}, "x: no rule or part y"),
    ],
)
def test_a_faulty_rule_is_named(change: dict[str, Any], told: str) -> None:
    with pytest.raises(RuleError, match=told):
        compile_time_rules([{"rules": [RULE | change]}])


def test_fragments_in_a_circle_are_told() -> None:
    with pytest.raises(RuleError, match="nest too deep"):
        expand("{a}", {"a": "{b}", "b": "{a}"}, where="t")


def test_a_users_file_adds_and_overrides(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        '[[rules]]\nid = "mine"\nmeans = "vague"\npattern = "择日"\ntriggers = ["择日"]\nfinds = [{text = "择日"}]\nskips = ["改日"]\n'
        '[[rules]]\nid = "word.vague"\nmeans = "vague"\npattern = "从速"\ntriggers = ["从速"]\nfinds = [{text = "从速"}]\nskips = ["尽快"]\n',
        encoding="utf-8",
    )
    rules = load_time_rules([file])
    text = "择日安排，从速办理，尽快答复。"
    assert [t.rule for t in find_times(text, Reference(dt.date(2021, 9, 14)), rules=rules)] == ["mine", "word.vague"]


def test_a_bad_pattern_of_a_user_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        '[[rules]]\nid = "mine"\nmeans = "vague"\npattern = "择日)"\ntriggers = ["择"]\nfinds = [{text = "择日"}]\nskips = ["改日"]\n',
        encoding="utf-8",
    )
    with pytest.raises(RuleError, match="mine: bad pattern"):
        load_time_rules([file])


def test_broken_toml_names_the_file(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("[[rules]\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"mine\.toml"):
        load_time_rules([file])


def test_an_unknown_production_is_told() -> None:
    rules = compile_time_rules([{"rules": [RULE | {"means": "magic"}]}])
    with pytest.raises(RuleError, match="no production 'magic'"):
        find_times("择日安排", Reference(), rules=rules)


def test_ids_are_unique_and_patterns_compile() -> None:
    rules = time_rules().rules
    assert len({rule.id for rule in rules}) == len(rules) > 30
    for rule in rules:
        for part in (rule.part, *rule.begins, *rule.ends):
            assert part.pattern()
    assert len(RULES) == 3

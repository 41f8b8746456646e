"""Every time rule finds and skips what it says; every verdict rule decides what it says."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from docmine.mining.extract.times import find_times, is_deadline
from docmine.rulebook import load_toml
from docmine.rulebook.timerules import TimeRule, time_rules
from docmine.rulebook.verdicts import VerdictRule, verdict_rules
from docmine.schema.findings import Reference, TimeExpression
from timecases import unmarked

STATED = load_toml("common/times.toml")["examples"]
REFERENCE = Reference(dt.date.fromisoformat(STATED["date"]), dt.date.fromisoformat(STATED["meeting_date"]))
RULES = time_rules().rules
VERDICTS = verdict_rules()


def values(time: TimeExpression) -> dict[str, Any]:
    offset = {"value": time.offset.value, "unit": time.offset.unit} if time.offset else {}
    fields = ("kind", "due", "begin", "recurrence", "warning", "anchor", "rolled_due", "clock")
    return {name: getattr(time, name) for name in fields} | offset


@pytest.mark.parametrize(
    ("rule", "example"), [pytest.param(r, f, id=f"{r.id}:{f['text']}") for r in RULES for f in r.finds]
)
def test_rule_finds(rule: TimeRule, example: dict[str, Any]) -> None:
    times = find_times(example["text"], REFERENCE)
    if example.get("none") or "only" in example:  # a mask hides what looks like a time
        assert [time.rule for time in times] == ([example["only"]] if "only" in example else [])
        return
    time = next(t for t in times if t.rule == rule.id and t.span.text(example["text"]) == example["span"])
    wanted = {key: value for key, value in example.items() if key not in ("text", "span")}
    assert {key: values(time)[key] for key in wanted} == wanted


@pytest.mark.parametrize(("rule", "text"), [pytest.param(r, s, id=f"{r.id}:{s}") for r in RULES for s in r.skips])
def test_rule_skips(rule: TimeRule, text: str) -> None:
    assert rule.id not in [time.rule for time in find_times(text, REFERENCE)]


def decisions(example: str) -> list[tuple[bool, str]]:
    text, spans = unmarked(example)
    times = [time for span in spans for time in find_times(text, REFERENCE) if time.span.overlaps(span)]
    assert len(times) == len(spans)
    return [is_deadline(time, text, force="obligation") for time in times]


@pytest.mark.parametrize(("rule", "example"), [pytest.param(r, f, id=f"{r.id}:{f}") for r in VERDICTS for f in r.finds])
def test_verdict_finds(rule: VerdictRule, example: str) -> None:
    assert set(decisions(example)) == {(rule.holds, rule.id)}


@pytest.mark.parametrize(("rule", "example"), [pytest.param(r, s, id=f"{r.id}:{s}") for r in VERDICTS for s in r.skips])
def test_verdict_skips(rule: VerdictRule, example: str) -> None:
    assert rule.id not in [name for _, name in decisions(example)]


def test_verdict_ids_are_unique() -> None:
    assert len({rule.id for rule in VERDICTS}) == len(VERDICTS)

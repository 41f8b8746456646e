"""What spares the engine trying rules changes nothing: results are the same with and without `needs` and `signs`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docmine.mining.extract.times import events as event_words
from docmine.mining.extract.times import find_times, is_deadline, verdict
from docmine.rulebook import load_toml
from docmine.rulebook.folding import fold
from docmine.rulebook.timerules import RULES, compile_time_rules, time_rules
from docmine.rulebook.verdicts import checks_about, verdict_rules
from docmine.schema.findings import Reference

DOCUMENTS = sorted((Path(__file__).parents[2] / "corpus" / "documents").glob("*.txt"))
RULE_TEXTS = [find["text"] for rule in time_rules().rules for find in rule.finds]
VERDICT_TEXTS = [re.sub("[【】]", "", text) for rule in verdict_rules() for text in (*rule.finds, *rule.skips)]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [fold(path.read_text(encoding="utf-8")) for path in DOCUMENTS] + RULE_TEXTS + VERDICT_TEXTS


def test_needs_hide_no_time(texts: list[str]) -> None:
    tables = [load_toml(name) for name in RULES]
    bare = [{**table, "rules": [{**rule, "needs": ""} for rule in table.get("rules", ())]} for table in tables]
    rules = compile_time_rules(bare)
    assert any(rule.needs for rule in time_rules().rules)
    for text in texts:
        assert find_times(text, Reference()) == find_times(text, Reference(), rules=rules)


def test_signs_change_no_verdict(texts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(time, text) for text in texts for time in find_times(text, Reference())]
    told = [is_deadline(time, text, force="obligation") for time, text in found]

    def without_signs(*sort: object) -> list[tuple[object, ...]]:
        return [(frozenset(), *rest) for _, *rest in checks_about(*sort)]  # type: ignore[arg-type]

    assert any(rule.signs for rule in verdict_rules())
    monkeypatch.setattr(verdict, "checks_about", without_signs)
    assert [is_deadline(time, text, force="obligation") for time, text in found] == told


def test_lead_words_end_as_the_list_of_their_ends_says(texts: list[str]) -> None:
    lead = event_words.words().lead
    for text in texts:
        for at in range(1, len(text)):
            match = lead.search(text, max(0, at - 9), at)
            assert match is None or match.end() < at or text[at - 1] in event_words.words().lead_ends

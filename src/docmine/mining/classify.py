"""What a sentence does that is no directive, and how checkable a directive's result is."""

from __future__ import annotations

import re
from functools import cache

from docmine.mining.context import Mood, patterns
from docmine.rulebook import compile_pattern, load_toml
from docmine.schema.document import Stretch


@cache
def _functions() -> list[tuple[str, re.Pattern[str]]]:
    rows = load_toml("common/functions.toml")["function"]
    return [(r["function"], compile_pattern(r["pattern"], where=f"functions.toml {r['function']}")) for r in rows]


@cache
def _concreteness() -> tuple[re.Pattern[str], re.Pattern[str]]:
    raw = load_toml("common/functions.toml")["concrete"]
    return (
        compile_pattern(raw["result"], where="functions.toml concrete.result"),
        compile_pattern(raw["slogan"], where="functions.toml concrete.slogan"),
    )


def function_of(text: str, stretch: Stretch, mood: Mood) -> str:
    """The function of a sentence without a directive: heading, etiquette, report, finding, measure, fact…"""
    if stretch.role in ("title", "heading"):
        return "heading"
    if stretch.role in ("head", "particulars", "foot"):
        return "agenda" if "议" in text[:6] else "background"
    if stretch.column == "finding":
        return "finding"
    if stretch.column == "measure":
        return "measure"
    if stretch.column == "problem" or mood == "letter":
        return "fact"
    if patterns()["etiquette"].search(text):
        return "etiquette"
    for name, pattern in _functions():
        if pattern.search(text):
            return name
    return "report" if patterns()["past"].search(text) else "background"


def concreteness(text: str, *, dated: bool, owned: bool) -> str:
    """concrete, partial or slogan: has the directive a result that somebody can check?"""
    result, slogan = _concreteness()
    if dated or (owned and result.search(text)):
        return "concrete"
    if slogan.search(text) and not result.search(text):
        return "slogan"
    return "partial"

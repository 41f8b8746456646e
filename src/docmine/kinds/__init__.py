"""WHICH TEXT: the genre of a document, with the evidence for it."""

from __future__ import annotations

import re
from functools import cache

from docmine.rulebook import compile_pattern, load_toml

HEAD_CHARS = 1200  # the genre shows in the title and in the first and last sentences


@cache
def _rules() -> list[tuple[str, str, re.Pattern[str], str, float]]:
    rows = load_toml("common/kinds.toml")["rule"]
    return [
        (
            r["id"],
            r["kind"],
            compile_pattern(r["pattern"], where=f"kinds.toml {r['id']}"),
            r.get("where", "text"),
            float(r["weight"]),
        )
        for r in rows
    ]


def detect_kind(norm: str, title: str, *, has_case_table: bool = False) -> tuple[str, float, tuple[str, ...]]:
    """(kind, score 0–1, rule ids) of a document, by summed weights of cues in title, opening, closing or whole text."""
    places = {"title": title, "head": norm[:HEAD_CHARS], "tail": norm[-400:], "text": norm}
    weights: dict[str, float] = {}
    evidence: dict[str, list[str]] = {}
    for rule_id, kind, pattern, where, weight in _rules():
        if pattern.search(places[where]):
            weights[kind] = weights.get(kind, 0.0) + weight
            evidence.setdefault(kind, []).append(rule_id)
    if has_case_table:
        weights["case_table"] = weights.get("case_table", 0.0) + 3.0
        evidence.setdefault("case_table", []).append("kind.case_columns")
    if not weights:
        return ("other", 0.3, ())
    kind = max(sorted(weights), key=lambda k: weights[k])
    return (kind, round(weights[kind] / (sum(weights.values()) + 1.0), 3), tuple(evidence[kind]))

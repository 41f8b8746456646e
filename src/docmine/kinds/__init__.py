"""WHICH TEXT: the genre of a document, with the evidence for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from docmine.rulebook import compile_pattern, load_toml
from docmine.rulebook.linear import LinearModel, Row

HEAD_CHARS = 1200  # the genre shows in the title and in the first and last sentences
SEEN_HEAD, SEEN_TAIL = 240, 120  # characters whose runs the model looks at
MODEL_RULE = "model.kinds"


@dataclass(frozen=True, slots=True)
class Kind:
    """A document's genre: its name, a score from 0 to 1, and the ids of the rules, or the model, that say so.

    `cues` are all rules that found something, also those for other genres.
    """

    name: str
    score: float
    evidence: tuple[str, ...]
    cues: tuple[str, ...] = ()


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


def detect_kind(norm: str, title: str, *, has_case_table: bool = False, model: LinearModel | None = None) -> Kind:
    """The genre of a document: by the rules, or by what the model makes of the rules' cues and of the wording."""
    kind = kind_by_rules(norm, title, has_case_table=has_case_table)
    if model is None:
        return kind
    likely = model.probabilities([kind_row(norm, title, kind)])[0]
    best = int(likely.argmax())
    return Kind(model.classes[best], round(float(likely[best]), 3), (MODEL_RULE,), kind.cues)


def kind_by_rules(norm: str, title: str, *, has_case_table: bool = False) -> Kind:
    """The genre with the heaviest cues in title, opening, closing or whole text."""
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
        return Kind("other", 0.3, ())
    kind = max(sorted(weights), key=lambda k: weights[k])
    score = round(weights[kind] / (sum(weights.values()) + 1.0), 3)
    return Kind(kind, score, tuple(evidence[kind]), tuple(rule for rules in evidence.values() for rule in rules))


def kind_row(norm: str, title: str, kind: Kind) -> Row:
    """What the model of genres is told: title, opening, closing, the rules' cues and their choice."""
    lines = norm.split("\n")
    traits = [
        f"rules={kind.name}",
        *(f"cue={rule}" for rule in kind.cues),
        f"length={min(len(norm) // 300, 8)}",
        f"colons={min(10 * norm.count('：') // max(len(lines), 1), 12)}",
        f"titled={bool(title)}",
    ]
    return Row((title, norm[:SEEN_HEAD], norm[-SEEN_TAIL:]), tuple(traits))

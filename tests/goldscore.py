"""Scores records against annotations: four measures, by the counting rules that corpus/README.md states.

Characters that are white space, punctuation or cleaned-away noise don't count. Directives and deadlines match where
the intersection over union of their characters is at least 0.5, parties where it is at least 0.6, one to one, the
best first. What lies mostly in a headline or in an `ignore` span counts neither for nor against.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

MEASURES = ("directive", "deadline.value", "responsibility.role", "link")
Plain = Mapping[str, Any]
Chars = frozenset[int]


class Counts(NamedTuple):
    """Matched, predicted, gold."""

    matched: int
    predicted: int
    gold: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where nothing matched."""
        return 2 * self.matched / (self.predicted + self.gold) if self.matched else 0.0

    def plus(self, other: Counts) -> Counts:
        """Both counts added up."""
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))


class Page:
    """The characters of a text that count."""

    def __init__(self, gold: Plain, text: str) -> None:
        hidden = {i for noise in gold.get("noise", ()) for i in range(noise["start"], noise["end"])}
        self._counts = [unicodedata.category(c)[0] not in "PZCS" and i not in hidden for i, c in enumerate(text)]
        heads = [d for d in gold["directives"] if d.get("heading")]
        self.ignored = Chars().union(*(self.of(span) for span in (*gold.get("ignore", ()), *heads)))

    def of(self, span: Plain) -> Chars:
        """The places of the span's characters that count."""
        return frozenset(
            i for i in range(max(span["start"], 0), min(span["end"], len(self._counts))) if self._counts[i]
        )

    def judged(self, predicted: Sequence[Chars], matched: Iterable[int]) -> int:
        """How many predictions count: those matched, and those that don't lie mostly in what is left out."""
        taken = set(matched)
        return sum(i in taken or (p and 2 * len(p & self.ignored) <= len(p)) for i, p in enumerate(predicted))


def match(gold: Sequence[Chars], predicted: Sequence[Chars], least: float) -> dict[int, int]:
    """Gold index → predicted index, one to one, best intersection over union first."""
    pairs = [
        (-len(g & p) / len(g | p), i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(predicted)
        if g & p and len(g & p) / len(g | p) >= least
    ]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(pairs):
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found


def score_document(gold: Plain, record: Plain, text: str) -> dict[str, Counts]:
    """The counts of each measure for one document."""
    page = Page(gold, text)
    directives = [d for d in gold["directives"] if not d.get("heading")]
    deadlines = [(t, k) for k, d in enumerate(directives) for t in d.get("deadlines", ())]
    deadlines += [(t, None) for t in gold.get("loose_deadlines", ())]
    actors = [(a, k) for k, d in enumerate(directives) for a in d.get("actors", ())]
    stated = [r for r in record["responsibilities"] if not r["inherited"]]

    def compare(golds: Sequence[Plain], predicted: Sequence[Plain], least: float) -> tuple[dict[int, int], int]:
        places = [page.of(p["span"]) for p in predicted]
        found = match([page.of(g) for g in golds], places, least)
        return found, page.judged(places, found.values())

    found_d, count_d = compare(directives, record["directives"], 0.5)
    found_t, count_t = compare([t for t, _ in deadlines], record["deadlines"], 0.5)
    found_r, count_r = compare([a for a, _ in actors], stated, 0.6)
    owner = {record["directives"][j]["id"]: i for i, j in found_d.items()}

    def linked(found: dict[int, int], golds: Sequence[tuple[Plain, int | None]], predicted: Sequence[Plain]) -> int:
        return sum(owner.get(predicted[j]["directive"], -1) == golds[i][1] for i, j in found.items())

    right_times = sum(same_value(deadlines[i][0], record["deadlines"][j]) for i, j in found_t.items())
    right_roles = sum(actors[i][0]["role"] == stated[j]["role"] for i, j in found_r.items())
    links = linked(found_t, deadlines, record["deadlines"]) + linked(found_r, actors, stated)
    owned = sum(k is not None for _, k in deadlines)
    return {
        "directive": Counts(len(found_d), count_d, len(directives)),
        "deadline.value": Counts(right_times, count_t, len(deadlines)),
        "responsibility.role": Counts(right_roles, count_r, len(actors)),
        "link": Counts(links, count_t + count_r, owned + len(actors)),
    }


def same_value(gold: Plain, predicted: Plain) -> bool:
    """Whether two deadlines say the same time."""
    kind = gold["kind"]
    if kind != predicted["kind"]:
        return False
    if kind == "relative":
        a, b = gold.get("offset") or {}, predicted["offset"] or {}
        return (a.get("value"), a.get("unit")) == (b.get("value"), b.get("unit"))
    if kind == "recurring":
        return _parts(gold.get("recurrence")) == _parts(predicted["recurrence"])
    if kind == "period" and _day(gold.get("begin")) != _day(predicted["begin"]):
        return False
    if kind in ("date", "period"):
        due = gold.get("due") or ""
        return due[:16] == (predicted["due"] or "")[:16] if "T" in due else due[:10] == _day(predicted["due"])
    return True


def _day(iso: str | None) -> str:
    return (iso or "")[:10]


def _parts(rule: str | None) -> set[str]:
    """The parts of an RRULE that name days."""
    clock = ("BYHOUR", "BYMINUTE", "BYSECOND", "WKST")
    parts = (rule or "").upper().removeprefix("RRULE:").split(";")
    return {part for part in parts if part and part != "INTERVAL=1" and not part.startswith(clock)}


def total(rows: Iterable[Mapping[str, Counts]]) -> dict[str, Counts]:
    """The counts of many documents added up, a measure at a time."""
    whole = dict.fromkeys(MEASURES, Counts(0, 0, 0))
    for row in rows:
        whole = {name: whole[name].plus(row[name]) for name in MEASURES}
    return whole

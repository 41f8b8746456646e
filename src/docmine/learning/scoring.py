"""Records against annotations: which directives, deadlines and parties match, and the measures made of that.

Characters that are white space, punctuation, symbols or cleaned-away noise don't count. Directives and deadlines match
where the intersection over union of their characters is at least 0.5, parties where it is at least 0.6, one to one,
the best first. What lies mostly in a headline or in an `ignore` span counts neither for nor against.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

MAIN = ("directive", "deadline.value", "responsibility.role", "link")
MEASURES = (
    "directive",
    "directive.force",
    "directive.chars",
    "deadline",
    "deadline.value",
    "deadline.hard",
    "responsibility",
    "responsibility.role",
    "link",
)
HARD = ("date", "period", "relative", "recurring")  # kinds of deadlines that have a value
DIRECTIVE_IOU = DEADLINE_IOU = 0.5
PARTY_IOU = 0.6
Plain = Mapping[str, Any]
Chars = frozenset[int]


class Counts(NamedTuple):
    """Matched, predicted, gold."""

    matched: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """The share of the predicted that is right."""
        return self.matched / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that is found."""
        return self.matched / self.gold if self.gold else 0.0

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

    def is_judged(self, chars: Chars) -> bool:
        """Whether a prediction that matches nothing counts: it doesn't lie mostly in what is left out."""
        return bool(chars) and 2 * len(chars & self.ignored) <= len(chars)


def match(gold: Sequence[Chars], predicted: Sequence[Chars], least: float) -> dict[int, int]:
    """Gold index → predicted index, one to one, best intersection over union first."""
    holding: dict[int, list[int]] = {}
    for j, places in enumerate(predicted):
        for i in places:
            holding.setdefault(i, []).append(j)
    pairs = []
    for i, g in enumerate(gold):
        for j in {j for c in g for j in holding.get(c, ())}:
            overlap = len(g & predicted[j]) / len(g | predicted[j])
            if overlap >= least:
                pairs.append((-overlap, i, j))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(pairs):
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found


@dataclass(frozen=True)
class Matching:
    """Annotated entries against predicted ones: their characters, what matched what, and which unmatched ones count."""

    gold: Sequence[Plain]
    predicted: Sequence[Plain]
    gold_chars: Sequence[Chars]
    chars: Sequence[Chars]
    pairs: Mapping[int, int]
    spurious: Sequence[int]

    @classmethod
    def of(cls, page: Page, gold: Sequence[Plain], predicted: Sequence[Plain], least: float) -> Matching:
        """Match two lists; predicted entries have a `span`."""
        gold_chars = [page.of(g) for g in gold]
        chars = [page.of(p["span"]) for p in predicted]
        pairs = match(gold_chars, chars, least)
        taken = set(pairs.values())
        spurious = [j for j in range(len(predicted)) if j not in taken and page.is_judged(chars[j])]
        return cls(gold, predicted, gold_chars, chars, pairs, spurious)

    @cached_property
    def missed(self) -> list[int]:
        """The annotated entries that nothing matches."""
        return [i for i in range(len(self.gold)) if i not in self.pairs]

    def counts(self, right: int | None = None) -> Counts:
        """The counts of what matched, or of those of them that are `right`."""
        hits = len(self.pairs) if right is None else right
        return Counts(hits, len(self.pairs) + len(self.spurious), len(self.gold))


@dataclass(frozen=True)
class Comparison:
    """One record against one annotation. In the gold entries `directive` is the index of the directive, or None."""

    page: Page
    directives: Matching
    deadlines: Matching
    parties: Matching

    @classmethod
    def of(cls, gold: Plain, record: Plain, text: str) -> Comparison:
        """Compare a record (as plain data) with the annotation of its text."""
        page = Page(gold, text)
        directives = [d for d in gold["directives"] if not d.get("heading")]
        deadlines = [{**t, "directive": k} for k, d in enumerate(directives) for t in d.get("deadlines", ())]
        deadlines += [{**t, "directive": None} for t in gold.get("loose_deadlines", ())]
        actors = [{**a, "directive": k} for k, d in enumerate(directives) for a in d.get("actors", ())]
        stated = [r for r in record["responsibilities"] if not r["inherited"]]
        return cls(
            page,
            Matching.of(page, directives, record["directives"], DIRECTIVE_IOU),
            Matching.of(page, deadlines, record["deadlines"], DEADLINE_IOU),
            Matching.of(page, actors, stated, PARTY_IOU),
        )

    def is_linked(self, matching: Matching, i: int) -> bool:
        """Whether a matched deadline or party stands at the directive that the annotation gives it to."""
        owner = matching.gold[i]["directive"]
        return owner is not None and self._owner_of(matching.predicted[matching.pairs[i]]["directive"]) == owner

    def _owner_of(self, directive: str) -> int | None:
        """The gold directive that a predicted one was matched with."""
        return self._gold_of.get(directive)

    @cached_property
    def _gold_of(self) -> dict[str, int]:
        return {self.directives.predicted[j]["id"]: i for i, j in self.directives.pairs.items()}

    def measures(self) -> dict[str, Counts]:
        """The counts of each of MEASURES."""
        d, t, r = self.directives, self.deadlines, self.parties
        hard = [i for i in t.pairs if t.gold[i]["kind"] in HARD]
        hard_spurious = sum(t.predicted[j]["kind"] in HARD for j in t.spurious)
        right_times = [i for i, j in t.pairs.items() if same_value(t.gold[i], t.predicted[j])]
        links = sum(self.is_linked(m, i) for m in (t, r) for i in m.pairs)
        owned = sum(each["directive"] is not None for each in t.gold) + len(r.gold)
        said = Chars().union(*d.gold_chars) - self.page.ignored
        found = Chars().union(*d.chars) - self.page.ignored
        return {
            "directive": d.counts(),
            "directive.force": d.counts(sum(d.gold[i]["force"] == d.predicted[j]["force"] for i, j in d.pairs.items())),
            "directive.chars": Counts(len(said & found), len(found), len(said)),
            "deadline": t.counts(),
            "deadline.value": t.counts(len(right_times)),
            "deadline.hard": Counts(
                sum(i in hard for i in right_times),
                len(hard) + hard_spurious,
                sum(each["kind"] in HARD for each in t.gold),
            ),
            "responsibility": r.counts(),
            "responsibility.role": r.counts(
                sum(r.gold[i]["role"] == r.predicted[j]["role"] for i, j in r.pairs.items())
            ),
            "link": Counts(links, t.counts().predicted + r.counts().predicted, owned),
        }


def score_document(gold: Plain, record: Plain, text: str) -> dict[str, Counts]:
    """The counts of each measure for one document."""
    return Comparison.of(gold, record, text).measures()


def same_value(gold: Plain, predicted: Plain) -> bool:
    """Whether two deadlines say the same time."""
    kind = gold["kind"]
    if kind != predicted["kind"]:
        return False
    if kind == "relative":
        a, b = gold.get("offset") or {}, predicted.get("offset") or {}
        return (a.get("value"), a.get("unit")) == (b.get("value"), b.get("unit"))
    if kind == "recurring":
        return _parts(gold.get("recurrence")) == _parts(predicted.get("recurrence"))
    if kind == "period" and _day(gold.get("begin")) != _day(predicted.get("begin")):
        return False
    if kind in ("date", "period"):
        due = gold.get("due") or ""
        said = predicted.get("due") or ""
        return bool(due[:16] == said[:16] if "T" in due else due[:10] == said[:10])
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
    whole = dict.fromkeys(MEASURES, Counts())
    for row in rows:
        whole = {name: whole[name].plus(row[name]) for name in MEASURES}
    return whole


def mean(counts: Mapping[str, Counts]) -> float:
    """The mean of the four main F1 figures."""
    return sum(counts[name].f1 for name in MAIN) / len(MAIN)

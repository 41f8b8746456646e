"""How good the records are on annotated documents: figures with intervals, by genre; confusions; errors by cause."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from docmine.learning.corpus import Annotated
from docmine.learning.scoring import MEASURES, Chars, Comparison, Counts, Matching, mean, same_value, total
from docmine.settings import Settings

NONE = "–"  # stands in a confusion table for what isn't there
DRAWS = 500  # of documents, for the intervals
CERTAINTY = 0.95

Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """One difference between record and annotation. `cause` begins with what it concerns: `directive.missed.whole`."""

    document: str
    cause: str
    text: str
    start: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One document's counts, faults, and pairs of labels (annotated, found) for each confusion table."""

    document: Annotated
    counts: Mapping[str, Counts]
    faults: Sequence[Fault]
    labels: Mapping[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True)
class Evaluation:
    """The results of many documents."""

    results: Sequence[Result] = field(default_factory=tuple)

    @cached_property
    def counts(self) -> dict[str, Counts]:
        """Measure → counts over all documents."""
        return total(result.counts for result in self.results)

    @cached_property
    def mean(self) -> float:
        """The mean of the four main F1 figures."""
        return mean(self.counts)

    def interval(self, figure: Callable[[Mapping[str, Counts]], float]) -> tuple[float, float]:
        """Where the figure lies with CERTAINTY if documents like these are drawn: bootstrap, a fixed seed."""
        draw = random.Random(0)
        rows = [result.counts for result in self.results]
        drawn = sorted(figure(total(draw.choices(rows, k=len(rows)))) for _ in range(DRAWS)) if rows else [0.0]
        cut = int(len(drawn) * (1 - CERTAINTY) / 2)
        return drawn[cut], drawn[-cut - 1]

    def by(self, key: str) -> dict[str, Evaluation]:
        """The documents apart by something told about them: genre, kind, writer, trade, care, decade, level."""
        groups: dict[str, list[Result]] = {}
        for result in self.results:
            groups.setdefault(str(result.document.about.get(key) or NONE), []).append(result)
        return {name: Evaluation(groups[name]) for name in sorted(groups)}

    def confusion(self, table: str) -> Counter[tuple[str, str]]:
        """(annotated, found) → how often. Tables: force, role, deadline, kind, function."""
        return Counter(pair for result in self.results for pair in result.labels.get(table, ()))

    def causes(self) -> list[tuple[str, list[Fault]]]:
        """The faults by cause, the biggest first."""
        groups: dict[str, list[Fault]] = {}
        for result in self.results:
            for fault in result.faults:
                groups.setdefault(fault.cause, []).append(fault)
        return sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))


def evaluate(documents: Iterable[Annotated], *, settings: Settings | None = None) -> Evaluation:
    """Mine annotated documents and compare."""
    return Evaluation([compare(document, record_of(document, settings or Settings())) for document in documents])


def record_of(document: Annotated, settings: Settings) -> dict[str, Any]:
    """The record of a document as plain data, mined as a file of its name would be."""
    from docmine import pipeline

    return pipeline.mine_bytes(document.text.encode("utf-8"), settings=settings, name=document.file).to_dict()


def compare(document: Annotated, record: Plain) -> Result:
    """One record against its annotation."""
    comparison = Comparison.of(document.gold, record, document.text)
    faults = [
        *_directive_faults(document, comparison),
        *_deadline_faults(document, comparison),
        *_party_faults(document, comparison),
    ]
    return Result(document, comparison.measures(), faults, dict(_labels(document, comparison, record)))


def _labels(document: Annotated, found: Comparison, record: Plain) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for table, matching, key in (
        ("force", found.directives, "force"),
        ("role", found.parties, "role"),
        ("deadline", found.deadlines, "kind"),
    ):
        pairs = [(matching.gold[i][key], matching.predicted[j][key]) for i, j in matching.pairs.items()]
        pairs += [(matching.gold[i][key], NONE) for i in matching.missed]
        pairs += [(NONE, matching.predicted[j][key]) for j in matching.spurious]
        yield table, pairs
    if kind := document.about.get("kind"):
        yield "kind", [(kind, record["document"]["kind"])]
    yield "function", list(_functions(document, found, record))


def _functions(document: Annotated, found: Comparison, record: Plain) -> Iterator[tuple[str, str]]:
    """The function annotated for most of each sentence, and the one said. Sentences with a directive are left out."""
    owner: dict[int, str] = {}
    for row in document.gold.get("functions", ()):
        owner |= dict.fromkeys(range(row["start"], row["end"]), row["function"])
    if not owner:
        return
    directed = Chars().union(*found.directives.gold_chars) | found.page.ignored
    for segment in record["segments"]:
        chars = found.page.of(segment["span"])
        if not chars or chars & directed:
            continue
        said = Counter(owner[i] for i in sorted(chars) if i in owner).most_common(1)
        if said:
            yield said[0][0], segment["function"]


def _quote(document: Annotated, entry: Plain) -> str:
    return document.text[entry["start"] : entry["end"]]


def _rule(entry: Plain) -> str:
    reasons = [e["rule"] for e in entry.get("evidence", ()) if not e["rule"].startswith("model.")]
    return reasons[-1] if reasons else NONE


def _directive_faults(document: Annotated, comparison: Comparison) -> Iterator[Fault]:
    d = comparison.directives
    for i, j in d.pairs.items():
        if d.gold[i]["force"] != d.predicted[j]["force"]:
            cause = f"directive.force.{d.gold[i]['force']}_as_{d.predicted[j]['force']}"
            yield Fault(document.name, cause, _quote(document, d.gold[i]), d.gold[i]["start"], _rule(d.predicted[j]))
    for i in d.missed:
        over = [j for j, chars in enumerate(d.chars) if chars & d.gold_chars[i]]
        cause = f"directive.missed.{_shape(d.gold_chars[i], [d.chars[j] for j in over], d.gold_chars)}"
        note = " | ".join(d.predicted[j]["text"] for j in over)
        yield Fault(document.name, cause, _quote(document, d.gold[i]), d.gold[i]["start"], note)
    for j in d.spurious:
        over = [i for i, chars in enumerate(d.gold_chars) if chars & d.chars[j]]
        shape = "part" if over else f"whole.{_rule(d.predicted[j])}"
        cause = f"directive.spurious.{shape}"
        note = " | ".join(_quote(document, d.gold[i]) for i in over)
        yield Fault(document.name, cause, d.predicted[j]["text"], d.predicted[j]["span"]["start"], note)


def _shape(gold: Chars, over: Sequence[Chars], others: Sequence[Chars]) -> str:
    """How found directives miss an annotated one: whole (none is there), joined with others, cut, or another span."""
    if not over:
        return "whole"
    if any(sum(bool(chars & other) for other in others) > 1 for chars in over):
        return "joined"
    return "cut" if len(over) > 1 else "longer" if len(over[0]) > len(gold) else "shorter"


def _deadline_faults(document: Annotated, comparison: Comparison) -> Iterator[Fault]:
    t = comparison.deadlines
    for i, j in t.pairs.items():
        gold, said = t.gold[i], t.predicted[j]
        if not same_value(gold, said):
            values = ("kind", "due", "begin", "offset", "recurrence")
            note = f"{[gold.get(k) for k in values]} – {[said.get(k) for k in values]}"
            yield Fault(document.name, f"deadline.value.{gold['kind']}", _quote(document, gold), gold["start"], note)
        if gold["directive"] is not None and not comparison.is_linked(t, i):
            yield Fault(document.name, "deadline.link", _quote(document, gold), gold["start"])
    yield from _unmatched(document, comparison, t, "deadline", "kind")


def _party_faults(document: Annotated, comparison: Comparison) -> Iterator[Fault]:
    r = comparison.parties
    for i, j in r.pairs.items():
        gold, said = r.gold[i], r.predicted[j]
        if gold["role"] != said["role"]:
            cause = f"party.role.{gold['role']}_as_{said['role']}"
            yield Fault(document.name, cause, _quote(document, gold), gold["start"], _context(document, gold))
        if not comparison.is_linked(r, i):
            yield Fault(document.name, "party.link", _quote(document, gold), gold["start"], _context(document, gold))
    yield from _unmatched(document, comparison, r, "party", "role")


def _unmatched(document: Annotated, comparison: Comparison, matching: Matching, name: str, key: str) -> Iterator[Fault]:
    found = set(comparison.directives.pairs)
    for i in matching.missed:
        gold = matching.gold[i]
        over = any(chars & matching.gold_chars[i] for chars in matching.chars)
        lost = gold["directive"] is not None and gold["directive"] not in found
        shape = "span" if over else "with_directive" if lost else gold[key]
        yield Fault(
            document.name, f"{name}.missed.{shape}", _quote(document, gold), gold["start"], _context(document, gold)
        )
    for j in matching.spurious:
        said = matching.predicted[j]
        over = any(chars & matching.chars[j] for chars in matching.gold_chars)
        homeless = said["directive"] not in {
            comparison.directives.predicted[k]["id"] for k in comparison.directives.pairs.values()
        }
        shape = "span" if over else "with_directive" if homeless else _rule(said)
        yield Fault(
            document.name,
            f"{name}.spurious.{shape}",
            _quote(document, said["span"]),
            said["span"]["start"],
            _context(document, said["span"]),
        )


def _context(document: Annotated, entry: Plain, width: int = 24) -> str:
    """The text around an entry on one line."""
    around = document.text[max(0, entry["start"] - width) : entry["end"] + width]
    return around.replace("\n", "⏎")


def figures(evaluation: Evaluation) -> Iterator[tuple[str, Counts, tuple[float, float]]]:
    """Each measure with its counts and the interval of its F1."""
    for name in MEASURES:
        yield name, evaluation.counts[name], evaluation.interval(lambda counts, name=name: counts[name].f1)  # type: ignore[misc]

"""How far two annotators agree: the second annotation is scored against the first as if a program had made it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from docmine.learning.corpus import Annotated
from docmine.learning.scoring import Comparison, Counts, mean, total

Plain = Mapping[str, Any]


def as_record(gold: Plain) -> dict[str, Any]:
    """An annotation in the shape of a record, as far as scoring looks at it."""
    directives: list[dict[str, Any]] = []
    found: dict[str, list[dict[str, Any]]] = {"deadlines": [], "actors": []}
    for number, row in enumerate(gold["directives"]):
        directives.append({"id": f"d{number}", "span": row, "force": row["force"]})
        for name in found:
            found[name] += [{**entry, "span": entry, "directive": f"d{number}"} for entry in row.get(name, ())]
    found["deadlines"] += [{**entry, "span": entry, "directive": None} for entry in gold.get("loose_deadlines", ())]
    return {
        "directives": directives,
        "deadlines": found["deadlines"],
        "responsibilities": [{**entry, "inherited": False} for entry in found["actors"]],
    }


def agreement(pairs: Iterable[tuple[Annotated, Plain]]) -> dict[str, Counts]:
    """The measures over documents that were annotated twice; ignored is what either annotator says."""
    rows = []
    for document, second in pairs:
        first = dict(document.gold)
        first["ignore"] = [*first.get("ignore", ()), *second.get("ignore", ())]
        rows.append(Comparison.of(first, as_record(second), document.text).measures())
    return total(rows)


def agreement_of(documents: Sequence[Annotated], second: Path) -> str:
    """A table of how far the second annotations (a line of JSON each, by name) agree with the first."""
    first = {document.name: document for document in documents}
    rows = [json.loads(line) for line in second.read_text(encoding="utf-8").splitlines() if line]
    counts = agreement((first[row["name"]], row) for row in rows)
    lines = [f"{name:<22}{c.f1:7.3f}  {'/'.join(map(str, c))}" for name, c in counts.items()]
    return "\n".join([f"{len(rows)} documents, annotated twice", *lines, f"{'mean':<22}{mean(counts):7.3f}"])

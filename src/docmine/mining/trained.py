"""The trained model at work: how likely each sentence holds a directive, and what that says about the findings."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from docmine.mining.features import Row, segment_rows
from docmine.mining.runs import run_count, run_sums
from docmine.rulebook.models import SegmentsModel, segments_model
from docmine.schema.findings import Evidence, Findings

__all__ = ["MODEL", "Row", "apply_scores", "logits", "probabilities", "segment_rows"]

MODEL = "model.segments"  # the name under which the model stands among a finding's reasons
BATCH = 4096  # sentences: most documents are one batch


def apply_scores(findings: Findings, rows: Iterable[Row], *, model: SegmentsModel | None = None) -> None:
    """Lay the model's probabilities over the findings of a document; without an installed model, nothing happens.

    `rows` are those of `segment_rows`, one a segment. A segment's score becomes the probability that what it was
    taken for is right: of a directive where it holds one, else of none. A directive's score becomes the geometric
    mean of its rule's and the probability. Titles and headings keep their scores.
    """
    model = model or segments_model()
    if model is None:
        return
    likely: dict[str, Evidence] = {}
    for segment, p in zip(findings.segments, _in_batches(model, rows), strict=True):
        if p is not None:
            reason = Evidence(MODEL, weight=p)
            segment.score = p if "directive" in segment.labels else 1.0 - p
            segment.evidence = [*segment.evidence, reason]
            likely[segment.id] = reason
    for directive in findings.directives:
        if directive.segment in likely:
            reason = likely[directive.segment]
            directive.score = math.sqrt(directive.score * reason.weight)
            directive.evidence = [*directive.evidence, reason]


def _in_batches(model: SegmentsModel, rows: Iterable[Row]) -> Iterator[float | None]:
    """The probabilities of judged rows, None for the others; so many rows at once that memory stays small."""
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        for row, p in zip(batch, probabilities(model, batch), strict=True):
            yield p if row.judged else None


def probabilities(model: SegmentsModel, rows: Sequence[Row]) -> list[float]:
    """The calibrated probability that each sentence holds a directive."""
    return [logistic(model.slope * z + model.shift) for z in logits(model, rows)]


def logits(model: SegmentsModel, rows: Sequence[Row]) -> list[float]:
    """The model's answer before calibration, above 0 where it says yes."""
    sums = run_sums(model.runs, [row.text for row in rows])
    return [
        model.bias + _trait_sum(model, row) + model.run_step * total / math.sqrt(run_count(row.text))
        for row, total in zip(rows, sums, strict=True)
    ]


def logistic(z: float) -> float:
    """1 / (1 + exp(−z)), without overflow."""
    return 1.0 / (1.0 + math.exp(-z)) if z >= 0 else 1.0 - 1.0 / (1.0 + math.exp(z))


def _trait_sum(model: SegmentsModel, row: Row) -> float:
    return sum(model.traits.get(trait, 0.0) for trait in row.traits)

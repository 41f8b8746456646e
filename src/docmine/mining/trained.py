"""The trained model at work: how likely each sentence holds a directive, and what that says about the findings."""

from __future__ import annotations

import math
from collections.abc import Sequence

from docmine.mining.features import Row, segment_rows
from docmine.mining.runs import run_count, run_sums
from docmine.rulebook.models import SegmentsModel, segments_model
from docmine.schema.findings import Evidence, Findings

__all__ = ["MODEL", "Row", "apply_scores", "logits", "probabilities", "segment_rows"]

MODEL = "model.segments"  # the name under which the model stands among a finding's reasons


def apply_scores(
    findings: Findings, norm: str, rows: Sequence[Row], *, model: SegmentsModel | None = None
) -> None:
    """Lay the model's probabilities over the findings of a document; without an installed model, nothing happens.

    `rows` are those of `segment_rows`, one a segment. A segment's score becomes the probability that what it was
    taken for is right: of a directive where it holds one, else of none. A directive's score becomes the geometric
    mean of its rule's and the probability. Titles and headings keep their scores.
    """
    model = model or segments_model()
    if model is None or not rows:
        return
    likely: dict[str, float] = {}
    for segment, row, p in zip(findings.segments, rows, probabilities(model, norm, rows), strict=True):
        if row.judged:
            likely[segment.id] = p
            segment.score = p if "directive" in segment.labels else 1.0 - p
            segment.evidence = [*segment.evidence, Evidence(MODEL, weight=p)]
    for directive in findings.directives:
        if directive.segment in likely:
            p = likely[directive.segment]
            directive.score = math.sqrt(directive.score * p)
            directive.evidence.append(Evidence(MODEL, weight=p))


def probabilities(model: SegmentsModel, norm: str, rows: Sequence[Row]) -> list[float]:
    """The calibrated probability that each sentence holds a directive."""
    return [_logistic(model.slope * z + model.shift) for z in logits(model, norm, rows)]


def logits(model: SegmentsModel, norm: str, rows: Sequence[Row]) -> list[float]:
    """The model's answer before calibration, above 0 where it says yes."""
    texts = [row.span.text(norm) for row in rows]
    sums = run_sums(model.runs, texts)
    return [
        model.bias + sum(model.traits.get(trait, 0.0) for trait in row.traits) + model.run_step * total / math.sqrt(run_count(text))
        for row, text, total in zip(rows, texts, sums, strict=True)
    ]  # fmt: skip


def _logistic(z: float) -> float:
    if z < 0:
        return 1.0 - _logistic(-z)
    return 1.0 / (1.0 + math.exp(-z))

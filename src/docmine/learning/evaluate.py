"""How good a model's probabilities are, on examples whose truth is known."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from docmine.learning.corpus import Example
from docmine.mining.trained import probabilities
from docmine.rulebook.models import SegmentsModel

BINS = 10
_NEVER_SURE = 1e-6  # a probability is taken for no nearer to 0 or 1 than that


@dataclass(frozen=True, slots=True)
class Counts:
    """Yes and no against the truth, over the judged sentences of some documents."""

    sentences: int
    positives: int
    accuracy: float
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Quality(Counts):
    """The figures of probabilities, of which one half and more counts as yes.

    `calibration_error` is the expected calibration error: the distance between mean probability and share of
    positives in each of ten bins of equal width, weighted by the bins' sizes. `log_loss` is in nats a sentence.
    """

    calibration_error: float
    log_loss: float


def measure(model: SegmentsModel, examples: Sequence[Example]) -> Quality:
    """The model's quality on some examples."""
    return quality([e.positive for e in examples], probabilities(model, [e.row for e in examples]))


def measure_rules(examples: Sequence[Example]) -> Counts:
    """What the rules alone reach on the same sentences, to compare with."""
    return counts([e.positive for e in examples], [e.found for e in examples])


def quality(truth: Sequence[bool], likely: Sequence[float]) -> Quality:
    """The figures of probabilities against the truth."""
    said = counts(truth, [p >= 0.5 for p in likely])
    return Quality(**asdict(said), calibration_error=calibration_error(truth, likely), log_loss=log_loss(truth, likely))


def counts(truth: Sequence[bool], said: Sequence[bool]) -> Counts:
    """The figures of yes and no against the truth; where there is nothing to divide by, 0."""
    hits = sum(t and s for t, s in zip(truth, said, strict=True))
    right = sum(t == s for t, s in zip(truth, said, strict=True))
    yes, real = sum(said), sum(truth)
    return Counts(
        sentences=len(truth),
        positives=real,
        accuracy=_ratio(right, len(truth)),
        precision=_ratio(hits, yes),
        recall=_ratio(hits, real),
        f1=_ratio(2 * hits, yes + real),
    )


def calibration_error(truth: Sequence[bool], likely: Sequence[float]) -> float:
    """The expected calibration error over BINS bins of equal width."""
    bins: list[list[tuple[bool, float]]] = [[] for _ in range(BINS)]
    for t, p in zip(truth, likely, strict=True):
        bins[min(int(p * BINS), BINS - 1)].append((t, p))
    apart = (abs(math.fsum(p for _, p in each) - sum(t for t, _ in each)) for each in bins)
    return _ratio(math.fsum(apart), len(truth))


def log_loss(truth: Sequence[bool], likely: Sequence[float]) -> float:
    """The mean surprise at the truth, in nats."""
    surprises = (-math.log(max(p if t else 1 - p, _NEVER_SURE)) for t, p in zip(truth, likely, strict=True))
    return _ratio(math.fsum(surprises), len(truth))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0

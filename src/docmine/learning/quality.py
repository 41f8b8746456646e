"""How good a model's classes and probabilities are, on examples whose truth is known."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docmine.learning.examples import Example
from docmine.rulebook.linear import LinearModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BINS = 10
_NEVER_SURE = 1e-6  # a probability is taken for no nearer to 0 than that


@dataclass(frozen=True, slots=True)
class Quality:
    """The figures of a model beside those of the rules on the same examples.

    `macro_f1` is the mean of the F1 figures of the classes that occur. `calibration_error` is the expected calibration
    error: the distance between the mean probability of the class said and the share of right ones in each of ten bins
    of equal width, weighted by the bins' sizes. `log_loss` is in nats an example.
    """

    examples: int
    accuracy: float
    macro_f1: float
    rules_accuracy: float
    rules_macro_f1: float
    calibration_error: float
    log_loss: float


def measure(model: LinearModel, examples: Sequence[Example]) -> Quality:
    """The model's quality on some examples."""
    likely = model.probabilities([example.row for example in examples])
    truth = [example.truth for example in examples]
    said = [model.classes[int(i)] for i in likely.argmax(axis=1)]
    found = [example.found for example in examples]
    return Quality(
        examples=len(examples),
        accuracy=accuracy(truth, said),
        macro_f1=macro_f1(truth, said),
        rules_accuracy=accuracy(truth, found),
        rules_macro_f1=macro_f1(truth, found),
        calibration_error=calibration_error([t == s for t, s in zip(truth, said, strict=True)], likely.max(axis=1)),
        log_loss=log_loss([model.classes.index(t) if t in model.classes else -1 for t in truth], likely),
    )


def accuracy(truth: Sequence[str], said: Sequence[str]) -> float:
    """The share of examples whose class is right."""
    return sum(t == s for t, s in zip(truth, said, strict=True)) / len(truth) if truth else 0.0


def macro_f1(truth: Sequence[str], said: Sequence[str]) -> float:
    """The mean of the classes' F1 figures, over the classes that occur in the truth."""
    figures = []
    for name in sorted(set(truth)):
        hits = sum(t == s == name for t, s in zip(truth, said, strict=True))
        both = sum(t == name for t in truth) + sum(s == name for s in said)
        figures.append(2 * hits / both)
    return sum(figures) / len(figures) if figures else 0.0


def calibration_error(right: Sequence[bool], likely: Sequence[float]) -> float:
    """The expected calibration error over BINS bins of equal width."""
    bins: list[list[tuple[bool, float]]] = [[] for _ in range(BINS)]
    for hit, p in zip(right, likely, strict=True):
        bins[min(int(p * BINS), BINS - 1)].append((hit, float(p)))
    apart = (abs(math.fsum(p for _, p in each) - sum(hit for hit, _ in each)) for each in bins)
    return math.fsum(apart) / len(right) if right else 0.0


def log_loss(truth: Sequence[int], likely: NDArray[np.float64]) -> float:
    """The mean surprise at the true class (its column), in nats; a class that the model doesn't know has column −1."""
    surprises = (
        -math.log(max(float(row[t]) if t >= 0 else 0.0, _NEVER_SURE)) for t, row in zip(truth, likely, strict=True)
    )
    return math.fsum(surprises) / len(truth) if truth else 0.0

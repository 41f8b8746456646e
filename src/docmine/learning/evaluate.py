"""How good a model's probabilities are, on examples whose truth is known."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from docmine.learning.corpus import Example
from docmine.mining.trained import probabilities
from docmine.rulebook.models import SegmentsModel

BINS = 10


@dataclass(frozen=True, slots=True)
class Quality:
    """Figures over the judged sentences of some documents. A probability from one half on counts as yes.

    `calibration_error` is the expected calibration error: the distance between mean probability and share of
    positives in each of ten bins of equal width, weighted by the bins' sizes. `log_loss` is in nats a sentence.
    """

    sentences: int
    positives: int
    accuracy: float
    precision: float
    recall: float
    f1: float
    calibration_error: float = 0.0
    log_loss: float = 0.0

    def rounded(self) -> dict[str, int | float]:
        """The figures as a card shows them: three decimals."""
        return {name: value if isinstance(value, int) else round(value, 3) for name, value in asdict(self).items()}


def measure(model: SegmentsModel, examples: Sequence[Example]) -> Quality:
    """The model's quality on some examples."""
    truth = [example.positive for example in examples]
    likely = example_probabilities(model, examples)
    return quality(truth, likely)


def measure_rules(examples: Sequence[Example]) -> Quality:
    """What the rules alone reach on the same sentences, to compare with: they say yes or no."""
    return _counted([example.positive for example in examples], [example.found for example in examples])


def example_probabilities(model: SegmentsModel, examples: Sequence[Example]) -> list[float]:
    """The model's probability for each example."""
    rows, text = placed(examples)
    return probabilities(model, text, rows)


def quality(truth: Sequence[bool], likely: Sequence[float]) -> Quality:
    """All figures of probabilities against the truth."""
    base = _counted(truth, [p >= 0.5 for p in likely])
    counted = {name: getattr(base, name) for name in ("sentences", "positives", "accuracy", "precision", "recall", "f1")}
    return Quality(**counted, calibration_error=calibration_error(truth, likely), log_loss=log_loss(truth, likely))

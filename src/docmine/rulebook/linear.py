"""Linear models as they are asked: cases in, a probability for each class out. All cases of a document at once."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docmine.rulebook.runs import run_count, run_sums

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Row:
    """One case as a model sees it: some texts, whose runs of characters are looked at, and named traits."""

    texts: tuple[str, ...]
    traits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights for each class of the runs of each text, and of the traits.

    The score of a class is z = bias + Σ traits + Σ over texts of run_step · Σ runs / √(number of runs); probabilities
    are the softmax of slope · z + shift. `runs` are whole numbers from −127 to 127: (texts, BUCKETS, classes);
    `trait_weights` are (traits, classes), `bias` and `shift` (classes,).
    """

    name: str
    classes: tuple[str, ...]
    runs: NDArray[np.int8]
    run_step: float
    traits: Mapping[str, int]
    trait_weights: NDArray[np.float64]
    bias: NDArray[np.float64]
    slope: float
    shift: NDArray[np.float64]

    def logits(self, rows: Sequence[Row]) -> NDArray[np.float64]:
        """The scores of each class before calibration: (rows, classes)."""
        import numpy as np

        found = np.tile(self.bias, (len(rows), 1))
        for k in range(self.runs.shape[0]):
            texts = [row.texts[k] for row in rows]
            roots = np.array([math.sqrt(run_count(text)) for text in texts]).reshape(-1, 1)
            found += self.run_step * run_sums(self.runs[k], texts) / roots
        known: list[int] = []
        starts: list[int] = []
        for row in rows:
            starts.append(len(known))
            known += [self.traits[trait] for trait in row.traits if trait in self.traits]
            known.append(len(self.traits))  # a row of zeros: no row is empty
        if known:
            padded = np.vstack((self.trait_weights, np.zeros((1, len(self.classes)))))
            found += np.add.reduceat(padded[known], starts, axis=0)
        return found

    def probabilities(self, rows: Sequence[Row]) -> NDArray[np.float64]:
        """The calibrated probability of each class: (rows, classes)."""
        return softmax(self.slope * self.logits(rows) + self.shift)


def softmax(z: NDArray[np.float64]) -> NDArray[np.float64]:
    """Row by row exp(z) / Σ exp(z), without overflow."""
    import numpy as np

    powers = np.exp(z - z.max(axis=1, keepdims=True)) if len(z) else z
    return np.asarray(powers / powers.sum(axis=1, keepdims=True)) if len(z) else z

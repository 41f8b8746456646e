"""Examples → a linear model: multinomial logistic regression over hashed runs of characters and named traits.

The same examples, program and library versions give the same bytes: the loss has one minimum, which is approached so
closely that what machines do differently vanishes when the weights are rounded.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from docmine.errors import MissingExtraError
from docmine.learning.examples import Example
from docmine.rulebook.linear import LinearModel, Row
from docmine.rulebook.runs import BUCKETS, buckets, run_count

_LEVELS = 127  # steps of a run's weight to each side of 0
_DECIMALS = 4  # of all other weights


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model is fitted. `scales`: how much the runs of each text count for the penalty, against the traits' 1.

    `inverse_penalty` is scikit-learn's C: the smaller, the smaller the weights. A trait must stand in `rare` examples.
    Chosen by cross-validation over the training documents, see corpus/README.md.
    """

    scales: tuple[float, ...]
    inverse_penalty: float = 0.5
    rare: int = 3
    tolerance: float = 1e-3


def fit(name: str, examples: Sequence[Example], recipe: Recipe) -> LinearModel:
    """The model of some examples, its weights rounded as they are written, not calibrated."""
    import numpy as np

    classes = tuple(sorted({example.truth for example in examples}, key=_order))
    traits = _traits(examples, recipe.rare)
    rows = [example.row for example in examples]
    linear = _regression(recipe)
    linear.fit(_matrix(rows, traits, recipe.scales), [classes.index(example.truth) for example in examples])
    weights, bias = linear.coef_, linear.intercept_
    if len(classes) == 2:  # scikit-learn then keeps the second class's only
        weights, bias = np.vstack((-weights / 2, weights / 2)), np.concatenate((-bias / 2, bias / 2))
    texts = weights[:, len(traits) :].reshape(len(classes), len(recipe.scales), BUCKETS)
    texts = texts.transpose(1, 2, 0) * np.array(recipe.scales).reshape(-1, 1, 1)
    step = round(float(np.abs(texts).max()) / _LEVELS, 2 * _DECIMALS) or 1.0
    return LinearModel(
        name=name,
        classes=classes,
        runs=np.rint(texts / step).clip(-_LEVELS, _LEVELS).astype(np.int8),
        run_step=step,
        traits=traits,
        trait_weights=np.round(weights[:, : len(traits)].T, _DECIMALS) + 0.0,
        bias=np.round(bias, _DECIMALS) + 0.0,
        slope=1.0,
        shift=np.zeros(len(classes)),
    )


def _order(label: str) -> tuple[int, str]:
    """O before B before I, which decoding counts on; other classes by name."""
    return ("OBI".find(label), label)


def _traits(examples: Sequence[Example], rare: int) -> dict[str, int]:
    seen = Counter(trait for example in examples for trait in set(example.row.traits))
    return {name: i for i, name in enumerate(sorted(name for name, times in seen.items() if times >= rare))}


@lru_cache(maxsize=200_000)
def _hashed(text: str) -> tuple[tuple[int, ...], float]:
    return tuple(buckets(text)), math.sqrt(run_count(text))


def _matrix(rows: Sequence[Row], traits: Mapping[str, int], scales: Sequence[float]) -> Any:
    """A row a case: a column a trait, then one a text and bucket with the runs' share as LinearModel weighs it."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for row in rows:
        known = [traits[trait] for trait in row.traits if trait in traits]
        columns += known
        values += [1.0] * len(known)
        for k, text in enumerate(row.texts):
            if text:
                runs, root = _hashed(text)
                columns += [len(traits) + k * BUCKETS + each for each in runs]
                values += [scales[k] / root] * len(runs)
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(rows), len(traits) + len(scales) * BUCKETS))


def _regression(recipe: Recipe) -> Any:
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        message = "training needs scikit-learn, which isn't installed"
        raise MissingExtraError(message, remedy="pip install 'docmine[train]'") from error
    return LogisticRegression(
        C=recipe.inverse_penalty, solver="lbfgs", tol=recipe.tolerance, max_iter=20_000, random_state=0
    )


def calibrated(model: LinearModel, examples: Sequence[Example]) -> LinearModel:
    """The model with slope and shifts fitted to examples it wasn't trained on (vector scaling, Guo et al. 2017)."""
    import numpy as np
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    known = [example for example in examples if example.truth in model.classes]
    if not known:
        return model
    z = model.logits([example.row for example in known])
    truth = np.array([model.classes.index(example.truth) for example in known])

    def loss(point: Any) -> float:
        scores = point[0] * z + point[1:]
        top = scores.max(axis=1)
        logs = top + np.log(np.exp(scores - top[:, None]).sum(axis=1))
        penalty = 0.01 * float((point[1:] ** 2).sum()) / len(known)  # classes that hardly occur stay where they are
        return float((logs - scores[np.arange(len(truth)), truth]).mean()) + penalty

    start = np.concatenate(([1.0], np.zeros(len(model.classes))))
    found = minimize(loss, start, method="L-BFGS-B", options={"ftol": 1e-12, "gtol": 1e-8}).x
    return replace(model, slope=round(float(found[0]), 3), shift=np.round(found[1:], 3) + 0.0)

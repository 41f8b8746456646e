"""corpus/ → models/segments/: fit on the training documents, calibrate on the dev ones, write weights and card.

The same corpus, program and scikit-learn give the same bytes: the loss has one minimum, which is approached so closely
that what machines do differently vanishes when the weights are rounded, and nothing is written that names a time.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from docmine.errors import MissingExtraError, ModelError
from docmine.learning.corpus import (
    DOCUMENTS,
    SPLITS,
    Annotated,
    Example,
    Split,
    examples,
    fingerprint,
    load_documents,
    load_splits,
)
from docmine.learning.evaluate import Quality, measure
from docmine.mining.runs import BUCKETS, buckets, run_count
from docmine.mining.trained import logits
from docmine.output.write.atomic import atomic_file
from docmine.rulebook.models import CARD, FORM, SEGMENTS, WEIGHTS, SegmentsModel, load_segments_model

# Chosen by cross-validation over the training and dev documents, see corpus/README.md.
INVERSE_PENALTY = 1.0  # scikit-learn's C: the smaller, the smaller the weights
RUNS_SCALE = 3.0  # how much more the runs' values count for the penalty than the traits'
RARE = 3  # a trait must stand in so many training sentences

MEASURED: tuple[Split, ...] = ("dev", "test")  # of the training documents a figure would only flatter

_TOLERANCE = 1e-10  # of the gradient; scikit-learn's own 1e-4 would leave the last digits to the machine
_LEVELS = 127  # steps of a run's weight to each side of 0
_DECIMALS = 4  # of all other weights


@dataclass(frozen=True, slots=True)
class Trained:
    """What training leaves: the folder with weights and card, the model as read back from it, its quality by split."""

    folder: Path
    model: SegmentsModel
    quality: Mapping[Split, Quality]


def train(corpus: Path, models: Path) -> Trained:
    """Train the model of sentences on a corpus and write it to the folder `segments` in `models`."""
    documents = load_documents(corpus / DOCUMENTS)
    splits = load_splits(corpus, [document.name for document in documents])
    parts = {split: examples(d for d in documents if splits[d.name] == split) for split in SPLITS}
    _check(corpus, parts)
    model = calibrated(fit(parts["train"]), parts["dev"])
    quality: dict[Split, Quality] = {split: measure(model, parts[split]) for split in MEASURED if parts[split]}
    folder = models / SEGMENTS
    write(model, folder, about=_about(corpus, documents, splits, quality))
    return Trained(folder, load_segments_model(folder), quality)


def fit(part: Sequence[Example]) -> SegmentsModel:
    """The model of some examples, its weights rounded as they are written, not calibrated."""
    import numpy as np

    linear = _regression(INVERSE_PENALTY)
    names = _trait_names(part)
    linear.fit(_matrix(part, names), [example.positive for example in part])
    weights = linear.coef_[0]
    runs = weights[len(names) :] * RUNS_SCALE
    step = float(np.max(np.abs(runs))) / _LEVELS or 1.0
    return SegmentsModel(
        runs=memoryview(np.rint(runs / step).astype(np.int8).tobytes()).cast("b"),
        run_step=round(step, 2 * _DECIMALS),
        traits={name: round(float(w), _DECIMALS) for name, w in zip(names, weights[: len(names)], strict=True)},
        bias=round(float(linear.intercept_[0]), _DECIMALS),
    )


def calibrated(model: SegmentsModel, part: Sequence[Example]) -> SegmentsModel:
    """The model with slope and shift fitted to examples that it wasn't trained on (Platt 1999)."""
    answers = [[z] for z in logits(model, [example.row for example in part])]
    linear = _regression(1e3)
    linear.fit(answers, [example.positive for example in part])
    slope, shift = float(linear.coef_[0][0]), float(linear.intercept_[0])
    return replace(model, slope=round(slope, _DECIMALS), shift=round(shift, _DECIMALS))


def _regression(inverse_penalty: float) -> Any:
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        message = "training needs scikit-learn, which isn't installed"
        raise MissingExtraError(message, remedy="pip install 'docmine[train]'") from error
    return LogisticRegression(C=inverse_penalty, solver="lbfgs", tol=_TOLERANCE, max_iter=20_000, random_state=0)


def _trait_names(part: Sequence[Example]) -> list[str]:
    seen: dict[str, int] = {}
    for example in part:
        for trait in example.row.traits:
            seen[trait] = seen.get(trait, 0) + 1
    return sorted(name for name, times in seen.items() if times >= RARE)


def _matrix(part: Sequence[Example], names: Sequence[str]) -> Any:
    """A row an example: a column a trait, then one a bucket with the runs' share as `logits` weighs it."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

    column = {name: i for i, name in enumerate(names)}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for i, example in enumerate(part):
        known = [column[trait] for trait in example.row.traits if trait in column]
        runs = [len(names) + each for each in buckets(example.row.text)]
        share = RUNS_SCALE / math.sqrt(run_count(example.row.text))
        rows += [i] * (len(known) + len(runs))
        columns += known + runs
        values += [1.0] * len(known) + [share] * len(runs)
    return csr_matrix((values, (rows, columns)), shape=(len(part), len(names) + BUCKETS))


def _check(corpus: Path, parts: Mapping[Split, Sequence[Example]]) -> None:
    for split in ("train", "dev"):
        if len({example.positive for example in parts[split]}) < 2:
            message = f"{corpus}: the {split} documents need sentences with directives and sentences without"
            raise ModelError(message, remedy="annotate more documents, or divide them anew in splits.toml")


def write(model: SegmentsModel, folder: Path, *, about: Mapping[str, Mapping[str, object]]) -> None:
    """Write a model's files; `about` are the card's tables that the weights themselves don't tell."""
    data = weights_bytes(model)
    card = {
        "weights": {"sha256": hashlib.sha256(data).hexdigest(), "runs": BUCKETS, "traits": len(model.traits)},
        "calibration": {"method": "platt", "slope": model.slope, "shift": model.shift},
        **about,
    }
    for name, content in ((WEIGHTS, data), (CARD, card_bytes(card))):
        with atomic_file(folder / name) as file:
            file.write(content)


def weights_bytes(model: SegmentsModel) -> bytes:
    """The weights as an npz file, always the same bytes for the same weights."""
    import numpy as np

    out = BytesIO()
    np.savez(
        out,
        runs=np.frombuffer(model.runs, dtype=np.int8),
        run_step=np.array([model.run_step], dtype="<f8"),
        trait_names=np.array(list(model.traits), dtype="S"),
        trait_weights=np.array(list(model.traits.values()), dtype="<f8"),
        bias=np.array([model.bias], dtype="<f8"),
    )
    return out.getvalue()


def card_bytes(tables: Mapping[str, Mapping[str, object]]) -> bytes:
    """A model's card in TOML."""
    lines = [
        "# Written by `docmine train`. Figures count sentences; see docmine.learning.evaluate for what they mean.",
        f"form = {FORM}",
        f'name = "{SEGMENTS}"',
        'says = "the probability that a sentence holds a directive"',
    ]
    for name, table in tables.items():
        lines += ["", f"[{name}]", *(f"{key} = {_toml(value)}" for key, value in table.items())]
    return "\n".join([*lines, ""]).encode("utf-8")


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _about(
    corpus: Path, documents: Sequence[Annotated], splits: Mapping[str, Split], quality: Mapping[Split, Quality]
) -> dict[str, dict[str, object]]:
    import numpy as np
    import sklearn

    about: dict[str, dict[str, object]] = {"corpus": {"fingerprint": fingerprint(corpus)}}
    about["corpus"] |= {split: sum(splits[d.name] == split for d in documents) for split in SPLITS}
    about["trained_with"] = {"numpy": np.__version__, "scikit_learn": sklearn.__version__}
    for split, each in quality.items():
        figures = asdict(each)
        about[f"quality.{split}"] = {k: round(v, 3) if isinstance(v, float) else v for k, v in figures.items()}
    return about

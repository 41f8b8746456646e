"""Trained models as they lie on disk: weights in `weights.npz`, what is known about them in `card.toml`.

An npz file is a zip of arrays; it is read without pickle, so nothing in it is ever executed.
"""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args
from zipfile import BadZipFile

from docmine.errors import ModelError
from docmine.rulebook.paths import model_dir

if TYPE_CHECKING:
    from docmine.rulebook.linear import LinearModel

ModelName = Literal["kinds", "functions", "clauses", "chains", "forces", "roles", "deadlines"]
MODELS: tuple[ModelName, ...] = get_args(ModelName)
WEIGHTS, CARD = "weights.npz", "card.toml"
FORM = 2  # of the files; raised when older programs can't read them any more

_REMEDY = "reinstall docmine, or train the models anew with `docmine train`"


@cache
def model(name: ModelName) -> LinearModel | None:
    """An installed model, None where it isn't installed."""
    folder = model_dir(name)
    return load_model(folder) if folder is not None else None


def load_model(folder: Path) -> LinearModel:
    """The model in a folder, checked against its card."""
    import numpy as np

    from docmine.rulebook.linear import LinearModel

    card = load_card(folder)
    data = _bytes_of(folder / WEIGHTS)
    if hashlib.sha256(data).hexdigest() != card["weights"]["sha256"]:
        raise ModelError(f"{folder / WEIGHTS}: these are not the weights that {CARD} describes", remedy=_REMEDY)
    try:
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            return LinearModel(
                name=str(card["name"]),
                classes=tuple(card["classes"]),
                runs=arrays["runs"],
                run_step=float(arrays["run_step"][0]),
                traits={word.decode("utf-8"): i for i, word in enumerate(arrays["trait_names"])},
                trait_weights=arrays["trait_weights"],
                bias=arrays["bias"],
                slope=float(card["calibration"]["slope"]),
                shift=np.array(card["calibration"]["shift"], dtype=np.float64),
            )
    except (KeyError, ValueError, TypeError, EOFError, BadZipFile) as error:
        raise ModelError(f"{folder}: the model can't be read: {error}", remedy=_REMEDY) from error


def load_card(folder: Path) -> dict[str, Any]:
    """The card of the model in a folder."""
    path = folder / CARD
    try:
        card = tomllib.loads(_bytes_of(path).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ModelError(f"{path}: {error}", remedy=_REMEDY) from error
    if card.get("form") != FORM:
        raise ModelError(f"{path}: form {card.get('form')}, this program reads form {FORM}", remedy=_REMEDY)
    if not isinstance(card.get("weights"), dict) or "sha256" not in card["weights"]:
        raise ModelError(f"{path}: says no hash of the weights", remedy=_REMEDY)
    return card


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: can't be opened", remedy=_REMEDY) from error

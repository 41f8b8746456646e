"""Trained models as they lie on disk: weights in `weights.npz`, what is known about them in `card.toml`.

The weights are read without numpy: importing it takes longer than mining a short document. An npz file is a zip
of arrays, each with a short header of plain text; nothing in it is ever executed.
"""

from __future__ import annotations

import ast
import hashlib
import struct
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from docmine.errors import ModelError
from docmine.rulebook.paths import model_dir

SEGMENTS = "segments"
WEIGHTS, CARD = "weights.npz", "card.toml"
FORM = 1  # of the files; raised when older programs can't read them any more

_REMEDY = "reinstall docmine, or train the model anew with `docmine train`"


@dataclass(frozen=True, slots=True)
class SegmentsModel:
    """The linear model of P(sentence holds a directive).

    z = bias + Σ traits + run_step · Σ runs / √(number of runs); the probability is 1 / (1 + exp(−slope·z − shift)).
    `runs` are whole numbers from −127 to 127, one a bucket: their sums are exact on every machine.
    """

    runs: memoryview
    run_step: float
    traits: Mapping[str, float]
    bias: float
    slope: float = 1.0
    shift: float = 0.0


@cache
def segments_model() -> SegmentsModel | None:
    """The installed model of sentences, None where none is installed."""
    folder = model_dir(SEGMENTS)
    return load_segments_model(folder) if folder is not None else None


def load_segments_model(folder: Path) -> SegmentsModel:
    """The model in a folder, checked against its card."""
    card = load_card(folder)
    data = _bytes_of(folder / WEIGHTS)
    if hashlib.sha256(data).hexdigest() != card["weights"]["sha256"]:
        raise ModelError(f"{folder / WEIGHTS}: these are not the weights that {CARD} describes", remedy=_REMEDY)
    try:
        arrays = read_arrays(data)
        return SegmentsModel(
            runs=arrays["runs"].bytes.cast("b"),
            run_step=arrays["run_step"].floats()[0],
            traits=dict(zip(arrays["trait_names"].words(), arrays["trait_weights"].floats(), strict=True)),
            bias=arrays["bias"].floats()[0],
            slope=float(card["calibration"]["slope"]),
            shift=float(card["calibration"]["shift"]),
        )
    except (KeyError, ValueError, TypeError, struct.error, BadZipFile) as error:
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


@dataclass(frozen=True, slots=True)
class Array:
    """One array of an npz file: its numpy type code and its bytes."""

    dtype: str
    bytes: memoryview

    def floats(self) -> tuple[float, ...]:
        """The values of an array of double floats."""
        if self.dtype != "<f8":
            raise ValueError(f"expected doubles, found {self.dtype}")
        return struct.unpack(f"<{len(self.bytes) // 8}d", self.bytes)

    def words(self) -> list[str]:
        """The values of an array of ASCII words of fixed width."""
        if not self.dtype.startswith("|S"):
            raise ValueError(f"expected words, found {self.dtype}")
        width = int(self.dtype[2:])
        data = bytes(self.bytes)
        return [data[i : i + width].rstrip(b"\0").decode("ascii") for i in range(0, len(data), width)]


def read_arrays(data: bytes) -> dict[str, Array]:
    """The arrays of an npz file by name."""
    with ZipFile(BytesIO(data)) as archive:
        return {name.removesuffix(".npy"): _array(archive.read(name)) for name in archive.namelist()}


def _array(data: bytes) -> Array:
    """An array of numpy's npy format 1.0: magic, version, length of the header, header, values in C order."""
    if data[:8] != b"\x93NUMPY\x01\x00":
        raise ValueError("not an array in npy format 1.0")
    start = 10 + int(struct.unpack("<H", data[8:10])[0])
    header = ast.literal_eval(data[10:start].decode("latin-1"))
    if header["fortran_order"]:
        raise ValueError("not in C order")
    return Array(str(header["descr"]), memoryview(data)[start:])


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: can't be opened", remedy=_REMEDY) from error

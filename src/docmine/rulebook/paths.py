"""Where what docmine knows lies on disk, and its fingerprints.

Resources are package data. Models lie in `models/` at the top of a checkout and in `docmine/models/` of a wheel.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_KNOWLEDGE = {".toml", ".tsv"}
_NO_RULES = {"messages.toml"}


def resources_dir() -> Path:
    """The folder of built-in rules, lexicons and calendars."""
    return _PACKAGE / "resources"


@cache
def models_dir() -> Path | None:
    """The folder of trained models: the wheel's, else the checkout's, None where there is neither."""
    checkout = _PACKAGE.parents[1]
    inside = _PACKAGE / "models"
    beside = checkout / "models"
    if inside.is_dir():
        return inside
    return beside if beside.is_dir() and (checkout / "pyproject.toml").is_file() else None


def model_dir(name: str) -> Path | None:
    """The folder of one model, None where it isn't installed."""
    folder = models_dir()
    found = folder / name if folder is not None else None
    return found if found is not None and (found / "card.toml").is_file() else None


@cache
def rules_fingerprint() -> str:
    """A fingerprint of all rules and lexicons in force."""
    digest = hashlib.sha256()
    root = resources_dir()
    for path in sorted(p for p in root.rglob("*") if p.suffix in _KNOWLEDGE and p.name not in _NO_RULES):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


@cache
def model_fingerprints() -> dict[str, str]:
    """A fingerprint of each installed model's card, which holds the hash of its weights."""
    folder = models_dir()
    if folder is None:
        return {}
    cards = sorted(folder.glob("*/card.toml"))
    return {card.parent.name: hashlib.sha256(card.read_bytes()).hexdigest()[:16] for card in cards}

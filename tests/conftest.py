"""What many tests need: the shared folder (where there is one), samples, and records made by hand."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("DOCMINE_SHARED") or ROOT.parent / "shared")


def shared_dir() -> Path:
    """The folder of real documents and gold annotations, which is no part of the project."""
    if not SHARED.is_dir():
        pytest.skip("the shared folder with real documents isn't here (set DOCMINE_SHARED)")
    return SHARED


@pytest.fixture
def shared() -> Path:
    return shared_dir()


@pytest.fixture
def samples() -> Path:
    return ROOT / "samples"


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages in English and without colours unless a test wants others."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@cache
def corpus_texts() -> dict[str, str]:
    """File name → text, for every document of the labelled corpus."""
    from docmine.learning.corpus import DOCUMENTS, load_documents

    return {document.file: document.text for document in load_documents(ROOT / "corpus" / DOCUMENTS)}

"""The examples of every word of time: what it finds, marked 【】, and texts in which it stands nowhere."""

from __future__ import annotations

from typing import Any

import pytest

from docmine.rulebook import load_toml
from docmine.rulebook.folding import fold
from docmine.rulebook.timewords import time_words
from timecases import unmarked

ROWS: list[dict[str, Any]] = load_toml("common/timex.toml")["tokens"]
FINDS = [
    pytest.param(number, text, id=f"{row['kind']}:{text}") for number, row in enumerate(ROWS) for text in row["finds"]
]
SKIPS = [
    pytest.param(number, text, id=f"{row['kind']}:{text}") for number, row in enumerate(ROWS) for text in row["skips"]
]


def places(number: int, text: str) -> list[tuple[int, int]]:
    """Where the token of that number stands in the text."""
    found = []
    for start, char in enumerate(text):
        for kind, part in time_words().by_char.get(char, ()):
            match = part.match(text, start) if part.id == f"{kind}.{number}" else None
            if match is not None:
                found.append((start, match[0]))
    return found


@pytest.mark.parametrize(("number", "marked"), FINDS)
def test_finds(number: int, marked: str) -> None:
    text, (span,) = unmarked(marked)
    assert tuple(span) in places(number, fold(text))


@pytest.mark.parametrize(("number", "text"), SKIPS)
def test_skips(number: int, text: str) -> None:
    assert places(number, fold(text)) == []


def test_every_word_has_examples_and_counter_examples() -> None:
    assert all(row["finds"] and row["skips"] for row in ROWS)

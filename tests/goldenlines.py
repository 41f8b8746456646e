"""Records in short: `directive | deadline = value, … | party role, …`, for tests of whole documents."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import pytest

import docmine


class Line(NamedTuple):
    """One directive with what hangs on it."""

    text: str
    deadlines: tuple[str, ...]
    parties: tuple[str, ...]


def parsed(line: str) -> Line:
    text, deadlines, parties = (part.strip() for part in line.split("|"))
    return Line(text, *(tuple(p.strip() for p in part.split(", ") if p.strip()) for part in (deadlines, parties)))


def value(deadline: dict[str, Any]) -> str:
    offset = deadline["offset"]
    amount = f"{offset['value']} {offset['unit']}" if offset else None
    return f"{deadline['text']} = {deadline['due'] or deadline['recurrence'] or amount or deadline['kind']}"


@cache
def lines(document: str) -> tuple[Line, ...]:
    """What the record of a text says, headlines left out."""
    record = docmine.mine_text(document).to_dict()
    found = []
    for d in record["directives"]:
        times = [t for t in record["deadlines"] if t["directive"] == d["id"]]
        parties = [r for r in record["responsibilities"] if r["directive"] == d["id"] and not r["inherited"]]
        said = tuple(f"{r['party']['text']} {r['role']}" for r in parties)
        if not d["heading"]:
            found.append(Line(d["text"], tuple(map(value, times)), said))
    return tuple(found)


def known(reason: str) -> pytest.MarkDecorator:
    return pytest.mark.xfail(strict=True, reason=reason)


def wanted(found: dict[str, str], missed: dict[str, tuple[str, str]]) -> list[Any]:
    """(document, line) of every line that holds, and of those that don't yet, with their reasons."""
    return [
        *((name, parsed(line)) for name, block in found.items() for line in block.strip().splitlines()),
        *(pytest.param(name, parsed(line), marks=known(reason)) for reason, (name, line) in missed.items()),
    ]


def unwanted(absent: dict[str, list[str]], present: dict[str, tuple[str, str]]) -> list[Any]:
    """(document, words) of what no directive holds, and of what one holds still, with their reasons."""
    return [
        *((name, words) for name, many in absent.items() for words in many),
        *(pytest.param(name, words, marks=known(reason)) for reason, (name, words) in present.items()),
    ]


def assert_says(document: str, line: Line) -> None:
    """The record has this directive with just these deadlines and parties."""
    found = lines(document)
    assert line in ([each for each in found if each.text == line.text] or found)


def assert_orders_nothing_of(document: str, words: str) -> None:
    """No directive holds these words."""
    assert [line.text for line in lines(document) if words in line.text] == []

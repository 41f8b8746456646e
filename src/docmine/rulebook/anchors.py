"""Which of a text's events the caller's anchors date.

Key and event are compared without what adds nothing to them (接件之日, 接件后 and 接件 are one event). A key dates
an event that is the same; else, where both mean the meeting, any name of it (会, 会议, 本次会议); else one that holds
it or that it holds, if the shorter has two characters or more (接件 dates 接件通知, 件 dates nothing but 件). Of
several keys the closest counts: the same before the meeting, that before a part, a longer part before a shorter one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from docmine.rulebook import any_of, compile_pattern, load_toml
from docmine.rulebook.folding import fold

_SAME, _MEETING = 1000, 999  # closer than any part
_FILE, _EVENTS = "common/anchors.toml", "common/times_events.toml"


def anchor_for(event: str, keys: Iterable[str]) -> str | None:
    """The key that dates an event best; None where none does."""
    ranked = sorted((-closeness(key, event), key) for key in keys)
    return ranked[0][1] if ranked and ranked[0][0] else None


def is_same_event(one: str, other: str) -> bool:
    """Whether two keys mean one event: 接件 and 接件之日, 会 and 本次会议."""
    return closeness(one, other) >= _MEETING


@lru_cache(maxsize=4096)
def closeness(key: str, event: str) -> int:
    """How close a key is to an event; 0 where it doesn't date it."""
    one, other = bare_event(key), bare_event(event)
    if one == other:
        return _SAME
    if _meeting().match(one) and _meeting().match(other):
        return _MEETING
    short, long = sorted((one, other), key=len)
    return len(short) if len(short) >= load_toml(_FILE)["least"] and short in long else 0


@lru_cache(maxsize=4096)
def bare_event(word: str) -> str:
    """An event without the words that add nothing to it: 自接件之日起 is 接件."""
    word = fold(word).strip()
    opened = _before().match(word)
    word = word[opened.end() :] if opened and opened.end() < len(word) else word
    while (closed := _behind().search(word)) and closed.start():
        word = word[: closed.start()].rstrip()
    return word


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    return re.compile(any_of(load_toml(_FILE)["before"]))


@lru_cache(maxsize=1)
def _behind() -> re.Pattern[str]:
    return re.compile(any_of(load_toml(_FILE)["behind"]) + "$")


@lru_cache(maxsize=1)
def _meeting() -> re.Pattern[str]:
    return compile_pattern(load_toml(_EVENTS)["meeting"], where=_EVENTS)

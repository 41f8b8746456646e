"""Random strings: nothing raised, spans inside the text, and time that grows with the text and not with its square."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable

import pytest

from docmine import deadlines

ALPHABET = (
    "0123456789一二三五十半年月日时点分前后内起底末初个工作每周星期季度第上下本今至到-~/.:，。（） 国庆农历接件之"
)
REFERENCE = dt.datetime(2021, 9, 14, 10, 30)
QUADRATIC = 30  # ten times the text would take a hundred times the time


def strings(count: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    return ["".join(chance.choices(ALPHABET, k=chance.randint(1, 30))) for _ in range(count)]


@pytest.mark.parametrize("seed", range(4))
def test_random_strings_raise_nothing(seed: int) -> None:
    for number, text in enumerate(strings(1500, seed)):
        found = deadlines.times(text, reference=REFERENCE if number % 3 else None)
        limits = deadlines.find(text, date=REFERENCE.date() if number % 3 else None)
        spans = [(each.start, each.end) for each in (*found, *limits)]
        assert all(0 <= start < end <= len(text) for start, end in spans), text


def seconds(find: Callable[[str], object], text: str) -> float:
    spent = []
    for _ in range(3):
        begin = time.perf_counter()
        find(text)
        spent.append(time.perf_counter() - begin)
    return min(spent)


@pytest.mark.parametrize("find", [deadlines.find, lambda text: deadlines.times(text, reference=REFERENCE)])
@pytest.mark.parametrize(
    "text", ["1" * 1000, "一" * 1000, "9月" * 500, "".join(strings(150, 9)), "至" * 1000, "前" * 1000]
)
def test_long_texts_take_no_quadratic_time(find: Callable[[str], object], text: str) -> None:
    find(text)
    assert seconds(find, text * 10) < QUADRATIC * seconds(find, text)

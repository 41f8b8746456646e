"""Runs of characters, their weights summed in one batch, and the linear models made of them."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docmine.rulebook.linear import LinearModel, Row, softmax
from docmine.rulebook.runs import BUCKETS, buckets, run_count, run_sums

CLASSES = 3
TABLE = np.random.default_rng(0).integers(-127, 128, size=(BUCKETS, CLASSES)).astype(np.int8)


def model(**fields: object) -> LinearModel:
    plain = {
        "name": "test",
        "classes": ("a", "b"),
        "runs": np.zeros((1, BUCKETS, 2), dtype=np.int8),
        "run_step": 0.01,
        "traits": {},
        "trait_weights": np.zeros((0, 2)),
        "bias": np.zeros(2),
        "slope": 1.0,
        "shift": np.zeros(2),
    }
    return LinearModel(**plain | fields)  # type: ignore[arg-type]


@given(st.lists(st.text(max_size=60), max_size=8))
def test_sums_are_those_of_the_buckets_one_by_one(texts: list[str]) -> None:
    wanted = [TABLE[list(buckets(text))].sum(axis=0, dtype=np.int64) if text else np.zeros(CLASSES) for text in texts]
    assert run_sums(TABLE, texts).tolist() == [row.tolist() for row in wanted]


@given(st.text(max_size=80))
def test_there_are_as_many_buckets_as_runs(text: str) -> None:
    found = list(buckets(text))
    assert len(found) == run_count(text)
    assert all(0 <= each < BUCKETS for each in found)


def test_runs_spread_over_the_buckets() -> None:
    pairs = [chr(0x4E00 + i) + chr(0x4E00 + j) for i in range(0, 2000, 50) for j in range(0, 2000, 50)]
    used = {list(buckets(pair))[4] for pair in pairs}  # the run of both characters
    expected = BUCKETS * (1 - math.exp(-len(pairs) / BUCKETS))
    assert len(used) > 0.95 * expected


def test_the_ends_of_a_text_count() -> None:
    assert set(buckets("要")) - set(buckets("不要紧")), "要 alone begins and ends a text"


def test_logits_add_up_bias_traits_and_runs() -> None:
    runs = np.zeros((2, BUCKETS, 2), dtype=np.int8)
    runs[0, list(buckets("要"))] = (10, -10)
    made = model(
        runs=runs,
        run_step=0.1,
        traits={"mood=orders": 0, "past": 1},
        trait_weights=np.array([[1.0, 0.0], [0.0, 2.0]]),
        bias=np.array([0.5, -0.5]),
    )
    rows = [Row(("要", "要"), ("mood=orders", "unheard of")), Row(("", ""), ("past",)), Row(("", ""), ())]
    share = 0.1 * 10 * run_count("要") / math.sqrt(run_count("要"))
    assert made.logits(rows).tolist() == [
        pytest.approx([0.5 + 1.0 + share, -0.5 - share]),
        pytest.approx([0.5, 1.5]),
        pytest.approx([0.5, -0.5]),
    ]


def test_calibration_is_laid_over_the_logits() -> None:
    made = model(bias=np.array([1.0, 0.0]), slope=2.0, shift=np.array([0.0, 2.0]))
    assert made.probabilities([Row(("",), ())]).tolist() == [pytest.approx([0.5, 0.5])]


def test_nothing_asked_nothing_said() -> None:
    assert model().probabilities([]).shape == (0, 2)


def test_a_row_is_judged_the_same_alone_and_among_others() -> None:
    draw = random.Random(1)
    made = model(runs=TABLE[:, :2].reshape(1, BUCKETS, 2), traits={"x": 0}, trait_weights=np.array([[0.3, -0.2]]))
    rows = [Row(("".join(draw.choices("要了已市局。，", k=draw.randrange(12))),), ("x",) * (i % 2)) for i in range(40)]
    together = made.probabilities(rows)
    assert all(np.array_equal(made.probabilities([row])[0], together[i]) for i, row in enumerate(rows))


def test_softmax_does_not_overflow() -> None:
    assert softmax(np.array([[1e4, 0.0], [-1e4, 0.0]])).tolist() == [[1.0, 0.0], [0.0, 1.0]]

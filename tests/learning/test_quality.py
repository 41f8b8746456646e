"""The figures, on numbers that can be checked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from docmine.learning.quality import accuracy, calibration_error, log_loss, macro_f1


@pytest.mark.parametrize(
    ("truth", "said", "share"),
    [
        ("BIOO", "BIOO", 1.0),
        ("BIOO", "BBOO", 0.75),
        ("BI", "IB", 0.0),
        ("", "", 0.0),
    ],
)
def test_accuracy(truth: str, said: str, share: float) -> None:
    assert accuracy(list(truth), list(said)) == pytest.approx(share)


@pytest.mark.parametrize(
    ("truth", "said", "figure"),
    [
        ("BIOO", "BIOO", 1.0),
        # B: 1 hit of 1 and 2, I: none, O: both.
        ("BIOO", "BBOO", (2 / 3 + 0 + 1) / 3),
        # A rare class weighs as much as a frequent one.
        ("OOOOOOOOOB", "OOOOOOOOOO", (18 / 19 + 0) / 2),
        # Classes that are only said don't count of themselves, but cost the others.
        ("OO", "OB", 2 / 3),
        ("BI", "IB", 0.0),
        ("", "", 0.0),
    ],
)
def test_macro_f1(truth: str, said: str, figure: float) -> None:
    assert macro_f1(list(truth), list(said)) == pytest.approx(figure)


@pytest.mark.parametrize(
    ("right", "likely", "error"),
    [
        ([True, True], [1.0, 1.0], 0.0),
        ([False, False], [1.0, 1.0], 1.0),
        # One bin: said 0.75 of each, right three times in four.
        ([True, True, True, False], [0.75, 0.75, 0.75, 0.75], 0.0),
        # One bin: said 0.95, right one time in two.
        ([True, False], [0.95, 0.95], 0.45),
        # Both in the last bin, though one is sure: |1.9 − 1| / 2.
        ([True, False], [1.0, 0.9], 0.45),
        # Two bins of one and three examples: (|0.3 − 0| + |2.7 − 3|) / 4.
        ([False, True, True, True], [0.3, 0.9, 0.9, 0.9], 0.15),
        # Different bins don't make up for each other.
        ([True, False], [0.45, 0.55], 0.55),
        ([], [], 0.0),
    ],
)
def test_calibration_error(right: list[bool], likely: list[float], error: float) -> None:
    assert calibration_error(right, likely) == pytest.approx(error)


@pytest.mark.parametrize(
    ("truth", "likely", "loss"),
    [
        ([0, 1], [[0.5, 0.5], [0.5, 0.5]], math.log(2)),
        ([0, 2], [[0.8, 0.1, 0.1], [0.2, 0.2, 0.6]], -(math.log(0.8) + math.log(0.6)) / 2),
        ([1], [[0.0, 1.0]], 0.0),
        # Never more surprised than by one in a million, nor by a class that the model doesn't know.
        ([0], [[0.0, 1.0]], -math.log(1e-6)),
        ([-1, 1], [[0.5, 0.5], [0.5, 0.5]], (-math.log(1e-6) + math.log(2)) / 2),
    ],
)
def test_log_loss(truth: list[int], likely: list[list[float]], loss: float) -> None:
    assert log_loss(truth, np.array(likely)) == pytest.approx(loss)


def test_log_loss_of_nothing() -> None:
    assert log_loss([], np.empty((0, 2))) == 0.0

"""The figures, on numbers that can be checked by hand."""

from __future__ import annotations

import math

import pytest

from docmine.learning.quality import calibration_error, counts, log_loss, quality


@pytest.mark.parametrize(
    ("truth", "said", "precision", "recall", "f1", "accuracy"),
    [
        ("1100", "1100", 1.0, 1.0, 1.0, 1.0),
        ("1100", "1010", 0.5, 0.5, 0.5, 0.5),
        ("1110", "1000", 1.0, 1 / 3, 0.5, 0.5),
        ("1000", "1110", 1 / 3, 1.0, 0.5, 0.5),
        ("1100", "0000", 0.0, 0.0, 0.0, 0.5),
        ("0000", "0000", 0.0, 0.0, 0.0, 1.0),
        ("", "", 0.0, 0.0, 0.0, 0.0),
    ],
)
def test_counts(truth: str, said: str, precision: float, recall: float, f1: float, accuracy: float) -> None:
    found = counts([c == "1" for c in truth], [c == "1" for c in said])
    assert (found.precision, found.recall, found.f1, found.accuracy) == pytest.approx((precision, recall, f1, accuracy))
    assert (found.sentences, found.positives) == (len(truth), truth.count("1"))


@pytest.mark.parametrize(
    ("truth", "likely", "error"),
    [
        ([True, False], [1.0, 0.0], 0.0),
        ([True, False], [0.0, 1.0], 1.0),
        # One bin: said 0.75 of each, true of three in four.
        ([True, True, True, False], [0.75, 0.75, 0.75, 0.75], 0.0),
        # One bin: said 0.95, true of one in two.
        ([True, False], [0.95, 0.95], 0.45),
        # Two bins of one and three sentences: (1·|0.3 − 0| + 3·|0.9 − 1|) / 4.
        ([False, True, True, True], [0.3, 0.9, 0.9, 0.9], 0.15),
        # Different bins don't make up for each other.
        ([True, False], [0.45, 0.55], 0.55),
        ([], [], 0.0),
    ],
)
def test_calibration_error(truth: list[bool], likely: list[float], error: float) -> None:
    assert calibration_error(truth, likely) == pytest.approx(error)


def test_log_loss() -> None:
    assert log_loss([True, False], [0.5, 0.5]) == pytest.approx(math.log(2))
    assert log_loss([True, False], [0.8, 0.4]) == pytest.approx(-(math.log(0.8) + math.log(0.6)) / 2)
    assert log_loss([True], [0.0]) == pytest.approx(-math.log(1e-6))


def test_one_half_counts_as_yes() -> None:
    found = quality([True, True, False], [0.5, 0.49, 0.1])
    assert (found.precision, found.recall) == (1.0, 0.5)

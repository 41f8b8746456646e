"""Every time expression: what the neutral cases expect, case by case."""

from __future__ import annotations

import datetime as dt

import pytest

from docmine.deadlines import times
from timex.cases_format import Case, load_cases, names

# What can't be told without knowing the world, and what isn't built yet.
KNOWN_GAPS = {
    "fal-079": "the title of a song, told only by its fame",
    "fal-082": "the title of a film, told only by its fame",
    "fal-137": "八点五分 as a mark: what the judge gives is told only by the sense",
    "fal-154": "a verse of a book looks like a clock time",
    "amb-085": "a shopping day that has no fixed name",
    "amb-089": "a month and day written like a decimal, alone",
    "amb-117": "the first working day after a festival that isn't named",
    "amb-134": "a financial year differs by company",
    "amb-149": "opening hours on some weekdays as one recurring set",
}
CASES = [case for name in names() for case in load_cases(name)]


def told(case: Case) -> list[tuple[object, ...]]:
    reference = dt.datetime.fromisoformat(case.reference) if case.reference else None
    return [
        (t.start, t.end, t.text, t.value, t.end_value, t.duration, t.freq)
        for t in times(case.text, reference=reference)
    ]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case.id,
            marks=[pytest.mark.xfail(strict=True, reason=KNOWN_GAPS[case.id])] if case.id in KNOWN_GAPS else [],
        )
        for case in CASES
    ],
)
def test_case(case: Case) -> None:
    expected = [(s.start, s.end, s.text, s.value, s.end_value, s.duration, s.freq) for s in case.spans]
    assert told(case) == expected


def test_hardly_any_case_is_a_known_gap() -> None:
    assert set(KNOWN_GAPS) <= {case.id for case in CASES}
    assert len(KNOWN_GAPS) <= 0.01 * len(CASES)

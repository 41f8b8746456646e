"""Whether the development cases for time expressions are what `cases_format` says they are."""

from __future__ import annotations

import pytest

from timex.cases_format import complaints, lines, load_cases, names


def span(**changes: object) -> dict[str, object]:
    whole = {"start": 0, "end": 2, "text": "明天", "type": "date", "value": "2021-09-15T00:00:00"}
    return {**whole, "end_value": "2021-09-16T00:00:00", "duration": None, "freq": None, **changes}


def line(**changes: object) -> dict[str, object]:
    return {"id": "cal-001", "text": "明天见", "reference": "2021-09-14T10:30:00", "spans": [span()], **changes}


@pytest.mark.parametrize("name", names())
def test_every_line_is_wellformed(name):
    assert load_cases(name)


def test_no_id_and_no_text_comes_twice():
    cases = [case for name in names() for case in load_cases(name)]
    ids = [case.id for case in cases]
    said = [(case.text, case.reference) for case in cases]
    assert [i for i in ids if ids.count(i) > 1] == []
    assert [text for text in said if said.count(text) > 1] == []


def test_there_are_enough_cases():
    assert sum(len(load_cases(name)) for name in names()) >= 550
    nothing = load_cases("false_friends")
    assert len(nothing) >= 80 and not any(case.spans for case in nothing)


def test_what_is_ambiguous_is_called_so():
    assert all((name == "ambiguous") == case.id.startswith("amb-") for name in names() for case in load_cases(name))


def test_a_good_line_has_no_complaints():
    assert complaints(line()) == []


@pytest.mark.parametrize(
    "bad",
    [
        {"reference": "2021-09-14"},
        {"reference": "T10:30:00"},
        {"id": "1"},
        {"spans": [span(), span()]},
        {"spans": [span(end=3)]},
        {"spans": [span(type="day")]},
        {"spans": [span(value=None)]},
        {"spans": [span(value="2021-09-31T00:00:00")]},
        {"spans": [span(value="T00:00:00")]},
        {"spans": [span(value="2021-09-17T00:00:00")]},
        {"spans": [span(duration="P1D")]},
        {"spans": [span(freq="P1D")]},
        {"spans": [span(type="duration", value=None, end_value=None)]},
        {"spans": [span(type="duration", value=None, end_value=None, duration="3D")]},
        {"spans": [span(type="duration", value=None, end_value=None, duration="PT")]},
        {"spans": [span(type="recurring", value=None, end_value=None)]},
    ],
)
def test_a_bad_line_has_complaints(bad):
    assert complaints(line(**bad))


def test_lines_are_one_object_each():
    assert all(tuple(found) == ("id", "text", "reference", "spans") for name in names() for found in lines(name))

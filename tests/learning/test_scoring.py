"""Matching and measures, on annotations and records that are made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from docmine.learning.scoring import (
    MAIN,
    MEASURES,
    Comparison,
    Counts,
    Page,
    match,
    mean,
    same_value,
    score_document,
    total,
)

Plain = dict[str, Any]

TEXT = "会议要求，市水利局要于9月底前完成清淤，市财政局配合；严禁擅自停工。一、强化责任。上月清淤三条。"
CLEAN = "市水利局要于9月底前完成清淤，市财政局配合"
STOP = "严禁擅自停工"


def at(quote: str, text: str = TEXT) -> Plain:
    start = text.index(quote)
    return {"start": start, "end": start + len(quote)}


def told(quote: str, force: str = "obligation", **more: Any) -> Plain:
    """An annotated directive."""
    return {**at(quote), "force": force, "actors": [], "deadlines": [], **more}


def party(quote: str, role: str = "responsible") -> Plain:
    return {**at(quote), "role": role}


def due(quote: str = "9月底前", day: str = "2021-09-30", **more: Any) -> Plain:
    return {**at(quote), "kind": "date", "due": day, **more}


GOLD: Plain = {
    "directives": [
        told(CLEAN, actors=[party("市水利局"), party("市财政局", "support")], deadlines=[due()]),
        told(STOP, "prohibition"),
        told("强化责任", heading=True),
    ]
}


def found(quote: str, number: int, force: str = "obligation") -> Plain:
    return {"id": f"d{number}", "span": at(quote), "force": force, "text": quote}


def said(quote: str, number: int, role: str = "responsible", *, inherited: bool = False) -> Plain:
    return {"span": at(quote), "directive": f"d{number}", "role": role, "inherited": inherited}


def time(quote: str = "9月底前", number: int = 1, kind: str = "date", **more: Any) -> Plain:
    return {"span": at(quote), "directive": f"d{number}", "kind": kind, "due": "2021-09-30", **more}


def record(directives: Sequence[Plain], deadlines: Sequence[Plain] = (), parties: Sequence[Plain] = ()) -> Plain:
    return {"directives": directives, "deadlines": deadlines, "responsibilities": parties}


RIGHT = record(
    [found(CLEAN, 1), found(STOP, 2, "prohibition")],
    [time()],
    [said("市水利局", 1), said("市财政局", 1, "support")],
)


def chars(*ranges: tuple[int, int]) -> list[frozenset[int]]:
    return [frozenset(range(low, high)) for low, high in ranges]


@pytest.mark.parametrize(
    ("gold", "predicted", "pairs"),
    [
        ([(0, 10)], [(0, 10)], {0: 0}),
        ([], [(0, 10)], {}),
        ([(0, 10)], [], {}),
        ([(0, 0)], [(0, 0)], {}),
        # Just enough, and just not.
        ([(0, 10)], [(0, 5)], {0: 0}),
        ([(0, 10)], [(0, 4)], {}),
        ([(0, 10)], [(5, 15)], {}),
        # One to one, either way.
        ([(0, 10)], [(0, 6), (0, 8)], {0: 1}),
        ([(0, 8), (0, 10)], [(0, 10)], {1: 0}),
        ([(0, 10)], [(0, 10), (0, 10)], {0: 0}),
        # The best first: the second of the gold gets what fits it best, and the first what is left.
        ([(0, 10), (2, 10)], [(2, 10), (0, 6)], {1: 0, 0: 1}),
        ([(0, 10), (2, 10)], [(2, 10)], {1: 0}),
        ([(0, 10), (20, 30)], [(20, 30), (0, 10)], {0: 1, 1: 0}),
    ],
)
def test_match(gold: list[tuple[int, int]], predicted: list[tuple[int, int]], pairs: dict[int, int]) -> None:
    assert match(chars(*gold), chars(*predicted), 0.5) == pairs


@pytest.mark.parametrize(("least", "pairs"), [(0.5, {0: 0}), (0.6, {0: 0}), (0.61, {})])
def test_least_overlap(least: float, pairs: dict[int, int]) -> None:
    assert match(chars((0, 5)), chars((2, 5)), least) == pairs


def test_counts() -> None:
    counts = Counts(2, 4, 5)
    assert (counts.precision, counts.recall, counts.f1) == pytest.approx((0.5, 0.4, 4 / 9))
    assert (Counts().precision, Counts().recall, Counts().f1) == (0.0, 0.0, 0.0)
    assert counts.plus(Counts(1, 1, 1)) == (3, 5, 6)


def test_only_letters_and_digits_count() -> None:
    text = "一、 9月\n底前，\u3000“清淤”+A。"
    counted = Page({"directives": []}, text).of({"start": -5, "end": 99})
    assert "".join(text[i] for i in sorted(counted)) == "一9月底前清淤A"


def test_noise_does_not_count() -> None:
    text = "市水利局完成\n第2页\n清淤"
    page = Page({"directives": [], "noise": [at("\n第2页\n", text)]}, text)
    assert len(page.of({"start": 0, "end": len(text)})) == 8


@pytest.mark.parametrize(
    ("ignored", "quote", "judged"),
    [
        ([], "上月清淤", True),
        (["上月清淤三条"], "上月清淤", False),
        (["上月清"], "上月清淤", False),
        (["上月"], "上月清淤", True),  # one half may be ignored
        (["市财政局"], "上月清淤", True),
        ([], "强化责任", False),  # a headline
        ([], "，", False),  # nothing that counts
    ],
)
def test_what_is_ignored(ignored: list[str], quote: str, judged: bool) -> None:
    page = Page({**GOLD, "ignore": [at(each) for each in ignored]}, TEXT)
    assert page.is_judged(page.of(at(quote))) is judged
    more = record([*RIGHT["directives"], found(quote, 3)])
    counts = score_document({**GOLD, "ignore": [at(each) for each in ignored]}, more, TEXT)
    assert counts["directive"] == (2, 2 + judged, 2)


def test_what_is_annotated_counts_though_ignored() -> None:
    counts = score_document({**GOLD, "ignore": [at(STOP)]}, RIGHT, TEXT)
    assert counts["directive"] == (2, 2, 2)
    assert counts["directive.chars"] == (20, 20, 20)


def test_a_right_record() -> None:
    counts = score_document(GOLD, RIGHT, TEXT)
    assert counts == {
        "directive": (2, 2, 2),
        "directive.force": (2, 2, 2),
        "directive.chars": (26, 26, 26),
        "deadline": (1, 1, 1),
        "deadline.value": (1, 1, 1),
        "deadline.hard": (1, 1, 1),
        "responsibility": (2, 2, 2),
        "responsibility.role": (2, 2, 2),
        "link": (3, 3, 3),
    }
    assert mean(counts) == 1.0


def test_an_empty_record() -> None:
    counts = score_document(GOLD, record([]), TEXT)
    assert {(each.matched, each.predicted) for each in counts.values()} == {(0, 0)}
    right = score_document(GOLD, RIGHT, TEXT)
    assert {name: each.gold for name, each in counts.items()} == {name: each.gold for name, each in right.items()}
    assert mean(counts) == 0.0


def test_force() -> None:
    other = record([found(CLEAN, 1, "request"), found(STOP, 2, "prohibition")])
    counts = score_document(GOLD, other, TEXT)
    assert counts["directive"] == (2, 2, 2)
    assert counts["directive.force"] == (1, 2, 2)


def test_role() -> None:
    other = record(RIGHT["directives"], [], [said("市水利局", 1, "lead"), said("市财政局", 1, "support")])
    counts = score_document(GOLD, other, TEXT)
    assert counts["responsibility"] == (2, 2, 2)
    assert counts["responsibility.role"] == (1, 2, 2)


@pytest.mark.parametrize(
    ("quote", "matched"), [("市水利局", 1), ("水利局", 1), ("水利", 0), ("市水利局要于", 1), ("市水利局要于9", 0)]
)
def test_parties_need_more_overlap(quote: str, matched: int) -> None:
    counts = score_document(GOLD, record(RIGHT["directives"], [], [said(quote, 1)]), TEXT)
    assert counts["responsibility"] == (matched, 1, 2)


def test_inherited_responsibilities_are_left_out() -> None:
    parties = [*RIGHT["responsibilities"], said("市水利局", 2, inherited=True), said(STOP, 2, inherited=True)]
    assert score_document(GOLD, {**RIGHT, "responsibilities": parties}, TEXT) == score_document(GOLD, RIGHT, TEXT)


@pytest.mark.parametrize(
    ("deadlines", "parties", "links"),
    [
        ([time()], [said("市水利局", 1), said("市财政局", 1)], (3, 3, 3)),  # the role doesn't matter
        ([time(number=2)], [said("市水利局", 1), said("市财政局", 2)], (1, 3, 3)),
        ([time(number=7)], [], (0, 1, 3)),
        ([], [said("市水利局", 1)], (1, 1, 3)),
        ([time(), time("上月")], [said("市水利局", 1)], (2, 3, 3)),  # a spurious deadline is a spurious link
    ],
)
def test_links(deadlines: list[Plain], parties: list[Plain], links: tuple[int, int, int]) -> None:
    assert score_document(GOLD, record(RIGHT["directives"], deadlines, parties), TEXT)["link"] == links


def test_a_link_needs_its_directive() -> None:
    counts = score_document(GOLD, {**RIGHT, "directives": [found("上月清淤三条", 1)]}, TEXT)
    assert counts["deadline"] == (1, 1, 1)
    assert counts["link"] == (0, 3, 3)


def test_a_loose_deadline_has_no_link() -> None:
    gold = {"directives": [told(STOP, "prohibition")], "loose_deadlines": [due()]}
    counts = score_document(gold, record([found(STOP, 1)], [time()]), TEXT)
    assert counts["deadline.value"] == (1, 1, 1)
    assert counts["link"] == (0, 1, 0)


def test_hard_deadlines() -> None:
    vague = {**at("9月底前"), "kind": "vague"}
    soft = {"directives": [told(CLEAN, deadlines=[vague])]}
    right = record([found(CLEAN, 1)], [time(kind="vague")])
    assert score_document(soft, right, TEXT)["deadline.value"] == (1, 1, 1)
    assert score_document(soft, right, TEXT)["deadline.hard"] == (0, 0, 0)
    spurious = record([found(CLEAN, 1)], [time(kind="vague"), time("上月")])
    assert score_document(soft, spurious, TEXT)["deadline.hard"] == (0, 1, 0)
    wrong = record([found(CLEAN, 1)], [time(due="2021-09-29")])
    assert score_document(GOLD, wrong, TEXT)["deadline.hard"] == (0, 1, 1)


def test_characters_of_directives() -> None:
    counts = score_document(GOLD, record([found("市水利局要于9月底前完成清淤", 1), found("上月清淤", 2)]), TEXT)
    assert counts["directive.chars"] == (14, 18, 26)


@pytest.mark.parametrize(
    ("gold", "predicted", "same"),
    [
        ({"kind": "date", "due": "2021-09-30"}, {"kind": "date", "due": "2021-09-30"}, True),
        ({"kind": "date", "due": "2021-09-30"}, {"kind": "date", "due": "2021-09-29"}, False),
        ({"kind": "date", "due": "2021-09-30"}, {"kind": "date", "due": None}, False),
        # The hour counts where the annotation tells it.
        ({"kind": "date", "due": "2021-09-30"}, {"kind": "date", "due": "2021-09-30T18:00:00"}, True),
        ({"kind": "date", "due": "2021-09-30T18:00"}, {"kind": "date", "due": "2021-09-30T18:00:00"}, True),
        ({"kind": "date", "due": "2021-09-30T18:00"}, {"kind": "date", "due": "2021-09-30T17:00:00"}, False),
        ({"kind": "date", "due": "2021-09-30T18:00"}, {"kind": "date", "due": "2021-09-30"}, False),
        ({"kind": "period", "begin": "2021-09-01", "due": "2021-09-30"}, {"kind": "period", "begin": "2021-09-01T00:00", "due": "2021-09-30"}, True),
        ({"kind": "period", "begin": "2021-09-01", "due": "2021-09-30"}, {"kind": "period", "begin": "2021-09-02", "due": "2021-09-30"}, False),
        ({"kind": "period", "begin": "2021-09-01", "due": "2021-09-30"}, {"kind": "period", "begin": None, "due": "2021-09-30"}, False),
        ({"kind": "period", "begin": None, "due": "2021-09-30"}, {"kind": "period", "due": "2021-09-30"}, True),
        ({"kind": "period", "begin": None, "due": "2021-09-30"}, {"kind": "period", "due": "2021-10-30"}, False),
        # Of relative ones the amount and the unit; the anchor's wording and the day don't count.
        ({"kind": "relative", "offset": {"value": 3, "unit": "day"}, "anchor": "会议"}, {"kind": "relative", "offset": {"value": 3.0, "unit": "day", "x": 1}, "anchor": None}, True),
        ({"kind": "relative", "offset": {"value": 3, "unit": "day"}}, {"kind": "relative", "offset": {"value": 3, "unit": "workday"}}, False),
        ({"kind": "relative", "offset": {"value": 3, "unit": "day"}}, {"kind": "relative", "offset": {"value": 5, "unit": "day"}}, False),
        ({"kind": "relative", "offset": {"value": 3, "unit": "day"}}, {"kind": "relative", "offset": None}, False),
        ({"kind": "relative", "offset": None, "due": "2021-09-30"}, {"kind": "relative"}, True),
        # Of recurring ones the parts that name days, in any order.
        ({"kind": "recurring", "recurrence": "FREQ=MONTHLY;BYMONTHDAY=5"}, {"kind": "recurring", "recurrence": "RRULE:BYMONTHDAY=5;freq=monthly;INTERVAL=1;BYHOUR=9;WKST=MO"}, True),
        ({"kind": "recurring", "recurrence": "FREQ=MONTHLY;BYMONTHDAY=5"}, {"kind": "recurring", "recurrence": "FREQ=MONTHLY"}, False),
        ({"kind": "recurring", "recurrence": "FREQ=WEEKLY;INTERVAL=2"}, {"kind": "recurring", "recurrence": "FREQ=WEEKLY"}, False),
        ({"kind": "recurring", "recurrence": "FREQ=DAILY"}, {"kind": "recurring", "recurrence": None}, False),
        # The others say no more than their kind.
        ({"kind": "immediate"}, {"kind": "immediate", "due": "2021-09-30"}, True),
        ({"kind": "vague"}, {"kind": "vague"}, True),
        ({"kind": "vague"}, {"kind": "immediate"}, False),
        ({"kind": "date", "due": "2021-09-30"}, {"kind": "period", "due": "2021-09-30"}, False),
    ],
)  # fmt: skip
def test_same_value(gold: Plain, predicted: Plain, same: bool) -> None:
    assert same_value(gold, predicted) is same


def test_missed_and_spurious() -> None:
    d = Comparison.of(GOLD, record([found("上月清淤三条", 1), found(STOP, 2)]), TEXT).directives
    assert (d.pairs, d.missed, d.spurious) == ({1: 1}, [0], [0])
    assert d.counts() == (1, 2, 2)
    assert d.counts(0) == (0, 2, 2)


def test_total_and_mean() -> None:
    right, nothing = score_document(GOLD, RIGHT, TEXT), score_document(GOLD, record([]), TEXT)
    whole = total([right, nothing])
    assert tuple(whole) == MEASURES
    assert whole["directive"] == (2, 2, 4)
    assert whole["link"] == (3, 3, 6)
    assert mean(whole) == pytest.approx(sum(2 * 1 / 3 for _ in MAIN) / len(MAIN))
    assert total([]) == dict.fromkeys(MEASURES, (0, 0, 0))
    assert mean(total([])) == 0.0

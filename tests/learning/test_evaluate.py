"""The faults of records, told by cause, and what is made of them; records and annotations are made by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from docmine.learning.corpus import Annotated
from docmine.learning.evaluate import NONE, Evaluation, Fault, Result, compare, evaluate, figures
from docmine.learning.scoring import MEASURES, Counts

Plain = dict[str, Any]

TEXT = "关于清淤的会议纪要\n会议通报了上月情况。市水利局要于9月底前完成清淤，市财政局配合；各乡镇立即建立台账。上月清淤三条。"
CLEAN = "市水利局要于9月底前完成清淤，市财政局配合"
LEDGER = "各乡镇立即建立台账"
REPORT = "上月清淤三条"


def at(quote: str) -> Plain:
    start = TEXT.index(quote)
    return {"start": start, "end": start + len(quote)}


def told(quote: str, force: str = "obligation", actors: Sequence[Plain] = (), deadlines: Sequence[Plain] = ()) -> Plain:
    """An annotated directive."""
    return {**at(quote), "force": force, "actors": list(actors), "deadlines": list(deadlines)}


WATER = {**at("市水利局"), "role": "responsible"}
MONEY = {**at("市财政局"), "role": "support"}
TOWNS = {**at("各乡镇"), "role": "responsible"}
SEPTEMBER = {**at("9月底前"), "kind": "date", "due": "2021-09-30"}
AT_ONCE = {**at("立即"), "kind": "immediate"}
GOLD: Plain = {"directives": [told(CLEAN, "obligation", [WATER, MONEY], [SEPTEMBER]), told(LEDGER, "obligation", [TOWNS], [AT_ONCE])]}  # fmt: skip


def annotated(gold: Plain = GOLD, name: str = "a", **about: str) -> Annotated:
    return Annotated(name, TEXT, gold, about)


def evidence(*rules: str) -> list[Plain]:
    return [{"rule": rule} for rule in rules]


def found(quote: str, number: int, force: str = "obligation", *rules: str) -> Plain:
    return {"id": f"d{number}", "span": at(quote), "text": quote, "force": force, "evidence": evidence(*rules)}


def said(quote: str, number: int, role: str = "responsible", *rules: str) -> Plain:
    return {
        "span": at(quote), "directive": f"d{number}", "role": role, "inherited": False, "evidence": evidence(*rules),
    }  # fmt: skip


def time(quote: str, number: int, kind: str, *rules: str, **values: Any) -> Plain:
    return {"span": at(quote), "directive": f"d{number}", "kind": kind, **values, "evidence": evidence(*rules)}


DIRECTIVES = [found(CLEAN, 1), found(LEDGER, 2)]
TIMES = [time("9月底前", 1, "date", due="2021-09-30"), time("立即", 2, "immediate")]
PARTIES = [said("市水利局", 1), said("市财政局", 1, "support"), said("各乡镇", 2)]


def record(**parts: Any) -> Plain:
    """The right record with some parts in place of its own."""
    whole = {"directives": DIRECTIVES, "deadlines": TIMES, "responsibilities": PARTIES, "segments": []}
    return {**whole, "document": {"kind": "minutes"}, **parts}


def bare(*directives: Plain) -> Plain:
    return record(directives=list(directives), deadlines=[], responsibilities=[])


def causes(gold: Plain, made: Plain) -> list[tuple[str, str]]:
    return [(fault.cause, fault.text) for fault in compare(annotated(gold), made).faults]


def of(concern: str, faults: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [fault for fault in faults if fault[0].startswith(concern)]


def test_a_right_record_has_no_faults() -> None:
    result = compare(annotated(), record())
    assert result.faults == []
    assert {each.f1 for each in result.counts.values()} == {1.0}


ONE = {"directives": [told(CLEAN)]}
TWO = {"directives": [told("市水利局要于9月底前完成清淤"), told("市财政局配合")]}


@pytest.mark.parametrize(
    ("gold", "directives", "faults"),
    [
        # Nothing there.
        (ONE, [], [("directive.missed.whole", CLEAN)]),
        (ONE, [found(LEDGER, 1)], [("directive.missed.whole", CLEAN), ("directive.spurious.whole.–", LEDGER)]),
        # Two in one: too long to match either, or long enough to match the greater.
        (
            {"directives": [told("市水利局要于9月底前完成清淤"), told(LEDGER)]},
            [found(f"完成清淤，市财政局配合；{LEDGER}", 1)],
            [
                ("directive.missed.joined", "市水利局要于9月底前完成清淤"),
                ("directive.missed.joined", LEDGER),
                ("directive.spurious.part", f"完成清淤，市财政局配合；{LEDGER}"),
            ],
        ),
        (TWO, [found(CLEAN, 1)], [("directive.missed.joined", "市财政局配合")]),
        # One in several.
        (
            ONE,
            [found("市水利局要于9月底", 1), found("完成清淤", 2), found("市财政局配合", 3)],
            [
                ("directive.missed.cut", CLEAN),
                ("directive.spurious.part", "市水利局要于9月底"),
                ("directive.spurious.part", "完成清淤"),
                ("directive.spurious.part", "市财政局配合"),
            ],
        ),
        # Another span.
        (ONE, [found("市财政局配合", 1)], [("directive.missed.shorter", CLEAN), ("directive.spurious.part", "市财政局配合")]),
        (
            {"directives": [told("市财政局配合")]},
            [found(CLEAN, 1)],
            [("directive.missed.longer", "市财政局配合"), ("directive.spurious.part", CLEAN)],
        ),
        # What isn't one, by the last rule that isn't a model's.
        (ONE, [found(CLEAN, 1), found(REPORT, 2)], [("directive.spurious.whole.–", REPORT)]),
        (
            ONE,
            [found(CLEAN, 1), found(REPORT, 2, "obligation", "op.want", "bare.verb", "model.clauses")],
            [("directive.spurious.whole.bare.verb", REPORT)],
        ),
        (ONE, [found(CLEAN, 1), found(REPORT, 2, "obligation", "model.clauses")], [("directive.spurious.whole.–", REPORT)]),
        # What may be judged either way is no fault.
        ({**ONE, "ignore": [at(REPORT)]}, [found(CLEAN, 1), found(REPORT, 2)], []),
        # The force.
        (ONE, [found(CLEAN, 1, "request")], [("directive.force.obligation_as_request", CLEAN)]),
    ],
)  # fmt: skip
def test_directive(gold: Plain, directives: list[Plain], faults: list[tuple[str, str]]) -> None:
    assert causes(gold, bare(*directives)) == faults


def test_notes_of_directives() -> None:
    cut = compare(annotated(TWO), bare(found("市水利局", 1), found("完成清淤", 2), found("市财政局配合", 3))).faults
    assert [(fault.cause, fault.note) for fault in cut] == [
        ("directive.missed.cut", "市水利局 | 完成清淤"),
        ("directive.spurious.part", "市水利局要于9月底前完成清淤"),
        ("directive.spurious.part", "市水利局要于9月底前完成清淤"),
    ]
    force = compare(annotated(ONE), bare(found(CLEAN, 1, "request", "op.ask", "model.forces"))).faults
    assert force == [Fault("a", "directive.force.obligation_as_request", CLEAN, TEXT.index(CLEAN), "op.ask")]


@pytest.mark.parametrize(
    ("times", "faults"),
    [
        ([time("9月底前", 1, "date", due="2021-10-31"), TIMES[1]], [("deadline.value.date", "9月底前")]),
        ([time("9月底前", 1, "vague"), TIMES[1]], [("deadline.value.date", "9月底前")]),
        ([TIMES[0], time("立即", 2, "vague")], [("deadline.value.immediate", "立即")]),
        ([time("9月底前", 2, "date", due="2021-09-30"), TIMES[1]], [("deadline.link", "9月底前")]),
        (
            [time("9月底前", 2, "date", due=None), TIMES[1]],
            [("deadline.value.date", "9月底前"), ("deadline.link", "9月底前")],
        ),
        ([TIMES[0]], [("deadline.missed.immediate", "立即")]),
        ([TIMES[1]], [("deadline.missed.date", "9月底前")]),
        ([*TIMES, time("上月", 1, "date", "time.month")], [("deadline.spurious.time.month", "上月")]),
        ([*TIMES, time("上月", 7, "date", "time.month")], [("deadline.spurious.with_directive", "上月")]),
        # Another span.
        ([time("9月", 1, "date"), TIMES[1]], [("deadline.value.date", "9月底前")]),
        ([time("9", 1, "date"), TIMES[1]], [("deadline.missed.span", "9月底前"), ("deadline.spurious.span", "9")]),
    ],
)
def test_deadline(times: list[Plain], faults: list[tuple[str, str]]) -> None:
    assert causes(GOLD, record(deadlines=times)) == faults


def test_note_of_a_value() -> None:
    (fault,) = compare(annotated(), record(deadlines=[time("9月底前", 1, "date", due="2021-10-31"), TIMES[1]])).faults
    assert fault.note == (
        "['date', '2021-09-30', None, None, None] – ['date', '2021-10-31', None, None, None]"
    )  # fmt: skip


def test_a_loose_deadline_belongs_nowhere() -> None:
    gold = {"directives": [told(CLEAN, "obligation", [WATER, MONEY])], "loose_deadlines": [SEPTEMBER]}
    made = record(directives=DIRECTIVES[:1], deadlines=TIMES[:1], responsibilities=PARTIES[:2])
    assert causes(gold, made) == []
    assert causes(gold, {**made, "deadlines": []}) == [("deadline.missed.date", "9月底前")]


@pytest.mark.parametrize(
    ("parties", "faults"),
    [
        ([said("市水利局", 1, "lead"), *PARTIES[1:]], [("party.role.responsible_as_lead", "市水利局")]),
        ([said("市水利局", 2), *PARTIES[1:]], [("party.link", "市水利局")]),
        (
            [said("市水利局", 2, "lead"), *PARTIES[1:]],
            [("party.role.responsible_as_lead", "市水利局"), ("party.link", "市水利局")],
        ),
        (PARTIES[:1] + PARTIES[2:], [("party.missed.support", "市财政局")]),
        ([*PARTIES, said("会议", 1, "lead", "role.lead")], [("party.spurious.role.lead", "会议")]),
        ([*PARTIES, said("会议", 7, "lead", "role.lead")], [("party.spurious.with_directive", "会议")]),
        ([said("市水", 1), *PARTIES[1:]], [("party.missed.span", "市水利局"), ("party.spurious.span", "市水")]),
        ([*PARTIES, {**said("会议", 1), "inherited": True}], []),
    ],
)
def test_party(parties: list[Plain], faults: list[tuple[str, str]]) -> None:
    assert causes(GOLD, record(responsibilities=parties)) == faults


def test_what_goes_with_a_directive() -> None:
    faults = causes(GOLD, record(directives=DIRECTIVES[:1], deadlines=TIMES[:1], responsibilities=PARTIES[:2]))
    assert faults == [
        ("directive.missed.whole", LEDGER),
        ("deadline.missed.with_directive", "立即"),
        ("party.missed.with_directive", "各乡镇"),
    ]
    only_first = {"directives": GOLD["directives"][:1]}
    assert causes(only_first, record()) == [
        ("directive.spurious.whole.–", LEDGER),
        ("deadline.spurious.with_directive", "立即"),
        ("party.spurious.with_directive", "各乡镇"),
    ]


def test_the_text_around_a_party_stands_on_one_line() -> None:
    (fault,) = compare(annotated(), record(responsibilities=PARTIES[1:])).faults
    assert (fault.text, fault.start) == ("市水利局", TEXT.index("市水利局"))
    assert fault.note.startswith("关于清淤的会议纪要⏎会议通报了上月情况。市水利局要于")


def test_confusions() -> None:
    gold = {"directives": [*GOLD["directives"], told(REPORT, "request")]}
    made = record(
        directives=[found(CLEAN, 1), found(LEDGER, 2, "prohibition"), found("关于清淤", 3, "commitment")],
        deadlines=[time("9月底前", 1, "vague"), time("上月", 1, "date")],
        responsibilities=[said("市水利局", 1), said("市财政局", 1, "lead"), said("会议", 1, "liable")],
    )
    evaluation = Evaluation([compare(annotated(gold, kind="speech"), made), compare(annotated(), record())])
    assert evaluation.confusion("force") == {
        ("obligation", "obligation"): 3,
        ("obligation", "prohibition"): 1,
        ("request", NONE): 1,
        (NONE, "commitment"): 1,
    }
    assert evaluation.confusion("deadline") == {
        ("date", "vague"): 1, ("immediate", NONE): 1, (NONE, "date"): 1, ("date", "date"): 1, ("immediate", "immediate"): 1,
    }  # fmt: skip
    assert evaluation.confusion("role") == {
        ("responsible", "responsible"): 3,
        ("support", "lead"): 1,
        ("responsible", NONE): 1,
        (NONE, "liable"): 1,
        ("support", "support"): 1,
    }
    assert evaluation.confusion("kind") == {("speech", "minutes"): 1}
    assert evaluation.confusion("function") == Counter()
    assert evaluation.confusion("taste") == Counter()


def test_confusion_of_functions() -> None:
    functions = [
        {**at("关于清淤的会议纪要"), "function": "heading"},
        {**at("会议通报了上月情况。"), "function": "report"},
        {**at(REPORT), "function": "fact"},
    ]

    def segment(quote: str, function: str) -> Plain:
        return {"span": at(quote), "function": function}

    segments = [
        segment("关于清淤的会议纪要", "heading"),
        segment("会议通报了上月情况。", "background"),
        segment(f"{CLEAN}；{LEDGER}。", "directive"),  # has a directive
        segment("。", "noise"),  # has nothing that counts
        segment("情况。", "report"),
        segment(f"{REPORT}。", "report"),
    ]
    made = record(segments=segments)
    gold = {**GOLD, "functions": functions}
    said_of_sentences = Evaluation([compare(annotated(gold), made)]).confusion("function")
    assert said_of_sentences == {
        ("heading", "heading"): 1, ("report", "background"): 1, ("report", "report"): 1, ("fact", "report"): 1,
    }  # fmt: skip
    ignored = {**gold, "ignore": [at(REPORT)]}
    assert ("fact", "report") not in Evaluation([compare(annotated(ignored), made)]).confusion("function")
    assert Evaluation([compare(annotated(), made)]).confusion("function") == Counter()


def result(name: str, faults: Sequence[str] = (), counts: tuple[int, int, int] = (1, 1, 1), **about: str) -> Result:
    return Result(
        annotated(name=name, **about),
        dict.fromkeys(MEASURES, Counts(*counts)),
        [Fault(name, cause, "", 0) for cause in faults],
        {},
    )


def test_by_what_is_told() -> None:
    evaluation = Evaluation(
        [
            result("a", genre="通知"),
            result("b", genre="讲话"),
            result("c", genre="通知"),
            result("d"),
            result("e", genre=""),
        ]
    )
    names = {key: [each.document.name for each in part.results] for key, part in evaluation.by("genre").items()}
    assert names == {"讲话": ["b"], "通知": ["a", "c"], NONE: ["d", "e"]}
    assert list(names) == sorted(names)


def test_the_biggest_cause_first() -> None:
    evaluation = Evaluation([result("a", ["x", "z"]), result("b", ["y", "z", "z", "w", "y", "x"])])
    assert [(cause, [fault.document for fault in faults]) for cause, faults in evaluation.causes()] == [
        ("z", ["a", "b", "b"]),
        ("x", ["a", "b"]),
        ("y", ["b", "b"]),
        ("w", ["b"]),
    ]


def test_counts_and_mean_over_all() -> None:
    evaluation = Evaluation([result("a"), result("b", counts=(0, 1, 1))])
    assert evaluation.counts["link"] == (1, 2, 2)
    assert evaluation.mean == 0.5


def f1_of_links(counts: dict[str, Counts]) -> float:
    return counts["link"].f1


def test_interval_lies_around_the_figure() -> None:
    rows = [result(f"d{i}", counts=(i % 10, 10, 10)) for i in range(40)]
    evaluation = Evaluation(rows)
    low, high = evaluation.interval(f1_of_links)
    assert low < evaluation.counts["link"].f1 < high
    assert high - low < 0.25
    few_low, few_high = Evaluation(rows[:10]).interval(f1_of_links)
    assert few_high - few_low > high - low
    assert Evaluation(rows).interval(f1_of_links) == (low, high)


def test_interval_of_equal_documents_is_a_point() -> None:
    assert Evaluation([result("a", counts=(1, 2, 2))] * 5).interval(f1_of_links) == (0.5, 0.5)


def test_nothing_evaluated() -> None:
    nothing = evaluate([])
    assert (nothing.mean, nothing.interval(f1_of_links), nothing.causes(), nothing.by("genre")) == (
        0.0,
        (0.0, 0.0),
        [],
        {},
    )


def test_figures_of_each_measure() -> None:
    evaluation = Evaluation([compare(annotated(), record()), compare(annotated(), record(deadlines=[]))])
    rows = list(figures(evaluation))
    assert [name for name, _, _ in rows] == list(MEASURES)
    for name, counts, (low, high) in rows:
        assert counts == evaluation.counts[name]
        assert low <= counts.f1 <= high
    intervals = {name: interval for name, _, interval in rows}
    assert intervals["directive"] == (1.0, 1.0)
    assert intervals["deadline"][0] < 1.0


def test_documents_are_mined() -> None:
    evaluation = evaluate([annotated(kind="minutes")])
    (only,) = evaluation.results
    assert only.counts["directive"].gold == 2
    assert only.counts["directive"].matched >= 1
    assert sum(evaluation.confusion("kind").values()) == 1

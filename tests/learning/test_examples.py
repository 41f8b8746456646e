"""The truth of a document's clauses, forces, parties, deadlines, sentences and genre, from its annotation."""

from __future__ import annotations

import pytest

from docmine.learning.corpus import Annotated
from docmine.learning.examples import (
    Example,
    Prepared,
    clause_examples,
    clause_truths,
    deadline_examples,
    force_examples,
    function_examples,
    kind_example,
    prepare,
    role_examples,
    set_true_labels,
    true_units,
)
from docmine.learning.markup import read_markup

TITLE = "关于城区清淤工作的会议纪要\n"


def annotated(body: str, kind: str = "minutes") -> Annotated:
    marked = read_markup(f"name: a\n---\n{TITLE}{body}\n")
    return Annotated("a", marked.text, marked.gold, {"kind": kind})


def prepared(body: str) -> Prepared:
    return prepare(annotated(body), None)


def told(examples: list[Example]) -> list[tuple[str, str, str]]:
    """What is classified, with its truth and what the rules say."""
    return [(example.row.texts[0], example.truth, example.found) for example in examples]


@pytest.mark.parametrize(
    ("body", "truths"),
    [
        # Begins, goes on, outside.
        ("会议通报了上月情况。⟦o|市水利局要完成清淤，并建立台账⟧。", ["O", "BI"]),
        ("⟦o|市水利局要完成清淤，并建立台账⟧，⟦o|市财政局负责落实资金⟧；⟦p|严禁擅自停工⟧。", ["BIB", "B"]),
        ("⟦o|市水利局要完成清淤⟧，⟦o|并建立台账⟧，⟦o|市财政局负责落实资金⟧。", ["BBB"]),
        ("市水利局要完成清淤，⟦o|并建立台账⟧，市财政局负责落实资金。", ["OBO"]),
        # What a gap separates is still the same directive's.
        ("⟦o|市水利局要完成清淤⟦n|，这里是页码，⟧并建立台账⟧。", ["BII"]),
        # Half of the clause, half of the directive, less than half of both.
        ("市水利局要⟦o|完成清淤工作⟧。", ["B"]),
        ("市水利局要⟦o|清淤⟧，并建立台账。", ["BO"]),
        ("⟦o|市水利局要完成清淤，并建⟧立台账。", ["BO"]),
        ("市水利局要完成⟦o|清淤，并建立台账⟧。", ["OB"]),
        # Headlines are directives too.
        ("⟦oh|市水利局要完成清淤⟧。", ["B"]),
        # Unclear, at least by half; a directive beats it.
        ("⟦i|各单位要抓紧落实⟧。", ["?"]),
        ("各单位要⟦i|抓紧落实⟧。", ["?"]),
        ("各单位要抓紧⟦i|落实⟧。", ["O"]),
        ("⟦i|⟦o|各单位要抓紧落实⟧⟧。", ["B"]),
        ("⟦i|市水利局要完成清淤⟧，⟦o|并建立台账⟧。", ["?B"]),
    ],
)  # fmt: skip
def test_truth_of_clauses(body: str, truths: list[str]) -> None:
    assert ["".join(row) for row in clause_truths(prepared(body))][1:] == truths


def test_clauses_but_not_unclear_ones() -> None:
    case = prepared("会议通报了上月情况。⟦o|市水利局要完成清淤⟧，并建立台账。⟦i|各单位要抓紧⟧。")
    found = list(clause_examples(case))
    assert [(example.document, example.truth, example.found) for example in found] == [
        ("a", "O", "O"), ("a", "O", "O"), ("a", "B", "B"), ("a", "O", "I"),
    ]  # fmt: skip


def test_units_of_the_annotation() -> None:
    # The rules take the last sentence for a directive and both clauses of the one before for a single one.
    case = prepared("⟦o|市水利局要完成清淤⟧，⟦q|并建立台账⟧。⟦i|各单位要抓紧⟧。严禁擅自停工。")
    norm = case.walk.scan.norm
    units = [(unit.span.text(norm), gold["force"]) for _, unit, gold in true_units(case)]
    assert units == [("市水利局要完成清淤", "obligation"), ("并建立台账", "request")]
    assert [seen.labels for seen in case.seen] == [["O"], ["BB"], ["O"], ["O"]]


def test_labels_are_possible_ones() -> None:
    case = prepared("⟦o|市水利局要完成清淤，⟦n|上月清淤了三条河道，以及两条水渠，共计五条，⟧并建立台账⟧。")
    set_true_labels(case)
    for seen in case.seen:
        for labels, likely in zip(seen.labels, seen.likely, strict=True):
            assert "OI" not in f"O{labels}"
            assert "?" not in labels
            assert likely == [1.0] * len(labels)


def test_forces() -> None:
    body = "⟦o|市水利局要完成清淤⟧。⟦p|严禁擅自停工⟧。⟦r|市财政局要落实资金⟧。上月清淤三条。各乡镇必须建立台账。"
    found = list(force_examples(prepared(body)))
    assert [(example.document, example.truth, example.found) for example in found] == [
        ("a", "obligation", "obligation"),
        ("a", "prohibition", "prohibition"),
        ("a", "recommendation", "obligation"),
    ]
    assert "严禁擅自停工" in found[1].row.texts


def roles(body: str) -> list[tuple[str, str, str]]:
    """The candidates that have a role or that the rules give one."""
    return [row for row in told(list(role_examples(prepared(body)))) if row[1:] != ("none", "none")]


@pytest.mark.parametrize(
    ("body", "parties"),
    [
        (
            "⟦o|⟨R|市水利局⟩要完成清淤，⟨S|市财政局⟩配合⟧。",
            [("市水利局", "responsible", "responsible"), ("市财政局", "support", "support")],
        ),
        # Not what the rules say: another role, none, or what overlaps enough.
        ("⟦o|⟨L|市水利局⟩要完成清淤⟧。", [("市水利局", "lead", "responsible")]),
        ("⟦o|市水利局要完成清淤⟧。", [("市水利局", "none", "responsible")]),
        ("⟦o|⟨R|市水利⟩局要完成清淤⟧。", [("市水利局", "responsible", "responsible")]),
        ("⟦o|⟨R|市水⟩利局要完成清淤⟧。", [("市水利局", "none", "responsible")]),
        # Only in annotated directives, and of each directive only its own parties.
        ("市水利局要完成清淤。⟦o|⟨R|市财政局⟩要落实资金⟧。", [("市财政局", "responsible", "responsible")]),
    ],
)
def test_roles(body: str, parties: list[tuple[str, str, str]]) -> None:
    assert roles(body) == parties


def test_most_candidates_have_no_role() -> None:
    found = list(role_examples(prepared("⟦o|⟨R|市水利局⟩要完成清淤，并建立台账⟧，⟦o|⟨R|市财政局⟩负责落实资金⟧。")))
    assert [example.row.texts[0] for example in found if example.truth == "responsible"] == ["市水利局", "市财政局"]
    assert {example.truth for example in found} == {"responsible", "none"}
    assert {example.document for example in found} == {"a"}


@pytest.mark.parametrize(
    ("body", "times"),
    [
        ("⟦o|市水利局要于⟨date 2021-09-30|2021年9月30日前⟩完成清淤⟧。", [("2021年9月30日前", "yes", "yes")]),
        ("⟦o|市水利局要于2021年9月30日前完成清淤⟧。", [("2021年9月30日前", "no", "yes")]),
        # The span needs only half; the value doesn't matter.
        ("⟦o|市水利局要于⟨vague|2021年9月⟩30日前完成清淤⟧。", [("2021年9月30日前", "yes", "yes")]),
        ("⟦o|市水利局要于2021年9月⟨vague|30日前⟩完成清淤⟧。", [("2021年9月30日前", "no", "yes")]),
        # A time that limits nothing.
        (
            "⟦o|市水利局要对2020年7月的险情于⟨date 2021-09-30|2021年9月30日前⟩完成整改⟧。",
            [("2020年7月", "no", "no"), ("2021年9月30日前", "yes", "yes")],
        ),
        # Only in annotated directives, and another directive's deadline is none of this one's.
        ("市水利局要于2021年9月30日前完成清淤。", []),
        (
            "⟦o|市水利局要⟨imm|立即⟩清淤⟧，⟦o|市财政局要于⟨date#1 2021-09-30|2021年9月30日前⟩落实资金⟧。",
            [("立即", "yes", "yes"), ("2021年9月30日前", "no", "yes")],
        ),
    ],
)
def test_deadlines(body: str, times: list[tuple[str, str, str]]) -> None:
    assert told(list(deadline_examples(prepared(body)))) == times


def test_functions() -> None:
    body = (
        "会议在市政府召开。⟪report⟫会议通报了上月情况。⟦o|市水利局要完成清淤⟧，进度偏慢。⟦i|希望大家共勉⟧。"
        "⟪etiquette⟫谢谢大家！"
    )
    found = list(function_examples(prepared(body)))
    # Sentences with a directive, what may be judged either way, and what isn't annotated are left out.
    assert [(row[0], row[1]) for row in told(found)] == [
        ("会议通报了上月情况。", "report"),
        ("谢谢大家！", "etiquette"),
    ]
    assert found[0].found == "report"
    assert [example.row.texts[1] for example in found] == ["会议在市政府召开。", "希望大家共勉。"]


def test_the_function_of_most_of_a_sentence() -> None:
    found = told(list(function_examples(prepared("⟪finding⟫问题是，⟪report⟫上月只清淤三条河道。"))))
    assert [truth for _, truth, _ in found] == ["report"]


def test_no_functions_are_annotated() -> None:
    assert list(function_examples(prepared("会议通报了上月情况。"))) == []


@pytest.mark.parametrize("kind", ["minutes", "speech"])
def test_kind(kind: str) -> None:
    example = kind_example(annotated("会议通报了上月情况。会议要求，市水利局要完成清淤。", kind))
    assert (example.document, example.truth, example.found) == ("a", kind, "minutes")

"""How far two annotations agree: on annotations made by hand, and on the corpus's second ones."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from conftest import ROOT
from docmine.learning.agreement import agreement, agreement_of, as_record
from docmine.learning.corpus import Annotated, load_documents
from docmine.learning.markup import read_markup
from docmine.learning.scoring import MEASURES, mean

Plain = dict[str, Any]

BODY = (
    "⟦oh|强化责任⟧。⟦o|⟨R|市水利局⟩要于⟨date 2021-09-30|9月底前⟩完成清淤，⟨S|市财政局⟩配合⟧；"
    "⟦p|⟨R|各乡镇⟩不得停工⟧。⟦i|希望大家共勉⟧。上月清淤三条。"
)
MARKED = read_markup(f"name: a\n---\n{BODY}")


def annotated(gold: Plain = MARKED.gold, text: str = MARKED.text) -> Annotated:
    return Annotated("a", text, gold, {})


def second() -> Plain:
    return copy.deepcopy(MARKED.gold)


def at(quote: str) -> Plain:
    start = MARKED.text.index(quote)
    return {"start": start, "end": start + len(quote)}


def changed(gold: Plain, **rows: tuple[int, int, int]) -> None:
    """The second annotation against the first agrees fully but in the measures told."""
    counts = agreement([(annotated(), gold)])
    full = agreement([(annotated(), second())])
    told = {name.replace("_", "."): each for name, each in rows.items()}
    assert {name: tuple(each) for name, each in counts.items() if each != full[name]} == told


def test_an_annotation_agrees_with_itself() -> None:
    counts = agreement([(annotated(), second())])
    assert mean(counts) == 1.0
    assert {each.f1 for each in counts.values()} == {1.0}
    assert (counts["directive"], counts["deadline"], counts["responsibility"], counts["link"]) == (
        (2, 2, 2), (1, 1, 1), (3, 3, 3), (4, 4, 4),
    )  # fmt: skip


def test_another_force() -> None:
    gold = second()
    gold["directives"][2]["force"] = "obligation"
    changed(gold, directive_force=(1, 2, 2))


def test_another_role() -> None:
    gold = second()
    gold["directives"][1]["actors"][1]["role"] = "lead"
    changed(gold, responsibility_role=(2, 3, 3))


def test_another_day() -> None:
    gold = second()
    gold["directives"][1]["deadlines"][0]["due"] = "2021-09-29"
    changed(gold, deadline_value=(0, 1, 1), deadline_hard=(0, 1, 1))


def test_a_party_lacks() -> None:
    gold = second()
    del gold["directives"][1]["actors"][1]
    changed(gold, responsibility=(2, 2, 3), responsibility_role=(2, 2, 3), link=(3, 3, 4))


def test_a_party_of_another_directive() -> None:
    gold = second()
    gold["directives"][2]["actors"].append(gold["directives"][1]["actors"].pop(1))
    changed(gold, link=(3, 4, 4))


def test_a_directive_lacks() -> None:
    gold = second()
    del gold["directives"][2]
    counts = agreement([(annotated(), gold)])
    assert counts["directive"] == (1, 1, 2)
    assert counts["directive.chars"] == (20, 20, 27)
    assert counts["responsibility"] == (2, 2, 3)


def test_a_directive_more() -> None:
    gold = second()
    gold["directives"].append({**at("上月清淤三条"), "force": "obligation", "actors": [], "deadlines": []})
    changed(gold, directive=(2, 3, 2), directive_force=(2, 3, 2), directive_chars=(27, 33, 27))


def test_a_deadline_that_belongs_to_nothing() -> None:
    gold = second()
    gold["loose_deadlines"] = [gold["directives"][1]["deadlines"].pop()]
    changed(gold, link=(3, 4, 4))


@pytest.mark.parametrize("by", ["first", "second"])
def test_what_either_annotator_ignores_is_ignored(by: str) -> None:
    first, other = second(), second()
    other["directives"].append({**at("上月清淤三条"), "force": "obligation"})
    (first if by == "first" else other)["ignore"].append(at("上月清淤三条"))
    assert agreement([(annotated(first), other)])["directive"] == (2, 2, 2)


def test_many_documents_add_up() -> None:
    gold = second()
    gold["directives"][2]["force"] = "obligation"
    counts = agreement([(annotated(), gold), (annotated(), second())])
    assert counts["directive.force"] == (3, 4, 4)
    assert agreement([])["directive"] == (0, 0, 0)


def test_as_record() -> None:
    record = as_record(
        {
            "directives": [{**at("市水利局"), "force": "request"}],
            "loose_deadlines": [{**at("9月底前"), "kind": "vague"}],
        }
    )
    assert [(row["id"], row["force"]) for row in record["directives"]] == [("d0", "request")]
    assert [(row["kind"], row["directive"]) for row in record["deadlines"]] == [("vague", None)]
    assert record["responsibilities"] == []
    parties = as_record(MARKED.gold)["responsibilities"]
    assert [(row["directive"], row["role"], row["inherited"]) for row in parties] == [
        ("d1", "responsible", False), ("d1", "support", False), ("d2", "responsible", False),
    ]  # fmt: skip


SECOND = ROOT / "corpus" / "second.jsonl"


@pytest.fixture(scope="module")
def twice() -> list[tuple[Annotated, Plain]]:
    """The corpus's documents that were annotated twice, with their second annotation."""
    documents = {document.name: document for document in load_documents(ROOT / "corpus" / "documents")}
    rows = [json.loads(line) for line in SECOND.read_text(encoding="utf-8").splitlines() if line]
    return [(documents[row["name"]], row) for row in rows]


def test_enough_of_the_corpus_is_annotated_twice(twice: list[tuple[Annotated, Plain]]) -> None:
    names = [document.name for document, _ in twice]
    assert len(names) >= 30
    assert len(set(names)) == len(names)


def test_second_annotations_lie_inside_the_text(twice: list[tuple[Annotated, Plain]]) -> None:
    for document, gold in twice:
        entries = [e for d in gold["directives"] for name in ("actors", "deadlines") for e in d.get(name, ())]
        others = [row for name in ("loose_deadlines", "ignore", "noise", "functions") for row in gold.get(name, ())]
        for row in (*gold["directives"], *entries, *others):
            assert 0 <= row["start"] < row["end"] <= len(document.text), (document.name, row)


def test_annotators_of_the_corpus_agree(twice: list[tuple[Annotated, Plain]]) -> None:
    assert mean(agreement(twice)) >= 0.90


def test_table_of_agreement(twice: list[tuple[Annotated, Plain]]) -> None:
    lines = agreement_of([document for document, _ in twice], SECOND).splitlines()
    assert lines[0] == f"{len(twice)} documents, annotated twice"
    assert [line.split()[0] for line in lines[1:]] == [*MEASURES, "mean"]
    assert lines[-1].split()[1] == f"{mean(agreement(twice)):.3f}"

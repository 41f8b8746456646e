"""Every operator finds and skips what it says; every pattern of the rule files compiles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, get_args

import pytest

from docmine.errors import RuleError
from docmine.rulebook import PatternSet, compile_pattern, load_toml
from docmine.rulebook.folding import fold
from docmine.rulebook.operators import Operator, hits, operators
from docmine.schema.findings import Force

OPERATORS = operators()
FILES = ("grammar", "context", "structure", "head", "kinds", "functions", "roles", "parties", "operators")
PATTERN_KEYS = {"pattern", "result", "slogan"}
PATTERN_TABLES = {"patterns", "after", "clauses", "directives", "names", "roles", "link", "miner", "head"}
WORDS = {"stop_chars", "surnames", "compound_surnames"}  # in parties.toml: characters and words, no patterns


# Examples of the rule file that the rule does not keep; each goes when rule or example is mended.
KNOWN = {
    (
        "op.commit",
        "将案件办理情况报市迎检办",
    ): "将(?=two Han) takes every object marker; only the verdict tells them apart",
}


def examples(field: str) -> Iterator[Any]:
    for op in OPERATORS:
        for text in getattr(op, field):
            reason = KNOWN.get((op.id, text))
            marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
            yield pytest.param(op, text, id=f"{op.id}:{text}", marks=marks)


def ids(text: str) -> list[str]:
    folded = fold(text)
    return [hit.operator.id for hit in hits(folded, 0, len(folded))]


@pytest.mark.parametrize(("op", "text"), list(examples("finds")))
def test_operator_finds(op: Operator, text: str) -> None:
    assert op.id in ids(text)


@pytest.mark.parametrize(("op", "text"), list(examples("skips")))
def test_operator_skips(op: Operator, text: str) -> None:
    assert op.id not in ids(text)


@pytest.mark.parametrize("op", OPERATORS, ids=lambda op: op.id)
def test_operator_is_complete(op: Operator) -> None:
    assert op.finds and op.skips, "a rule without an example and a counter-example is not finished"
    assert 1 <= op.strength <= 5
    assert op.force in get_args(Force)


def test_operator_ids_are_unique() -> None:
    assert len({op.id for op in OPERATORS}) == len(OPERATORS)


def test_hits_come_in_order_and_apart() -> None:
    text = "各单位必须于9月底前完成整改，不得拖延，还要形成台账，及时报市安委办备案。"
    found = hits(text, 0, len(text))
    assert [hit.operator.id for hit in found] == ["op.must", "op.prohibit.strict", "op.want", "op.report_to"]
    assert all(text[hit.start : hit.end] == hit.text for hit in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_hits_stay_inside_their_bounds() -> None:
    text = "各单位必须整改，不得拖延。"
    assert [hit.text for hit in hits(text, 0, text.index("，"))] == ["必须"]


def patterns_in(data: Any, path: str = "", *, inside: bool = False) -> Iterator[tuple[str, str]]:
    """(place, pattern) of every pattern in a rule file's data."""
    if isinstance(data, list):
        for i, row in enumerate(data):
            if isinstance(row, dict):
                yield from patterns_in(row, f"{path}[{row.get('id', i)}]")
        return
    for key, value in data.items():
        if isinstance(value, str) and (inside or key in PATTERN_KEYS) and key not in WORDS:
            yield f"{path}.{key}", value
        elif isinstance(value, dict | list):
            yield from patterns_in(value, f"{path}.{key}", inside=key in PATTERN_TABLES)


ALL_PATTERNS = [(f"{name}{at}", p) for name in FILES for at, p in patterns_in(load_toml(f"common/{name}.toml"))]


def test_all_files_hold_patterns() -> None:
    found = {place.split(".")[0].split("[")[0] for place, _ in ALL_PATTERNS}
    assert found == set(FILES)
    assert len(ALL_PATTERNS) > 150


@pytest.mark.parametrize(("place", "pattern"), ALL_PATTERNS, ids=[place for place, _ in ALL_PATTERNS])
def test_pattern_compiles(place: str, pattern: str) -> None:
    compile_pattern(pattern, where=place)


@pytest.mark.parametrize(("place", "pattern"), ALL_PATTERNS, ids=[place for place, _ in ALL_PATTERNS])
def test_pattern_is_written_in_folded_characters(place: str, pattern: str) -> None:
    """Rules are matched on folded text: a literal that folding changes could never match."""
    literal = re.sub(r"\[[^\]]*\]|\(\?[^)]{0,3}", "", pattern)
    han = re.findall(r"[\u3400-\u9fff]+", literal)
    assert [word for word in han if fold(word) != word] == []


def test_a_faulty_pattern_is_reported_with_its_place() -> None:
    with pytest.raises(RuleError, match=r"somewhere: bad pattern"):
        compile_pattern("(?P<n>", where="somewhere")


def test_a_missing_pattern_is_reported_with_its_table() -> None:
    with pytest.raises(RuleError, match=r"\[clauses\]: no pattern nowhere"):
        _ = PatternSet("common/grammar.toml", "clauses").nowhere

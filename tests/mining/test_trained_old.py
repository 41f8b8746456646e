"""The model's inference, and what it does to findings."""

from __future__ import annotations

import math
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from docmine import pipeline
from docmine.errors import ModelError
from docmine.intake.clean import clean
from docmine.intake.structure import structure
from docmine.mining import mine_document
from docmine.mining.clauses import Times
from docmine.mining.extract.times import find_times
from docmine.mining.features import Row, segment_rows
from docmine.mining.runs import BUCKETS, buckets, run_count, sums_batched, sums_plain
from docmine.mining.segment import sentences
from docmine.mining.trained import MODEL, apply_scores, logistic, logits, probabilities
from docmine.rulebook.models import SEGMENTS, SegmentsModel, load_card, load_segments_model, segments_model
from docmine.schema.findings import Directive, Evidence, Findings, Reference, Segment
from docmine.schema.spans import Span
from docmine.settings import Settings

RANDOM = random.Random(0)
WEIGHTS = memoryview(bytes(RANDOM.randrange(256) for _ in range(BUCKETS))).cast("b")
NOTHING = memoryview(bytes(BUCKETS)).cast("b")


def model(**fields: object) -> SegmentsModel:
    return SegmentsModel(**{"runs": NOTHING, "run_step": 0.01, "traits": {}, "bias": 0.0} | fields)  # type: ignore[arg-type]


def rows_of(text: str) -> list[Row]:
    cleaned = clean(pipeline.text_reading(text))
    found = structure(cleaned)
    times = Times(find_times(cleaned.norm, Reference()))
    return list(segment_rows(cleaned.norm, found, sentences(cleaned.norm, found.stretches), times))


# -- runs of characters -------------------------------------------------------------------------------------------


@given(st.lists(st.text(max_size=60), min_size=1, max_size=8))
def test_numpy_and_plain_python_give_the_same_sums(texts: list[str]) -> None:
    assert sums_batched(WEIGHTS, texts) == sums_plain(WEIGHTS, texts)


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


def test_the_ends_of_a_sentence_count() -> None:
    assert set(buckets("要")) - set(buckets("不要紧")), "要 alone begins and ends a sentence"


def test_a_short_document_is_judged_without_numpy() -> None:
    code = (
        "import sys; from docmine.mining.runs import run_sums; run_sums(memoryview(bytes(1 << 15)).cast('b'), ['要完成。']); "
        "assert 'numpy' not in sys.modules; run_sums(memoryview(bytes(1 << 15)).cast('b'), ['要完成。'] * 1000); "
        "assert 'numpy' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


# -- traits -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentence", "there", "missing"),
    [
        ("市水利局要于9月底前完成清淤。", "要于", ["operator=op.want", "time=any", "time=bounded"], ["operator=none", "cue=past"]),
        ("8月20日召开了会议。", "召开", ["time=any", "cue=past", "operator=none"], ["time=bounded"]),
        ("上月清淤了三条河道。各地抓紧。", "各地", ["position=1"], ["position=0"]),
        ("整改率达到95%。", "整改率", ["cue=statistic"], []),
        ("一是建立台账。\n二是不得停工。", "不得", ["operator=op.prohibit.strict", "style=is"], []),
        ("我是幸福小区居民，路灯坏了半年。\n恳请有关部门尽快维修。\n此致\n敬礼", "恳请", ["operator=op.wish", "time=any"], ["cue=past"]),
    ],
)  # fmt: skip
def test_traits(text: str, sentence: str, there: list[str], missing: list[str]) -> None:
    (row,) = (row for row in rows_of(text) if sentence in row.text)
    assert set(there) <= set(row.traits)
    assert not set(missing) & set(row.traits)


def test_titles_and_headings_are_not_judged() -> None:
    rows = rows_of(
        "关于防汛工作的会议纪要\n会议强调：\n一、强化责任\n各乡镇要建立台账。\n二、加强巡查\n各村要每日巡查。\n"
    )
    judged = {row.text: row.judged for row in rows}
    assert not judged["关于防汛工作的会议纪要"]
    assert not judged["强化责任"]
    assert judged["各乡镇要建立台账。"]


# -- probabilities ------------------------------------------------------------------------------------------------


def test_a_logit_is_the_sum_of_its_parts() -> None:
    text = "要完成清淤。"
    row = Row(text, ("a=1", "b=2", "unknown=3"), True)
    made = model(runs=WEIGHTS, traits={"a=1": 0.5, "b=2": -0.25}, bias=0.1, slope=2.0, shift=-1.0)
    expected = 0.1 + 0.5 - 0.25 + 0.01 * sum(WEIGHTS[each] for each in buckets(text)) / math.sqrt(run_count(text))
    assert logits(made, [row]) == pytest.approx([expected])
    assert probabilities(made, [row]) == pytest.approx([1 / (1 + math.exp(-(2 * expected - 1)))])


@pytest.mark.parametrize("z", [-1000.0, -3.0, 0.0, 3.0, 1000.0])
def test_the_logistic_function_never_overflows(z: float) -> None:
    assert logistic(z) + logistic(-z) == pytest.approx(1.0)
    assert 0.0 <= logistic(z) <= 1.0


def test_no_rows_no_probabilities() -> None:
    assert probabilities(model(), []) == []


# -- findings -----------------------------------------------------------------------------------------------------


def findings() -> Findings:
    found = Findings()
    found.segments = [
        Segment("seg1", None, Span(0, 6), "directive", ["directive"], evidence=[Evidence("op.want", "要")]),
        Segment("seg2", None, Span(6, 12), "background"),
        Segment("seg3", None, Span(12, 18), "heading", ["directive"]),
    ]
    found.directives = [
        Directive("d1", "seg1", None, Span(0, 5), "obligation", 3, score=0.9, evidence=[Evidence("op.want", "要")]),
        Directive("d2", "seg3", None, Span(12, 17), "obligation", 3, heading=True, score=0.7),
    ]
    return found


ROWS = [
    Row("要完成清淤。", ("yes=1",), True),
    Row("河道很长了。", ("no=1",), True),
    Row("强化责任。", ("yes=1",), False),
]
SURE = model(traits={"yes=1": math.log(4), "no=1": -math.log(9)})  # 0.8 and 0.1


def test_scores_are_laid_over_the_findings() -> None:
    found = findings()
    apply_scores(found, ROWS, model=SURE)
    assert [segment.score for segment in found.segments] == pytest.approx([0.8, 0.9, 1.0])
    assert [directive.score for directive in found.directives] == pytest.approx([math.sqrt(0.9 * 0.8), 0.7])


def test_the_model_stands_among_the_reasons() -> None:
    found = findings()
    apply_scores(found, ROWS, model=SURE)
    rules = [[each.rule for each in segment.evidence] for segment in found.segments]
    assert rules == [["op.want", MODEL], [MODEL], []]
    assert [each.rule for each in found.directives[0].evidence] == ["op.want", MODEL]
    assert found.directives[0].evidence[-1].weight == pytest.approx(0.8)
    assert found.directives[1].evidence == []


def test_nothing_is_found_or_lost_by_it() -> None:
    found, before = findings(), findings()
    apply_scores(found, ROWS, model=SURE)
    assert [(d.id, d.span, d.force) for d in found.directives] == [(d.id, d.span, d.force) for d in before.directives]
    assert [(s.id, s.function, s.labels) for s in found.segments] == [
        (s.id, s.function, s.labels) for s in before.segments
    ]


def test_rows_that_belong_to_other_segments_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        apply_scores(findings(), ROWS[:2], model=SURE)


def test_many_sentences_are_judged_in_batches() -> None:
    found = Findings(segments=[Segment(f"seg{i}", None, Span(i, i + 1)) for i in range(10_000)])
    apply_scores(found, (ROWS[1] for _ in range(10_000)), model=SURE)
    assert {round(segment.score, 6) for segment in found.segments} == {0.9}


# -- the installed model ------------------------------------------------------------------------------------------


def installed() -> SegmentsModel:
    found = segments_model()
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("order", "fact"),
    [
        ("市水利局要于9月底前完成清淤。", "市水利局已于9月底前完成清淤。"),
        ("各乡镇必须建立台账，不得瞒报漏报。", "各乡镇共建立台账45本，销号32件。"),
        ("恳请有关部门尽快查处。", "有关部门至今没有答复。"),
        ("我局将于年底前完成整改。", "我局完成了整改。"),
    ],
)
def test_the_installed_model_tells_orders_from_facts(order: str, fact: str) -> None:
    rows = rows_of(f"{order}\n{fact}\n")
    likely, unlikely = probabilities(installed(), rows)
    assert likely > 0.5 > unlikely


def test_a_real_document_keeps_its_directives_with_doubtful_ones_lower() -> None:
    text = (ROOT / "samples" / "01_污染防治调度会主持词.txt").read_text(encoding="utf-8")
    cleaned = clean(pipeline.text_reading(text))
    found = structure(cleaned)
    mined = mine_document(cleaned, found, reference=Reference(), settings=Settings(models=False))
    plain = [directive.score for directive in mined.directives]
    apply_scores(mined, rows_of(text), model=installed())
    assert len(mined.directives) == len(plain) > 0
    assert all(0 < directive.score < 1 for directive in mined.directives if not directive.heading)


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda folder: (folder / "weights.npz").write_bytes(b"PK"), "these are not the weights"),
        (lambda folder: (folder / "weights.npz").unlink(), "can't be opened"),
        (lambda folder: (folder / "card.toml").write_text("form = 99"), "form 99"),
        (lambda folder: (folder / "card.toml").write_text("form ="), "card.toml"),
        (lambda folder: (folder / "card.toml").write_text("form = 1"), "no hash"),
    ],
)
def test_a_damaged_model_is_named(tmp_path: Path, damage: object, told: str) -> None:
    for path in (ROOT / "models" / SEGMENTS).iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    load_segments_model(tmp_path)
    damage(tmp_path)  # type: ignore[operator]
    with pytest.raises(ModelError, match=told) as caught:
        load_segments_model(tmp_path)
    assert "docmine train" in caught.value.remedy


def test_weights_that_are_no_arrays_are_named(tmp_path: Path) -> None:
    import hashlib

    data = b"not a zip"
    (tmp_path / "weights.npz").write_bytes(data)
    card = (
        f'form = 1\n[weights]\nsha256 = "{hashlib.sha256(data).hexdigest()}"\n[calibration]\nslope = 1.0\nshift = 0.0\n'
    )
    (tmp_path / "card.toml").write_text(card, encoding="utf-8")
    assert load_card(tmp_path)["calibration"]["slope"] == 1.0
    with pytest.raises(ModelError, match="can't be read"):
        load_segments_model(tmp_path)

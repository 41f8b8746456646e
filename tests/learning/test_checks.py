"""What a corpus has to be: each fault on small documents made by hand, and the corpus itself."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import ROOT
from docmine.learning.checks import (
    GENRES,
    KINDS,
    LEAST,
    MOST_FRAMED,
    MOST_SHARED,
    closest,
    commonest_frame,
    faults_of,
    genre_of,
    report,
    sentences,
    twice,
)
from docmine.learning.corpus import Annotated, load_documents
from docmine.learning.markup import read_markup

Plain = dict[str, Any]

ABOUT = {
    "writer": "k", "kind": "minutes", "genre": "专题会议纪要", "region": "河北", "level": "city", "decade": "2020s",
    "trade": "水利", "care": "clean", "source": "invented",
}  # fmt: skip
MARKED = read_markup(
    "name: a\n---\n⟪report⟫上月清淤三条。⟦o|⟨R|市水利局⟩要于⟨date 2021-09-30|9月底前⟩完成清淤⟧，⟦p|不得停工⟧。⟦i|共勉⟧。"
)


def document(text: str = MARKED.text, gold: Plain | None = None, *, name: str = "a", **about: str) -> Annotated:
    return Annotated(name, text, MARKED.gold if gold is None else gold, {**ABOUT, **about})


def plain(text: str, name: str = "a") -> Annotated:
    return document(text, {"directives": []}, name=name)


def test_nothing_wrong() -> None:
    assert list(faults_of(document())) == []


@pytest.mark.parametrize("key", sorted(ABOUT))
def test_a_fact_lacks(key: str) -> None:
    assert f"a: {key} isn't told" in list(faults_of(document(**{key: ""})))


@pytest.mark.parametrize("kind", ["letters", "Minutes"])
def test_an_unknown_kind(kind: str) -> None:
    assert list(faults_of(document(kind=kind))) == [f"a: no such kind: {kind}"]


def marked(**rows: Any) -> Plain:
    """An annotation of MARKED's text with one directive, in place of which rows may be told."""
    return {"directives": [directive()], **rows}


def directive(start: int = 7, end: int = 22, **more: Any) -> Plain:
    return {"start": start, "end": end, "force": "obligation", **more}


def deadline(**values: Any) -> Plain:
    return marked(directives=[directive(deadlines=[{"start": 13, "end": 17, **values}])])


@pytest.mark.parametrize(
    ("gold", "told"),
    [
        # Overlapping and touching directives.
        (marked(directives=[directive(7, 22), directive(21, 26)]), ["directives overlap at 21"]),
        (marked(directives=[directive(7, 22), directive(22, 26)]), []),
        # Spans.
        (marked(directives=[directive(-1, 5)]), ["-1–5 lies outside the text"]),
        (marked(directives=[directive(7, 99)]), ["7–99 lies outside the text"]),
        (marked(directives=[directive(7, 7)]), ["7–7 lies outside the text"]),
        (marked(directives=[directive(9, 7)]), ["9–7 lies outside the text"]),
        (marked(directives=[directive(actors=[{"start": 7, "end": 99, "role": "lead"}])]), ["7–99 lies outside the text"]),
        (deadline(end=99, kind="vague"), ["13–99 lies outside the text"]),
        (marked(ignore=[{"start": 3, "end": 99}]), ["3–99 lies outside the text"]),
        (marked(functions=[{"start": 3, "end": 99, "function": "report"}]), ["3–99 lies outside the text"]),
        # Names.
        (marked(directives=[directive(force="order")]), ["at 7: force order"]),
        (marked(directives=[directive(actors=[{"start": 7, "end": 11, "role": "boss"}])]), ["at 7: role boss"]),
        (deadline(kind="soon"), ["at 13: kind soon"]),
        (marked(functions=[{"start": 0, "end": 7, "function": "gossip"}]), ["at 0: function gossip"]),
        # Values of deadlines.
        (deadline(kind="date"), ["at 13: a date without a day"]),
        (deadline(kind="date", due="2021-09-30T18:00"), []),
        (deadline(kind="date", due="2021年9月"), ["at 13: due 2021年9月"]),
        (deadline(kind="date", due="2021-09-30T18"), ["at 13: due 2021-09-30T18"]),
        (deadline(kind="period", begin="2021-09-01"), ["at 13: a period without a day"]),
        (deadline(kind="period", begin="9-1", due="2021-09-30"), ["at 13: begin 9-1"]),
        (deadline(kind="period", begin=None, due="2021-09-30"), []),
        (deadline(kind="recurring"), ["at 13: recurrence None"]),
        (deadline(kind="recurring", recurrence="MONTHLY"), ["at 13: recurrence MONTHLY"]),
        (deadline(kind="recurring", recurrence="FREQ=MONTHLY"), []),
        (deadline(kind="relative", offset={"value": 3, "unit": "days"}), ["at 13: offset {'value': 3, 'unit': 'days'}"]),
        (deadline(kind="relative", offset={"value": 3, "unit": "day"}, anchor="会议", due=None), []),
        (deadline(kind="relative", offset=None), []),
        (deadline(kind="immediate"), []),
        # Several at once.
        (marked(directives=[directive(7, 99, force="order")]), ["7–99 lies outside the text", "at 7: force order"]),
    ],
)  # fmt: skip
def test_a_fault_of_the_annotation(gold: Plain, told: list[str]) -> None:
    assert list(faults_of(document(gold=gold))) == [f"a: {each}" for each in told]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("会议通报了情况。市水利局清淤；财政局配合！", ["会议通报了情况。", "市水利局清淤；", "财政局配合！"]),
        ("会议纪要\n会议通报了情况", ["会议纪要", "会议通报了情况"]),
        ("——\n。\n谢谢？\n", ["谢谢？"]),
        ("", []),
    ],
)
def test_sentences(text: str, found: list[str]) -> None:
    assert list(sentences(text)) == found


@pytest.mark.parametrize(
    ("genre", "family"),
    [
        ("污染防治调度会主持词", "host script"),
        ("市政府常务会议纪要", "executive meeting"),
        ("专题会议纪要", "thematic meeting"),
        ("现场办公会纪要", "on-site meeting"),
        ("领导讲话", "speech"),
        ("网民留言", "petition letter"),
        ("12345工单", "hotline ticket"),
        ("边督边改一览表", "case table"),
        ("诗歌", "other"),
        ("", "other"),
    ],
)
def test_genre(genre: str, family: str) -> None:
    assert genre_of(document(genre=genre)) == family
    assert family in (*GENRES, "other")


LONG = "市水利局要在国庆节以前完成城区河道清淤。"  # more than sixteen letters


@pytest.mark.parametrize(
    ("one", "two", "found"),
    [
        (LONG, f"会议纪要\n  {LONG}谢谢。", [LONG]),
        (LONG, LONG.replace("市", "县"), []),
        ("各乡镇要抓紧建立台账。", "各乡镇要抓紧建立台账。", []),  # short ones may recur
        (f"{LONG}\n{LONG}", "会议纪要", []),  # a document may repeat itself
        ("2021年9月30日18时00分至2021年10月1日8时00分。", "2021年9月30日18时00分至2021年10月1日8时00分。", []),  # digits
    ],
)  # fmt: skip
def test_sentences_in_two_documents(one: str, two: str, found: list[str]) -> None:
    assert twice([plain(one), plain(two, "b")]) == [f"a and b both say: {sentence}" for sentence in found]


def test_closest_pairs() -> None:
    documents = [
        plain("甲乙丙丁戊己庚辛壬癸"),  # three runs of eight
        plain("甲乙丙丁，戊己庚辛。壬", "b"),  # two, both of them the first's
        plain("子甲乙丙丁戊己庚辛丑寅", "c"),  # four, one of them the others'
        plain("甲乙丙", "d"),
        plain("完全另外的一段文字内容", "e"),
    ]
    assert closest(documents) == [(1.0, "a", "b"), (0.5, "b", "c"), (pytest.approx(1 / 3), "a", "c")]


@pytest.mark.parametrize(
    ("texts", "frame", "share"),
    [
        (["由甲局对乙进行整改，并将结果报丙。", "由丁县对戊进行治理，并将方案报己。"], "由~对~，并将~。", 1.0),
        (["由甲局对乙整改，并将结果报丙。现有台账。现有资金。现有人员。"], "由~对~，并将~。", 0.25),
        (["现有台账。现有资金。"], "", 0.0),  # too short to be counted
        ([], "", 0.0),
    ],
)
def test_commonest_frame(texts: list[str], frame: str, share: float) -> None:
    assert commonest_frame([plain(text) for text in texts]) == (frame, share)


def test_report_names_all_that_is_wrong() -> None:
    one, two = (
        plain(f"{LONG}现有台账五本。"),
        document(f"{LONG}另有六人。", {"directives": []}, name="b", kind="poem", trade=""),
    )
    text, faults = report([one, two])
    assert faults == [
        *(f"{n} {name}, {LEAST[name]} are needed" for name, n in zip(
            LEAST, (2, len(one.text) + len(two.text), 4, 1, 2, 1), strict=True,
        )),
        "b: trade isn't told",
        "b: no such kind: poem",
        f"a and b both say: {LONG}",
        "a and b share 75% of their wording",
        f"50.0% of the sentences have the frame {commonest_frame([one, two])[0]}",
    ]  # fmt: skip
    assert [line for line in text.splitlines() if line.startswith("WRONG: ")] == [f"WRONG: {fault}" for fault in faults]
    assert "       2  thematic meeting" in text.splitlines()


def test_the_corpus_has_no_fault() -> None:
    documents = load_documents(ROOT / "corpus" / "documents")
    if len(documents) < LEAST["documents"]:
        pytest.skip(f"the corpus has {len(documents)} documents yet, {LEAST['documents']} are needed")
    assert report(documents)[1] == []


def test_bounds_are_what_is_promised() -> None:
    assert (LEAST["documents"], MOST_SHARED, MOST_FRAMED) == (300, 0.10, 0.01)
    assert len(set(KINDS)) == len(KINDS) == 10

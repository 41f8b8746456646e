from __future__ import annotations

from typing import Any

import pytest

from docmine.output.record import build_record
from docmine.schema.border import parse_record
from docmine.schema.document import CleanText, Head, Meeting, Reading, Section, Speaker, Structure, Warn
from docmine.schema.facts import facts_of_bytes
from docmine.schema.findings import (
    Deadline,
    Directive,
    Evidence,
    Finding,
    Findings,
    Offset,
    Responsibility,
    Segment,
    TimeExpression,
)
from docmine.schema.record import Record
from docmine.schema.spans import OffsetMap, Span

READ = "会议纪要\n第1页\n要求：承办单位应于接件之日起3日内办结。\n"
NOISE = Span(5, 9)  # the page mark and its line end
CLEAN = READ[: NOISE.start] + READ[NOISE.end :]
MAP = OffsetMap([i for i in range(len(READ)) if not NOISE.start <= i < NOISE.end], len(READ))
PRODUCED = {"program": "docmine", "version": "0", "rules": "0", "models": {}}


def clean_span(words: str) -> Span:
    start = CLEAN.index(words)
    return Span(start, start + len(words))


def findings() -> Findings:
    order, due, owner = (
        clean_span("承办单位应于接件之日起3日内办结"),
        clean_span("接件之日起3日内"),
        clean_span("承办单位"),
    )
    time = TimeExpression(
        due,
        "relative",
        "amount.within",
        offset=Offset(3, "day"),
        anchor="接件",
        anchor_span=clean_span("接件"),
        bound="within",
    )
    return Findings(
        segments=[
            Segment(
                "seg1",
                "s1",
                clean_span("要求：承办单位应于接件之日起3日内办结。"),
                "directive",
                ["directive", "deadline"],
            )
        ],
        directives=[
            Directive(
                "d1",
                "seg1",
                "s1",
                order,
                "obligation",
                4,
                trigger="应",
                speaker="李某",
                relayed=True,
                evidence=[Evidence("op.ought", "应", 0.123456)],
            )
        ],
        deadlines=[Deadline("t1", "d1", time)],
        responsibilities=[Responsibility("r1", "d1", owner, "承办单位", "collective", "responsible", inherited=True)],
        petitions=[{"case_no": "X1", "respondents": ("某厂",), "demands": ["d1"]}],
        warnings=[Finding("no_owner", "no owner", order), Finding("whole", "all of it")],
    )


def build(found: Findings | None = None, **changes: Any) -> dict[str, Any]:
    reading = Reading(READ, "text/plain", "text", encoding="utf-8", warnings=(Warn("odd", "an odd mark", NOISE),))
    clean = CleanText(CLEAN, CLEAN, MAP, warnings=reading.warnings)
    structure = Structure(
        kind="minutes",
        kind_score=0.87654321,
        kind_evidence=("title",),
        head=Head(title="会议纪要"),
        meeting=Meeting(name="例会", agenda=["一项"]),
        sections=[
            Section(
                "s1", None, 1, "一、", "要求", clean_span("要求"), clean_span("要求"), speaker=Speaker("李某", True)
            )
        ],
        stretches=[],
    )
    return build_record(
        reading,
        clean,
        structure,
        found or findings(),
        facts=facts_of_bytes(READ.encode(), shown="a/b.txt"),
        produced=PRODUCED,
        **changes,
    )


def test_the_record_keeps_the_promised_parts_in_order() -> None:
    assert list(build()) == [
        "schema_version", "source", "document", "meeting", "sections", "segments", "directives", "deadlines",
        "responsibilities", "petitions", "warnings", "produced",
    ]  # fmt: skip


def test_a_record_made_by_hand_passes_the_border() -> None:
    record = Record(build())
    assert parse_record(record.to_json()) == record


@pytest.mark.parametrize("part", ["sections", "segments", "directives", "deadlines", "responsibilities"])
def test_spans_select_the_words_in_the_text_as_read(part: str) -> None:
    (entry,) = build()[part]
    words = {"sections": "要求", "responsibilities": "承办单位"}.get(part) or entry["text"]
    assert READ[entry["span"]["start"] : entry["span"]["end"]] == words


def test_deadlines_stand_in_text_order_with_ids_in_that_order() -> None:
    found = findings()
    late = found.deadlines[0]
    early = TimeExpression(clean_span("会议"), "date", "date.month_end", due="2021-09-30")
    found.deadlines = [late, Deadline("t2", "d1", early, inherited=True)]
    built = build(found)
    assert [(each["id"], each["text"]) for each in built["deadlines"]] == [("t1", "会议"), ("t2", "接件之日起3日内")]
    assert built["directives"][0]["deadlines"] == ["t1", "t2"]
    assert [each.id for each in found.deadlines] == ["t1", "t2"], "the findings stay as they were"


def test_a_directive_names_what_belongs_to_it_and_who_relays_it() -> None:
    (directive,) = build()["directives"]
    assert (directive["deadlines"], directive["responsibilities"]) == (["t1"], ["r1"])
    assert directive["speaker"] == {"name": "李某", "relayed": True}
    assert directive["evidence"] == [{"rule": "op.ought", "text": "应", "weight": 0.1235}]


def test_a_relative_deadline_keeps_amount_and_event() -> None:
    (deadline,) = build()["deadlines"]
    assert deadline["offset"] == {"value": 3, "unit": "day"}
    assert deadline["anchor"] == {"text": "接件", "event": "接件", "date": None}
    assert deadline["due"] is None
    assert deadline["evidence"] == [{"rule": "amount.within", "text": "接件之日起3日内", "weight": 1.0}]


def test_warnings_stand_once_and_in_source_offsets() -> None:
    assert [(w["code"], w["span"] and (w["span"]["start"], w["span"]["end"])) for w in build()["warnings"]] == [
        ("odd", (5, 9)),
        ("no_owner", (READ.index("承办"), READ.index("。"))),
        ("whole", None),
    ]


def test_a_petition_has_all_fields_those_not_found_empty() -> None:
    (petition,) = build()["petitions"]
    assert (petition["case_no"], petition["respondents"], petition["demands"]) == ("X1", ["某厂"], ["d1"])
    assert (petition["status"], petition["clocks"]) == (None, [])


def test_the_text_is_in_the_record_on_request_only() -> None:
    assert build()["document"]["text"] is None
    assert build(include_text=True)["document"]["text"] == READ


def test_the_same_input_gives_the_same_bytes() -> None:
    assert Record(build()).to_json() == Record(build()).to_json()

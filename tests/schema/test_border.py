from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import docmine
from docmine.schema.border import RecordFormatError, parse_record, record_schema
from docmine.schema.parts import Box, Directive, Place

TEXT = "请市水利局于9月底前完成清淤，市城管局配合，并于会后3日内报市政府。"


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    return json.loads(docmine.mine_text(TEXT, date="2021-08-25").to_json())


def test_the_schema_is_valid_json_schema_2020_12() -> None:
    Draft202012Validator.check_schema(record_schema())


def test_the_schema_is_the_same_each_time() -> None:
    assert json.dumps(record_schema()) == json.dumps(record_schema())


def test_every_part_and_field_is_described_or_self_evident() -> None:
    for name, part in record_schema()["$defs"].items():
        assert part.get("description"), name


@pytest.mark.parametrize("name", sorted(p.name for p in (Path(__file__).parents[2] / "samples").iterdir()))
def test_records_of_all_samples_fit_the_schema(samples: Path, name: str) -> None:
    record = docmine.mine(samples / name)
    Draft202012Validator(record_schema()).validate(json.loads(record.to_json()))
    assert parse_record(record.to_json()) == record


def test_records_of_the_gold_texts_fit_the_schema(shared: Path) -> None:
    validator = Draft202012Validator(record_schema())
    for path in sorted((shared / "gold").glob("*.txt")):
        validator.validate(json.loads(docmine.mine(path).to_json()))


def changed(data: dict[str, Any], path: str, value: Any) -> bytes:
    foreign = copy.deepcopy(data)
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    at: Any = foreign
    for step in steps:
        at = at[step]
    if value is ...:
        del at[last]
    else:
        at[last] = value
    return json.dumps(foreign).encode()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("schema_version", "2.0"),
        ("source.bytes", "many"),
        ("document.kind", "novel"),
        ("directives.0.force", "wish"),
        ("directives.0.strength", 9),
        ("directives.0.span.end", None),
        ("deadlines.0.kind", ...),
        ("responsibilities.0.party.type", 1),
        ("extra", 1),
        ("directives.0.extra", 1),
    ],
)
def test_foreign_records_that_break_the_promise_are_refused(data: dict[str, Any], path: str, value: Any) -> None:
    with pytest.raises(RecordFormatError, match=path.rpartition(".")[2]) as caught:
        parse_record(changed(data, path, value))
    assert caught.value.remedy


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"a"'])
def test_what_is_no_record_is_refused(text: str) -> None:
    with pytest.raises(RecordFormatError):
        parse_record(text)


def test_typed_attributes_say_the_same_as_the_plain_data(data: dict[str, Any]) -> None:
    record = parse_record(json.dumps(data))
    assert [each.id for each in record.directives] == [each["id"] for each in data["directives"]]
    assert isinstance(record.directives[0], Directive)
    assert record.directives[0].span == Place(**data["directives"][0]["span"])
    assert [each.party.name for each in record.responsibilities] == [
        r["party"]["name"] for r in data["responsibilities"]
    ]
    assert record.deadlines[0].evidence[0].rule == data["deadlines"][0]["evidence"][0]["rule"]
    assert record.document.length == len(TEXT)
    assert record.produced.version == docmine.__version__
    assert [(w.code, w.span is None) for w in record.warnings] == [
        (w["code"], w["span"] is None) for w in data["warnings"]
    ]


def test_places_in_a_pdf_have_pages_and_boxes(samples: Path) -> None:
    record = docmine.mine(samples / "07_信访答复意见书.pdf")
    for directive in record.directives:
        assert directive.span.page is not None
        assert directive.span.boxes
        box: Box = directive.span.boxes[0]
        assert box[1] < box[3]
        assert box[2] < box[4]

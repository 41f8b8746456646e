"""The border: the published JSON Schema of a record, and the check of records that came from elsewhere."""

from __future__ import annotations

from dataclasses import is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from docmine.errors import InputError
from docmine.schema import parts
from docmine.schema.parts import RecordData
from docmine.schema.record import Record

if TYPE_CHECKING:
    from pydantic import TypeAdapter

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_REMEDY = "Give a record that `docmine run` wrote with the same schema version, or run it again."


class RecordFormatError(InputError):
    """Something is not a record of the version that this program knows."""

    code = "record_format"


def record_schema() -> dict[str, Any]:
    """The JSON Schema 2020-12 of a record, in a stable order."""
    schema = _adapter().json_schema(mode="validation")
    return {"$schema": DIALECT, "title": "docmine record", **{k: v for k, v in schema.items() if k != "title"}}


def parse_record(data: bytes | str) -> Record:
    """A record from JSON, checked field by field; RecordFormatError names the first places that are wrong."""
    import orjson
    from pydantic import ValidationError

    try:
        _adapter().validate_json(data)
    except ValidationError as error:
        places = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()[:3])
        raise RecordFormatError(f"not a record: {places}", remedy=_REMEDY) from error
    return Record(orjson.loads(data))


@cache
def _adapter() -> TypeAdapter[RecordData]:
    from pydantic import ConfigDict, TypeAdapter, with_config

    closed = with_config(ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=True))
    for part in vars(parts).values():
        if is_dataclass(part) and isinstance(part, type):
            closed(part)
    return TypeAdapter(RecordData)

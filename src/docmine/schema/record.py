"""A record with typed attributes over plain data. The parts' types are in `docmine.schema.parts`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docmine.schema import parts

SCHEMA_VERSION = "1.0"


class Record:
    """One document's record: typed attributes over the plain data that is written to disk.

    An attribute's objects are built when it is first read, so a record that is only written costs nothing more.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data

    @cached_property
    def source(self) -> parts.Source:
        """The file that the record was made from."""
        part: parts.Source = _part("Source", self._data["source"])
        return part

    @cached_property
    def document(self) -> parts.Document:
        """What the document says about itself."""
        part: parts.Document = _part("Document", self._data["document"])
        return part

    @cached_property
    def meeting(self) -> parts.Meeting | None:
        """The meeting that the document records."""
        data = self._data["meeting"]
        return None if data is None else _part("Meeting", data)

    @cached_property
    def sections(self) -> list[parts.Section]:
        """The numbering tree, in document order."""
        return _parts("Section", self._data["sections"])

    @cached_property
    def segments(self) -> list[parts.Segment]:
        """Every sentence of the body."""
        return _parts("Segment", self._data["segments"])

    @cached_property
    def directives(self) -> list[parts.Directive]:
        """What was ordered, asked or promised."""
        return _parts("Directive", self._data["directives"])

    @cached_property
    def deadlines(self) -> list[parts.Deadline]:
        """By when."""
        return _parts("Deadline", self._data["deadlines"])

    @cached_property
    def responsibilities(self) -> list[parts.Responsibility]:
        """By whom."""
        return _parts("Responsibility", self._data["responsibilities"])

    @cached_property
    def petitions(self) -> list[parts.Petition]:
        """Petitions and cases in the document."""
        return _parts("Petition", self._data["petitions"])

    @cached_property
    def warnings(self) -> list[parts.Warning_]:
        """What the user should know."""
        return _parts("Warning_", self._data["warnings"])

    @cached_property
    def produced(self) -> parts.Produced:
        """What made the record."""
        part: parts.Produced = _part("Produced", self._data["produced"])
        return part

    def deadlines_of(self, directive: parts.Directive) -> Iterator[parts.Deadline]:
        """The deadlines of one directive, in document order."""
        return (deadline for deadline in self.deadlines if deadline.directive == directive.id)

    def responsibilities_of(self, directive: parts.Directive) -> Iterator[parts.Responsibility]:
        """The parties of one directive, in document order."""
        return (each for each in self.responsibilities if each.directive == directive.id)

    def to_dict(self) -> dict[str, Any]:
        """The plain data, as written. It is the record's own: copy it before changing it."""
        return dict(self._data)

    def json_rows(self) -> Iterator[bytes]:
        """The record in UTF-8 JSON piece by piece, each part and each row of a list on a line of its own.

        For files: people can read and compare it line by line, and a record of a very long document is never held
        in memory a second time.
        """
        import orjson

        before = b"{\n"
        for key, value in self._data.items():
            yield before + orjson.dumps(key) + b": "
            if isinstance(value, list) and value:
                yield b"[\n" + orjson.dumps(value[0])
                yield from (b",\n" + orjson.dumps(row) for row in value[1:])
                yield b"\n]"
            else:
                yield orjson.dumps(value)
            before = b",\n"
        yield b"\n}\n"

    def to_json(self, *, newline: bool = False) -> bytes:
        """The record in UTF-8 JSON, with a line feed at its end where wanted: same input and version, same bytes."""
        import orjson

        return orjson.dumps(self._data, option=orjson.OPT_APPEND_NEWLINE if newline else None)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self._data == other._data

    __hash__ = None  # type: ignore[assignment]  # records are compared by content, which is not hashable

    def __repr__(self) -> str:
        parts = ", ".join(f"{name}={len(self._data[name])}" for name in ("directives", "deadlines", "responsibilities"))
        return f"<Record {self._data['source']['name']!r} {parts}>"


def _part(kind: str, data: Mapping[str, Any]) -> Any:
    """A part's object. The classes are imported only here: a record that is only written doesn't need them."""
    from docmine.schema import parts
    from docmine.schema.hydrate import hydrate

    return hydrate(getattr(parts, kind), data)


def _parts(kind: str, rows: list[Mapping[str, Any]]) -> list[Any]:
    return [_part(kind, row) for row in rows]

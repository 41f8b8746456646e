"""The account of a run: one JSON line for every file, read or not, so that none vanishes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from docmine.batch.outcome import Outcome
from docmine.batch.plan import Skipped
from docmine.output.write.atomic import atomic_file


@dataclass(slots=True)
class Totals:
    """What a run came to."""

    outcomes: Counter[str] = field(default_factory=Counter)  # ok, warned, error, skipped
    errors: Counter[str] = field(default_factory=Counter)  # by code
    skipped: Counter[str] = field(default_factory=Counter)  # by reason
    found: Counter[str] = field(default_factory=Counter)  # directives, deadlines, …
    events: Counter[str] = field(default_factory=Counter)  # what deadlines count from: expressions by event
    open: Counter[str] = field(default_factory=Counter)  # those of them that have no date
    undated: int = 0  # expressions that lack the document's date, or count from nothing that is told
    own_dates: int = 0  # files that have a date of their own
    seconds: float = 0.0

    def add(self, outcome: Outcome) -> None:
        """Count a file that was tried."""
        self.outcomes[kind_of(outcome)] += 1
        self.seconds += outcome.seconds
        if outcome.error is not None:
            self.errors[outcome.error.code] += 1
        if outcome.record is not None:
            data = outcome.record.to_dict()
            for part in ("directives", "deadlines", "responsibilities", "warnings"):
                self.found[part] += len(data[part])
            self.found["pages"] += data["source"]["pages"] or 0
            self.own_dates += data["document"]["date"] is not None and data["document"]["date_basis"] != "caller"
            self._add_deadlines(data["deadlines"])

    def _add_deadlines(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Count each expression once, however many directives it governs."""
        for row in {(row["span"]["start"], row["span"]["end"]): row for row in rows}.values():
            event = (row["anchor"] or {}).get("event")
            lacks = row["due"] is None and row["kind"] == "relative"
            if event is not None:
                self.events[event] += 1
                self.open[event] += lacks
            elif lacks or (row["due"] or "").startswith("-"):
                self.undated += 1

    def skip(self, skipped: Skipped) -> None:
        """Count a file or folder that was left aside."""
        self.outcomes["skipped"] += 1
        self.skipped[skipped.reason] += 1


# Warnings about what a document says; the others are about how well it could be read.
_ABOUT_CONTENT = {
    "no_owner",
    "no_date",
    "no_reference",
    "unresolved_anchor",
    "conflicting_dates",
    "provisional_calendar",
    "past",
    "broken_date",
}


def kind_of(outcome: Outcome) -> str:
    """`ok`, `warned` where the record has warnings about how the file was read, or `error`."""
    if outcome.record is None:
        return "error"
    return "warned" if set(_warning_codes(outcome)) - _ABOUT_CONTENT else "ok"


def _warning_codes(outcome: Outcome) -> list[str]:
    return [] if outcome.record is None else sorted({w["code"] for w in outcome.record.to_dict()["warnings"]})


def row_of(outcome: Outcome, *, output: str | None) -> dict[str, Any]:
    """The manifest's row of a file that was tried."""
    source = outcome.record.to_dict()["source"] if outcome.record is not None else {}
    error = outcome.error
    return {
        "path": outcome.name,
        "outcome": kind_of(outcome),
        "output": output,
        "code": error.code if error else None,
        "message": error.message if error else None,
        "remedy": error.remedy if error else None,
        "sha256": source.get("sha256"),
        "bytes": source.get("bytes"),
        "warnings": _warning_codes(outcome),
        "seconds": round(outcome.seconds, 3),
    }


def row_of_skipped(skipped: Skipped) -> dict[str, Any]:
    """The manifest's row of what was left aside."""
    return {"path": skipped.name, "outcome": "skipped", "code": skipped.reason}


class Manifest:
    """Writes the rows of a run; the file takes its place when the run ends, also when it is broken off."""

    def __init__(self, path: Path) -> None:
        self._holder = atomic_file(path)
        self._file: BinaryIO | None = None

    def __enter__(self) -> Manifest:
        self._file = self._holder.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._holder.__exit__(None, None, None)

    def add(self, row: dict[str, Any]) -> None:
        """Write a row."""
        import orjson

        assert self._file is not None, "a manifest is used inside its with block"
        self._file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))

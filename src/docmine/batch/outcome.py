"""What became of one file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from docmine.errors import DocmineError
from docmine.schema.record import Record


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file has no record: a stable `code`, what is wrong, what to do; `key` and `values` as in the error."""

    code: str
    message: str
    remedy: str
    key: str = ""
    values: Mapping[str, object] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A file with its record, or with the failure that kept it from one. `seconds` is wall time."""

    path: Path
    name: str
    record: Record | None
    error: Failure | None
    seconds: float = 0.0


def failure_of(error: Exception) -> Failure:
    """The failure that an exception stands for. Unforeseen ones are named by type only: messages may hold text."""
    if isinstance(error, DocmineError):
        return Failure(error.code, error.message, error.remedy, error.key, error.values)
    if isinstance(error, FileNotFoundError | PermissionError | IsADirectoryError):
        return Failure("access", f"can't be opened: {error.strerror}", "Check that the file is there and readable.")
    if isinstance(error, MemoryError):
        return Failure("limit", "needs more memory than there is", "Raise limits.memory_mb, or split the file.")
    return Failure(
        "internal",
        f"docmine failed on this file ({type(error).__name__})",
        "Run it alone with --log-level debug and report the trace; the other files are not affected.",
    )

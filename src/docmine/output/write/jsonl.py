"""All records in one JSON Lines file, a record a line, in the order of the inputs."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from docmine.output.write.atomic import atomic_file
from docmine.schema.record import Record


class JsonlWriter:
    """Writes records to one file, or to a stream that is already open."""

    def __init__(self, target: Path | BinaryIO) -> None:
        self._name = target.name if isinstance(target, Path) else "-"
        self._target = target
        self._holder: AbstractContextManager[BinaryIO] | None = None
        self._file: BinaryIO | None = None if isinstance(target, Path) else target

    def __enter__(self) -> JsonlWriter:
        if isinstance(self._target, Path):
            self._holder = atomic_file(self._target)
            self._file = self._holder.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._holder is not None:
            self._holder.__exit__(kind, error, at)
        elif self._file is not None:
            self._file.flush()

    def write(self, record: Record, *, name: str) -> str:
        """Write a record as one line. Returns the name of the file that holds it."""
        assert self._file is not None, "a writer is used inside its with block"
        self._file.write(record.to_json(newline=True))
        return self._name

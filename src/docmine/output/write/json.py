"""One JSON file a record, a row a line for people to read, in a tree that mirrors the input's."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from docmine.output.write.atomic import atomic_file
from docmine.schema.record import Record


class JsonWriter:
    """Writes each record to its own file below a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> JsonWriter:
        self._folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        pass

    def write(self, record: Record, *, name: str) -> str:
        """Write a record; `name` is the input's relative path. Returns the output's path below the folder.

        The output keeps the input's extension (`a.docx.json`), so that `a.docx` and `a.pdf` don't collide.
        """
        output = f"{name}.json"
        with atomic_file(self._folder / output) as file:
            file.writelines(record.json_rows())
        return output

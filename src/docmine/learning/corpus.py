"""The labelled corpus: documents with their annotations, and splits.

A corpus is a folder with `documents/WRITER.jsonl`, a document a line (corpus/README.md tells the form), and
`splits.toml`, which says for each document whether it serves to train, to tune (dev) or only to measure (test).
Annotated papers of others are read from pairs NAME.txt and NAME.gold.json too.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Literal, get_args

from docmine.errors import ModelError
from docmine.schema.spans import Span

Split = Literal["train", "dev", "test"]
SPLITS: tuple[Split, ...] = get_args(Split)
DOCUMENTS, SPLITS_FILE = "documents", "splits.toml"
GOLD = ".gold.json"
ANNOTATION = ("directives", "loose_deadlines", "ignore", "noise", "functions")


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its annotation, spans in the text as read. `about` tells its genre, writer, trade and so on."""

    name: str
    text: str
    gold: Mapping[str, Any]
    about: Mapping[str, str]

    @property
    def file(self) -> str:
        """The name of the file that the text would lie in."""
        return self.about.get("file") or f"{self.name}.txt"

    @property
    def directives(self) -> tuple[Span, ...]:
        """The directives that aren't topic lines."""
        return _spans(row for row in self.gold["directives"] if not row.get("heading"))

    @property
    def headlines(self) -> tuple[Span, ...]:
        """The directives that are topic lines."""
        return _spans(row for row in self.gold["directives"] if row.get("heading"))

    @property
    def ignored(self) -> tuple[Span, ...]:
        """What careful readers may judge either way."""
        return _spans(self.gold.get("ignore", ()))


def load_documents(folder: Path) -> list[Annotated]:
    """All annotated documents of a folder, by name."""
    found = [_of_row(json.loads(line)) for path in sorted(folder.glob("*.jsonl")) for line in _lines(path)]
    found += [_load(path) for path in sorted(folder.glob(f"*{GOLD}"))]
    if not found:
        message = f"{folder}: no annotated documents (WRITER.jsonl, or NAME.txt with NAME{GOLD})"
        raise ModelError(message, remedy="check the folder's name")
    return sorted(found, key=lambda document: document.name)


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line]


def _of_row(row: Mapping[str, Any]) -> Annotated:
    gold = {name: row[name] for name in ANNOTATION if name in row}
    about = {key: value for key, value in row.items() if key not in (*ANNOTATION, "name", "text")}
    return Annotated(row["name"], row["text"], gold, about)


def row_of(document: Annotated) -> dict[str, Any]:
    """The document as a line of a corpus file holds it."""
    return {"name": document.name, **document.about, "text": document.text, **document.gold}


def _load(path: Path) -> Annotated:
    try:
        gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        text = (path.parent / gold["file"]).read_bytes().decode("utf-8")
        document = Annotated(
            name=path.name.removesuffix(GOLD),
            text=text,
            gold={name: gold[name] for name in ANNOTATION if name in gold},
            about={key: str(gold[key]) for key in ("file", "kind", "date", "source") if gold.get(key)},
        )
        _ = (document.directives, document.headlines, document.ignored)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path}: can't be read as annotations: {error!r}", remedy="see corpus/README.md") from error
    return document


def _spans(rows: Iterable[Mapping[str, Any]]) -> tuple[Span, ...]:
    return tuple(Span(int(row["start"]), int(row["end"])) for row in rows)


def load_splits(corpus: Path, names: Sequence[str]) -> dict[str, Split]:
    """The split of each named document. Patterns (`c_*`) are allowed; each document must fit in exactly one split."""
    path = corpus / SPLITS_FILE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: can't be read: {error}", remedy="see corpus/README.md") from error
    splits: dict[str, Split] = {}
    for name in names:
        fitting = [split for split in SPLITS if any(fnmatchcase(name, each) for each in table.get(split, ()))]
        if len(fitting) != 1:
            told = f"stands in {' and '.join(fitting)}" if fitting else "stands in no split"
            raise ModelError(f"{path}: {name} {told}", remedy="name each document once")
        splits[name] = fitting[0]
    return splits


def fingerprint(corpus: Path) -> str:
    """A fingerprint of what a model learns from and is measured on: texts, annotations, splits."""
    digest = hashlib.sha256()
    others = [path for path in (corpus / SPLITS_FILE, corpus / "pairs.jsonl") if path.is_file()]
    for path in (*sorted((corpus / DOCUMENTS).glob("*.jsonl")), *others):
        digest.update(path.relative_to(corpus).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]

"""The labelled corpus: documents with their annotations, splits, and examples for the model of sentences.

A corpus is a folder with `documents/NAME.txt` and `documents/NAME.gold.json` (offsets in the text as read, as
corpus/README.md tells) and `splits.toml`, which says for each document whether it serves to train, to tune (dev)
or only to measure (test).
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
from docmine.mining.features import Row
from docmine.schema.findings import Findings
from docmine.schema.spans import OffsetMap, Span

Split = Literal["train", "dev", "test"]
SPLITS: tuple[Split, ...] = get_args(Split)
DOCUMENTS, SPLITS_FILE = "documents", "splits.toml"
GOLD = ".gold.json"


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its annotations, spans in the text as read. `headlines` are directives that are topic lines."""

    name: str
    file: str
    text: str
    directives: tuple[Span, ...]
    headlines: tuple[Span, ...]
    ignored: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with its truth: whether it holds a directive. `found` is what the rules alone say."""

    document: str
    row: Row
    positive: bool
    found: bool


def load_documents(folder: Path) -> list[Annotated]:
    """All annotated documents of a folder, by name."""
    paths = sorted(folder.glob(f"*{GOLD}"))
    if not paths:
        message = f"{folder}: no annotated documents (NAME.txt with NAME{GOLD})"
        raise ModelError(message, remedy="check the folder's name")
    return [_load(path) for path in paths]


def _load(path: Path) -> Annotated:
    try:
        gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        text = (path.parent / gold["file"]).read_bytes().decode("utf-8")
        rows = gold["directives"]
        return Annotated(
            name=path.name.removesuffix(GOLD),
            file=gold["file"],
            text=text,
            directives=_spans(row for row in rows if not row.get("heading")),
            headlines=_spans(row for row in rows if row.get("heading")),
            ignored=_spans(gold.get("ignore", ())),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path}: can't be read as annotations: {error!r}", remedy="see corpus/README.md") from error


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
    documents = corpus / DOCUMENTS
    paths = sorted(p for p in documents.iterdir() if p.suffix == ".txt" or p.name.endswith(GOLD))
    for path in (*paths, corpus / SPLITS_FILE):
        digest.update(path.relative_to(corpus).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def examples(documents: Iterable[Annotated]) -> list[Example]:
    """The sentences of the documents that can be judged: those left out by `truths` are not among them."""
    return [example for document in documents for example in _examples(document)]


def _examples(document: Annotated) -> list[Example]:
    from docmine import pipeline
    from docmine.intake.clean import clean
    from docmine.intake.structure import structure
    from docmine.mining import mine_document
    from docmine.mining.clauses import Times
    from docmine.mining.extract.times import find_times
    from docmine.mining.features import segment_rows
    from docmine.mining.segment import sentences
    from docmine.settings import Settings

    settings = Settings(models=False)
    cleaned = clean(pipeline.text_reading(document.text))
    found = structure(cleaned, name=document.file, source=document.text)
    day = found.meeting.date if found.meeting else None
    reference = pipeline.reference_of(found.head.date, day, settings=settings)
    findings: Findings = mine_document(cleaned, found, reference=reference, settings=settings)
    times = Times(find_times(cleaned.norm, reference))
    rows = list(segment_rows(cleaned.norm, found, sentences(cleaned.norm, found.stretches), times))
    truth = truths([segment.span for segment in findings.segments], document, cleaned.norm, cleaned.map)
    return [
        Example(document.name, row, positive, "directive" in segment.labels)
        for row, segment, positive in zip(rows, findings.segments, truth, strict=True)
        if row.judged and positive is not None
    ]


def truths(sentences: Sequence[Span], document: Annotated, norm: str, offsets: OffsetMap) -> list[bool | None]:
    """Whether each sentence of the cleaned text holds a directive; None where that can't be said.

    A sentence holds a directive when the two share at least half of the characters of the one or of the other; white
    space and punctuation don't count. It can't be said of a sentence without countable characters, nor, where no
    directive is held, of one that holds a headline or lies at least half in what careful readers may judge either way.
    """

    def chars(span: Span) -> frozenset[int]:
        return frozenset(i for i in range(span.start, span.end) if norm[i].isalnum())

    def cleaned(spans: Iterable[Span]) -> list[frozenset[int]]:
        return [chars(offsets.to_clean(span)) for span in spans]

    directives, headlines = cleaned(document.directives), cleaned(document.headlines)
    ignored = frozenset[int]().union(*cleaned(document.ignored))

    def truth(sentence: frozenset[int]) -> bool | None:
        if any(_hold(sentence, each) for each in directives):
            return True
        unclear = not sentence or 2 * len(sentence & ignored) >= len(sentence)
        return None if unclear or any(_hold(sentence, each) for each in headlines) else False

    return [truth(chars(span)) for span in sentences]


def _hold(sentence: frozenset[int], directive: frozenset[int]) -> bool:
    shared = len(sentence & directive)
    return shared > 0 and 2 * shared >= min(len(sentence), len(directive))

#!/usr/bin/env python3
"""The corpus as people work on it: marked-up text, one file a document (docmine.learning.markup tells the marks).

scripts/corpus.py unpack FOLDER [NAME…]   corpus/documents → FOLDER/NAME.mark, all or the named ones
scripts/corpus.py pack FOLDER             FOLDER/**/NAME.mark → corpus/documents, each in its writer's file
scripts/corpus.py check                   what docmine.learning.checks finds wrong; status 1 where it finds anything
scripts/corpus.py plain FOLDER NAME…      NAME.txt without any annotation, for a second, blind annotation
scripts/corpus.py second FOLDER           FOLDER/NAME.mark → corpus/second.jsonl
scripts/corpus.py agreement               how far the second annotations agree with the first
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from docmine.learning.corpus import ANNOTATION, DOCUMENTS, Annotated, load_documents, row_of
from docmine.learning.markup import MarkupError, read_markup, write_markup

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
SECOND = CORPUS / "second.jsonl"


def unpack(folder: str, *names: str) -> None:
    """Write the documents as marked-up text."""
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    for document in _chosen(names):
        head = {"name": document.name, **document.about}
        (out / f"{document.name}.mark").write_text(
            write_markup(head, document.text, document.gold), encoding="utf-8", newline=""
        )


def pack(folder: str) -> None:
    """Read marked-up texts into the corpus."""
    documents = {d.name: d for d in _known()}
    changed = [_read(path) for path in sorted(Path(folder).rglob("*.mark"))]
    documents |= {d.name: d for d in changed}
    writers: dict[str, list[Annotated]] = {}
    for name in sorted(documents):
        writers.setdefault(documents[name].about["writer"], []).append(documents[name])
    for writer in {d.about["writer"] for d in changed}:
        _write(CORPUS / DOCUMENTS / f"{writer}.jsonl", writers[writer])
    print(f"{len(changed)} documents packed")


def plain(folder: str, *names: str) -> None:
    """Write the texts without annotation."""
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    for document in _chosen(names):
        (out / f"{document.name}.txt").write_text(document.text, encoding="utf-8", newline="")


def second(folder: str) -> None:
    """Read second annotations."""
    first = {d.name: d for d in _known()}
    documents = [_read(path) for path in sorted(Path(folder).rglob("*.mark"))]
    for document in documents:
        if document.text != first[document.name].text:
            raise SystemExit(f"{document.name}: the text isn't that of the corpus")
    SECOND.write_text(
        "".join(
            json.dumps({"name": d.name, **{k: d.gold[k] for k in ANNOTATION}}, ensure_ascii=False) + "\n"
            for d in documents
        ),
        encoding="utf-8",
    )
    print(f"{len(documents)} second annotations")


def agreement() -> None:
    """Print how far the annotators agree."""
    from docmine.learning.agreement import agreement_of

    print(agreement_of(_known(), SECOND))


def check() -> None:
    """Print what the corpus is and what is wrong with it."""
    from docmine.learning.checks import report

    text, faults = report(_known())
    print(text)
    raise SystemExit(bool(faults))


def _known() -> list[Annotated]:
    folder = CORPUS / DOCUMENTS
    return load_documents(folder) if any(folder.glob("*.jsonl")) else []


def _chosen(names: Iterable[str]) -> list[Annotated]:
    wanted = set(names)
    return [d for d in _known() if not wanted or d.name in wanted]


def _read(path: Path) -> Annotated:
    try:
        marked = read_markup(path.read_bytes().decode("utf-8"))
    except MarkupError as error:
        raise SystemExit(f"{path.name}: {error}") from error
    about = {key: value for key, value in marked.head.items() if key != "name"}
    about.setdefault("writer", path.stem[:1])
    return Annotated(marked.head["name"], marked.text, marked.gold, about)


def _write(path: Path, documents: Iterable[Annotated]) -> None:
    path.write_text(
        "".join(json.dumps(row_of(d), ensure_ascii=False) + "\n" for d in documents), encoding="utf-8", newline="\n"
    )


if __name__ == "__main__":
    commands = {f.__name__: f for f in (unpack, pack, plain, second, agreement, check)}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        raise SystemExit(__doc__)
    commands[sys.argv[1]](*sys.argv[2:])

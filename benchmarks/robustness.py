#!/usr/bin/env python3
"""How far quality falls when papers come spoilt: `python benchmarks/robustness.py GOLD_DIR|CORPUS [SPLIT]`.

The same annotated documents in Traditional characters, with half-width punctuation, with hard wraps, with 1 % of the
characters lost, without punctuation. Annotations move with the characters; what loses all of its own is left out.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docmine.learning.corpus import ANNOTATION, DOCUMENTS, Annotated, load_documents, load_splits
from docmine.learning.evaluate import evaluate
from docmine.rulebook import load_rows

HALF = str.maketrans("，。；：！？（）", ",.;:!?()")
MARKS = frozenset("，。；：！？、（）“”‘’《》【】,.;:!?()…—")
WIDTH = 36
Pieces = list[str]  # what each character of the text becomes


def traditional(text: str) -> Pieces:
    """Each character by its first Traditional form."""
    table: dict[str, str] = {}
    for row in load_rows("common/t2s.tsv"):
        table.setdefault(row[1], row[0])
    return [table.get(c, c) for c in text]


def half_width(text: str) -> Pieces:
    """Chinese punctuation as ASCII."""
    return list(text.translate(HALF))


def wrapped(text: str) -> Pieces:
    """A line end every WIDTH characters."""
    pieces, at = [], 0
    for i, c in enumerate(text):
        at = 0 if c == "\n" else at + 1
        ends = i + 1 >= len(text) or text[i + 1] == "\n" or text[i + 1] in MARKS
        pieces.append(c + "\n" if at >= WIDTH and not ends else c)
        at = 0 if pieces[-1].endswith("\n") else at
    return pieces


def lossy(text: str) -> Pieces:
    """One character in a hundred lost."""
    draw = random.Random(0)
    return ["" if c != "\n" and draw.random() < 0.01 else c for c in text]


def unpunctuated(text: str) -> Pieces:
    """No punctuation at all."""
    return ["" if c in MARKS else c for c in text]


def spoilt(document: Annotated, how: Callable[[str], Pieces]) -> Annotated:
    """The document with its characters changed and its annotation moved along."""
    pieces = how(document.text)
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece))

    def moved(row: dict[str, Any]) -> dict[str, Any]:
        row = dict(row)
        for name in ("actors", "deadlines"):
            if name in row:
                row[name] = [m for m in map(moved, row[name]) if m["start"] < m["end"]]
        return {**row, "start": starts[row["start"]], "end": starts[row["end"]]}

    gold = {
        name: [m for m in map(moved, document.gold[name]) if m["start"] < m["end"]]
        for name in ANNOTATION
        if name in document.gold
    }
    return Annotated(document.name, "".join(pieces), gold, document.about)


def main(folder: Path, split: str | None) -> None:
    """Print the mean for each way of spoiling."""
    if (folder / DOCUMENTS).is_dir():
        documents = load_documents(folder / DOCUMENTS)
        splits = load_splits(folder, [d.name for d in documents])
        documents = [d for d in documents if split is None or splits[d.name] == split]
    else:
        documents = load_documents(folder)
    print(f"{'as they are':<16}{evaluate(documents).mean:.3f}")
    for how in (traditional, half_width, wrapped, lossy, unpunctuated):
        print(f"{how.__name__:<16}{evaluate([spoilt(d, how) for d in documents]).mean:.3f}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)

"""The quality gate: figures over the labelled corpus never sink below the floors pinned in corpus/floors.json.

A floor is the micro F1 that was once reached on a split, pinned together with the fingerprint of the corpus that it was
measured on. It is lowered only by editing the file, where everybody sees it. When the corpus changes, the figures are
measured anew and the file's difference looked at: `python -m docmine.learning.gate --pin`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from docmine.learning.corpus import DOCUMENTS, SPLITS, fingerprint, load_documents, load_splits
from docmine.learning.evaluate import Evaluation, evaluate
from docmine.learning.scoring import MAIN

FLOORS = "floors.json"
SLACK = 0.005  # of F1: what a figure may lose without failing
PINNED_MEASURES = (*MAIN, "directive.force")


def measured(corpus: Path) -> dict[str, Any]:
    """The corpus's fingerprint and the micro F1 of each split and measure, rounded to four places."""
    documents = load_documents(corpus / DOCUMENTS)
    splits = load_splits(corpus, [document.name for document in documents])
    evaluation = evaluate(documents)
    floors = {}
    for split in SPLITS:
        part = Evaluation([r for r in evaluation.results if splits[r.document.name] == split])
        if part.results:
            floors[split] = {name: round(part.counts[name].f1, 4) for name in PINNED_MEASURES}
    return {"corpus": fingerprint(corpus), "floors": floors}


def pinned(corpus: Path) -> dict[str, Any]:
    """What corpus/floors.json says."""
    data: dict[str, Any] = json.loads((corpus / FLOORS).read_text(encoding="utf-8"))
    return data


def failures(pinned: Mapping[str, Any], measured: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong: another corpus than the pinned one, floors that lack, figures below them."""
    if pinned["corpus"] != measured["corpus"]:
        yield f"the floors belong to corpus {pinned['corpus']}, this is {measured['corpus']}: look, then pin anew"
    for split, figures in measured["floors"].items():
        for name, figure in figures.items():
            floor = pinned["floors"].get(split, {}).get(name)
            if floor is None:
                yield f"{split} {name}: no floor"
            elif figure < floor - SLACK:
                yield f"{split} {name}: {figure:.4f}, floor {floor:.4f}"


def main(arguments: list[str]) -> int:
    """`[--pin] [CORPUS]`: compare with the floors, or write them."""
    pin = "--pin" in arguments
    corpus = Path(next((a for a in arguments if not a.startswith("-")), "corpus"))
    now = measured(corpus)
    if pin:
        (corpus / FLOORS).write_text(json.dumps(now, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        return 0
    wrong = list(failures(pinned(corpus), now))
    print(json.dumps(now["floors"], indent=1))
    for line in wrong:
        print(line, file=sys.stderr)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

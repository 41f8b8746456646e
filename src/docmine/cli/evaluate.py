"""`docmine evaluate`: annotated documents in, how good the records are out: figures, confusions, errors by cause."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docmine.cli.messages import Messages
from docmine.settings import Settings

if TYPE_CHECKING:
    from docmine.learning.corpus import Annotated
    from docmine.learning.evaluate import Evaluation

TABLES = ("force", "role", "deadline", "kind", "function")
EXAMPLES = 3  # errors of each cause that are quoted
WIDTH = 60  # characters of an error that are quoted


def add_arguments(parser: argparse.ArgumentParser, say: Messages) -> None:
    """Options of the command."""
    parser.add_argument("gold", metavar="GOLD", type=Path, help=say("arg_gold"))
    parser.add_argument("--split", choices=("train", "dev", "test"), help=say("opt_split"))
    parser.add_argument("--by", metavar="KEY", default="genre", help=say("opt_by"))
    parser.add_argument("--rules", action="store_true", help=say("opt_rules"))
    parser.add_argument("--errors", metavar="FILE", type=Path, help=say("opt_errors"))
    parser.add_argument("--json", action="store_true", help=say("opt_json"))
    parser.add_argument("--fail-under", metavar="F1", type=float, help=say("opt_fail_under"))


def run(options: argparse.Namespace, settings: Settings, say: Messages) -> int:
    """Mine the documents, compare, print."""
    from dataclasses import replace

    from docmine.learning.evaluate import evaluate

    if options.rules:
        settings = replace(settings, models=False)
    evaluation = evaluate(_documents(options.gold, options.split), settings=settings)
    if options.errors:
        rows = [json.dumps(asdict(f), ensure_ascii=False) for r in evaluation.results for f in r.faults]
        options.errors.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    if options.json:
        print(json.dumps(as_data(evaluation, options.by), ensure_ascii=False, indent=1))
    else:
        for line in report(evaluation, options.by, say):
            print(line)
    return int(options.fail_under is not None and evaluation.mean < options.fail_under)


def _documents(folder: Path, split: str | None) -> list[Annotated]:
    """The documents of a corpus (the folder with splits.toml), or of a folder of annotated papers."""
    from docmine.errors import SettingsError
    from docmine.learning.corpus import DOCUMENTS, SPLITS_FILE, load_documents, load_splits

    if not (folder / SPLITS_FILE).is_file():
        if split:
            raise SettingsError(f"{folder}: no {SPLITS_FILE}, so it has no splits", remedy="leave out --split")
        return load_documents(folder)
    documents = load_documents(folder / DOCUMENTS)
    splits = load_splits(folder, [document.name for document in documents])
    return [d for d in documents if split is None or splits[d.name] == split]


def as_data(evaluation: Evaluation, key: str) -> dict[str, Any]:
    """The figures as plain data."""
    from docmine.learning.evaluate import figures

    return {
        "documents": len(evaluation.results),
        "mean": evaluation.mean,
        "measures": {
            name: {
                "precision": c.precision,
                "recall": c.recall,
                "f1": c.f1,
                "low": low,
                "high": high,
                "counts": list(c),
            }
            for name, c, (low, high) in figures(evaluation)
        },
        key: {name: {"documents": len(e.results), "mean": e.mean} for name, e in evaluation.by(key).items()},
        "confusion": {
            table: [[*pair, n] for pair, n in sorted(evaluation.confusion(table).items())] for table in TABLES
        },
        "causes": {cause: len(faults) for cause, faults in evaluation.causes()},
    }


def report(evaluation: Evaluation, key: str, say: Messages) -> Iterator[str]:
    """The figures as people read them."""
    from docmine.learning.evaluate import figures
    from docmine.learning.scoring import MAIN

    yield f"{say('eval_measure'):<22}{'P':>7}{'R':>7}{'F1':>7}   {say('eval_interval'):<14} {say('eval_counts')}"
    for name, counts, (low, high) in figures(evaluation):
        shown = f"{counts.precision:7.3f}{counts.recall:7.3f}{counts.f1:7.3f}"
        yield f"{name:<22}{shown}   {low:.3f}–{high:.3f}    {'/'.join(map(str, counts))}"
    yield say("eval_mean", documents=len(evaluation.results), mean=f"{evaluation.mean:.3f}")
    yield ""
    yield say("eval_by", name=key, measures=", ".join(MAIN))
    for name, part in evaluation.by(key).items():
        cells = " ".join(f"{part.counts[measure].f1:.3f}" for measure in MAIN)
        yield f"  {part.mean:.3f}  {cells}  {len(part.results):>4}  {name}"
    for table in TABLES:
        yield from _confusion(evaluation.confusion(table), say("eval_confusion", table=table))
    yield ""
    yield say("eval_causes")
    for cause, faults in evaluation.causes():
        yield f"{len(faults):>5}  {cause}"
        for fault in faults[:EXAMPLES]:
            quoted = fault.text.replace("\n", "⏎")[:WIDTH]
            yield f"         {fault.document}: {quoted}"


def _confusion(pairs: Counter[tuple[str, str]], title: str) -> Iterator[str]:
    """The differences of a table, the most frequent first; what agrees is summed up."""
    if not pairs:
        return
    same = sum(n for (gold, said), n in pairs.items() if gold == said)
    yield ""
    yield f"{title}  {same}/{sum(pairs.values())}"
    for (gold, said), n in sorted(pairs.items(), key=lambda item: (-item[1], item[0])):
        if gold != said:
            yield f"{n:>5}  {gold} → {said}"

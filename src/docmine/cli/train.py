"""`docmine train`: the labelled corpus in, the model's weights and card out."""

from __future__ import annotations

import argparse
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from docmine.cli.messages import Messages
from docmine.settings import Settings

if TYPE_CHECKING:
    from docmine.learning.quality import Counts


def add_arguments(parser: argparse.ArgumentParser, say: Messages) -> None:
    """Options of the command."""
    parser.add_argument("--corpus", metavar="DIR", type=Path, default=Path("corpus"), help=say("opt_corpus"))
    parser.add_argument("-o", "--output", metavar="DIR", type=Path, default=Path("models"), help=say("opt_models"))
    parser.add_argument("--measure", metavar="DIR", type=Path, help=say("opt_measure"))


def run(options: argparse.Namespace, settings: Settings, say: Messages) -> int:
    """Train, and print how good the model is."""
    from docmine.learning.corpus import examples, load_documents
    from docmine.learning.quality import measure, measure_rules
    from docmine.learning.train import train

    also = load_documents(options.measure) if options.measure else []
    trained = train(options.corpus, options.output)
    for split, quality in trained.quality.items():
        print(figures(say("train_" + split), quality))
    if also:
        part = examples(also)
        print(figures(say("train_measured", folder=options.measure), measure(trained.model, part)))
        print(figures(say("train_rules", folder=options.measure), measure_rules(part)))
    print(say("train_at", path=trained.folder))
    return 0


def figures(title: str, counts: Counts) -> str:
    """One line of figures, named as the card names them."""
    values = ((field.name, getattr(counts, field.name)) for field in fields(counts))
    shown = (f"{name} {value:.3f}" if isinstance(value, float) else f"{name} {value}" for name, value in values)
    return f"{title}: {', '.join(shown)}"

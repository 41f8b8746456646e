"""`docmine train`: the labelled corpus in, the models' weights and cards out."""

from __future__ import annotations

import argparse
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from docmine.cli.messages import Messages
from docmine.settings import Settings

if TYPE_CHECKING:
    from docmine.learning.quality import Quality


def add_arguments(parser: argparse.ArgumentParser, say: Messages) -> None:
    """Options of the command."""
    parser.add_argument("--corpus", metavar="DIR", type=Path, default=Path("corpus"), help=say("opt_corpus"))
    parser.add_argument("-o", "--output", metavar="DIR", type=Path, default=Path("models"), help=say("opt_models"))


def run(options: argparse.Namespace, settings: Settings, say: Messages) -> int:
    """Train, and print how good each model is."""
    from docmine.learning.train import train

    trained = train(options.corpus, options.output)
    for name, by_split in trained.quality.items():
        for split, quality in by_split.items():
            print(figures(f"{name} ({say('train_' + split)})", quality))
    print(say("train_at", path=trained.folder))
    return 0


def figures(title: str, quality: Quality) -> str:
    """One line of figures, named as the cards name them."""
    values = ((field.name, getattr(quality, field.name)) for field in fields(quality))
    shown = (f"{name} {value:.3f}" if isinstance(value, float) else f"{name} {value}" for name, value in values)
    return f"{title}: {', '.join(shown)}"

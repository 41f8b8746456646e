"""`docmine schema`: the JSON Schema of a record."""

from __future__ import annotations

import argparse
import sys

from docmine.cli.messages import Messages
from docmine.settings import Settings


def add_arguments(parser: argparse.ArgumentParser, say: Messages) -> None:
    """The command has no options of its own."""


def run(options: argparse.Namespace, settings: Settings, say: Messages) -> int:
    """Print the schema."""
    import orjson

    from docmine.schema.border import record_schema

    sys.stdout.buffer.write(orjson.dumps(record_schema(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    return 0

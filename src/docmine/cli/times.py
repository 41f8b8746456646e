"""`docmine times`: every time expression of a text, or of JSON lines, as the interval that it means."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from docmine.cli.common import STDIN, is_file, is_wording, no_file
from docmine.cli.messages import Messages
from docmine.deadlines import times
from docmine.errors import SettingsError
from docmine.schema.timex import Timex
from docmine.settings import Settings

_MIDNIGHT = "T00:00:00"


def add_arguments(parser: argparse.ArgumentParser, say: Messages) -> None:
    """Options of the command."""
    parser.add_argument("inputs", metavar="IN", nargs="*", default=[STDIN], help=say("arg_times_input"))
    parser.add_argument("--jsonl", action="store_true", help=say("opt_times_jsonl"))
    parser.add_argument("--reference", metavar="MOMENT", help=say("opt_reference"))


def run(options: argparse.Namespace, settings: Settings, say: Messages) -> int:
    """Print what was found; returns 1 where a JSON line could not be read."""
    reference = moment_of(options.reference) if options.reference else None
    status = 0
    for word in options.inputs:
        if options.jsonl:
            status |= _run_lines(word, reference, say)
        else:
            for line in _view(_text_of(word, settings), reference, say):
                print(line)
    return status


def moment_of(text: str) -> dt.datetime:
    """A local moment from ISO 8601; a zone is left out, since what is said is meant where it was said."""
    try:
        return dt.datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError as error:
        raise SettingsError(
            f"reference: {text!r} is not possible",
            remedy="Give a date or moment like 2021-09-14T10:30.",
            key="wrong.moment",
            name="reference",
            value=text,
        ) from error


def _run_lines(word: str, reference: dt.datetime | None, say: Messages) -> int:
    import orjson

    failed = False
    for number, line in enumerate(_lines_of(word), 1):
        if not line.strip():
            continue
        try:
            row = orjson.loads(line)
            answer = _answer(row, reference)
        except (orjson.JSONDecodeError, SettingsError, TypeError, KeyError) as error:
            message = error.message if isinstance(error, SettingsError) else say("times_bad_line")
            print(f"{word}:{number}: {message}", file=sys.stderr)
            failed = True
            continue
        sys.stdout.buffer.write(orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE))
    return int(failed)


def _answer(row: Any, reference: dt.datetime | None) -> dict[str, Any]:
    said = row.get("reference") if isinstance(row, dict) else None
    if not isinstance(row, dict) or not isinstance(row["text"], str) or not isinstance(said, str | None):
        raise TypeError
    moment = moment_of(said) if said else reference
    return {"id": row.get("id"), "spans": [time.as_dict() for time in times(row["text"], reference=moment)]}


def _lines_of(word: str) -> Iterator[bytes]:
    if word == STDIN:
        yield from sys.stdin.buffer
        return
    with _opened(word) as file:
        yield from file


def _opened(word: str) -> BinaryIO:
    try:
        return Path(word).open("rb")
    except OSError as error:
        raise no_file(word) from error


def _text_of(word: str, settings: Settings) -> str:
    """The text of a file of any format, of standard input, or the word itself where it is a text."""
    from docmine import pipeline

    if word == STDIN:
        return pipeline.read(sys.stdin.buffer.read(), name=STDIN, settings=settings).text
    path = Path(word)
    if is_file(path):
        return pipeline.read(pipeline.load(path), name=path.name, settings=settings).text
    if is_wording(word):
        return word
    raise no_file(word)


def _view(text: str, reference: dt.datetime | None, say: Messages) -> Iterator[str]:
    """A line for each expression: where it stands, its wording, type and value."""
    found = times(text, reference=reference)
    if not found:
        yield say("times_none")
    for time in found:
        yield f"{time.start}-{time.end}\t{time.text}\t{say.name('timex', time.type)}\t{_value(time)}"


def _value(time: Timex) -> str:
    for told in (time.duration, time.freq):
        if told:
            return told
    low, high = ((moment or "").removesuffix(_MIDNIGHT) for moment in (time.value, time.end_value))
    return f"{low} → {high}".strip() if low or high else "?"

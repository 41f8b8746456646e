"""`docmine times`: every time expression of a text, or of JSON lines, as the interval that it means.

A file's own date is what its expressions are relative to where no other reference is given. JSON lines hold the
exclusive end of an interval, the view for people its last day.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from docmine.cli.common import STDIN, is_file, is_wording, no_file
from docmine.cli.messages import Messages
from docmine.cli.notes import day_of
from docmine.deadlines import times
from docmine.errors import SettingsError
from docmine.schema.document import Head
from docmine.schema.timex import Timex
from docmine.settings import Settings

_OPEN = "?"
_MIDNIGHT = _NO_DAY = "T00:00:00"  # what ends a whole day; alone it names none
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_DURATION = re.compile(
    rf"P(?:(?P<year>{_NUMBER})Y)?(?:(?P<month>{_NUMBER})M)?(?:(?P<week>{_NUMBER})W)?"
    rf"(?:(?P<day>{_NUMBER})D)?(?:(?P<workday>{_NUMBER})BD)?"
    rf"(?:T(?:(?P<hour>{_NUMBER})H)?(?:(?P<minute>{_NUMBER})M)?(?:(?P<second>{_NUMBER})S)?)?"
)


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
            _show(word, reference, settings, say)
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


def _show(word: str, reference: dt.datetime | None, settings: Settings, say: Messages) -> None:
    """Print a line for each expression, and on standard error what the values count from or would need."""
    text, head = _text_of(word, settings)
    if reference is None and head is not None and head.date and (day := day_of(head.date)):
        reference = dt.datetime.combine(day, dt.time())
        basis = say.name("date_basis", head.date_basis or "")
        print(say("times_reference", date=day, basis=basis), file=sys.stderr)
    found = times(text, reference=reference)
    if not found:
        print(say("times_none"))
    for time in found:
        print(f"{time.start}-{time.end}\t{time.text}\t{say.name('timex', time.type)}\t{value_told(time, say)}")
    if reference is None and any(value_told(time, say) == _OPEN for time in found):
        print(say("times_open"), file=sys.stderr)


def _text_of(word: str, settings: Settings) -> tuple[str, Head | None]:
    """The text of a file of any format and its head, the text of standard input, or the word where it is a text."""
    from docmine import pipeline
    from docmine.intake.clean import clean
    from docmine.intake.structure import structure

    if word == STDIN:
        return pipeline.read(sys.stdin.buffer.read(), name=STDIN, settings=settings).text, None
    path = Path(word)
    if is_file(path):
        reading = pipeline.read(pipeline.load(path), name=path.name, settings=settings)
        return reading.text, structure(clean(reading), name=path.name, source=reading.text).head
    if is_wording(word):
        return word, None
    raise no_file(word)


def value_told(time: Timex, say: Messages) -> str:
    """What an expression means, as people read it: the last day instead of the exclusive end, amounts in words."""
    if time.duration:
        return _amount_told(time.duration, say)
    if time.freq:
        return _period_told(time.freq, say)
    told = [each for each in (time.value, time.end_value) if each]
    if not told or set(told) == {_NO_DAY}:
        return _OPEN
    if all(each.endswith(_MIDNIGHT) and each != _NO_DAY for each in told):
        first = time.value.removesuffix(_MIDNIGHT) if time.value else ""
        last = _day_before(time.end_value) if time.end_value else ""
        return first if first == last else f"{first} → {last}".strip()
    first, last = (_clock_told(each) for each in (time.value, time.end_value))
    return f"{first} → {last}".strip() + (say("times_exclusive") if last else "")


def _day_before(moment: str) -> str:
    return (dt.datetime.fromisoformat(moment) - dt.timedelta(days=1)).date().isoformat()


def _clock_told(value: str | None) -> str:
    """A value without seconds where they are none, a bare clock time without its T."""
    return (value or "").removeprefix("T").removesuffix(":00")


def _amount_told(duration: str, say: Messages) -> str:
    """An ISO 8601 duration in words where the language has them: PT1H30M, P10BD, P5D/P7D."""
    told = []
    for each in duration.split("/"):
        parts = _parts_of(each)
        names = [f"{n}{say.name('unit', unit)}" for n, unit in parts]
        told.append("".join(names))
    return "–".join(told) if say.lang == "zh" and all(told) else duration


def _period_told(freq: str, say: Messages) -> str:
    """The period of what recurs in words where the language has them, with its ISO 8601."""
    parts = _parts_of(freq)
    if say.lang != "zh" or len(parts) != 1:
        return freq
    (count, unit) = parts[0]
    name = say.name("every", unit) if count == "1" else say("every_so_many", n=count, unit=say.name("unit", unit))
    return f"{name}（{freq}）"


def _parts_of(duration: str) -> list[tuple[str, str]]:
    """Amounts and units of an ISO 8601 duration; empty where it isn't a plain one."""
    match = _DURATION.fullmatch(duration)
    return [(n, unit) for unit, n in match.groupdict().items() if n] if match else []

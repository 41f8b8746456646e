"""What several commands share: mining options, the input that is a file, a record, a text or standard input."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from docmine.api import check_counting
from docmine.cli.messages import Messages
from docmine.errors import SettingsError
from docmine.schema.record import Record
from docmine.settings import Anchors, Settings, anchor_twice, as_date, load_settings, parse_anchors

STDIN = "-"
_MINING_OPTIONS = ("date", "anchor", "counting", "calendar")
_TEXT_MARKS = frozenset("，。；：！？、\n ")


def add_mining_options(parser: argparse.ArgumentParser, say: Messages) -> None:
    """The options that decide what is found."""
    parser.add_argument("--date", metavar="DATE", help=say("opt_date"))
    parser.add_argument("--anchor", metavar="EVENT=DATE", action="append", default=[], help=say("opt_anchor"))
    parser.add_argument("--counting", metavar="NAME|FILE", help=say("opt_counting"))
    parser.add_argument("--calendar", metavar="FILE", help=say("opt_calendar"))
    parser.add_argument("--config", metavar="FILE", type=Path, help=say("opt_config"))
    parser.add_argument(
        "--log-level", choices=("debug", "info", "warning", "error"), type=str.lower, help=say("opt_log_level")
    )


def add_color_option(parser: argparse.ArgumentParser, say: Messages) -> None:
    """Whether the view is coloured."""
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help=say("opt_color"))


def settings_of(options: argparse.Namespace) -> Settings:
    """Settings from the settings file with the options laid over it."""
    if "config" not in options:  # a command that mines nothing
        return Settings()
    settings = load_settings(options.config)
    date = None if options.date is None else as_date(options.date, name="--date")
    anchors = parse_anchors(options.anchor)
    _check_anchors(anchors)
    settings = replace(settings, anchors=_not_replaced(settings.anchors, anchors))
    settings = settings.with_options(date=date, anchors=anchors, counting=options.counting, calendar=options.calendar)
    check_counting(settings)
    return settings


def _check_anchors(anchors: Anchors) -> None:
    """Refuse two dates for one event: 会 and 本次会议."""
    from docmine.rulebook.anchors import is_same_event

    for one, other in combinations(anchors, 2):
        if anchors[one] != anchors[other] and is_same_event(one, other):
            raise anchor_twice(one, anchors[one], other, anchors[other])


def _not_replaced(known: Anchors, given: Anchors) -> Anchors:
    """The settings file's anchors of events that no option dates."""
    from docmine.rulebook.anchors import is_same_event

    return {event: when for event, when in known.items() if not any(is_same_event(event, each) for each in given)}


def tell_lacking_days(settings: Settings, say: Messages) -> None:
    """Say on standard error which statutory days the user's calendar leaves out of a year that it is for."""
    if settings.calendar is None:
        return
    from docmine.rulebook.workdays import calendar_of

    for year, days in calendar_of(settings.calendar).lacking().items():
        told = (say("comma")).join(_stretches(days))
        print(say("calendar_lacks", file=Path(settings.calendar).name, year=year, days=told), file=sys.stderr)


def _stretches(days: Iterable[dt.date]) -> Iterator[str]:
    """Days as dates, those that follow each other as `2031-10-01–2031-10-03`."""
    first = last = None
    for day in (*days, None):
        if last is not None and (day is None or day != last + dt.timedelta(days=1)):
            yield f"{first}" if first == last else f"{first}–{last}"
            first = None
        first, last = first or day, day


def start_logging(options: argparse.Namespace) -> None:
    """Write a log to standard error where it was asked for."""
    if getattr(options, "log_level", None):
        import logging

        form = "%(levelname)s %(name)s %(message)s"
        logging.basicConfig(level=options.log_level.upper(), stream=sys.stderr, format=form)


def record_of(
    options: argparse.Namespace, settings: Settings, say: Messages, *, allow_text: bool = False
) -> tuple[Record, Settings]:
    """The record of what a command was pointed at, and the settings that went into it (of a stored one, none).

    Says on standard error where options were given that can't change a stored record.
    """
    from docmine import pipeline

    word: str = options.input
    if word == STDIN:
        return pipeline.mine_bytes(sys.stdin.buffer.read(), settings=settings), settings
    path = Path(word)
    if is_file(path):
        stored = _stored(path)
        if stored is None:
            return pipeline.mine_file(path, settings=settings), settings
        given = [f"--{name}" for name in _MINING_OPTIONS if getattr(options, name)]
        if given:
            print(say("stored_record", options=say("comma").join(given)), file=sys.stderr)
        return stored, Settings()
    if allow_text and is_wording(word):
        return pipeline.mine_text(word, settings=settings), settings
    raise no_file(word)


def no_file(word: str) -> SettingsError:
    """The error of a name that no file has."""
    remedy = "Check the name; quote names with spaces."
    return SettingsError(f"{word}: no such file", remedy=remedy, key="no_file", path=word)


def is_file(path: Path) -> bool:
    """Whether there is such a file; a text too long for a name is none."""
    try:
        return path.is_file()
    except OSError:  # a text too long to be a file name
        return False


def is_wording(word: str) -> bool:
    """Whether a word that names no file is a text: it has punctuation, or Chinese without a file extension."""
    return bool(_TEXT_MARKS & set(word)) or (any("\u4e00" <= c <= "\u9fff" for c in word) and not Path(word).suffix)


def _stored(path: Path) -> Record | None:
    """The record in a file that `run` wrote, None where the file is a document to mine."""
    if path.suffix == ".jsonl":
        _refuse_lists(path)
    if path.suffix != ".json":
        return None
    data = path.read_bytes()
    if b'"schema_version"' not in data[:200]:
        return None
    from docmine.schema.border import parse_record

    return parse_record(data)


def _refuse_lists(path: Path) -> None:
    """A list that `run` wrote, of files or of whole records, is no document."""
    with path.open("rb") as file:
        head = file.read(200)
    if head.startswith(b'{"path":') and b'"outcome":' in head:
        remedy = "Show a record (.json) or a document instead."
        raise SettingsError(
            f"{path}: is the manifest of a run, not a document", remedy=remedy, key="manifest", path=path
        )
    if head.startswith(b'{"schema_version"'):
        remedy = "Show the document instead, or write one record a file with `docmine run -o FOLDER`."
        raise SettingsError(f"{path}: holds many records", remedy=remedy, key="many_records", path=path)

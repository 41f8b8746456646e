"""What several commands share: mining options, the input that is a file, a record, a text or standard input."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from docmine.cli.messages import Messages
from docmine.errors import RuleError, SettingsError
from docmine.schema.record import Record
from docmine.settings import Settings, as_date, load_settings, parse_anchors

STDIN = "-"
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
    if options.date is not None:
        settings = replace(settings, date=as_date(options.date, name="--date"))
    if options.anchor:
        settings = replace(settings, anchors={**settings.anchors, **parse_anchors(options.anchor)})
    if options.counting is not None:
        settings = replace(settings, counting=options.counting)
    if options.calendar is not None:
        settings = replace(settings, calendar=options.calendar)
    _check_counting(settings)
    return settings


def _check_counting(settings: Settings) -> None:
    """Read the user's counting and calendar files before any document, so that their errors come once."""
    from docmine.rulebook.counting import DEFAULT, counting_profile
    from docmine.rulebook.workdays import calendar_of

    try:
        if settings.counting != DEFAULT:
            counting_profile(settings.counting)
        if settings.calendar is not None:
            calendar_of(settings.calendar)
    except RuleError as error:
        raise SettingsError(error.message, remedy=error.remedy) from error


def start_logging(options: argparse.Namespace) -> None:
    """Write a log to standard error where it was asked for."""
    if getattr(options, "log_level", None):
        import logging

        form = "%(levelname)s %(name)s %(message)s"
        logging.basicConfig(level=options.log_level.upper(), stream=sys.stderr, format=form)


def record_of(word: str, *, settings: Settings, allow_text: bool = False) -> Record:
    """The record of what a command was pointed at."""
    from docmine import pipeline

    if word == STDIN:
        return pipeline.mine_bytes(sys.stdin.buffer.read(), settings=settings)
    path = Path(word)
    if is_file(path):
        return _stored(path) or pipeline.mine_file(path, settings=settings)
    if allow_text and is_wording(word):
        return pipeline.mine_text(word, settings=settings)
    raise SettingsError(f"{word}: no such file", remedy="Check the name; quote names with spaces.")


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
    if path.suffix != ".json":
        return None
    data = path.read_bytes()
    if b'"schema_version"' not in data[:200]:
        return None
    from docmine.schema.border import parse_record

    return parse_record(data)

"""Finds the command, parses its options, runs it, and turns errors into messages with a remedy."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from docmine._version import __version__
from docmine.cli.common import settings_of, start_logging, tell_lacking_days
from docmine.cli.messages import Messages, language
from docmine.errors import DocmineError, SettingsError

COMMANDS = ("run", "show", "explain", "times", "schema", "train", "evaluate")
OK, SOME_FAILED, USAGE = 0, 1, 2


class Parser(argparse.ArgumentParser):
    """An argument parser that says its headings in the user's language."""

    def __init__(self, *, say: Messages, **options: object) -> None:
        super().__init__(add_help=False, formatter_class=_Formatter, **options)  # type: ignore[arg-type]
        self._positionals.title = say("arguments")
        self._optionals.title = say("options")
        self.say = say
        self.add_argument("-h", "--help", action="help", help=say("help_help"))

    def format_usage(self) -> str:
        """The usage line."""
        return super().format_usage().replace("usage:", self.say("usage") + ":", 1)

    def format_help(self) -> str:
        """The whole help."""
        return super().format_help().replace("usage:", self.say("usage") + ":", 1)

    def error(self, message: str) -> NoReturn:
        """Wrong usage: say so on standard error and stop with status 2."""
        said = f"{self.say('error')}: {self.say.usage_error(message)}"
        self.exit(USAGE, f"{self.format_usage()}{said}\n{self.say('remedy')}: {self.prog} --help\n")


class _Formatter(argparse.HelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=110)


def run_command(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    _speak_as_the_terminal_can()
    say = Messages(language(words))
    try:
        if words and words[0] in COMMANDS:
            return _run(words[0], words[1:], say)
        main_parser(say).parse_args(words)
        return USAGE
    except SystemExit as stop:  # argparse ends this way after help, version and errors
        return stop.code if isinstance(stop.code, int) else USAGE
    except DocmineError as error:
        complain(error, say)
        return USAGE if isinstance(error, SettingsError) else SOME_FAILED
    except BrokenPipeError:  # the reader of our output has gone (`docmine show … | head`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        print(say("interrupted"), file=sys.stderr)
        return 130


def main_parser(say: Messages) -> Parser:
    """The parser of `docmine` itself: it lists the commands."""
    listing = "\n".join(f"  {name:<10} {say('help_' + name)}" for name in COMMANDS)
    parser = Parser(
        say=say, prog="docmine", description=say("about"), epilog=f"{say('commands')}:\n{listing}\n\n{say('more')}"
    )
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--version", action="version", version=f"docmine {__version__}", help=say("help_version"))
    parser.add_argument("--lang", choices=("zh", "en"), help=say("opt_lang"))
    parser.add_argument("command", choices=COMMANDS, metavar="{" + ",".join(COMMANDS) + "}", help=say("commands"))
    return parser


def command_parser(name: str, say: Messages) -> Parser:
    """The parser of one command."""
    parser = Parser(say=say, prog=f"docmine {name}", description=say("help_" + name))
    import_module(f"docmine.cli.{name}").add_arguments(parser, say)
    parser.add_argument("--lang", choices=("zh", "en"), help=say("opt_lang"))
    return parser


def complain(error: DocmineError, say: Messages) -> None:
    """An error with its remedy, on standard error."""
    from docmine.batch.outcome import failure_of

    failure = say.failure(failure_of(error))
    print(f"{say('error')}: {failure.message}", file=sys.stderr)
    if failure.remedy:
        print(f"{say('remedy')}: {failure.remedy}", file=sys.stderr)


def _run(name: str, words: list[str], say: Messages) -> int:
    options = command_parser(name, say).parse_args(words)
    start_logging(options)
    settings = settings_of(options)
    if settings.lang and not options.lang:
        say = Messages(settings.lang)
    if not getattr(options, "quiet", False):
        tell_lacking_days(settings, say)
    status: int = import_module(f"docmine.cli.{name}").run(options, settings, say)
    sys.stdout.flush()
    return status


def _speak_as_the_terminal_can() -> None:
    """Characters that a terminal doesn't know are written as escapes: better than to stop in the middle."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")

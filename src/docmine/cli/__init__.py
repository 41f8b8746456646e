"""The `docmine` command: one thin file a command. Data on standard output, messages on standard error."""

from __future__ import annotations

from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status (0 all fine, 1 a file failed, 2 wrong usage)."""
    from docmine.cli.app import run_command

    return run_command(argv)

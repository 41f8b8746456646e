from __future__ import annotations

import io
import sys

import pytest

from clirun import Cli, Done
from docmine.cli import main


@pytest.fixture
def cli(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Runs the command line in this process: `cli("show", path, stdin=b"")`."""

    def run(*words: object, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = main([str(word) for word in words])
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return Done(status, out.decode(), err.decode())

    return run

"""`python -m docmine` is the `docmine` command."""

from __future__ import annotations

import sys

from docmine.cli import main

if __name__ == "__main__":
    sys.exit(main())

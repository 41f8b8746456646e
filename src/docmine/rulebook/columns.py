"""What table column headers and labels mean."""

from __future__ import annotations

import re
from functools import cache

from docmine.rulebook import load_toml

TRIM = re.compile(r"[\s\u3000（）()：:*_]")


@cache
def meanings() -> dict[str, str]:
    """Header word → meaning."""
    table: dict[str, list[str]] = load_toml("common/columns.toml")["meanings"]
    return {word.lower(): meaning for meaning, words in table.items() for word in words}


@cache
def meaning_of(header: str) -> str | None:
    """What a column header or label means, by the longest known word at its end; None where it is unknown."""
    words = meanings()
    bare = TRIM.sub("", header).lower()
    if not bare or len(bare) > 16:
        return None
    if bare in words:
        return words[bare]
    best = max((w for w in words if len(w) >= 2 and bare.endswith(w)), key=len, default=None)
    if best is None:
        best = max((w for w in words if len(w) >= 3 and bare.startswith(w)), key=len, default=None)
    return words[best] if best else None

"""Marks that stand in place of names, numbers and dates. They belong to the text; only their spans are noted."""

from __future__ import annotations

import re
from functools import cache

from docmine.rulebook import compile_pattern, load_toml
from docmine.schema.spans import Span

_MARKDOWN = re.compile(r"^(?:#{1,6} |\|[ :|-]*-{3,}|```|[-*] \[)", re.MULTILINE)
_BOLD = re.compile(r"\*\*(?=[^\s*])[^*\n]*[^\s*]\*\*")
_BOLD_LINE = re.compile(
    r"^[ \t]*(?:[-*\d.]+[ \t]+)?\*\*[^*\n]+\*\*(?:[：:]|[ \t]*$)|^[ \t]*\*\*[^*\n]{1,30}[：:]\*\*", re.MULTILINE
)


def redactions(norm: str) -> tuple[Span, ...]:
    """Spans of redaction marks in folded text: `_`, `**`, XX, ××, 某 (not 某些), X before 市, 月…; not bold print."""
    first, marks = _patterns()
    found: list[Span] = []
    bold: set[int] | None = None
    at = 0
    for candidate in first.finditer(norm):
        if candidate.start() < at:
            continue
        match = marks.match(norm, candidate.start())
        if match is None:
            continue
        if match[0][0] == "*":
            bold = _bold(norm) if bold is None else bold
            if match.start() in bold:
                continue
        found.append(Span(*match.span()))
        at = match.end()
    return tuple(found)


def _bold(norm: str) -> set[int]:
    """Where the stars of bold print begin: anywhere in a Markdown text, around a whole line or label elsewhere."""
    pattern = _BOLD if _MARKDOWN.search(norm) else _BOLD_LINE
    return {m.start() + i for m in pattern.finditer(norm) for i in range(len(m[0])) if m[0][i] == "*"}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    where = "common/cleaning.toml"
    table = load_toml(where)["redaction"]
    return (
        compile_pattern(table["first"], where=f"{where} first"),
        compile_pattern(table["marks"], where=f"{where} marks"),
    )

"""Counts automatic list numbers as Word does and writes them as Word shows them, whatever file they stand in.

The rules followed (ECMA-376 part 1, 17.9; [MS-DOC] 2.4.6.3): list instances that share a definition count on
together; a start override restarts the count when its instance is first met; a level restarts after any paragraph
of a level above it unless it says otherwise; "legal" levels turn all numbers of a label into decimals.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from docmine.intake.read.numerals import format_number, is_wording, number_gap

MAX_LEVEL = 8
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts and looks.

    `pattern` holds `%1`…`%9` for the numbers of the levels; `suffix` is nothing, space or tab; `restart_after` is
    the level from 1 at which it restarts (0: never, None: any above); `padding` the least number of digits.
    """

    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    suffix: str = "tab"
    style: str | None = None
    legal: bool = False
    restart_after: int | None = None
    padding: int = 0


@dataclass(frozen=True, slots=True)
class ListInstance:
    """A list as paragraphs refer to it: a definition with what the instance overrides."""

    definition: str
    levels: Mapping[int, Level] = field(default_factory=dict)
    starts: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Number:
    """A paragraph's number: its text, the suffix of its level, and its list level from 1."""

    marker: str
    suffix: str
    level: int

    def before(self, text: str) -> str:
        """The text with its number."""
        return self.marker + number_gap(self.marker, self.suffix, text) + text


class ListCounter:
    """The state of all lists of a document."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()

    def next_number(
        self, list_id: str, ilvl: int, *, counter: str, levels: Mapping[int, Level], starts: Mapping[int, int]
    ) -> Number | None:
        """Count a paragraph of list `list_id` at level `ilvl` (from 0). Lists with one `counter` count together."""
        ilvl = min(max(ilvl, 0), MAX_LEVEL)
        level = levels.get(ilvl)
        if level is None:
            return None
        counts = self._counts.setdefault(counter, {})
        if ilvl in starts and (list_id, ilvl) not in self._started:
            counts[ilvl] = starts[ilvl]
        else:
            counts[ilvl] = counts[ilvl] + 1 if ilvl in counts else level.start
        self._started.add((list_id, ilvl))
        for deeper in [other for other in counts if other > ilvl]:
            rule = levels[deeper].restart_after if deeper in levels else None
            if rule is None or ilvl < rule:
                del counts[deeper]
        return Number(label(level, levels, counts), level.suffix, ilvl + 1)


def label(level: Level, levels: Mapping[int, Level], counts: Mapping[int, int]) -> str:
    """The label of a paragraph; "" for bullets. A level above that wasn't met yet shows its start."""
    if level.format == "bullet" or "%" not in level.pattern:
        return level.pattern if is_wording(level.pattern) else ""

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        shown = levels.get(at, level)
        value = counts.get(at, shown.start)
        if level.legal:
            return str(value)
        return format_number(value, shown.format).rjust(shown.padding, "0")

    return _PLACEHOLDER.sub(number, level.pattern)

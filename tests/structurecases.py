"""Texts and what structure makes of them, for tests of intake and mining."""

from __future__ import annotations

from docmine.intake.clean import clean
from docmine.intake.structure import structure
from docmine.schema.document import CleanText, Reading, Section, Structure
from docmine.schema.spans import Span


def cleaned(text: str) -> CleanText:
    """A plain text, cleaned."""
    return clean(Reading(text, "text/plain", "text"))


def structured(text: str, *, name: str | None = None) -> tuple[str, Structure]:
    """(norm, structure) of a plain text."""
    found = cleaned(text)
    return found.norm, structure(found, name=name, source=text)


def lines_of(norm: str) -> list[Span]:
    """The spans of the lines that aren't empty."""
    spans, at = [], 0
    for line in norm.split("\n"):
        if line.strip():
            spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    return spans


def outline(found: Structure) -> list[tuple[int, str, str]]:
    """(level, marker, title) of every section."""
    return [(section.level, section.marker, section.title) for section in found.sections]


def section_of(found: Structure, marker: str) -> Section:
    """The first section with this marker."""
    return next(section for section in found.sections if section.marker == marker)

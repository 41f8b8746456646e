"""THE FLOW in one screen: read → clean → structure → (segment → classify → extract → link) → record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docmine._version import __version__
from docmine.schema.document import CleanText, Reading, Structure
from docmine.schema.facts import FileFacts, facts_of_bytes, facts_of_file
from docmine.schema.findings import Findings, Reference
from docmine.schema.record import Record
from docmine.settings import Settings

TEXT_NAME = "-"  # what a record names as its source where there was no file


def mine_file(path: Path, *, settings: Settings, shown: str | None = None) -> Record:
    """The record of a file. `shown` is the path that the record names, by default the path as given."""
    reading = read(path, settings=settings)
    return mine_reading(reading, facts=facts_of_file(path, shown=shown or path.as_posix()), settings=settings)


def mine_bytes(data: bytes, *, settings: Settings, name: str = TEXT_NAME) -> Record:
    """The record of a file's bytes, of standard input say; `name` may hint at the format."""
    from docmine.intake.read import read_bytes

    return mine_reading(read_bytes(data, name=name), facts=facts_of_bytes(data, shown=name), settings=settings)


def mine_text(text: str, *, settings: Settings, name: str = TEXT_NAME) -> Record:
    """The record of a text in memory."""
    data = text.encode("utf-8", errors="surrogatepass")
    return mine_reading(text_reading(text), facts=facts_of_bytes(data, shown=name), settings=settings)


def mine_reading(reading: Reading, *, facts: FileFacts, settings: Settings) -> Record:
    """The flow behind reading: text and layout in, record out."""
    from docmine.intake.clean import clean
    from docmine.intake.structure import structure
    from docmine.output.record import build_record

    cleaned = clean(reading, steps=settings.clean_steps)
    found = structure(cleaned, name=None if facts.name == TEXT_NAME else facts.name, date=settings.date)
    findings = mine_structure(cleaned, found, settings=settings)
    data = build_record(
        reading,
        cleaned,
        found,
        findings,
        facts=facts,
        produced=produced(settings),
        include_text=settings.include_text,
    )
    return Record(data)


def mine_structure(clean: CleanText, structure: Structure, *, settings: Settings) -> Findings:
    """The middle of the flow: segment → classify → extract → link, with the dates that times are counted from."""
    from docmine.mining import mine_document

    meeting = structure.meeting
    reference = reference_of(structure.head.date, meeting.date if meeting else None, settings=settings)
    return mine_document(clean, structure, reference=reference, settings=settings)


def read(path: Path, *, settings: Settings) -> Reading:
    """A file's text and layout."""
    from docmine.intake.read import read_file

    return read_file(path)


def text_reading(text: str) -> Reading:
    """A text in memory as a reading."""
    return Reading(text=text, media_type="text/plain", reader="text", layout="lines")


def reference_of(document_date: str | None, meeting_date: str | None, *, settings: Settings) -> Reference:
    """What times are counted from: the document's own date, else the caller's."""
    return Reference(
        date=_day(document_date) or settings.date,
        meeting_date=_day(meeting_date),
        anchors=settings.anchors,
    )


def produced(settings: Settings) -> Mapping[str, Any]:
    """What makes the record: versions and fingerprints, no clock times."""
    from docmine.rulebook.paths import model_fingerprints, rules_fingerprint

    return {
        "program": "docmine",
        "version": __version__,
        "rules": rules_fingerprint(settings.resources_dir),
        "models": dict(model_fingerprints()) if settings.models else {},
    }


def _day(iso: str | None) -> dt.date | None:
    """The day of an ISO 8601 value that names one (a bare year or month doesn't)."""
    try:
        return dt.date.fromisoformat(iso[:10]) if iso else None
    except ValueError:
        return None

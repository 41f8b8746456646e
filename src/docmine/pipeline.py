"""THE FLOW in one screen: read → clean → structure → (segment → classify → extract → link) → record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docmine._version import __version__
from docmine.errors import FileAccessError, LimitExceededError
from docmine.schema.document import CleanText, Reading, Structure
from docmine.schema.facts import FileFacts, facts_of_bytes
from docmine.schema.findings import Findings, Reference
from docmine.schema.record import Record
from docmine.settings import Settings

TEXT_NAME = "-"  # what a record names as its source where there was no file


def mine_file(path: Path, *, settings: Settings, shown: str | None = None) -> Record:
    """The record of a file. `shown` is the path that the record names, by default the path as given."""
    return mine_bytes(load(path), settings=settings, name=shown or path.as_posix())


def mine_bytes(data: bytes, *, settings: Settings, name: str = TEXT_NAME) -> Record:
    """The record of a file's bytes; `name` is its path as the record shows it, and may hint at the format."""
    facts = facts_of_bytes(data, shown=name)
    return mine_reading(read(data, name=facts.name, settings=settings), facts=facts, settings=settings)


def mine_text(text: str, *, settings: Settings, name: str = TEXT_NAME) -> Record:
    """The record of a text in memory."""
    data = text.encode("utf-8", errors="surrogatepass")
    return mine_reading(text_reading(text), facts=facts_of_bytes(data, shown=name), settings=settings)


def mine_reading(reading: Reading, *, facts: FileFacts, settings: Settings) -> Record:
    """The flow behind reading: text and layout in, record out."""
    from docmine.intake.clean import clean
    from docmine.output.record import build_record

    cleaned = clean(reading, steps=settings.clean_steps)
    name = None if facts.name == TEXT_NAME else facts.name
    found = structure_of(cleaned, name=name, settings=settings, source=reading.text)
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


def structure_of(clean: CleanText, *, name: str | None, settings: Settings, source: str) -> Structure:
    """The layout and genre of a cleaned text."""
    from docmine.intake.structure import structure
    from docmine.rulebook.models import model

    kinds = model("kinds") if settings.models else None
    return structure(clean, name=name, date=settings.date, source=source, kinds=kinds)


def mine_structure(clean: CleanText, structure: Structure, *, settings: Settings) -> Findings:
    """The middle of the flow: segment → classify → extract → link, with the dates that times are counted from."""
    from docmine.mining import mine_document

    meeting = structure.meeting
    reference = reference_of(structure.reference_date, meeting.date if meeting else None, settings=settings)
    return mine_document(clean, structure, reference=reference, settings=settings)


def load(path: Path) -> bytes:
    """The bytes of a file that is not absurdly large."""
    from docmine.intake.read import MAX_BYTES

    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise LimitExceededError(
                f"{path.name} has {size >> 20} MB", remedy="split it, or check that it is a document"
            )
        return path.read_bytes()
    except OSError as error:
        message = f"{path.name} can't be opened: {error.strerror}"
        raise FileAccessError(message, remedy="check that the file is there and that you may read it") from error


def read(data: bytes, *, name: str, settings: Settings) -> Reading:
    """Text and layout of a file's bytes; formats that may hang or bloat are read in a child with limits."""
    from docmine.intake.read import is_risky, read_bytes
    from docmine.intake.read.sniff import sniff

    hint = None if name == TEXT_NAME else name
    if not is_risky(sniff(data, hint)):
        return read_bytes(data, name=hint)
    from docmine.intake.read.limits import run_limited

    limits = settings.limits
    return run_limited(read_bytes, data, name=hint, seconds=limits.seconds, memory_bytes=limits.memory_mb << 20)


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
    from docmine.rulebook.counting import counting_profile
    from docmine.rulebook.paths import model_fingerprints, rules_fingerprint
    from docmine.rulebook.workdays import calendar_of

    counting = counting_profile(settings.counting)
    return {
        "program": "docmine",
        "version": __version__,
        "rules": rules_fingerprint(),
        "models": dict(model_fingerprints()) if settings.models else {},
        "counting": " ".join(filter(None, (counting.name, counting.fingerprint))),
        "calendar": calendar_of(settings.calendar).fingerprint or None,
    }


def _day(iso: str | None) -> dt.date | None:
    """The day of an ISO 8601 value that names one (a bare year or month doesn't)."""
    try:
        return dt.date.fromisoformat(iso[:10]) if iso else None
    except ValueError:
        return None

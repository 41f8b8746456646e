"""What a reader should know of a record, in words: its warnings with their cause, and options that came to nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from docmine.cli.messages import Messages
from docmine.rulebook.anchors import anchor_for
from docmine.schema.parts import Deadline, Place, Warning_
from docmine.schema.record import Record
from docmine.settings import Settings

_CLOCK_UNITS = ("hour", "minute")


@dataclass(frozen=True, slots=True)
class Note:
    """A warning: its code, its cause (a finer code, which names the words), its words, and where it belongs."""

    code: str
    cause: str
    text: str
    event: str | None
    place: Place | None


def notes_of(record: Record, say: Messages) -> list[Note]:
    """The record's warnings, in its order."""
    by_place: dict[tuple[int, int], Deadline] = {}
    for deadline in record.deadlines:
        by_place.setdefault((deadline.span.start, deadline.span.end), deadline)
    return [_note(warning, by_place, say) for warning in record.warnings]


def _note(warning: Warning_, by_place: Mapping[tuple[int, int], Deadline], say: Messages) -> Note:
    place = warning.span
    deadline = by_place.get((place.start, place.end)) if place else None
    cause, event = _cause(warning, deadline)
    words = say.name("warning", cause)
    text = warning.message if words == cause else words
    return Note(warning.code, cause, text, event, place)


def _cause(warning: Warning_, deadline: Deadline | None) -> tuple[str, str | None]:
    """What exactly is lacking, and the event that it is about."""
    if warning.code == "no_date" and warning.span is None:
        return "no_document_date", None
    if warning.code != "unresolved_anchor" or deadline is None:
        return warning.code, None
    in_hours = deadline.offset is not None and deadline.offset.unit in _CLOCK_UNITS
    event = deadline.anchor.event if deadline.anchor else None
    if event is None:
        counted = deadline.bound == "within"
        return ("unresolved_moment" if in_hours else "unresolved_date" if counted else "unresolved_event"), None
    if deadline.anchor and deadline.anchor.date:
        return ("unresolved_clock" if in_hours and "T" not in deadline.anchor.date else "unresolved_end"), event
    return "unresolved_anchor", event


def about_options(record: Record, settings: Settings, say: Messages) -> Iterator[str]:
    """What became of --date and --anchor where they were not used."""
    document = record.document
    given = settings.date
    if given is not None and document.date_basis != "caller" and is_day(document.date):
        basis = say.name("date_basis", document.date_basis or "")
        yield say("date_not_used", date=given, own=document.date, basis=basis)
    events = events_of(record)
    unused = unused_anchors(settings.anchors, events)
    if unused:
        yield say("anchors_not_used", anchors=say("comma").join(unused), events=say("comma").join(events) or "–")


def events_of(record: Record) -> list[str]:
    """The events that the record's deadlines count from, in text order."""
    return list(dict.fromkeys(d.anchor.event for d in record.deadlines if d.anchor and d.anchor.event))


def unused_anchors(keys: Iterable[str], events: Iterable[str]) -> list[str]:
    """The anchors that date none of the events."""
    keys = list(keys)
    used = {anchor_for(event, keys) for event in events}
    return [key for key in keys if key not in used]


def is_day(value: str | None) -> bool:
    """Whether a value names a whole day."""
    return value is not None and day_of(value) is not None


def day_of(value: str) -> dt.date | None:
    """The day of an ISO 8601 value; None where it names none."""
    try:
        return dt.date.fromisoformat(value[:10]) if len(value) >= 10 else None
    except ValueError:
        return None


def dated(value: str, say: Messages) -> tuple[str, str]:
    """A value as shown, and its weekday where it is a day."""
    day = day_of(value)
    return value, say.name("weekday", str(day.weekday())) if day else ""

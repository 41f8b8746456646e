"""`docmine show`: who must do what by when, with the sentence."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Iterator, Mapping
from itertools import groupby

from docmine.cli.common import add_color_option, add_mining_options, record_of
from docmine.cli.messages import Messages
from docmine.cli.notes import Note, about_options, dated, day_of, notes_of
from docmine.cli.terminal import Paint
from docmine.schema.parts import Deadline, Directive, Place, Responsibility
from docmine.schema.record import Record
from docmine.settings import Settings


def add_arguments(parser: argparse.ArgumentParser, say: Messages) -> None:
    """Options of the command."""
    parser.add_argument("input", metavar="FILE", help=say("arg_input"))
    add_mining_options(parser, say)
    add_color_option(parser, say)


def run(options: argparse.Namespace, settings: Settings, say: Messages) -> int:
    """Print the view of one document."""
    record, settings = record_of(options, settings, say)
    paint = Paint(sys.stdout, color=options.color)
    for line in view(record, settings, say, paint):
        print(line)
    return 0


def view(record: Record, settings: Settings, say: Messages, paint: Paint) -> Iterator[str]:
    """The lines of the view."""
    yield from header(record, say, paint)
    yield ""
    if not record.directives:
        yield say("show_no_directives")
    numbers = numbered(record)
    coming = Coming(record, settings)
    for directive in record.directives:
        if directive.id in numbers:
            yield from _directive(numbers[directive.id], directive, record, coming, say, paint)
        else:
            yield from (paint("head", _line(directive.text)), "")
    yield from _notes_at_the_end(record, numbers, settings, say, paint)


def numbered(record: Record) -> dict[str, int]:
    """The numbers of the directives that are shown as such; a heading without a deadline or party has none."""
    shown = (each.id for each in record.directives if not each.heading or each.deadlines or each.responsibilities)
    return {directive: number for number, directive in enumerate(shown, 1)}


def header(record: Record, say: Messages, paint: Paint) -> Iterator[str]:
    """Title and particulars of the document."""
    document = record.document
    yield paint("head", document.title or record.source.name)
    date = f"{document.date}（{say.name('date_basis', document.date_basis or '')}）" if document.date else None
    facts = {
        "show_kind": say.name("kind", document.kind),
        "show_number": document.number,
        "show_issuer": document.issuer,
        "show_date": date,
        "show_meeting": record.meeting.name if record.meeting else None,
    }
    yield " · ".join(f"{say(key)} {value}" for key, value in facts.items() if value)
    yield paint(
        "dim",
        say(
            "show_counts",
            directives=len(record.directives),
            deadlines=len(record.deadlines),
            responsibilities=len(record.responsibilities),
        ),
    )


def _directive(
    number: int, directive: Directive, record: Record, coming: Coming, say: Messages, paint: Paint
) -> Iterator[str]:
    """One directive: a line of who, force and when; the sentence; what the deadline's wording comes to."""
    deadlines = list(record.deadlines_of(directive))
    parties = list(record.responsibilities_of(directive))
    who = _parties(parties, say) or say("show_no_owner")
    when = "；".join(_due(each, coming, say) for each in deadlines)
    force = f"[{say.name('force', directive.force)} {directive.strength}]"
    head = f"{number:>3}. {paint('force', force)} {paint('party', who)}"
    yield head + (f" | {paint('due', when)}" if when else "")
    yield "     " + _sentence(directive, deadlines, parties, paint)
    notes = list(_notes(directive, record, say))
    if notes:
        yield "     " + paint("dim", " · ".join(notes))
    yield ""


def _parties(rows: list[Responsibility], say: Messages) -> str:
    """Each party once, with all its roles; that it is only understood from before is told where no role is stated."""
    roles: dict[str, list[str]] = {}
    stated = {each.party.name for each in rows if not each.inherited}
    for each in rows:
        named = roles.setdefault(each.party.name, [])
        role = say.name("role", each.role)
        if role not in named:
            named.append(role)
    inherited = f"，{say('show_inherited')}"
    return "、".join(
        f"{name}（{'、'.join(named)}{'' if name in stated else inherited}）" for name, named in roles.items()
    )


def _due(deadline: Deadline, coming: Coming, say: Messages) -> str:
    """A deadline's wording, and the date, span or count that it comes to with what that rests on."""
    value, told = "", list[str]()
    if deadline.due:
        value, weekday = dated(deadline.due, say)
        told.append(weekday)
        if deadline.kind == "period" and deadline.begin:
            value = f"{deadline.begin} – {value}"
    elif deadline.recurrence and (following := coming.after(deadline)):
        moment, weekday = dated(following, say)
        value = say("show_next", moment=moment)
        told.append(weekday)
    elif deadline.offset is not None:
        value = f"{_event(deadline)} + {_amount(deadline, say)}"
    if deadline.rolled_due:
        told += [
            say("show_rolled", day=" ".join(filter(None, dated(deadline.rolled_due, say)))),
            deadline.legal_basis or "",
        ]
    if deadline.inherited:
        told.append(say("show_inherited"))
    bracket = "，".join(filter(None, told))
    return (f"{deadline.text} → {value}" if value else deadline.text) + (f"（{bracket}）" if bracket else "")


def _event(deadline: Deadline) -> str:
    return deadline.anchor.event if deadline.anchor and deadline.anchor.event else "?"


def _amount(deadline: Deadline, say: Messages) -> str:
    assert deadline.offset is not None
    unit = say.name("unit", deadline.offset.unit)
    return f"{deadline.offset.value}{' ' if unit.isascii() else ''}{unit}"


class Coming:
    """When what recurs comes round, counted from the document's date."""

    def __init__(self, record: Record, settings: Settings) -> None:
        self._day = day_of(record.document.date or "")
        self._calendar = settings.calendar

    def after(self, deadline: Deadline) -> str | None:
        """The first time after the document's day, in ISO 8601; None where that or the rule can't be told."""
        if self._day is None or deadline.recurrence is None:
            return None
        from docmine.mining.extract.times.occurrences import occurrences
        from docmine.rulebook.workdays import calendar_of

        calendar = calendar_of(self._calendar)
        try:
            found = occurrences(deadline.recurrence, deadline.text, deadline.clock, self._day, 1, calendar)
        except (ValueError, KeyError):  # a rule in a foreign record
            return None
        if not found:
            return None
        return found[0].isoformat(timespec="minutes") if isinstance(found[0], dt.datetime) else found[0].isoformat()


def _sentence(directive: Directive, deadlines: list[Deadline], parties: list[Responsibility], paint: Paint) -> str:
    """The directive's wording on one line, its parties and times painted where they stand in it."""
    marks = [(text, "due") for text in (d.text for d in deadlines)]
    marks += [(each.party.text, "party") for each in parties if not each.inherited]
    places = [
        (start, start + len(text), style) for text, style in marks if text and (start := directive.text.find(text)) >= 0
    ]
    return _line(paint.marked(directive.text, places))


def _notes(directive: Directive, record: Record, say: Messages) -> Iterator[str]:
    speaker = directive.speaker
    if speaker is not None:
        yield say("show_relayed", name=speaker.name) if speaker.relayed else speaker.name
    if directive.span.page is not None:
        yield say("show_page", page=directive.span.page)
    heading = _heading_over(directive, record)
    if heading:
        yield heading


def _heading_over(directive: Directive, record: Record) -> str:
    """The nearest heading above a directive, its own wording left out."""
    sections = {section.id: section for section in record.sections}
    section = sections.get(directive.section or "")
    while section is not None:
        if section.title and section.title not in directive.text and directive.text not in section.title:
            return _line(section.marker + section.title)[:40]
        section = sections.get(section.parent or "")
    return ""


def _notes_at_the_end(
    record: Record, numbers: Mapping[str, int], settings: Settings, say: Messages, paint: Paint
) -> Iterator[str]:
    """The warnings, one line for each cause, with the directives they belong to; then options that weren't used."""
    groups: dict[tuple[str, str, str], list[Note]] = {}
    for note in notes_of(record, say):
        told = note.text if say.lang == "zh" else ""  # English messages name the event each
        groups.setdefault((note.code, note.cause, told), []).append(note)
    about = list(about_options(record, settings, say))
    if groups or about:
        yield paint("warn", say("show_warnings"))
    for (code, _, told), notes in groups.items():
        times = f" ×{len(notes)}" if len(notes) > 1 else ""
        text = told or "; ".join(dict.fromkeys(note.text for note in notes))
        events = list(dict.fromkeys(note.event for note in notes if note.event))
        if told and events:
            text = say("show_events", name=text, events=say("comma").join(events))
        yield paint("warn", f"  [{code}]{times} {text}")
        where = _where(notes, record, numbers, say)
        if where:
            yield paint("dim", f"    {where}")
    yield from (paint("warn", f"  {line}") for line in about)


def _where(notes: list[Note], record: Record, numbers: Mapping[str, int], say: Messages) -> str:
    """The numbers of the directives that notes belong to; of others the sentence."""
    found: set[int] = set()
    others: list[str] = []
    for note in notes:
        if note.place is None:
            continue
        at = set(_directives_at(note.place, record, numbers))
        found |= at
        if not at:
            others += [_line(s.text)[:20] for s in record.segments if s.span.start <= note.place.start < s.span.end]
    items = say("show_items", numbers=say("comma").join(_runs(sorted(found)))) if found else ""
    return "；".join(filter(None, (items, *(f"“{text}”" for text in dict.fromkeys(others)))))


def _directives_at(place: Place, record: Record, numbers: Mapping[str, int]) -> Iterator[int]:
    """The numbers of the directives that a place is a deadline of, or lies in."""
    governed = {d.directive for d in record.deadlines if (d.span.start, d.span.end) == (place.start, place.end)}
    for directive in record.directives:
        lies_in = directive.span.start <= place.start and place.end <= directive.span.end
        if directive.id in numbers and (directive.id in governed if governed else lies_in):
            yield numbers[directive.id]


def _runs(numbers: list[int]) -> Iterator[str]:
    """Numbers with those that follow each other drawn together: 1, 3–5."""
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        first, *rest = (number for _, number in run)
        yield f"{first}–{rest[-1]}" if rest else str(first)


def _line(text: str) -> str:
    return " ".join(text.split("\n"))

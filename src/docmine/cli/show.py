"""`docmine show`: who must do what by when, with the sentence."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import count

from docmine.cli.common import add_color_option, add_mining_options, record_of
from docmine.cli.messages import Messages
from docmine.cli.terminal import Paint
from docmine.schema.parts import Deadline, Directive, Responsibility
from docmine.schema.record import Record
from docmine.settings import Settings


def add_arguments(parser: argparse.ArgumentParser, say: Messages) -> None:
    """Options of the command."""
    parser.add_argument("input", metavar="FILE", help=say("arg_input"))
    add_mining_options(parser, say)
    add_color_option(parser, say)


def run(options: argparse.Namespace, settings: Settings, say: Messages) -> int:
    """Print the view of one document."""
    record = record_of(options.input, settings=settings)
    paint = Paint(sys.stdout, color=options.color)
    for line in view(record, say, paint):
        print(line)
    return 0


def view(record: Record, say: Messages, paint: Paint) -> Iterator[str]:
    """The lines of the view."""
    yield from header(record, say, paint)
    yield ""
    if not record.directives:
        yield say("show_no_directives")
    numbers = count(1)
    for directive in record.directives:
        if directive.heading and not (directive.deadlines or directive.responsibilities):
            yield from (paint("head", _line(directive.text)), "")
        else:
            yield from _directive(next(numbers), directive, record, say, paint)
    yield from _warnings(record, say, paint)


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


def _directive(number: int, directive: Directive, record: Record, say: Messages, paint: Paint) -> Iterator[str]:
    """One directive: a line of who, force and when; the sentence; what the deadline's wording comes to."""
    deadlines = list(record.deadlines_of(directive))
    parties = list(record.responsibilities_of(directive))
    who = _parties(parties, say) or say("show_no_owner")
    when = "；".join(_due(each, say) for each in deadlines)
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


def _due(deadline: Deadline, say: Messages) -> str:
    """A deadline's wording and the date, span or count that it comes to; what repeats speaks for itself."""
    value = deadline.due or ""
    if deadline.kind == "period" and deadline.begin and deadline.due:
        value = f"{deadline.begin} – {deadline.due}"
    if not value and deadline.offset is not None:
        event = deadline.anchor.event if deadline.anchor and deadline.anchor.event else "?"
        unit = say.name("unit", deadline.offset.unit)
        value = f"{event} + {deadline.offset.value}{' ' if unit.isascii() else ''}{unit}"
    inherited = f"（{say('show_inherited')}）" if deadline.inherited else ""
    return (f"{deadline.text} → {value}" if value else deadline.text) + inherited


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


def _warnings(record: Record, say: Messages, paint: Paint) -> Iterator[str]:
    """The warnings, one line for each code."""
    found: dict[str, list[str]] = {}
    for warning in record.warnings:
        found.setdefault(warning.code, []).append(warning.message)
    if found:
        yield paint("warn", say("show_warnings"))
    for code, messages in found.items():
        times = f" ×{len(messages)}" if len(messages) > 1 else ""
        details = "; ".join(dict.fromkeys(messages))
        name = say.name("warning", code)
        if code == "unresolved_anchor":
            name = say("show_events", name=name, events="、".join(_open_events(record)))
        yield paint("warn", f"  [{code}]{times} {details if say.lang == 'en' or name == code else name}")


def _open_events(record: Record) -> list[str]:
    """The events that deadlines count from and whose date isn't known."""
    anchors = (each.anchor for each in record.deadlines if each.kind == "relative" and each.due is None)
    return list(dict.fromkeys(anchor.event for anchor in anchors if anchor is not None and anchor.event))


def _line(text: str) -> str:
    return " ".join(text.split("\n"))

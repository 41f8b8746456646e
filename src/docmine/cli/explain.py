"""`docmine explain`: the rule, the words it saw and the weight behind each finding."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from docmine.cli.common import add_color_option, add_mining_options, record_of
from docmine.cli.messages import Messages
from docmine.cli.notes import Note, about_options, notes_of
from docmine.cli.terminal import Paint
from docmine.schema.parts import Deadline, Directive, Place, Reason, Responsibility, Segment
from docmine.schema.record import Record
from docmine.settings import Settings


def add_arguments(parser: argparse.ArgumentParser, say: Messages) -> None:
    """Options of the command."""
    parser.add_argument("input", metavar="FILE|TEXT", help=say("arg_input_or_text"))
    parser.add_argument("--all", action="store_true", help=say("opt_all"))
    add_mining_options(parser, say)
    add_color_option(parser, say)


def run(options: argparse.Namespace, settings: Settings, say: Messages) -> int:
    """Print the reasons."""
    record, settings = record_of(options, settings, say, allow_text=True)
    paint = Paint(sys.stdout, color=options.color)
    for line in reasons(record, settings, say, paint, everything=options.all):
        print(line)
    return 0


def reasons(record: Record, settings: Settings, say: Messages, paint: Paint, *, everything: bool) -> Iterator[str]:
    """The lines of the explanation, sentence by sentence, each warning where it belongs."""
    document = record.document
    named = say.name("kind", document.kind)
    kind = named if say.lang == "zh" else f"{named} ({document.kind})"
    yield paint("head", f"{say('explain_kind', kind=kind)} ({document.score:g})")
    yield from (f"  {say('explain_because')}: {each}" for each in document.evidence)
    if document.date:
        yield f"  {say('show_date')}: {document.date} ({say.name('date_basis', document.date_basis or '')})"
    by_segment: dict[str, list[Directive]] = {}
    for directive in record.directives:
        by_segment.setdefault(directive.segment, []).append(directive)
    notes = _Notes(record, say, paint)
    for segment in record.segments:
        found = by_segment.get(segment.id, [])
        if found or everything:
            yield ""
            yield from _segment(segment, say, paint)
        for directive in found:
            yield from _directive(directive, record, notes, say, paint)
    about = [paint("warn", f"  {line}") for line in about_options(record, settings, say)]
    left = [*notes.left(), *about]
    if left:
        yield ""
        yield paint("warn", say("show_warnings"))
        yield from left


class _Notes:
    """The record's warnings, told at the finding whose place they have, the rest in the end."""

    def __init__(self, record: Record, say: Messages, paint: Paint) -> None:
        self._say, self._paint = say, paint
        self._told: list[Note] = []
        self._notes = notes_of(record, say)

    def at(self, place: Place, indent: str) -> Iterator[str]:
        """The lines of what is warned of at a place."""
        for note in self._notes:
            if note.place is not None and (note.place.start, note.place.end) == (place.start, place.end):
                self._told.append(note)
                yield self._line(note, indent + self._say("show_warnings") + " ")

    def left(self) -> Iterator[str]:
        """The lines of the others."""
        yield from (self._line(note, "  ") for note in self._notes if note not in self._told)

    def _line(self, note: Note, before: str) -> str:
        event = f"：{note.event}" if note.event and self._say.lang == "zh" else ""
        return self._paint("warn", f"{before}[{note.code}] {note.text}{event}")


def _segment(segment: Segment, say: Messages, paint: Paint) -> Iterator[str]:
    names = (say.name("function", segment.function), *(say.name("label", label) for label in segment.labels))
    labels = say("comma").join(names)
    yield f"{paint('number', segment.id)} {paint('head', _line(segment.text))}"
    yield f"  {say('explain_sentence')}: {labels} ({segment.score:g})"
    yield from _evidence(segment.evidence, say, paint, indent="  ")


def _directive(directive: Directive, record: Record, notes: _Notes, say: Messages, paint: Paint) -> Iterator[str]:
    named = say.name("force", directive.force) if say.lang == "zh" else directive.force
    force = paint("force", f"{named} {directive.strength}")
    yield f"  {paint('number', directive.id)} {force} ({directive.score:g}): {_line(directive.text)}"
    yield from _evidence(directive.evidence, say, paint, indent="    ")
    yield from notes.at(directive.span, "    ")
    for deadline in record.deadlines_of(directive):
        yield from _deadline(deadline, say, paint)
        if (deadline.span.start, deadline.span.end) != (directive.span.start, directive.span.end):
            yield from notes.at(deadline.span, "      ")
    for each in record.responsibilities_of(directive):
        yield from _responsibility(each, say, paint)


def _deadline(deadline: Deadline, say: Messages, paint: Paint) -> Iterator[str]:
    values = ((name, each) for name, each in _values(deadline, say) if each is not None)
    value = say("explain_comma").join(say.name("value", name).format(value=each) for name, each in values)
    inherited = f" [{say('show_inherited')}]" if deadline.inherited else ""
    kind = say.name("deadline", deadline.kind) if say.lang == "zh" else deadline.kind
    yield f"    {paint('number', deadline.id)} {paint('due', deadline.text)} {kind} {value}{inherited}"
    yield from _evidence(deadline.evidence, say, paint, indent="      ")


def _values(deadline: Deadline, say: Messages) -> Iterator[tuple[str, object]]:
    yield "begin", deadline.begin
    yield "due", deadline.due
    yield "rolled", deadline.rolled_due
    if deadline.offset is not None:
        value, unit = deadline.offset.value, deadline.offset.unit
        yield "offset", f"{value}{say.name('unit', unit)}" if say.lang == "zh" else f"{value} {unit}"
    if deadline.anchor is not None:
        yield "anchor", f"{deadline.anchor.event} ({deadline.anchor.date or say('unknown')})"
    yield "recurrence", deadline.recurrence
    yield "basis", deadline.legal_basis


def _responsibility(each: Responsibility, say: Messages, paint: Paint) -> Iterator[str]:
    inherited = f" [{say('show_inherited')}]" if each.inherited else ""
    party = f"{paint('party', each.party.name)} ({say.name('party', each.party.type)})"
    role = say.name("role", each.role) if say.lang == "zh" else each.role
    yield f"    {paint('number', each.id)} {party} {role}{inherited}"
    yield from _evidence(each.evidence, say, paint, indent="      ")


def _evidence(evidence: list[Reason], say: Messages, paint: Paint, *, indent: str) -> Iterator[str]:
    if not evidence:
        yield paint("dim", f"{indent}{say('explain_no_reason')}")
    for each in evidence:
        saw = f" {say('explain_saw')} “{_line(each.text)}”" if each.text else ""
        yield paint("dim", f"{indent}{say('explain_rule')} {each.rule} ({each.weight:g}){saw}")


def _line(text: str) -> str:
    return " ".join(text.split("\n"))

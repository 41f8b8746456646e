"""`docmine explain`: the rule, the words it saw and the weight behind each finding."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from docmine.cli.common import add_color_option, add_mining_options, record_of
from docmine.cli.messages import Messages
from docmine.cli.terminal import Paint
from docmine.schema.parts import Deadline, Directive, Reason, Responsibility, Segment
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
    record = record_of(options.input, settings=settings, allow_text=True)
    paint = Paint(sys.stdout, color=options.color)
    for line in reasons(record, say, paint, everything=options.all):
        print(line)
    return 0


def reasons(record: Record, say: Messages, paint: Paint, *, everything: bool) -> Iterator[str]:
    """The lines of the explanation, sentence by sentence."""
    document = record.document
    kind = say("explain_kind", kind=f"{say.name('kind', document.kind)} ({document.kind}, {document.score:g})")
    yield paint("head", kind)
    yield from (f"  {say('explain_because')}: {each}" for each in document.evidence)
    if document.date:
        yield f"  {say('show_date')}: {document.date} ({say.name('date_basis', document.date_basis or '')})"
    by_segment: dict[str, list[Directive]] = {}
    for directive in record.directives:
        by_segment.setdefault(directive.segment, []).append(directive)
    for segment in record.segments:
        found = by_segment.get(segment.id, [])
        if found or everything:
            yield ""
            yield from _segment(segment, say, paint)
        for directive in found:
            yield from _directive(directive, record, say, paint)


def _segment(segment: Segment, say: Messages, paint: Paint) -> Iterator[str]:
    labels = ", ".join((segment.function, *segment.labels))
    yield f"{paint('number', segment.id)} {paint('head', _line(segment.text))}"
    yield f"  {say('explain_sentence')}: {labels} ({segment.score:g})"
    yield from _evidence(segment.evidence, say, paint, indent="  ")


def _directive(directive: Directive, record: Record, say: Messages, paint: Paint) -> Iterator[str]:
    force = paint("force", f"{directive.force} {directive.strength}")
    yield f"  {paint('number', directive.id)} {force} ({directive.score:g}): {_line(directive.text)}"
    yield from _evidence(directive.evidence, say, paint, indent="    ")
    for deadline in record.deadlines_of(directive):
        yield from _deadline(deadline, say, paint)
    for each in record.responsibilities_of(directive):
        yield from _responsibility(each, say, paint)


def _deadline(deadline: Deadline, say: Messages, paint: Paint) -> Iterator[str]:
    value = ", ".join(f"{name}={each}" for name, each in _values(deadline) if each is not None)
    inherited = f" [{say('show_inherited')}]" if deadline.inherited else ""
    yield f"    {paint('number', deadline.id)} {paint('due', deadline.text)} {deadline.kind} {value}{inherited}"
    yield from _evidence(deadline.evidence, say, paint, indent="      ")


def _values(deadline: Deadline) -> Iterator[tuple[str, object]]:
    yield "begin", deadline.begin
    yield "due", deadline.due
    yield "rolled", deadline.rolled_due
    if deadline.offset is not None:
        yield "offset", f"{deadline.offset.value} {deadline.offset.unit}"
    if deadline.anchor is not None:
        yield "anchor", f"{deadline.anchor.event} ({deadline.anchor.date or '?'})"
    yield "recurrence", deadline.recurrence
    yield "basis", deadline.legal_basis


def _responsibility(each: Responsibility, say: Messages, paint: Paint) -> Iterator[str]:
    inherited = f" [{say('show_inherited')}]" if each.inherited else ""
    party = f"{paint('party', each.party.name)} ({each.party.type})"
    yield f"    {paint('number', each.id)} {party} {each.role}{inherited}"
    yield from _evidence(each.evidence, say, paint, indent="      ")


def _evidence(evidence: list[Reason], say: Messages, paint: Paint, *, indent: str) -> Iterator[str]:
    if not evidence:
        yield paint("dim", f"{indent}{say('explain_no_reason')}")
    for each in evidence:
        saw = f" {say('explain_saw')} “{_line(each.text)}”" if each.text else ""
        yield paint("dim", f"{indent}{say('explain_rule')} {each.rule} ({each.weight:g}){saw}")


def _line(text: str) -> str:
    return " ".join(text.split("\n"))

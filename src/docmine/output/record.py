"""3 FINDINGS → RECORDS: what the stages found, as the plain data of record 1.0 (`docmine.schema.record`).

Keys are always in the same order and all there; what the text doesn't say is null. Every span is mapped back to
the text as it was read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from docmine.output.places import Places
from docmine.schema.document import CleanText, Head, Meeting, Reading, Section, Speaker, Structure, Warn
from docmine.schema.facts import FileFacts
from docmine.schema.findings import (
    Deadline,
    Directive,
    Evidence,
    Findings,
    Responsibility,
    Segment,
    TimeExpression,
)
from docmine.schema.record import SCHEMA_VERSION
from docmine.schema.spans import Span

Plain = dict[str, Any]

_LABELS = ("directive", "deadline", "responsibility")
_PETITION: Mapping[str, Any] = {
    "case_no": None,
    "channel": None,
    "batch": None,
    "priority": None,
    "received": None,
    "petitioner": None,
    "respondents": (),
    "places": (),
    "topic": None,
    "pollution": (),
    "purpose": None,
    "demands": (),
    "findings": (),
    "measures": (),
    "status": None,
    "accountability": None,
    "lead_unit": None,
    "support_units": (),
    "clocks": (),
    "related": (),
}


class _Reasons(dict[Evidence, Plain]):
    """Reasons as plain data, equal ones once: in a long document they take most of the room."""

    def __missing__(self, evidence: Evidence) -> Plain:
        plain = {"rule": evidence.rule, "text": evidence.text, "weight": _score(evidence.weight)}
        self[evidence] = plain
        return plain


def build_record(
    reading: Reading,
    clean: CleanText,
    structure: Structure,
    findings: Findings,
    *,
    facts: FileFacts,
    produced: Mapping[str, Any],
    include_text: bool = False,
) -> Plain:
    """The record of one document."""
    places = Places(clean.map, reading.boxes)
    text = clean.text
    reasons = _Reasons()
    deadlines = _in_text_order(findings.deadlines)
    owned = _owned(deadlines, findings.responsibilities)
    return {
        "schema_version": SCHEMA_VERSION,
        "source": _source(facts, reading),
        "document": _document(structure, reading, include_text),
        "meeting": _meeting(structure.meeting),
        "sections": [_section(each, places) for each in structure.sections],
        "segments": [_segment(each, text, places, reasons) for each in findings.segments],
        "directives": [_directive(each, text, places, reasons, owned[each.id]) for each in findings.directives],
        "deadlines": [_deadline(each, text, places, reasons) for each in deadlines],
        "responsibilities": [_responsibility(each, text, places, reasons) for each in findings.responsibilities],
        "petitions": [_petition(each) for each in findings.petitions],
        "warnings": list(_warnings(reading, clean, structure, findings, places)),
        "produced": dict(produced),
    }


def _source(facts: FileFacts, reading: Reading) -> Plain:
    return {
        "path": facts.path,
        "name": facts.name,
        "sha256": facts.sha256,
        "media_type": reading.media_type,
        "bytes": facts.bytes,
        "encoding": reading.encoding,
        "pages": reading.pages,
        "reader": reading.reader,
    }


def _document(structure: Structure, reading: Reading, include_text: bool) -> Plain:
    head: Head = structure.head
    return {
        "kind": structure.kind,
        "score": _score(structure.kind_score),
        "evidence": list(structure.kind_evidence),
        "title": head.title,
        "number": head.number,
        "issuer": head.issuer,
        "addressees": list(head.addressees),
        "date": head.date,
        "date_basis": head.date_basis,
        "urgency": head.urgency,
        "length": len(reading.text),
        "text": reading.text if include_text else None,
    }


def _meeting(meeting: Meeting | None) -> Plain | None:
    if meeting is None:
        return None
    return {
        "name": meeting.name,
        "date": meeting.date,
        "place": meeting.place,
        "chair": meeting.chair,
        "attendees": list(meeting.attendees),
        "agenda": list(meeting.agenda),
    }


def _section(section: Section, places: Places) -> Plain:
    return {
        "id": section.id,
        "parent": section.parent,
        "level": section.level,
        "marker": section.marker,
        "title": section.title,
        "span": places.of(section.span),
        "speaker": _speaker(section.speaker),
    }


def _speaker(speaker: Speaker | None) -> Plain | None:
    return None if speaker is None else {"name": speaker.name, "relayed": speaker.relayed}


def _segment(segment: Segment, text: str, places: Places, reasons: _Reasons) -> Plain:
    return {
        "id": segment.id,
        "section": segment.section,
        "span": places.of(segment.span),
        "text": segment.span.text(text),
        "labels": [label for label in _LABELS if label in segment.labels],
        "function": segment.function,
        "score": _score(segment.score),
        "evidence": [reasons[e] for e in segment.evidence],
    }


def _directive(
    directive: Directive, text: str, places: Places, reasons: _Reasons, owned: tuple[list[str], list[str]]
) -> Plain:
    speaker = Speaker(directive.speaker, directive.relayed) if directive.speaker else None
    return {
        "id": directive.id,
        "segment": directive.segment,
        "section": directive.section,
        "span": places.of(directive.span),
        "text": directive.span.text(text),
        "force": directive.force,
        "strength": directive.strength,
        "trigger": directive.trigger,
        "action": directive.action,
        "object": directive.object,
        "condition": directive.condition,
        "heading": directive.heading,
        "parent": directive.parent,
        "speaker": _speaker(speaker),
        "concrete": directive.concrete,
        "deadlines": owned[0],
        "responsibilities": owned[1],
        "petition": directive.petition,
        "score": _score(directive.score),
        "evidence": [reasons[e] for e in directive.evidence],
    }


def _deadline(deadline: Deadline, text: str, places: Places, reasons: _Reasons) -> Plain:
    time = deadline.time
    return {
        "id": deadline.id,
        "directive": deadline.directive,
        "span": places.of(time.span),
        "text": time.span.text(text),
        "kind": time.kind,
        "due": time.due,
        "begin": time.begin,
        "offset": None if time.offset is None else {"value": time.offset.value, "unit": time.offset.unit},
        "anchor": _anchor(time, text),
        "recurrence": time.recurrence,
        "bound": time.bound,
        "clock": time.clock,
        "rolled_due": time.rolled_due,
        "legal_basis": time.legal_basis,
        "inherited": deadline.inherited,
        "score": _score(deadline.score),
        "evidence": [reasons[e] for e in deadline.evidence or [Evidence(time.rule, time.span.text(text))]],
    }


def _anchor(time: TimeExpression, text: str) -> Plain | None:
    if time.anchor is None and time.anchor_span is None and time.anchor_date is None:
        return None
    return {
        "text": time.anchor_span.text(text) if time.anchor_span else None,
        "event": time.anchor,
        "date": time.anchor_date,
    }


def _responsibility(each: Responsibility, text: str, places: Places, reasons: _Reasons) -> Plain:
    return {
        "id": each.id,
        "directive": each.directive,
        "span": places.of(each.span),
        "party": {"text": each.span.text(text), "name": each.name, "type": each.type},
        "role": each.role,
        "inherited": each.inherited,
        "score": _score(each.score),
        "evidence": [reasons[e] for e in each.evidence],
    }


def _petition(found: Mapping[str, Any]) -> Plain:
    """A petition's fields in the record's order, those not found null or empty."""
    unknown = set(found) - set(_PETITION)
    if unknown:
        raise ValueError(f"record 1.0 has no petition field {sorted(unknown)}")
    return {name: _plain(found.get(name, default)) for name, default in _PETITION.items()}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _warnings(
    reading: Reading, clean: CleanText, structure: Structure, findings: Findings, places: Places
) -> Iterator[Plain]:
    """All warnings once, by their order in the flow. Only those of mining count in the cleaned text."""
    seen: set[tuple[str, str, Span | None]] = set()
    for warn in (*reading.warnings, *clean.warnings, *structure.warnings):
        key = (warn.code, warn.message, warn.span)
        if key not in seen:
            seen.add(key)
            yield _warning(warn, None if warn.span is None else places.of_source(warn.span))
    for finding in findings.warnings:
        span = None if finding.span is None else places.of(finding.span)
        yield _warning(Warn(finding.code, finding.message), span)


def _warning(warn: Warn, span: Plain | None) -> Plain:
    return {"code": warn.code, "message": warn.message, "span": span}


def _in_text_order(deadlines: list[Deadline]) -> list[Deadline]:
    """The deadlines by where they stand, ids counted in that order: what governs from afar is found last."""
    ordered = sorted(deadlines, key=lambda each: each.time.span.start)
    return [replace(each, id=f"t{number}") for number, each in enumerate(ordered, 1)]


def _owned(
    deadlines: list[Deadline], responsibilities: list[Responsibility]
) -> defaultdict[str, tuple[list[str], list[str]]]:
    """The ids of each directive's deadlines and responsibilities."""
    owned: defaultdict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for deadline in deadlines:
        owned[deadline.directive][0].append(deadline.id)
    for responsibility in responsibilities:
        owned[responsibility.directive][1].append(responsibility.id)
    return owned


def _score(value: float) -> float:
    """Scores to four places: enough to rank by, and the same on every machine."""
    return round(float(value), 4)

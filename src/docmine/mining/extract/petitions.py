"""Petitions and cases of a document: one of a letter, ticket or reply, one of each row of a case table."""

from __future__ import annotations

import re
from functools import cache

from docmine.rulebook import PatternSet, compile_pattern, load_toml
from docmine.rulebook.lexicon import Scan
from docmine.schema.document import Stretch, Structure
from docmine.schema.findings import Directive, Responsibility

RESOURCE = "petition/fields.toml"
LABELS = PatternSet(RESOURCE, "labels")
VERDICT = PatternSet(RESOURCE, "verdict")
CASE_NUMBER = PatternSet(RESOURCE, "case_number")
PETITION_KINDS = ("letter", "reply", "case")


@cache
def _classes(table: str) -> dict[str, re.Pattern[str]]:
    raw: dict[str, str] = load_toml(RESOURCE)[table]
    return {name: compile_pattern(pattern, where=f"{RESOURCE} [{table}] {name}") for name, pattern in raw.items()}


def petitions_in(
    text: str,
    scan: Scan,
    structure: Structure,
    directives: list[Directive],
    owners: list[Responsibility],
    rows: dict[str, Stretch],
) -> list[dict[str, object]]:
    """The petitions, in document order. `text` is the wording as written, `rows` maps a directive's id to its stretch.

    Each directive that belongs to one gets its index in `Directive.petition`.
    """
    if structure.kind == "case_table":
        found = _table_cases(text, scan, structure)
        by_row = {row: i for i, (row, _) in enumerate(found)}
        for directive in directives:
            directive.petition = by_row.get(rows[directive.id].row or (-1, -1))
        cases = [case for _, case in found]
    elif structure.kind in PETITION_KINDS:
        cases = [_single_case(text, scan, structure)]
        for directive in directives:
            directive.petition = 0
    else:
        return []
    for i, case in enumerate(cases):
        _add_directives(text, case, [d for d in directives if d.petition == i], owners)
    return cases


def _table_cases(text: str, scan: Scan, structure: Structure) -> list[tuple[tuple[int, int], dict[str, object]]]:
    rows: dict[tuple[int, int], list[Stretch]] = {}
    for stretch in structure.stretches:
        if stretch.role == "cell" and stretch.row is not None:
            rows.setdefault(stretch.row, []).append(stretch)
    return [(row, _row_case(text, scan, cells)) for row, cells in rows.items() if len(cells) >= 3]


def _row_case(text: str, scan: Scan, cells: list[Stretch]) -> dict[str, object]:
    columns: dict[str, list[str]] = load_toml(RESOURCE)["columns"]
    case: dict[str, object] = {}
    written = {s.header: s.span.text(text).strip() for s in cells if s.header}
    folded = {s.header: s.span.text(scan.norm).strip() for s in cells if s.header}
    for field, headers in columns.items():
        header = next((h for h in folded if any(h == w or h.endswith(w) for w in headers)), "")
        value = folded.get(header)
        if value and field in ("places", "pollution"):
            source = written[header] if field == "places" else value
            case[field] = [p for p in re.split(r"[、，,;；\s]+", source) if p]
        elif value and field == "findings":
            case["findings"] = [_verdict(value)]
        elif value and not (field in ("accountability", "status") and VERDICT.none.fullmatch(value)):
            case[field] = written[header] if field == "accountability" else value
    number = CASE_NUMBER.pattern.search(" ".join(folded.values()))
    if number:
        case["case_no"] = number["value"]
    if "channel" in case or number:
        case["channel"] = _channel(str(case.get("channel", "")), str(case.get("case_no", "")))
    case["measures"] = [s.span.text(text) for s in cells if s.column == "measure"]
    return case


def _verdict(value: str) -> str:
    found = VERDICT.finding.search(value)
    return found["value"] if found else ("属实" if VERDICT.yes.match(value) else value)


def _channel(value: str, case_no: str) -> str | None:
    for name, pattern in _classes("channels").items():
        if pattern.search(value):
            return name
    return {"D": "call", "X": "letter"}.get(case_no[:1])


def _single_case(text: str, scan: Scan, structure: Structure) -> dict[str, object]:
    norm = scan.norm
    case: dict[str, object] = {}
    for field in ("case_no", "petitioner", "received", "batch", "priority"):
        match = getattr(LABELS, field).search(norm)
        if match:
            case[field] = text[match.start("value") : match.end("value")]
    if "received" in case:
        case["received"] = "-".join(p.zfill(2) for p in re.findall(r"\d+", str(case["received"]))[:3])
    case["channel"] = _channel(norm, str(case.get("case_no", "")))
    case["purpose"] = _first_class("purpose", (structure.head.title or "") + norm[:400])
    answers = [s for s in structure.stretches if s.part == "reply" or s.label in ("finding", "measure")]
    reply = " ".join(s.span.text(norm) for s in answers)
    finding, status = VERDICT.finding.search(reply), VERDICT.status.search(reply)
    case["findings"] = [finding["value"]] if finding else []
    case["status"] = status["value"] if status else None
    case["lead_unit"] = next(iter(_labelled(text, structure, ("lead", "responsible"))), None)
    case["support_units"] = _labelled(text, structure, ("support",))
    return case


def _first_class(table: str, text: str) -> str | None:
    return next((name for name, pattern in _classes(table).items() if pattern.search(text)), None)


def _labelled(text: str, structure: Structure, meanings: tuple[str, ...]) -> list[str]:
    return [s.span.text(text) for s in structure.stretches if s.role == "label" and s.label in meanings]


def _add_directives(
    text: str, case: dict[str, object], directives: list[Directive], owners: list[Responsibility]
) -> None:
    """Demands are the requests; what the handling side orders, does or promises are measures."""
    case["demands"] = [d.id for d in directives if d.force == "request" and not d.heading]
    if "measures" not in case:
        case["measures"] = [d.span.text(text) for d in directives if d.force != "request" and not d.heading]
    ids = {d.id for d in directives}
    for role, field in (("lead", "lead_unit"), ("support", "support_units")):
        names = [r.span.text(text) for r in owners if r.directive in ids and r.role == role and not r.inherited]
        if field == "lead_unit" and names and not case.get(field):
            case[field] = names[0]
        elif field == "support_units" and names and not case.get(field):
            case[field] = list(dict.fromkeys(names))

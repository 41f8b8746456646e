"""What can be said only when all sentences are read: what governs a directive, who is understood, what is missing."""

from __future__ import annotations

from itertools import pairwise

from docmine.mining.classify import concreteness
from docmine.mining.link import Governance
from docmine.mining.walk import Walk
from docmine.rulebook import PatternSet
from docmine.schema.findings import Deadline, Directive, Finding, Responsibility, TimeExpression

GRAMMAR = PatternSet("common/grammar.toml", "miner")

_MESSAGES = {
    "past": "a day before the document's own",
    "no_reference": "not a whole date: the document's own isn't known (give it with --date YYYY-MM-DD)",
    "provisional_calendar": "counted over days whose holidays aren't announced yet (give them with --calendar FILE)",
}


def govern(walk: Walk) -> None:
    """Labels, lead-ins, headings and table rows give owners and dates to the directives below them."""
    governance = Governance(walk.scan, walk.structure, walk.times)
    for at, section, governor in walk.lead_ins:
        governance.add_lead_in(at, section, governor)
    for directive in walk.findings.directives:
        if directive.heading:
            continue
        for governor in governance.governors(directive, walk.stretch_of(directive)):
            walk.govern(directive, governor)


def share_brackets(walk: Walk) -> None:
    """Owners in brackets that end a sentence own all its directives: `加强值守，畅通信息（责任单位：各乡镇）`."""
    owned = {r.directive for r in walk.findings.responsibilities if r.role in ("lead", "responsible")}
    bracketed: dict[str, list[Responsibility]] = {}
    for row in walk.findings.responsibilities:
        if row.evidence[0].rule == "role.bracket":
            bracketed.setdefault(row.directive, []).append(row)
    directives = walk.findings.directives
    for before, directive in reversed(list(pairwise(directives))):
        between = walk.scan.norm[before.span.end : directive.span.start]
        if before.id in owned or before.heading or before.section != directive.section or between.strip("，、； "):
            continue
        shared = bracketed.get(directive.id, [])
        for row in shared:
            walk.inherit_party(before, row, rule="share.bracket")
        if shared:
            owned.add(before.id)
            bracketed[before.id] = shared


def inherit_subjects(walk: Walk) -> None:
    """A directive without an obligor takes over the last stated one of its section (marked inherited)."""
    owners: dict[str, list[Responsibility]] = {}
    for row in walk.findings.responsibilities:
        if row.role in ("lead", "responsible"):
            owners.setdefault(row.directive, []).append(row)
    last: list[Responsibility] = []
    last_section: str | None = None
    for directive in walk.findings.directives:
        if directive.section != last_section or directive.id in walk.framed:
            last, last_section = [], directive.section
        if directive.heading:
            continue
        own = owners.get(directive.id)
        if own:
            last = own
        elif directive.force != "request" and not GRAMMAR.addresses_all.search(directive.span.text(walk.scan.norm)):
            for row in last:
                walk.inherit_party(directive, row)


def relate_to_headings(walk: Walk) -> None:
    """What follows a headline under the same number has it as parent."""
    sections = {s.id: s for s in walk.structure.sections}
    for directive in walk.findings.directives:
        section = sections.get(directive.section or "")
        while section is not None and directive.parent is None:
            heading = walk.headings.get(section.id)
            if heading != directive.id:
                directive.parent = heading
            section = sections.get(section.parent or "")


def judge_results(walk: Walk) -> None:
    """How checkable each directive is, and what it lacks."""
    found = walk.findings
    dated = {d.directive for d in found.deadlines}
    owned = {r.directive for r in found.responsibilities}
    for directive in found.directives:
        text = directive.span.text(walk.scan.norm)
        directive.concrete = concreteness(text, dated=directive.id in dated, owned=directive.id in owned)
        found.warnings += _lacks(directive, owned=directive.id in owned, dated=directive.id in dated)
    doubts = [doubt for deadline in found.deadlines for doubt in _doubts(deadline)]
    found.warnings += {(d.code, d.message, d.span): d for d in doubts}.values()  # once for all that it governs


def _lacks(directive: Directive, *, owned: bool, dated: bool) -> list[Finding]:
    if directive.heading or directive.force == "request":
        return []
    lacks = []
    if not owned:
        lacks.append(Finding("no_owner", "no obligor is stated or understood", directive.span))
    if not dated and directive.concrete != "slogan":
        lacks.append(Finding("no_date", "no deadline is stated", directive.span))
    return lacks


def _doubts(deadline: Deadline) -> list[Finding]:
    time, doubts = deadline.time, []
    if time.kind == "relative" and time.due is None:
        doubts.append(Finding("unresolved_anchor", _unresolved(time), time.span))
    if time.warning:
        message = _MESSAGES.get(time.warning, "a time expression that can't be right")
        doubts.append(Finding(time.warning, message, time.span))
    return doubts


def _unresolved(time: TimeExpression) -> str:
    """Why a relative time has no date, and how to give it one."""
    clock = "THH:MM" if time.offset is not None and time.offset.unit in ("hour", "minute") else ""
    if time.anchor is None and time.bound == "within" and not clock:
        return "counted from the document's date, which isn't known (give it with --date YYYY-MM-DD)"
    if time.anchor is None:
        return "counted in hours from a day without a clock time" if clock else "counted from an event that isn't told"
    option = f"--anchor {time.anchor}=YYYY-MM-DD{clock}"
    if time.anchor_date is None:
        return f"counted from an event without a date: {time.anchor} (give it with {option})"
    if clock and "T" not in time.anchor_date:
        return f"counted in hours from {time.anchor}, {time.anchor_date} without a clock time (give it with {option})"
    return f"counted from {time.anchor}, {time.anchor_date}, to no day of the calendar"

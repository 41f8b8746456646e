"""WHAT FLOWS, second part: what mining finds. All spans count in the cleaned text until the record maps them back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from docmine.schema.spans import Span

Force = Literal["obligation", "prohibition", "recommendation", "request", "commitment"]
DeadlineKind = Literal["date", "period", "relative", "recurring", "immediate", "vague"]
Bound = Literal["before", "by", "within", "from", "at"]
Role = Literal["lead", "responsible", "support", "supervise", "report_to", "liable"]
PartyType = Literal["organ", "unit", "group", "post", "person", "collective", "company", "other"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a finding stands: a rule id or model name, the text it saw, and how much it weighed."""

    rule: str
    text: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Reference:
    """What times are counted from. `anchors` maps event words (接件, 受理) to dates that the caller knows."""

    date: dt.date | None = None
    meeting_date: dt.date | None = None
    anchors: Mapping[str, dt.date | dt.datetime] = field(default_factory=dict)
    standing_rule: bool = False  # the text is a standing rule: an amount without an event has no date


@dataclass(frozen=True, slots=True)
class Offset:
    """An amount of time. Units: minute, hour, day, workday, week, month, quarter, year."""

    value: int | float
    unit: str


@dataclass(slots=True)  # a frozen one is made four times as slowly; nothing changes one
class TimeExpression:
    """A time expression with its value, before it is known whether it limits anything.

    `due` and `begin` are ISO 8601 local (`2021-09-30`, or `2021-09-30T17:00` when a clock time is given). Where month
    and day are stated but nothing tells the year they are `--09-30` (`--09-30T17:00`), with the warning `no_reference`.
    `bare` tells that nothing in the wording bounds it (8月20日 as against 8月20日前).
    """

    span: Span
    kind: DeadlineKind
    rule: str
    due: str | None = None
    begin: str | None = None
    offset: Offset | None = None
    anchor: str | None = None
    anchor_span: Span | None = None
    anchor_date: str | None = None
    recurrence: str | None = None
    bound: Bound | None = None
    clock: str | None = None
    rolled_due: str | None = None
    legal_basis: str | None = None
    bare: bool = False
    warning: str | None = None


@dataclass(slots=True)
class Segment:
    """One sentence of the body. `column` is the column header where it stands in a table cell."""

    id: str
    section: str | None
    span: Span
    function: str = ""
    labels: list[str] = field(default_factory=list)
    score: float = 1.0
    evidence: list[Evidence] = field(default_factory=list)


@dataclass(slots=True)
class Directive:
    """A stretch by which someone is told to do something, or commits to."""

    id: str
    segment: str
    section: str | None
    span: Span
    force: Force
    strength: int
    trigger: str | None = None
    action: str | None = None
    object: str | None = None
    condition: str | None = None
    heading: bool = False
    parent: str | None = None
    speaker: str | None = None
    relayed: bool = False
    concrete: str = "partial"
    petition: int | None = None
    score: float = 1.0
    evidence: list[Evidence] = field(default_factory=list)


@dataclass(slots=True)
class Deadline:
    """A time expression that limits a directive. One entry for each directive that it governs."""

    id: str
    directive: str
    time: TimeExpression
    inherited: bool = False
    score: float = 1.0
    evidence: list[Evidence] = field(default_factory=list)


@dataclass(slots=True)
class Responsibility:
    """A party with its role in a directive. One entry for each directive that it governs."""

    id: str
    directive: str
    span: Span
    name: str
    type: PartyType
    role: Role
    inherited: bool = False
    score: float = 1.0
    evidence: list[Evidence] = field(default_factory=list)


@dataclass(slots=True)
class Finding:
    """A warning about the text, span in the cleaned text."""

    code: str
    message: str
    span: Span | None = None


@dataclass(slots=True)
class Findings:
    """All that mining found in one document."""

    segments: list[Segment] = field(default_factory=list)
    directives: list[Directive] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    responsibilities: list[Responsibility] = field(default_factory=list)
    petitions: list[dict[str, object]] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

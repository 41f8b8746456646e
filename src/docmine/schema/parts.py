"""WHAT FLOWS, last part: the parts of a record, version 1.0, as its readers see them.

These classes are the one definition of a record: `docmine.schema.record.Record` reads plain data through them, and
`docmine.schema.border` turns them into the published JSON Schema and checks foreign records against them.
A record is written as plain dictionaries (`docmine.output.record`); no object here is built unless asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from docmine.schema.findings import Bound, DeadlineKind, Force, PartyType, Role

DocumentKind = Literal[
    "host_script", "minutes", "speech", "notice", "plan", "letter", "case", "case_table", "reply", "other"
]
Label = Literal["directive", "deadline", "responsibility"]
Concrete = Literal["concrete", "partial", "slogan"]
Unit = Literal["minute", "hour", "day", "workday", "week", "month", "quarter", "year"]
Strength = Literal[1, 2, 3, 4, 5]
Box = tuple[int, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the source: `[start, end)` in code points of the text as read."""

    start: int
    """First code point."""
    end: int
    """Code point after the last."""
    page: int | None = None
    """Page of the first character, from 1; absent where the source has no pages."""
    boxes: list[Box] | None = None
    """Printed lines it touches: page, x0, y0, x1, y1 in PDF points, origin lower left; absent without pages."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a finding stands."""

    rule: str
    """Rule id or model name."""
    text: str
    """Wording that the rule saw."""
    weight: float
    """How much it counted."""


@dataclass(frozen=True, slots=True)
class Source:
    """The file that the record was made from."""

    path: str
    """Path as it was given, or relative to the folder that was given, with forward slashes."""
    name: str
    sha256: str
    """SHA-256 of the file's bytes (of the UTF-8 bytes where a text was given)."""
    media_type: str
    bytes: int
    encoding: str | None
    pages: int | None
    reader: str


@dataclass(frozen=True, slots=True)
class Document:
    """What the document says about itself."""

    kind: DocumentKind
    score: float
    evidence: list[str]
    """Why it was taken for this kind."""
    title: str | None
    number: str | None
    """发文字号."""
    issuer: str | None
    addressees: list[str]
    date: str | None
    """Document date, ISO 8601."""
    date_basis: str | None
    """Where the date was taken from (signature, issue, meeting, title, file name, caller)."""
    urgency: str | None
    length: int
    """Code points of the text as read."""
    text: str | None
    """The text as read, where it was asked for."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """The particulars of the meeting that the document records."""

    name: str | None
    date: str | None
    place: str | None
    chair: str | None
    attendees: list[str]
    agenda: list[str]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks; `relayed` where the words are another's, passed on."""

    name: str
    relayed: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the numbering tree."""

    id: str
    parent: str | None
    level: int
    marker: str
    title: str
    span: Place
    speaker: Speaker | None


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence of the body; none is left out."""

    id: str
    section: str | None
    span: Place
    text: str
    """Cleaned wording."""
    labels: list[Label]
    function: str
    score: float
    evidence: list[Reason]


@dataclass(frozen=True, slots=True)
class Directive:
    """A stretch by which someone is told to do something, or commits to."""

    id: str
    segment: str
    section: str | None
    span: Place
    text: str
    force: Force
    strength: Strength
    """Rhetorical strength: 5 必须 … 1 鼓励."""
    trigger: str | None
    action: str | None
    object: str | None
    condition: str | None
    heading: bool
    parent: str | None
    speaker: Speaker | None
    concrete: Concrete
    """Whether the result can be checked."""
    deadlines: list[str]
    """Ids of its deadlines."""
    responsibilities: list[str]
    """Ids of its responsibilities."""
    petition: int | None
    """Index of the petition it belongs to, from 0."""
    score: float
    evidence: list[Reason]


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of time."""

    value: int | float
    unit: Unit


@dataclass(frozen=True, slots=True)
class Anchor:
    """The event that a relative deadline counts from."""

    text: str | None
    """Its wording in the document, where it has one."""
    event: str | None
    """The event word."""
    date: str | None
    """Its date, where known."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time expression that limits a directive."""

    id: str
    directive: str
    span: Place
    text: str
    kind: DeadlineKind
    due: str | None
    """Local ISO 8601, with clock time where one is stated; `--09-30` where the text and its date tell no year."""
    begin: str | None
    offset: Amount | None
    anchor: Anchor | None
    recurrence: str | None
    """RFC 5545 RRULE."""
    bound: Bound | None
    clock: str | None
    rolled_due: str | None
    """The due date rolled over a holiday (Civil Code art. 203)."""
    legal_basis: str | None
    inherited: bool
    score: float
    evidence: list[Reason]


@dataclass(frozen=True, slots=True)
class Party:
    """A party: its wording, its name and what it is."""

    text: str
    name: str
    type: PartyType


@dataclass(frozen=True, slots=True)
class Responsibility:
    """A party with its role in a directive."""

    id: str
    directive: str
    span: Place
    party: Party
    role: Role
    inherited: bool
    score: float
    evidence: list[Reason]


@dataclass(frozen=True, slots=True)
class Clock:
    """A statutory or local period that runs on a petition."""

    stage: str
    due: str | None
    legal_basis: str | None


@dataclass(frozen=True, slots=True)
class Petition:
    """A petition or case in the document."""

    case_no: str | None
    channel: str | None
    batch: str | None
    priority: str | None
    received: str | None
    petitioner: str | None
    respondents: list[str]
    places: list[str]
    topic: str | None
    pollution: list[str]
    purpose: str | None
    demands: list[str]
    """Ids of directives."""
    findings: list[str]
    measures: list[str]
    status: str | None
    accountability: str | None
    lead_unit: str | None
    support_units: list[str]
    clocks: list[Clock]
    related: list[str]


@dataclass(frozen=True, slots=True)
class Warning_:
    """Something the user should know."""

    code: str
    message: str
    span: Place | None


@dataclass(frozen=True, slots=True)
class Produced:
    """What made the record; no clock times, so that the same input gives the same bytes."""

    program: str
    version: str
    rules: str
    """Fingerprint of rules and lexicons."""
    models: dict[str, str]
    """Fingerprint of each model in use."""
    counting: str = "as_written"
    """The counting profile, with its fingerprint where it is the user's."""
    calendar: str | None = None
    """Fingerprint of the user's calendar file."""


@dataclass(frozen=True, slots=True)
class RecordData:
    """A docmine record."""

    schema_version: Literal["1.0"]
    source: Source
    document: Document
    meeting: Meeting | None
    sections: list[Section]
    segments: list[Segment]
    directives: list[Directive]
    deadlines: list[Deadline]
    responsibilities: list[Responsibility]
    petitions: list[Petition]
    warnings: list[Warning_]
    produced: Produced

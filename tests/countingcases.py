"""Mining one sentence with anchors and settings, through the public interface."""

from __future__ import annotations

from collections.abc import Mapping

import docmine
from docmine.schema.parts import Deadline
from docmine.schema.record import Record
from docmine.settings import Settings

# The festivals' own days of 2031: what an announcement of that year must speak of.
FESTIVALS_2031 = [
    "2031-01-01",
    "2031-01-22",
    "2031-01-23",
    "2031-01-24",
    "2031-01-25",
    "2031-04-05",
    "2031-05-01",
    "2031-05-02",
    "2031-06-24",
    "2031-10-01",
    "2031-10-02",
    "2031-10-03",
]


def mined(sentence: str, **anchors: str) -> Deadline:
    """The only deadline of a text, counted from anchors that the caller gives."""
    (deadline,) = record_of(sentence, anchors).deadlines
    return deadline


def record_of(
    sentence: str, anchors: Mapping[str, str] | None = None, *, date: str | None = None, **settings: object
) -> Record:
    return docmine.mine_text(sentence, date=date, anchors=anchors, settings=Settings(**settings))  # type: ignore[arg-type]

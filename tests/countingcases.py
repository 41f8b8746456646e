"""Mining one sentence with anchors and settings, through the public interface."""

from __future__ import annotations

from collections.abc import Mapping

import docmine
from docmine.schema.parts import Deadline
from docmine.schema.record import Record
from docmine.settings import Settings


def mined(sentence: str, **anchors: str) -> Deadline:
    """The only deadline of a text, counted from anchors that the caller gives."""
    (deadline,) = record_of(sentence, anchors).deadlines
    return deadline


def record_of(
    sentence: str, anchors: Mapping[str, str] | None = None, *, date: str | None = None, **settings: object
) -> Record:
    return docmine.mine_text(sentence, date=date, anchors=anchors, settings=Settings(**settings))  # type: ignore[arg-type]

"""docmine: directives, deadlines and responsibilities from Chinese meeting records and petition texts.

    import docmine

    record = docmine.mine("会议纪要.docx")
    for directive in record.directives:
        print(directive.text, [deadline.due for deadline in record.deadlines_of(directive)])

Importing this package costs nothing: each name below is loaded when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docmine._version import __version__

if TYPE_CHECKING:
    from docmine.api import Miner, mine, mine_folder, mine_text
    from docmine.batch.outcome import Failure, Outcome
    from docmine.errors import DocmineError
    from docmine.schema.border import parse_record, record_schema
    from docmine.schema.parts import Deadline, Directive, Document, Petition, Place, Responsibility, Section, Segment
    from docmine.schema.record import Record
    from docmine.settings import Limits, Settings
    from docmine.spacy import load

_HOMES = {
    "docmine.api": ("Miner", "mine", "mine_folder", "mine_text"),
    "docmine.batch.outcome": ("Failure", "Outcome"),
    "docmine.errors": ("DocmineError",),
    "docmine.schema.border": ("parse_record", "record_schema"),
    "docmine.schema.parts": (
        "Deadline",
        "Directive",
        "Document",
        "Petition",
        "Place",
        "Responsibility",
        "Section",
        "Segment",
    ),
    "docmine.schema.record": ("Record",),
    "docmine.settings": ("Limits", "Settings"),
    "docmine.spacy": ("load",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Deadline",
    "Directive",
    "DocmineError",
    "Document",
    "Failure",
    "Limits",
    "Miner",
    "Outcome",
    "Petition",
    "Place",
    "Record",
    "Responsibility",
    "Section",
    "Segment",
    "Settings",
    "__version__",
    "load",
    "mine",
    "mine_folder",
    "mine_text",
    "parse_record",
    "record_schema",
]


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'docmine' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)

"""Takes the files of a plan one after the other; nothing that one file does stops the others."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator

from docmine.batch.outcome import Outcome, failure_of
from docmine.batch.plan import Item
from docmine.schema.record import Record
from docmine.settings import Settings

log = logging.getLogger(__name__)

Mine = Callable[[Item, Settings], Record]


def run(items: Iterable[Item], *, settings: Settings, mine: Mine | None = None) -> Iterator[Outcome]:
    """The outcomes of files, in their order. `mine` turns one file into its record (the pipeline, by default)."""
    work = mine or _mine
    for item in items:
        yield _attempt(item, settings, work)


def _attempt(item: Item, settings: Settings, work: Mine) -> Outcome:
    start = time.perf_counter()
    try:
        record, error = work(item, settings), None
    except Exception as exception:  # one bad file never stops a folder, whatever is wrong with it
        record, error = None, failure_of(exception)
        log.debug("file failed: %s", error.code, exc_info=exception if error.code == "internal" else None)
    return Outcome(item.path, item.name, record, error, time.perf_counter() - start)


def _mine(item: Item, settings: Settings) -> Record:
    from docmine.pipeline import mine_file

    return mine_file(item.path, settings=settings, shown=item.name)

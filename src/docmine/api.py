"""The Python interface: one call for a file, a text or a folder, and `Miner` to keep settings."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from docmine.settings import Settings

if TYPE_CHECKING:
    from docmine.batch.outcome import Outcome
    from docmine.schema.record import Record

PathLike = str | os.PathLike[str]
When = dt.date | str


class Miner:
    """Mines documents under one set of settings.

    Raises SettingsError at once where they name a way of counting or a calendar that isn't there or is faulty.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        check_counting(self.settings)

    def mine(
        self,
        path: PathLike,
        *,
        date: When | None = None,
        anchors: Mapping[str, When] | None = None,
        counting: str | None = None,
        calendar: PathLike | None = None,
    ) -> Record:
        """The record of a file; raises a DocmineError that says what is wrong with it and what to do."""
        from docmine.pipeline import mine_file

        return mine_file(Path(path), settings=self._with(date, anchors, counting, calendar))

    def mine_text(
        self,
        text: str,
        *,
        date: When | None = None,
        anchors: Mapping[str, When] | None = None,
        counting: str | None = None,
        calendar: PathLike | None = None,
        name: str = "-",
    ) -> Record:
        """The record of a text. `name` may be a file name, which can hold the document's title and date."""
        from docmine.pipeline import mine_text

        return mine_text(text, settings=self._with(date, anchors, counting, calendar), name=name)

    def mine_folder(self, folder: PathLike) -> Iterator[Outcome]:
        """The outcome of each file below a folder, in sorted order: a record, or the reason why there is none."""
        from docmine.batch.engine import run
        from docmine.batch.plan import plan

        return run(plan([Path(folder)]).items, settings=self.settings)

    def _with(
        self,
        date: When | None,
        anchors: Mapping[str, When] | None,
        counting: str | None,
        calendar: PathLike | None,
    ) -> Settings:
        settings = self.settings.with_options(date=date, anchors=anchors, counting=counting, calendar=calendar)
        if counting is not None or calendar is not None:
            check_counting(settings)
        return settings


def check_counting(settings: Settings) -> None:
    """Read the counting profile and the calendar that settings name, so that what is wrong with them is told first.

    Raises SettingsError.
    """
    from docmine.errors import RuleError, SettingsError
    from docmine.rulebook.counting import DEFAULT, counting_profile
    from docmine.rulebook.workdays import calendar_of

    try:
        if settings.counting != DEFAULT:
            counting_profile(settings.counting)
        if settings.calendar is not None:
            calendar_of(settings.calendar)
    except RuleError as error:
        raise SettingsError(error.message, remedy=error.remedy, key=error.key, **error.values) from error


def mine(
    path: PathLike,
    *,
    date: When | None = None,
    anchors: Mapping[str, When] | None = None,
    counting: str | None = None,
    calendar: PathLike | None = None,
    settings: Settings | None = None,
) -> Record:
    """The record of a file.

    `date` is the reference date for texts that have none of their own; `anchors` gives the dates of events that
    deadlines count from (`{"接件": "2021-08-22"}`, `docmine.rulebook.anchors` tells which events a word means).
    `counting` names a profile or a `.toml` file, `calendar` a file of working and free days; both go before `settings`.
    """
    return Miner(settings).mine(path, date=date, anchors=anchors, counting=counting, calendar=calendar)


def mine_text(
    text: str,
    *,
    date: When | None = None,
    anchors: Mapping[str, When] | None = None,
    counting: str | None = None,
    calendar: PathLike | None = None,
    name: str = "-",
    settings: Settings | None = None,
) -> Record:
    """The record of a text in memory; options as in `mine`."""
    return Miner(settings).mine_text(text, date=date, anchors=anchors, counting=counting, calendar=calendar, name=name)


def mine_folder(folder: PathLike, *, settings: Settings | None = None) -> Iterator[Outcome]:
    """The outcome of each file below a folder, in sorted order; one bad file never stops the others."""
    return Miner(settings).mine_folder(folder)

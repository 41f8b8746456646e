"""One validated Settings object, from `docmine.toml` and from options.

A settings file holds the fields of `Settings` by name; `[anchors]` and `[limits]` are tables:

    date = 2021-08-25
    include_text = true
    counting = "petition"
    calendar = "workdays.tsv"          # beside the settings file
    clean_steps = ["page_marks", "hard_wraps"]

    [anchors]
    "接件" = 2021-08-22                # Chinese keys need quotes

    [limits]
    seconds = 60
    memory_mb = 1024
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from docmine.errors import SettingsError

FILE_NAME = "docmine.toml"
_DAYS_END = re.compile(r"[T ]24:00(?::00)?")
LANGUAGES = ("zh", "en")

Anchors = Mapping[str, dt.date | dt.datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What reading one file may cost: wall `seconds`, and `memory_mb` mebibytes of the reading process."""

    seconds: float = 60.0
    memory_mb: int = 1024

    def __post_init__(self) -> None:
        if not _is_number(self.seconds) or self.seconds <= 0:
            raise _wrong("limits.seconds", self.seconds, "a number of seconds above 0", "seconds")
        if not isinstance(self.memory_mb, int) or isinstance(self.memory_mb, bool) or self.memory_mb < 64:
            raise _wrong("limits.memory_mb", self.memory_mb, "a whole number of mebibytes, 64 or more", "memory")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a caller may decide. Every field has a default that suits a first run.

    `date` is the caller's reference date: it serves where the text itself has none. `anchors` maps event words
    (接件, 受理) to the day or moment that the caller knows. `counting` names the profile that amounts of time are
    counted by, or a `.toml` file that holds one (`docmine.rulebook.counting`); `calendar` a file of working and free
    days (`docmine.rulebook.workdays`). `clean_steps` names the cleaning steps to run, None meaning all.
    `include_text` puts the text as read into the record. `models` switches trained models on. `lang` is the language
    of messages, None meaning the locale's. A value of the wrong kind raises SettingsError; whether `counting` and
    `calendar` name something is found out by the `Miner` that is made with them.
    """

    date: dt.date | None = None
    anchors: Anchors = field(default_factory=dict)
    counting: str = "as_written"
    calendar: str | os.PathLike[str] | None = None
    clean_steps: tuple[str, ...] | None = None
    include_text: bool = False
    models: bool = True
    lang: str | None = None
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        if self.date is not None and type(self.date) is not dt.date:
            raise _wrong("date", self.date, "a date without a clock time, like 2021-08-25", "day")
        for event, when in self.anchors.items():
            if not event or not isinstance(event, str) or not isinstance(when, dt.date):
                raise _wrong(f"anchors.{event}", when, "an event word with a date, like 接件=2021-08-22", "anchor")
        if not isinstance(self.counting, str) or not self.counting:
            raise _wrong("counting", self.counting, "the name of a way of counting, or a .toml file", "counting")
        if self.calendar is not None and (not isinstance(self.calendar, str | os.PathLike) or not str(self.calendar)):
            raise _wrong("calendar", self.calendar, "the name of a file of working and free days", "calendar")
        if self.clean_steps is not None and not all(isinstance(step, str) for step in self.clean_steps):
            raise _wrong("clean_steps", self.clean_steps, "a list of step names", "steps")
        if self.lang is not None and self.lang not in LANGUAGES:
            raise _wrong("lang", self.lang, f"one of {', '.join(LANGUAGES)}", "lang")
        for name in ("include_text", "models"):
            if not isinstance(getattr(self, name), bool):
                raise _wrong(name, getattr(self, name), "true or false", "switch")

    def with_options(
        self,
        *,
        date: dt.date | str | None = None,
        anchors: Mapping[str, dt.date | str] | None = None,
        counting: str | None = None,
        calendar: str | os.PathLike[str] | None = None,
    ) -> Settings:
        """These settings with a caller's date, anchors and ways of counting laid over them."""
        settings = self
        if date is not None:
            settings = replace(settings, date=as_date(date))
        if anchors:
            known = {event: as_moment(when, name=f"anchors.{event}") for event, when in anchors.items()}
            settings = replace(settings, anchors={**settings.anchors, **known})
        if counting is not None:
            settings = replace(settings, counting=counting)
        if calendar is not None:
            settings = replace(settings, calendar=calendar)
        return settings


def as_date(value: dt.date | str, *, name: str = "date") -> dt.date:
    """The date that a caller gave as an object or in ISO 8601."""
    moment = as_moment(value, name=name)
    return moment.date() if isinstance(moment, dt.datetime) else moment


def as_moment(value: dt.date | str, *, name: str) -> dt.date | dt.datetime:
    """A date, or a date with a clock time where one is given, in local time (a zone is refused).

    24:00 is the next day's midnight, as in ISO 8601.
    """
    moment: dt.date | dt.datetime | None = None
    if isinstance(value, dt.date):
        moment = value
    elif isinstance(value, str):
        try:
            moment = _moment_of(value.strip())
        except (ValueError, OverflowError):
            moment = None
    if moment is None or (isinstance(moment, dt.datetime) and moment.tzinfo is not None):
        raise _wrong(name, value, "a date like 2021-08-22, or 2021-08-22T09:00", "moment")
    return moment


def _moment_of(text: str) -> dt.date | dt.datetime:
    if len(text) <= 10:
        return dt.date.fromisoformat(text)
    if _DAYS_END.fullmatch(text, 10):  # Python before 3.14 doesn't read it
        return dt.datetime.fromisoformat(text[:10]) + dt.timedelta(days=1)
    return dt.datetime.fromisoformat(text)


def parse_anchors(pairs: Iterable[str]) -> dict[str, dt.date | dt.datetime]:
    """Anchors from `EVENT=DATE` words, as the command line takes them."""
    anchors: dict[str, dt.date | dt.datetime] = {}
    for pair in pairs:
        event, equals, when = pair.replace("＝", "=").partition("=")
        if not equals or not event.strip():
            raise _wrong("anchor", pair, "EVENT=DATE, like 接件=2021-08-22", "anchor")
        event, moment = event.strip(), as_moment(when, name=f"anchors.{event.strip()}")
        if anchors.setdefault(event, moment) != moment:
            raise anchor_twice(event, anchors[event], event, moment)
    return anchors


def anchor_twice(one: str, when: dt.date, other: str, then: dt.date) -> SettingsError:
    """The error of an event that has two dates."""
    return SettingsError(
        f"anchor: {one}={when.isoformat()} and {other}={then.isoformat()} give one event two dates",
        remedy="Keep the one that is right.",
        key="anchor_twice",
        one=f"{one}={when.isoformat()}",
        other=f"{other}={then.isoformat()}",
    )


def load_settings(path: Path | None = None) -> Settings:
    """Settings of a file; without one, those of `docmine.toml` in the working folder, or the defaults."""
    if path is None:
        path = Path(FILE_NAME)
        if not path.is_file():
            return Settings()
    return settings_from(_parse(path), folder=path.parent, where=str(path))


def settings_from(table: Mapping[str, object], *, folder: Path | None = None, where: str = FILE_NAME) -> Settings:
    """Settings from the table that the settings file `where` holds; files that it names lie in `folder`, or here."""
    known = {f.name for f in fields(Settings)}
    values: dict[str, object] = {}
    for name, value in table.items():
        if name not in known:
            raise SettingsError(
                f"{where}: no setting is called {name!r}",
                remedy=f"Use one of: {', '.join(sorted(known))}.",
                key="unknown_setting",
                where=where,
                name=name,
                known="、".join(sorted(known)),
            )
        values[name] = _from_toml(name, value, folder or Path())
    try:
        return Settings(**values)  # type: ignore[arg-type]  # __post_init__ checks each value
    except TypeError as error:
        raise SettingsError(f"{where}: {error}", remedy="Compare the file with the README's table.") from error


def _from_toml(name: str, value: object, folder: Path) -> object:
    if isinstance(value, str) and value and (name == "calendar" or _names_file(name, value)):
        return str(folder / value)
    if name == "date" and isinstance(value, dt.date | str):
        return as_date(value)
    if name == "anchors":
        if not isinstance(value, Mapping):
            raise _wrong(name, value, "a table of event = date", "anchors")
        return {event: as_moment(when, name=f"anchors.{event}") for event, when in value.items()}
    if name == "limits":
        return _limits(value)
    if name == "clean_steps":
        if not isinstance(value, list):
            raise _wrong(name, value, "a list of step names", "steps")
        return tuple(value)
    return value


def _names_file(name: str, value: str) -> bool:
    return name == "counting" and value.lower().endswith(".toml")


def _limits(value: object) -> Limits:
    known = {f.name for f in fields(Limits)}
    if not isinstance(value, Mapping) or not set(value) <= known:
        raise _wrong("limits", value, f"a table with {' and '.join(sorted(known))}", "limits")
    return Limits(**value)


def _parse(path: Path) -> dict[str, object]:
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(
            f"{path}: can't be opened", remedy="Check the name given with --config.", key="no_config", path=path
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path}: is not valid TOML: {error}",
            remedy="Correct that line (Chinese keys need quotes) and save the file as UTF-8.",
            key="not_toml",
            where=path,
            detail=error,
        ) from error


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _wrong(name: str, value: object, expected: str, kind: str) -> SettingsError:
    told = value if value != "" else '""'
    remedy = f"Give {expected}."
    return SettingsError(f"{name}: {told} is not possible", remedy=remedy, key=f"wrong.{kind}", name=name, value=told)

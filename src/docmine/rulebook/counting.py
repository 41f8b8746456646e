"""Ways of counting time: which days count, from when, and what becomes of a last day that is free.

The law counts differently from field to field: 民法典 201 to 203 in general; 行政许可法 82, 行政处罚法 85,
行政强制法 69 and 行政复议法 88 make periods of some days working days; 民事诉讼法 85 counts hours from the next one;
the 信访工作条例 sets 日 against 工作日. Each way is a profile of `common/counting.toml`; a user's own file holds one.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from docmine.errors import RuleError, SettingsError
from docmine.rulebook import compile_pattern, load_toml

RESOURCE = "common/counting.toml"
DEFAULT = "as_written"
BASES = ("day", "working_day", "workday", "month", "hour", "told", "rolled")
_ENDING = ".toml"
_NO_LIMIT = 3660  # days; no period of a text is longer

Roll = Literal["second", "value", "none"]
HoursFrom = Literal["stated", "next"]

# What a user's rule on each matter takes the place of, in legal_basis.
_GROUNDS: Mapping[str, tuple[str, ...]] = {
    "working_days": ("working_day",),
    "first_day_counts": ("day", "working_day", "workday", "month"),
    "hours_from": ("hour",),
    "roll": ("rolled",),
}


@dataclass(frozen=True, slots=True)
class CountingProfile:
    """One way of counting time.

    `working_up_to` and `working_amounts` say which amounts of 日/天 are working days. `first_day_counts`: the day of
    the event is the first one (含当日). `hours_from`: hours run from the `stated` time or from the `next` full hour.
    `roll`: the next working day after a free last day is a `second` value, the `value` itself, or `none`. `basis`
    holds the wording of `legal_basis` by `BASES`. `fingerprint` is that of a user's file, empty for shipped ones.
    """

    name: str
    source: str
    working_up_to: int = 0
    working_amounts: frozenset[int] = frozenset()
    first_day_counts: bool = False
    hours_from: HoursFrom = "stated"
    roll: Roll = "second"
    basis: Mapping[str, str] = field(default_factory=dict)
    fingerprint: str = ""

    def days_are_working(self, amount: int | float) -> bool:
        """Whether so many 日 are working days."""
        return 0 < amount <= self.working_up_to or amount in self.working_amounts


def profile_names() -> tuple[str, ...]:
    """The names of the shipped profiles."""
    return tuple(load_toml(RESOURCE)["profiles"])


@cache
def calendar_day_words() -> frozenset[str]:
    """Units that stay calendar days under every profile: 自然日."""
    return frozenset(load_toml(RESOURCE)["calendar_days"])


@cache
def first_day_told() -> re.Pattern[str]:
    """What behind an amount says that the day of the event counts (民法典 204: what was agreed prevails)."""
    return compile_pattern(load_toml(RESOURCE)["first_day_told"], where=RESOURCE)


def counting_profile(word: str = DEFAULT) -> CountingProfile:
    """The profile of that name, or of that file where `word` ends with `.toml`.

    Raises SettingsError where there is no such profile or file, RuleError where the file's content is wrong.
    """
    if not word.lower().endswith(_ENDING):
        return _shipped(word)
    path = Path(word)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SettingsError(
            f"{path}: can't be opened",
            remedy="Check the name of the file that says how to count.",
            key="no_counting",
            path=path,
        ) from error
    return _of_file(data, path.name)


@cache
def _shipped(name: str) -> CountingProfile:
    table = load_toml(RESOURCE)["profiles"].get(name)
    if table is None:
        names = ", ".join(profile_names())
        raise SettingsError(
            f"counting: {name} is not possible",
            remedy=f"Give one of {names}, or a file that ends in {_ENDING}.",
            key="unknown_counting",
            name=name,
            names=names,
        )
    return _profile(table, name=name, base=table.get("base"), where=f"{RESOURCE} [profiles.{name}]")


@lru_cache(maxsize=8)
def _of_file(data: bytes, where: str) -> CountingProfile:
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RuleError(
            f"{where}, line {line}: is not UTF-8",
            remedy="Save the file as UTF-8.",
            key="not_utf8",
            where=where,
            line=line,
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise RuleError(
            f"{where}: is not valid TOML: {error}",
            remedy='Correct that place (texts need quotes: roll = "value").',
            key="not_toml",
            where=where,
            detail=error,
        ) from error
    if "source" not in table:
        raise RuleError(
            f"{where}: source is missing",
            remedy="Say which rule is followed, like source = '办法第八条'.",
            key="no_source",
            where=where,
        )
    name = table.get("name", where.removesuffix(_ENDING))
    fingerprint = hashlib.sha256(data).hexdigest()[:16]
    return _profile(table, name=name, base=table.get("base", DEFAULT), where=where, fingerprint=fingerprint)


def _profile(table: Mapping[str, Any], *, name: Any, base: Any, where: str, fingerprint: str = "") -> CountingProfile:
    """The profile of a table, once checked; what the table leaves out is as in `base`."""
    known = ("base", "name", "source", *_GROUNDS, "basis")
    for key in table:
        if key not in known:
            raise RuleError(
                f"{where}: no setting is called {key!r}",
                remedy=f"Use one of: {', '.join(known)}.",
                key="unknown_setting",
                where=where,
                name=key,
                known="、".join(known),
            )
    for key, value in (("name", name), ("source", table["source"])):
        _check(isinstance(value, str) and value.strip() != "", where, key, value, "a text")
    if base is not None:
        _check(base in profile_names(), where, "base", base, f"one of {', '.join(profile_names())}")
    below = CountingProfile("", "") if base is None else _shipped(base)
    first = table.get("first_day_counts", below.first_day_counts)
    _check(isinstance(first, bool), where, "first_day_counts", first, "true or false")
    hours = table.get("hours_from", below.hours_from)
    _check(hours in ("stated", "next"), where, "hours_from", hours, '"stated" or "next"')
    roll = table.get("roll", below.roll)
    _check(roll in ("second", "value", "none"), where, "roll", roll, '"second", "value" or "none"')
    up_to, amounts = below.working_up_to, below.working_amounts
    if "working_days" in table:
        up_to, amounts = _working_days(table["working_days"], where)
    return CountingProfile(
        name, table["source"], up_to, amounts, first, hours, roll, _basis(table, below, where), fingerprint
    )


def _working_days(value: Any, where: str) -> tuple[int, frozenset[int]]:
    if value == "none":
        return 0, frozenset()
    if value == "all":
        return _NO_LIMIT, frozenset()
    if isinstance(value, list) and value and all(_is_amount(each) for each in value):
        return 0, frozenset(value)
    if isinstance(value, Mapping) and set(value) == {"up_to"} and _is_amount(value["up_to"]):
        return value["up_to"], frozenset()
    expected = '"none", "all", { up_to = 10 } or a list of amounts like [3, 5, 7]'
    raise _wrong(where, "working_days", value, expected)


def _basis(table: Mapping[str, Any], below: CountingProfile, where: str) -> Mapping[str, str]:
    """The wording by matter: the table's own, its source for what it decides itself, else that of `below`."""
    own = table.get("basis", {})
    _check(isinstance(own, Mapping), where, "basis", own, f"a table of {', '.join(BASES)}")
    for key, value in own.items():
        _check(key in BASES, where, f"basis.{key}", value, f"one of the keys {', '.join(BASES)}")
        _check(isinstance(value, str) and value.strip() != "", where, f"basis.{key}", value, "a text")
    decided = {key: table["source"] for matter in _GROUNDS if matter in table for key in _GROUNDS[matter]}
    return {**below.basis, **decided, **own}


def _is_amount(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _NO_LIMIT


def _check(fits: bool, where: str, key: str, value: Any, expected: str) -> None:
    if not fits:
        raise _wrong(where, key, value, expected)


def _wrong(where: str, key: str, value: Any, expected: str) -> RuleError:
    return RuleError(
        f"{where}: {key}: {value!r} is not possible",
        remedy=f"Give {expected}.",
        key=f"wrong_counting.{key.partition('.')[0]}",
        where=where,
        name=key,
        value=value,
    )

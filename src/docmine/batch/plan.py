"""Which files a run reads, in which order, and what it leaves aside and why."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from docmine.errors import SettingsError

SkipReason = Literal["hidden", "temporary", "link", "output", "special"]

# Office lock and recovery files (~$report.docx, ~WRL0003.tmp, .~lock.report.odt#), and what desktops leave in folders.
_TEMPORARY = re.compile(r"~\$|\.~lock\.|~WR[A-Z]\d+\.tmp$|(?:Thumbs\.db|desktop\.ini)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """A file to read. `name` is its path relative to the input it was found in, with forward slashes, unique."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or folder that is left aside."""

    path: Path
    name: str
    reason: SkipReason


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run will do."""

    items: tuple[Item, ...]
    skipped: tuple[Skipped, ...]


def plan(inputs: Iterable[Path], *, output: Path | None = None) -> Plan:
    """The files of some files and folders, walked in sorted order. `output` is not read even if it lies inside.

    Several folders keep apart by a leading component, their own name; a name used twice gets a number.
    """
    given = list({path.resolve(): path for path in inputs}.values())
    folders = [path for path in given if path.is_dir()]
    items: list[Item] = []
    skipped: list[Skipped] = []
    taken: set[str] = set()
    seen: set[Path] = set()
    for path in given:
        if not path.exists():
            raise SettingsError(
                f"{path}: no such file or folder",
                remedy="Check the name; quote names with spaces.",
                key="no_file",
                path=path,
            )
        prefix = _unused(path.resolve().name, taken) if path.is_dir() and len(folders) > 1 else ""
        for each in _walk(path, prefix=prefix, output=output):
            real = each.path.resolve()
            if isinstance(each, Skipped):
                skipped.append(each)
            elif real not in seen:  # the same file given twice is read once
                seen.add(real)
                items.append(Item(each.path, _unused(each.name, taken)))
    return Plan(tuple(items), tuple(skipped))


def _walk(root: Path, *, prefix: str, output: Path | None) -> Iterator[Item | Skipped]:
    if not root.is_dir():
        yield Item(root, root.name)  # named by the user: read whatever it is called
        return
    own = output.resolve() if output is not None else None
    for folder, names, files in os.walk(root):
        here = Path(folder)
        below = PurePosixPath(prefix, here.relative_to(root).as_posix())
        kept: list[str] = []
        for name in sorted(names):
            reason = _folder_reason(here / name, own)
            if reason is None:
                kept.append(name)
            else:
                yield Skipped(here / name, str(below / name), reason)
        names[:] = kept
        for name in sorted(files):
            reason = _file_reason(here / name)
            label = str(below / name)
            yield Item(here / name, label) if reason is None else Skipped(here / name, label, reason)


def _folder_reason(path: Path, output: Path | None) -> SkipReason | None:
    if output is not None and path.resolve() == output:
        return "output"
    if path.is_symlink():
        return "link"
    return "hidden" if path.name.startswith(".") else None


def _file_reason(path: Path) -> SkipReason | None:
    if _TEMPORARY.match(path.name):
        return "temporary"
    if path.name.startswith("."):
        return "hidden"
    if path.is_symlink() and not path.exists():
        return "link"
    return None if path.is_file() else "special"


def _unused(name: str, taken: set[str]) -> str:
    """The name, with a number before its extension where it is taken already: `a.docx`, `a (2).docx`."""
    stem, dot, suffix = name.rpartition(".") if "." in PurePosixPath(name).name else (name, "", "")
    number, candidate = 2, name
    while candidate in taken:
        candidate = f"{stem} ({number}){dot}{suffix}"
        number += 1
    taken.add(candidate)
    return candidate

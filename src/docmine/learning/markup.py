"""Annotations written into the text itself, the form in which people label documents: markup ↔ text and annotation.

A file begins with `key: value` lines and a line `---`; what follows is the text with marks in it:

    ⟦o|…⟧  ⟦oh|…⟧        directive, headline; o obligation, p prohibition, r recommendation, q request, c commitment
    ⟦i|…⟧  ⟦n|…⟧         what careful readers may judge either way; noise (a page mark that cuts a sentence)
    ⟨R|…⟩                party; L lead, R responsible, S support, V supervise, T report_to, X liable
    ⟨date 2021-09-30|…⟩  deadline with its value: date DUE, period BEGIN/DUE, rel AMOUNT UNIT [=DUE] ANCHOR,
                         rel none [=DUE] ANCHOR, rec RRULE, imm, vague
    ⟨R<1|…⟩ ⟨R>3|…⟩      outside a directive: it belongs to the one directive before, to the three that follow
                         (headlines aren't counted); a deadline outside without a number belongs to none
    ⟨R#2,5|…⟩            wherever it stands: it belongs to the second and the fifth directive
    ⟪report⟫             what the text does from here on where it directs nothing (FUNCTIONS)
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, get_args

from docmine.schema.findings import DeadlineKind, Force, Role

FORCES: Mapping[str, Force] = {f[0]: f for f in get_args(Force) if f not in ("recommendation", "request")} | {
    "r": "recommendation",
    "q": "request",
}
ROLES: Mapping[str, Role] = {
    "L": "lead",
    "R": "responsible",
    "S": "support",
    "V": "supervise",
    "T": "report_to",
    "X": "liable",
}
KINDS: Mapping[str, DeadlineKind] = {
    "date": "date",
    "period": "period",
    "rel": "relative",
    "rec": "recurring",
    "imm": "immediate",
    "vague": "vague",
}
UNITS = ("minute", "hour", "day", "workday", "week", "month", "quarter", "year")
FUNCTIONS = (
    "heading",  # titles and topic lines
    "background",  # particulars, purpose, legal basis, definitions, addressees, signature
    "agenda",  # the running of a meeting: items, who speaks next
    "etiquette",  # greetings, thanks, closing words
    "report",  # what was done, figures, praise
    "finding",  # what is found or held to be so: problems, causes, 会议认为, results of an inquiry
    "decision",  # approvals without an action: 会议原则同意
    "measure",  # what a handling side has done about a case
    "fact",  # what a petitioner tells
    "noise",  # web-page boilerplate, page marks
)
RULE = "---"
_MARK = re.compile(r"⟦([a-z]+)\||⟨([A-Za-z]+)([<>]\d+|#\d+(?:,\d+)*)?(?: ([^|⟨⟩⟦⟧]*))?\||⟪([a-z]+)⟫|[⟧⟩]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?")


class MarkupError(ValueError):
    """The markup can't be read; the message says where and why."""


@dataclass(slots=True)
class Marked:
    """A text with its annotation in the form of corpus/README.md, and the values of its head."""

    head: dict[str, str]
    text: str
    gold: dict[str, Any]


@dataclass(slots=True)
class _State:
    out: list[str] = field(default_factory=list)
    length: int = 0
    open: list[dict[str, Any]] = field(default_factory=list)
    directives: list[dict[str, Any]] = field(default_factory=list)
    pending: list[tuple[str, int, dict[str, Any]]] = field(default_factory=list)  # field, how many, entry
    numbered: list[tuple[str, list[int], dict[str, Any]]] = field(default_factory=list)
    loose: list[dict[str, Any]] = field(default_factory=list)
    ignore: list[dict[str, Any]] = field(default_factory=list)
    noise: list[dict[str, Any]] = field(default_factory=list)
    switches: list[tuple[int, str]] = field(default_factory=list)


def read_markup(source: str) -> Marked:
    """The text and annotation of a marked-up file."""
    head_text, rule, body = source.partition(f"\n{RULE}\n")
    if not rule:
        raise MarkupError(f"no line {RULE!r} behind the head")
    head = dict(_head_line(line) for line in head_text.splitlines() if line.strip())
    state = _State()
    at = 0
    for match in _MARK.finditer(body):
        _text(state, body[at : match.start()])
        at = match.end()
        _mark(state, match, body)
    _text(state, body[at:])
    if state.open:
        raise MarkupError(f"not closed: {_near(state, state.open[-1]['start'])}")
    for name, left, entry in state.pending:
        if left > 0:
            raise MarkupError(f"{left} directives too few behind {name} at {_near(state, entry['start'])}")
    _hand_out(state)
    text = "".join(state.out)
    if stray := re.search("[⟦⟧⟨⟩⟪⟫]", text):
        raise MarkupError(f"a mark that can't be read: {text[max(0, stray.start() - 10) : stray.end() + 20]!r}")
    gold = {
        "directives": state.directives,
        "loose_deadlines": state.loose,
        "ignore": state.ignore,
        "noise": state.noise,
        "functions": list(_functions(state, text)),
    }
    return Marked(head, text, gold)


def _head_line(line: str) -> tuple[str, str]:
    key, colon, value = line.partition(":")
    if not colon:
        raise MarkupError(f"head line without a colon: {line!r}")
    return key.strip(), value.strip()


def _text(state: _State, text: str) -> None:
    state.out.append(text)
    state.length += len(text)


def _near(state: _State, at: int) -> str:
    return repr("".join(state.out)[at : at + 30])


def _mark(state: _State, match: re.Match[str], body: str) -> None:
    block, code, governs, value, function = match.groups()
    if function:
        if function not in FUNCTIONS:
            raise MarkupError(f"unknown function {function}")
        state.switches.append((state.length, function))
    elif block:
        state.open.append({"start": state.length, "block": block})
        if block not in ("i", "n") and (block[0] not in FORCES or block[1:] not in ("", "h")):
            raise MarkupError(f"unknown mark ⟦{block}|")
        if block not in ("i", "n") and any(o.get("block", "i") not in ("i", "n") for o in state.open[:-1]):
            raise MarkupError(f"a directive inside a directive: {body[match.start() : match.start() + 40]!r}")
        if block not in ("i", "n"):
            _open_directive(state, block)
    elif code:
        state.open.append({"start": state.length, "code": code, "governs": governs, "value": value})
    else:
        _close(state, match.group(), body[max(0, match.start() - 30) : match.end()])


def _open_directive(state: _State, block: str) -> None:
    row: dict[str, Any] = {"start": state.length, "end": -1, "force": FORCES[block[0]]}
    if block[1:]:
        row["heading"] = True
    row |= {"actors": [], "deadlines": []}
    if not block[1:]:
        for i, (name, left, entry) in enumerate(state.pending):
            if left > 0:
                row[name].append(dict(entry))
                state.pending[i] = (name, left - 1, entry)
    state.directives.append(row)


def _close(state: _State, bracket: str, near: str) -> None:
    if not state.open:
        raise MarkupError(f"closed but never opened: {near!r}")
    mark = state.open.pop()
    if ("block" in mark) != (bracket == "⟧"):
        raise MarkupError(f"closed by the wrong bracket: {near!r}")
    span = {"start": mark["start"], "end": state.length}
    if span["start"] == span["end"]:
        raise MarkupError(f"an empty mark: {near!r}")
    if "block" in mark:
        if mark["block"] == "i":
            state.ignore.append(span)
        elif mark["block"] == "n":
            state.noise.append(span)
        else:
            next(d for d in reversed(state.directives) if d["end"] < 0)["end"] = state.length
    else:
        _close_finding(state, mark, span, near)


def _close_finding(state: _State, mark: dict[str, Any], span: dict[str, Any], near: str) -> None:
    code = mark["code"]
    if code in ROLES:
        name, entry = "actors", {**span, "role": ROLES[code]}
    elif code in KINDS:
        name, entry = "deadlines", {**span, **_value(code, (mark["value"] or "").strip(), near)}
    else:
        raise MarkupError(f"unknown mark {code}: {near!r}")
    inside = next((d for d in reversed(state.directives) if d["end"] < 0), None)
    governs = mark["governs"]
    if governs and governs[0] == "#":
        state.numbered.append((name, [int(n) for n in governs[1:].split(",")], entry))
        return
    if inside is not None:
        if governs:
            raise MarkupError(f"{governs} inside a directive: {near!r}")
        inside[name].append(entry)
        return
    if not governs:
        if name == "actors":
            raise MarkupError(f"a party outside directives without <N or >N: {near!r}")
        state.loose.append(entry)
        return
    count = int(governs[1:])
    if governs[0] == ">":
        state.pending.append((name, count, entry))
        return
    before = [d for d in state.directives if not d.get("heading")][-count:]
    if len(before) < count:
        raise MarkupError(f"fewer than {count} directives before: {near!r}")
    for directive in before:
        directive[name].append(dict(entry))


def _hand_out(state: _State) -> None:
    """Give what names its directives by number to them, and put each directive's entries in the order of the text."""
    plain = [d for d in state.directives if not d.get("heading")]
    for name, numbers, entry in state.numbered:
        for number in numbers:
            if not 1 <= number <= len(plain):
                raise MarkupError(f"no directive {number}: {_near(state, entry['start'])}")
            plain[number - 1][name].append(dict(entry))
    for directive in state.directives:
        for name in ("actors", "deadlines"):
            directive[name].sort(key=lambda entry: (entry["start"], entry["end"]))


def _value(code: str, value: str, near: str) -> dict[str, Any]:
    kind = KINDS[code]
    if code in ("imm", "vague"):
        if value:
            raise MarkupError(f"{code} takes no value: {near!r}")
        return {"kind": kind}
    if code == "rec":
        if not value.startswith("FREQ="):
            raise MarkupError(f"rec needs FREQ=…: {near!r}")
        return {"kind": kind, "recurrence": value}
    if code == "date":
        return {"kind": kind, "due": _day(value, near)}
    if code == "period":
        begin, slash, due = value.partition("/")
        if not slash:
            raise MarkupError(f"period needs BEGIN/DUE: {near!r}")
        return {"kind": kind, "begin": _day(begin, near) if begin else None, "due": _day(due, near)}
    return {"kind": kind, **_relative(value.split(" "), near)}


def _relative(words: list[str], near: str) -> dict[str, Any]:
    offset: dict[str, Any] | None = None
    if words[0] == "none":
        words = words[1:]
    elif len(words) >= 2 and words[1] in UNITS and re.fullmatch(r"\d+(\.\d+)?", words[0]):
        amount = float(words[0])
        offset = {"value": int(amount) if amount.is_integer() else amount, "unit": words[1]}
        words = words[2:]
    else:
        raise MarkupError(f"rel needs AMOUNT UNIT or none ({', '.join(UNITS)}): {near!r}")
    due = None
    if words and words[0].startswith("="):
        due, words = _day(words[0][1:], near), words[1:]
    anchor = " ".join(words).strip() or None
    return {"offset": offset, "anchor": anchor, "due": due}


def _day(value: str, near: str) -> str:
    try:
        if not _DAY.fullmatch(value):
            raise ValueError
        if value[11:] == "24:00":
            dt.date.fromisoformat(value[:10])
        else:
            dt.datetime.fromisoformat(value)
    except ValueError as error:
        raise MarkupError(f"not a day YYYY-MM-DD[THH:MM]: {value!r} at {near!r}") from error
    return value


def _functions(state: _State, text: str) -> Iterator[dict[str, Any]]:
    """The stretches outside directives with their function; a change of function or a directive ends one."""
    covered = sorted((d["start"], d["end"]) for d in state.directives)
    switches = [*state.switches, (len(text), "")]
    for (start, function), (end, _) in pairwise(switches):
        at = start
        for low, high in [*((a, b) for a, b in covered if b > start and a < end), (end, end)]:
            part = text[at:low]
            if any(c.isalnum() for c in part):
                left = at + len(part) - len(part.lstrip())
                yield {"start": left, "end": at + len(part.rstrip()), "function": function}
            at = max(at, high)


def write_markup(head: Mapping[str, str], text: str, gold: Mapping[str, Any]) -> str:
    """The marked-up file that `read_markup` reads back as the same annotation."""
    marks: list[tuple[int, int, int, str]] = []  # position, order, length (longer opens first, shorter closes first)

    def mark(row: Mapping[str, Any], opening: str, closing: str) -> None:
        length = row["end"] - row["start"]
        marks.append((row["start"], 2, -length, opening))
        marks.append((row["end"], 0, length, closing))

    codes = {force: code for code, force in FORCES.items()}
    plain = [d for d in gold["directives"] if not d.get("heading")]
    for directive in gold["directives"]:
        mark(directive, f"⟦{codes[directive['force']]}{'h' * bool(directive.get('heading'))}|", "⟧")
    for name, code in (("ignore", "i"), ("noise", "n")):
        for row in gold.get(name, ()):
            mark(row, f"⟦{code}|", "⟧")
    for entry, owners in _entries(plain, gold):
        opening = f"⟨{_code_of(entry)}{_governing(entry, owners, plain)}{_value_of(entry)}|"
        mark(entry, opening, "⟩")
    for row in gold.get("functions", ()):
        marks.append((row["start"], 1, 0, f"⟪{row['function']}⟫"))
    out, at = [f"{key}: {value}\n" for key, value in head.items()] + [f"{RULE}\n"], 0
    for position, _, _, written in sorted(marks, key=lambda m: m[:3]):
        out += [text[at:position], written]
        at = position
    return "".join([*out, text[at:]])


def _entries(plain: list[dict[str, Any]], gold: Mapping[str, Any]) -> list[tuple[Mapping[str, Any], list[int]]]:
    """Each party and deadline once, with the numbers of the directives that it belongs to."""
    found: dict[str, tuple[Mapping[str, Any], list[int]]] = {}
    for number, directive in enumerate(plain):
        for entry in (*directive.get("actors", ()), *directive.get("deadlines", ())):
            found.setdefault(repr(sorted(entry.items(), key=str)), (entry, []))[1].append(number)
    for directive in gold["directives"]:
        if directive.get("heading"):
            for entry in (*directive.get("actors", ()), *directive.get("deadlines", ())):
                found.setdefault(repr(sorted(entry.items(), key=str)), (entry, []))
    return [*found.values(), *((row, []) for row in gold.get("loose_deadlines", ()))]


def _governing(entry: Mapping[str, Any], owners: list[int], plain: list[dict[str, Any]]) -> str:
    """`<N` or `>N` where the neighbours own the entry, else the numbers of its directives, counted from 1."""
    if not owners:
        return ""
    holding = [i for i, d in enumerate(plain) if d["start"] <= entry["start"] and entry["end"] <= d["end"]]
    if holding == owners:
        return ""
    before = [i for i, d in enumerate(plain) if d["end"] <= entry["start"]]
    after = [i for i, d in enumerate(plain) if d["start"] >= entry["end"]]
    if not holding and before[-len(owners) :] == owners:
        return f"<{len(owners)}"
    if not holding and after[: len(owners)] == owners:
        return f">{len(owners)}"
    return "#" + ",".join(str(i + 1) for i in owners)


def _code_of(entry: Mapping[str, Any]) -> str:
    if "role" in entry:
        return next(code for code, role in ROLES.items() if role == entry["role"])
    return next(code for code, kind in KINDS.items() if kind == entry["kind"])


def _value_of(entry: Mapping[str, Any]) -> str:
    kind = entry.get("kind")
    if kind == "date":
        return f" {entry['due']}"
    if kind == "period":
        return f" {entry.get('begin') or ''}/{entry['due']}"
    if kind == "recurring":
        return f" {entry['recurrence']}"
    if kind == "relative":
        offset = entry.get("offset")
        words = [f"{offset['value']} {offset['unit']}" if offset else "none"]
        words += [f"={entry['due']}"] if entry.get("due") else []
        words += [entry["anchor"]] if entry.get("anchor") else []
        return " " + " ".join(words)
    return ""

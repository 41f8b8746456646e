"""When a document was written: by its signature, its issue, its meeting, its head, the file's name, the caller."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from docmine.rulebook import PatternSet, compile_pattern, load_toml
from docmine.rulebook.columns import meaning_of
from docmine.schema.spans import Span

GRAMMAR = PatternSet("common/grammar.toml", "head")

CN_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "０": "0", "O": "0"}
HEAD_LINES = 12
FOOT_LINES = 25
TASK_COLUMNS = ("task", "due", "lead", "responsible")  # meanings that a table of tasks has, whatever else it has


@cache
def head_rules() -> dict[str, Any]:
    """The patterns of resources/common/head.toml by name."""
    raw = load_toml("common/head.toml")["patterns"]
    return {k: compile_pattern(v, where=f"common/head.toml {k}") for k, v in raw.items()}


def date_document(
    norm: str,
    lines: list[Span],
    titles: list[int],
    title: str,
    *,
    name: str | None = None,
    date: dt.date | None = None,
    tables: Sequence[Span] = (),
) -> tuple[str | None, str | None]:
    """(ISO date, basis), in the order of guidelines §2. `titles` are indexes of `lines`.

    The cells of `tables`, whose columns say what they hold, date tasks and cases, not the document.
    """
    below = lines[titles[-1]].end if titles else -1
    lines = [line for line in lines if not any(line.overlaps(table) for table in tables)]
    for basis, found in (
        ("signature", _signature_date(norm, lines, below)),
        ("issue", _issue_date(norm, lines)),
        ("meeting", meeting_date(norm, title, name)),
        ("head", _head_date(norm, lines)),
        ("file_name", first_date((name or "").replace("_", "-"))),
        ("caller", date.isoformat() if date else None),
    ):
        if found:
            return (found, basis)
    return (None, None)


def _iso(match: re.Match[str]) -> str | None:
    try:
        if match["y"]:
            return dt.date(int(match["y"]), int(match["m"]), int(match["d"])).isoformat()
        year = int("".join(CN_DIGITS.get(c, c) for c in match["cy"]))
        return dt.date(year, _small(match["cm"]), _small(match["cd"])).isoformat()
    except ValueError:
        return None


def _small(word: str) -> int:
    tens, _, ones = word.rpartition("十")
    if "十" not in word:
        return int(CN_DIGITS[word])
    return (int(CN_DIGITS[tens]) if tens else 1) * 10 + (int(CN_DIGITS[ones]) if ones else 0)


def first_date(text: str) -> str | None:
    """The first whole date of a text, also as eight digits; None where there is none."""
    for match in GRAMMAR.date.finditer(text):
        iso = _iso(match)
        if iso:
            return iso
    compact = re.search(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)", text)
    if compact:
        try:
            return dt.date(*(int(g) for g in compact.groups())).isoformat()
        except ValueError:
            return None
    return None


def _signature_date(norm: str, lines: list[Span], below: int) -> str | None:
    """The date that signs a paper: alone or behind its issuer on a last line, or ending the last paragraph.

    What an attachment or a table of tasks ends with signs nothing, unless a unit stands with it. `below` is where
    the title ends; a date right under it stands at the head.
    """
    end, of_tasks = _end_of_main_text(norm, lines)
    found = _signed(norm, lines[:end], below)
    if found is None and end < len(lines) and not of_tasks:
        found = _signed(norm, lines, below, by_unit=True)
    if found:
        return found
    for match in GRAMMAR.date.finditer(norm):
        if norm[: match.start()].endswith("\u3000\u3000") and re.match(r"[\s\u3000]{2,}|$", norm[match.end() :]):
            return _iso(match)
    return None


def _end_of_main_text(norm: str, lines: list[Span]) -> tuple[int, bool]:
    """(index of the first line behind the main text, whether a table of tasks stands there, a cell a line)."""
    rules = head_rules()
    meanings: list[str] = []
    for i, line in enumerate(lines):
        text = line.text(norm).strip()
        if i > 2 and rules["attachment"].fullmatch(text):
            return (i, False)
        meaning = meaning_of(text) if len(text) <= 8 and "：" not in text else None
        if meaning is None:
            meanings = []
            continue
        meanings.append(meaning)
        if len(meanings) > 2 and "task" in meanings and len(set(meanings) & set(TASK_COLUMNS)) > 1:
            return (i + 1 - len(meanings), True)
    return (len(lines), False)


def _signed(norm: str, lines: list[Span], below: int, *, by_unit: bool = False) -> str | None:
    rules = head_rules()
    for i in range(len(lines) - 1, max(-1, len(lines) - 1 - FOOT_LINES), -1):
        line, before = lines[i], lines[i - 1].text(norm).strip() if i else ""
        text = line.text(norm).strip()
        if rules["web_date"].search(text):
            continue
        match = max(GRAMMAR.date.finditer(text), key=lambda m: m.start(), default=None)
        if match is None or not rules["signature_tail"].fullmatch(text[match.end() :]):
            continue
        lead = text[: match.start()]
        if not lead.strip("（( ") and is_limit_label(before):
            continue
        if by_unit and not (rules["issuer_line"].search(text) and lead.strip()) and not _is_unit(before):
            continue
        if rules["signature_lead"].fullmatch(lead) and (len(lines) < 4 or line.start > lines[0].end):
            if below == lines[i - 1].end and i and len(lines) - i > 2 and lead.strip() in ("", "（"):
                continue
            return _iso(match)
        if line.start >= lines[-3:][0].start and re.search(r"[。！？】）]\s*$|[\s\u3000]{2,}$|\u3000$", lead):
            return _iso(match)
    return None


def _is_unit(text: str) -> bool:
    return head_rules()["issuer_line"].search(text) is not None


def is_limit_label(text: str) -> bool:
    """Whether a line is the label or the column header of a deadline (完成时限：), so that what follows is one."""
    bare = text.rstrip("：: ")
    return len(bare) <= 16 and (meaning_of(bare) == "due" or bool(head_rules()["limit_before"].search(bare)))


def _issue_date(norm: str, lines: list[Span]) -> str | None:
    rules = head_rules()
    for line in reversed(lines[-FOOT_LINES:]):
        match = rules["issued"].search(line.text(norm))
        if match:
            found = first_date(match.group())
            if found:
                return found
    sent = rules["sent"].search(norm)
    return first_date(sent.group()) if sent else None


def meeting_date(norm: str, title: str, name: str | None) -> str | None:
    """The day of the meeting that the opening tells of, its year taken from the title or the file's name if need be."""
    opening = norm[:1500]
    match = head_rules()["labelled_day"].search(opening[:300]) or head_rules()["meeting_date"].search(opening)
    if match is None:
        return None
    year = (
        match.groupdict().get("y")
        or _year_of(title)
        or _year_of(name or "")
        or _year_of(norm[:300])
        or _latest_year(norm)
    )
    if not year:
        return None
    try:
        return dt.date(int(year), int(match["m"]), int(match["d"])).isoformat()
    except ValueError:
        return None


def _year_of(text: str) -> str | None:
    """The first year named, but none in which something was built or begun."""
    match = next((m for m in GRAMMAR.year.finditer(text) if not GRAMMAR.year_past.match(text, m.end())), None)
    return match["y"] if match else None


def _latest_year(norm: str) -> str | None:
    """The latest year in which the text names a day, else the first that may be the document's."""
    days = [iso for iso in map(_iso, GRAMMAR.date.finditer(norm)) if iso]
    return max(days)[:4] if days else _year_of(norm)


def _head_date(norm: str, lines: list[Span]) -> str | None:
    rules = head_rules()
    labelled = rules["labelled_date"].search(norm)
    for i, line in enumerate(lines[:HEAD_LINES]):
        text = line.text(norm).strip()
        match = GRAMMAR.date.search(text)
        if match and (text.count("|") > 2 or _is_limit(text, match)):
            continue
        if match and i and not text[: match.start()].strip() and is_limit_label(lines[i - 1].text(norm).strip()):
            continue
        if rules["web_date"].search(text[: match.end() + 12] if match else text):
            continue
        if match and _iso(match) and (len(text) <= 60 or (text[: match.start()].endswith("（") and match.start() < 60)):
            return _iso(match)
    return first_date(labelled.group()) if labelled else _short_date(norm, lines)


def _short_date(norm: str, lines: list[Span]) -> str | None:
    """A day with a year of two digits in one of the first lines: 08年6月23号; from 80 on it is the last century's."""
    match = GRAMMAR.short_date.search(norm, 0, lines[min(2, len(lines) - 1)].end) if lines else None
    if match is None:
        return None
    year = int(match["y"]) + (1900 if int(match["y"]) >= 80 else 2000)
    try:
        return dt.date(year, int(match["m"]), int(match["d"])).isoformat()
    except ValueError:
        return None


def _is_limit(text: str, date: re.Match[str]) -> bool:
    """Whether the date says by when something is due, not when the paper was written."""
    rules = head_rules()
    return bool(rules["limit_after"].match(text, date.end()) or rules["limit_before"].search(text[: date.start()]))


def web_date(norm: str) -> str | None:
    """The date on which a page was put up. No document date, but a last resort to tell the year."""
    match = head_rules()["web_date_value"].search(norm)
    return first_date(match.group()) if match else None

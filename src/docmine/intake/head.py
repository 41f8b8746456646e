"""The top and the foot of a document: title, number, issuer, addressees, date with its basis; the meeting."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Any

from docmine.rulebook import PatternSet, compile_pattern, load_toml
from docmine.schema.document import Head, Meeting
from docmine.schema.spans import Span

GRAMMAR = PatternSet("common/grammar.toml", "head")

CN_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "０": "0", "O": "0"}
EXTENSION = re.compile(r"\.(?:docx?|pdf|wps|txt|rtf|odt|html?)$", re.IGNORECASE)
HEAD_LINES = 12
FOOT_LINES = 25


@cache
def _rules() -> dict[str, Any]:
    raw = load_toml("common/head.toml")["patterns"]
    return {k: compile_pattern(v, where=f"common/head.toml {k}") for k, v in raw.items()}


def find_head(
    norm: str, text: str, lines: list[Span], *, name: str | None = None, date: dt.date | None = None
) -> tuple[list[int], Head]:
    """(indexes of the title's lines, head). Dates: signature, issue, meeting, head, file name, caller (§2)."""
    head = Head()
    titles = _title_lines(norm, lines)
    if titles:
        head.title = "".join(dict.fromkeys(_bare(lines[i].text(text)) for i in titles))
    else:
        head.title = _run_on_title(norm, text, lines)
    rules = _rules()
    number = rules["number"].search(norm[:1500])
    if number:
        head.number = re.sub(r"\s", "", text[number.start() : number.end()])
    urgency = rules["urgency"].search(norm[:400])
    head.urgency = urgency["word"] if urgency else None
    head.addressees = _addressees(norm, text, lines)
    _date(norm, lines, titles, head, name=name, date=date)
    head.issuer = _issuer(norm, text, lines, head)
    return (titles, head)


def _bare(line: str) -> str:
    return EXTENSION.sub("", line.strip().lstrip("#？? ").strip())


def _title_lines(norm: str, lines: list[Span]) -> list[int]:
    rules = _rules()
    best: int | None = None
    for i, line in enumerate(lines[:HEAD_LINES]):
        text = _bare(line.text(norm))
        if not 4 <= len(text) <= 60 or rules["not_title"].search(text) or text.count("|") > 1:
            continue
        if rules["title_end"].search(text):
            best = i
            break
        if best is None and line.text(norm).lstrip().startswith("# "):
            best = i
    if best is None:
        return []
    found = [best]
    if best > 0:
        before = _bare(lines[best - 1].text(norm))
        if (
            4 <= len(before) <= 40
            and not rules["not_title"].search(before)
            and not rules["line_end"].search(before)
            and (rules["title_start"].search(before) and not rules["title_start"].match(_bare(lines[best].text(norm))))
        ):
            found.insert(0, best - 1)
    following = best + 1
    if following < len(lines) and _bare(lines[following].text(norm)) == _bare(lines[best].text(norm)):
        found.append(following)  # a web page's title repeated as the paper's own
    return found


def _run_on_title(norm: str, text: str, lines: list[Span]) -> str | None:
    """A title that its date, its source or the address follows in the same line, as flattened pages have it."""
    rules = _rules()
    for line in lines[:HEAD_LINES]:
        start = line.start + len(line.text(norm)) - len(line.text(norm).lstrip("#？? |"))
        end = rules["title_tail"].search(norm, start, min(line.end, start + 80))
        if end is None:
            continue
        candidate = norm[start : end.start()].strip()
        sound = 4 <= len(candidate) <= 60 and not rules["not_title"].search(candidate)
        if sound and rules["title_end"].search(candidate):
            return text[start : end.start()].strip()
    return None


def _addressees(norm: str, text: str, lines: list[Span]) -> list[str]:
    rules = _rules()
    for line in lines[: HEAD_LINES + 4]:
        match = rules["addressees"].fullmatch(line.text(norm).strip())
        if match:
            return [p for p in re.split(r"[，、；]", text[line.start : line.end].strip().rstrip("：:")) if p.strip()]
    return []


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


def _date(
    norm: str, lines: list[Span], titles: list[int], head: Head, *, name: str | None, date: dt.date | None
) -> None:
    for basis, found in (
        ("signature", _signature_date(norm, lines)),
        ("issue", _issue_date(norm, lines)),
        ("meeting", _meeting_date(norm, head.title or "", name)),
        ("head", _head_date(norm, lines)),
        ("file_name", _first_date((name or "").replace("_", "-"))),
        ("caller", date.isoformat() if date else None),
    ):
        if found:
            head.date, head.date_basis = found, basis
            return


def _first_date(text: str) -> str | None:
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


def _signature_date(norm: str, lines: list[Span]) -> str | None:
    """The date that signs a paper: alone or behind its issuer on a last line, or ending the last paragraph."""
    rules = _rules()
    for line in reversed(lines[-FOOT_LINES:]):
        text = line.text(norm).strip()
        if rules["web_date"].search(text):
            continue
        match = max(GRAMMAR.date.finditer(text), key=lambda m: m.start(), default=None)
        if match is None or not rules["signature_tail"].fullmatch(text[match.end() :]):
            continue
        lead = text[: match.start()]
        if rules["signature_lead"].fullmatch(lead) and (len(lines) < 4 or line.start > lines[0].end):
            return _iso(match)
        if line.start >= lines[-3:][0].start and re.search(r"[。！？】）]\s*$|[\s\u3000]{2,}$", lead):
            return _iso(match)
    for match in GRAMMAR.date.finditer(norm):
        if norm[: match.start()].endswith("\u3000\u3000") and re.match(r"[\s\u3000]{2,}|$", norm[match.end() :]):
            return _iso(match)
    return None


def _issue_date(norm: str, lines: list[Span]) -> str | None:
    rules = _rules()
    for line in reversed(lines[-FOOT_LINES:]):
        if rules["issued"].search(line.text(norm)):
            found = _first_date(line.text(norm))
            if found:
                return found
    return None


def _meeting_date(norm: str, title: str, name: str | None) -> str | None:
    match = _rules()["meeting_date"].search(norm[:1500])
    if match is None:
        return None
    year = match["y"] or _year_of(title) or _year_of(name or "") or _year_of(norm[:300]) or _year_of(norm)
    if not year:
        return None
    try:
        return dt.date(int(year), int(match["m"]), int(match["d"])).isoformat()
    except ValueError:
        return None


def _year_of(text: str) -> str | None:
    match = GRAMMAR.year.search(text)
    return match["y"] if match else None


def _head_date(norm: str, lines: list[Span]) -> str | None:
    rules = _rules()
    labelled = rules["labelled_date"].search(norm)
    for line in lines[:HEAD_LINES]:
        text = line.text(norm).strip()
        match = GRAMMAR.date.search(text)
        if match and (text.count("|") > 2 or _is_limit(text, match)):
            continue
        if rules["web_date"].search(text[: match.end() + 12] if match else text):
            continue
        if match and _iso(match) and (len(text) <= 60 or (text[: match.start()].endswith("（") and match.start() < 60)):
            return _iso(match)
    return _first_date(labelled.group()) if labelled else None


def _is_limit(text: str, date: re.Match[str]) -> bool:
    """Whether the date says by when something is due, not when the paper was written."""
    rules = _rules()
    return bool(rules["limit_after"].match(text, date.end()) or rules["limit_before"].search(text[: date.start()]))


def web_date(norm: str) -> str | None:
    """The date on which a page was put up. No document date, but a last resort to tell the year."""
    match = _rules()["web_date_value"].search(norm)
    return _first_date(match.group()) if match else None


def _issuer(norm: str, text: str, lines: list[Span], head: Head) -> str | None:
    rules = _rules()
    for line in reversed(lines[-FOOT_LINES:]):
        match = rules["issuer_line"].search(line.text(norm).strip())
        if match:
            return re.sub(r"\s", "", match["name"])
    first = rules["masthead"].search(norm[:200])
    if first:
        return re.sub(r"\s", "", first["name"])
    own = rules["title_issuer"].match(head.title or "")
    return own["name"] if own else None


def find_meeting(norm: str, text: str, lines: list[Span], head: Head) -> Meeting | None:
    """The meeting's particulars, from label lines and from the opening sentence; None where no meeting is told of."""
    rules = _rules()
    meeting = Meeting()
    opening = norm[:1500]
    named = rules["meeting_name"].search(opening)
    meeting.name = named["name"] if named else None
    place = rules["meeting_place"].search(opening)
    meeting.place = place["place"] if place else None
    chair = rules["meeting_chair"].search(opening)
    meeting.chair = (chair["name"] or chair["name2"]) if chair else None
    meeting.date = _meeting_date(norm, head.title or "", None)
    for line in lines:
        match = rules["meeting_label"].match(norm[line.start : line.end])
        if match:
            _set_particular(
                meeting, re.sub(r"\s", "", match["label"]), text[line.start + match.start("value") : line.end].strip()
            )
    meeting.agenda += [m["item"].strip() for m in rules["agenda_item"].finditer(norm)]
    known = meeting.name or meeting.place or meeting.chair or meeting.attendees or meeting.agenda
    return meeting if known else None


def _set_particular(meeting: Meeting, label: str, value: str) -> None:
    meaning: dict[str, str] = load_toml("common/head.toml")["meeting_labels"]
    field = meaning.get(label.lower())
    if not value or field is None:
        return
    if field in ("attendees", "agenda"):
        getattr(meeting, field).extend(p for p in re.split(r"[、，,；;\s]+", value.rstrip("。")) if p)
    elif field == "date":
        meeting.date = _first_date(value) or meeting.date
    else:
        setattr(meeting, field, value.rstrip("。"))

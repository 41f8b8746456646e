"""The top and the foot of a document: title, number, issuer, addressees, date with its basis; the meeting."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from docmine.intake.dating import FOOT_LINES, HEAD_LINES, date_document, first_date, head_rules, meeting_date
from docmine.rulebook import load_toml
from docmine.schema.document import Head, Meeting
from docmine.schema.spans import Span

EXTENSION = re.compile(r"\.(?:docx?|pdf|wps|txt|rtf|odt|html?)$", re.IGNORECASE)


def find_head(
    norm: str,
    text: str,
    lines: list[Span],
    *,
    name: str | None = None,
    date: dt.date | None = None,
    tables: Sequence[Span] = (),
) -> tuple[list[int], Head]:
    """(indexes of the title's lines, head). `tables` are those whose columns say what they hold."""
    head = Head()
    titles = _title_lines(norm, lines)
    if titles:
        head.title = "".join(dict.fromkeys(_bare(lines[i].text(text)) for i in titles))
    else:
        head.title = _run_on_title(norm, text, lines)
    rules = head_rules()
    number = rules["number"].search(norm[:1500])
    if number:
        head.number = re.sub(r"\s", "", text[number.start() : number.end()])
    urgency = rules["urgency"].search(norm[:400])
    head.urgency = urgency["word"] if urgency else None
    head.addressees = _addressees(norm, text, lines)
    head.date, head.date_basis = date_document(
        norm, lines, titles, head.title or "", name=name, date=date, tables=tables
    )
    head.issuer = _issuer(norm, text, lines, head)
    return (titles, head)


def _bare(line: str) -> str:
    return EXTENSION.sub("", line.strip().lstrip("#？? ").strip())


def _title_lines(norm: str, lines: list[Span]) -> list[int]:
    rules = head_rules()
    best: int | None = None
    for i, line in enumerate(lines[:HEAD_LINES]):
        text = _bare(line.text(norm))
        if rules["bare_title"].fullmatch(text):
            best = i
            break
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
    rules = head_rules()
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
    rules = head_rules()
    for line in lines[: HEAD_LINES + 4]:
        match = rules["addressees"].fullmatch(line.text(norm).strip())
        if match:
            return [p for p in re.split(r"[，、；]", text[line.start : line.end].strip().rstrip("：:")) if p.strip()]
    return []


def _issuer(norm: str, text: str, lines: list[Span], head: Head) -> str | None:
    rules = head_rules()
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
    rules = head_rules()
    meeting = Meeting()
    opening = norm[:1500]
    named = rules["meeting_name"].search(opening)
    meeting.name = named["name"] if named else None
    place = rules["meeting_place"].search(opening)
    meeting.place = place["place"] if place else None
    chair = rules["meeting_chair"].search(opening)
    meeting.chair = (chair["name"] or chair["name2"]) if chair else None
    meeting.date = meeting_date(norm, head.title or "", None)
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
        meeting.date = first_date(value) or meeting.date
    else:
        setattr(meeting, field, value.rstrip("。"))

"""The event that an amount is counted from or a limit is bound to, found to the left of it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from docmine.rulebook import any_of, compile_pattern, load_toml
from docmine.rulebook.anchors import anchor_for
from docmine.schema.findings import Reference
from docmine.schema.spans import Span

if TYPE_CHECKING:
    from docmine.schema.timex import Timex

_LAST_CLAUSE_MARK = re.compile(r"(?s:.*)[，。；：！？、\n\t（）()“”【】|]")
_LAST_SENTENCE_MARK = re.compile(r"(?s:.*)[。；！？\n\t]")
_ENUMERATOR = re.compile(r"\s*(?:[0-9]{1,2}[.)](?![0-9])|[①-⑳]|[-*•])\s*")
_REACH = 40
_FAR = 300
_MOST_EVENT = 20
_SHORT_EVENT = 8


@dataclass(frozen=True, slots=True)
class Words:
    """The event patterns of `common/times_events.toml`."""

    head: re.Pattern[str]
    cut: re.Pattern[str]
    subject: re.Pattern[str]
    marks: re.Pattern[str]
    day_of_date: re.Pattern[str]
    since: re.Pattern[str]
    particles: tuple[str, ...]
    by_reason: str
    unmarked: re.Pattern[str]
    listed: re.Pattern[str]
    apart: re.Pattern[str]
    apart_clause: re.Pattern[str]
    apart_never: re.Pattern[str]
    lead: re.Pattern[str]
    lead_ends: frozenset[str]
    told: re.Pattern[str]
    counting_in: str
    years_told: str
    may_be_day: re.Pattern[str]
    meeting: re.Pattern[str]
    document: re.Pattern[str]
    condition: re.Pattern[str]
    season: frozenset[str]
    attributive: re.Pattern[str]
    happening: frozenset[str]
    never: tuple[str, ...]
    any_before: re.Pattern[str]
    suspends: re.Pattern[str]
    fronted: re.Pattern[str]
    counted_to: tuple[str, ...]
    happened: tuple[str, ...]
    any_event: re.Pattern[str]
    t_means: re.Pattern[str]


@cache
def words() -> Words:
    """The event patterns, compiled once."""
    name = "common/times_events.toml"
    data = load_toml(name)

    def pattern(text: str) -> re.Pattern[str]:
        return compile_pattern(text, where=name)

    return Words(
        head=pattern(any_of(data["heads"])),
        cut=pattern(data["cuts"]),
        subject=pattern(data["subject"]),
        marks=pattern(f"(?:{data['marks']})(?:{data['between']})$"),
        day_of_date=pattern(data["day_of_date"]),
        since=pattern(data["since"]),
        particles=tuple(data["before_particles"]),
        by_reason=data["by_reason"],
        unmarked=pattern(data["unmarked"]),
        listed=pattern(data["listed"]),
        apart=pattern(data["apart"]),
        apart_clause=pattern(data["apart_clause"]),
        apart_never=pattern(data["apart_never"]),
        lead=pattern(data["lead"]),
        lead_ends=frozenset(data["lead_ends"]),
        told=pattern(data["told"]),
        counting_in=data["counting_in"],
        years_told=data["years_told"],
        may_be_day=pattern(data["may_be_day"]),
        meeting=pattern(data["meeting"]),
        document=pattern(data["document"]),
        condition=pattern(data["condition"]),
        season=frozenset(data["before_season"]),
        attributive=pattern(data["attributive"]),
        happening=frozenset(data["before_happening"]),
        never=tuple(data["never_before"]),
        any_before=pattern(data["any_before"]),
        suspends=pattern(data["suspends"]),
        fronted=pattern(f"^.{{0,14}}?(?:{data['fronted']})(?={any_of([*data['by_itself'], *data['before_season']])}$)"),
        counted_to=tuple(data["counted_to"]),
        happened=tuple({*data["happened"], *data["before_happening"]}),
        any_event=pattern(data["any_event"]),
        t_means=pattern(data["t_means"]),
    )


@dataclass(slots=True)
class Event:
    """An event phrase. `start` is where the time expression begins that holds it (at its 自, or at the event)."""

    text: str
    span: Span
    start: int


def clause_start(norm: str, at: int) -> int:
    """The start of the clause that `at` stands in (at most 40 characters back)."""
    return _behind_last(_LAST_CLAUSE_MARK, norm, at, _REACH)


def sentence_start(norm: str, at: int) -> int:
    """The start of the sentence that `at` stands in (at most 300 characters back)."""
    return _behind_last(_LAST_SENTENCE_MARK, norm, at, _FAR)


def _event_low(norm: str, at: int) -> int:
    """Where the clause of `at` begins that an event may fill, over a list in it: 收到建议、提案|之日起."""
    low = clause_start(norm, at)
    if norm[low - 1 : low] != "、":
        return low
    listed = words().listed.search(norm, max(0, at - _REACH), low)
    return listed.start() if listed else low


def _behind_last(mark: re.Pattern[str], norm: str, at: int, reach: int) -> int:
    low = max(0, at - reach)
    match = mark.match(norm, low, at)
    return match.end() if match else low


def adjoining(norm: str, at: int) -> Event | None:
    """The event that directly precedes an amount beginning at `at`: 接到聚餐申报后|2日内."""
    low = _event_low(norm, at)
    stretch = norm[low:at]
    marked = words().marks.search(stretch)
    if marked is not None:
        of_date = words().day_of_date.search(stretch, 0, marked.start() + 1) is not None  # 10月1日|起, 即日|起
        return _phrase(norm, low, low + marked.start() + of_date) if marked.start() else None
    plain = words().unmarked.search(stretch)
    if plain is None or not stretch[plain.start() : plain.end()].strip():
        return None
    span = Span(low + plain.start(), low + plain.end())
    return Event(plain[0].strip().removesuffix("的"), span, span.start)


def opened_by_head(norm: str, at: int) -> Event | None:
    """The event that a verb like 收件 or 接到 opens and that ends at `at`: 接到举报|当日."""
    last = None
    for match in words().head.finditer(norm, clause_start(norm, at), at):
        last = match.start()
    if last is None or at - last > _SHORT_EVENT:
        return None
    return Event(norm[last:at].strip(), Span(last, at), last)


def bound_event(norm: str, at: int, *, floor: int = 0, told_by_form: bool = False) -> Event | None:
    """The event that ends where 前 stands at `at`: 汛|前, 24.09版本发布|前.

    It begins no further left than `floor`, where another limit ends. With `told_by_form` also what no word list knows,
    where 在 or 之前 shows it: 在|春梢萌动|前, 虫草采挖开始|之前.
    """
    low = max(_event_low(norm, at), floor)
    end = at - 1 if norm[at - 1 : at] in words().particles else at
    stretch = norm[low:end]
    suffixes = [stretch[-size:] for size in range(1, min(len(stretch), 6) + 1)]
    season = next((suffix for suffix in reversed(suffixes) if suffix in words().season), None)
    if stretch.endswith(words().never):
        return None
    if season and words().attributive.search(stretch, 0, len(stretch) - len(season)):
        return None  # 做好|汛前检查
    if not (season or any(s in words().happening for s in suffixes)):
        if not told_by_form or words().suspends.match(norm, at):
            return None
        plain = words().any_before.search(stretch if end < at else f"{stretch}|")
        return _bare_event(norm, low, plain) if plain else None
    cut = max((m.end() for m in words().cut.finditer(stretch)), default=0)
    if cut == 0 or cut == len(stretch):
        subject = words().subject.match(stretch)
        cut = len(stretch) - len(season) if season else subject.end() if subject else 0
    fronted = words().fronted.match(stretch[cut:])
    cut += fronted.end() if fronted else 0
    if not 0 < len(stretch) - cut <= _MOST_EVENT:
        return None
    return Event(stretch[cut:].strip(), Span(low + cut, end), low + cut)


def _bare_event(norm: str, low: int, plain: re.Match[str]) -> Event:
    name = "event" if plain["event"] else "before"
    span = Span(low + plain.start(name), low + plain.end(name))
    return Event(span.text(norm).strip(), span, span.start)


def counted_to(norm: str, at: int) -> bool:
    """Whether what ends at `at` is an event that days are counted back from: 开标|3日前 is no 3rd of the month."""
    return norm.endswith(words().counted_to, max(0, at - 8), at)


def any_event(norm: str, at: int) -> Event | None:
    """Whatever phrase stands before 前 and an amount: 出发|前一天."""
    low = clause_start(norm, at)
    cut = low + max((m.end() for m in words().cut.finditer(norm[low:at])), default=0)
    cut = cut if cut < at else low
    cut += _without_subject(norm[cut:at])
    return _event(norm, cut, at) if words().any_event.fullmatch(norm, cut, at) else None


def happened(norm: str, at: int) -> Event | None:
    """The event that ends at `at` without any mark: 出院|1个月后."""
    low = clause_start(norm, at)
    return _phrase(norm, low, at) if norm.endswith(words().happened, low, at) else None


def meaning_of_t(norm: str, at: int) -> Event:
    """The event that the text says T is (T指发布日), or T at `at` itself."""
    match = words().t_means.search(norm)
    return _event(norm, *match.span("event")) if match else _event(norm, at, at + 1)


def _event(norm: str, start: int, end: int) -> Event:
    return Event(norm[start:end].strip(), Span(start, end), start)


def standing_apart(norm: str, low: int, at: int) -> Event | None:
    """The nearest event between `low` and `at` that is set off from the amount: 接到报告后，应于|1小时内."""
    found = None
    for match in words().apart.finditer(norm, low, at):
        if words().told.search(norm, low, match.start()) is None:
            span = Span(*match.span("event"))
            found = Event(_plain(match["event"].removeprefix(words().by_reason)), span, span.start)
    for match in words().apart_clause.finditer(norm, low, at):
        if words().apart_never.search(match["phrase"]) is None and (found is None or match.end() > found.span.end + 4):
            found = _phrase(norm, match.start("phrase"), match.end("phrase")) or found
    return found


def lead_start(norm: str, at: int) -> int:
    """Where the words begin that bound a calendar point from the left: 最迟|10月25日; `at` where there are none."""
    if norm[at - 1 : at] not in words().lead_ends:
        return at
    match = words().lead.search(norm, max(0, at - 9), at)
    return match.start() if match else at


def _phrase(norm: str, low: int, end: int) -> Event | None:
    """The shortest sensible phrase that ends at `end`, no further left than `low`."""
    marker = _ENUMERATOR.match(norm, low, end)
    low = marker.end() if marker else low
    stretch = norm[low:end].rstrip()
    begin = _since(stretch)
    if begin is None:
        begin = max((m.end() for m in words().cut.finditer(stretch)), default=0)
        begin = begin if begin < len(stretch) else 0
        begin += _without_subject(stretch[begin:])
    while begin < len(stretch) and stretch[begin] == " ":
        begin += 1
    if not 0 < len(stretch) - begin <= _MOST_EVENT:
        return None
    bare = _plain(stretch[begin:])
    return Event(bare, Span(low + begin, low + len(stretch)), low + begin) if bare else None


def _since(stretch: str) -> int | None:
    """Where 自X or 从X begins, the last one that isn't part of a word (自然, 自来水, 从业)."""
    last = None
    for match in words().since.finditer(stretch):
        last = match.start()
    return last


def _without_subject(phrase: str) -> int:
    head = words().head.search(phrase)
    if head and head.end() < len(phrase):  # a head without an object (整改|完成) doesn't open the phrase
        return head.start()
    for pattern in (words().subject, words().fronted):
        subject = pattern.match(phrase)
        if subject and subject.end() < len(phrase):
            return subject.end()
    return 0


def _plain(phrase: str) -> str:
    opened = words().since.match(phrase)
    return (phrase[opened.end() :] if opened else phrase).strip()


def stated_moment(event: str, ref: Reference) -> dt.date | dt.datetime | None:
    """When the event takes place by the caller's anchors (`docmine.rulebook.anchors` tells which of them dates it)."""
    key = anchor_for(event, ref.anchors)
    return None if key is None else ref.anchors[key]


def known_moment(event: str, ref: Reference) -> dt.date | dt.datetime | None:
    """When the event took place: the caller's anchors first, then the meeting and the document itself."""
    stated = stated_moment(event, ref)
    if stated is not None:
        return stated
    if words().meeting.match(event):
        return ref.meeting_date or ref.date
    return ref.date if words().document.match(event) else _named_day(event, ref)


def _named_day(event: str, ref: Reference) -> dt.date | None:
    """The day that the words are by themselves: 国庆节, 2021年10月1日, 今天; of a holiday the last one.

    A day without a year is the next coming one.
    """
    if words().may_be_day.search(event) is None:
        return None
    from docmine.mining.extract.timex import find_timex

    day = ref.date or dt.date(1, 1, 1)
    found = find_timex(event, dt.datetime.combine(day, dt.time()) if ref.date else None)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(event)) or found[0].type not in ("date", "range"):
        return None
    last = _last_day(found[0])
    if last and ref.date and last < ref.date and not any(char in event for char in words().years_told):
        later = find_timex(event, dt.datetime(ref.date.year + 1, 1, 1))
        last = _last_day(later[0]) if later else None
    return last


def _last_day(found: Timex) -> dt.date | None:
    return dt.date.fromisoformat(found.end_value[:10]) - dt.timedelta(days=1) if found.end_value else None

"""Productions of amounts and events: `relative` expressions, and words without a value."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from docmine.mining.extract.times import events
from docmine.mining.extract.times.counting import counted_back, ending, offset_of, whole_day
from docmine.mining.extract.times.events import Event
from docmine.mining.extract.times.finding import Hit, Scan, bound_of
from docmine.mining.extract.times.points import clock_time, iso
from docmine.mining.extract.times.vocabulary import vocabulary
from docmine.rulebook.counting import first_day_told
from docmine.schema.findings import Bound, Offset, TimeExpression
from docmine.schema.spans import Span

Moment = dt.date | dt.datetime


def within(scan: Scan, hit: Hit) -> TimeExpression | None:
    """An amount that bounds: 3日内, 接到通知后10个工作日内, 不超过15日."""
    if not _is_amount(hit):
        return None
    offset = offset_of(hit.caught)
    if offset is None:
        return None
    event = events.adjoining(scan.norm, hit.start)
    start = event.start if event else _limit_start(scan.norm, hit.start)
    return _counted(scan, hit, start, offset, event, "within")


def after_amount(scan: Scan, hit: Hit) -> TimeExpression | None:
    """An amount after an event, unbounded in words: 出台文件后2个月完成."""
    event = events.adjoining(scan.norm, hit.start)
    offset = offset_of(hit.caught) if _is_amount(hit) and event else None
    if event is None or offset is None:
        return None
    return _counted(scan, hit, event.start, offset, event, "by")


def later(scan: Scan, hit: Hit) -> TimeExpression | None:
    """What is due when an amount has passed, counted from an event or the document: 两周后|复查, 出院1个月后|复诊."""
    offset = offset_of(hit.caught) if _is_amount(hit) else None
    if offset is None:
        return None
    event = events.adjoining(scan.norm, hit.start) or events.happened(scan.norm, hit.start)
    return _counted(scan, hit, event.start if event else hit.start, offset, event, "at")


def from_t(scan: Scan, hit: Hit) -> TimeExpression | None:
    """T+3日内: counted from a day T, which the text or the caller tells."""
    offset = offset_of(hit.caught)
    if offset is None:
        return None
    return _counted(scan, hit, hit.start, offset, events.meaning_of_t(scan.norm, hit.start), "within")


def nth(scan: Scan, hit: Hit) -> TimeExpression | None:
    """The n-th day after an event: 接件之日起第五日中午12:00之前, 次日10时前."""
    caught = hit.caught
    event = events.adjoining(scan.norm, hit.start)
    post, clock = caught.get("post"), clock_time(caught)
    if event is None and not post:
        return None
    if "off" in caught and not post:
        return None
    offset = offset_of({"n": caught.get("n", "1"), "u": caught["u"]})
    if offset is None:
        return None
    bound = bound_of(post) or "at"
    if event is None:  # 次日10时前: the day after something that isn't told
        return TimeExpression(Span(hit.start, hit.end), "relative", hit.rule, offset=offset, bound=bound, clock=clock)
    return _counted(scan, hit, event.start, offset, event, bound, clock=clock)


def amount_before(scan: Scan, hit: Hit) -> TimeExpression | None:
    """So long before an event that is told: 期限届满2个工作日前."""
    event = events.bound_event(scan.norm, hit.start, floor=_last_limit(scan))
    offset = offset_of(hit.caught) if event and _is_amount(hit) else None
    if event is None or offset is None:
        return None
    return _counted_back(scan, hit, event, offset)


def ahead_of_event(scan: Scan, hit: Hit) -> TimeExpression | None:
    """The same with the amount behind 前: 开标前3日, 出发前一天."""
    event = events.bound_event(scan.norm, hit.start, floor=_last_limit(scan), told_by_form=True)
    event = event or events.any_event(scan.norm, hit.start)
    offset = offset_of(hit.caught) if event and _is_amount(hit) else None
    if event is None or offset is None or events.words().condition.match(scan.norm, hit.end):
        return None
    return _counted_back(scan, hit, event, offset)


def _counted_back(scan: Scan, hit: Hit, event: Event, offset: Offset) -> TimeExpression:
    moment = events.known_moment(event.text, scan.ref)
    day = moment.date() if isinstance(moment, dt.datetime) else moment
    end = counted_back(offset, day, scan.calendar) if day else None
    if end and scan.ref.date and end < scan.ref.date and events.stated_moment(event.text, scan.ref) is None:
        day = end = None  # before the meeting that is held: any meeting is meant
    made_up = day and end and offset.unit == "workday" and scan.calendar.is_provisional_between(end, day)
    return TimeExpression(
        Span(event.start, hit.end),
        "relative",
        hit.rule,
        offset=offset,
        anchor=event.text,
        anchor_span=event.span,
        due=iso(end),
        anchor_date=iso(day),
        bound="before",
        warning="provisional_calendar" if made_up else None,
    )


def ahead(scan: Scan, hit: Hit) -> TimeExpression | None:
    """So long before an event: 提前3个工作日报备. It has an amount and no date."""
    offset = offset_of(hit.caught) if _is_amount(hit) else None
    if offset is None:
        return None
    return TimeExpression(Span(hit.start, hit.end), "relative", hit.rule, offset=offset, bound="before")


def before_event(scan: Scan, hit: Hit) -> TimeExpression | None:
    """Bound to an event without a date: 汛前, 24.09版本发布前."""
    event = events.bound_event(scan.norm, hit.start, floor=_last_limit(scan), told_by_form=True)
    if event is None or events.words().condition.match(scan.norm, hit.end):
        return None
    moment = events.stated_moment(event.text, scan.ref)
    day = moment.date() if isinstance(moment, dt.datetime) else moment
    return TimeExpression(
        Span(event.start, hit.end),
        "relative",
        hit.rule,
        due=iso(day),
        anchor=event.text,
        anchor_span=event.span,
        anchor_date=iso(day),
        bound="before",
    )


def _last_limit(scan: Scan) -> int:
    """Where the last expression ends that bounds something: no event reaches back over it."""
    last = scan.found[-1] if scan.found else None
    return last.span.end if last and not last.bare else 0


def day_of_event(scan: Scan, hit: Hit) -> TimeExpression | None:
    """The day of an event itself: 收件当日, 接到举报当天下班前."""
    event = events.opened_by_head(scan.norm, hit.start)
    if event is None or scan.norm.endswith(events.words().counting_in, 0, event.start):
        return None
    moment = events.known_moment(event.text, scan.ref)
    day = moment.date() if isinstance(moment, dt.datetime) else moment
    clock = clock_time(hit.caught)
    return TimeExpression(
        Span(event.start, hit.end),
        "relative",
        hit.rule,
        due=iso(day, clock),
        anchor=event.text,
        anchor_span=event.span,
        anchor_date=iso(day),
        bound=bound_of(hit.caught.get("post")) or "at",
        clock=clock,
        bare="post" not in hit.caught,
    )


def immediate(scan: Scan, hit: Hit) -> TimeExpression | None:
    """立即, 第一时间: each occurrence is one expression."""
    return TimeExpression(Span(hit.start, hit.end), "immediate", hit.rule)


def vague(scan: Scan, hit: Hit) -> TimeExpression | None:
    """尽快, 适时: a limit without a value."""
    return TimeExpression(Span(hit.start, hit.end), "vague", hit.rule)


def _is_amount(hit: Hit) -> bool:
    """Whether the words are an amount and no date: 3个月 and 一月内, not 9月内; 3年, not 2021年."""
    unit, number = vocabulary().units.get(hit.caught.get("u", "")), hit.caught["n"]
    if unit == "month" and "ge" not in hit.caught:
        return number in vocabulary().one_month
    return not (unit == "year" and number.isdigit() and len(number) == 4)


def _limit_start(norm: str, at: int) -> int:
    """Where a word begins that makes the amount a limit: 限期|3日内."""
    if norm.endswith(vocabulary().no_limits, max(0, at - 2), at):
        return at
    for word in vocabulary().limits:
        if norm.endswith(word, max(0, at - len(word)), at):
            return at - len(word)
    return at


def _counted(
    scan: Scan, hit: Hit, start: int, offset: Offset, event: Event | None, bound: Bound, *, clock: str | None = None
) -> TimeExpression:
    made = TimeExpression(Span(start, hit.end), "relative", hit.rule, offset=offset, bound=bound, clock=clock)
    happening = None
    if event is None:
        happening = _dated_happening(scan, start)
        inherited = happening[:2] if happening else _inherited_anchor(scan, start)
        if inherited is not None:
            made = replace(made, anchor=inherited[0], anchor_span=inherited[1])
    else:
        made = replace(made, anchor=event.text, anchor_span=event.span)
    moment = happening[2] if happening else _dated_event(scan, event) or _moment(scan, made.anchor)
    return made if moment is None else _with_end(scan, hit, made, offset, moment)


def _inherited_anchor(scan: Scan, at: int) -> tuple[str, Span] | None:
    """The event that the sentence has named before: set apart by a comma, or with an amount of its own."""
    low = events.sentence_start(scan.norm, at)
    event = events.standing_apart(scan.norm, low, at)
    before = scan.previous(at)
    told = before.anchor_span if before and (before.offset or _opened(before.anchor)) else None
    if before and before.anchor and told and (event is None or told.end >= event.span.start):
        return before.anchor, told
    return (event.text, event.span) if event else None


def _opened(anchor: str | None) -> bool:
    """Whether an anchor is an event that a verb like 接到 opens: what follows it in the sentence runs from it, too."""
    return anchor is not None and events.words().head.match(anchor) is not None


def _dated_happening(scan: Scan, at: int) -> tuple[str, Span, Moment] | None:
    """What the sentence has said to have happened on a day, and that day: 9月3日受理，应当在|30日内."""
    before = scan.previous(at)
    day = whole_day(before.due) if before and before.kind == "date" and before.bare else None
    head = events.words().head.match(scan.norm, before.span.end, at) if before and day else None
    if head is None or day is None or day > (scan.ref.date or day):
        return None
    return head[0], Span(*head.span()), day


def _dated_event(scan: Scan, event: Event | None) -> Moment | None:
    """The date that is the event itself: 自9月8日起|45日内."""
    before = scan.found[-1] if scan.found else None
    if event is None or before is None or before.kind != "date" or before.due is None:
        return None
    if not before.span.text(scan.norm).startswith(event.text) or before.span.start > event.span.start:
        return None
    day = whole_day(before.due)
    if day is None or not before.clock or before.clock == "24:00":
        return day
    return dt.datetime.combine(day, dt.time.fromisoformat(before.clock))


def _moment(scan: Scan, anchor: str | None) -> Moment | None:
    """What is counted from: the event's moment; without an event the document's date, except in a standing rule."""
    if anchor is not None:
        return events.known_moment(anchor, scan.ref)
    return None if scan.ref.standing_rule else scan.ref.date


def _with_end(scan: Scan, hit: Hit, made: TimeExpression, offset: Offset, moment: Moment) -> TimeExpression:
    start = moment.isoformat(timespec="minutes") if isinstance(moment, dt.datetime) else moment.isoformat()
    made = replace(made, anchor_date=start if made.anchor else None)
    end = ending(
        offset,
        moment,
        hit.caught,
        calendar=scan.calendar,
        profile=scan.counting,
        first_day_told=first_day_told().match(scan.norm, hit.end) is not None,
    )
    if end is None:
        return made
    if isinstance(end.due, dt.datetime):
        return replace(made, due=end.due.isoformat(timespec="minutes"), legal_basis=end.basis)
    return replace(
        made,
        due=iso(end.due, made.clock),
        rolled_due=iso(end.rolled, made.clock),
        legal_basis=end.basis,
        warning="provisional_calendar" if end.provisional else made.warning,
    )

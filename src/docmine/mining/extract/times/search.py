"""Finding all time expressions of a text: scan for triggers, try their rules, keep the longest."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from docmine.errors import RuleError
from docmine.mining.extract.times import amounts, calendar_points, recurrence, special_days
from docmine.mining.extract.times.counting import with_rolled
from docmine.mining.extract.times.finding import Hit, Scan
from docmine.mining.extract.times.vocabulary import vocabulary
from docmine.rulebook.counting import CountingProfile, counting_profile
from docmine.rulebook.timerules import Memo, TimeRule, TimeRules, time_rules
from docmine.rulebook.workdays import WorkCalendar, work_calendar
from docmine.schema.findings import Reference, TimeExpression

Production = Callable[[Scan, Hit], TimeExpression | None]
PRODUCTIONS: Mapping[str, Production] = {
    "date": calendar_points.date,
    "broken": calendar_points.broken,
    "dayonly": calendar_points.dayonly,
    "part_only": calendar_points.part_only,
    "week": calendar_points.week,
    "dayword": calendar_points.dayword,
    "clock": calendar_points.clock,
    "loose": calendar_points.loose,
    "plan": special_days.plan,
    "festival": special_days.festival,
    "lunar": special_days.lunar,
    "nth_in_span": special_days.nth_in_span,
    "period": calendar_points.period,
    "week_window": calendar_points.week_window,
    "from_now": calendar_points.from_now,
    "within": amounts.within,
    "from_t": amounts.from_t,
    "after_amount": amounts.after_amount,
    "later": amounts.later,
    "nth": amounts.nth,
    "ahead": amounts.ahead,
    "amount_before": amounts.amount_before,
    "before_event": amounts.before_event,
    "ahead_of_event": amounts.ahead_of_event,
    "day_of_event": amounts.day_of_event,
    "immediate": amounts.immediate,
    "vague": amounts.vague,
    "each_week": recurrence.each_week,
    "each_month": recurrence.each_month,
    "each_quarter": recurrence.each_quarter,
    "each_year": recurrence.each_year,
    "each_day": recurrence.each_day,
    "each_by": recurrence.each_by,
}
MASK = "mask"  # what looks like a time and is none: office hours


def find_times(
    norm: str,
    reference: Reference,
    *,
    rules: TimeRules | None = None,
    calendar: WorkCalendar | None = None,
    counting: CountingProfile | None = None,
) -> list[TimeExpression]:
    """All time expressions of `norm` (Simplified, folded), sorted and not overlapping, the longest reading each.

    A month that is past is read as the next coming one, as in a text that directs. `rules` and `calendar` replace
    the shipped ones; amounts are counted as `counting` says, by default as the text is written.
    """
    rules = rules or time_rules()
    scan = Scan(norm, reference, calendar or work_calendar(), counting=counting or counting_profile())
    at = 0
    for start, key in rules.places(norm):
        if start < at:
            continue
        made, at = _longest(scan, rules, start, key)
        if made is not None:
            _add(scan.found, made)
    found = _shared_bounds(norm, scan.found)
    return [with_rolled(time, norm, calendar=scan.calendar, profile=scan.counting) for time in found]


def _longest(scan: Scan, rules: TimeRules, start: int, key: str) -> tuple[TimeExpression | None, int]:
    """The longest match at the trigger that has a meaning, and where it ends (its start where there is none)."""
    norm = scan.norm
    hits: list[tuple[int, TimeRule, Mapping[str, str] | re.Match[str]]] = []
    memo: Memo = {}
    for rule in rules.candidates(norm, start, key):
        if rule.begins:
            window = rule.match(norm, start, memo)
            if window:
                hits.append((window[0], rule, window[1]))
            continue
        found = (rule.part.compiled or rule.part.pattern()).match(norm, start)
        memo[rule.part.id] = found
        if found is not None and found.end() > start:
            hits.append((found.end(), rule, found))
    if len(hits) > 1:
        hits.sort(key=_longest_first)
    for end, rule, match in hits:
        if rule.means == MASK:
            return None, end
        production = PRODUCTIONS.get(rule.means)
        if production is None:
            raise RuleError(f"{rule.id}: no production {rule.means!r}", remedy=f"use one of {', '.join(PRODUCTIONS)}")
        caught = rule.part.caught(match) if isinstance(match, re.Match) else match
        made = production(scan, Hit(rule.id, start, end, caught))
        if made is not None:
            return made, end
    return None, start


def _longest_first(hit: tuple[int, TimeRule, object]) -> int:
    return -hit[0]


def _add(found: list[TimeExpression], made: TimeExpression) -> None:
    """Append an expression; one that reaches back over earlier ones (its event holds a date) replaces them."""
    while found and found[-1].span.end > made.span.start:
        found.pop()
    found.append(made)


def _shared_bounds(norm: str, found: list[TimeExpression]) -> list[TimeExpression]:
    """Bare dates listed before a bounded one share its bound: 8月20日、|9月1日前."""
    for i in range(len(found) - 2, -1, -1):
        first, second = found[i], found[i + 1]
        between = norm[first.span.end : second.span.start]
        both_dates = first.kind == second.kind == "date" and first.bare and second.bound in ("before", "by")
        if both_dates and vocabulary().list_join.fullmatch(between):
            found[i] = replace(first, bare=False, bound=second.bound)
    return found

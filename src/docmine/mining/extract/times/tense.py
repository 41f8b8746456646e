"""Whether a time is told of in a report or set in an order: it decides which year a past month without one means."""

from __future__ import annotations

from docmine.mining.extract.times.events import clause_start
from docmine.mining.extract.times.finding import Hit, Scan
from docmine.mining.extract.times.points import Days
from docmine.mining.extract.times.vocabulary import vocabulary

_NEARER = 6  # months: what lies further ahead lies nearer in the past


def in_tense(scan: Scan, hit: Hit, days: Days, *, bare: bool, exact: bool) -> Days:
    """The days, moved back into the document's year where they were rolled over it and the text reports.

    A past month is the next one in an order and stays in a report (guidelines §2). Words tell which it is (已, 了,
    共); where they don't, a named day (`exact`) that nothing bounds and that lies nearer in the past is of the past.
    """
    today = scan.ref.date
    if today is None or days.last is None or days.yearless or days.last.year != today.year + 1:
        return days
    back = days.in_year(today.year)
    if back.last is None or back.last >= today:
        return days
    if is_told(scan, hit, bare=bare):
        return back
    norm, tense = scan.norm, vocabulary().tense
    before = norm[clause_start(norm, hit.start) : hit.start]
    ahead = (days.last.year - today.year) * 12 + days.last.month - today.month
    directs = tense["directs_before"].search(before) or tense["directs_after"].match(norm, hit.end)
    follows = norm[hit.end : hit.end + 2].lstrip("，")[:1]
    told = bare and exact and ahead > _NEARER and not directs and "\u4e00" <= follows <= "\u9fff"
    return back if told else days


def is_told(scan: Scan, hit: Hit, *, bare: bool) -> bool:
    """Whether words around the time tell that it is past: 已于|3月底前|全部修复, |9月底前|已完成."""
    norm, tense = scan.norm, vocabulary().tense
    if tense["told_before"].search(norm[clause_start(norm, hit.start) : hit.start]):
        return True
    return tense["told_bare" if bare else "told_bounded"].match(norm, hit.end) is not None

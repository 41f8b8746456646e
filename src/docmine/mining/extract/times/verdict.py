"""Whether a time expression limits the directive that holds it."""

from __future__ import annotations

import re

from docmine.mining.extract.times.events import sentence_start
from docmine.mining.extract.times.vocabulary import vocabulary
from docmine.rulebook.verdicts import checks_about, ready, sign_finder
from docmine.schema.findings import TimeExpression
from docmine.schema.spans import Span

_BEHIND = 32  # characters of context to the left that rules may look at
_AHEAD = 40  # and to the right
_END = re.compile("[。；！？\n\t]")


def is_deadline(time: TimeExpression, norm: str, *, force: str) -> tuple[bool, str]:
    """Whether `time` limits the directive that holds it in `norm`, and the id of the rule that says so.

    `force` is the directive's. The first fitting rule of `common/deadlines.toml` decides; without one it is none.
    """
    start, stop = time.span
    low = max(sentence_start(norm, start), start - _BEHIND)
    end = _END.search(norm, stop, stop + _AHEAD)
    high = end.end() if end else stop + _AHEAD
    before, after, inside = norm[low:start], norm[stop:high], norm[start:stop]
    exact = vocabulary().named_day.search(inside) is not None
    quoted = _inside_title(norm, time.span)
    around = frozenset(sign_finder().findall(norm, low, high))
    checks = checks_about(time.kind, time.bound, force, time.bare, quoted, time.warning == "past", exact)
    for number, (signs, tests, verdict, _) in enumerate(checks):
        if signs and signs.isdisjoint(around):
            continue
        find_inside, find_after, find_before = tests or ready(checks, number)
        if find_inside and find_inside(inside) is None:
            continue
        if find_after and find_after(after) is None:
            continue
        if find_before and find_before(before) is None:
            continue
        return verdict
    return False, "no.default"


def _inside_title(norm: str, span: Span) -> bool:
    """Whether the expression stands inside 《》."""
    opened = norm.rfind("《", max(0, span.start - 80), span.start)
    if opened < 0:
        return False
    return norm.find("》", opened, span.start) < 0 and norm.find("》", span.end, span.end + 80) >= 0

"""Whether a time expression limits the directive that holds it."""

from __future__ import annotations

import re

from docmine.mining.extract.times.events import sentence_start
from docmine.mining.extract.times.vocabulary import vocabulary
from docmine.rulebook.verdicts import VerdictRule, rules_about
from docmine.schema.findings import TimeExpression
from docmine.schema.spans import Span

_BEHIND = 32  # characters of context to the left that rules may look at
_AHEAD = 40  # and to the right
_END = re.compile("[。；！？\n\t]")


def is_deadline(time: TimeExpression, norm: str, *, force: str) -> tuple[bool, str]:
    """Whether `time` limits the directive that holds it in `norm`, and the id of the rule that says so.

    `force` is the directive's. The first fitting rule of `common/deadlines.toml` decides; without one it is none.
    """
    low = max(sentence_start(norm, time.span.start), time.span.start - _BEHIND)
    end = _END.search(norm, time.span.end, time.span.end + _AHEAD)
    high = end.end() if end else min(len(norm), time.span.end + _AHEAD)
    before, after, inside = norm[low : time.span.start], norm[time.span.end : high], time.span.text(norm)
    about = rules_about(
        time.kind,
        time.bound,
        force,
        bare=time.bare,
        quoted=_inside_title(norm, time.span),
        past=time.warning == "past",
        exact=vocabulary().named_day.search(inside) is not None,
    )
    around = frozenset(norm[low:high])
    for rule in about:
        if rule.signs and rule.signs.isdisjoint(around):
            continue
        if _fits(rule, before, inside, after):
            return rule.holds, rule.id
    return False, "no.default"


def _fits(rule: VerdictRule, before: str, inside: str, after: str) -> bool:
    return (
        (rule.inside is None or rule.inside.search(inside) is not None)
        and (rule.after is None or rule.after.match(after) is not None)
        and (rule.before is None or rule.before.search(before) is not None)
    )


def _inside_title(norm: str, span: Span) -> bool:
    """Whether the expression stands inside 《》."""
    opened = norm.rfind("《", max(0, span.start - 80), span.start)
    return opened >= 0 and norm.find("》", opened, span.start) < 0 and norm.find("》", span.end, span.end + 80) >= 0

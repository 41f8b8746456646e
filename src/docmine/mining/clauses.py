"""One clause looked at: its subject, its operators, whether it tells what is done, whether a bare verb opens it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from docmine.mining.context import patterns
from docmine.mining.extract.parties import Party, list_at, person_at
from docmine.rulebook import PatternSet, word_list
from docmine.rulebook.lexicon import Scan
from docmine.rulebook.operators import Hit, hits
from docmine.schema.findings import TimeExpression
from docmine.schema.spans import Span

RESOURCE = "common/grammar.toml"
GRAMMAR = PatternSet(RESOURCE, "clauses")

PREPOSITIONS = "对把将在以按从与向围通结根就用依经为由为了"


@dataclass(slots=True)
class Clause:
    """A comma-delimited part of a sentence. `core` is where its content starts, behind connectives."""

    span: Span
    core: int
    subject: list[Party] = field(default_factory=list)
    subject_end: int = 0
    operators: list[Hit] = field(default_factory=list)
    past: bool = False
    statistic: bool = False
    bare: bool = False
    fronted: bool = False
    topical: bool = False
    by_party: bool = False  # 由X with a predicate behind X
    support: bool = False
    has_deadline: bool = False
    dated_back: bool = False  # its dates without a year lie so far ahead that, in a report, they are last year's
    timed: bool = False  # any day is named, bounded or not


BRACKETED = re.compile(r"（[^（）]*）")
LONG_AHEAD = 7  # months


def _months(iso: str) -> int:
    return int(iso[:4]) * 12 + int(iso[5:7])


class Times:
    """The time expressions of a document, found by position."""

    def __init__(self, times: list[TimeExpression], today: str | None = None) -> None:
        self.all = times
        self.today = today  # ISO date from which times are looked at
        self._starts = [t.span.start for t in times]

    def within(self, span: Span) -> list[TimeExpression]:
        """Those that lie inside the span."""
        i = bisect_left(self._starts, span.start)
        found = []
        while i < len(self.all) and self.all[i].span.start < span.end:
            if self.all[i].span.end <= span.end:
                found.append(self.all[i])
            i += 1
        return found

    def has_coming(self, span: Span) -> bool:
        """Whether a day that isn't past yet is named inside the span."""
        return any(
            t.kind == "recurring" or (t.due is not None and (self.today is None or t.due[:10] >= self.today))
            for t in self.within(span)
        )

    def is_ahead(self, time: TimeExpression) -> bool:
        """Whether the day is still to come; where today isn't known, whether something bounds it."""
        if time.due is None or self.today is None:
            return not time.bare
        return time.due[:10] > self.today or (time.due[:10] == self.today and not time.bare)

    def all_back(self, span: Span) -> bool:
        """Whether every date inside the span was moved to the coming year though it may just have passed.

        A month that is past means the next one in an order and the last one in a report (guidelines §2).
        """
        dues = [t.due for t in self.within(span) if t.kind in ("date", "period") and t.due]
        return (
            bool(dues) and self.today is not None and all(_months(d) - _months(self.today) > LONG_AHEAD for d in dues)
        )

    def at(self, start: int) -> TimeExpression | None:
        """The one that begins exactly at `start`."""
        i = bisect_left(self._starts, start)
        return self.all[i] if i < len(self.all) and self.all[i].span.start == start else None


def skip_lead(scan: Scan, at: int, end: int, times: Times) -> int:
    """Past connectives, adverbs of sequence and time expressions, to where a subject would stand."""
    while at < end:
        time = times.at(at)
        if time is not None and time.span.end <= end:
            at = time.span.end
            continue
        lead = GRAMMAR.lead.match(scan.norm, at, end)
        if lead:
            at = lead.end()
            continue
        if scan.norm[at] in "于在" and times.at(at + 1):
            at += 1
            continue
        break
    return at


def without_brackets(text: str) -> str:
    """The text with bracketed parts blanked out, its length kept: （之前做过一次）says nothing about the clause."""
    return BRACKETED.sub(lambda m: "　" * len(m.group()), text)


def closes_a_quote(norm: str, start: int, end: int) -> bool:
    """Whether the span ends with the closing mark of a name that it quotes: 开展“回头看”."""
    opening = norm.rfind("“", start, end) if norm[end - 1] == "”" else -1
    return opening >= 0 and "”" not in norm[opening : end - 1]


def analyse(scan: Scan, span: Span, times: Times, *, persons: bool) -> Clause:
    """Look at one clause. `persons` allows bare personal names as subjects (spoken records, company minutes)."""
    norm, rules = scan.norm, patterns()
    end = span.end
    while (
        end > span.start and norm[end - 1] in "，。；：！？”’ \t\n\u3000" and not closes_a_quote(norm, span.start, end)
    ):
        end -= 1
    core = skip_lead(scan, span.start, end, times)
    clause = Clause(Span(span.start, end), core)
    text = without_brackets(norm[span.start : end])
    clause.operators = [h for h in hits(norm, span.start, end) if _operates(scan, clause, h)]
    _find_subject(scan, clause, end, persons=persons, times=times)
    clause.past = bool(rules["past"].search(text))
    clause.statistic = bool(rules["statistic"].search(text))
    clause.by_party = _has_by_party(scan, span.start, end, times)
    clause.fronted = bool(rules["fronted"].search(text))
    clause.bare = _bare_at(scan, clause.subject_end or core, end, times)
    clause.topical = not clause.bare and not clause.subject and _topic_then_order(scan, core, end, times)
    clause.timed = times.has_coming(Span(span.start, end))
    clause.dated_back = times.all_back(Span(span.start, end))
    clause.has_deadline = any(
        not t.bare or t.kind in ("recurring", "relative", "period") for t in times.within(Span(span.start, end))
    )
    return clause


def _operates(scan: Scan, clause: Clause, hit: Hit) -> bool:
    """Whether the operator stands outside brackets and quoted names."""
    before = scan.norm[clause.span.start : hit.start]
    return (
        before.count("“") == before.count("”")
        and before.count("《") == before.count("》")
        and before.count("（") == before.count("）")
    )


def _find_subject(scan: Scan, clause: Clause, end: int, *, persons: bool, times: Times) -> None:
    found = list_at(scan, clause.core, end)
    if found is None and persons:
        person = person_at(scan, clause.core, end)
        found = (person.span.end, [person]) if person else None
    if found is None:
        found = _relative_subject(scan, clause.core, end)
    if found is None:
        return
    after, members = found
    bare = len(members) == 1 and members[0].span.text(scan.norm) in word_list(RESOURCE, "clauses.words", "bare_heads")
    if bare and not any(h.start == after for h in clause.operators):
        return
    while after < end and scan.norm[after] == " ":
        after += 1
    rest = scan.norm[after:end]
    if rest.startswith("的") or not _may_follow(scan, clause, members, after, rest, times):
        return
    if after - clause.core > 60:
        return
    clause.subject, clause.subject_end = members, after
    clause.support = bool(GRAMMAR.support_verbs.match(rest))


def _may_follow(scan: Scan, clause: Clause, members: list[Party], after: int, rest: str, times: Times) -> bool:
    """Whether what stands behind the name can be its predicate."""
    if (
        rest.startswith("由")
        or (rest[:1] in "应要对可会将在" and after in scan.atoms)
        or GRAMMAR.noun_after.match(rest)
    ):
        return False
    if not rest or GRAMMAR.follow.match(rest) or after in scan.predicates or after in scan.adverbs or times.at(after):
        return True
    if any(h.start == after for h in clause.operators):
        return True
    last = members[-1]
    return last.type in ("organ", "post", "group", "company", "person") and len(last.span) >= 3


def _relative_subject(scan: Scan, at: int, end: int) -> tuple[int, list[Party]] | None:
    """承担科研任务的单位, 未安装设施的店铺: a head behind a relative clause, directly before an operator."""
    match = GRAMMAR.relative.match(scan.norm, at, end)
    if match is None or scan.norm[at] in "对凡":
        return None
    return (match.end(), [Party(Span(at, match.end()), "unit")])


def _has_by_party(scan: Scan, start: int, end: int, times: Times) -> bool:
    """由县林业局挂牌登记: somebody is named behind 由, and what he has to do behind him."""
    by = GRAMMAR.by.search(scan.norm, start, end)
    listed = list_at(scan, by.end(), end, persons=True) if by else None
    if listed is None:
        return False
    after = listed[0]
    return after in scan.predicates or after in scan.adverbs or times.at(after) is not None


TOPIC_LENGTH = 14  # characters: a longer stretch before the verb is no topic


def _topic_then_order(scan: Scan, at: int, end: int, times: Times) -> bool:
    """事故信息|严格执行…, 县级初查|7月底前完成: a topic, then an adverb or a deadline with the order's verb."""
    norm = scan.norm
    for i in range(at + 2, min(at + TOPIC_LENGTH, end - 1)):
        time = times.at(i)
        if time is not None and not time.bare:
            return time.span.end in scan.verbs or time.span.end in scan.adverbs
        length = scan.adverbs.get(i, 0)
        if length >= 2 and i + length in scan.verbs and scan.begins_word(i, length):
            return True
        if scan.predicates.get(i, 0) >= 2 and scan.begins_word(i, scan.predicates[i]):
            return norm.startswith(word_list("common/grammar.toml", "clauses.words", "topic_verbs"), i)
        if norm[i] in "，。；：了是有的":
            return False
    return False


def _bare_at(scan: Scan, at: int, end: int, times: Times) -> bool:
    """Whether an order's verb opens the clause, behind adverbs, times and prepositional phrases."""
    norm = scan.norm
    for _ in range(8):
        if at >= end:
            return False
        time = times.at(at) or (times.at(at + 1) if norm[at] in "于在" else None)
        if time is not None:
            at = time.span.end
        elif at in scan.verbs:
            after = at + scan.verbs[at]
            return not (after < end and norm[after] == "的" and scan.verbs[at] > 1)
        elif at in scan.adverbs:
            at += scan.adverbs[at]
        elif norm[at] in "、“”地并":
            at += 1
        else:
            if norm[at] == "把" and end - at >= 4:  # 把 asks for a verb behind its object, known to the list or not
                return True
            phrase = GRAMMAR.prepositional.match(norm, at, end)
            if phrase is None:
                return False
            return any(i in scan.verbs for i in range(at + 2, end)) and norm[at : at + 1] not in "为因"
    return False

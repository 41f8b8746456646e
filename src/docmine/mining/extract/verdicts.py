"""Does a clause direct? That depends on its words and on the situation: mood, frames, what stood before it."""

from __future__ import annotations

from dataclasses import dataclass, field

from docmine.mining.clauses import BRACKETED, Clause
from docmine.mining.context import Mood, patterns
from docmine.mining.extract.parties import list_at
from docmine.rulebook import PatternSet
from docmine.rulebook.lexicon import Scan
from docmine.rulebook.operators import Hit

GRAMMAR = PatternSet("common/grammar.toml", "directives")
NAME_LENGTH = 8  # characters: room for a name before the verb that promises


@dataclass(slots=True)
class Frame:
    """A reporting frame before the message: `会议强调，`. `finding`: a finding follows, unless it is an order."""

    text: str
    finding: bool


@dataclass(slots=True)
class Situation:
    """Where the clauses of a piece stand. `narrative`: a story of the past is told."""

    mood: Mood
    kind: str
    narrative: bool
    frames: list[Frame] = field(default_factory=list)


class ClauseJudge:
    """Judges the clauses of one piece in order; keeps which wait for an order to come and which are open under one."""

    def __init__(self, scan: Scan, situation: Situation) -> None:
        self._scan = scan
        self._mood, self._kind, self._narrative = situation.mood, situation.kind, situation.narrative
        self._frames = situation.frames
        self._waiting: list[Clause] = []
        self._open: list[Clause] = []
        self._past_seen = False

    def _addresses(self, clause: Clause, hit: Hit) -> bool:
        """Whether somebody is named behind the operator."""
        return self._mood == "letter" or list_at(self._scan, hit.end, clause.span.end, persons=True) is not None

    def _verdict(self, clause: Clause) -> tuple[Hit | None, str] | None:
        """(operator or None, rule id) where the clause directs."""
        if self._mood == "letter":
            return self._verdict_in_letter(clause)
        if self._mood == "demands":
            acts = any(i in self._scan.verbs for i in range(clause.core, clause.span.end))
            told = (clause.past or clause.statistic or not acts) and not clause.operators
            return self._verdict_in_letter(clause) or (None if told else (None, "bare.demand"))
        for hit in clause.operators:
            if self._accepts(clause, hit):
                return (hit, hit.operator.id)
        if clause.by_party and not clause.past and not self._narrative and self._mood != "reports":
            return (None, "duty.by")
        if self._mood == "task":
            return self._verdict_in_task_cell(clause)
        if self._mood in ("reports", "promises") and clause.dated_back:
            return None
        if (
            self._mood == "reports"
            and clause.has_deadline
            and not clause.past
            and not self._narrative
            and (clause.bare or clause.topical)
        ):
            return (None, "bare.dated_in_report")
        if self._finding_frame() or clause.past or self._narrative or GRAMMAR.front_only.search(self._text(clause)):
            return None
        return self._verdict_bare(clause)

    def _verdict_in_task_cell(self, clause: Clause) -> tuple[None, str] | None:
        text = self._scan.norm[clause.span.start : clause.span.end]
        if clause.past or len(text) < 4 or GRAMMAR.no_task.fullmatch(text):
            return None
        return (None, "bare.task_cell")

    def _verdict_bare(self, clause: Clause) -> tuple[None, str] | None:
        if clause.has_deadline and clause.statistic and self._mood == "reports":
            return None
        ordering = self._mood in ("orders", "promises") or (bool(self._frames) and self._mood == "neutral")
        if clause.subject and clause.support:
            return (None, "bare.support") if ordering or self._open else None
        if (
            clause.subject
            and (clause.bare or clause.has_deadline)
            and (ordering or clause.has_deadline)
            and (self._mood != "reports" or clause.has_deadline)
        ):
            return (None, "bare.subject")
        event = GRAMMAR.event.search(self._text(clause))
        if (
            clause.subject
            and clause.timed
            and not event
            and self._mood in ("neutral", "orders")
            and not self._narrative
        ):
            return (None, "bare.subject_timed")
        if clause.has_deadline and any(c.subject and not c.past for c in self._waiting):
            return (None, "bare.subject_dated")
        if clause.subject and ordering and not clause.statistic and self._has_predicate(clause):
            return (None, "bare.subject_predicate")
        if ordering and GRAMMAR.with_whom.search(self._text(clause)):
            return (None, "bare.with")
        if clause.topical and ordering and not clause.statistic:
            return (None, "bare.topic")
        overdue = (
            self._mood == "reports"
            and bool(self._waiting)
            and GRAMMAR.overdue.search(self._text(self._waiting[-1])) is not None
        )
        if overdue and self._text(self._waiting[-1]).endswith("的"):
            return (None, "bare.consequence")
        if (
            self._waiting
            and GRAMMAR.condition.search(self._text(self._waiting[-1]))
            and self._mood in ("orders", "neutral")
        ):
            return (None, "bare.consequence")
        if clause.subject and self._open:
            return (None, "bare.subject_continues")
        if clause.bare and not clause.subject and ordering and not self._past_seen and not clause.statistic:
            return (None, "bare.imperative")
        if clause.bare and self._mood == "neutral" and clause.has_deadline:
            return (None, "bare.dated")
        return None

    def _has_predicate(self, clause: Clause) -> bool:
        rest = self._scan.norm[clause.subject_end : clause.span.end]
        if clause.span.end in self._scan.suffixes and not clause.bare:
            return False
        return (
            clause.subject[-1].type != "other"
            and len(rest) >= 4
            and not rest.startswith("设在")
            and ("的" not in rest[:8] or rest[:1] in "对把在以按就从")
            and not GRAMMAR.noun_end.search(rest)
        )

    def _verdict_in_letter(self, clause: Clause) -> tuple[Hit | None, str] | None:
        for hit in clause.operators:
            if (
                hit.operator.force == "request"
                or hit.operator.id in ("op.please", "op.demand")
                or hit.text.startswith("建议")
            ):
                before = self._scan.norm[clause.span.start : hit.start]
                if (clause.past or self._past_seen or any("多次" in self._text(c) for c in self._waiting)) and (
                    GRAMMAR.told_before.search(before)
                    or (hit.operator.id == "op.demand" and not before.endswith("强烈"))
                ):
                    continue
                if clause.subject and hit.operator.id in ("op.demand", "op.please") and hit.start >= clause.subject_end:
                    continue
                if hit.operator.id == "op.demand" and not self._demands_itself(before):
                    continue
                return (hit, hit.operator.id)
        return None

    def _demands_itself(self, before: str) -> bool:
        """Whether it is the petitioner who demands, not somebody in the story."""
        return bool(GRAMMAR.petitioner.search(before)) or (not before and not self._waiting)

    def _text(self, clause: Clause) -> str:
        return self._scan.norm[clause.span.start : clause.span.end]

    def _finding_frame(self) -> bool:
        return any(f.finding for f in self._frames)

    def _accepts(self, clause: Clause, hit: Hit) -> bool:
        op, norm = hit.operator, self._scan.norm
        before = norm[clause.span.start : hit.start]
        if op.id == "op.wish" and hit.text.startswith(("能", "可否", "是否")) and self._mood != "letter":
            return False
        if op.id in ("op.want", "op.need") and GRAMMAR.asks.search(self._text(clause)):
            return False
        if op.id == "op.wish" and hit.start - clause.core > 6 and not clause.subject:
            return False
        if op.id == "op.commit" and GRAMMAR.no_promise_before.search(before):
            return False
        if op.id == "op.order" or op.id == "op.demand":
            if self._mood == "reports" and not self._addresses(clause, hit) and not clause.has_deadline:
                return False
            return not self._narrative and not (
                GRAMMAR.perfect_before.search(before) and self._mood == "reports" and not clause.has_deadline
            )
        if clause.past and self._past_governs(clause, hit):
            return False
        if self._narrative and op.strength < 4:
            return False
        if self._finding_frame():
            return op.id in ("op.must", "op.want", "op.prohibit.strict") and not self._is_statement(before)
        if op.weak:
            return self._accepts_weak(clause, hit, before)
        if self._mood == "reports":
            return self._accepts_in_report(clause, hit)
        return True

    def _accepts_in_report(self, clause: Clause, hit: Hit) -> bool:
        op = hit.operator
        if op.id in ("op.duty", "op.lead", "op.report_to", "op.agree"):
            return bool(clause.subject or hit.text.startswith("由")) and not clause.past
        if op.id in ("op.must", "op.want", "op.should", "op.prohibit.strict", "op.prohibit.plain", "op.recommend"):
            short = self._kind in ("case_table", "case") and hit.start - clause.core <= 14 and not clause.past
            return (
                bool(clause.subject)
                or short
                or hit.start == clause.core
                or bool(self._open)
                or any(c.fronted for c in self._waiting)
            )
        return not clause.past

    def _accepts_weak(self, clause: Clause, hit: Hit, before: str) -> bool:
        op = hit.operator
        if op.id == "op.commit":
            return self._commits(clause, hit)
        if op.id == "op.liability":
            return (
                not clause.past
                and self._mood not in ("reports",)
                and (hit.start - clause.core <= 8 or bool(clause.subject))
            )
        if self._mood == "reports":
            return False
        if hit.text == "可" and not (
            hit.end in self._scan.verbs and (clause.subject or self._waiting or hit.start == clause.core)
        ):
            return False
        if self._mood == "task":
            return True
        if op.id == "op.need" and self._past_seen:
            return False
        if self._mood == "orders" or self._frames:
            return True
        return (
            bool(clause.subject)
            or bool(self._open)
            or any(c.fronted for c in self._waiting)
            or hit.start == clause.core
        )

    def _commits(self, clause: Clause, hit: Hit) -> bool:
        if clause.past and not hit.text.startswith(("承诺", "下一步", "下步")):
            return False
        if hit.text == "将":
            return self._foretells(clause, hit)
        if hit.text.startswith("将") and GRAMMAR.disposed.match(self._scan.norm, hit.start + 1, clause.span.end):
            return False
        if hit.text.startswith(("下一步", "下步")):
            return bool(clause.subject or clause.bare)
        if hit.text.startswith(("承诺", "预计")) and hit.start - clause.core <= NAME_LENGTH:
            return True
        own = GRAMMAR.own_side.search(self._scan.norm, clause.span.start, hit.start)
        return bool(clause.subject or own or hit.start == clause.core or self._waiting)

    def _foretells(self, clause: Clause, hit: Hit) -> bool:
        """将 before a predicate promises; before an object that a later verb takes (将情况报…) it does not."""
        rest = self._scan.norm[hit.end : clause.span.end]
        if GRAMMAR.disposal.search(rest) or hit.start == clause.core:
            if hit.start == clause.core and self._waiting:
                return hit.end in self._scan.verbs or hit.end in self._scan.adverbs
            return bool(GRAMMAR.included.match(rest)) and hit.start > clause.core
        return (
            hit.end in self._scan.verbs
            or hit.end in self._scan.adverbs
            or rest[:1] in ("每", "于", "在", "对", "按", "以")
        )

    def _past_governs(self, clause: Clause, hit: Hit) -> bool:
        """Whether the sign of the past belongs to the predicate, not to a modifier before the operator."""
        norm = self._scan.norm
        bracketed = list(BRACKETED.finditer(norm, clause.span.start, clause.span.end))
        for match in patterns()["past"].finditer(norm, clause.span.start, clause.span.end):
            if any(match.start() in range(*part.span()) for part in bracketed):
                continue
            if match.start() >= hit.start:
                after = norm[match.end() : clause.span.end]
                if match.group() == "了" and (GRAMMAR.modifier_after.match(after) or hit.operator.strength >= 4):
                    continue
                return (
                    hit.operator.strength <= 3
                    and match.group() not in ("未及", "未按", "未能", "未")
                    and not GRAMMAR.negated_or_modifying.search(after[:10])
                )
            if (
                "的" not in norm[match.end() : hit.start]
                and hit.start - match.end() < 12
                and match.group().startswith(("已", "正在", "曾", "仍"))
            ):
                return True
        return False

    @staticmethod
    def _is_statement(before: str) -> bool:
        return bool(GRAMMAR.statement_before.search(before))

"""What the model of clauses is told: the clause's characters and its neighbours', traits of wording and of place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from docmine.mining.classify import function_of
from docmine.mining.clauses import Clause
from docmine.mining.context import patterns
from docmine.mining.extract.candidates import Candidate, break_after
from docmine.mining.extract.directives import Piece, Unit
from docmine.mining.surveyed import Surveyed
from docmine.mining.walk import Walk
from docmine.rulebook import PatternSet
from docmine.rulebook.linear import Row
from docmine.schema.findings import TimeExpression
from docmine.schema.spans import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GRAMMAR = PatternSet("common/grammar.toml", "features")

TELLING = ("told_le", "told_done", "told_count", "told_lack", "told_when", "told_state")  # patterns of grammar.toml
LENGTHS = (3, 6, 10, 16, 25, 40)  # characters: a longer clause is in the next class of length
PLACES = (0, 1, 2, 4, 8)  # clauses before this one in its sentence, by class
NAMES = (2, 3, 4, 6, 8, 12)  # characters of a party's name: a longer one is in the next class of length
AROUND = 6  # characters before and behind a party's name
SENTENCES = (5, 12, 20, 35, 60, 100)  # characters: a longer sentence is in the next class of length
OPENING = 8  # characters at the beginning of a unit, and before it, that are looked at apart
CUES = ("past", "statistic", "etiquette")  # patterns of resources/common/context.toml
FLAGS = (
    "past",
    "statistic",
    "bare",
    "fronted",
    "topical",
    "by_party",
    "support",
    "has_deadline",
    "dated_back",
    "timed",
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A clause in its sentence: its piece, its number in the piece and in the sentence."""

    seen: Surveyed
    piece: Piece
    i: int
    number: int

    @property
    def clause(self) -> Clause:
        return self.piece.clauses[self.i]


def clause_rows(walk: Walk, batch: Sequence[Surveyed]) -> list[Row]:
    """A row for each clause of the sentences, in their order: its wording, its neighbours', and its place."""
    styles = {section.id: section.style for section in walk.structure.sections}
    labels = ["".join(piece.labels() for piece in seen.pieces) for seen in batch]
    rows: list[Row] = []
    for k, seen in enumerate(batch):
        parts = [(piece, i) for piece in seen.pieces for i in range(len(piece.clauses))]
        places = [_Place(seen, piece, i, n) for n, (piece, i) in enumerate(parts)]
        around = (
            *_place(walk, seen, styles),
            f"sentence_before={_sentence_label(labels, k - 1)}",
            f"sentence_after={_sentence_label(labels, k + 1)}",
            f"followed_by={_followed_by(batch, k)}",
        )
        rows += _sentence_rows(walk, places, labels[k], (*around, *_tense(walk, seen)))
    return rows


def _tense(walk: Walk, seen: Surveyed) -> tuple[str, ...]:
    """Signs in the whole sentence that something is told: particles, results, counts, days that lie back."""
    text = seen.sentence.span.text(walk.scan.norm)
    found = [f"tells={name}" for name in TELLING if getattr(GRAMMAR, name).search(text)]
    backs = {_lies_back(walk, time) for time in walk.times.within(seen.sentence.span)}
    found += [f"day={'back' if back else 'ahead'}" for back in (True, False) if back in backs]
    pasts = [clause.past for piece in seen.pieces for clause in piece.clauses]
    found.append(f"pasts={sum(pasts)}+{bool(pasts and pasts[-1])}")
    return (*found, f"told={min(len(found) - 1, 3)}")


def _followed_by(batch: Sequence[Surveyed], k: int) -> str:
    """What comes behind the sentence in its section: its owners or date, else another sentence."""
    section = batch[k].sentence.stretch.section
    if k + 1 >= len(batch) or batch[k + 1].sentence.stretch.section != section:
        return "nothing"
    after = batch[k + 1]
    if after.tail or after.owners:
        return "owners"
    return f"label {after.sentence.stretch.label}" if after.sentence.stretch.role == "label" else "sentence"


def _sentence_rows(walk: Walk, places: Sequence[_Place], labels: str, around: tuple[str, ...]) -> list[Row]:
    norm = walk.scan.norm
    texts = ["", *(place.clause.span.text(norm) for place in places), ""]
    rows = []
    subject: str | None = None
    ordered = False
    for n, place in enumerate(places):
        clause, own = place.clause, _subject_text(norm, place.clause)
        before, after = labels[n - 1] if n else "-", labels[n + 1] if n + 1 < len(places) else "-"
        traits = (
            *around,
            *_clause(place.piece, place.i),
            *_brief(places[n - 1] if n else None, "before"),
            *_brief(places[n + 1] if n + 1 < len(places) else None, "after"),
            *_operators_meet(places[n - 1] if n else None, place),
            f"at={bisect_right(PLACES, n)}",
            f"end={_end_mark(norm, clause, place.seen)}",
            f"rule={labels[n]}",
            f"rules={before}{labels[n]}{after}",
            f"pos={'first' if not n else 'in'}+{labels[n]}",
            f"last={n + 1 == len(places)}",
            f"in_piece={place.i > 0}",
            f"so_far={subject is not None}+{ordered}+{own is not None}",
            f"other_subject={own != subject if own and subject else None}",
            *_opening(walk, clause),
        )
        rows.append(Row((texts[n + 1], texts[n], texts[n + 2]), traits))
        subject = own or subject
        ordered = ordered or bool(clause.operators)
    return rows


def _opening(walk: Walk, clause: Clause) -> tuple[str, ...]:
    """What stands before the clause's first predicate, adverb, operator or time: a subject that no lexicon knows?"""
    norm, end = walk.scan.norm, clause.span.end
    stop = break_after(walk.scan, walk.times, clause.core, end)
    last = norm[stop - 1 : stop] if stop > clause.core else "-"
    return (
        f"np={min(stop - clause.core, 9)}",
        f"np_last={last}",
        f"np_last_2={norm[max(clause.core, stop - 2) : stop]}",
        f"np_next={norm[stop : stop + 1] if stop < end else '-'}",
        f"np_word={_word_at(walk, stop) if stop < end else '-'}",
    )


def _subject_text(norm: str, clause: Clause) -> str | None:
    return clause.subject[0].span.text(norm) if clause.subject else None


def _brief(place: _Place | None, name: str) -> tuple[str, ...]:
    """What a clause is told of its neighbour."""
    if place is None:
        return (f"{name}=none",)
    clause = place.clause
    first = clause.operators[0].operator.id if clause.operators else "none"
    return (
        f"{name}.operator={first}",
        f"{name}.subject={clause.subject[0].type if clause.subject else 'none'}",
        f"{name}.shape={_shape(clause)}+{clause.by_party}",
        f"{name}.length={bisect_right(LENGTHS, len(clause.span))}",
    )


def _operators_meet(before: _Place | None, place: _Place) -> tuple[str, ...]:
    if before is None or not before.clause.operators or not place.clause.operators:
        return ()
    return (f"meet={before.clause.operators[0].operator.id}>{place.clause.operators[0].operator.id}",)


def _shape(clause: Clause) -> str:
    return f"{bool(clause.subject)}+{bool(clause.operators)}+{clause.bare}+{clause.past}+{clause.fronted}"


def chain_rows(batch: Sequence[Surveyed], rows: Sequence[Row], likely: NDArray[np.float64]) -> list[Row]:
    """The clauses' rows with what the model of clauses says of each and of its neighbours in the sentence.

    What it says of the sentences around was measured too: better on rambling papers, worse on well-ordered ones.
    """
    inside = [float(1.0 - p[0]) for p in likely]
    begins = [float(p[1]) for p in likely]
    found = []
    end = 0
    for seen in batch:
        start, end = end, end + sum(len(piece.clauses) for piece in seen.pieces)
        for n in range(start, end):
            own = [f"p={_class(inside[n])}", f"p.begins={_class(begins[n])}"]
            own.append(f"p.goes_on={_class(inside[n] - begins[n])}")
            for step in (-2, -1, 1, 2):
                there = start <= n + step < end
                own.append(f"p{step:+}={_class(inside[n + step]) if there else '-'}")
                own += [f"p.begins{step:+}={_class(begins[n + step])}"] if there else []
            found.append(Row(rows[n].texts, (*rows[n].traits, *own)))
    return found


def _class(p: float) -> int:
    """One of eight classes of probability."""
    return int(min(p, 0.999) * 8)


def _sentence_label(labels: Sequence[str], n: int) -> str:
    if not 0 <= n < len(labels):
        return "-"
    return "directive" if "B" in labels[n] else "none"


def _place(walk: Walk, s: Surveyed, styles: dict[str, str]) -> tuple[str, ...]:
    stretch, kind = s.sentence.stretch, walk.structure.kind
    return _named(
        role=stretch.role,
        mood=s.mood,
        kind=kind,
        genre=f"{kind}+{s.mood}",
        column=stretch.column,
        label=stretch.label,
        part=stretch.part,
        style=styles.get(stretch.section or ""),
        phase="yes" if s.phase else None,
    )


@lru_cache(maxsize=4096)
def _named(**values: str | None) -> tuple[str, ...]:
    return tuple(f"{name}={value}" for name, value in values.items() if value)


def _clause(piece: Piece, i: int) -> list[str]:
    clause, situation = piece.clauses[i], piece.situation
    traits = [f"flag={name}" for name in FLAGS if getattr(clause, name)]
    first = clause.operators[0] if clause.operators else None
    traits.append(f"operator={first.operator.id if first else 'none'}")
    if first is not None:
        traits.append(f"word={first.text}")
        here = {clause.core: "core", clause.subject_end: "subject"}
        traits.append(f"op_at={here.get(first.start, 'later')}")
        traits += [f"operator_too={hit.operator.id}" for hit in clause.operators[1:]]
        traits.append(f"op+mood={first.operator.id}+{situation.mood}")
    subject = clause.subject[0].type if clause.subject else "none"
    traits.append(f"subject={subject}")
    traits.append(f"length={bisect_right(LENGTHS, len(clause.span))}")
    traits.append(f"rule_mood={situation.mood}")
    reason = piece.reasons[i] or "none"
    traits.append(f"reason={reason}")
    traits.append(f"reason+mood={reason}+{situation.mood}")
    traits.append(f"reason+kind={reason}+{situation.kind}")
    traits.append(f"reason+past={reason}+{clause.past}+{situation.narrative}")
    if situation.narrative:
        traits.append("narrative")
    traits += [f"frame={frame.finding}" for frame in situation.frames]
    traits += [f"veto={veto}" for veto in piece.vetoes]
    if piece.lead_in:
        traits.append("lead_in")
    traits.append(f"shape={_shape(clause)}")
    return traits


def _end_mark(norm: str, clause: Clause, s: Surveyed) -> str:
    """The punctuation behind the clause, `-` at the end of a line without any."""
    end = clause.span.end
    mark = norm[end : end + 1] if end < s.sentence.span.end else ""
    return mark if mark in "，。；：！？”）" and mark else "-"


def force_row(walk: Walk, seen: Surveyed, unit: Unit) -> Row:
    """What the model of forces is told of a unit: its opening, all of it, and the traits of its operator and place."""
    norm = walk.scan.norm
    operators = [hit for clause in unit.clauses for hit in clause.operators]
    first = operators[0] if operators else None
    traits = [
        f"rules={unit.force}",
        f"rules+mood={unit.force}+{seen.mood}",
        f"reason={unit.evidence[0].rule}",
        f"trigger={unit.trigger or 'none'}",
        f"operator={first.operator.id if first else 'none'}",
        *(f"word={hit.text}" for hit in operators[:3]),
        *(f"operator_too={hit.operator.id}" for hit in operators[1:]),
        f"kind={walk.structure.kind}",
        f"mood={seen.mood}",
        f"genre={walk.structure.kind}+{seen.mood}",
        f"part={seen.sentence.stretch.part}",
        f"subject={unit.clauses[0].subject[0].type if unit.clauses and unit.clauses[0].subject else 'none'}",
        f"end={norm[unit.span.end : unit.span.end + 1]}",
    ]
    text = unit.span.text(norm)
    before = norm[max(seen.sentence.span.start, unit.span.start - OPENING) : unit.span.start]
    return Row((text[:OPENING], text, before), tuple(traits))


def function_row(walk: Walk, seen: Surveyed, k: int, total: int, before: str) -> Row:
    """What the model of functions is told of a sentence: its wording, the one before, its place, the rules."""
    norm, stretch = walk.scan.norm, seen.sentence.stretch
    text = seen.sentence.span.text(norm)
    rules = patterns()
    traits = [
        *_place(walk, seen, {}),
        f"rules={function_of(text, stretch, seen.mood)}",
        f"tenth={10 * k // max(total, 1)}",
        f"first={k < 3}",
        f"last={k >= total - 3}",
        f"length={bisect_right(SENTENCES, len(text))}",
        f"end={text[-1:]}",
        *(f"cue={name}" for name in CUES if rules[name].search(text)),
    ]
    return Row((text, before), tuple(traits))


def role_rows(walk: Walk, seen: Surveyed, unit: Unit, candidates: Sequence[Candidate]) -> list[Row]:
    """What the model of roles is told of each candidate of a unit: the name, what stands around it, its slot."""
    norm = walk.scan.norm
    place = (f"force={unit.force}", f"kind={walk.structure.kind}", f"mood={seen.mood}")
    rows = []
    for candidate in candidates:
        span = candidate.party.span
        before = norm[max(unit.span.start, span.start - AROUND) : span.start]
        after = norm[span.end : min(unit.span.end, span.end + AROUND + 2)]
        traits = (*place, *_candidate(walk, unit, candidate), *_rivals(candidate, candidates))
        beside = (f"next_char={after[:1]}", f"before_char={before[-1:]}")
        rows.append(Row((span.text(norm), before, after), (*traits, *beside)))
    return rows


def _candidate(walk: Walk, unit: Unit, candidate: Candidate) -> tuple[str, ...]:
    norm, span, slot = walk.scan.norm, candidate.party.span, candidate.slot
    word = _word_at(walk, span.end)
    lead = norm[unit.span.start : span.start]
    return (
        f"slot={slot}",
        f"source={candidate.source}",
        f"slot+source={slot}+{candidate.source}",
        f"rules={candidate.role}",
        f"rule={candidate.evidence.rule if candidate.evidence else 'none'}",
        f"slot+rules={slot}+{candidate.role}",
        f"type={candidate.party.type}",
        f"slot+type={slot}+{candidate.party.type}",
        f"clause={min(candidate.clause, 3)}",
        f"members={min(candidate.members, 3)}",
        f"member={min(candidate.member, 2)}",
        f"last_member={candidate.member == candidate.members - 1}",
        f"length={bisect_right(NAMES, len(span))}",
        f"next={word}",
        f"slot+next={slot}+{word}",
        f"starts_unit={not lead}",
        f"ends_unit={span.end == unit.span.end}",
        f"in_bracket={lead.count('（') > lead.count('）')}",
        f"ends_with={norm[span.end - 1 : span.end]}",
        f"ends_with_2={norm[max(span.start, span.end - 2) : span.end]}",
    )


def _rivals(candidate: Candidate, candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """What other candidates lie over this one."""
    span = candidate.party.span
    rivals = [c for c in candidates if c is not candidate and c.party.span.overlaps(span)]
    return (
        f"longer_rival={any(len(rival.party.span) > len(span) for rival in rivals)}",
        f"shorter_rival={any(len(rival.party.span) < len(span) for rival in rivals)}",
        f"rules_rival={any(rival.role is not None for rival in rivals)}",
    )


def _word_at(walk: Walk, at: int) -> str:
    """The operator's, adverb's or verb's beginning right behind a name, `-` where none is known."""
    scan = walk.scan
    length = scan.predicates.get(at, 0) or scan.adverbs.get(at, 0)
    return scan.norm[at : at + length] if length else "-"


def deadline_row(walk: Walk, time: TimeExpression, directive: Span, force: str, verdict: tuple[bool, str]) -> Row:
    """What the model of deadlines is told of a time in a directive: its wording, what stands around it, the rules."""
    norm, span = walk.scan.norm, time.span
    before = norm[max(directive.start, span.start - AROUND) : span.start]
    after = norm[span.end : min(directive.end, span.end + AROUND + 2)]
    holds, rule = verdict
    traits = (
        f"rules={holds}",
        f"verdict={rule}",
        f"kind={time.kind}",
        f"kind+bare={time.kind}+{time.bare}",
        f"bound={time.bound}",
        f"time_rule={time.rule}",
        f"force={force}",
        f"clock={time.clock is not None}",
        f"anchor={time.anchor is not None}",
        f"genre={walk.structure.kind}",
        f"first={span.start == directive.start}",
        f"last={span.end == directive.end}",
        f"rules+next={holds}+{after[:1]}",
        f"kind+next={time.kind}+{after[:1]}",
        f"kind+before={time.kind}+{before[-1:]}",
        f"past={_lies_back(walk, time)}",
        f"length={min(len(span), 12)}",
    )
    return Row((span.text(norm), before, after), traits)


def _lies_back(walk: Walk, time: TimeExpression) -> bool | None:
    if time.due is None or walk.reference.date is None:
        return None
    return time.due[:10] < walk.reference.date.isoformat()

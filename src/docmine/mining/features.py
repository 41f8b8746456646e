"""What the model of clauses is told: the clause's characters and its neighbours', traits of wording and of place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from docmine.mining.classify import function_of
from docmine.mining.clauses import Clause
from docmine.mining.context import patterns
from docmine.mining.extract.directives import Piece, Unit
from docmine.mining.surveyed import Surveyed
from docmine.mining.walk import Walk
from docmine.rulebook.linear import Row

LENGTHS = (3, 6, 10, 16, 25, 40)  # characters: a longer clause is in the next class of length
PLACES = (0, 1, 2, 4, 8)  # clauses before this one in its sentence, by class
SENTENCES = (5, 12, 20, 35, 60, 100)  # characters: a longer sentence is in the next class of length
OPENING = 12  # characters at the beginning of a unit, and before it, that are looked at apart
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


def clause_rows(walk: Walk, seen: Sequence[Surveyed]) -> list[Row]:
    """A row for each clause of the sentences, in their order."""
    norm = walk.scan.norm
    styles = {section.id: section.style for section in walk.structure.sections}
    places = [(s, p, i) for s in seen for p in s.pieces for i in range(len(p.clauses))]
    texts = [p.clauses[i].span.text(norm) for _, p, i in places]
    labels = "".join(p.labels() for s in seen for p in s.pieces)
    numbers = {id(s): k for k, s in enumerate(seen)}
    rows, sentence, position = [], None, 0
    for k, (s, piece, i) in enumerate(places):
        position = position + 1 if s is sentence else 0
        sentence = s
        same_before = position > 0
        same_after = k + 1 < len(places) and places[k + 1][0] is s
        before = texts[k - 1] if same_before else ""
        after = texts[k + 1] if same_after else ""
        traits = [
            *_place(walk, s, styles),
            *_clause(piece, i),
            f"at={bisect_right(PLACES, position)}",
            f"end={_end_mark(norm, piece.clauses[i], s)}",
            f"rule={labels[k]}",
            f"rules={_near(labels, places, k, s)}",
            f"last={not same_after}",
            f"pos={'first' if not same_before else 'in'}+{labels[k]}",
        ]
        n = numbers[id(s)]
        traits.append(f"sentence_before={_sentence_label(seen, n - 1)}")
        traits.append(f"sentence_after={_sentence_label(seen, n + 1)}")
        rows.append(Row((texts[k], before, after), tuple(traits)))
    return rows


def _near(labels: str, places: Sequence[tuple[Surveyed, Piece, int]], k: int, s: Surveyed) -> str:
    before = labels[k - 1] if k and places[k - 1][0] is s else "-"
    after = labels[k + 1] if k + 1 < len(places) and places[k + 1][0] is s else "-"
    return before + labels[k] + after


def _sentence_label(seen: Sequence[Surveyed], n: int) -> str:
    if not 0 <= n < len(seen):
        return "-"
    return "directive" if any(p.units for p in seen[n].pieces) else "none"


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
        traits.append(
            f"op_at={'core' if first.start == clause.core else 'subject' if first.start == clause.subject_end else 'later'}"
        )
        traits += [f"operator_too={hit.operator.id}" for hit in clause.operators[1:]]
        traits.append(f"op+mood={first.operator.id}+{situation.mood}")
    subject = clause.subject[0].type if clause.subject else "none"
    traits.append(f"subject={subject}")
    traits.append(f"length={bisect_right(LENGTHS, len(clause.span))}")
    traits.append(f"rule_mood={situation.mood}")
    traits.append(f"reason={piece.reasons[i] or 'none'}")
    if situation.narrative:
        traits.append("narrative")
    traits += [f"frame={frame.finding}" for frame in situation.frames]
    traits += [f"veto={veto}" for veto in piece.vetoes]
    if piece.lead_in:
        traits.append("lead_in")
    bare = "bare" if clause.bare else ""
    traits.append(f"shape={subject != 'none'}+{bool(first)}+{bare}+{clause.past}+{clause.fronted}")
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
    """What the model of functions is told of a sentence: its wording, the one before, its place and the rules' guess."""
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

"""Rules propose, models decide: which clauses make directives, with what force, and what other sentences do.

Without an installed model, what the rules propose stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING
from typing import cast as typing_cast

from docmine.mining.extract.candidates import candidates
from docmine.mining.extract.directives import Unit
from docmine.mining.extract.roles import Casting
from docmine.mining.extract.times import is_deadline
from docmine.mining.features import chain_rows, clause_rows, deadline_row, force_row, function_row, role_rows
from docmine.mining.surveyed import Surveyed
from docmine.mining.walk import Walk
from docmine.rulebook.models import model
from docmine.schema.findings import Evidence, Role, TimeExpression
from docmine.schema.spans import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH = 2000  # sentences: most documents are one batch, and of a long one so many are held at a time
LABELS = "OBI"  # the classes of the model of clauses: outside, begins a unit, goes on with one
FORCES_RULE, ROLES_RULE, DEADLINES_RULE = "model.forces", "model.roles", "model.deadlines"
KEPT = 0.3  # how likely a time limits at least that the rules take for a deadline
LIMITS, LIMITS_NOT = "yes", "no"  # the classes of the model of deadlines
NO_ROLE = "none"  # the class of candidates that play no role


def decided(surveyed: Iterable[Surveyed], walk: Walk, *, models: bool) -> Iterator[Surveyed]:
    """The sentences with the labels of their clauses, the forces of their units and their functions decided."""
    surveyed = iter(surveyed)
    while batch := list(islice(surveyed, BATCH if models else 1)):
        if models:
            decide_clauses(walk, batch)
            decide_forces(walk, batch)
            decide_functions(walk, batch)
        yield from batch


def decide_clauses(walk: Walk, batch: Sequence[Surveyed]) -> None:
    """Label the clauses of the sentences by the model, and tell how likely each is inside a directive."""
    clauses = model("clauses")
    if clauses is None:
        return
    rows = clause_rows(walk, batch)
    likely = clauses.probabilities(rows)
    chains = model("chains")
    if chains is not None:
        likely = (likely + chains.probabilities(chain_rows(batch, rows, likely))) / 2
    at = 0
    for seen in batch:
        seen.labels, seen.likely = [], []
        start = at
        for piece in seen.pieces:
            part = likely[at : at + len(piece.clauses)]
            at += len(piece.clauses)
            labels = best_labels(part)
            seen.labels.append(labels)
            seen.likely.append([float(p[LABELS.index(label)]) for p, label in zip(part, labels, strict=True)])
        seen.inside = float(1.0 - likely[start:at, 0].min()) if at > start else None


def best_labels(likely: NDArray[np.float64]) -> str:
    """The likeliest labels of clauses that follow each other, of those in which I follows B or I (Viterbi)."""
    import numpy as np

    if not len(likely):
        return ""
    logs = np.log(np.maximum(likely, 1e-12))
    best, back = logs[0].copy(), []
    best[2] = -np.inf
    for row in logs[1:]:
        into_inside = 1 if best[1] >= best[2] else 2
        before = int(best.argmax())
        back.append((before, before, into_inside))
        best = np.array([best[before] + row[0], best[before] + row[1], best[into_inside] + row[2]])
    label = int(best.argmax())
    labels = [label]
    for sources in reversed(back):
        label = sources[label]
        labels.append(label)
    return "".join(LABELS[label] for label in reversed(labels))


def decide_forces(walk: Walk, batch: Sequence[Surveyed]) -> None:
    """Give the units of the sentences the force that the model finds likeliest."""
    forces = model("forces")
    if forces is None:
        return
    units = [(seen, unit) for seen in batch for unit in seen.units()]
    likely = forces.probabilities([force_row(walk, seen, unit) for seen, unit in units])
    for (_, unit), p in zip(units, likely, strict=True):
        best = int(p.argmax())
        if unit.force != forces.classes[best]:
            unit.evidence = [*unit.evidence, Evidence(FORCES_RULE, unit.force, float(p[best]))]
            unit.force = forces.classes[best]  # type: ignore[assignment]


def decide_roles(walk: Walk, seen: Surveyed, unit: Unit, cast: Sequence[Casting]) -> list[Casting]:
    """Who plays which role in a unit: of all candidates those that the model gives a role, without overlaps."""
    roles = model("roles")
    if roles is None:
        return list(cast)
    known = {casting.party.span: (casting.role, casting.evidence) for casting in cast}
    found = candidates(walk.scan, unit, walk.times, known)
    if not found:
        return []
    likely = roles.probabilities(role_rows(walk, seen, unit, found))
    best = likely.argmax(axis=1)
    chosen: dict[int, Casting] = {}
    for j in sorted(range(len(found)), key=lambda j: -float(likely[j].max())):
        role, span = roles.classes[int(best[j])], found[j].party.span
        if role == NO_ROLE or any(span.overlaps(other.party.span) for other in chosen.values()):
            continue
        p = float(likely[j].max())
        evidence = found[j].evidence if role == found[j].role else None
        chosen[j] = Casting(
            found[j].party, typing_cast("Role", role), evidence or Evidence(ROLES_RULE, found[j].slot), p
        )
    return [chosen[j] for j in sorted(chosen)]


def decide_deadlines(walk: Walk, directive: Span, force: str, *, models: bool) -> list[tuple[TimeExpression, Evidence]]:
    """The times in a directive that limit it, by the rules or, where it is installed, by the model."""
    norm = walk.scan.norm
    found = walk.times.within(directive)
    verdicts = [is_deadline(time, norm, force=force) for time in found]
    deadlines = model("deadlines") if found and models else None
    if deadlines is None:
        held = [(time, rule) for time, (holds, rule) in zip(found, verdicts, strict=True) if holds]
        return [(time, Evidence(rule, time.span.text(norm))) for time, rule in held]
    rows = [deadline_row(walk, t, directive, force, verdict) for t, verdict in zip(found, verdicts, strict=True)]
    likely = deadlines.probabilities(rows)[:, deadlines.classes.index(LIMITS)]
    chosen = []
    for time, (holds, rule), p in zip(found, verdicts, likely, strict=True):
        if p >= (KEPT if holds else 0.5):
            chosen.append((time, Evidence(rule if holds else DEADLINES_RULE, time.span.text(norm), float(p))))
    return chosen


def decide_functions(walk: Walk, batch: Sequence[Surveyed]) -> None:
    """Tell what each sentence does that holds no directive."""
    functions = model("functions")
    if functions is None:
        return
    texts = ["", *(seen.sentence.span.text(walk.scan.norm) for seen in batch)]
    first = int(batch[0].segment.id.removeprefix("seg")) - 1 if batch else 0
    rows = [function_row(walk, seen, first + k, len(walk.sentences), texts[k]) for k, seen in enumerate(batch)]
    for seen, p in zip(batch, functions.probabilities(rows), strict=True):
        best = int(p.argmax())
        seen.function, seen.function_score = functions.classes[best], float(p[best])

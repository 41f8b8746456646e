"""Tables of tickets: each row counts its times from its own day (受理时间, 派单时间), not from the document's."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace

from docmine.rulebook import PatternSet, word_list
from docmine.schema.document import Stretch
from docmine.schema.findings import Reference, TimeExpression
from docmine.schema.spans import Span

RESOURCE = "common/grammar.toml"
GRAMMAR = PatternSet(RESOURCE, "rows")

Finder = Callable[[str, Reference], list[TimeExpression]]


def recount_rows(
    norm: str, times: list[TimeExpression], stretches: list[Stretch], reference: Reference, find: Finder
) -> list[TimeExpression]:
    """The times of a document, those of dated rows found anew with `find` from the row's own moments."""
    rows: dict[tuple[int, int], list[Stretch]] = {}
    for stretch in stretches:
        if stretch.row is not None and stretch.role == "cell":
            rows.setdefault(stretch.row, []).append(stretch)
    starts = [time.span.start for time in times]
    counted, at = [], 0
    for cells in sorted(rows.values(), key=lambda cells: cells[0].span.start):
        moments = _moments(times, starts, cells)
        span = Span(min(c.span.start for c in cells), max(c.span.end for c in cells))
        first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
        if not moments or first < at or last - first <= len(moments):
            continue
        counted += times[at:first]
        counted += [_moved(t, span.start) for t in find(span.text(norm), _from_row(moments, reference))]
        at = last
    return counted + times[at:]


def _moments(times: list[TimeExpression], starts: list[int], cells: list[Stretch]) -> dict[str, str]:
    """Event → ISO value of the steps that the row's columns date: 受理 → 2021-09-20T14:30."""
    found: dict[str, str] = {}
    for cell in cells:
        step = GRAMMAR.step_column.fullmatch(cell.header or "")
        i = bisect_left(starts, cell.span.start)
        if step is None or i == len(times) or times[i].span.end > cell.span.end:
            continue
        due = times[i].due
        if due is not None and GRAMMAR.whole_moment.fullmatch(due):
            found.setdefault(step["event"], due)
    return found


def _from_row(moments: dict[str, str], reference: Reference) -> Reference:
    """What a row's times are counted from: the latest step that it dates. 接单 and the like fall on it if not dated."""
    chief = next(step for step in word_list(RESOURCE, "rows.words", "steps") if step in moments)
    handed = word_list(RESOURCE, "rows.words", "handed")
    known = {step: _moment(moments.get(step, moments[chief])) for step in handed}
    return replace(reference, date=dt.date.fromisoformat(moments[chief][:10]), anchors={**known, **reference.anchors})


def _moment(iso: str) -> dt.date | dt.datetime:
    return dt.datetime.fromisoformat(iso) if "T" in iso else dt.date.fromisoformat(iso)


def _moved(time: TimeExpression, by: int) -> TimeExpression:
    anchor = time.anchor_span
    return replace(
        time,
        span=Span(time.span.start + by, time.span.end + by),
        anchor_span=Span(anchor.start + by, anchor.end + by) if anchor else None,
    )

"""Reading tables of time cases: a sentence with the expressions marked 【】, and what each of them says."""

from __future__ import annotations

import datetime as dt

from docmine.mining.extract.times import find_times, is_deadline
from docmine.rulebook.folding import fold
from docmine.schema.findings import Reference, TimeExpression
from docmine.schema.spans import Span

REFERENCE = Reference(dt.date(2021, 9, 14), dt.date(2021, 9, 13))  # a Tuesday; the meeting was on Monday
MARCH = Reference(dt.date(2023, 3, 8), dt.date(2023, 3, 7))  # a Wednesday; the meeting was on Tuesday
JUNE = Reference(dt.date(2022, 6, 17), dt.date(2022, 6, 16))  # a Friday; the meeting was on Thursday
DECEMBER = Reference(dt.date(2024, 12, 10), dt.date(2024, 12, 9))  # a Tuesday; the meeting was on Monday
NO_DATE = Reference()

Table = dict[str, list[str]]  # sentences by what their one marked expression says


def unmarked(sentence: str) -> tuple[str, list[Span]]:
    """The sentence without its marks, in the form that rules match, and the spans that the marks enclosed."""
    text, spans, opened = "", [], 0
    for char in sentence:
        if char == "【":
            opened = len(text)
        elif char == "】":
            spans.append(Span(opened, len(text)))
        else:
            text += char
    return fold(text), spans


def rows(tables: list[tuple[Reference, Table]]) -> list[tuple[Reference, str, str]]:
    """Reference, value and sentence of every case of the tables."""
    return [(reference, value, s) for reference, table in tables for value, group in table.items() for s in group]


def expected(sentence: str, *values: str) -> list[tuple[str, str]]:
    """What `found` gives when exactly the marked expressions are found, with these values."""
    text, spans = unmarked(sentence)
    return [(span.text(text), value) for span, value in zip(spans, values, strict=True)]


def says(time: TimeExpression) -> str:
    """The value of an expression in one short string."""
    if time.kind == "date":
        return time.due or "?"
    if time.kind == "period":
        return f"{time.begin or '?'}/{time.due or '?'}"
    if time.kind == "recurring":
        return (time.recurrence or "?").replace("FREQ=", "")
    if time.kind == "relative":
        amount = f"{time.offset.value} {time.offset.unit}" if time.offset else "no amount"
        return amount + (f" = {time.due}" if time.due else "") + (f" from {time.anchor}" if time.anchor else "")
    return time.kind


def found(sentence: str, reference: Reference = REFERENCE) -> list[tuple[str, str]]:
    """Span text and value of every expression in an unmarked or marked sentence."""
    text, _ = unmarked(sentence)
    return [(time.span.text(text), says(time)) for time in find_times(text, reference)]


def verdicts(sentence: str, reference: Reference = REFERENCE, force: str = "obligation") -> list[str]:
    """The texts of the expressions that limit the sentence, taken as one directive."""
    text, _ = unmarked(sentence)
    return [time.span.text(text) for time in find_times(text, reference) if is_deadline(time, text, force=force)[0]]

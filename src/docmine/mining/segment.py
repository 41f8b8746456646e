"""Stretches → sentences → pieces → clauses. Every character of a stretch falls into exactly one sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docmine.schema.document import Stretch
from docmine.schema.spans import Span

SENTENCE_END = re.compile(
    r"[。！？；]+[”’）】]*|…{2,}(?=[^，。]{8})|\.(?=\s+[\u4e00-\u9fff])|\n+"
    r"|(?<=[\u4e00-\u9fff）”\d])[ \t\u3000]{2,}(?=[\u4e00-\u9fff“（])"
)
BRACKETS = {"（": "）", "《": "》", "【": "】", "〔": "〕", "“": "”", "「": "」", "〈": "〉"}
OPENING = re.compile(r"[（《【〔“「〈]")
LONG_QUOTE = 24  # characters: a longer quotation is speech and is cut into sentences, a shorter one is a name


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the stretch that it stands in. The span leaves out white space at both ends."""

    span: Span
    stretch: Stretch


def enclosed(norm: str, span: Span) -> list[Span]:
    """The outermost bracketed and quoted parts of a span, marks included; quoted speech is not one."""
    found: list[Span] = []
    at = span.start
    while opening := OPENING.search(norm, at, span.end):
        at = opening.start()
        close = _closing(norm, at, span.end, norm[at], BRACKETS[norm[at]])
        if close > 0 and not (norm[at] in "“「" and _is_speech(norm[at + 1 : close])):
            found.append(Span(at, close + 1))
            at = close
        at += 1
    return found


def _closing(norm: str, at: int, end: int, opening: str, closing: str) -> int:
    depth = 0
    for i in range(at, end):
        if norm[i] == opening:
            depth += 1
        elif norm[i] == closing:
            depth -= 1
            if depth == 0:
                return i
    return -1


def _is_speech(quoted: str) -> bool:
    return len(quoted) > LONG_QUOTE and bool(re.search(r"[。；！？]", quoted.rstrip("。！？")))


def _inside(spans: list[Span], at: int) -> bool:
    return any(s.start < at < s.end for s in spans)


def sentences(norm: str, stretches: list[Stretch]) -> list[Sentence]:
    """All sentences of the stretches, in order."""
    found = []
    for stretch in stretches:
        closed = enclosed(norm, stretch.span)
        start = stretch.span.start
        for match in SENTENCE_END.finditer(norm, stretch.span.start, stretch.span.end):
            if _inside(closed, match.start()):
                continue
            found.extend(_trimmed(norm, Span(start, match.end()), stretch))
            start = match.end()
        found.extend(_trimmed(norm, Span(start, stretch.span.end), stretch))
    return found


def _trimmed(norm: str, span: Span, stretch: Stretch) -> list[Sentence]:
    text = span.text(norm)
    start = span.start + len(text) - len(text.lstrip())
    end = span.end - (len(text) - len(text.rstrip()))
    return [Sentence(Span(start, end), stretch)] if end > start else []


def split_at(norm: str, span: Span, mark: str) -> list[Span]:
    """The span cut behind each `mark` that stands outside brackets and short quotations."""
    closed = enclosed(norm, span)
    parts, start = [], span.start
    at = norm.find(mark, span.start, span.end)
    while at >= 0:
        if not _inside(closed, at):
            parts.append(Span(start, at + 1))
            start = at + 1
        at = norm.find(mark, at + 1, span.end)
    if start < span.end:
        parts.append(Span(start, span.end))
    return [p for p in parts if p.text(norm).strip()]

"""What surrounds a sentence: does it stand where orders are given, things are reported, or a petitioner writes?"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from docmine.mining.segment import Sentence
from docmine.rulebook import compile_pattern, load_toml
from docmine.schema.document import Section, Stretch, Structure
from docmine.schema.spans import Span

Mood = Literal["orders", "demands", "promises", "neutral", "reports", "letter", "task", "silent"]


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The patterns of resources/common/context.toml by name."""
    raw: dict[str, str] = load_toml("common/context.toml")["patterns"]
    return {k: compile_pattern(v, where=f"common/context.toml {k}") for k, v in raw.items()}


class Surroundings:
    """Answers for a document which mood a stretch is in. Feed sentences in reading order."""

    def __init__(self, norm: str, structure: Structure) -> None:
        self._norm = norm
        self._structure = structure
        self._sections = {s.id: s for s in structure.sections}
        self._instructing = False
        self._demands: tuple[int, str | None] | None = None  # where a lead-in to demands ends, and its section
        self._finding: tuple[int, bool] = (-1, False)

    def in_finding(self, sentence: Sentence) -> bool:
        """Whether a frame like 会议指出 still governs: until the stretch ends or another frame takes over."""
        text = sentence.span.text(self._norm)
        frames = patterns()["frame"].finditer(text) if patterns()["frame_verb"].search(text) else ()
        frame = max(frames, key=lambda m: m.start(), default=None)
        at = sentence.stretch.span.start
        if frame is not None:
            self._finding = (
                at,
                bool(patterns()["finding_frame"].search(frame.group())) and "同志" not in frame.group(),
            )
            return False
        return self._finding == (at, True)

    def see(self, span: Span, section: str | None) -> None:
        """Take note of a sentence: `我再强调三点意见` starts the orders of a script or speech."""
        text = span.text(self._norm)
        if text.endswith("：") and patterns()["demand_cue"].search(text):
            self._demands = (span.end, section)
        if patterns()["instruct_cue"].search(text):
            self._instructing = True

    def mood(self, stretch: Stretch) -> Mood:
        """The mood of a stretch by its column or label, its section's titles, and the genre."""
        by_place = self._by_column(stretch)
        if by_place:
            return by_place
        kind = self._structure.kind
        if stretch.part == "letter" or (kind == "letter" and stretch.part != "reply"):
            return "demands" if self._is_demanded(stretch) else "letter"
        titled = self._by_title(stretch.section)
        if stretch.part == "reply" or kind in ("reply", "case_table"):
            return "promises" if kind != "case_table" and self._under_future_title(stretch.section) else "reports"
        if titled:
            return titled
        if kind == "case":
            return "neutral"
        if kind in ("host_script", "speech"):
            return "orders" if self._instructing else "neutral"
        if kind in ("notice", "plan"):
            return "orders" if stretch.section else "neutral"
        return "orders" if self._instructing and stretch.section else "neutral"

    def _is_demanded(self, stretch: Stretch) -> bool:
        """Whether a letter's item stands below `我们请求：`."""
        section = self._sections.get(stretch.section or "")
        if self._demands is None or section is None:
            return False
        at, parent = self._demands
        return section.span.start >= at and section.parent == parent

    def _by_column(self, stretch: Stretch) -> Mood | None:
        place = stretch.column or stretch.label
        if stretch.role in ("head", "particulars", "title"):
            return "silent"
        if stretch.role == "cell" and stretch.column is None:
            return "neutral"
        if place == "task":
            return "task" if stretch.role == "cell" else "orders"
        if place in ("problem",):
            return "letter" if self._structure.kind in ("letter", "reply", "case") else "silent"
        if place in (
            "finding",
            "accountability",
            "status",
            "number",
            "other",
            "due",
            "lead",
            "support",
            "responsible",
            "supervise",
            "report_to",
        ):
            return "silent"
        if place in ("instruction", "orders"):
            return "orders"
        if place == "measure":
            return "reports"
        return None

    def _under_future_title(self, section_id: str | None) -> bool:
        section = self._sections.get(section_id or "")
        while section is not None:
            if patterns()["future_cue"].search(section.title):
                return True
            section = self._sections.get(section.parent or "")
        return False

    def _by_title(self, section_id: str | None) -> Mood | None:
        section: Section | None = self._sections.get(section_id or "")
        while section is not None:
            if section.title:
                if patterns()["reporting_title"].search(section.title):
                    return "reports"
                if patterns()["directing_title"].search(section.title):
                    return "orders"
            section = self._sections.get(section.parent or "")
        return None

"""What is open while an RTF file is interpreted: groups, stories, the style sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from docmine.intake.read.numerals import is_wording, number_gap
from docmine.intake.read.rtf_words import HEADING_NAME
from docmine.intake.read.story import Paragraph, Story
from docmine.schema.document import BlockKind


@dataclass(slots=True)
class State:
    """What a group may set and its end takes back. `role` says what the group's text is for."""

    role: str = "text"
    uc: int = 1
    font: int | None = None
    hidden: bool = False
    deleted: bool = False
    in_table: bool = False
    depth: int = 1
    style: int = 0
    outline: int | None = None
    list_level: int = 0
    starred: bool = False
    story: bool = False
    nested: bool = False


@dataclass(slots=True)
class Writing:
    """A story that is being read and its current paragraph."""

    kind: BlockKind | None
    story: Story = field(default_factory=Story)
    parts: list[str] = field(default_factory=list)
    label: list[str] = field(default_factory=list)
    has_page_number: bool = False


@dataclass(slots=True)
class Style:
    """What is kept of the style sheet."""

    name: str = ""
    outline: int | None = None
    based_on: int | None = None


def take_paragraph(writing: Writing, state: State, styles: Mapping[int, Style]) -> Paragraph:
    """The story's current paragraph with its number; the story is ready for the next one."""
    text = "".join(writing.parts).strip("\n")
    label = "".join(writing.label)
    writing.parts, writing.label = [], []
    marker = label.strip()
    numbered = bool(marker)
    if not is_wording(marker):
        marker = ""
    if marker:
        suffix = "tab" if label.endswith("\t") else "space" if label.endswith(" ") else "nothing"
        text = text.lstrip("\t")
        text = marker + number_gap(marker, suffix, text) + text
    heading = heading_level(state, styles)
    if heading:
        return Paragraph(text, marker, "heading", heading)
    if numbered:
        return Paragraph(text, marker, "list_item", state.list_level + 1)
    return Paragraph(text)


def heading_level(state: State, styles: Mapping[int, Style]) -> int:
    """The heading level of the current paragraph: its own, else its style's; 0 for body text."""
    outline = state.outline
    style: int | None = state.style
    for _ in range(len(styles) + 1):
        if outline is not None or style is None or style not in styles:
            break
        found = styles[style]
        named = HEADING_NAME.match(found.name)
        outline = int(named[1]) - 1 if found.outline is None and named else found.outline
        style = found.based_on
    return outline + 1 if outline is not None and 0 <= outline < 9 else 0

"""Rebuilds paragraphs from printed lines: which line goes on with the one before, over page ends too.

Chinese papers mark a paragraph by an indent of two characters, seldom by space between; a line that stops short of
the right margin ends one. Where the signs disagree, a sentence is not cut: a full line without an end goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from docmine.intake.read.pdf_pieces import Line, print_width
from docmine.intake.read.pdf_tables import paragraph_marker
from docmine.rulebook import load_toml

INDENT = 1.2  # ems from the left margin that begin a paragraph (two are usual)
SLACK = 0.6  # ems by which a full line may miss the right margin
CENTRED = 2.5  # ems to both sides of a centred line
LONG = 0.75  # share of the column that an unended line fills to pass for full where the right margin isn't sure
OTHER_SIZE = 1.15  # ratio of letter sizes that sets a heading apart
OTHER_HEIGHT = 1.6  # the same for line heights, which differ by typeface too
WIDE_GAP = 1.45  # ratio to the usual distance of lines that sets paragraphs apart


@dataclass(frozen=True, slots=True)
class Margins:
    """The text column of like pages, in points; `em` is the usual letter size, `pitch` the usual line distance.

    `indents` tells that paragraphs begin with an indent: many lines stand at the margin, many two ems from it.
    `sure` tells that several lines end at the right margin; else it is taken to be as wide as the left one.
    """

    left: float
    right: float
    em: float
    pitch: float
    indents: bool
    sure: bool


def margins_of(lines: Sequence[Line], page_width: float) -> Margins | None:
    """The margins that the body lines of like pages keep; None without lines."""
    if not lines:
        return None
    em = _middle([line.em for line in lines if line.em] or [line.height for line in lines])
    body = [line for line in lines if line.em <= 1.3 * em] or list(lines)
    lefts = sorted(line.x0 for line in body)
    left = _left_margin(lefts, em)
    rights = sorted(line.x1 for line in body)
    right = rights[min(len(rights) - 1, int(0.97 * len(rights)))]
    sure = sum(1 for x in rights if abs(x - right) <= em) >= max(2, 0.1 * len(rights))
    if not sure:
        right = max(right, page_width - left)
    gaps = [a.y0 - b.y0 for a, b in pairwise(lines) if a.page == b.page and 0 < a.y0 - b.y0 < 4 * em]
    at_margin = sum(1 for x in lefts if abs(x - left) <= 0.5 * em)
    indented = sum(1 for x in lefts if INDENT * em <= x - left <= 3 * em)
    indents = at_margin >= 0.15 * len(body) and indented >= 0.05 * len(body)
    return Margins(left, right, em, _middle(gaps) if gaps else 2 * em, indents, sure)


def _middle(values: list[float]) -> float:
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


def _left_margin(lefts: list[float], em: float) -> float:
    """The leftmost place at which more than a few lines begin."""
    needed = max(1, len(lefts) // 33)
    for index, x in enumerate(lefts):
        if index + needed - 1 < len(lefts) and lefts[index + needed - 1] - x <= 0.5 * em:
            return x
    return lefts[0]


def paragraphs_of(lines: Iterable[tuple[Line, Margins]]) -> list[list[Line]]:
    """Lines in reading order, put together by paragraph."""
    paragraphs: list[list[Line]] = []
    before: Margins | None = None
    for line, margins in lines:
        if paragraphs and before is not None and _continues(paragraphs[-1], before, line, margins):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
        before = margins
    return paragraphs


def _continues(paragraph: list[Line], before: Margins, line: Line, margins: Margins) -> bool:
    """Whether `line` goes on with the paragraph."""
    last = paragraph[-1]
    if _other_size(last, line) or (_is_short(last, before, line) and not _may_be_full(last, before)):
        return False
    if _is_centred(last, before) or _is_centred(line, margins):
        return False
    ended = last.text[-1] in _sentence_ends()
    if _is_set_off(last, line, margins) and (ended or not margins.indents):
        return False
    indent = line.x0 - margins.left >= INDENT * margins.em
    if paragraph_marker().match(line.text) and (ended or indent):
        return False
    if not indent:
        return True
    if ended:
        return _hangs(paragraph, before, line, margins)
    return not margins.indents or _is_inset(last, before, line, margins)


def _other_size(last: Line, line: Line) -> bool:
    if last.em and line.em:
        return max(last.em, line.em) > OTHER_SIZE * min(last.em, line.em)
    return max(last.height, line.height) > OTHER_HEIGHT * min(last.height, line.height)


def _is_short(last: Line, margins: Margins, line: Line) -> bool:
    """Whether the first word of `line` would have found room at the end of the line before."""
    return last.x1 + (print_width(_first_word(line.text)) + SLACK) * last.size < margins.right


def _may_be_full(last: Line, margins: Margins) -> bool:
    """Whether a line that seems short may be full after all: it has no end, and the right margin is a guess."""
    if margins.sure or last.text[-1] in _sentence_ends():
        return False
    return last.x1 - margins.left > LONG * (margins.right - margins.left)


def _first_word(text: str) -> str:
    """What a line break can't part at the start of a line: a run of Latin letters, digits and signs, or one
    character; with it the punctuation that may not begin a line, and a Latin run hanging on that."""
    stuck = load_toml("common/pdf_layout.toml")["no_line_start"]
    end = 1
    while end < len(text) and (text[end] in stuck or (_is_run(text[end]) and (_is_run(text[end - 1]) or end > 1))):
        end += 1
    return text[:end]


def _is_run(char: str) -> bool:
    """Whether a character runs on with its like without a place to break: printing ASCII."""
    return "!" <= char <= "~"


def _is_centred(line: Line, margins: Margins) -> bool:
    left, right = line.x0 - margins.left, margins.right - line.x1
    return left > CENTRED * margins.em and right > CENTRED * margins.em and abs(left - right) <= 1.5 * margins.em


def _is_set_off(last: Line, line: Line, margins: Margins) -> bool:
    """Whether the space between two lines of a page is wider than usual."""
    return last.page == line.page and last.y0 - line.y0 > WIDE_GAP * margins.pitch


def _is_inset(last: Line, before: Margins, line: Line, margins: Margins) -> bool:
    """Whether two lines keep the same inset from the margin and the first can't be a heading."""
    same = abs((last.x0 - before.left) - (line.x0 - margins.left)) <= 0.5 * margins.em
    return same and not paragraph_marker().match(last.text)


def _hangs(paragraph: list[Line], before: Margins, line: Line, margins: Margins) -> bool:
    """Whether `line` stands under the text of a numbered item whose number hangs out to the left."""
    if len(paragraph) < 2 or not paragraph_marker().match(paragraph[0].text):
        return False
    own, last = paragraph[0].x0 - before.left, paragraph[-1].x0 - before.left
    here = line.x0 - margins.left
    return own < last - 0.5 * margins.em and abs(last - here) <= 0.5 * margins.em


@cache
def _sentence_ends() -> frozenset[str]:
    return frozenset(load_toml("common/pdf_layout.toml")["sentence_end"])

"""What to do where noise cut the text in two: join the halves of a sentence, or leave one line end."""

from __future__ import annotations

import re
from functools import cache

from docmine.intake.cleaning.draft import Edit
from docmine.rulebook import compile_pattern, load_toml
from docmine.rulebook.folding import HAN

BLANK = " \t\u3000\u00a0\f\n"
SHORTEST_CUT = 12  # a line of fewer characters before a cut is a heading or a signature rather than half a sentence
_CONTINUES = re.compile(r"[，、。；：！？）”’》】,;!?)]")
_OPEN = re.compile(rf"[，、,“（(《{HAN}0-9A-Za-z％%〕]|(?<![。！？…])[”’》]")


@cache
def own_line() -> re.Pattern[str]:
    """Matches the start of a line that opens a paragraph, an item or a labelled particular of its own."""
    where = "common/cleaning.toml"
    return compile_pattern(load_toml(where)["starts"]["own_line"], where=f"{where} own_line")


def is_open(norm: str, left: int) -> bool:
    """Whether the character before `left` can't end a sentence."""
    return left > 0 and _OPEN.match(norm, left - 1) is not None


def goes_on(norm: str, left: int, right: int, *, shortest: int = SHORTEST_CUT) -> bool:
    """Whether the sentence that stops at `left` goes on at `right`: offsets in folded text, blanks already skipped."""
    if not left or right >= len(norm):
        return False
    line = norm[norm.rfind("\n", 0, left) + 1 : left]
    if "|" in line or "\t" in line:
        return False
    if _CONTINUES.match(norm, right):
        return True
    return is_open(norm, left) and len(line) >= shortest and not own_line().match(norm, right)


def seam(norm: str, start: int, end: int, *, indented: bool = False) -> list[Edit]:
    """The edits that take out noise `[start, end)` and heal the text around it.

    `indented`: paragraphs of this text begin with an indent, so a line without one goes on with the line before.
    """
    left, right = _ends(norm, start, end)
    around = norm[left:start] + norm[end:right]
    if "\n" not in around and "\f" not in around and norm[start:end].strip(BLANK):
        return [Edit(start, end)]  # glued into a line: nothing but the mark goes
    indent = max(norm.rfind("\n", end, right) + 1, norm.rfind("\f", end, right) + 1, end)
    if not (indented and indent < right) and goes_on(norm, left, right):
        return [Edit(left, right)]
    return _one_line_end(norm, left, start, end, indent)


def _ends(norm: str, start: int, end: int) -> tuple[int, int]:
    while start and norm[start - 1] in BLANK:
        start -= 1
    while end < len(norm) and norm[end] in BLANK:
        end += 1
    return (start, end)


def _one_line_end(norm: str, left: int, start: int, end: int, indent: int) -> list[Edit]:
    """Delete from the end of the text before to the indent of the text after, all but one line feed."""
    if not left:
        return [Edit(0, indent)]
    before = norm.find("\n", left, start)
    if before >= 0:
        return [Edit(before + 1, indent)]
    after = norm.find("\n", end, indent)
    if after >= 0:
        return [Edit(left, after), Edit(after + 1, indent)]
    return [Edit(left, indent, "\n" if indent < len(norm) else "")]

"""What to do where noise cut the text in two: join the halves of a sentence, or leave one line end."""

from __future__ import annotations

import re
from functools import cache

from docmine.intake.cleaning.draft import Edit
from docmine.rulebook import compile_pattern, load_toml
from docmine.rulebook.folding import HAN

BLANK = " \t\u3000\u00a0\f\n"
SLACK = 4  # columns that a full line may fall short: punctuation and numbers aren't broken
LONGEST_LINE = 400  # characters of a line that are looked at
SHORTEST_CUT = 12  # a line of fewer characters before a cut is a heading or a signature rather than half a sentence
_CONTINUES = re.compile(r"[，、。；：！？）”’》】,;!?)]")
_INNER = re.compile("[，。；：！？]")
_BRACKET_OPEN = re.compile("（[^（）。]{0,40}$")
_ASIDE = re.compile("（[^（）：]{1,10}）$")
_VALUE = re.compile(r"[0-9A-Za-z“《]")  # after a colon: a number, name or quotation rather than a list
_OPEN = re.compile(rf"[，、,“（(《{HAN}0-9A-Za-z％%〕]|(?<![。！？…])[”’》]")


def columns(line: str) -> int:
    """The width of a line: UTF-8 takes three bytes for a Han character and one for a Latin letter, so half the sum."""
    return (len(line) + len(line.encode("utf-8", "replace"))) // 2


def line_to(norm: str, left: int) -> str:
    """The line up to `left`, of a very long one only the end."""
    return norm[norm.rfind("\n", max(0, left - LONGEST_LINE), left) + 1 or max(0, left - LONGEST_LINE) : left]


@cache
def own_line() -> re.Pattern[str]:
    """Matches the start of a line that opens a paragraph, an item or a labelled particular of its own."""
    return re.compile(f"{_starts('item').pattern}|{_starts('label').pattern}")


@cache
def _starts(kind: str) -> re.Pattern[str]:
    where = "common/cleaning.toml"
    return compile_pattern(load_toml(where)["starts"][kind], where=f"{where} {kind}")


def is_open(norm: str, left: int) -> bool:
    """Whether the character before `left` can't end a sentence."""
    return left > 0 and _OPEN.match(norm, left - 1) is not None


def goes_on(norm: str, left: int, right: int, *, full: bool = False) -> bool:
    """Whether the sentence that stops at `left` goes on at `right`: offsets in folded text, blanks already skipped.

    `full`: the line before fills the page, so it is no heading and a closing bracket at its end says nothing.
    """
    if not left or right >= len(norm):
        return False
    line = line_to(norm, left)
    if "|" in line or "\t" in line:
        return False
    if _CONTINUES.match(norm, right):
        return True
    if len(line) < SHORTEST_CUT or _starts("item").match(norm, right) or not (full or _may_be_cut(line)):
        return False
    last = line[-1]
    if last in "，、" or _BRACKET_OPEN.search(line):  # what follows goes on with it, even a label
        return True
    if last == "：":
        return _VALUE.match(norm, right) is not None
    label = "known_label" if full and _INNER.search(line) else "label"
    closed = full and _ASIDE.search(line) is not None
    return (closed or is_open(norm, left)) and not _starts(label).match(norm, right)


def _may_be_cut(line: str) -> bool:
    """Numbered lines without any punctuation are headings rather than halves of sentences."""
    return _INNER.search(line) is not None or not _starts("item").match(line.lstrip(BLANK))


def seam(norm: str, start: int, end: int, *, indented: bool = False, width: int | None = None) -> list[Edit]:
    """The edits that take out noise `[start, end)` and heal the text around it.

    `indented`: paragraphs of this text begin with an indent, so a line without one goes on with the line before.
    `width`: the columns of the page where the text's lines have such a width; shorter lines aren't cut then.
    """
    left, right = _ends(norm, start, end)
    around = norm[left:start] + norm[end:right]
    if "\n" not in around and "\f" not in around and norm[start:end].strip(BLANK):
        return [Edit(start, end)]  # glued into a line: nothing but the mark goes
    indent = max(norm.rfind("\n", end, right) + 1, norm.rfind("\f", end, right) + 1, end)
    flush = indented and indent == right  # the text behind has no indent: it goes on, however short the line before
    whole = width is not None and not flush and columns(line_to(norm, left)) < width - 2 * SLACK
    if not whole and not (indented and indent < right) and goes_on(norm, left, right, full=width is not None):
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

"""Recognises running heads, feet and page numbers: what stands at a page's edge and comes again on its neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from docmine.intake.read.pdf_pieces import Line
from docmine.rulebook import load_toml

EDGE_LINES = 3  # lines at each end of a page that may be running ones
EDGE = 0.16  # share of the page's height at each end in which they stand (A4: 47 mm; GB/T 9704 text begins at 37 mm)
MARGIN = 0.085  # share of the page's height that is upper margin, where only a head stands (A4: 25 mm)
HEAD_GAP = 1.5  # ems between a head and the text
REACH = 3  # pages to each side on which a line must come again (odd and even pages may differ)
SAME_HEIGHT = 4.0  # points

_DIGITS = re.compile(r"\d+")
_SPACE = re.compile(r"\s+")


def running_lines(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[set[int]]:
    """For each page the indices of its running lines. `pages` hold their lines from the top."""
    edges = [_edge_lines(lines, height) for lines, height in zip(pages, heights, strict=True)]
    found: list[set[int]] = []
    for number, edge in enumerate(edges):
        around = edges[max(0, number - REACH) : number] + edges[number + 1 : number + 1 + REACH]
        needed = 1 if len(around) < 3 else 2
        running = {
            index for index, key, y in edge if sum(1 for other in around if _comes_again(key, y, other)) >= needed
        }
        found.append(running | _page_numbers(pages[number], heights[number], running))
    return found


def has_lone_head(lines: Sequence[Line], height: float) -> bool:
    """Whether the first line of a single page is a running head: in the upper margin, small, far from the text."""
    if len(lines) < 3:
        return False
    first, second = lines[0], lines[1]
    usual = sorted(line.size for line in lines)[len(lines) // 2]
    far = first.y0 - second.y1 > HEAD_GAP * first.size
    return far and first.y0 > (1 - MARGIN) * height and first.size <= 1.1 * usual


def _edge_lines(lines: Sequence[Line], height: float) -> list[tuple[int, str, float]]:
    """Index, wording without its digits, and place of the lines that may be running ones."""
    indices = {*range(min(EDGE_LINES, len(lines))), *range(max(0, len(lines) - EDGE_LINES), len(lines))}
    edge: list[tuple[int, str, float]] = []
    for index in sorted(indices):
        y = (lines[index].y0 + lines[index].y1) / 2
        if y > (1 - EDGE) * height or y < EDGE * height:
            edge.append((index, _DIGITS.sub("#", _SPACE.sub("", lines[index].text)), y))
    return edge


def _comes_again(key: str, y: float, edge: list[tuple[int, str, float]]) -> bool:
    return any(key == other and abs(y - place) <= SAME_HEIGHT for _, other, place in edge)


def _page_numbers(lines: Sequence[Line], height: float, running: set[int]) -> set[int]:
    """The outermost line of each end, running ones aside, if it says nothing but a page number."""
    rest = [index for index in range(len(lines)) if index not in running]
    found: set[int] = set()
    for index in {rest[0], rest[-1]} if rest else set():
        y = (lines[index].y0 + lines[index].y1) / 2
        at_edge = y > (1 - EDGE / 2) * height or y < EDGE * height
        if at_edge and _page_number().fullmatch(_SPACE.sub("", lines[index].text)):
            found.add(index)
    return found


@cache
def _page_number() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in load_toml("common/pdf_layout.toml")["page_number"]))

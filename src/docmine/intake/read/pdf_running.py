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
REACH = 4  # pages to each side on which a line must come again (odd and even pages may differ)
FEW = 6  # pages around below which one repetition is enough, else two
TITLE = 1.2  # ratio to the usual letter size from which a line is a title (forms filled page by page), no running head
SAME_HEIGHT = 4.0  # points

_DIGITS = re.compile(r"\d+")
_SPACE = re.compile(r"\s+")


def running_lines(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[set[int]]:
    """For each page the indices of its running lines. `pages` hold their lines from the top."""
    usual = _usual_size([line for lines in pages for line in lines])
    edges = [_edge_lines(lines, height, usual) for lines, height in zip(pages, heights, strict=True)]
    found: list[set[int]] = []
    for number, edge in enumerate(edges):
        around = edges[max(0, number - REACH) : number] + edges[number + 1 : number + 1 + REACH]
        needed = 1 if len(around) < FEW else 2
        again = {index for index, key, y in edge if sum(1 for other in around if _comes_again(key, y, other)) >= needed}
        found.append(_outermost(pages[number], heights[number], again))
    return found


def _outermost(lines: Sequence[Line], height: float, again: set[int]) -> set[int]:
    """The lines from each end of the page inwards that come again on other pages; among them one page number."""
    found: set[int] = set()
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        numbered = False
        for index in order:
            if index not in again:
                if numbered or not _is_page_number(lines[index], height):
                    break
                numbered = True
            found.add(index)
    return found


def has_lone_head(lines: Sequence[Line], height: float) -> bool:
    """Whether the first line of a single page is a running head: in the upper margin, small, far from the text."""
    if len(lines) < 3:
        return False
    first, second = lines[0], lines[1]
    far = first.y0 - second.y1 > HEAD_GAP * first.size
    return far and first.y0 > (1 - MARGIN) * height and first.size <= 1.1 * _usual_size(lines)


def _usual_size(lines: Sequence[Line]) -> float:
    sizes = sorted(line.size for line in lines)
    return sizes[len(sizes) // 2] if sizes else 0.0


def _edge_lines(lines: Sequence[Line], height: float, usual: float) -> list[tuple[int, str, float]]:
    """Index, wording without its digits, and place of the lines that may be running ones."""
    indices = {*range(min(EDGE_LINES, len(lines))), *range(max(0, len(lines) - EDGE_LINES), len(lines))}
    edge: list[tuple[int, str, float]] = []
    for index in sorted(indices):
        y = (lines[index].y0 + lines[index].y1) / 2
        at_edge = y > (1 - EDGE) * height or y < EDGE * height
        if at_edge and lines[index].size < TITLE * usual:
            edge.append((index, _DIGITS.sub("#", _SPACE.sub("", lines[index].text)), y))
    return edge


def _comes_again(key: str, y: float, edge: list[tuple[int, str, float]]) -> bool:
    return any(key == other and abs(y - place) <= SAME_HEIGHT for _, other, place in edge)


def _is_page_number(line: Line, height: float) -> bool:
    """Whether a line at the edge of its page says nothing but a page number."""
    y = (line.y0 + line.y1) / 2
    at_edge = y > (1 - EDGE / 2) * height or y < EDGE * height
    return at_edge and bool(_page_number().fullmatch(_SPACE.sub("", line.text)))


@cache
def _page_number() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in load_toml("common/pdf_layout.toml")["page_number"]))

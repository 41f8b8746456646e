"""Cleaned spans → places in the source: code points of the text as read, page and printed boxes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Any

from docmine.schema.document import CharBoxes
from docmine.schema.spans import OffsetMap, Span

Line = tuple[int, int, int, float, float, float, float]
_SAME_LINE = 0.5  # two runs stand on one printed line when they share this part of the lower one's height


class Places:
    """Maps spans of one document back to its source."""

    def __init__(self, offsets: OffsetMap, boxes: CharBoxes | None) -> None:
        self._offsets = offsets
        self._boxes = boxes
        self._lines = [_rounded(line) for line in boxes.lines] if boxes else []
        self._starts = [line[0] for line in self._lines]

    def of(self, span: Span) -> dict[str, Any]:
        """The place of a span of the cleaned text."""
        return self.of_source(self._offsets.to_source(span))

    def of_source(self, span: Span) -> dict[str, Any]:
        """The place of a span that already counts in the text as read."""
        place: dict[str, Any] = {"start": span.start, "end": span.end}
        if self._boxes is not None and self._boxes.page_starts:
            place["page"] = max(bisect_right(self._boxes.page_starts, span.start), 1)
            place["boxes"] = _merged(self._touched(span))
        return place

    def _touched(self, span: Span) -> list[Line]:
        """The printed runs that hold a character of the span."""
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        last = bisect_left(self._starts, span.end)
        return [line for line in self._lines[first:last] if line[1] > span.start]


def _rounded(line: Line) -> Line:
    """A run with its coordinates to 0.01 point, which is finer than any screen shows."""
    start, end, page, x0, y0, x1, y1 = line
    return start, end, page, round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2)


def _merged(lines: list[Line]) -> list[list[float]]:
    """Boxes `[page, x0, y0, x1, y1]`, neighbours on one printed line made one."""
    boxes: list[list[float]] = []
    for _, _, page, x0, y0, x1, y1 in lines:
        last = boxes[-1] if boxes else None
        if last is not None and last[0] == page and _share_line(last, y0, y1):
            last[1:] = [min(last[1], x0), min(last[2], y0), max(last[3], x1), max(last[4], y1)]
        else:
            boxes.append([page, x0, y0, x1, y1])
    return boxes


def _share_line(box: list[float], y0: float, y1: float) -> bool:
    shared = min(box[4], y1) - max(box[2], y0)
    return shared > _SAME_LINE * min(box[4] - box[2], y1 - y0)

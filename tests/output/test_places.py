from __future__ import annotations

import pytest

from docmine.output.places import Places
from docmine.schema.document import CharBoxes
from docmine.schema.spans import OffsetMap, Span

# Two pages: ten characters on two lines of page 1 (the first in two runs), four on page 2.
BOXES = CharBoxes(
    page_starts=[0, 11],
    lines=[
        (0, 3, 1, 50.0, 700.0, 90.0, 714.0),
        (3, 6, 1, 92.0, 699.0, 140.123456, 713.0),
        (6, 10, 1, 50.0, 680.0, 110.0, 694.0),
        (11, 15, 2, 50.0, 700.0, 110.0, 714.0),
    ],
)


@pytest.mark.parametrize(
    ("span", "page", "boxes"),
    [
        (Span(0, 2), 1, [[1, 50.0, 700.0, 90.0, 714.0]]),
        (Span(2, 5), 1, [[1, 50.0, 699.0, 140.12, 714.0]]),
        (Span(4, 8), 1, [[1, 92.0, 699.0, 140.12, 713.0], [1, 50.0, 680.0, 110.0, 694.0]]),
        (Span(8, 13), 1, [[1, 50.0, 680.0, 110.0, 694.0], [2, 50.0, 700.0, 110.0, 714.0]]),
        (Span(11, 12), 2, [[2, 50.0, 700.0, 110.0, 714.0]]),
        (Span(10, 11), 1, []),
        (Span(6, 6), 1, []),
    ],
)
def test_a_span_has_the_boxes_of_the_lines_it_touches(span: Span, page: int, boxes: list[list[float]]) -> None:
    place = Places(OffsetMap.identity(15), BOXES).of(span)
    assert place == {"start": span.start, "end": span.end, "page": page, "boxes": boxes}


def test_without_pages_a_place_is_a_span_alone() -> None:
    assert Places(OffsetMap.identity(9), None).of(Span(2, 5)) == {"start": 2, "end": 5}


def test_a_cleaned_span_is_mapped_back_before_its_boxes_are_looked_up() -> None:
    cleaned = OffsetMap([0, 1, 8, 9, 11, 12], 15)  # a page mark between was taken out
    place = Places(cleaned, BOXES).of(Span(2, 5))
    assert (place["start"], place["end"], place["page"]) == (8, 12, 1)
    assert [box[0] for box in place["boxes"]] == [1, 2]

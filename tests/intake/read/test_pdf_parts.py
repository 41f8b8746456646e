"""The PDF reader's small questions: joining lines, grids from lines, margins, running lines, gaps."""

from __future__ import annotations

import pytest

from docmine.intake.read.pdf_grid import find_grids
from docmine.intake.read.pdf_lines import joined, lines_of
from docmine.intake.read.pdf_paragraphs import margins_of, paragraphs_of
from docmine.intake.read.pdf_pieces import Line, Piece, Rulings, straight_characters
from docmine.intake.read.pdf_running import running_lines


def line(text: str, x0: float = 80, y0: float = 700, *, size: float = 16, page: int = 1) -> Line:
    width = sum(size / 2 if c.isascii() else size for c in text)
    return Line(text, x0, y0, x0 + width, y0 + size, size, page)


JOINS = [
    (("完成整改", "并报送"), "完成整改并报送"),
    (("联系电话：0641-", "6848164"), "联系电话：0641-6848164"),
    (("编号D3HE2024", "692659"), "编号D3HE2024692659"),
    (("Open", "Harmony社区"), "Open Harmony社区"),
    (("an imple-", "mentation"), "an implementation"),
    (("Sino-", "Foreign"), "Sino-Foreign"),
    (("第2024-", "a批"), "第2024-a批"),
]


@pytest.mark.parametrize(("parts", "whole"), JOINS)
def test_lines_join(parts: tuple[str, ...], whole: str) -> None:
    text, places = joined([line(part) for part in parts])
    assert text == whole
    assert all(text[start:end] == own.text.rstrip("-") or text[start:end] == own.text for start, end, own in places)


def piece(text: str, x0: float, y0: float = 700.0, *, width: float = 16.0) -> Piece:
    return Piece(text, x0, y0, x0 + width * len(text), y0 + 16.0, width if text > "一" else 0.0)


PIECES = [
    ("side by side", [piece("会", 80), piece("议", 96)], ["会议"]),
    ("out of order", [piece("议", 96), piece("会", 80)], ["会议"]),
    ("columns", [piece("主持", 80), piece("记录", 200)], ["主持\u3000记录"]),
    ("a little lower", [piece("会", 80), piece("2", 96, 703.0, width=6)], ["会2"]),
    ("two lines", [piece("会", 80), piece("议", 80, 675.0)], ["会", "议"]),
    ("printed twice for bold", [piece("会", 80), piece("会", 80.6), piece("议", 96)], ["会议"]),
    ("doubled in earnest", [piece("天", 80), piece("天", 96)], ["天天"]),
    ("Latin words", [piece("Open", 80, width=8), piece("Web", 116, width=8)], ["Open Web"]),
]


@pytest.mark.parametrize(("pieces", "texts"), [p[1:] for p in PIECES], ids=[p[0] for p in PIECES])
def test_pieces_make_lines(pieces: list[Piece], texts: list[str]) -> None:
    assert [made.text for made in lines_of(pieces, 1)] == texts


def grid_lines(xs: list[float], ys: list[float]) -> Rulings:
    return Rulings([(y, xs[0], xs[-1]) for y in ys], [(x, ys[-1], ys[0]) for x in xs])


def test_grid_of_whole_lines() -> None:
    (grid,) = find_grids(grid_lines([100, 200, 300], [700, 650, 600]))
    assert [(c.row, c.col) for c in grid.cells] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert (grid.cells[0].x0, grid.cells[0].y1) == (100, 700)


def test_broken_and_doubled_lines_are_one() -> None:
    rulings = grid_lines([100, 200, 300], [700, 650, 600])
    rulings.horizontal = [
        (y + d, a, b) for y, _, _ in rulings.horizontal for d in (0, 1.5) for a, b in ((100, 201), (202, 300))
    ]
    (grid,) = find_grids(rulings)
    assert len(grid.cells) == 4


def test_two_tables_on_a_page_from_the_top() -> None:
    low, high = grid_lines([100, 200, 300], [300, 250]), grid_lines([100, 180, 300], [700, 650])
    grids = find_grids(Rulings(low.horizontal + high.horizontal, low.vertical + high.vertical))
    assert [g.ys[0] for g in grids] == [700, 300]


NO_GRIDS = [
    ("nothing", Rulings()),
    ("a frame", grid_lines([100, 300], [700, 600])),
    ("level lines", Rulings([(y, 100.0, 300.0) for y in (700, 650, 600)], [])),
    ("lines that don't touch", Rulings([(700, 100, 300), (650, 100, 300)], [(400, 600, 750), (450, 600, 750)])),
]


@pytest.mark.parametrize("rulings", [r for _, r in NO_GRIDS], ids=[n for n, _ in NO_GRIDS])
def test_no_grid(rulings: Rulings) -> None:
    assert find_grids(rulings) == []


def test_missing_lines_without_a_rectangle_fall_apart_by_row() -> None:
    xs, ys = [100.0, 200.0, 300.0, 400.0], [700.0, 650.0, 600.0]
    rulings = grid_lines(xs, ys)
    rulings.vertical = [(100, 600, 700), (200, 600, 650), (300, 600, 700), (400, 600, 700)]
    rulings.horizontal = [(700, 100, 400), (650, 200, 400), (600, 100, 400)]
    (grid,) = find_grids(rulings)
    places = sorted((c.row, c.col, c.colspan) for c in grid.cells)
    assert places == [(0, 0, 2), (0, 2, 1), (1, 0, 1), (1, 1, 1), (1, 2, 1)]


FULL = "要切实提高政治站位压实工作责任对反映强烈的问题逐"  # 24 characters: 384 points


def put_together(*lines: Line) -> list[str]:
    filler = [line(FULL, 80, 300 - 28 * i) for i in range(4)] + [line(FULL[:22] + "，", 112, 180)]
    margins = margins_of([*lines, *filler], 544.0)
    assert margins is not None
    return [joined(p)[0] for p in paragraphs_of((own, margins) for own in lines)]


CASES = [
    ("a line at the margin goes on", [line(FULL[:22], 112), line("一处理。", y0=672)], 1),
    ("an indent begins", [line(FULL[:21] + "。", 112), line("各单位要抓紧。", 112, 672)], 2),
    ("an indent begins after a full heading too", [line("一、" + FULL[:20], 112), line("各单位要抓紧。", 112, 672)], 2),
    ("a number at the margin goes on with a sentence", [line(FULL[:22], 112), line("（一）项的规定。", y0=672)], 1),
    ("a number at the margin begins after an end", [line(FULL[:21] + "。", 112), line("（二）项。", y0=672)], 2),
    ("a short line ends", [line("各单位：", 80), line("请办理。", 80, 672)], 2),
    ("another size", [line(FULL[:22], 112), line("办理。", 80, 672, size=22)], 2),
    ("a centred line", [line(FULL[:22], 112), line("附件一览表", 232, 672)], 2),
    ("over a page end", [line(FULL[:22], 112, 120), line("一处理。", 80, 740, page=2)], 1),
    ("a wide space after an end", [line(FULL[:23] + "。", 80), line("请办理。", 80, 600)], 2),
]


@pytest.mark.parametrize(("lines", "count"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_lines_make_paragraphs(lines: list[Line], count: int) -> None:
    assert len(put_together(*lines)) == count


def pages_with(head: list[str], *, y: float = 800.0) -> list[list[Line]]:
    return [
        [line(text, 80, y, page=n), line(f"正文{'甲乙丙丁戊'[n]}。", 80, 500, page=n)] for n, text in enumerate(head)
    ]


RUNNING = [
    ("same on each page", ["内部资料"] * 4, [True] * 4),
    ("numbers differ", ["第1页", "第2页", "第3页"], [True] * 3),
    ("odd and even", ["甲县政府", "乙文件", "甲县政府", "乙文件", "甲县政府"], [True, False, True, False, True]),
    ("first page differs", ["关于某事的通知", "内部资料", "内部资料", "内部资料"], [False, True, True, True]),
    ("all differ", ["甲的事", "乙的事", "丙的事"], [False] * 3),
]


@pytest.mark.parametrize(("heads", "found"), [r[1:] for r in RUNNING], ids=[r[0] for r in RUNNING])
def test_running_lines(heads: list[str], found: list[bool]) -> None:
    pages = pages_with(heads)
    got = [0 in indices for indices in running_lines(pages, [842.0] * len(pages))]
    assert [a for a, b in zip(got, found, strict=True) if b] == [True] * sum(found)
    if not any(found):
        assert not any(got)


def test_repeated_line_in_the_middle_of_pages_is_text() -> None:
    pages = pages_with(["同意。"] * 4, y=600.0)
    assert running_lines(pages, [842.0] * 4) == [set()] * 4


def test_radicals_and_marked_hyphens_are_put_right() -> None:
    assert "⻓⼯⻔\ufffe".translate(straight_characters()) == "长工门-"

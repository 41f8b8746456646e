"""PDF tables: ruled grids, merged cells, tables and rows cut by a page end; what is no table."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from docmine.intake.read.pdf import read_pdf
from docmine.schema.document import Reading, Table
from pdf_building import LEFT, drawn, put, ruled

XS = (80.0, 120.0, 320.0, 420.0, 520.0)
HEAD = [["序号"], ["反映问题"], ["责任单位"], ["办理时限"]]


def borders(top: float, *heights: float) -> list[float]:
    ys = [top]
    for height in heights:
        ys.append(ys[-1] - height)
    return ys


def texts(reading: Reading, table: Table) -> dict[tuple[int, int], str]:
    return {(c.row, c.col): c.span.text(reading.text) for c in table.cells}


@pytest.mark.parametrize("filled", [False, True], ids=["strokes", "thin shapes"])
def test_table_stands_at_its_place_row_by_row(filled: bool) -> None:
    def draw(c: Canvas) -> None:
        put(c, LEFT + 32, 740, "附件：信访件交办台账")
        rows = [HEAD, [["1"], ["某厂夜间排放废气，", "群众反映强烈"], ["市生态环", "境局"], ["2024年5月", "4日"]]]
        ruled(c, XS, borders(720, 20, 50), rows, filled=filled)
        put(c, LEFT + 32, 620, "请按时限办理。")

    reading = read_pdf(drawn(draw))
    assert reading.text == (
        "附件：信访件交办台账\n序号\t反映问题\t责任单位\t办理时限\n"
        "1\t某厂夜间排放废气，群众反映强烈\t市生态环境局\t2024年5月4日\n请按时限办理。\n"
    )
    (table,) = reading.tables
    assert texts(reading, table)[1, 2] == "市生态环境局"
    assert len(table.cells) == 8


def test_numbered_items_in_a_cell_stay_apart() -> None:
    def draw(c: Canvas) -> None:
        rows = [HEAD, [["1"], ["1.立即停产，完善审批手", "续。", "2.罚款10万元。"], ["某局"], ["年底前"]]]
        ruled(c, XS, borders(720, 20, 60), rows)

    reading = read_pdf(drawn(draw))
    assert texts(reading, reading.tables[0])[1, 1] == "1.立即停产，完善审批手续。\n2.罚款10万元。"
    assert reading.boxes is not None
    shown = [reading.text[start:end] for start, end, *_ in reading.boxes.lines]
    assert "2.罚款10万元。" in shown


def test_merged_cells() -> None:
    def draw(c: Canvas) -> None:
        rows = [
            HEAD,
            [["1"], ["甲问题"], ["市水利局"], ["5月底"]],
            [["2"], ["乙问题"], [], ["6月底"]],
            [["合计2件"], [], [], ["—"]],
        ]
        skip = [("level", 2, 2), ("upright", 1, 3), ("upright", 2, 3)]
        ruled(c, XS, borders(720, 20, 20, 20, 20), rows, skip=skip)

    reading = read_pdf(drawn(draw))
    spans = {c.span.text(reading.text): (c.row, c.col, c.rowspan, c.colspan) for c in reading.tables[0].cells}
    assert spans["市水利局"] == (1, 2, 2, 1)
    assert spans["合计2件"] == (3, 0, 1, 3)
    assert "2\t乙问题\t\t6月底\n" in reading.text


def test_open_sides() -> None:
    def draw(c: Canvas) -> None:
        rows = [HEAD, [["1"], ["甲问题"], ["市水利局"], ["5月底"]]]
        skip = [("upright", i, row) for i in (0, 4) for row in (0, 1)]
        ruled(c, XS, borders(720, 20, 20), rows, skip=skip)

    assert read_pdf(drawn(draw)).text == "序号\t反映问题\t责任单位\t办理时限\n1\t甲问题\t市水利局\t5月底\n"


# --- over a page end -----------------------------------------------------------------------------------------------


def two_pages(first: list[list[list[str]]], second: list[list[list[str]]], *, between: str = "") -> Reading:
    def draw(c: Canvas) -> None:
        put(c, LEFT, 805, "内部资料", size=9)
        put(c, LEFT + 32, 740, "信访件交办台账如下：")
        ruled(c, XS, borders(180, 20, *[40] * (len(first) - 1)), first)
        put(c, 280, 40, "— 1 —", size=9)
        c.showPage()
        put(c, LEFT, 805, "内部资料", size=9)
        if between:
            put(c, LEFT + 32, 765, between)
        ruled(c, XS, borders(750, *[40] * len(second)), second)
        put(c, LEFT + 32, 300, "以上请认真办理。")
        put(c, 280, 40, "— 2 —", size=9)

    return read_pdf(drawn(draw))


ONE = [["1"], ["某厂夜间排放废气"], ["市生态环境局"], ["5月4日"]]
CUT = [["2"], ["某小区供热不足，物业公"], ["市住房城乡建"], ["6月1日"]]
REST = [[], ["司推诿扯皮。"], ["设局"], []]
THREE = [["3"], ["某村道路损坏"], ["市交通运输局"], ["7月1日"]]
WHOLE = "2\t某小区供热不足，物业公司推诿扯皮。\t市住房城乡建设局\t6月1日\n"
EXPECTED = (
    "信访件交办台账如下：\n序号\t反映问题\t责任单位\t办理时限\n1\t某厂夜间排放废气\t市生态环境局\t5月4日\n"
    + WHOLE + "3\t某村道路损坏\t市交通运输局\t7月1日\n以上请认真办理。\n"
)  # fmt: skip


@pytest.mark.parametrize("second", [[HEAD, REST, THREE], [REST, THREE]], ids=["heading repeated", "not repeated"])
def test_row_cut_by_the_page_end_is_one_row(second: list[list[list[str]]]) -> None:
    reading = two_pages([HEAD, ONE, CUT], second)
    assert reading.text == EXPECTED
    (table,) = reading.tables
    assert max(c.row for c in table.cells) == 3
    assert table.header_rows == (1 if second[0] == HEAD else 0)
    assert reading.boxes is not None
    pages = {reading.text[s:e]: page for s, e, page, *_ in reading.boxes.lines}
    assert pages["某小区供热不足，物业公"] == 1
    assert pages["司推诿扯皮。"] == 2


def test_whole_rows_stay_rows() -> None:
    reading = two_pages([HEAD, ONE], [HEAD, THREE])
    assert len(reading.tables) == 1
    assert reading.text.count("\n") == 5
    assert "3\t某村道路损坏" in reading.text


def test_row_without_a_number_but_complete_is_its_own() -> None:
    ended = [["2"], ["某小区供热不足。"], ["甲局。"], ["6月1日。"]]
    complete = [[], ["同上路段照明不足。"], ["乙局。"], ["8月1日。"]]
    assert "\n\t同上路段照明不足。\t乙局。\t8月1日。\n" in two_pages([HEAD, ONE, ended], [complete, THREE]).text


def test_table_after_a_line_of_text_is_another() -> None:
    assert len(two_pages([HEAD, ONE], [HEAD, THREE], between="二、另表如下：").tables) == 2


# --- no tables -----------------------------------------------------------------------------------------------------


def test_frame_around_text_is_no_table() -> None:
    def draw(c: Canvas) -> None:
        c.rect(70, 600, 460, 150)
        put(c, LEFT, 720, "提示：请于月底前报送。")

    reading = read_pdf(drawn(draw))
    assert reading.tables == ()
    assert reading.text == "提示：请于月底前报送。\n"


def test_rules_under_text_are_no_table() -> None:
    def draw(c: Canvas) -> None:
        for y in (735, 705, 675):
            put(c, LEFT, y, "签收人：")
            c.line(LEFT, y - 3, 500, y - 3)

    assert read_pdf(drawn(draw)).tables == ()


def test_single_glyphs_of_a_font_that_isn_t_here_are_restored() -> None:
    def draw(c: Canvas) -> None:
        rows = [[["序"], ["单位"]], [["一"], ["市", "局"]]]
        ruled(c, (80.0, 120.0, 320.0), borders(720, 20, 40), rows)

    reading = read_pdf(drawn(draw))
    assert reading.text == "序\t单位\n一\t市局\n"
    assert reading.warnings == ()

"""Tables of docx."""

from __future__ import annotations

import pytest

from docmine.intake.read.docx import read_docx
from docmine.schema.document import Reading
from office_building import cell, cells, check_shape, docx, para, row, run, table

RESTART, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def read(body: str) -> Reading:
    reading = read_docx(docx(body))
    check_shape(reading)
    return reading


def test_a_row_is_a_line() -> None:
    reading = read(para("前") + table(row(cell("甲"), cell("乙")), row(cell("丙"), cell(""))) + para("后"))
    assert reading.text == "前\n甲\t乙\n丙\t\n后\n"
    assert cells(reading) == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 0, 1, 1, "丙"), (1, 1, 1, 1, "")]


def test_a_vertical_merge_stands_once() -> None:
    reading = read(
        table(
            row(cell("1"), cell("市水利局", RESTART), cell("甲")),
            row(cell("2"), cell("", GOES_ON), cell("乙")),
            row(cell("3"), cell("", GOES_ON), cell("丙")),
            row(cell("4"), cell("市信访局", RESTART), cell("丁")),
        )
    )
    assert reading.text == "1\t市水利局\t甲\n2\t\t乙\n3\t\t丙\n4\t市信访局\t丁\n"
    assert (0, 1, 3, 1, "市水利局") in cells(reading)
    assert (3, 1, 1, 1, "市信访局") in cells(reading)
    assert (1, 2, 1, 1, "乙") in cells(reading)


def test_a_horizontal_merge_spans_columns() -> None:
    reading = read(
        table(row(cell("全", '<w:gridSpan w:val="2"/>'), cell("右")), row(cell("甲"), cell("乙"), cell("丙")))
    )
    assert reading.text == "全\t右\n甲\t乙\t丙\n"
    assert cells(reading)[:2] == [(0, 0, 1, 2, "全"), (0, 2, 1, 1, "右")]


def test_an_old_style_horizontal_merge() -> None:
    first, next_one = '<w:hMerge w:val="restart"/>', '<w:hMerge w:val="continue"/>'
    reading = read(table(row(cell("全", first), cell("", next_one), cell("右"))))
    assert cells(reading) == [(0, 0, 1, 2, "全"), (0, 2, 1, 1, "右")]


def test_a_merge_in_both_directions() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    reading = read(table(row(cell("块", wide + RESTART), cell("甲")), row(cell("", wide + GOES_ON), cell("乙"))))
    assert cells(reading) == [(0, 0, 2, 2, "块"), (0, 2, 1, 1, "甲"), (1, 2, 1, 1, "乙")]


def test_a_merge_that_goes_on_from_nothing_is_a_cell() -> None:
    assert cells(read(table(row(cell("甲", GOES_ON), cell("乙"))))) == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙")]


def test_a_row_may_begin_further_right() -> None:
    reading = read(table(row(cell("甲"), cell("乙")), row(cell("丙"), properties='<w:gridBefore w:val="1"/>')))
    assert cells(reading)[-1] == (1, 1, 1, 1, "丙")


def test_paragraphs_of_a_cell_stay_inside_it() -> None:
    reading = read(table(row(cell(para("甲") + para() + para("乙")), cell("丙"))))
    assert reading.text == "甲\n乙\t丙\n"
    assert cells(reading) == [(0, 0, 1, 1, "甲\n乙"), (0, 1, 1, 1, "丙")]
    assert [block.span.text(reading.text) for block in reading.blocks] == ["甲", "乙", "丙"]


def test_a_tab_in_a_cell_doesnt_look_like_two_cells() -> None:
    assert read(table(row(cell(para(run("甲") + "<w:r><w:tab/></w:r>" + run("乙"))), cell("丙")))).text == "甲 乙\t丙\n"


def test_a_nested_table_stands_in_its_cell_and_by_itself() -> None:
    inner = table(row(cell("a"), cell("b")), row(cell("c"), cell("d")))
    reading = read(table(row(cell(para("前") + inner + para()), cell("右"))))
    assert reading.text == "前\na\tb\nc\td\t右\n"
    assert cells(reading, 0) == [(0, 0, 1, 1, "前\na\tb\nc\td"), (0, 1, 1, 1, "右")]
    assert cells(reading, 1) == [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b"), (1, 0, 1, 1, "c"), (1, 1, 1, 1, "d")]


@pytest.mark.parametrize(("flags", "expected"), [
    (("<w:tblHeader/>", ""), 1),
    (("<w:tblHeader/>", "<w:tblHeader/>"), 2),
    (('<w:tblHeader w:val="0"/>', ""), 0),
    (("", "<w:tblHeader/>"), 0),
])  # fmt: skip
def test_header_rows_are_leading_ones(flags: tuple[str, str], expected: int) -> None:
    rows = [row(cell("序号"), properties=flag) for flag in flags]
    assert read(table(*rows, row(cell("1")))).tables[0].header_rows == expected


def test_rows_and_cells_inside_containers() -> None:
    wrapped_cell = f"<w:sdt><w:sdtContent>{cell('乙')}</w:sdtContent></w:sdt>"
    wrapped_row = f"<w:sdt><w:sdtContent>{row(cell('丙'), cell('丁'))}</w:sdtContent></w:sdt>"
    assert read(table(row(cell("甲"), wrapped_cell), wrapped_row)).text == "甲\t乙\n丙\t丁\n"


def test_a_deleted_row_is_out() -> None:
    assert read(table(row(cell("甲")), row(cell("废"), properties="<w:del/>"), row(cell("乙")))).text == "甲\n乙\n"


def test_tables_in_a_row_stay_apart() -> None:
    assert len(read(table(row(cell("甲"))) + table(row(cell("乙")))).tables) == 2


def test_a_document_of_another_library() -> None:
    import io

    import docx as python_docx

    document = python_docx.Document()
    document.add_heading("工作要求", level=2)
    grid = document.add_table(rows=2, cols=3)
    for index, text in enumerate(["序号", "任务", "时限", "1", "清淤", "6月底前"]):
        grid.cell(index // 3, index % 3).text = text
    grid.cell(0, 0).merge(grid.cell(1, 0))
    stream = io.BytesIO()
    document.save(stream)
    reading = read_docx(stream.getvalue())
    assert reading.blocks[0].kind == "heading" and reading.blocks[0].level == 2
    assert (0, 0, 2, 1, "序号\n1") in cells(reading)

"""Automatic numbers of docx."""

from __future__ import annotations

import pytest

from docmine.intake.read.docx import read_docx
from docmine.intake.read.numerals import format_number, number_gap
from office_building import blocks, check_shape, docx, level, numbering, para, row, run, table
from office_building import cell as tc

THREE = (
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
)

FORMATS = [
    ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一〇〇"}),
    ("chineseCountingThousand", {10: "十", 21: "二十一", 100: "一百", 101: "一百零一", 110: "一百一十", 1001: "一千零一", 10010: "一万零一十"}),
    ("chineseLegalSimplified", {2: "贰", 10: "壹拾", 105: "壹佰零伍"}),
    ("japaneseCounting", {1: "一", 10: "十", 101: "百一"}),
    ("taiwaneseCountingThousand", {3: "三", 12: "十二"}),
    ("ideographTraditional", {1: "甲", 10: "癸", 11: "甲"}),
    ("ideographZodiac", {1: "子", 12: "亥"}),
    ("ideographDigital", {1: "一", 10: "一〇"}),
    ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 51: "51"}),
    ("decimalEnclosedCircleChinese", {3: "③"}),
    ("decimalEnclosedParen", {2: "⑵"}),
    ("decimalFullWidth", {12: "１２"}),
    ("decimalZero", {3: "03", 12: "12"}),
    ("upperLetter", {1: "A", 26: "Z", 27: "AA", 28: "BB"}),
    ("lowerLetter", {2: "b"}),
    ("upperRoman", {4: "IV", 9: "IX", 14: "XIV"}),
    ("lowerRoman", {8: "viii"}),
    ("ordinal", {1: "1st", 12: "12th"}),
    ("numberInDash", {2: "- 2 -"}),
    ("bullet", {1: ""}),
    ("none", {1: ""}),
    ("an unknown format", {7: "7"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "values"), FORMATS, ids=[name for name, _ in FORMATS])
def test_number_formats(name: str, values: dict[int, str]) -> None:
    assert {value: format_number(value, name) for value in values} == values


@pytest.mark.parametrize(("marker", "suffix", "text", "gap"), [
    ("一、", "nothing", "关于", ""),
    ("一、", "tab", "关于", ""),
    ("1.", "tab", "由", ""),
    ("1.", "tab", "2024年", " "),
    ("1.1", "tab", "总则", " "),
    ("第一条", "tab", "各部门", " "),
    ("（一）", "space", "关于", " "),
    ("1.", "tab", "", ""),
])  # fmt: skip
def test_gap_between_number_and_text(marker: str, suffix: str, text: str, gap: str) -> None:
    assert number_gap(marker, suffix, text) == gap


def lines(body: str, **parts: str) -> list[str]:
    reading = read_docx(docx(body, **parts))
    check_shape(reading)
    return reading.text.splitlines()


def items(*levels: int, num: int = 1) -> str:
    return "".join(para("项", num=(num, ilvl)) for ilvl in levels)


def test_levels_restart_below_a_new_higher_one() -> None:
    assert lines(items(0, 1, 2, 2, 1, 2, 0, 1), numbering=numbering(*THREE)) == [
        "一、项", "（一）项", "1.项", "2.项", "（二）项", "1.项", "二、项", "（一）项",
    ]  # fmt: skip


def test_marker_and_level_stand_in_the_block() -> None:
    reading = read_docx(docx(items(0, 1) + para("正文"), numbering=numbering(*THREE)))
    assert blocks(reading) == [
        ("list_item", 1, "一、", "一、项"),
        ("list_item", 2, "（一）", "（一）项"),
        ("paragraph", 0, "", "正文"),
    ]


def test_text_between_doesnt_stop_the_count() -> None:
    assert lines(items(0) + para("正文") + items(0), numbering=numbering(*THREE)) == ["一、项", "正文", "二、项"]


@pytest.mark.parametrize(("levels", "expected"), [
    ((level(0, "decimal", "%1"), level(1, "decimal", "%1.%2")), ["1项", "1.1项", "1.2项", "2项", "2.1项"]),
    ((level(0, "chineseCounting", "%1"), level(1, "decimal", "%1.%2", more="<w:isLgl/>")),
     ["一项", "1.1项", "1.2项", "二项", "2.1项"]),
    ((level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1-%2")), ["第一章项", "一-1项", "一-2项", "第二章项", "二-1项"]),
    ((level(0, "decimal", "%1"), level(1, "decimal", "%2)", more='<w:lvlRestart w:val="0"/>')),
     ["1项", "1)项", "2)项", "2项", "3)项"]),
    ((level(0, "decimal", "%1.", start=5), level(1, "upperLetter", "%2.")), ["5.项", "A.项", "B.项", "6.项", "A.项"]),
])  # fmt: skip
def test_labels_of_several_levels(levels: tuple[str, ...], expected: list[str]) -> None:
    assert lines(items(0, 1, 1, 0, 1), numbering=numbering(*levels)) == expected


def test_lvl_restart_names_the_level_that_restarts() -> None:
    levels = (
        level(0, "decimal", "%1"),
        level(1, "decimal", "%2"),
        level(2, "decimal", "%3", more='<w:lvlRestart w:val="1"/>'),
    )
    assert lines(items(0, 1, 2, 1, 2, 0, 2), numbering=numbering(*levels)) == [
        "1项",
        "1项",
        "1项",
        "2项",
        "2项",
        "2项",
        "1项",
    ]


def test_a_level_whose_upper_one_is_missing_shows_its_start() -> None:
    levels = (level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"))
    assert lines(items(1, 1), numbering=numbering(*levels)) == ["1.1项", "1.2项"]


TWO = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>{}</w:num>'


@pytest.mark.parametrize(("override", "expected"), [
    ("", ["一、项", "二、项", "三、项", "四、项"]),
    ('<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>', ["一、项", "二、项", "一、项", "二、项"]),
    ('<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>', ["一、项", "二、项", "五、项", "六、项"]),
    (f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "%1)")}</w:lvlOverride>', ["一、项", "二、项", "3)项", "4)项"]),
])  # fmt: skip
def test_a_second_instance_goes_on_or_restarts(override: str, expected: list[str]) -> None:
    found = lines(items(0, 0) + items(0, 0, num=2), numbering=numbering(*THREE, nums=TWO.format(override)))
    assert found == expected


STYLES = (
    '<w:style w:type="paragraph" w:styleId="art"><w:name w:val="条"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="sub"><w:name w:val="款"/><w:basedOn w:val="art"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="kid"><w:name w:val="子"/><w:basedOn w:val="art"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="off"><w:name w:val="无"/><w:basedOn w:val="art"/>'
    '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
)  # fmt: skip


class TestNumbersOfStyles:
    def test_through_the_style_and_what_it_is_based_on(self) -> None:
        body = para("甲", style="art") + para("乙", style="sub") + para("丙", style="kid")
        assert lines(body, numbering=numbering(*THREE), styles=STYLES) == ["一、甲", "（一）乙", "二、丙"]

    def test_a_level_bound_to_the_style_wins(self) -> None:
        bound = (level(0, "decimal", "%1."), level(1, "decimal", "第%2条", more='<w:pStyle w:val="art"/>'))
        assert lines(para("甲", style="art"), numbering=numbering(*bound), styles=STYLES) == ["第1条甲"]

    @pytest.mark.parametrize("body", [
        para("甲", style="off"),
        para("甲", style="art", properties='<w:numPr><w:numId w:val="0"/></w:numPr>'),
        para("甲", num=(99, 0)),
    ], ids=["taken off by a style", "taken off by the paragraph", "a list that doesn't exist"])  # fmt: skip
    def test_no_number(self, body: str) -> None:
        assert lines(body, numbering=numbering(*THREE), styles=STYLES) == ["甲"]

    def test_the_default_style_counts(self) -> None:
        styles = STYLES.replace('w:styleId="art"', 'w:default="1" w:styleId="art"')
        assert lines(para("甲"), numbering=numbering(*THREE), styles=styles) == ["一、甲"]

    def test_levels_borrowed_from_a_numbering_style(self) -> None:
        styles = '<w:style w:type="numbering" w:styleId="list"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
        lists = (
            '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="list"/></w:abstractNum>'
            f'<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="list"/>{THREE[0]}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
        )
        assert lines(items(0, 0), numbering=lists, styles=styles) == ["一、项", "二、项"]


@pytest.mark.parametrize(("text", "marker"), [
    ("\uf0b7", ""),
    ("●", ""),
    ("附件", "附件"),
])  # fmt: skip
def test_bullets_write_nothing_unless_they_are_words(text: str, marker: str) -> None:
    reading = read_docx(docx(items(0), numbering=numbering(level(0, "bullet", text))))
    assert blocks(reading) == [("list_item", 1, marker, marker + "项")]


def test_a_custom_format_pads_with_zeros() -> None:
    choice = '<mc:AlternateContent><mc:Choice><w:numFmt w:val="custom" w:format="001, 002, ..."/></mc:Choice></mc:AlternateContent>'
    custom = f'<w:lvl w:ilvl="0"><w:start w:val="7"/>{choice}<w:suff w:val="space"/><w:lvlText w:val="%1"/></w:lvl>'
    assert lines(items(0), numbering=numbering(custom)) == ["007 项"]


def test_numbers_in_cells_count_in_reading_order() -> None:
    body = table(row(tc(items(2)), tc("甲")), row(tc(items(2)), tc(items(2))))
    assert lines(body, numbering=numbering(*THREE)) == ["1.项\t甲", "2.项\t3.项"]


def test_an_empty_numbered_cell_shows_its_number() -> None:
    body = table(row(tc(para(num=(1, 2))), tc("甲")), row(tc(para(num=(1, 2))), tc("乙")))
    assert lines(body, numbering=numbering(*THREE)) == ["1.\t甲", "2.\t乙"]


def test_a_deleted_numbered_paragraph_doesnt_count() -> None:
    gone = para(f"<w:del>{run('废')}</w:del>", num=(1, 0), properties="<w:rPr><w:del/></w:rPr>")
    assert lines(items(0) + gone + items(0), numbering=numbering(*THREE)) == ["一、项", "二、项"]


def test_a_numbered_heading_is_a_heading() -> None:
    body = para("要求", num=(1, 0), properties='<w:outlineLvl w:val="0"/>')
    assert blocks(read_docx(docx(body, numbering=numbering(*THREE)))) == [("heading", 1, "一、", "一、要求")]

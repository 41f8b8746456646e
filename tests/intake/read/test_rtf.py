"""RTF: encodings, numbers, tables, what is hidden."""

from __future__ import annotations

import contextlib

import pytest

from docmine.errors import DamagedFileError, EmptyFileError, ImageOnlyError, UnsafeFileError
from docmine.intake.read.rtf import read_rtf
from docmine.schema.document import Reading
from office_building import Minutes, blocks, cells, check_shape

FONTS = r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset134 \'cb\'ce\'cc\'e5;}{\f2\fcharset2 Wingdings;}{\f3\fcharset136 Ming;}}"


def rtf(body: str, *, head: str = r"\ansi\ansicpg936\deff0") -> bytes:
    return (r"{\rtf1" + head + FONTS + body + "}").encode("latin-1")


def read(body: str, *, head: str = r"\ansi\ansicpg936\deff0") -> Reading:
    reading = read_rtf(rtf(body, head=head))
    check_shape(reading)
    return reading


def u(text: str) -> str:
    """Text as `\\u` escapes with a replacement character each."""
    data = text.encode("utf-16-le")
    codes = [int.from_bytes(data[i : i + 2], "little", signed=True) for i in range(0, len(data), 2)]
    return "".join(rf"\u{code}?" for code in codes)


def x(text: str, encoding: str = "gbk") -> str:
    """Text as hexadecimal bytes."""
    return "".join(rf"\'{byte:02x}" for byte in text.encode(encoding))


INLINE = [
    ("GBK bytes by the document's code page", x("督查"), "督查"),
    ("GBK bytes by the font", r"\f1 " + x("督查"), "督查"),
    ("GBK bytes in a font declared ANSI", r"\f0 " + x("要限期办结。"), "要限期办结。"),
    ("bytes of four", r"\f1 " + x("㼆", "gb18030"), "㼆"),
    ("Big5 by the font", r"\f3 " + x("會議", "big5"), "會議"),
    ("second byte as a plain character", r"\f1 \'81@", "丂"),
    ("raw bytes", "督查".encode("gbk").decode("latin-1"), "督查"),
    ("Unicode with replacement", u("会议"), "会议"),
    ("Unicode with a replacement of two bytes", r"\uc2\u20250\'bb\'e1\u35758\'d2\'e9 end", "会议 end"),
    ("Unicode without replacement", r"{\uc0\u20250\u35758 }" + "x", "会议x"),
    ("negative code", r"\uc1\u-28635?", chr(65536 - 28635)),
    ("surrogate pair", u("𬱖"), "𬱖"),
    ("lone surrogate", r"\uc1\u-10000?" + u("后"), "�后"),
    ("quotes and dashes", r"\ldblquote " + u("四") + r"\rdblquote\emdash x", "“四”—x"),
    ("escaped braces", r"\{a\}\\", "{a}\\"),
    ("no-break hyphen and soft hyphen", r"1\_2\-3", "1-23"),
    ("line break in a word of the source", "ab\r\ncd", "abcd"),
    ("hidden", u("显") + r"{\v " + u("隐") + "}" + u("后"), "显后"),
    ("hidden switched off", r"\v " + u("隐") + r"\v0 " + u("显"), "显"),
    ("plain ends hiding", r"\v " + u("隐") + r"\plain " + u("显"), "显"),
    ("deleted", u("于") + r"{\deleted " + u("六月") + "}" + u("七月"), "于七月"),
    ("field result", r"{\field{\*\fldinst DATE}{\fldrslt " + u("四月") + "}}", "四月"),
    ("field without braces around its parts", r"{\field{\*\fldinst{ REF a }}{\fldrslt{" + u("附件") + "}}}" + u("后"), "附件后"),
    ("circled by EQ field", r"{\field{\*\fldinst eq \\o\\ac(" + u("○") + r",2)}{\fldrslt }}" + u("项"), "②项"),
    ("unknown destination", r"{\*\unknown " + u("隐") + "}" + u("显"), "显"),
    ("bookmark", r"{\*\bkmkstart a}" + u("显") + r"{\*\bkmkend a}", "显"),
    ("both wordings of a string", r"{\upr{old}{\*\ud{" + u("新") + "}}}", "新"),
    ("glyph font", r"{\f2 \'fe}" + u("属实"), "☑属实"),
    ("comment", u("文") + r"{\*\annotation " + u("批注") + "}", "文"),
    ("picture data", r"{\pict\pngblip 89504e47}" + u("图后"), "图后"),
    ("binary data", "{\\pict\\bin3 }}}}" + u("图后"), "图后"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), [case[1:] for case in INLINE], ids=[case[0] for case in INLINE])
def test_text_of_a_paragraph(body: str, expected: str) -> None:
    assert read(body + r"\par").text == expected + "\n"


@pytest.mark.parametrize("head", [r"\ansi", r"\ansi\ansicpg1252\deff0"])
def test_gbk_bytes_where_no_chinese_code_page_is_declared(head: str) -> None:
    assert read(x("请市水利局限期办结。") + r"\par", head=head).text == "请市水利局限期办结。\n"


def test_western_bytes_stay_western() -> None:
    assert read(r"caf\'e9 na\'efve\par", head=r"\ansi\ansicpg1252").text == "café naïve\n"


class TestNumbers:
    def test_the_shown_number_stands_before_the_text(self) -> None:
        body = r"\pard{\listtext\pard " + u("一、") + r"\tab}\ilvl0\ls1 " + u("要求") + r"\par"
        body += r"\pard{\listtext 1.\tab}\ilvl2\ls1 " + u("清淤") + r"\par\pard " + u("正文") + r"\par"
        assert blocks(read(body)) == [
            ("list_item", 1, "一、", "一、要求"),
            ("list_item", 3, "1.", "1.清淤"),
            ("paragraph", 0, "", "正文"),
        ]

    def test_old_style_numbers(self) -> None:
        body = r"{\pntext\f0 (a)\tab}{\*\pn\pnlvlbody\pnlcltr{\pntxta )}}" + u("项") + r"\par"
        assert read(body).text == "(a)项\n"

    def test_a_bullet_marks_an_item_and_writes_nothing(self) -> None:
        assert blocks(read(r"{\listtext\f2\'6c\tab}" + u("项") + r"\par")) == [("list_item", 1, "", "项")]


class TestHeadings:
    SHEET = r"{\stylesheet{\s0 Normal;}{\s1\sbasedon0 heading 1;}{\s2\outlinelevel2 x;}{\s3\sbasedon1 y;}{\*\cs4 z;}}"

    @pytest.mark.parametrize(("words", "expected"), [
        (r"\s1 ", ("heading", 1)),
        (r"\s2 ", ("heading", 3)),
        (r"\s3 ", ("heading", 1)),
        (r"\outlinelevel1 ", ("heading", 2)),
        (r"\s0 ", ("paragraph", 0)),
        (r"\s1\outlinelevel9 ", ("paragraph", 0)),
        (r"\s9 ", ("paragraph", 0)),
    ])  # fmt: skip
    def test_level(self, words: str, expected: tuple[str, int]) -> None:
        assert blocks(read(self.SHEET + r"\pard" + words + u("要求") + r"\par"))[0][:2] == expected


def cell(text: str) -> str:
    return r"\pard\intbl " + u(text) + r"\cell"


class TestTables:
    def test_a_row_is_a_line(self) -> None:
        head = r"\trowd\trhdr\cellx1000\cellx2000"
        rows = (
            head
            + cell("序号")
            + cell("任务")
            + r"\row"
            + r"\trowd\cellx1000\cellx2000"
            + cell("1")
            + cell("")
            + r"\row"
        )
        reading = read(u("前") + r"\par" + rows + r"\pard " + u("后") + r"\par")
        assert reading.text == "前\n序号\t任务\n1\t\n后\n"
        assert cells(reading) == [(0, 0, 1, 1, "序号"), (0, 1, 1, 1, "任务"), (1, 0, 1, 1, "1"), (1, 1, 1, 1, "")]
        assert reading.tables[0].header_rows == 1

    def test_a_definition_may_follow_its_cells(self) -> None:
        rows = cell("甲") + cell("乙") + r"\trowd\cellx1000\cellx2000\row" + cell("丙") + r"\trowd\cellx2000\row"
        assert cells(read(rows))[-1] == (1, 0, 1, 2, "丙")

    def test_merges(self) -> None:
        rows = r"\trowd\clvmgf\cellx1000\cellx2000" + cell("局") + cell("甲") + r"\row"
        rows += r"\trowd\clvmrg\cellx1000\cellx2000" + cell("") + cell("乙") + r"\row"
        rows += r"\trowd\clmgf\cellx1000\clmrg\cellx2000" + cell("全") + cell("") + r"\row"
        reading = read(rows)
        assert cells(reading) == [(0, 0, 2, 1, "局"), (0, 1, 1, 1, "甲"), (1, 1, 1, 1, "乙"), (2, 0, 1, 2, "全")]
        assert reading.text == "局\t甲\n\t乙\n全\n"

    def test_edges_a_hair_apart_are_one(self) -> None:
        rows = r"\trowd\cellx1000\cellx2000" + cell("甲") + cell("乙") + r"\row"
        rows += r"\trowd\cellx1012\cellx1990" + cell("丙") + cell("丁") + r"\row"
        assert [item[:4] for item in cells(read(rows))] == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]

    def test_several_paragraphs_in_a_cell(self) -> None:
        rows = (
            r"\trowd\cellx1000\cellx2000\pard\intbl " + u("甲") + r"\par " + u("乙") + r"\cell" + cell("丙") + r"\row"
        )
        assert read(rows).text == "甲\n乙\t丙\n"

    def test_a_nested_table(self) -> None:
        inner = (
            r"\pard\intbl\itap2 " + u("内") + r"\nestcell{\*\nesttableprops\trowd\cellx500\nestrow}{\nonesttables\par}"
        )
        rows = r"\trowd\cellx1000\cellx2000" + inner + r"\pard\intbl\itap1 " + u("外") + r"\cell" + cell("右") + r"\row"
        reading = read(rows)
        assert reading.text == "内\n外\t右\n"
        assert cells(reading, 1) == [(0, 0, 1, 1, "内")]
        assert len(cells(reading, 0)) == 2

    def test_a_table_that_is_cut_off_keeps_its_cells(self) -> None:
        assert read(r"\trowd\cellx1000\cellx2000" + cell("甲") + cell("乙")).text == "甲\t乙\n"


def test_page_headers_and_notes_stand_at_the_end() -> None:
    body = r"{\header " + u("内部资料") + r"\par}{\footer\chpgn\par}{\headerf " + u("内部资料") + r"\par}"
    body += u("正文") + r"{\footnote\chftn " + u("注") + r"\par}" + u("续") + r"\par"
    assert [(kind, text) for kind, _, _, text in blocks(read(body))] == [
        ("paragraph", "正文续"),
        ("footnote", "注"),
        ("header", "内部资料"),
    ]


def test_a_page_number_field_is_no_footer() -> None:
    page = r"{\field{\*\fldinst PAGE}{\fldrslt 7}}"
    assert read(r"{\footer " + u("第") + page + u("页") + r"\par}" + u("正文") + r"\par").text == "正文\n"


def test_a_text_box_is_read_once() -> None:
    shape = (
        r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt " + u("框") + r"\par}}{\shprslt{\shptxt " + u("框") + r"\par}}}"
    )
    assert blocks(read(shape + u("文") + r"\par")) == [("textbox", 0, "", "框"), ("paragraph", 0, "", "文")]


def test_a_truncated_file_is_read_with_a_warning() -> None:
    reading = read_rtf(rtf(u("甲") + r"\par " + u("乙"))[:-1])
    assert reading.text == "甲\n乙\n"
    assert [w.code for w in reading.warnings] == ["truncated"]


@pytest.mark.parametrize(("data", "error"), [
    (b"", EmptyFileError),
    (b"no rtf", DamagedFileError),
    (rtf(r"\par"), EmptyFileError),
    (rtf(r"{\pict 00}"), ImageOnlyError),
    (rtf("{" * 4000 + "a" + "}" * 4000), UnsafeFileError),
    (rtf(r"\intbl\itap900 a\par"), UnsafeFileError),
], ids=["empty", "other", "no text", "picture", "deep groups", "deep tables"])  # fmt: skip
def test_refused(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_rtf(data)


@pytest.mark.parametrize(
    "junk",
    [r"{\rtf1\u", r"{\rtf1 a\'", r"{\rtf1 a}}}} b", "{\\rtf1 a\\", r"{\rtf1\bin99999 a}b", r"{\rtf1\cell\row a\par}"],
)
def test_junk_is_an_error_or_text(junk: str) -> None:
    with contextlib.suppress(EmptyFileError):
        check_shape(read_rtf(junk.encode()))


@pytest.mark.parametrize("name", ["minutes.rtf", "hostile/rtf_named.doc"])
def test_shared_minutes(shared, name: str) -> None:  # type: ignore[no-untyped-def]
    minutes = Minutes(shared)
    reading = read_rtf(minutes.data(name))
    check_shape(reading)
    assert minutes.body(reading) == "".join(minutes.text.split())
    assert (minutes.numbered(reading), minutes.rows(reading)) == (110, 61)

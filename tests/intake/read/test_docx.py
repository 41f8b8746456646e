"""docx: text, revisions, fields, boxes, notes, page headers; refusals."""

from __future__ import annotations

import time

import pytest

from docmine.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    ImageOnlyError,
    UnknownTypeError,
    UnsafeFileError,
)
from docmine.intake.read.docx import read_docx
from office_building import STRICT, Minutes, W, blocks, check_shape, docx, package, para, row, run, table
from office_building import cell as tc


def field(instruction: str, result: str | None = None) -> str:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    shown = "" if result is None else char("separate") + run(result)
    return char("begin") + code + shown + char("end")


def box(text: str, *, fallback: str | None = None) -> str:
    inner = f"<w:txbxContent>{para(text)}</w:txbxContent>"
    choice = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing></mc:Choice>'
    other = f"<w:txbxContent>{para(fallback or text)}</w:txbxContent>"
    old = f"<mc:Fallback><w:pict><v:shape><v:textbox>{other}</v:textbox></v:shape></w:pict></mc:Fallback>"
    return f"<w:r><mc:AlternateContent>{choice}{old}</mc:AlternateContent></w:r>"


INLINE = [
    ("insertion in", f"{run('于')}<w:ins>{run('7月31日')}</w:ins>{run('前')}", "于7月31日前"),
    ("deletion out", f"{run('于')}<w:del><w:r><w:delText>6月</w:delText></w:r></w:del>{run('7月')}", "于7月"),
    ("moved text once", f"<w:moveFrom>{run('甲')}</w:moveFrom>{run('乙')}<w:moveTo>{run('甲')}</w:moveTo>", "乙甲"),
    ("deleted insertion", f"<w:ins><w:del>{run('废')}</w:del></w:ins>{run('留')}", "留"),
    ("content control", f"{run('由')}<w:sdt><w:sdtContent>{run('市水利局')}</w:sdtContent></w:sdt>", "由市水利局"),
    (
        "prompt of an empty control",
        f"{run('签发：')}<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('单击此处')}</w:sdtContent></w:sdt>",
        "签发：",
    ),
    ("smart tag", f"<w:smartTag>{run('5月1日')}</w:smartTag>{run('前')}", "5月1日前"),
    ("hyperlink", f"<w:hyperlink>{run('通知')}</w:hyperlink>{run('附后')}", "通知附后"),
    ("field result", f"{run('于')}{field(' DATE ', '4月15日')}", "于4月15日"),
    ("simple field", f'<w:fldSimple w:instr=" REF a ">{run("见附件")}</w:fldSimple>', "见附件"),
    ("nested field", field(" IF " + field("X"), "结果"), "结果"),
    ("circled by EQ field", field(r"eq \o\ac(○,3)") + run("清淤"), "③清淤"),
    ("EQ field around a word", field(r" EQ \o\ac(○,急) "), "急"),
    ("other EQ field", field(r"eq \f(1,2)") + run("以上"), "以上"),
    ("hidden", run("隐藏", "<w:vanish/>") + run("可见"), "可见"),
    ("not hidden", run("可见", '<w:vanish w:val="0"/>'), "可见"),
    ("tab", run("甲") + "<w:r><w:tab/></w:r>" + run("乙"), "甲\t乙"),
    ("no-break hyphen", run("0371") + "<w:r><w:noBreakHyphen/></w:r>" + run("110"), "0371-110"),
    ("soft hyphen", run("长") + "<w:r><w:softHyphen/></w:r>" + run("词"), "长词"),
    ("ticked box", '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run("属实"), "☑属实"),
    ("empty box of another font", '<w:r><w:sym w:font="Wingdings 2" w:char="F0A3"/></w:r>' + run("不"), "☐不"),
    ("glyph font on plain text", run("þ", '<w:rFonts w:ascii="Wingdings"/>') + run("是"), "☑是"),
    ("glyph number without a font", run("\uf0fe是"), "☑是"),
    ("unknown glyph number", run("\uf021是"), "\uf021是"),
    ("ruby", f"<w:r><w:ruby><w:rt>{run('zhuan')}</w:rt><w:rubyBase>{run('颛')}</w:rubyBase></w:ruby></w:r>", "颛"),
    ("formula", "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
    ("blanks that aren't preserved", "<w:r><w:t>  办结 </w:t></w:r>", "办结"),
    ("blanks preserved", run("　　一是"), "　　一是"),
    ("rare character", run("闫𬱖"), "闫𬱖"),
    ("one branch of alternatives", f"<mc:AlternateContent><mc:Choice>{run('甲')}</mc:Choice></mc:AlternateContent>", "甲"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), [case[1:] for case in INLINE], ids=[case[0] for case in INLINE])
def test_text_of_a_paragraph(content: str, expected: str) -> None:
    assert read_docx(docx(para(content) + para("完"))).text == f"{expected}\n完\n"


FORM_FIELDS = [
    ('<w:checkBox><w:checked/></w:checkBox>', "☑"),
    ('<w:checkBox><w:default w:val="0"/></w:checkBox>', "☐"),
    ('<w:ddList><w:result w:val="1"/><w:listEntry w:val="属实"/><w:listEntry w:val="不属实"/></w:ddList>', "不属实"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "expected"), FORM_FIELDS)
def test_form_fields_show_their_state(form: str, expected: str) -> None:
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{form}</w:ffData></w:fldChar></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert read_docx(docx(para(begin + end + run("。")))).text == f"{expected}。\n"


def test_a_soft_break_ends_the_line_and_the_block() -> None:
    reading = read_docx(docx(para(run("甲") + "<w:r><w:br/></w:r>" + run("乙"))))
    assert blocks(reading) == [("paragraph", 0, "", "甲"), ("paragraph", 0, "", "乙")]


def test_a_page_break_adds_no_line() -> None:
    assert read_docx(docx(para('<w:r><w:br w:type="page"/></w:r>' + run("第二页")))).text == "第二页\n"


def test_a_deleted_paragraph_end_joins_the_next() -> None:
    gone = "<w:rPr><w:del/></w:rPr>"
    reading = read_docx(docx(para("由市水利局", properties=gone) + para("负责清淤。") + para("甲", properties=gone)))
    assert reading.text == "由市水利局负责清淤。\n甲\n"


def test_a_field_code_without_end_hides_nothing_after_its_paragraph() -> None:
    broken = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF</w:instrText></w:r>'
    assert read_docx(docx(para(broken) + para("后文"))).text == "\n后文\n"


def test_a_field_may_reach_over_paragraphs() -> None:
    start = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert read_docx(docx(para(start + run("甲")) + para("乙") + para(run("丙") + end))).text == "甲\n乙\n丙\n"


@pytest.mark.parametrize(("wrap", "shown"), [
    ("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", True),
    ("<w:customXml>{}</w:customXml>", True),
    ("<w:ins>{}</w:ins>", True),
    ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", False),
    ("<w:del>{}</w:del>", False),
])  # fmt: skip
def test_paragraphs_inside_containers(wrap: str, shown: bool) -> None:
    reading = read_docx(docx(para("前") + wrap.format(para("中")) + para("后")))
    assert reading.text == ("前\n中\n后\n" if shown else "前\n后\n")


class TestTextBoxes:
    def test_stand_once_though_written_twice(self) -> None:
        reading = read_docx(docx(para(box("红头", fallback="红头"))))
        assert blocks(reading) == [("textbox", 0, "", "红头")]

    @pytest.mark.parametrize(("content", "order"), [
        (box("框") + run("文"), ["框", "文"]),
        (run("文") + box("框"), ["文", "框"]),
    ])  # fmt: skip
    def test_stand_before_or_after_the_text_that_they_are_anchored_in(self, content: str, order: list[str]) -> None:
        assert [text for *_, text in blocks(read_docx(docx(para(content))))] == order

    def test_inside_a_table_cell_stay_in_the_cell(self) -> None:
        reading = read_docx(docx(table(row(tc(para(run("文") + box("框"))), tc("右")))))
        assert reading.text == "文\n框\t右\n"
        assert reading.tables[0].cells[0].span.text(reading.text) == "文\n框"


class TestHeadings:
    STYLES = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="公文标题"/><w:basedOn w:val="1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="o"><w:name w:val="层"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="toc 1"/></w:style>'
    )

    @pytest.mark.parametrize(("style", "properties", "expected"), [
        ("1", "", ("heading", 1)),
        ("x", "", ("heading", 1)),
        ("o", "", ("heading", 3)),
        ("", '<w:outlineLvl w:val="1"/>', ("heading", 2)),
        ("1", '<w:outlineLvl w:val="9"/>', ("paragraph", 0)),
        ("t", "", ("boilerplate", 0)),
        ("", "", ("paragraph", 0)),
        ("unknown", "", ("paragraph", 0)),
    ])  # fmt: skip
    def test_level(self, style: str, properties: str, expected: tuple[str, int]) -> None:
        reading = read_docx(docx(para("工作要求", style=style, properties=properties), styles=self.STYLES))
        assert blocks(reading)[0][:2] == expected

    def test_styles_that_are_based_on_each_other_end(self) -> None:
        styles = (
            '<w:style w:type="paragraph" w:styleId="p"><w:basedOn w:val="q"/></w:style>'
            '<w:style w:type="paragraph" w:styleId="q"><w:basedOn w:val="p"/></w:style>'
        )
        assert read_docx(docx(para("甲", style="p"), styles=styles)).text == "甲\n"

    def test_a_style_hides_its_text(self) -> None:
        styles = '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
        content = run("隐", '<w:rStyle w:val="h"/>') + run("显")
        assert read_docx(docx(para(content), styles=styles)).text == "显\n"


class TestNotesAndPageStories:
    SECTION = '<w:sectPr><w:headerReference r:id="header1"/><w:footerReference r:id="footer1"/></w:sectPr>'

    def test_order_and_kinds(self) -> None:
        notes = (
            f'<w:footnote w:type="separator">{para("线")}</w:footnote><w:footnote w:id="2">{para("注释")}</w:footnote>'
        )
        data = docx(para("正文") + self.SECTION, footnotes=notes, header1=para("内部资料"), footer1=para("印发机关"))
        reading = read_docx(data)
        assert [(kind, text) for kind, _, _, text in blocks(reading)] == [
            ("paragraph", "正文"),
            ("footnote", "注释"),
            ("header", "内部资料"),
            ("footer", "印发机关"),
        ]

    @pytest.mark.parametrize("content", [
        run("— ") + field("PAGE", "7") + run(" —"),
        run("第") + field("PAGE", "7") + run("页 共") + field("NUMPAGES", "9") + run("页"),
        '<w:fldSimple w:instr="PAGE"><w:r><w:t>7</w:t></w:r></w:fldSimple>',
        run("· 7 ·"),
    ])  # fmt: skip
    def test_bare_page_numbers_are_left_out(self, content: str) -> None:
        assert read_docx(docx(para("正文") + self.SECTION, footer1=para(content))).text == "正文\n"

    def test_a_wording_stands_once(self) -> None:
        section = self.SECTION + '<w:sectPr><w:headerReference r:id="header2"/></w:sectPr>'
        data = docx(para("正文") + section, header1=para("资料"), header2=para("资料"))
        assert read_docx(data).text == "正文\n资料\n"


def test_revisions_are_told() -> None:
    assert [w.code for w in read_docx(docx(para(f"<w:ins>{run('甲')}</w:ins>"))).warnings] == ["revisions"]
    assert read_docx(docx(para("甲"))).warnings == ()


def test_strict_documents_read_alike() -> None:
    files = {"word/document.xml": f'<w:document xmlns:w="{STRICT}"><w:body>{para("甲")}</w:body></w:document>'}
    assert read_docx(package(files)).text == "甲\n"


def test_a_broken_side_part_costs_a_warning_only() -> None:
    reading = read_docx(docx(para("甲"), styles="<w:style>"))
    assert reading.text == "甲\n"
    assert [w.code for w in reading.warnings] == ["part_unreadable"]


def _bomb() -> bytes:
    return docx(para("0" * 5_000_000))


def _deep(*tags: str, count: int) -> bytes:
    opening = "".join(f"<w:{tag}>" for tag in tags)
    closing = "".join(f"</w:{tag}>" for tag in reversed(tags))
    return docx(opening * count + para("深") + closing * count)


REFUSED = [
    ("no bytes", lambda: b"", EmptyFileError),
    ("no text", lambda: docx(para("")), EmptyFileError),
    ("a picture alone", lambda: docx(para("<w:r><w:drawing/></w:r>")), ImageOnlyError),
    ("no zip", lambda: b"PK\x03\x04 and no more", DamagedFileError),
    ("cut off", lambda: docx(para("甲"))[:-40], DamagedFileError),
    ("broken XML", lambda: package({"word/document.xml": "<w:document"}), DamagedFileError),
    ("another zip", lambda: package({"a.txt": "a"}), UnknownTypeError),
    ("another root", lambda: package({"word/document.xml": f'<w:x xmlns:w="{W}"/>'}), UnknownTypeError),
    ("DTD", lambda: package({"word/document.xml": f'<!DOCTYPE a [<!ENTITY b "c">]><w:document xmlns:w="{W}"/>'}), UnsafeFileError),
    ("bomb", _bomb, UnsafeFileError),
    ("endless tables", lambda: _deep("tbl", "tr", "tc", count=400), UnsafeFileError),
    ("endless controls", lambda: _deep("sdt", "sdtContent", count=300), UnsafeFileError),
    ("endless custom XML", lambda: _deep("customXml", count=1500), UnsafeFileError),
    ("endless inline XML", lambda: docx(para("<w:ins>" * 900 + run("深") + "</w:ins>" * 900)), UnsafeFileError),
    ("more depth than the parser allows", lambda: _deep("customXml", count=30_000), UnsafeFileError),
]  # fmt: skip


@pytest.mark.parametrize(("make", "error"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_refused(make, error) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(error):
        read_docx(make())


def test_encrypted_parts_are_told() -> None:
    data = bytearray(docx(para("甲")))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:  # the encryption flag in the archive's directory
        data[at + 8] |= 1
        at += 4
    with pytest.raises(EncryptedFileError):
        read_docx(bytes(data))


class TestSharedFiles:
    def test_minutes(self, shared) -> None:  # type: ignore[no-untyped-def]
        minutes = Minutes(shared)
        reading = read_docx(minutes.data("minutes.docx"))
        check_shape(reading)
        assert minutes.body(reading) == "".join(minutes.text.split())
        assert (minutes.numbered(reading), minutes.rows(reading)) == (110, 61)
        assert [t.header_rows for t in reading.tables] == [1]

    def test_features(self, shared) -> None:  # type: ignore[no-untyped-def]
        reading = read_docx((shared / "formats" / "features.docx").read_bytes())
        check_shape(reading)
        assert reading.text.count("文本框内文字") == 1
        for wanted in ("一、自动编号标题甲", "（一）二级应重新从一开始", "原定7月31日（插入）前完成", "1.表内自动编号"):
            assert wanted in reading.text
        for unwanted in ("已删除", "隐藏文字", "DATE"):
            assert unwanted not in reading.text

    @pytest.mark.parametrize(("name", "error"), [
        ("broken_xml.docx", DamagedFileError),
        ("truncated.docx", DamagedFileError),
        ("zero.docx", EmptyFileError),
        ("entity_bomb.docx", UnsafeFileError),
        ("nested_tables3000.docx", UnsafeFileError),
        ("doc_named.docx", DamagedFileError),
        ("garbage.doc", DamagedFileError),
    ])  # fmt: skip
    def test_hostile(self, shared, name: str, error: type[Exception]) -> None:  # type: ignore[no-untyped-def]
        began = time.monotonic()
        with pytest.raises(error):
            read_docx((shared / "formats" / "hostile" / name).read_bytes())
        assert time.monotonic() - began < 5

    def test_tables_nested_sixty_deep_are_read(self, shared) -> None:  # type: ignore[no-untyped-def]
        reading = read_docx((shared / "formats" / "hostile" / "nested_tables60.docx").read_bytes())
        check_shape(reading)
        assert "深" in reading.text

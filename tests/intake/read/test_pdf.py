"""PDF: running text, page furniture, places of characters, turned pages, refusals and repairs."""

from __future__ import annotations

import io
import time

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from docmine.errors import (
    DamagedFileError,
    DocmineError,
    EmptyFileError,
    EncryptedFileError,
    ImageOnlyError,
    LimitExceededError,
    UnknownTypeError,
    UnreadableTextError,
)
from docmine.intake.read.pdf import read_pdf
from docmine.schema.document import Reading
from pdf_building import LEFT, RIGHT, canvas, document, drawn, put

LONG = "会议强调，各级各部门要切实提高政治站位，压实工作责任，对群众反映强烈的突出环境问题逐一建立台账，明确责任单位和完成时限，做到件件有回音、事事有着落"
BODY = [f"{n}{LONG}，第{i}季度末前完成。" for i, n in enumerate("甲乙丙丁戊己庚辛壬癸", 1)]


def lines(reading: Reading) -> list[str]:
    return reading.text.rstrip("\n").split("\n")


# --- paragraphs ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options", [{}, {"size": 14}, {"indent": 0, "gap": 20}], ids=["indented", "smaller", "set apart by space"]
)
def test_paragraphs_go_on_over_lines_and_pages(options: dict[str, int]) -> None:
    reading = read_pdf(document(BODY, **options))
    assert (reading.pages or 0) > 1
    assert lines(reading) == BODY
    assert reading.layout == "paragraphs"
    assert [b.span.text(reading.text) for b in reading.blocks] == BODY


PARAGRAPHS = [
    ("numbers open paragraphs", ["一、加强组织领导", "（一）落实责任。" + LONG + "。", "1.建立台账。", "第一条本办法自印发之日起施行。"]),
    ("a number in a line's middle doesn't", ["请按照" + LONG[:17] + "本通知要求的第五条第（一）项、第（二）项规定办理，于月底前报送。", "特此通知。"]),
    ("a short line ends a paragraph", ["各县（市、区）人民政府：", LONG + "。", "特此通知。"]),
    ("Latin words and numbers", ["系统采用OpenHarmony 3.2版本和Web 2.0技术，联系电话0641-6848164，" + LONG + "。"]),
    ("rare characters", ["责任人：闫𬱖、魏㼆、刘堃。" + LONG + "，由闫𬱖负责。"]),
]  # fmt: skip


@pytest.mark.parametrize("paragraphs", [p for _, p in PARAGRAPHS], ids=[n for n, _ in PARAGRAPHS])
def test_paragraphs_are_found(paragraphs: list[str]) -> None:
    got = lines(read_pdf(document(paragraphs)))
    assert [p.replace("𬱖", "?").replace("㼆", "?") for p in paragraphs] == [_known(p) for p in got]


def _known(text: str) -> str:
    """reportlab writes rare characters in its own way with this font; what counts is that nothing shifts."""
    return text.replace("𬱖", "?").replace("㼆", "?")


def test_unbreakable_word_leaves_a_line_short() -> None:
    def draw(c: Canvas) -> None:
        put(c, LEFT + 32, 700, "经研究同意，责成市水利局牵头办理此事，市财政")
        put(c, LEFT, 672, "局予以配合并做好资金保障，联系人王某某，联系电话：")
        put(c, LEFT, 644, "0641-6848164。办理结果及时报送市政府办公室督查室备")
        put(c, LEFT, 616, "案。")

    assert len(lines(read_pdf(drawn(draw)))) == 1


def test_title_stays_apart_and_letter_spacing_is_kept() -> None:
    def draw(c: Canvas) -> None:
        c.setFont("STSong-Light", 22)
        put(c, 250, 740, "通", size=22)
        put(c, 320, 740, "知", size=22)
        for i, text in enumerate(["各单位：", "　　请于月底前报送。"]):
            put(c, LEFT, 690 - 28 * i, text)

    assert lines(read_pdf(drawn(draw))) == ["通\u3000知", "各单位：", "请于月底前报送。"]


# --- page furniture ------------------------------------------------------------------------------------------------


def test_running_heads_and_page_numbers_are_left_out() -> None:
    def decorate(c: Canvas, page: int) -> None:
        put(c, LEFT if page % 2 else RIGHT - 120, 800, "清河市人民政府文件", size=10)
        put(c, 450 if page % 2 else LEFT, 60, f"— {page} —", size=12)
        if page == 1:
            put(c, 190, 775, "清政办〔2024〕18号", size=16)

    assert lines(read_pdf(document(BODY, decorate=decorate))) == ["清政办〔2024〕18号", *BODY]


@pytest.mark.parametrize("number", ["第 {} 页 共 3 页", "{}/3", "{}", "-{}-", "Page {} of 3"])
def test_page_numbers(number: str) -> None:
    reading = read_pdf(document(BODY, decorate=lambda c, page: put(c, 280, 60, number.format(page), size=10)))
    assert lines(reading) == BODY


def test_page_number_of_a_single_page() -> None:
    reading = read_pdf(document(BODY[:2], decorate=lambda c, page: put(c, 280, 60, f"— {page} —", size=10)))
    assert lines(reading) == BODY[:2]


def test_number_in_the_body_stays() -> None:
    assert lines(read_pdf(document(["附件", "2024", LONG + "。"]))) == ["附件", "2024", LONG + "。"]


def test_lone_head_of_a_single_page_is_marked() -> None:
    reading = read_pdf(document(BODY[:2], decorate=lambda c, page: put(c, LEFT, 805, "内部资料", size=10)))
    assert [b.kind for b in reading.blocks] == ["header", "paragraph", "paragraph"]


def test_slanted_watermark_is_left_out() -> None:
    def decorate(c: Canvas, page: int) -> None:
        c.saveState()
        c.translate(200, 300)
        c.rotate(45)
        put(c, 0, 0, "内部资料严禁外传", size=40)
        c.restoreState()

    assert lines(read_pdf(document(BODY[:3], decorate=decorate))) == BODY[:3]


# --- places --------------------------------------------------------------------------------------------------------


def test_boxes_tell_page_and_place_of_every_line() -> None:
    reading = read_pdf(document(BODY))
    assert reading.boxes is not None
    covered = "".join(reading.text[start:end] for start, end, *_ in reading.boxes.lines)
    assert covered == "".join(BODY)
    assert sorted(reading.boxes.lines) == reading.boxes.lines
    start, end, page, x0, y0, x1, y1 = reading.boxes.lines[0]
    assert (start, page) == (0, 1)
    assert x0 == pytest.approx(LEFT + 32, abs=1)
    assert x1 == pytest.approx(LEFT + 32 + 16 * (end - start), abs=2)
    assert y0 < 740 < y1 < 760
    for number, begin in enumerate(reading.boxes.page_starts, 1):
        assert next(line for line in reading.boxes.lines if line[0] >= begin)[2] == number


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_page_reads_in_its_upright_order(turn: int) -> None:
    def draw(c: Canvas) -> None:
        width, height = 595.0, 842.0
        c.setPageSize((width, height))
        c.setPageRotation(turn)
        c.rotate(turn)
        c.translate(*{90: (0.0, -height), 180: (-width, -height), 270: (-width, 0.0)}[turn])  # reportlab turns the box
        put(c, 100, 400, "第一行：责成市水利局办理。")
        put(c, 100, 360, "第二行：月底前报送。")

    reading = read_pdf(drawn(draw))
    assert lines(reading) == ["第一行：责成市水利局办理。", "第二行：月底前报送。"]
    assert reading.boxes is not None
    assert reading.boxes.lines[0][3] == pytest.approx(100, abs=2)
    assert reading.boxes.lines[0][4] == pytest.approx(398, abs=8)


# --- refusals and repairs ------------------------------------------------------------------------------------------


def test_no_bytes() -> None:
    with pytest.raises(EmptyFileError):
        read_pdf(b"")


def test_not_a_pdf() -> None:
    with pytest.raises(UnknownTypeError):
        read_pdf(bytes(range(256)) * 100)


def test_blank_pages() -> None:
    with pytest.raises(EmptyFileError):
        read_pdf(drawn(lambda c: None))


def test_password() -> None:
    with pytest.raises(EncryptedFileError) as caught:
        read_pdf(document(BODY, encrypt=StandardEncryption("secret", ownerPassword="owner")))
    assert caught.value.remedy


def test_owner_password_alone_is_no_obstacle() -> None:
    assert lines(read_pdf(document(BODY, encrypt=StandardEncryption("", ownerPassword="owner")))) == BODY


def picture(c: Canvas) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    c.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 595, 842)


def test_pictures_only() -> None:
    with pytest.raises(ImageOnlyError):
        read_pdf(drawn(picture))


@pytest.mark.parametrize("pages", [1, 3])
def test_pictures_with_a_scanner_s_mark_only(pages: int) -> None:
    def draw(c: Canvas) -> None:
        for _ in range(pages):
            picture(c)
            put(c, 400, 20, "扫描全能王 创建", size=10)
            c.showPage()

    with pytest.raises(ImageOnlyError):
        read_pdf(drawn(draw))


def test_a_picture_page_among_others_is_warned_of() -> None:
    def draw(c: Canvas) -> None:
        put(c, LEFT, 700, "附件如下。")
        c.showPage()
        picture(c)

    assert [w.code for w in read_pdf(drawn(draw)).warnings] == ["image_pages"]


def test_cut_end_is_repaired_with_a_warning() -> None:
    data = document(BODY)
    cut = data[: data.rindex(b"xref\n0 ") + 60]
    reading = read_pdf(cut)
    assert lines(reading) == BODY
    assert [w.code for w in reading.warnings] == ["repaired"]


def test_whole_file_isn_t_called_repaired() -> None:
    assert read_pdf(document(BODY)).warnings == ()


def test_lost_catalogue() -> None:
    data = document(BODY)
    with pytest.raises(DamagedFileError):
        read_pdf(data[: data.index(b"/Catalog") - 40])


def test_too_many_pages() -> None:
    with pytest.raises(LimitExceededError):
        read_pdf(document(BODY), max_pages=1)


def test_endless_page_tree_ends() -> None:
    data = (
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[2 0 R]/Count 9999>>\n"
        b"endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"
    )
    begin = time.perf_counter()
    with pytest.raises(DocmineError):
        read_pdf(data)
    assert time.perf_counter() - begin < 5


@pytest.mark.parametrize(
    "text", ["\u00aa\u00bf\u00c0\u00c1\u00c2\u00e3\u00e4\u00f0" * 6, "ÍÇÙ¶·{1OÔÕÖtÌËv#×ØÙÚÛÜÝ" * 3]
)
def test_text_of_lost_meaning(text: str) -> None:
    def draw(c: Canvas) -> None:
        c.setFont("Helvetica", 12)
        for i in range(10):
            c.drawString(60, 700 - 20 * i, text)

    with pytest.raises(UnreadableTextError):
        read_pdf(drawn(draw))


@pytest.mark.parametrize("text", ["Réunion du 3 mai: à préparer, s'il vous plaît.", "25℃±2，3×4＝12，§5"])
def test_text_with_some_unusual_letters_is_read(text: str) -> None:
    def draw(c: Canvas) -> None:
        c.setFont("Helvetica" if text.startswith("R") else "STSong-Light", 12)
        c.drawString(60, 700, text)

    assert len(lines(read_pdf(drawn(draw)))) == 1


def test_too_many_objects_are_no_table() -> None:
    def draw(c: Canvas) -> None:
        put(c, LEFT, 760, "示意图见下。")
        for i in range(21_000):
            c.line(i % 500, i % 700, i % 500 + 5, i % 700)

    reading = read_pdf(drawn(draw))
    assert lines(reading) == ["示意图见下。"]
    assert [w.code for w in reading.warnings] == ["tables_skipped"]


def test_building_helper_makes_a_pdf() -> None:
    out = io.BytesIO()
    canvas(out).save()
    assert out.getvalue().startswith(b"%PDF-")

"""Word 97–2003 documents without LibreOffice, made byte by byte."""

from __future__ import annotations

import struct

import pytest

from docmine.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    ImageOnlyError,
    MissingReaderError,
    UnknownTypeError,
)
from docmine.intake.read.doc_binary import read_doc
from docmine.intake.read.docx import read_docx
from docmine.intake.read.office import read_office
from office_building import blocks, cells, check_shape
from ole_building import doc, ole

IN_TABLE, ROW_END = struct.pack("<HB", 0x2416, 1), struct.pack("<HB", 0x2417, 1)
HEADER_ROW = struct.pack("<HB", 0x3404, 1)
DELETED, HIDDEN = struct.pack("<HB", 0x0800, 1), struct.pack("<HB", 0x083C, 1)


def row_shape(*edges: int, flags: tuple[int, ...] = ()) -> bytes:
    """A table row's definition: edges in twips, merge flags of the cells."""
    count = len(edges) - 1
    shapes = b"".join(struct.pack("<H18x", flag) for flag in flags or (0,) * count)
    body = bytes([count]) + struct.pack(f"<{count + 1}h", *edges) + shapes
    return struct.pack("<HH", 0xD608, len(body) + 1) + body


@pytest.mark.parametrize(("text", "expected"), [
    ("会议纪要\r请闫𬱖办理。\r", "会议纪要\n请闫𬱖办理。\n"),
    ("甲\x0b乙\x1e丙\x1f丁\r", "甲\n乙-丙丁\n"),
    ("于\x13 DATE \x14四月\x15前\r", "于四月前\n"),
    ("\x13 IF \x13 X \x14里\x15 \x14外\x15\r", "外\n"),
    ("\x13eq \\o\\ac(○,4)\x15项\r", "④项\n"),
    ("\x15甲\x14\r", "甲\n"),
    ("甲\x01\x08\x05乙\r", "甲乙\n"),
    ("没有结尾", "没有结尾\n"),
])  # fmt: skip
def test_text(text: str, expected: str) -> None:
    reading = read_doc(doc(text))
    check_shape(reading)
    assert reading.text == expected
    assert [w.code for w in reading.warnings] == ["numbering_may_be_missing"]


@pytest.mark.parametrize("gone", [DELETED, HIDDEN])
def test_deleted_and_hidden_text_is_out(gone: bytes) -> None:
    assert read_doc(doc("于六月七月前\r", characters=[(1, 3, gone)])).text == "于七月前\n"


def test_a_table() -> None:
    text = "序号\x07任务\x07\x071\x07清淤\x07\x07后\r"
    top = IN_TABLE + ROW_END + HEADER_ROW + row_shape(0, 1000, 2000)
    body = IN_TABLE + ROW_END + row_shape(0, 1000, 2000)
    ends = [(3, IN_TABLE), (6, IN_TABLE), (7, top), (9, IN_TABLE), (12, IN_TABLE), (13, body), (15, b"")]
    reading = read_doc(doc(text, paragraphs=ends))
    check_shape(reading)
    assert reading.text == "序号\t任务\n1\t清淤\n后\n"
    assert [item[-1] for item in cells(reading)] == ["序号", "任务", "1", "清淤"]
    assert reading.tables[0].header_rows == 1


def test_merged_cells() -> None:
    first, under = 0x60, 0x20
    top = IN_TABLE + ROW_END + row_shape(0, 1000, 2000, flags=(first, 0))
    low = IN_TABLE + ROW_END + row_shape(0, 1000, 2000, flags=(under, 0))
    ends = [(2, IN_TABLE), (4, IN_TABLE), (5, top), (6, IN_TABLE), (8, IN_TABLE), (9, low)]
    reading = read_doc(doc("局\x07甲\x07\x07\x07乙\x07\x07", paragraphs=ends))
    assert cells(reading) == [(0, 0, 2, 1, "局"), (0, 1, 1, 1, "甲"), (1, 1, 1, 1, "乙")]


def test_footnotes_and_boxes_stand_at_the_end_page_headers_are_out() -> None:
    reading = read_doc(doc("正文\r注\r页眉\r框\r", counts=(3, 2, 3, 0, 0, 0, 2, 0)))
    assert blocks(reading) == [("paragraph", 0, "", "正文"), ("footnote", 0, "", "注"), ("textbox", 0, "", "框")]


def test_headings_by_outline_level() -> None:
    outline = struct.pack("<HB", 0x2640, 1)
    assert blocks(read_doc(doc("要求\r", paragraphs=[(3, outline)]))) == [("heading", 2, "", "要求")]


@pytest.mark.parametrize(("data", "error"), [
    (doc("\r"), EmptyFileError),
    (doc("\x01\r"), ImageOnlyError),
    (doc("甲\r", flags=0x0300), EncryptedFileError),
    (doc("甲\r", version=0x65), MissingReaderError),
    (doc("甲\r", flags=0), DamagedFileError),
    (doc("甲\r", pieces=b""), DamagedFileError),
    (doc("甲\r", pieces=b"\x02\xff"), DamagedFileError),
    (ole({"Workbook": b""}), UnknownTypeError),
    (ole({"EncryptedPackage": b"", "EncryptionInfo": b""}), EncryptedFileError),
    (ole({"WordDocument": b"", "1Table": b""}), DamagedFileError),
], ids=["no text", "picture", "encrypted", "Word 95", "no table stream", "no pieces", "broken pieces", "xls", "encrypted zip", "no header"])  # fmt: skip
def test_refused(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_office(data, kind="doc", libreoffice=False)


def test_an_encrypted_docx_is_told() -> None:
    with pytest.raises(EncryptedFileError):
        read_docx(ole({"EncryptionInfo": b"", "EncryptedPackage": b""}))

"""Plain text in every encoding people send."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from docmine.errors import EmptyFileError, SettingsError, UnknownTypeError, UnreadableTextError
from docmine.intake.read import read_bytes, read_file
from docmine.intake.read.csv import read_csv
from docmine.intake.read.encoding import known_name
from docmine.intake.read.text import read_text

MINUTES = "会议纪要\r\n一、请市水务局于6月30日前完成清淤，并报送结果。\r\n　　二、责任单位：市城管局。\n"
TRADITIONAL = "會議紀錄\r\n一、請工務局於六月三十日前辦理完竣，並將結果函復陳情人。\r\n二、餘照案通過。"
SHORT = ("请办理", "会议通知", "责任人：张三", "OK，已阅。", "3月5日前")
RARE = "与会：魏㼆、闫𬱖、马骉。会议要求各单位抓紧落实。"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (MINUTES, "utf-8", "utf-8"),
        (MINUTES, "utf-8-sig", "utf-8"),
        (MINUTES, "gb18030", "gb18030"),
        (MINUTES, "gbk", "gb18030"),
        (MINUTES, "gb2312", "gb18030"),
        (MINUTES, "utf-16", "utf-16-le"),
        (MINUTES, "utf-16-le", "utf-16-le"),
        (MINUTES, "utf-16-be", "utf-16-be"),
        (MINUTES, "utf-32", "utf-32-le"),
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (TRADITIONAL, "utf-16-be", "utf-16-be"),
        (RARE, "gb18030", "gb18030"),
        (RARE, "utf-16-le", "utf-16-le"),
        ("Minutes of the meeting\n1. Fix by Friday\n", "ascii", "utf-8"),
    ],
)
def test_every_encoding(text: str, encoding: str, named: str, line_end: str) -> None:
    text = text.replace("\r\n", "\n").replace("\n", line_end)
    reading = read_text(text.encode(encoding))
    assert reading.text == text
    assert reading.encoding == named
    assert reading.layout == "lines"
    assert reading.warnings == ()


@pytest.mark.parametrize("text", SHORT)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-16"])
def test_short_texts(text: str, encoding: str) -> None:
    assert read_text(text.encode(encoding)).text == text


def test_utf16_big_endian_mark() -> None:
    assert read_text(codecs.BOM_UTF16_BE + MINUTES.encode("utf-16-be")).text == MINUTES


def test_chinese_that_starts_late() -> None:
    text = "plain line\n" * 20_000 + MINUTES
    assert read_text(text.encode("gb18030")).text == text


def test_the_caller_may_name_the_encoding() -> None:
    assert read_text(TRADITIONAL.encode("big5"), encoding="BIG5").text == TRADITIONAL
    assert read_text("café à midi".encode("latin-1"), encoding="latin-1").text == "café à midi"
    with pytest.raises(SettingsError):
        read_text(b"abc", encoding="nonsense-8")


@pytest.mark.parametrize(
    ("label", "name"), [("GB2312", "gb18030"), ("gbk", "gb18030"), ("x-gbk", None), ("cp950", "big5")]
)
def test_labels(label: str, name: str | None) -> None:
    assert known_name(label) == name


LOST = [
    ("会议要求\ufffd各单位抓好落实。".encode(), [(4, 5)]),
    (MINUTES.encode("gb18030") + b"\xff\xff", [(len(MINUTES), len(MINUTES) + 2)]),
    ("会议要求锟斤拷锟斤拷各单位抓好落实，按期完成。".encode("gb18030"), [(4, 10)]),
    (MINUTES.encode() + "请".encode()[:2], [(len(MINUTES), len(MINUTES) + 1)]),
]


@pytest.mark.parametrize(("data", "spans"), LOST)
def test_lost_characters_are_told(data: bytes, spans: list[tuple[int, int]]) -> None:
    reading = read_text(data)
    assert [warning.code for warning in reading.warnings] == ["lost_characters"] * len(spans)
    assert [warning.span for warning in reading.warnings] == spans


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b" \r\n\t", EmptyFileError),
        (codecs.BOM_UTF8, EmptyFileError),
        (b"\x00" * 50, EmptyFileError),
        (b"ab\x00cd\x01ef" * 20, UnknownTypeError),
        ("\ufffd\ufffd\ufffd会\ufffd\ufffd".encode(), UnreadableTextError),
    ],
)
def test_what_is_no_text(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_text(data)


def test_a_single_control_character_is_no_reason_to_refuse() -> None:
    text = MINUTES * 20 + "\x07"
    assert read_text(text.encode()).text == text


CSV = '任务,责任单位,"时限"\r\n"清淤,截污",市水务局,6月30日前\r\n\r\n"他说""尽快""",, \r\n'


def test_csv_cells_point_into_the_file() -> None:
    reading = read_csv(CSV.encode("gb18030"))
    assert reading.text == CSV
    (table,) = reading.tables
    assert [(cell.row, cell.col, cell.span.text(CSV)) for cell in table.cells] == [
        (0, 0, "任务"), (0, 1, "责任单位"), (0, 2, "时限"),
        (1, 0, "清淤,截污"), (1, 1, "市水务局"), (1, 2, "6月30日前"),
        (2, 0, '他说""尽快""'), (2, 1, ""), (2, 2, ""),
    ]  # fmt: skip


@pytest.mark.parametrize("separator", ["\t", ";", ","])
def test_csv_separators(separator: str) -> None:
    reading = read_bytes(f"任务{separator}时限\n清淤{separator}5月\n".encode(), name="a.csv")
    assert [cell.span.text(reading.text) for cell in reading.tables[0].cells] == ["任务", "时限", "清淤", "5月"]


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("minutes_gb18030.txt", "gb18030"),
        ("minutes_utf16be_nobom.txt", "utf-16-be"),
        ("minutes_utf16le_bom.txt", "utf-16-le"),
        ("minutes_utf8bom.txt", "utf-8"),
        ("long_big5.txt", "big5"),
    ],
)
def test_shared_samples(shared: Path, name: str, encoding: str) -> None:
    reading = read_file(shared / "formats" / name)
    truth = name.split("_")[0] if name.startswith("minutes") else name.removesuffix(".txt")
    assert reading.text == (shared / "formats" / f"{truth}.gt.txt").read_bytes().decode("utf-8")
    assert reading.encoding == encoding

"""The content decides what a file is; its name settles only what content leaves open."""

from __future__ import annotations

import io
import zipfile

import pytest

from docmine.errors import (
    EmptyFileError,
    EncryptedFileError,
    ImageOnlyError,
    InputError,
    MissingReaderError,
    UnknownTypeError,
)
from docmine.intake.read import READERS, is_risky, read_bytes, read_file
from docmine.intake.read.sniff import looks_like_markdown, sniff

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def zipped(*names: str, first: bytes = b"") -> bytes:
    """A zip with parts of these names; `first` is the content of a stored `mimetype`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, "<x/>")
    return stream.getvalue()


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + b"\x00\x00"


DOCX = zipped("[Content_Types].xml", "word/document.xml")

KINDS = [
    (DOCX, "docx"),
    (DOCX[:-30], "docx"),  # cut off: the directory at the end is lost
    (zipped("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
    (zipped("OFD.xml", "Doc_0/Document.xml"), "ofd"),
    (zipped("content.xml", first=b"application/vnd.oasis.opendocument.text"), "odt"),
    (zipped("content.xml", first=b"application/vnd.oasis.opendocument.spreadsheet"), "ods"),
    (zipped("photos/a.txt"), "zip"),
    (zipped("password/a.txt"), "zip"),  # near miss: `word/` inside a name
    (ole("WordDocument"), "doc"),
    (ole("Workbook"), "xls"),
    (ole("EncryptedPackage"), "encrypted"),
    (ole("Unheard"), "unknown"),
    (b"%PDF-1.4\n", "pdf"),
    (b"\r\n\xef\xbb\xbf%PDF-1.7\n", "pdf"),
    (b"{\\rtf1\\ansi}", "rtf"),
    (b"\xef\xbb\xbf{\\rtf1}", "rtf"),
    (b"\x89PNG\r\n\x1a\n\x00", "image"),
    (b"\xff\xd8\xff\xe0\x00", "image"),
    (b"<!DOCTYPE html><p>a", "html"),
    (b"<?xml version='1.0'?>\n<!-- c -->\n<html xmlns='x'>", "html"),
    ("<div><p>会议要求</p></div>".encode("gbk"), "html"),
    ("<html><body>会议</body></html>".encode("utf-16"), "html"),
    (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", "mhtml"),
    (b"<?xml version='1.0'?><w:wordDocument/>", "wordxml"),
    ("# 例会\n\n- [ ] 修复 @张三\n".encode(), "markdown"),
    ("任务|时限\n---|---\n清淤|5月1日\n".encode("gbk"), "markdown"),
    ("会议要求，各单位要抓好落实。".encode("gb18030"), "text"),
    ("请市住建局<重点>核实，a<b。".encode(), "text"),  # near miss: angle brackets
    ("任务|时限\n清淤|5月1日\n".encode(), "text"),  # pipes without a rule
    ("#话题#今天开会。\n# 一处井号\n".encode(), "text"),
    (bytes(range(256)) * 40, "unknown"),
    (b"\x00\x01\x02\x03" * 100, "unknown"),
    (b"", "empty"),
]


@pytest.mark.parametrize(("data", "kind"), KINDS)
@pytest.mark.parametrize("name", [None, "a.doc", "b.pdf"])
def test_content_decides(data: bytes, kind: str, name: str | None) -> None:
    assert sniff(data, name) == kind


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("普通的一段话。", "a.md", "markdown"),
        ("普通的一段话。", "a.txt", "text"),
        ("普通的一段话。", None, "text"),
        ("任务,时限\n清淤,5月1日", "a.csv", "csv"),
        ("任务,时限\n清淤,5月1日", "a.txt", "text"),
        ("第一段<br>第二段", "a.htm", "html"),
        ("第一段<br>第二段", "a.txt", "text"),
    ],
)
def test_name_settles_what_content_leaves_open(text: str, name: str | None, kind: str) -> None:
    assert sniff(text.encode(), name) == kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 一\n\n## 二\n", True),
        ("# 一\n\n**重点**：尽快办理。\n", True),
        ("| 甲 | 乙 |\n| :-- | --: |\n", True),
        ("# 一\n正文。\n", False),
        ("一、甲\n----------\n二、乙\n", False),
        ("- 甲\n- 乙\n", False),
    ],
)
def test_markdown_marks(text: str, expected: bool) -> None:
    assert looks_like_markdown(text) is expected


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFileError),
        (b" \r\n\t\x0c", EmptyFileError),
        ("\u3000\n".encode("utf-16"), EmptyFileError),
        (b"<html><body> &nbsp; </body></html>", EmptyFileError),
        (zipped("a.txt"), UnknownTypeError),
        (bytes(range(256)) * 40, UnknownTypeError),
        (ole("EncryptedPackage"), EncryptedFileError),
        (b"\x89PNG\r\n\x1a\n\x00", ImageOnlyError),
        (zipped("xl/workbook.xml"), MissingReaderError),
        (ole("Workbook"), MissingReaderError),
        (zipped("OFD.xml"), MissingReaderError),
    ],
)
def test_refusals_say_what_to_do(data: bytes, error: type[InputError]) -> None:
    with pytest.raises(error) as raised:
        read_bytes(data, name="文件.docx")
    assert raised.value.remedy


def test_refusals_of_paths(tmp_path: object) -> None:
    for path in (str(tmp_path), f"{tmp_path}/none.txt"):
        with pytest.raises(InputError) as raised:
            read_file(path)
        assert raised.value.remedy


@pytest.mark.parametrize(
    ("name", "warned"),
    [
        ("纪要.docx", True),
        ("纪要.pdf", True),
        ("纪要.txt", False),
        ("纪要", False),
        ("2024.05.06纪要", False),
        (None, False),
    ],
)
def test_a_wrong_extension_is_told(name: str | None, warned: bool) -> None:
    reading = read_bytes("会议要求，各单位要抓好落实。".encode(), name=name)
    assert reading.reader == "text"
    assert [warning.code for warning in reading.warnings] == ["wrong_extension"] * warned


def test_reader_table_names_existing_functions() -> None:
    for kind, reader in READERS.items():
        assert callable(reader.load()), kind


def test_only_plain_files_are_read_without_a_child() -> None:
    assert {kind for kind in READERS if not is_risky(kind)} == {"text", "markdown", "csv"}
    assert not is_risky("zip")

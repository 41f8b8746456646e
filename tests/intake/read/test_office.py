"""doc, wps and odt: through LibreOffice and without it."""

from __future__ import annotations

import os
import random
import stat
import time
from pathlib import Path

import pytest

from docmine.errors import (
    DamagedFileError,
    DocmineError,
    EmptyFileError,
    EncryptedFileError,
    ImageOnlyError,
    InputError,
    LimitExceededError,
    MissingReaderError,
    UnknownTypeError,
    UnreadableTextError,
    UnsafeFileError,
)
from docmine.intake.read import libreoffice
from docmine.intake.read.libreoffice import convert, find_program
from docmine.intake.read.odt import read_odt
from docmine.intake.read.office import looks_like_text, read_office, wants_libreoffice
from docmine.schema.document import Reading
from office_building import Minutes, blocks, cells, check_shape, docx, package, para

needs_libreoffice = pytest.mark.skipif(
    find_program() is None and not os.environ.get("CI"), reason="LibreOffice isn't installed (required where CI is set)"
)

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    }.items()
)


_MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_MANIFEST = (
    '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" m:version="1.2">'
    f'<m:file-entry m:full-path="/" m:media-type="{_MEDIA_TYPE}"/>'
    '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/>'
    '<m:file-entry m:full-path="styles.xml" m:media-type="text/xml"/></m:manifest>'
)


def odt(body: str, *, automatic: str = "", styles: str = "", whole: bool = False) -> bytes:
    """An odt of this body; `whole`: with all that LibreOffice asks of one."""
    content = (
        f'<office:document-content {_NAMESPACES} office:version="1.2">'
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    files = {"mimetype": _MEDIA_TYPE, "content.xml": content}
    files["styles.xml"] = (
        f'<office:document-styles {_NAMESPACES} office:version="1.2">{styles}</office:document-styles>'
    )
    if whole:
        files["META-INF/manifest.xml"] = _MANIFEST
    return package(files)


def read(body: str, *, automatic: str = "", styles: str = "") -> Reading:
    reading = read_odt(odt(body, automatic=automatic, styles=styles))
    check_shape(reading)
    return reading


def p(content: str) -> str:
    return f"<text:p>{content}</text:p>"


def item(*content: str, start: int | None = None) -> str:
    stated = "" if start is None else f' text:start-value="{start}"'
    return f"<text:list-item{stated}>{''.join(content)}</text:list-item>"


def number(level: int, fmt: str, *, prefix: str = "", suffix: str = "", shown: int = 1, pattern: str = "") -> str:
    stated = f' loext:num-list-format="{pattern}"' if pattern else ""
    return (
        f'<text:list-level-style-number text:level="{level}" style:num-format="{fmt}" style:num-prefix="{prefix}"'
        f' style:num-suffix="{suffix}" text:display-levels="{shown}"{stated}/>'
    )


LIST = (
    '<text:list-style style:name="L">'
    + number(1, "一, 二, 三, ...", suffix="、")
    + number(2, "一, 二, 三, ...", prefix="（", suffix="）")
    + number(3, "1", suffix=".")
    + "</text:list-style>"
)


def ol(*items: str, name: str = "L", more: str = "") -> str:
    styled = f' text:style-name="{name}"' if name else ""
    return f"<text:list{styled}{more}>{''.join(items)}</text:list>"


class TestOdtText:
    @pytest.mark.parametrize(("content", "expected"), [
        ("甲<text:span>乙</text:span>丙", "甲乙丙"),
        ("甲<text:s text:c=\"2\"/>乙<text:tab/>丙", "甲  乙\t丙"),
        ("甲\n   乙", "甲 乙"),
        ("甲<text:line-break/>乙", "甲\n乙"),
        ("甲<office:annotation><text:p>批注</text:p></office:annotation>乙", "甲乙"),
        ("第<text:page-number>3</text:page-number>页", "第页"),
        ('<text:a href="x">附件</text:a>', "附件"),
        ("<text:ruby><text:ruby-base>颛</text:ruby-base><text:ruby-text>zhuan</text:ruby-text></text:ruby>", "颛"),
        ("闫𬱖", "闫𬱖"),
    ])  # fmt: skip
    def test_a_paragraph(self, content: str, expected: str) -> None:
        assert read(p(content)).text == expected + "\n"

    def test_hidden_text_is_out(self) -> None:
        hidden = (
            '<style:style style:name="T" style:family="text"><style:text-properties text:display="none"/></style:style>'
        )
        assert read(p('显<text:span text:style-name="T">隐</text:span>'), automatic=hidden).text == "显\n"

    def test_deleted_text_is_out(self) -> None:
        tracked = f"<text:tracked-changes><text:changed-region><text:deletion>{p('删')}</text:deletion></text:changed-region></text:tracked-changes>"
        assert read(tracked + p("留")).text == "留\n"

    def test_headings_notes_boxes_and_page_headers(self) -> None:
        note = f"<text:note><text:note-citation>1</text:note-citation><text:note-body>{p('注')}</text:note-body></text:note>"
        box = f"<draw:frame><draw:text-box>{p('框')}</draw:text-box></draw:frame>"
        masters = (
            f"<office:master-styles><style:master-page><style:header>{p('内部资料')}</style:header>"
            f"<style:footer>{p('第<text:page-number>1</text:page-number>页')}</style:footer></style:master-page></office:master-styles>"
        )
        body = '<text:h text:outline-level="2">要求</text:h>' + p("正文" + note + box)
        assert blocks(read(body, styles=masters)) == [
            ("heading", 2, "", "要求"),
            ("paragraph", 0, "", "正文"),
            ("textbox", 0, "", "框"),
            ("footnote", 0, "", "注"),
            ("header", 0, "", "内部资料"),
        ]

    def test_contents_are_boilerplate(self) -> None:
        body = f"<text:table-of-content><text:index-body>{p('一、要求 3')}</text:index-body></text:table-of-content>"
        assert [kind for kind, *_ in blocks(read(body + p("正文")))] == ["boilerplate", "paragraph"]


class TestOdtNumbers:
    def test_levels_count_and_restart(self) -> None:
        body = ol(
            item(p("甲"), ol(item(p("乙"), ol(item(p("丙")), item(p("丁")), name="")), item(p("戊")), name="")),
            item(p("己"), ol(item(p("庚")), name="")),
        )
        assert read(body, automatic=LIST).text.splitlines() == [
            "一、甲", "（一）乙", "1.丙", "2.丁", "（二）戊", "二、己", "（一）庚",
        ]  # fmt: skip

    @pytest.mark.parametrize(("more", "expected"), [
        ("", "一、丙"),
        (' text:continue-numbering="true"', "三、丙"),
        (' text:continue-list="first"', "三、丙"),
        (' text:continue-list="none"', "一、丙"),
    ])  # fmt: skip
    def test_a_second_list(self, more: str, expected: str) -> None:
        body = ol(item(p("甲")), item(p("乙")), more=' xml:id="first"') + p("间") + ol(item(p("丙")), more=more)
        assert read(body, automatic=LIST).text.splitlines()[-1] == expected

    def test_lists_without_a_name_dont_continue_each_other(self) -> None:
        assert read(ol(item(p("甲"))) + ol(item(p("乙"))), automatic=LIST).text.splitlines() == ["一、甲", "一、乙"]

    def test_only_the_first_paragraph_of_an_item_has_a_number(self) -> None:
        body = ol(item(p("甲"), p("续")), f"<text:list-header>{p('头')}</text:list-header>", item(p("乙")))
        assert read(body, automatic=LIST).text.splitlines() == ["一、甲", "续", "头", "二、乙"]

    def test_a_start_value(self) -> None:
        assert read(ol(item(p("甲"), start=5), item(p("乙"))), automatic=LIST).text.splitlines() == ["五、甲", "六、乙"]

    @pytest.mark.parametrize(("level", "expected"), [
        (number(1, "1", suffix="."), "1.甲"),
        (number(1, "A", suffix=")"), "A)甲"),
        (number(1, "①, ②, ③, ..."), "①甲"),
        (number(1, "甲, 乙, 丙, ...", suffix="、"), "甲、甲"),
        (number(1, "壹, 贰, 叁, ...", suffix="、"), "壹、甲"),
        (number(1, "1", pattern="第%1%条"), "第1条甲"),
        (number(1, ""), "甲"),
        ('<text:list-level-style-bullet text:level="1" text:bullet-char="•"/>', "甲"),
    ])  # fmt: skip
    def test_formats(self, level: str, expected: str) -> None:
        style = f'<text:list-style style:name="L">{level}</text:list-style>'
        assert read(ol(item(p("甲"))), automatic=style).text == expected + "\n"

    def test_several_levels_in_one_label(self) -> None:
        style = f'<text:list-style style:name="L">{number(1, "1")}{number(2, "1", shown=2)}</text:list-style>'
        assert read(ol(item(p("甲"), ol(item(p("乙")), name=""))), automatic=style).text == "1甲\n1.1乙\n"

    def test_outline_numbers_of_headings(self) -> None:
        outline = '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/></text:outline-style>'
        body = '<text:h text:outline-level="1">要求</text:h><text:h text:outline-level="2">其他</text:h>'
        assert read(body, styles=outline).text == "1.要求\n其他\n"


def td(text: str, more: str = "") -> str:
    return f"<table:table-cell{more}>{p(text)}</table:table-cell>"


def tr(*inner: str) -> str:
    return f"<table:table-row>{''.join(inner)}</table:table-row>"


class TestOdtTables:
    def test_rows_merges_and_headers(self) -> None:
        rows = (
            f"<table:table-header-rows>{tr(td('序号'), td('单位'), td('任务'))}</table:table-header-rows>"
            + tr(td("1"), td("局", ' table:number-rows-spanned="2"'), td("甲"))
            + tr(td("2"), "<table:covered-table-cell/>", td("乙"))
            + tr(td("全", ' table:number-columns-spanned="2"'), "<table:covered-table-cell/>", td("丙"))
        )
        reading = read(f"<table:table>{rows}</table:table>")
        assert reading.text == "序号\t单位\t任务\n1\t局\t甲\n2\t\t乙\n全\t丙\n"
        assert reading.tables[0].header_rows == 1
        assert cells(reading)[3:] == [
            (1, 0, 1, 1, "1"), (1, 1, 2, 1, "局"), (1, 2, 1, 1, "甲"),
            (2, 0, 1, 1, "2"), (2, 2, 1, 1, "乙"),
            (3, 0, 1, 2, "全"), (3, 2, 1, 1, "丙"),
        ]  # fmt: skip

    def test_repeated_cells_are_capped(self) -> None:
        wide = td("甲", ' table:number-columns-repeated="16000"')
        assert len(read(f"<table:table>{tr(wide)}</table:table>").tables[0].cells) == 500


def _manifest() -> dict[str, str]:
    entry = "<m:file-entry><m:encryption-data/></m:file-entry>"
    return {"META-INF/manifest.xml": f'<m:manifest xmlns:m="urn:x">{entry}</m:manifest>', "content.xml": "?"}


@pytest.mark.parametrize(("data", "error"), [
    (b"", EmptyFileError),
    (b"\x00\x01garbage" * 50, DamagedFileError),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), (DamagedFileError, UnknownTypeError)),
    (b"PK\x03\x04", DamagedFileError),
    (package({"a.txt": "a"}), UnknownTypeError),
    (package(_manifest()), EncryptedFileError),
    (odt(""), EmptyFileError),
    (odt(p("<draw:frame><draw:image/></draw:frame>")), ImageOnlyError),
    (package({"content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), UnsafeFileError),
    (odt("<text:section>" * 400 + p("深") + "</text:section>" * 400), UnsafeFileError),
    (odt(p("\ue000\ue001\ue002")), UnreadableTextError),
], ids=["empty", "garbage", "hollow OLE", "cut zip", "other zip", "encrypted", "no text", "picture", "DTD", "deep", "private use"])  # fmt: skip
def test_refused(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_office(data, kind="doc", libreoffice=False)


def test_a_zip_that_is_a_docx_is_read_as_one() -> None:
    assert read_office(docx(para("甲")), kind="wps").reader == "docx"


@pytest.mark.parametrize(("value", "wanted"), [("1", False), ("yes", False)])
def test_the_environment_switches_libreoffice_off(monkeypatch: pytest.MonkeyPatch, value: str, wanted: bool) -> None:
    monkeypatch.setenv("DOCMINE_NO_LIBREOFFICE", value)
    assert wants_libreoffice() is wanted


@pytest.mark.parametrize(("text", "expected"), [
    ("由市水利局牵头，6月底前完成。\n", True),
    ("CO₂ ≤ 5% ☑ 𬱖", True),
    ("\x00\x01\x02 abc", False),
    ("��督", False),
])  # fmt: skip
def test_looks_like_text(text: str, expected: bool) -> None:
    assert looks_like_text(text) is expected


class _Fake:
    """A program on the PATH in LibreOffice's place."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
        program = folder / "soffice"
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        monkeypatch.delenv("DOCMINE_NO_LIBREOFFICE", raising=False)


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")
class TestWhenLibreofficeFails:
    def test_the_time_is_up(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        pid = tmp_path / "pid"
        _Fake(tmp_path, monkeypatch, f"sleep 60 & echo $! > {pid}\nwait")
        began = time.monotonic()
        with pytest.raises(LimitExceededError):
            convert(odt(p("甲")), suffix="odt", timeout=0.5)
        assert time.monotonic() - began < 10
        child = int(pid.read_text())
        for _ in range(50):  # the whole group is gone, the sleeping child too
            if not _alive(child):
                break
            time.sleep(0.1)
        assert not _alive(child)

    @pytest.mark.parametrize("script", ["exit 1", "exit 0", "sleep 60"])
    def test_the_own_reader_takes_over(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
        _Fake(tmp_path, monkeypatch, script)
        reading = read_office(odt(p("甲")), kind="odt", timeout=0.5)
        assert reading.text == "甲\n"
        assert [w.code for w in reading.warnings] == ["libreoffice_failed", "numbering_may_be_missing"]

    def test_an_exceeded_time_is_the_reason_where_nothing_reads_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _Fake(tmp_path, monkeypatch, "sleep 60")
        monkeypatch.setattr("docmine.intake.read.office._own_reader", _raises)
        with pytest.raises(LimitExceededError):
            read_office(odt(p("甲")), kind="odt", timeout=0.5)

    def test_without_a_program(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(libreoffice, "find_program", lambda: None)
        with pytest.raises(MissingReaderError):
            convert(b"", suffix="odt", timeout=1)


def test_profiles_of_dead_processes_are_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    dead, alive, young, other = (tmp_path / name for name in (
        "docmine-office-4194304999-a", f"docmine-office-{os.getpid()}-b", "docmine-office-4194304999-c", "docmine-x-1",
    ))  # fmt: skip
    for folder in (dead, alive, young, other):
        folder.mkdir()
        if folder is not young:
            os.utime(folder, (0, 0))
    monkeypatch.setattr(libreoffice, "_is_running", lambda pid: pid == os.getpid())
    libreoffice._sweep()
    assert not dead.exists()
    assert alive.exists() and young.exists() and other.exists()


def _raises(*_: object) -> Reading:
    raise DamagedFileError("broken")


def _alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").split(")")[-1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False


@needs_libreoffice
class TestThroughLibreoffice:
    @pytest.mark.parametrize("kind", ["doc", "wps", "odt"])
    def test_shared_minutes(self, shared, kind: str) -> None:  # type: ignore[no-untyped-def]
        minutes = Minutes(shared)
        reading = read_office(minutes.data(f"minutes.{kind}"), kind=kind)  # type: ignore[arg-type]
        check_shape(reading)
        assert reading.reader == "libreoffice"
        assert minutes.body(reading) == "".join(minutes.text.split())
        assert (minutes.numbered(reading), minutes.rows(reading)) == (110, 61)

    def test_an_odt_made_by_hand(self) -> None:
        data = odt(ol(item(p("甲")), item(p("乙"))), automatic=LIST, whole=True)
        reading = read_office(data, kind="odt")
        assert reading.reader == "libreoffice"
        assert [marker for _, _, marker, _ in blocks(reading)] == ["一、", "二、"]


class TestWithoutLibreoffice:
    @pytest.mark.parametrize(("kind", "name"), [
        ("doc", "minutes.doc"),
        ("wps", "minutes.wps"),
        ("odt", "minutes.odt"),
        ("doc", "hostile/doc_named.docx"),
    ])  # fmt: skip
    def test_shared_minutes(self, shared, monkeypatch, kind: str, name: str) -> None:  # type: ignore[no-untyped-def]
        monkeypatch.setenv("DOCMINE_NO_LIBREOFFICE", "1")
        minutes = Minutes(shared)
        reading = read_office(minutes.data(name), kind=kind)  # type: ignore[arg-type]
        check_shape(reading)
        assert reading.reader == ("odt" if kind == "odt" else "doc")
        assert [w.code for w in reading.warnings] == ["numbering_may_be_missing"]
        assert minutes.body(reading) == "".join(minutes.text.split())
        assert (minutes.numbered(reading), minutes.rows(reading)) == (110, 61)
        assert [t.header_rows for t in reading.tables] == [1]

    def test_garbage(self, shared) -> None:  # type: ignore[no-untyped-def]
        with pytest.raises(DamagedFileError):
            read_office((shared / "formats" / "hostile" / "garbage.doc").read_bytes(), kind="doc")

    def test_an_encrypted_doc(self, shared) -> None:  # type: ignore[no-untyped-def]
        data = bytearray((shared / "formats" / "minutes.doc").read_bytes())
        at = data.index(b"\xec\xa5", 512)  # the Word header; the encryption flag stands 11 bytes in
        data[at + 11] |= 1
        with pytest.raises(EncryptedFileError):
            read_office(bytes(data), kind="doc")

    def test_spoilt_docs_are_errors_or_text(self, shared) -> None:  # type: ignore[no-untyped-def]
        data = (shared / "formats" / "minutes.doc").read_bytes()
        rng = random.Random(11)
        for _ in range(40):
            spoilt = bytearray(data)
            for _ in range(rng.choice((1, 20, 400))):
                spoilt[rng.randrange(512, len(spoilt))] = rng.randrange(256)
            try:
                check_shape(read_office(bytes(spoilt), kind="doc", libreoffice=False))
            except DocmineError as error:
                assert isinstance(error, InputError)

"""Builds office files for tests from snippets of their XML, and compares readings with the shared minutes."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

from docmine.schema.document import Reading, Table

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{_RELATION}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def docx(body: str, **parts: str) -> bytes:
    """A docx of this body. `parts` are the contents of styles, numbering, footnotes, header1, footer1…"""
    relations, files = [], {}
    types = [_content_type("document", "document.main")]
    for name, inner in parts.items():
        kind = name.rstrip("0123456789")
        root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
        files[f"word/{name}.xml"] = f"<w:{root} {_NAMESPACES}>{inner}</w:{root}>"
        relations.append(f'<Relationship Id="{name}" Type="{_RELATION}/{kind}" Target="{name}.xml"/>')
        types.append(_content_type(name, kind))
    files["word/document.xml"] = f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>"
    files["word/_rels/document.xml.rels"] = _relations("".join(relations))
    main = f'<Relationship Id="rId1" Type="{_RELATION}/officeDocument" Target="word/document.xml"/>'
    files["_rels/.rels"] = _relations(main)
    files["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels"'
        f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{"".join(types)}</Types>'
    )
    return package(files)


def _content_type(name: str, kind: str) -> str:
    media_type = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    return f'<Override PartName="/word/{name}.xml" ContentType="{media_type}"/>'


def package(files: dict[str, str]) -> bytes:
    """A zip archive of these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


def _relations(inner: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(content: str = "", *, style: str = "", num: tuple[int, int] | None = None, properties: str = "") -> str:
    """A paragraph; plain `content` becomes a run, markup stays. `num` is (list, level)."""
    inner = content if content.startswith("<") or not content else run(content)
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>' if num else ""
    return f"<w:p><w:pPr>{styled}{listed}{properties}</w:pPr>{inner}</w:p>"


def level(ilvl: int, fmt: str, text: str, *, start: int = 1, suff: str = "nothing", more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="{start}"/><w:numFmt w:val="{fmt}"/>{more}'
        f'<w:suff w:val="{suff}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}'


def cell(content: str = "", properties: str = "") -> str:
    inner = content if content.startswith("<") else para(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def cells(reading: Reading, which: int = 0) -> list[tuple[int, int, int, int, str]]:
    """(row, column, rowspan, colspan, text) of each cell of a table."""
    return [(c.row, c.col, c.rowspan, c.colspan, c.span.text(reading.text)) for c in reading.tables[which].cells]


def blocks(reading: Reading) -> list[tuple[str, int, str, str]]:
    """(kind, level, marker, text) of each block."""
    return [(b.kind, b.level, b.marker, b.span.text(reading.text)) for b in reading.blocks]


def check_shape(reading: Reading) -> None:
    """The promises of a reading: blocks sorted, apart, on one line, starting with their markers; cells in the text."""
    end = 0
    for block in reading.blocks:
        text = block.span.text(reading.text)
        assert block.span.start >= end
        assert text.strip() and "\n" not in text
        assert text.startswith(block.marker)
        end = block.span.end
    for found in reading.tables:
        for item in found.cells:
            assert 0 <= item.span.start <= item.span.end <= len(reading.text)
    assert reading.text.endswith("\n")
    assert reading.layout == "paragraphs"


class Minutes:
    """The shared minutes: 110 numbered paragraphs, a table of 60 rows, a page header."""

    def __init__(self, shared: Path) -> None:
        self.folder = shared / "formats"
        self.text = (self.folder / "minutes.gt.txt").read_text(encoding="utf-8")
        self.truth = json.loads((self.folder / "minutes.gt.json").read_text(encoding="utf-8"))

    def data(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def body(self, reading: Reading) -> str:
        """The text without page headers and footers, white space aside."""
        text = list(reading.text)
        for block in reversed(reading.blocks):
            if block.kind in ("header", "footer"):
                del text[block.span.start : block.span.end]
        return "".join("".join(text).split())

    def numbered(self, reading: Reading) -> int:
        """How many numbered paragraphs stand in the text with their number at the start, and in its block."""
        found = {(b.marker, "".join(b.span.text(reading.text).split())) for b in reading.blocks if b.marker}
        wanted = [(m, "".join((m + text).split())) for _, m, text in self.truth["paras"] if m]
        return sum(item in found for item in wanted)

    def rows(self, reading: Reading) -> int:
        """How many table rows, the header row included, are right cell by cell."""
        wanted = [self.truth["hdr"], *self.truth["rows"]]
        return max(
            (sum(a == b for a, b in zip(grid(reading, t), wanted, strict=False)) for t in reading.tables), default=0
        )


def grid(reading: Reading, found: Table) -> list[list[str]]:
    """A table as rows of texts, merged cells repeated."""
    at = {}
    for item in found.cells:
        for i in range(item.row, item.row + item.rowspan):
            for j in range(item.col, item.col + item.colspan):
                at[i, j] = item.span.text(reading.text)
    rows = max((i for i, _ in at), default=-1) + 1
    columns = max((j for _, j in at), default=-1) + 1
    return [[at.get((i, j), "") for j in range(columns)] for i in range(rows)]

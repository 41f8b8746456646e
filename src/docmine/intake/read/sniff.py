"""What kind of file is this? The content decides; a name's extension only settles what content leaves open."""

from __future__ import annotations

import io
import re

from docmine.intake.read.encoding import Decoded, decode

HEAD = 1 << 13  # bytes of text looked at for markup
SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b\x08", "archive"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_STREAMS = (  # names of directory entries, stored as UTF-16
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)
ZIP_PARTS = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"), ("OFD.xml", "ofd"))
ODF_TYPES = ((b"opendocument.text", "odt"), (b"opendocument.spreadsheet", "ods"), (b"opendocument.presentation", "odp"))
TEXT_NAMES = {"htm": "html", "html": "html", "xhtml": "html", "md": "markdown", "markdown": "markdown"}
TEXT_NAMES |= {"csv": "csv", "tsv": "csv"}

_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta)\b", re.IGNORECASE | re.DOTALL
)
_HTML_FRAME = re.compile(r"<(?:html|head|body)\b[^>]*>", re.IGNORECASE)
_HTML_TAG = re.compile(r"<(/?)(p|div|table|tr|td|br|span|ul|ol|li|h[1-6]|font|a|b|strong|pre)\b[^<>]*>", re.IGNORECASE)
_MHTML = re.compile(r"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,12}?mime-version:", re.IGNORECASE)
_WORD_XML = re.compile(r"<(?:w:wordDocument|pkg:package|office:document)\b")
_HEADING = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)+\|?[ \t]*\r?$", re.MULTILINE)
_OTHER_MARKUP = re.compile(
    r"^[ \t]*(?:[-*+][ \t]+\S|\d{1,3}\.[ \t]+\S|```|>[ \t])|\*\*[^*\n]+\*\*|\]\([^)\s]+\)", re.MULTILINE
)


def sniff(data: bytes, name: str | None = None) -> str:
    """The kind of content: docx, doc, odt, rtf, pdf, html, mhtml, markdown, text, csv, xlsx, xls, ofd, zip, image, …

    `name` is the file's name, if there is one. "empty" has no bytes, "encrypted" is an office file under a password,
    "unknown" is anything else.
    """
    if not data:
        return "empty"
    return _by_signature(data) or _sniff_text(data, name)


def _by_signature(data: bytes) -> str | None:
    """The kind of a file that says so in its first bytes."""
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _sniff_zip(data)
    if data.startswith(OLE):
        return _sniff_ole(data)
    if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return "rtf"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"BM") and data[6:10] == b"\x00\x00\x00\x00":
        return "image"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image"
    return next((kind for mark, kind in SIGNATURES if data.startswith(mark)), None)


def _sniff_zip(data: bytes) -> str:
    """Which document a zip holds, by the names of its parts; names in the raw bytes where the directory is cut off."""
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        names = {raw.decode("utf-8", "replace") for raw in _local_names(data)}
    if "mimetype" in names:
        head = data[:200]
        for mark, kind in ODF_TYPES:
            if mark in head:
                return kind
    for part, kind in ZIP_PARTS:
        if any(name.startswith(part) for name in names):
            return kind
    return "zip"


def _local_names(data: bytes) -> list[bytes]:
    """File names in the local headers of a zip (APPNOTE 4.3.7: name length at 26, name at 30)."""
    found: list[bytes] = []
    at = 0
    while (at := data.find(b"PK\x03\x04", at)) >= 0 and len(found) < 10_000:
        length = int.from_bytes(data[at + 26 : at + 28], "little")
        found.append(data[at + 30 : at + 30 + length])
        at += 4
    return found


def _sniff_ole(data: bytes) -> str:
    """Which Office format an OLE2 container holds, by the names of its streams."""
    for stream, kind in OLE_STREAMS:
        if stream.encode("utf-16-le") + b"\x00\x00" in data:
            return kind
    return "unknown"


def _sniff_text(data: bytes, name: str | None) -> str:
    decoded = decode(data)
    if not decoded.is_text:
        return "unknown"
    hint = TEXT_NAMES.get((name or "").rpartition(".")[2].lower())
    kind = _markup(decoded, hint)
    if kind is not None:
        return kind
    return hint if hint in ("markdown", "csv") else "text"


def _markup(decoded: Decoded, hint: str | None) -> str | None:
    """html, mhtml, wordxml or markdown, where the text shows their marks."""
    head = decoded.text[:HEAD]
    if _WORD_XML.search(head):
        return "wordxml"
    if _MHTML.match(head) and "content-type:" in head.lower():
        return "mhtml"
    if _HTML_START.match(head) or (_HTML_FRAME.search(head) and _closes_tags(head)):
        return "html"
    if _closes_tags(head) and (hint == "html" or head.lstrip()[:1] == "<"):
        return "html"
    return "markdown" if looks_like_markdown(decoded.text) else None


def _closes_tags(head: str) -> bool:
    """Whether the text opens known tags, one of which it also closes or which stands alone (`<br>`)."""
    tags = [(close, tag.lower()) for close, tag in _HTML_TAG.findall(head)]
    opened = {tag for close, tag in tags if not close}
    return "br" in opened or any(close and tag in opened for close, tag in tags) or len(tags) >= 3


def looks_like_markdown(text: str) -> bool:
    """Whether plain text is Markdown: a ruled pipe table, several `#` headings, or one with other marks beside it."""
    if _TABLE_RULE.search(text):
        return True
    headings = len(_HEADING.findall(text))
    return headings >= 2 or (headings == 1 and _OTHER_MARKUP.search(text) is not None)

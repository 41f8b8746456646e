"""Zipped XML packages (docx, odt) opened without trusting them.

Only named parts are read, each up to a cap; a DTD is refused before the parser sees it; what the parser builds is
limited in depth. All errors are docmine's own.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any, NamedTuple

from docmine.errors import DamagedFileError, EmptyFileError, EncryptedFileError, UnsafeFileError

Element = Any
"""An lxml element (lxml ships no type hints)."""

MAX_PART_BYTES = 96 * 2**20
"""Largest XML part that is read. 28 pages of minutes take 0.3 MB; a part of this size takes about 1 GB as a tree."""

MAX_ENTRIES = 20_000
"""Most files in one package."""

MAX_RATIO = 400
"""Largest compression ratio of a part above 4 MB. XML of real documents reaches 10 to 60."""

_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError)  # what zipfile raises

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_PACKAGE_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Relation(NamedTuple):
    """A link of one part to another. `type` is the last word of the type's URI (styles, header, footnotes)."""

    id: str
    type: str
    target: str


class Package:
    """A zip archive of XML parts."""

    def __init__(self, data: bytes) -> None:
        if not data:
            raise EmptyFileError("the file has no bytes")
        if data.startswith(OLE_MAGIC):
            raise_for_ole(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._infos = {info.filename.lstrip("/"): info for info in self._zip.infolist()}
        except _ZIP_ERRORS as error:
            raise DamagedFileError(f"not a whole zip archive: {error}", remedy="get the file again") from error
        if len(self._infos) > MAX_ENTRIES:
            raise UnsafeFileError(f"the archive holds {len(self._infos)} files, more than {MAX_ENTRIES}")

    def has(self, name: str) -> bool:
        """Whether the package holds this part."""
        return name in self._infos

    def names(self) -> list[str]:
        """The names of all parts, in order of the archive."""
        return list(self._infos)

    def read(self, name: str) -> bytes:
        """The bytes of a part."""
        info = self._infos.get(name)
        if info is None:
            raise DamagedFileError(f"the part {name} is missing", remedy="save the document anew")
        if info.flag_bits & 0x1:
            raise EncryptedFileError(f"the part {name} is encrypted", remedy="save the document without a password")
        _check_size(name, info)
        try:
            with self._zip.open(info) as stream:
                data = stream.read(MAX_PART_BYTES + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            ValueError,
            OSError,
            EOFError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise DamagedFileError(f"the part {name} can't be unpacked: {error}") from error
        if len(data) > MAX_PART_BYTES:
            raise UnsafeFileError(f"the part {name} unpacks to more than {MAX_PART_BYTES} bytes")
        return data

    def xml(self, name: str) -> Element:
        """The root element of a part."""
        return parse_xml(self.read(name), name=name)

    def relations(self, part: str) -> list[Relation]:
        """The links of a part to other parts inside the package ("" for those of the package itself)."""
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", base + ".rels")
        if not self.has(name):
            return []
        found = []
        for relation in self.xml(name).iter(_PACKAGE_RELATIONS):
            if relation.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join("/" + folder, relation.get("Target", ""))).lstrip("/")
            found.append(Relation(relation.get("Id", ""), relation.get("Type", "").rpartition("/")[2], target))
        return found


def parse_xml(data: bytes, *, name: str) -> Element:
    """The root element of an XML text. A DTD is refused unseen; entities are never expanded."""
    from lxml import etree  # type: ignore[import-untyped]

    if _declares_dtd(data):
        raise UnsafeFileError(f"{name} declares a DTD", remedy="save the document anew with an office program")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise UnsafeFileError(f"{name} is nested too deeply") from error
        raise DamagedFileError(f"{name} is not well-formed XML: {error}", remedy="get the file again") from error
    except (ValueError, LookupError) as error:
        raise DamagedFileError(f"{name} can't be decoded: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafeFileError(f"{name} declares a DTD")
    return root


def raise_for_ole(data: bytes) -> None:
    """Say why an OLE container can't be read as a zipped package: encrypted, or something else."""
    import olefile  # type: ignore[import-untyped]

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            encrypted = ole.exists("EncryptedPackage") or ole.exists("EncryptionInfo")
    except (OSError, ValueError, IndexError, KeyError) as error:
        raise DamagedFileError(f"broken OLE container: {error}") from error
    if encrypted:
        raise EncryptedFileError("the document is protected by a password", remedy="save it without a password")
    raise DamagedFileError("an OLE container, not a zipped document", remedy="read it as doc or xls")


def local_name(element: Element) -> str:
    """An element's name without its namespace ("" for entities and the like)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _declares_dtd(data: bytes) -> bool:
    return any(
        word.encode(encoding) in data
        for encoding in ("ascii", "utf-16-le", "utf-16-be")
        for word in ("<!DOCTYPE", "<!ENTITY")
    )


def _check_size(name: str, info: zipfile.ZipInfo) -> None:
    if info.file_size > MAX_PART_BYTES:
        raise UnsafeFileError(f"the part {name} unpacks to {info.file_size} bytes")
    if info.file_size > 4 * 2**20 and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        raise UnsafeFileError(f"the part {name} unpacks to more than {MAX_RATIO} times its size")

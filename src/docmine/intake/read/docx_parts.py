"""The parts of a docx package: which one is the document, and those that belong to it."""

from __future__ import annotations

from collections.abc import Iterator

from docmine.errors import DamagedFileError, UnknownTypeError
from docmine.intake.read.docx_styles import Styles, read_styles, w_name
from docmine.intake.read.ooxml import Element, Package
from docmine.schema.document import BlockKind, Warn


def main_part(package: Package) -> str:
    """The name of the part that holds the document."""
    for relation in package.relations(""):
        if relation.type == "officeDocument" and package.has(relation.target):
            return relation.target
    if package.has("word/document.xml"):
        return "word/document.xml"
    raise UnknownTypeError("a zip archive, but no Word document in it")


class DocxParts:
    """The side parts of a document. A broken one is left out with a warning: the body is worth having."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self._relations = package.relations(main)
        self.warnings: list[Warn] = []
        self.styles: Styles = read_styles(self.root("styles"))

    def root(self, kind: str) -> Element | None:
        """The root of the part of this kind, None where there is none."""
        for relation in self._relations:
            if relation.type == kind:
                return self._load(relation.target)
        return None

    def page_stories(self, document: Element) -> Iterator[tuple[BlockKind, Element]]:
        """Headers, then footers, in the order in which sections refer to them."""
        targets = {relation.id: relation.target for relation in self._relations}
        kinds: tuple[BlockKind, ...] = ("header", "footer")
        for kind in kinds:
            seen: set[str] = set()
            for reference in document.iter():
                if w_name(reference) != f"{kind}Reference":
                    continue
                target = targets.get(_relation_id(reference))
                if target is None or target in seen:
                    continue
                seen.add(target)
                root = self._load(target)
                if root is not None:
                    yield kind, root

    def _load(self, name: str) -> Element | None:
        if not self._package.has(name):
            return None
        try:
            return self._package.xml(name)
        except DamagedFileError as error:
            self.warnings.append(Warn("part_unreadable", f"{name} is broken and was left out: {error.message}"))
            return None


def _relation_id(reference: Element) -> str:
    return next((str(value) for name, value in reference.attrib.items() if name.endswith("}id")), "")

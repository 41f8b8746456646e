"""The text of one docx paragraph: runs, fields, revisions, content controls, symbols.

Inserted text is in, deleted and moved-away text out; a field shows its result, not its instruction; hidden text is
out; of alternative contents one branch is read. Text boxes found on the way are handed back for the walker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from docmine.errors import UnsafeFileError
from docmine.intake.read.docx_styles import Styles, w_attribute, w_child, w_name, w_number, w_switch, w_value
from docmine.intake.read.numerals import circled_text, is_symbol_font, symbol_character
from docmine.intake.read.ooxml import Element, local_name

MAX_NESTING = 120
"""Deepest nesting of tables, content controls and the like. Real documents stay below ten."""

_HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{1,6}")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CONTAINERS = frozenset((
    "ins", "moveTo", "smartTag", "customXml", "hyperlink", "dir", "bdo", "rubyBase", "sdtContent", "p",
))  # fmt: skip
_GONE = frozenset((
    "del", "moveFrom", "delText", "pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "rt",
    "rubyPr",
))  # fmt: skip
_PAGE_FIELDS = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))


@dataclass(slots=True)
class _Field:
    """An open field. `result` is set once its separator was met."""

    instruction: list[str] = field(default_factory=list)
    result: bool = False
    form: Element | None = None

    @property
    def is_page_number(self) -> bool:
        words = "".join(self.instruction).split(maxsplit=1)
        return bool(words) and words[0].upper() in _PAGE_FIELDS


@dataclass(slots=True)
class InlineText:
    """What a paragraph shows. `boxes_first` of the text boxes are anchored before any text."""

    text: str = ""
    boxes: list[Element] = field(default_factory=list)
    boxes_first: int = 0
    has_page_number: bool = False
    has_picture: bool = False
    has_revision: bool = False


class InlineReader:
    """Reads paragraph after paragraph of one story; fields may reach over paragraph ends."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[_Field] = []
        self._parts: list[str] = []
        self._found = InlineText()
        self._hidden_style = False

    def read(self, paragraph: Element, style_id: str | None) -> InlineText:
        """The text of a paragraph and what is anchored in it."""
        self._parts, self._found = [], InlineText()
        self._hidden_style = self._styles.vanishes(style_id)
        for child in paragraph:
            self._inline(child, 0)
        while self._fields and not self._fields[-1].result:  # an instruction that never ended would hide the rest
            self._fields.pop()
        found = self._found
        found.text = "".join(self._parts)
        return found

    def _inline(self, element: Element, depth: int) -> None:
        if depth > MAX_NESTING:
            raise UnsafeFileError("the document is nested too deeply")
        name = w_name(element)
        if name == "r":
            self._run(element, depth)
        elif name in _GONE:
            self._found.has_revision |= name in ("del", "moveFrom")
        elif name == "sdt":
            if not is_placeholder(element):
                self._children(w_child(element, "sdtContent"), depth)
        elif name == "fldSimple":
            self._simple_field(element, depth)
        elif name in _CONTAINERS:
            self._found.has_revision |= name == "ins"
            self._children(element, depth)
        elif not name:
            self._foreign(element, depth)

    def _children(self, element: Element | None, depth: int) -> None:
        for child in () if element is None else element:
            self._inline(child, depth + 1)

    def _simple_field(self, element: Element, depth: int) -> None:
        words = (w_attribute(element, "instr") or "").split(maxsplit=1)
        if words and words[0].upper() in _PAGE_FIELDS:
            self._found.has_page_number = True
        else:
            self._children(element, depth)

    def _foreign(self, element: Element, depth: int) -> None:
        """Elements of other vocabularies: alternatives and formulas."""
        name = local_name(element)
        if name == "AlternateContent":
            branch = chosen_branch(element)
            self._children(branch, depth)
        elif name in ("oMath", "oMathPara"):
            self._show("".join(str(part.text or "") for part in element.iter() if local_name(part) == "t"))

    def _run(self, run: Element, depth: int) -> None:
        properties = w_child(run, "rPr")
        hidden = self._is_hidden(properties)
        font = self._symbol_font(properties)
        for child in run:
            self._run_part(child, depth, hidden=hidden, font=font)

    def _run_part(self, part: Element, depth: int, *, hidden: bool, font: str | None) -> None:
        name = w_name(part)
        if name == "fldChar":
            self._field_character(part)
        elif name == "instrText":
            if self._fields:
                self._fields[-1].instruction.append(part.text or "")
        elif hidden or name in _GONE:
            return
        elif name == "t":
            self._show(_run_text(part, font))
        elif name in ("tab", "ptab"):
            self._show("\t")
        elif name in ("br", "cr"):
            self._show("\n")
        elif name == "noBreakHyphen":
            self._show("-")
        elif name == "sym":
            self._show(_symbol(part))
        elif name == "ruby":
            self._children(w_child(part, "rubyBase"), depth)
        elif name in ("drawing", "pict", "object"):
            self._drawing(part, depth)
        elif not name and local_name(part) == "AlternateContent":
            branch = chosen_branch(part)
            for child in () if branch is None else branch:
                self._run_part(child, depth + 1, hidden=hidden, font=font)

    def _is_hidden(self, properties: Element | None) -> bool:
        if properties is None:
            return self._hidden_style
        stated = w_switch(properties, "vanish")
        if stated is not None:
            return stated
        return self._styles.vanishes(w_value(properties, "rStyle")) or self._hidden_style

    def _symbol_font(self, properties: Element | None) -> str | None:
        fonts = w_child(properties, "rFonts")
        name = None if fonts is None else w_attribute(fonts, "ascii")
        return name if name is not None and is_symbol_font(name) else None

    def _drawing(self, element: Element, depth: int) -> None:
        boxes = text_boxes(element, depth)
        if not boxes:
            self._found.has_picture = True
        if not any(part.strip() for part in self._parts):
            self._found.boxes_first += len(boxes)
        self._found.boxes.extend(boxes)

    def _field_character(self, element: Element) -> None:
        kind = w_attribute(element, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field(form=w_child(element, "ffData")))
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            closed = self._fields.pop()
            if closed.is_page_number:
                self._found.has_page_number = True
            elif not closed.result:
                self._show(_computed(closed))

    def _show(self, text: str) -> None:
        """Let text appear, unless it belongs to a field's instruction or is a page number."""
        for open_field in self._fields:
            if not open_field.result:
                open_field.instruction.append(text)
                return
            if open_field.is_page_number:
                return
        self._parts.append(text)


def is_placeholder(sdt: Element) -> bool:
    """Whether a content control shows only its prompt (click here to enter text)."""
    return bool(w_switch(sdt, "sdtPr", "showingPlcHdr"))


def chosen_branch(alternate: Element) -> Element | None:
    """The one branch of an `mc:AlternateContent` to read: the first that holds text, else the first."""
    branches = [child for child in alternate if local_name(child) in ("Choice", "Fallback")]
    for branch in branches:
        if any(w_name(part) in ("t", "sym", "txbxContent") for part in branch.iter()):
            return branch
    return branches[0] if branches else None


def text_boxes(element: Element, depth: int = 0) -> list[Element]:
    """The contents of the text boxes in a drawing, not looking into them."""
    if depth > MAX_NESTING:
        raise UnsafeFileError("the document is nested too deeply")
    found: list[Element] = []
    for child in element:
        if w_name(child) == "txbxContent":
            found.append(child)
        elif local_name(child) == "AlternateContent":
            branch = chosen_branch(child)
            found.extend(() if branch is None else text_boxes(branch, depth + 1))
        else:
            found.extend(text_boxes(child, depth + 1))
    return found


def _symbol(element: Element) -> str:
    code = w_attribute(element, "char") or ""
    if not _HEXADECIMAL.fullmatch(code):
        return ""
    return symbol_character(int(code, 16), w_attribute(element, "font") or "")


def _run_text(element: Element, font: str | None) -> str:
    text = str(element.text or "")
    if element.get(_SPACE) != "preserve":
        text = text.strip(" \t\r\n")
    text = text.replace("\r", "").replace("\n", " ")
    if font is None:
        return text
    return "".join(char if char.isspace() else symbol_character(ord(char), font) for char in text)


def _computed(closed: _Field) -> str:
    """What a field without a stored result shows: form fields, and the circled characters of East Asian Word."""
    if closed.form is not None:
        return _form_result(closed.form)
    return circled_text("".join(closed.instruction))


def _form_result(form: Element) -> str:
    """The state of a check box or drop-down of an old-style form."""
    box = w_child(form, "checkBox")
    if box is not None:
        state = w_switch(box, "checked")
        return "☑" if (w_switch(box, "default") if state is None else state) else "☐"
    choice = w_child(form, "ddList")
    if choice is None:
        return ""
    entries = [w_attribute(entry, "val") or "" for entry in choice if w_name(entry) == "listEntry"]
    at = w_number(choice, "result") or 0
    return entries[at] if 0 <= at < len(entries) else ""

"""Reads RTF in pure Python, with list numbers, tables, notes and page headers.

An own interpreter, because of 110 list numbers and 61 table rows in a 28-page minutes file LibreOffice 7.4's import
(converted to docx or text) gives 71 numbers right, it restarts lists at wrong places, and striprtf 0.0.35 106 numbers
and 57 rows, without cell merges. The numbers as shown stand ready in `\\listtext`. Order of the text as for docx:
body, footnotes, headers, footers.
"""

from __future__ import annotations

from copy import copy

from docmine.errors import DamagedFileError, EmptyFileError, ImageOnlyError, UnsafeFileError
from docmine.intake.read.composer import Composer
from docmine.intake.read.numerals import circled_text, is_symbol_font, symbol_character
from docmine.intake.read.rtf_state import State, Style, Writing, take_paragraph
from docmine.intake.read.rtf_tokens import Token, code_page, decode, tokens
from docmine.intake.read.rtf_words import CHARACTERS, PAGE_FIELD, PAGE_NUMBER_WORDS, PASSED, SILENT, STORIES, SYMBOLS
from docmine.intake.read.story import CellShape, Item, Paragraph, RowShape, compose, plain_text
from docmine.schema.document import BlockKind, Reading, Warn

MEDIA_TYPE = "application/rtf"
MAX_GROUP_DEPTH = 3000


def read_rtf(data: bytes, *, path: str | None = None) -> Reading:
    """Read an RTF file. `path` only serves messages."""
    if not data:
        raise EmptyFileError("the file has no bytes")
    if not data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        raise DamagedFileError("not an RTF file: it doesn't begin with {\\rtf")
    reader = _Reader()
    reader.run(data)
    return reader.reading()


class _Reader:
    """The interpreter. Text collects in `_bytes` (8-bit, font's code page) and goes to the current role's buffer."""

    def __init__(self) -> None:
        self._state = State()
        self._stack: list[State] = []
        self._writing = [Writing(None)]
        self._notes: list[tuple[BlockKind, list[Item], bool]] = []
        self._bytes = bytearray()
        self._surrogate = 0
        self._skip = 0
        self._default_page = 1252
        self._default_font: int | None = None
        self._charsets: dict[int, int] = {}
        self._font_names: dict[int, str] = {}
        self._styles: dict[int, Style] = {}
        self._name: list[str] = []
        self._instruction: list[str] = []
        self._shapes = [RowShape(), RowShape()]  # of outer rows, of rows of nested tables
        self._cell = CellShape()
        self._has_picture = False
        self._has_deleted = False
        self._truncated = False

    # ── tokens ──────────────────────────────────────────────────────────────────────────────────────────────────

    def run(self, data: bytes) -> None:
        """Interpret the whole file."""
        for token in tokens(data):
            if self._skip and self._skipped(token):
                continue
            if token.kind in ("text", "hex"):
                self._bytes += token.value.encode("latin-1")
            elif token.kind == "open":
                self._open()
            elif token.kind == "close":
                if not self._stack:
                    break
                self._close()
                if not self._stack:
                    break
            elif token.kind == "symbol":
                self._symbol(token.value)
            else:
                self._word(token.value, token.number)
        self._flush()
        self._truncated = bool(self._stack)
        while self._stack:
            self._close()

    def _skipped(self, token: Token) -> bool:
        """Whether the token is the replacement that follows a `\\u` for readers that know no Unicode."""
        if token.kind in ("open", "close") or (token.kind == "word" and token.value == "u"):
            self._skip = 0
            return False
        if token.kind == "text" and len(token.value) > self._skip:
            self._bytes += token.value[self._skip :].encode("latin-1")
            self._skip = 0
            return True
        self._skip -= len(token.value) if token.kind == "text" else 1
        return True

    def _open(self) -> None:
        self._flush()
        if len(self._stack) > MAX_GROUP_DEPTH:
            raise UnsafeFileError(f"groups are nested more than {MAX_GROUP_DEPTH} deep")
        self._stack.append(self._state)
        self._state = copy(self._state)
        self._state.starred = self._state.story = False

    def _close(self) -> None:
        self._flush()
        closed, self._state = self._state, self._stack.pop()
        if closed.story:
            self._end_story()
        if closed.role == "style" and self._state.role == "styles":
            self._end_style(closed)
        elif closed.role == "instruction" and self._state.role != "instruction":
            self._end_instruction()
        elif closed.role == "fonts" and self._state.role != "fonts":
            self._name.clear()

    def _symbol(self, symbol: str) -> None:
        self._flush()
        if symbol == "*":
            self._state.starred = True
        elif symbol in "\r\n":
            self._word("par", None)
        elif symbol in SYMBOLS:
            self._put(SYMBOLS[symbol])

    def _word(self, word: str, number: int | None) -> None:
        if word == "u":
            self._unicode(number or 0)
            return
        self._flush()
        starred, self._state.starred = self._state.starred, False
        if self._state.role == "silent":
            return
        if word in CHARACTERS:
            self._put(CHARACTERS[word])
        elif self._destination(word, starred):
            return
        elif self._state.role in ("fonts", "style", "styles"):
            self._in_tables(word, number)
        elif not self._character_property(word, number) and not self._paragraph_word(word, number):
            self._row_word(word, number)

    # ── where text goes ─────────────────────────────────────────────────────────────────────────────────────────

    def _destination(self, word: str, starred: bool) -> bool:
        """Whether the word opens a destination; sets the group's role."""
        state = self._state
        if word in STORIES:
            state.story = True
            state.role, state.in_table, state.depth = "text", False, 1
            self._writing.append(Writing(STORIES[word]))
        elif word in SILENT:
            self._has_picture |= word == "pict"
            state.role = "silent"
        elif word in ("listtext", "pntext"):
            state.role = "label"
        elif word == "fldinst":
            state.role = "instruction"
            self._instruction.clear()
        elif word == "fldrslt":
            if PAGE_FIELD.match("".join(self._instruction)):
                self._writing[-1].has_page_number = True
                state.role = "silent"
        elif word == "fonttbl":
            state.role = "fonts"
        elif word == "stylesheet":
            state.role = "styles"
        elif word == "nesttableprops":
            state.nested = True
        elif word == "upr":
            state.role = "double"
        elif word == "ud":
            state.role = self._stack[-2].role if len(self._stack) > 1 else "text"
        elif starred and word not in PASSED:
            state.role = "silent"
        else:
            return False
        return True

    def _put(self, text: str) -> None:
        """Let text appear in the buffer of the group's role."""
        state, writing = self._state, self._writing[-1]
        if self._surrogate:
            writing.parts.append("\ufffd")
            self._surrogate = 0
        if state.role == "text":
            self._has_deleted |= state.deleted
            if not state.hidden and not state.deleted:
                writing.parts.append(text)
        elif state.role == "label":
            if not state.hidden and not state.deleted:
                writing.label.append(text)
        elif state.role == "instruction":
            self._instruction.append(text)
        elif state.role in ("fonts", "style"):
            self._name.append(text)
            if state.role == "fonts" and ";" in text:
                self._end_font()

    def _flush(self) -> None:
        """Decode the 8-bit text that has collected."""
        if not self._bytes:
            return
        data = bytes(self._bytes)
        self._bytes.clear()
        if self._state.role in ("silent", "double", "styles"):
            return
        font = self._state.font if self._state.font is not None else self._default_font
        name = self._font_names.get(font, "") if font is not None else ""
        if self._state.role in ("text", "label") and is_symbol_font(name):
            self._put("".join(" " if byte == 32 else symbol_character(byte, name) for byte in data))
            return
        charset = self._charsets.get(font) if font is not None else None
        self._put(decode(data, code_page(charset, self._default_page)))

    def _unicode(self, number: int) -> None:
        self._flush()
        self._skip = self._state.uc
        if self._state.role == "silent":
            return
        code = number & 0xFFFF if number < 0 else number
        if 0xD800 <= code < 0xDC00:
            self._surrogate = code
            return
        if 0xDC00 <= code < 0xE000:
            if not self._surrogate:
                return
            code = 0x10000 + ((self._surrogate - 0xD800) << 10) + code - 0xDC00
            self._surrogate = 0
        font = self._state.font
        name = self._font_names.get(font, "") if font is not None else ""
        if 0xF000 <= code <= 0xF0FF and is_symbol_font(name):
            self._put(symbol_character(code, name))
        elif code >= 0x20 and code <= 0x10FFFF:
            self._put(chr(code))

    # ── control words ───────────────────────────────────────────────────────────────────────────────────────────

    def _character_property(self, word: str, number: int | None) -> bool:
        state = self._state
        if word == "f":
            state.font = number
        elif word == "uc":
            state.uc = max(number if number is not None else 1, 0)
        elif word == "v":
            state.hidden = number != 0
        elif word == "deleted":
            state.deleted = number != 0
        elif word == "plain":
            state.font, state.hidden, state.deleted = self._default_font, False, False
        elif word == "ansicpg":
            self._default_page = number or 1252
        elif word == "deff":
            self._default_font = state.font = number
        elif word == "chpgn":
            self._writing[-1].has_page_number = True
        else:
            return False
        return True

    def _paragraph_word(self, word: str, number: int | None) -> bool:
        state = self._state
        if word == "par" or word == "sect":
            self._end_paragraph()
        elif word == "pard":
            state.in_table, state.depth, state.style = False, 1, 0
            state.outline, state.list_level = None, 0
        elif word == "intbl":
            state.in_table = True
        elif word == "itap":
            state.depth = number or 0
            state.in_table = bool(number)
        elif word == "s":
            state.style = number or 0
        elif word == "outlinelevel":
            state.outline = number
        elif word == "ilvl":
            state.list_level = number or 0
        elif word == "cell":
            self._end_cell(1)
        elif word == "nestcell":
            self._end_cell(max(state.depth, 2))
        else:
            return False
        return True

    def _row_word(self, word: str, number: int | None) -> None:
        shape = self._shapes[self._state.nested]
        if word == "trowd":
            self._shapes[self._state.nested] = RowShape()
            self._cell = CellShape()
        elif word == "trleft":
            shape.left = number or 0
        elif word == "trhdr":
            shape.header = True
        elif word == "clvmrg":
            self._cell.continues_down = True
        elif word == "clmrg":
            self._cell.continues_right = True
        elif word == "cellx":
            self._cell.edge = number or 0
            shape.cells.append(self._cell)
            self._cell = CellShape()
        elif word == "row":
            self._writing[-1].story.end_row(1, copy(shape))
        elif word == "nestrow":
            self._writing[-1].story.end_row(max(self._state.depth, 2), copy(shape))

    def _in_tables(self, word: str, number: int | None) -> None:
        """Control words of the font table and the style sheet."""
        state = self._state
        if state.role == "fonts":
            if word == "f":
                state.font = number
            elif word == "fcharset" and state.font is not None:
                self._charsets[state.font] = number or 0
            return
        if state.role == "styles":
            self._name.clear()
            state.role, state.style, state.outline = "style", 0, None
            state.list_level = -1
        if word == "s":
            state.style = number or 0
        elif word in ("cs", "ds", "ts"):
            state.style = -1
        elif word == "outlinelevel":
            state.outline = number
        elif word == "sbasedon":
            state.list_level = -1 if number is None else number

    # ── ends of things ──────────────────────────────────────────────────────────────────────────────────────────

    def _depth(self) -> int:
        return max(self._state.depth, 1) if self._state.in_table else 0

    def _end_paragraph(self) -> None:
        if self._state.role != "text":
            return
        self._writing[-1].story.paragraph(take_paragraph(self._writing[-1], self._state, self._styles), self._depth())

    def _end_cell(self, depth: int) -> None:
        if self._state.role != "text":
            return
        story = self._writing[-1].story
        paragraph = take_paragraph(self._writing[-1], self._state, self._styles)
        if paragraph.text.strip():
            story.paragraph(paragraph, depth)
        story.end_cell(depth)

    def _end_story(self) -> None:
        writing = self._writing[-1]
        if "".join(writing.parts).strip():
            writing.story.paragraph(take_paragraph(self._writing[-1], self._state, self._styles), 0)
        self._writing.pop()
        items = writing.story.finish()
        if writing.kind == "textbox":
            boxed = [
                Paragraph(item.text, item.marker, "textbox", item.level) if isinstance(item, Paragraph) else item
                for item in items
                if not isinstance(item, Paragraph) or item.text.strip()
            ]
            self._writing[-1].story.items_here(boxed)
        elif writing.kind is not None:
            self._notes.append((writing.kind, items, writing.has_page_number))

    def _end_font(self) -> None:
        name = "".join(self._name).split(";")[0].strip()
        self._name.clear()
        if self._state.font is not None:
            self._font_names.setdefault(self._state.font, name)

    def _end_style(self, closed: State) -> None:
        name = "".join(self._name).split(";")[0].strip().lower()
        self._name.clear()
        if closed.style >= 0:
            based_on = closed.list_level if closed.list_level >= 0 and closed.list_level != closed.style else None
            self._styles[closed.style] = Style(name, closed.outline, based_on)

    def _end_instruction(self) -> None:
        self._put(circled_text("".join(self._instruction)))

    # ── the result ──────────────────────────────────────────────────────────────────────────────────────────────

    def reading(self) -> Reading:
        """What was read."""
        writing = self._writing[0]
        if "".join(writing.parts).strip() or writing.label:
            writing.story.paragraph(take_paragraph(self._writing[-1], self._state, self._styles), self._depth())
        composer = Composer()
        compose(writing.story.finish(), composer)
        for kind in ("footnote", "header", "footer"):
            self._compose_notes(kind, composer)
        text, blocks, tables = composer.result()
        if not text.strip():
            if self._has_picture:
                raise ImageOnlyError("the document holds pictures and no text", remedy="run text recognition first")
            raise EmptyFileError("the document holds no text")
        return Reading(
            text=text,
            media_type=MEDIA_TYPE,
            reader="rtf",
            blocks=blocks,
            tables=tables,
            layout="paragraphs",
            warnings=tuple(self._warnings()),
        )

    def _compose_notes(self, kind: str, composer: Composer) -> None:
        seen: set[str] = set()
        for note_kind, items, has_page_number in self._notes:
            if note_kind != kind:
                continue
            text = plain_text(items)
            letters = sum(char.isalpha() for char in text)
            bare = letters == 0 or (has_page_number and letters <= PAGE_NUMBER_WORDS)
            if kind != "footnote" and (bare or text in seen):
                continue
            seen.add(text)
            shown = [item for item in items if not isinstance(item, Paragraph) or item.text.strip()]
            compose(shown, composer, note_kind)

    def _warnings(self) -> list[Warn]:
        found = []
        if self._has_deleted:
            found.append(Warn("revisions", "the document holds revisions: read as if all were accepted"))
        if self._truncated:
            found.append(Warn("truncated", "the file ends in the middle: text at its end may be missing"))
        return found

"""One text, one writing: characters folded 1:1 to the form that rules match.

Simplified characters, full-width Chinese punctuation, half-width digits, letters and signs, plain spaces.
The folded text always has the length of the original, so an offset means the same in both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from docmine.rulebook import any_of, load_rows

HAN = "\u3400-\u9fff"
PUNCTUATION = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
# Ranges whose compatibility characters are folded where that gives one character: Kangxi radicals (a PDF's ⼯ for 工),
# compatibility ideographs, vertical and small forms, full-width and half-width forms. ① or ㈠ carry structure and stay.
COMPATIBILITY = ((0x2F00, 0x2FD5), (0xF900, 0xFAFF), (0xFE10, 0xFE19), (0xFE30, 0xFE6F), (0xFF01, 0xFFEE))
SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
SIGNS = {"「": "“", "」": "”", "『": "‘", "』": "’", "｢": "“", "｣": "”", "﹁": "“", "﹂": "”", "﹃": "‘", "﹄": "’",
         "‐": "-", "‑": "-", "‒": "-", "–": "-", "−": "-", "∶": ":", "︰": "：",
         "⁄": "/", "∕": "/", "﹒": "."}  # fmt: skip
MANY_TRADITIONAL = 3  # so many Traditional characters, and one in a hundred, make a text Traditional

_GROUP = r"\([!-'*-~ ]*\)"
_LATIN = re.compile(rf"[A-Za-z](?:(?:[!-'*-~ ]|{_GROUP})*(?:[0-9A-Za-z/%#=&_~@+-]|{_GROUP}))?")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_NUMBER_SIGN = re.compile(r"[:,](?<=\d.)(?:(?<=:)(?=\d)|(?=\d{3}(?!\d)))")
_CLOCK_COLON = re.compile(r"：(?<=\d：)(?=[0-5]\d(?!\d))")
_DOT_STOP = re.compile(
    rf"\.(?<=[{HAN}”）]\.)(?<!\n[一二三四五六七八九十]\.)(?<!^[一二三四五六七八九十]\.)(?<!\n十[一二三四五六七八九]\.)(?=[{HAN}“”\n]|$)"
)


def fold(text: str) -> str:
    """`text` with every character in the form that rules match; the same length, character for character."""
    if text.isascii():
        return text
    if _odd().search(text) or _ASTRAL.search(text):
        text = _fold_odd(text)
    text = text.replace("\u3000", " ").replace("\u00a0", " ")
    return _fold_stops(_fold_punctuation(text))


def is_traditional(text: str) -> bool:
    """Whether the text is written in Traditional characters (some names in a Simplified text don't make it so)."""
    found = len(_traditional().findall(text))
    return found >= MANY_TRADITIONAL and found * 100 >= len(text)


def _fold_odd(text: str) -> str:
    always, more, words = _tables()
    if _traditional().search(text) and is_traditional(text):
        text = words.sub(lambda m: _words()[m[0]], text)
        return text.translate(more)
    return text.translate(always)


def _fold_punctuation(text: str) -> str:
    folded = text
    for half, full in PUNCTUATION.items():
        folded = folded.replace(half, full)
    if folded != text:
        folded = _keep(text, folded)
    return _CLOCK_COLON.sub(":", folded) if "：" in folded else folded


def _keep(text: str, folded: str) -> str:
    """Undo the folding in plain English, addresses, clock times and thousands."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted((*_latin_spans(text), *(m.span() for m in _NUMBER_SIGN.finditer(text)))):
        if end > at:
            pieces += (folded[at : max(start, at)], text[max(start, at) : end])
            at = end
    return "".join((*pieces, folded[at:])) if pieces else folded


def _latin_spans(text: str) -> Iterator[tuple[int, int]]:
    for match in _LATIN.finditer(text):
        if match.end() - match.start() > 1:
            yield match.span()


def _fold_stops(text: str) -> str:
    """Half-width dots as 。 where a text ends its sentences with them."""
    if "." not in text:
        return text
    stops = len(_DOT_STOP.findall(text))
    return _DOT_STOP.sub("。", text) if stops > text.count("。") else text


@cache
def _compatible() -> dict[str, str]:
    """Width, radicals, compatibility forms, spaces and signs: what is folded in any text."""
    table = dict.fromkeys(SPACES, " ")
    kept = set(PUNCTUATION.values())
    for first, last in COMPATIBILITY:
        for char in map(chr, range(first, last + 1)):
            plain = unicodedata.normalize("NFKC", char)
            if char not in kept and len(plain) == 1 and plain != char:
                table[char] = PUNCTUATION.get(plain, plain)
    return table | SIGNS


@cache
def _characters() -> tuple[dict[str, str], dict[str, str]]:
    """(Traditional characters folded in any text, those folded only in Traditional text)."""
    always: dict[str, str] = {}
    only: dict[str, str] = {}
    for char, plain, *context in load_rows("common/t2s.tsv"):
        (only if context else always)[char] = plain
    return (always, only)


@cache
def _words() -> dict[str, str]:
    return {word: plain for word, plain, *_ in load_rows("common/t2s_words.tsv")}


@cache
def _tables() -> tuple[dict[int, str], dict[int, str], re.Pattern[str]]:
    always, only = _characters()
    table = _ordinals(_compatible() | always)
    return (table, table | _ordinals(only), re.compile(any_of(tuple(_words()))))


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile(_char_class(_characters()[0]))


@cache
def _odd() -> re.Pattern[str]:
    """Any character that the tables fold, the two commonest spaces left out (they are replaced without a table)."""
    return re.compile(_char_class({*_compatible(), *_characters()[0]} - {"\u3000", "\u00a0"}))


def _ordinals(table: dict[str, str]) -> dict[int, str]:
    return {ord(char): plain for char, plain in table.items()}


def _char_class(chars: Iterable[str]) -> str:
    # Characters beyond U+FFFF would turn the class from a bit map, searched in one step a character, into a list.
    return "[" + "".join(re.escape(c) for c in sorted(chars) if c <= "\uffff") + "]"

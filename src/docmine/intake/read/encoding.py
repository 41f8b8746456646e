"""Which encoding are these bytes in? Own statistics over the encodings of Chinese documents, chardet as a fallback.

GB2312 and GBK are read as GB18030, which contains both. A byte order mark decides; otherwise each candidate decodes a
sample, and the decoding whose characters look most like running Chinese (or plain ASCII) wins. That also settles
UTF-16 without a mark and wrong declarations, for which byte rules alone fail.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from docmine.errors import SettingsError
from docmine.rulebook import load_toml
from docmine.schema.document import Warn
from docmine.schema.spans import Span

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
CANDIDATES = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")
BIG5_FAMILY = ("big5", "cp950", "big5hkscs")
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "hz": "hz", "ascii": "utf-8", "iso8859-1": "cp1252"}
SAMPLE = 1 << 14  # bytes that the candidates are judged by
UTF16_DOUBT = 0.4  # UTF-16 without a mark must look like Chinese: any bytes decode in it
UTF16_DOUBT_WITH_NULS = 0.2  # the same where bytes of 0 speak for UTF-16 with some ASCII in it
ENOUGH = 1500  # characters beyond ASCII that are weighed
SURE = 0.65  # a candidate this good needs no comparison; wrong ones stay below 0.3
DOUBT = 0.25  # below this mean weight (see `_weigh`) no candidate convinces, and chardet is asked
VALID_UTF8 = 0.3  # what passing the strict rules of UTF-8 is worth: chance hits are rare
DECLARED = 0.25  # what a declaration inside the file is worth: less than the bytes themselves
MAX_CONTROLS = 0.003  # share of control characters above which content is no text; random bytes reach 0.1
MAX_WARNINGS = 20

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_INKED = re.compile(r"\S")
_HIGH = re.compile(rb"[\x80-\xff]")
_TELLING = re.compile(r"[^ -~\t\n\r\f]+")
_LOST_MARKS = ("\ufffd", "锟斤拷")
_LOST = re.compile("\ufffd+|(?:锟斤拷)+锟?")  # 锟斤拷 is U+FFFD, stored as UTF-8 and read as GBK


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding that gave it. `score` is the mean weight of its characters (1: surely right)."""

    text: str
    encoding: str
    score: float

    @property
    def is_text(self) -> bool:
        """Whether the content is written language rather than binary data."""
        return looks_like_text(self.text)

    @property
    def is_legible(self) -> bool:
        """Whether most of its characters survived: a third lost, and nobody can work with it."""
        if not any(mark in self.text for mark in _LOST_MARKS):
            return True
        lost = sum(len(run.group()) for run in _LOST.finditer(self.text))
        return lost * 3 <= len(_INKED.findall(self.text))


def decode(data: bytes, *, encoding: str | None = None, declared: str | None = None) -> Decoded:
    """Decode `data`, without its byte order mark. `encoding` is the caller's word, `declared` the file's own claim."""
    if encoding is not None:
        return _forced(data, encoding)
    for mark, name in MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(name, errors="replace")
            return Decoded(text, name, _weigh(text[:SAMPLE]))
    name, score = _best(_sample(data), known_name(declared) if declared else None)
    return Decoded(_decode_all(data, name), name, score)


def known_name(label: str) -> str | None:
    """Python's name of the encoding that a label means (GB2312 and GBK: gb18030), None for an unknown label."""
    try:
        name = codecs.lookup(label.strip().lower()).name
    except (LookupError, UnicodeError, ValueError):
        return None
    name = WIDER.get(name, name)
    return "big5" if name in BIG5_FAMILY else name


def looks_like_text(text: str) -> bool:
    """Whether control characters are rare enough for written language."""
    return len(_CONTROLS.findall(text)) <= MAX_CONTROLS * len(text)


def lost_characters(text: str) -> tuple[Warn, ...]:
    """A warning for each run of characters that an earlier or this decoding lost (at most 20)."""
    if not any(mark in text for mark in _LOST_MARKS):
        return ()
    runs = list(_LOST.finditer(text))
    message = f"{sum(len(run.group()) for run in runs)} characters of the file can't be read; some of them stand here"
    return tuple(Warn("lost_characters", message, Span(*run.span())) for run in runs[:MAX_WARNINGS])


def _forced(data: bytes, encoding: str) -> Decoded:
    name = known_name(encoding)
    if name is None:
        raise SettingsError(f"unknown encoding {encoding!r}", remedy="name one that Python knows, such as gb18030")
    text = _decode_all(data, "utf-16-le" if name == "utf-16" and data[:2] != codecs.BOM_UTF16_BE else name)
    text = text.removeprefix("\ufeff")
    return Decoded(text, name, _weigh(text[:SAMPLE]))


def _decode_all(data: bytes, name: str) -> str:
    """Decode all of `data`, marking what can't be decoded; the Big5 variants are tried for fewest losses."""
    family = BIG5_FAMILY if name == "big5" else (name,)
    texts = []
    for variant in family:
        try:
            return data.decode(variant)
        except UnicodeDecodeError:
            texts.append(data.decode(variant, errors="replace"))
    return min(texts, key=lambda text: text.count("\ufffd"))


def _sample(data: bytes) -> bytes:
    """The first 16 KiB; where they are nearly all ASCII, the 16 KiB from the line with the first byte above ASCII."""
    if len(data) <= SAMPLE:
        return data
    high = _HIGH.search(data)
    if high is None or high.start() < SAMPLE // 2:
        return data[:SAMPLE]
    start = max(data.rfind(b"\n", 0, high.start()) + 1, data.rfind(b">", 0, high.start()) + 1)
    start -= start % 2  # keep the halves of UTF-16 together
    return data[start : start + SAMPLE]


def _best(sample: bytes, declared: str | None) -> tuple[str, float]:
    scored: dict[str, float] = {}
    for name in CANDIDATES:
        scored[name] = _rate(sample, name)
        if scored[name] >= SURE and b"\x00" not in sample:
            return name, scored[name]
    doubt = UTF16_DOUBT_WITH_NULS if b"\x00" in sample else UTF16_DOUBT
    scored = {name: score for name, score in scored.items() if name[:6] != "utf-16" or score >= doubt}
    if declared is not None and declared not in scored:
        scored[declared] = _rate(sample, declared)
    chosen = max(scored, key=lambda name: scored[name] + (DECLARED if name == declared else 0.0))
    if scored[chosen] >= DOUBT:
        return chosen, scored[chosen]
    return _ask_chardet(sample) or (chosen, scored[chosen])


def _rate(sample: bytes, name: str) -> float:
    """How much the sample looks like text when read in one encoding."""
    text = _decode_sample(sample, name)
    score = _weigh(text)
    if name == "utf-8" and "\ufffd" not in text and not text.isascii():
        score += VALID_UTF8
    return score


def _decode_sample(sample: bytes, name: str) -> str:
    """Decode with losses marked; a character that the sample's end cuts is none."""
    try:
        return codecs.getincrementaldecoder(name)(errors="replace").decode(sample, final=False)
    except (LookupError, UnicodeError):
        return "\ufffd" * len(sample)


def _weigh(text: str) -> float:
    """Mean weight of the characters that tell encodings apart: all but ASCII, and control characters.

    A frequent Chinese character counts 1, a rare one 0.1, one that no text holds -2 or less. Plain ASCII gets 0.5.
    """
    telling = "".join(_TELLING.findall(text))[:ENOUGH]
    if not telling:
        return 0.5
    return sum(_weight(char) * times for char, times in Counter(telling).items()) / len(telling)


@cache
def _weight(char: str) -> float:
    code = ord(char)
    if char in _frequent():
        return 1.0
    if 0x4E00 <= code <= 0x9FFF:
        return 0.1
    if 0x3000 <= code <= 0x303F or 0xFF01 <= code <= 0xFF5E or char in "“”‘’…—·×①②③④⑤⑥⑦⑧⑨⑩":
        return 0.8
    if code == 0xFFFD:
        return -3.0
    if code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code <= 0xDFFF or char in "\ufffe\uffff":
        return -3.0
    if 0xE000 <= code <= 0xF8FF:
        return -1.0
    if code == 0xA0 or 0x2000 <= code <= 0x26FF or 0x3040 <= code <= 0x30FF:
        return 0.3
    return -0.3 if 0xAC00 <= code <= 0xD7A3 else 0.0


@cache
def _frequent() -> frozenset[str]:
    chars = load_toml("common/frequent_chars.toml")
    return frozenset(chars["simplified"] + chars["traditional"]) - {"\n"}


def _ask_chardet(sample: bytes) -> tuple[str, float] | None:
    """What chardet makes of bytes that are in none of the usual encodings, if its answer decodes to text."""
    import chardet

    answer = chardet.detect(sample)
    name = known_name(answer["encoding"] or "")
    if name is None or name.startswith("utf-16") or (answer["confidence"] or 0.0) < 0.5:
        return None
    text = _decode_sample(sample, name)
    if "\ufffd" in text or not looks_like_text(text):
        return None
    return name, _weigh(text)


def readable_lines(text: str) -> Iterator[Span]:
    """The lines of a text as read, without their ends (`\\n`, `\\r\\n` or `\\r`), empty ones included."""
    start = 0
    for end in re.finditer(r"\r\n|\r|\n", text):
        yield Span(start, end.start())
        start = end.end()
    yield Span(start, len(text))

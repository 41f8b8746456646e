"""Numbers in times: 12, 〇, 二〇二一, 二十五, 两, 半, 三五 (three to five)."""

from __future__ import annotations

_DIGITS = {c: i for i, cs in enumerate(("〇零○Oo", "一", "二两", "三", "四", "五", "六", "七", "八", "九")) for c in cs}


def whole(text: str | None) -> int | None:
    """The whole number that `text` writes, None where it writes none."""
    if not text:
        return None
    if text.isdecimal() and text.isascii():
        return int(text)
    if len(text) == 4 and all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    return _chinese(text)


def amount(text: str) -> int | float | None:
    """The amount that `text` writes: halves and decimals too; 三五 is its upper bound; 几 and 数 are no amount."""
    if text == "半":
        return 0.5
    if "." in text:
        value = float(text)
        return int(value) if value.is_integer() else value
    return whole(text)


def _chinese(text: str) -> int | None:
    text = text.replace("廿", "二十").replace("卅", "三十")
    hundreds, mark, rest = text.rpartition("百")
    if mark:
        lead, tail = _below_hundred(hundreds or "一"), _below_hundred(rest.lstrip("零〇")) if rest else 0
        return None if lead is None or tail is None else lead * 100 + tail
    return _below_hundred(text)


def _below_hundred(text: str) -> int | None:
    tens, mark, ones = text.partition("十")
    if mark:
        if len(tens) > 1 or len(ones) > 1 or (tens + ones).strip("".join(_DIGITS)):
            return None
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    if not 1 <= len(text) <= 2 or any(c not in _DIGITS for c in text):
        return None
    return _DIGITS[text[-1]]  # 三五日: the upper bound

"""Chinese word segmentation by jieba's dictionary.

`rjieba` cuts (a port some twenty times faster, measured on whole documents); where it can't be imported, jieba itself
does. The one difference between the two, runs of letters, digits and signs that jieba takes apart at `-` and `.`, is
evened out here, so both give the same tokens. Mining asks for no words: `bridges.tsv` tells it where predicates begin.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

# jieba's own cut of what is not Chinese: letters and digits together, a decimal number or percentage whole.
_RUN = re.compile(r"[a-zA-Z0-9+#&._%\-]+")
_PIECE = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")


@cache
def _cutter() -> Callable[[str], list[str]]:
    try:
        import rjieba
    except ImportError:
        import logging

        import jieba

        jieba.setLogLevel(logging.WARNING)
        return lambda text: list(jieba.lcut(text))
    return lambda text: [piece for word in rjieba.cut(text) for piece in _pieces(word)]


def _pieces(word: str) -> list[str]:
    return [piece for piece in _PIECE.split(word) if piece] if len(word) > 1 and _RUN.fullmatch(word) else [word]


def cut(text: str) -> list[str]:
    """The words of a text, punctuation and white space included: joined, they are the text."""
    return _cutter()(text)

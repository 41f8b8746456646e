"""Runs of 1 to 3 characters, hashed into buckets, and their weights summed text by text.

Weights are whole numbers: their sums are the same on every machine, however many texts are summed at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RUN_LENGTH = 3  # characters: the longest run that is counted; 4 measured no better (corpus/README.md)
BUCKETS = 1 << 15
FIRST, LAST = "\x02", "\x03"  # stand before and behind a text, so that its first and last characters are known

_SPREAD = 0x9E3779B1  # odd, near 2**32 / golden ratio: spreads a code over the high bits
_STEP = 0x010001B7  # odd: what a run's code is multiplied by for each further character
_MASK = 0xFFFFFFFF  # all arithmetic is modulo 2**32
_SHIFT = 33 - BUCKETS.bit_length()


def buckets(text: str) -> Iterator[int]:
    """The buckets of all runs of a text, its ends marked."""
    codes: list[int] = []  # of the runs that end at the character before, the shortest first
    for char in f"{FIRST}{text}{LAST}":
        codes = [(code * _STEP + ord(char)) & _MASK for code in (0, *codes[: RUN_LENGTH - 1])]
        for length, code in enumerate(codes, 1):
            yield ((code * _SPREAD + length * _STEP) & _MASK) >> _SHIFT


def run_count(text: str) -> int:
    """How many runs a text has, its ends marked."""
    length = len(text) + 2
    return sum(max(0, length - shorter) for shorter in range(RUN_LENGTH))


def run_sums(table: NDArray[np.int8], texts: Sequence[str]) -> NDArray[np.int64]:
    """The sums of the weights of all runs of each text: (texts, classes).

    `table` is (BUCKETS, classes). All texts are laid in one line of characters, each one's sum cut out of the running
    sums; an empty text sums to 0.
    """
    import numpy as np

    sums = np.zeros((len(texts), table.shape[1]), dtype=np.int64)
    full = [i for i, text in enumerate(texts) if text]
    if not full:
        return sums
    joined = "".join(f"{FIRST}{texts[i]}{LAST}" for i in full)
    chars = np.frombuffer(joined.encode("utf-32-le", errors="surrogatepass"), dtype="<u4").astype(np.uint32)
    ends = np.cumsum([len(texts[i]) + 2 for i in full], dtype=np.int64)
    starts = np.concatenate(([0], ends[:-1])).astype(np.int64)
    codes = np.zeros(len(chars) + 1, dtype=np.uint32)
    total: Any = 0
    for length in range(1, RUN_LENGTH + 1):
        codes = codes[: len(chars) - length + 1] * np.uint32(_STEP) + chars[length - 1 :]
        places = (codes * np.uint32(_SPREAD) + np.uint32(length * _STEP & _MASK)) >> np.uint32(_SHIFT)
        running = np.zeros((len(places) + 1, table.shape[1]), dtype=np.int64)
        np.cumsum(table[places], axis=0, dtype=np.int64, out=running[1:])
        last = np.maximum(ends - length + 1, starts)
        total = total + running[last] - running[starts]
    sums[full] = total
    return sums

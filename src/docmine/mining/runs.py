"""Runs of 1 to 3 characters, hashed into buckets, and their weights summed sentence by sentence.

Long documents are summed in one batch with numpy. Short ones are summed in plain Python as long as nothing else has
imported numpy, which takes longer than mining them. Weights are whole numbers: both ways give the same sums.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

RUN_LENGTH = 3  # characters: the longest run that is counted; 4 measured no better (corpus/README.md)
BUCKETS = 1 << 15
PLAIN_LIMIT = 2000  # characters: from here on numpy's import pays
FIRST, LAST = "\x02", "\x03"  # stand before and behind a sentence, so that its first and last characters are known

_SPREAD = 0x9E3779B1  # odd, near 2**32 / golden ratio: spreads a code over the high bits
_STEP = 0x010001B7  # odd: what a run's code is multiplied by for each further character
_MASK = 0xFFFFFFFF  # all arithmetic is modulo 2**32
_SHIFT = 33 - BUCKETS.bit_length()


def buckets(text: str) -> Iterator[int]:
    """The buckets of all runs of a sentence, its ends marked."""
    codes: list[int] = []  # of the runs that end at the character before, the shortest first
    for char in f"{FIRST}{text}{LAST}":
        codes = [(code * _STEP + ord(char)) & _MASK for code in (0, *codes[: RUN_LENGTH - 1])]
        for length, code in enumerate(codes, 1):
            yield ((code * _SPREAD + length * _STEP) & _MASK) >> _SHIFT


def run_count(text: str) -> int:
    """How many runs a sentence has, its ends marked."""
    length = len(text) + 2
    return sum(max(0, length - shorter) for shorter in range(RUN_LENGTH))


def run_sums(weights: memoryview, texts: Sequence[str]) -> list[int]:
    """The sum of the weights of all runs of each sentence. `weights` holds one signed byte a bucket."""
    if "numpy" not in sys.modules and sum(map(len, texts)) < PLAIN_LIMIT:
        return sums_plain(weights, texts)
    return sums_batched(weights, texts)


def sums_plain(weights: memoryview, texts: Sequence[str]) -> list[int]:
    """`run_sums` in plain Python."""
    return [sum(weights[each] for each in buckets(text)) for text in texts]


def sums_batched(weights: memoryview, texts: Sequence[str]) -> list[int]:
    """`run_sums` with numpy: all sentences in one line of characters, each one's sum cut out of the running sums."""
    import numpy as np

    table = np.frombuffer(weights, dtype=np.int8)
    joined = "".join(f"{FIRST}{text}{LAST}" for text in texts)
    chars = np.frombuffer(joined.encode("utf-32-le", errors="surrogatepass"), dtype="<u4").astype(np.uint32)
    ends = np.cumsum([len(text) + 2 for text in texts], dtype=np.int64)
    starts = np.concatenate(([0], ends[:-1])).astype(np.int64)
    sums = np.zeros(len(texts), dtype=np.int64)
    codes = np.zeros(len(chars) + 1, dtype=np.uint32)
    for length in range(1, RUN_LENGTH + 1):
        codes = codes[: len(chars) - length + 1] * np.uint32(_STEP) + chars[length - 1 :]
        places = (codes * np.uint32(_SPREAD) + np.uint32(length * _STEP & _MASK)) >> np.uint32(_SHIFT)
        running = np.concatenate(([0], np.cumsum(table[places], dtype=np.int64)))
        last = np.maximum(ends - length + 1, starts)
        sums += running[last] - running[starts]
    return [int(each) for each in sums]

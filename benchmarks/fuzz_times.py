"""Random strings through the time engines: no exception, and time that grows with the length of the text.

    python benchmarks/fuzz_times.py [--strings 1000000] [--seed 1]

Strings are made of digits, words of time and punctuation, the densest text there is; both engines read each one. Then a
text of such strings is made ten times as long: it must take at most twelve times the time. Exit status 1 where either
fails; a failing string is printed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import random
import time
import traceback
from collections.abc import Callable

from docmine import deadlines

ALPHABET = (
    "0123456789〇一二两三四五六七八九十百半几年月日时点分秒前后内起止底末初旬个工作每隔周星期天季度第上下本今明次至到"
    "-~—/.:：，。；、（）() 　国庆春节农历腊正立即尽快会接件之"
)
REFERENCE = dt.datetime(2021, 9, 14, 10, 30)
LONGER = 10
MOST = 12.0


def strings(count: int, seed: int) -> list[str]:
    """`count` random strings of 1 to 30 characters."""
    chance = random.Random(seed)
    return ["".join(chance.choices(ALPHABET, k=chance.randint(1, 30))) for _ in range(count)]


def read(text: str, *, dated: bool) -> None:
    """Both engines on one text; raises what they raise, and AssertionError for spans outside the text."""
    for found in deadlines.times(text, reference=REFERENCE if dated else None):
        assert 0 <= found.start < found.end <= len(text), found
    for deadline in deadlines.find(text, date=REFERENCE.date() if dated else None):
        assert 0 <= deadline.start < deadline.end <= len(text), deadline


def growth(find: Callable[[str], object], text: str) -> float:
    """How much longer a text ten times as long takes, the best of three."""

    def best(each: str) -> float:
        spent = []
        for _ in range(3):
            gc.collect()
            gc.disable()
            begin = time.perf_counter()
            find(each)
            spent.append(time.perf_counter() - begin)
            gc.enable()
        return min(spent)

    return best(text * LONGER) / best(text)


def main() -> int:
    """Run and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--strings", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    failed = slowest = 0.0
    slow = ""
    for number, text in enumerate(strings(options.strings, options.seed)):
        begin = time.perf_counter()
        try:
            read(text, dated=bool(number % 3))
        except Exception:
            failed += 1
            print(f"{text!r}\n{traceback.format_exc()}")
        spent = time.perf_counter() - begin
        if number > 1000 and spent > slowest:  # the first ones compile the rules
            slowest, slow = spent, text
    print(f"{options.strings} strings, {failed:.0f} failed; slowest {slowest * 1000:.1f} ms: {slow!r}")
    dense = "".join(strings(2000, options.seed + 1))
    for name, find in (("times", lambda t: deadlines.times(t, reference=REFERENCE)), ("find", deadlines.find)):
        for kind, text in (("dense", dense), ("one number", "1" * 3000), ("one numeral", "一" * 3000)):
            ratio = growth(find, text)
            failed += ratio > MOST
            print(f"{name} on {kind}: {LONGER} times the text takes {ratio:.1f} times the time (at most {MOST:.0f})")
    return int(failed > 0)


if __name__ == "__main__":
    raise SystemExit(main())

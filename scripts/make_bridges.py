#!/usr/bin/env python3
"""Writes resources/common/bridges.tsv and name_lookalikes.tsv.

    python scripts/make_bridges.py

`bridges.tsv`: strings in which a predicate of the word lists begins inside another word. In 施工单位于… the list sees
位于, but the words are 单位|于. For each predicate v and each word w of jieba's dictionary whose end is v's beginning,
the string w + rest of v is a bridge where the cut behind w is likelier than the cut before v, by the product of word
frequencies as jieba counts them. `name_lookalikes.tsv`: words that begin with a surname and are no names. Run it anew
when resources/common/verbs.toml or the surnames change.
"""

from __future__ import annotations

import math
from pathlib import Path

import jieba

from docmine.rulebook import load_toml
from docmine.rulebook.lexicon import adverbs, predicates

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 3  # characters of a word w
RAREST_WORD = 20  # jieba's count: a rarer word is not kept from being a name
RAREST = 100  # jieba's count: a rarer word w bridges nothing
HAN_COMMON = 1  # count of a character that jieba's dictionary lacks


def frequencies() -> dict[str, int]:
    """jieba's dictionary: word → count."""
    rows = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    return {word: int(count) for word, count, *_ in (row.split(" ") for row in rows)}


def write_lookalikes(counts: dict[str, int]) -> None:
    """Write the words that begin with a surname, are long enough for a name and are none by jieba's tags."""
    rows = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    surnames = load_toml("common/parties.toml")["patterns"]["surnames"]
    words = sorted(
        word
        for word, _, tag in (row.split(" ") for row in rows)
        if 2 <= len(word) <= 3 and word[0] in surnames and not tag.startswith("nr") and counts[word] >= RAREST_WORD
    )
    target = ROOT / "src/docmine/resources/common/name_lookalikes.tsv"
    head = "# Written by scripts/make_bridges.py from jieba's dictionary (MIT) and parties.toml: don't edit.\n"
    target.write_text(head + "\n".join(words) + "\n", encoding="utf-8")
    print(f"{len(words)} words like names, {target.stat().st_size} bytes")


def main() -> int:
    """Write the tables."""
    counts = frequencies()
    by_end: dict[str, list[str]] = {}
    for word, count in counts.items():
        if 2 <= len(word) <= LONGEST and count >= RAREST:
            for k in range(1, len(word)):
                by_end.setdefault(word[-k:], []).append(word)
    weight = lambda text: math.log(counts.get(text) or HAN_COMMON) if text else math.log(60_101_967)  # noqa: E731
    bridges = set()
    for verb in {*predicates().words, *(w for w in adverbs().words if len(w) > 1)}:
        for k in range(1, len(verb)):
            for word in by_end.get(verb[:k], ()):
                inside = weight(word) + weight(verb[k:])
                across = weight(word[:-k]) + weight(verb)
                if inside > across:
                    bridges.add(word + verb[k:])
    target = ROOT / "src/docmine/resources/common/bridges.tsv"
    head = "# Written by scripts/make_bridges.py from jieba's dictionary (MIT) and verbs.toml: don't edit.\n"
    target.write_text(head + "\n".join(sorted(bridges)) + "\n", encoding="utf-8")
    print(f"{len(bridges)} bridges, {target.stat().st_size} bytes")
    write_lookalikes(counts)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Word lists as one automaton each: what stands where in a text, found in a single pass."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from docmine.rulebook import any_of, load_rows, load_toml

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


@dataclass(frozen=True, slots=True)
class WordList:
    """Words with a tag each, behind an automaton."""

    words: tuple[str, ...]
    tags: tuple[str, ...]
    automaton: AhoCorasick

    @classmethod
    def of(cls, tagged: dict[str, str]) -> WordList:
        """Build the automaton of `word → tag`."""
        from ahocorasick_rs import AhoCorasick, Implementation

        words = tuple(sorted(tagged))
        return cls(
            words, tuple(tagged[w] for w in words), AhoCorasick(words, implementation=Implementation.ContiguousNFA)
        )

    def longest_from(self, text: str, offset: int) -> dict[int, int]:
        """start → length of the longest word that begins there; positions count from `offset`."""
        found: dict[int, int] = {}
        for _, start, end in self.automaton.find_matches_as_indexes(text, overlapping=True):
            if end - start > found.get(start + offset, 0):
                found[start + offset] = end - start
        return found

    def longest_to(self, text: str, offset: int) -> dict[int, tuple[int, str]]:
        """end → (length, tag) of the longest word that ends there; positions count from `offset`."""
        found: dict[int, tuple[int, str]] = {}
        for index, start, end in self.automaton.find_matches_as_indexes(text, overlapping=True):
            if end - start > found.get(end + offset, (0, ""))[0]:
                found[end + offset] = (end - start, self.tags[index])
        return found


def _words(name: str) -> list[str]:
    return str(load_toml("common/verbs.toml")[name]).split()


@cache
def verbs() -> WordList:
    """Verbs that open a bare order and end a party's name."""
    return WordList.of(dict.fromkeys(_words("imperative"), "verb"))


@cache
def predicates() -> WordList:
    """Verbs and other predicates that end a party's name, whether they open an order or not."""
    return WordList.of(dict.fromkeys([*_words("imperative"), *_words("predicates")], "predicate"))


@cache
def adverbs() -> WordList:
    """Adverbs that stand before an order's verb."""
    return WordList.of(dict.fromkeys(_words("adverbs"), "adverb"))


@cache
def never_in_names() -> frozenset[str]:
    """Verbs that end a name whatever stands behind them."""
    return frozenset(_words("never_in_names"))


@cache
def nominals() -> re.Pattern[str]:
    """Words which, behind a verb, make it part of a name."""
    return re.compile(any_of(_words("nominal")))


@cache
def name_atoms() -> WordList:
    """Words that hold a stop character or a verb but belong to names."""
    return WordList.of(dict.fromkeys(_words("name_atoms"), "atom"))


@cache
def bridges() -> frozenset[str]:
    """Strings in which a predicate begins inside another word (单位于, 选举办), made from jieba's dictionary."""
    return frozenset(row[0] for row in load_rows("common/bridges.tsv"))


@cache
def party_suffixes() -> WordList:
    """Suffixes of party names with the type they give."""
    table: dict[str, list[str]] = load_toml("common/parties.toml")["suffixes"]
    return WordList.of({w: kind for kind, words in table.items() for w in words})


WINDOW = 1 << 16  # characters that are marked at a time: a long document's marks would fill the memory
MARGIN = 64  # characters on both sides, more than any word or name


class Scan:
    """One text with its verbs, adverbs, name atoms and party suffixes marked, a window at a time."""

    __slots__ = ("_end", "_start", "adverbs", "atoms", "norm", "predicates", "suffixes", "verbs")

    def __init__(self, norm: str) -> None:
        self.norm = norm
        self._start, self._end = 0, -1
        self.focus(0, 0)

    def focus(self, start: int, end: int) -> None:
        """See to it that norm[start:end] is marked; call it before looking at a sentence."""
        if self._start <= start and end <= self._end:
            return
        low = max(start - MARGIN, 0)
        text = self.norm[low : max(end + MARGIN, low + WINDOW)]
        self._start, self._end = start, low + len(text) - MARGIN if low + len(text) < len(self.norm) else len(self.norm)
        self.verbs = verbs().longest_from(text, low)
        self.predicates = predicates().longest_from(text, low)
        self.adverbs = adverbs().longest_from(text, low)
        self.atoms = name_atoms().longest_from(text, low)
        self.suffixes = party_suffixes().longest_to(text, low)

    def begins_word(self, at: int, length: int) -> bool:
        """Whether the word found at `at` begins there, and not inside another one (单位|于 holds no 位于)."""
        end = at + length
        return not any(self.norm[start:end] in bridges() for start in range(max(at - 2, 0), at))

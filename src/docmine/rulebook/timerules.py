"""Time rules: TOML tables compiled to patterns with their triggers, examples and counter-examples.

A pattern is a regex whose white space is layout (write `{sp}` or `\\x20` for a blank) and which may hold named
fragments in braces: `{point}`; `{point:a}` puts it in with `a_` before the names of its groups. A group name may
occur several times; what any of its places caught is its value.

A rule is tried only where one of its `triggers` stands: a literal word, `<festival>` for the name of any festival,
or `<digit>年月` (`<numeral>年月`): a run of half-width digits (Chinese numerals) before one of these characters.
A window is made of other rules: one of `begins` (its groups as `a_…`), then the pattern, then one of `ends` (`b_…`).
`needs` are characters one of which every match holds, in its first 40: where none stands ahead, the rule isn't tried.
`[[parts]]` are patterns that only windows use. Patterns are compiled when they are first tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick

from docmine.errors import RuleError
from docmine.rulebook import any_of, compile_pattern, load_toml
from docmine.rulebook.festivals import festival_names

NUMERAL = "〇零○一二两三四五六七八九十廿百半几"
RULES = ("common/times.toml", "common/times_repeated.toml", "common/times_relative.toml")
Match = tuple[int, Mapping[str, str]]
Memo = dict[str, "Match | re.Match[str] | None"]  # what parts matched at one place
_FRAGMENT = re.compile(r"\{([a-z][a-z0-9_]*)(?::([a-z]))?\}")
_GROUP = re.compile(r"\(\?P<([a-z][a-z0-9_]*)>")
_NUMBER_TRIGGER = re.compile("<(digit|numeral)>(.+)")
_NUMBER_KEY = "\0"  # between a trigger word and the class of a number at the same place
REACH = 40  # characters in which a rule's `needs` must show
_BETWEEN_DIGITS = frozenset("./")  # after a number they count only before another: 9.30, not 1. of a list
_NESTING = 12  # fragments inside fragments; deeper is a circle


@dataclass(slots=True, eq=False)
class Part:
    """A pattern with its groups, compiled when first tried."""

    id: str
    source: str
    names: tuple[str, ...]
    compiled: re.Pattern[str] | None = None

    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern."""
        if self.compiled is None:
            self.compiled = compile_pattern(self.source, where=self.id)
        return self.compiled

    def match(self, text: str, at: int) -> Match | None:
        """The end of the match at `at` and what its groups caught, None where there is none."""
        found = (self.compiled or self.pattern()).match(text, at)
        if found is None or found.end() == at:
            return None
        return found.end(), self.caught(found)

    def caught(self, found: re.Match[str]) -> dict[str, str]:
        """What the groups of a match caught, by name."""
        return {name: v for name, v in zip(self.names, found.groups(), strict=True) if v is not None}


@dataclass(frozen=True, slots=True, eq=False)
class TimeRule:
    """One rule: what it matches, which production computes its meaning, and what it must find and skip."""

    part: Part
    means: str
    triggers: tuple[str, ...]
    begins: tuple[Part, ...] = ()
    ends: tuple[Part, ...] = ()
    needs: frozenset[str] = frozenset()
    finds: tuple[Mapping[str, Any], ...] = ()
    skips: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The rule's name, as evidence shows it."""
        return self.part.id

    def match(self, text: str, at: int, memo: Memo) -> Match | None:
        """The match at `at`. `memo` keeps what parts matched there, since windows begin with other rules' parts."""
        if not self.begins:
            return _remembered(self.part, text, at, memo)
        best: Match | None = None
        for begin in self.begins:
            first = _remembered(begin, text, at, memo)
            joint = first and self.part.match(text, first[0])
            if not first or not joint:
                continue
            for end in self.ends:
                last = end.match(text, joint[0])
                if last and (best is None or last[0] > best[0]):
                    best = last[0], _joined(first[1], last[1])
        return best


def _remembered(part: Part, text: str, at: int, memo: Memo) -> Match | None:
    if part.id not in memo:
        memo[part.id] = part.match(text, at)
    found = memo[part.id]
    if isinstance(found, re.Match):
        found = memo[part.id] = (found.end(), part.caught(found)) if found.end() > at else None
    return found


def _joined(first: Mapping[str, str], last: Mapping[str, str]) -> dict[str, str]:
    return {**{f"a_{k}": v for k, v in first.items()}, **{f"b_{k}": v for k, v in last.items()}}


Need = tuple[frozenset[str], re.Pattern[str], int]  # the characters, a pattern that finds one, and their bit


@dataclass(slots=True, eq=False)
class Candidates:
    """The rules of one trigger, and which of them remain by the needs that stand ahead."""

    rules: tuple[TimeRule, ...]
    needs: tuple[Need, ...]
    by_signs: dict[int, tuple[TimeRule, ...]] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class TimeRules:
    """All rules, and where in a text one may begin."""

    rules: tuple[TimeRule, ...]
    by_word: Mapping[str, tuple[TimeRule, ...]]
    by_number: Mapping[str, tuple[TimeRule, ...]]  # by class and next character: `d年`, `n年`
    numbers: re.Pattern[str]
    words: AhoCorasick
    names: tuple[str, ...]  # the words' texts, in the automaton's order
    needs: tuple[Need, ...] = ()
    known: dict[str, Candidates] = field(default_factory=dict)

    def places(self, text: str) -> list[tuple[int, str]]:
        """Where a rule may begin, in order, with a key for `candidates`: the longest trigger word, a number's class."""
        found: dict[int, str] = {}
        names = self.names
        for index, start, end in self.words.find_matches_as_indexes(text, overlapping=True):
            if end - start > len(found.get(start, "")):
                found[start] = names[index]
        for match in self.numbers.finditer(text):
            digit, numeral = match.groups()
            if digit:
                found.setdefault(match.start(), f"{_NUMBER_KEY}d{digit}")
                continue
            for at in range(*match.span()):  # 统一|三月底: a run of numerals may begin with a word's last one
                found[at] = f"{found.get(at, '')}{_NUMBER_KEY}n{numeral}"
        return sorted(found.items())

    def candidates(self, text: str, start: int, key: str) -> tuple[TimeRule, ...]:
        """The rules to try at `start`, where `places` has `key`: those whose needs stand ahead."""
        known = self.known.get(key)
        if known is None:
            known = self.known[key] = self._candidates(key)
        signs = 0
        if known.needs:
            ahead = text[start : start + REACH]
            for _, pattern, sign in known.needs:
                if pattern.search(ahead) is not None:
                    signs |= sign
        rules = known.by_signs.get(signs)
        if rules is None:
            there = {chars for chars, _, sign in known.needs if signs & sign}
            rules = known.by_signs[signs] = tuple(r for r in known.rules if not r.needs or r.needs in there)
        return rules

    def _candidates(self, key: str) -> Candidates:
        word, _, number = key.partition(_NUMBER_KEY)
        rules = tuple(dict.fromkeys((*self.by_word.get(word, ()), *self.by_number.get(number, ()))))
        wanted = {rule.needs for rule in rules}
        return Candidates(rules, tuple(need for need in self.needs if need[0] in wanted))


@cache
def time_rules() -> TimeRules:
    """The rules that docmine ships, read once."""
    return compile_time_rules([load_toml(name) for name in RULES])


def load_time_rules(paths: Sequence[Path]) -> TimeRules:
    """The shipped rules with a user's files over them: a rule or fragment of the same name replaces ours."""
    import tomllib

    tables = [load_toml(name) for name in RULES]
    for path in paths:
        try:
            tables.append(tomllib.loads(path.read_text(encoding="utf-8")))
        except tomllib.TOMLDecodeError as error:
            raise RuleError(f"{path}: {error}", remedy="correct the TOML syntax at the place named") from error
    rules = compile_time_rules(tables)
    for rule in rules.rules:  # a user's mistake is told now, not in the middle of a folder
        rule.part.pattern()
    return rules


def compile_time_rules(tables: Iterable[Mapping[str, Any]]) -> TimeRules:
    """Rules from tables; later tables override earlier ones by id and by fragment name."""
    fragments: dict[str, str] = {"festival": any_of(festival_names())}
    rows: dict[str, Mapping[str, Any]] = {}
    extra: dict[str, Mapping[str, Any]] = {}
    for table in tables:
        fragments |= table.get("fragments", {})
        rows |= {str(row.get("id", "")): row for row in table.get("rules", ())}
        extra |= {str(row.get("id", "")): row for row in table.get("parts", ())}
    parts = {name: part_of(name, row, fragments) for name, row in (extra | rows).items()}
    rules = tuple(_rule(name, row, parts) for name, row in rows.items())
    return _indexed(rules)


def _indexed(rules: tuple[TimeRule, ...]) -> TimeRules:
    words: dict[str, list[TimeRule]] = {}
    numbers: dict[str, list[TimeRule]] = {}
    for rule in rules:
        for trigger in rule.triggers:
            number = _NUMBER_TRIGGER.fullmatch(trigger)
            if number:
                for char in number[2]:
                    numbers.setdefault(number[1][0] + char, []).append(rule)
            else:
                words.setdefault(trigger, []).append(rule)
    # A trigger word may begin with a shorter one: the rules of both are tried there.
    heads = {word: [word[:size] for size in range(1, len(word) + 1) if word[:size] in words] for word in words}
    full = {word: tuple(dict.fromkeys(rule for head in heads[word] for rule in words[head])) for word in words}
    names = tuple(sorted(words))
    sets = sorted({rule.needs for rule in rules if rule.needs}, key=sorted)
    needs = tuple((chars, re.compile(f"[{re.escape(''.join(sorted(chars)))}]"), 1 << n) for n, chars in enumerate(sets))
    return TimeRules(
        rules,
        full,
        {k: tuple(v) for k, v in numbers.items()},
        _number_scan(numbers),
        AhoCorasick(names),
        names,
        needs=needs,
    )


def expand(pattern: str, fragments: Mapping[str, str], *, where: str) -> str:
    """`pattern` without layout, its fragments filled in."""
    done = re.sub(r"\s+", "", pattern)
    for _ in range(_NESTING):
        if not _FRAGMENT.search(done):
            return done
        done = _FRAGMENT.sub(lambda m: _fragment(m, fragments, where), done)
    raise RuleError(f"{where}: fragments nest too deep", remedy="remove the circle among the fragments")


def _fragment(match: re.Match[str], fragments: Mapping[str, str], where: str) -> str:
    name, prefix = match.groups()
    if name not in fragments:
        raise RuleError(f"{where}: unknown fragment {{{name}}}", remedy="define it under [fragments]")
    body = re.sub(r"\s+", "", fragments[name])
    if not prefix:
        return body
    body = _GROUP.sub(rf"(?P<{prefix}_\1>", body)
    return _FRAGMENT.sub(rf"{{\1:{prefix}}}", body)


def part_of(name: str, row: Mapping[str, Any], fragments: Mapping[str, str]) -> Part:
    """The compiled part of a rule: its pattern with fragments filled in, its groups by name."""
    if not name or not row.get("pattern"):
        raise RuleError(f"{name or 'a rule'}: id or pattern missing", remedy="every rule has an id and a pattern")
    source = expand(row["pattern"], fragments, where=name)
    if "(?P=" in source or re.search(r"(?<!\\)\((?!\?)", source):
        raise RuleError(f"{name}: unnamed group or back reference", remedy="write (?:…) or (?P<name>…)")
    names = tuple(_GROUP.findall(source))
    return Part(name, _GROUP.sub("(", source), names)


def _rule(name: str, row: Mapping[str, Any], parts: Mapping[str, Part]) -> TimeRule:
    missing = [key for key in ("means", "triggers", "finds", "skips") if not row.get(key)]
    if missing:
        raise RuleError(f"{name}: {', '.join(missing)} missing", remedy="a rule needs all of them")
    unknown = [p for key in ("begins", "ends") for p in row.get(key, ()) if p not in parts]
    if unknown:
        raise RuleError(f"{name}: no rule or part {', '.join(unknown)}", remedy="name rules or parts of these files")
    begins, ends = (tuple(parts[p] for p in row.get(key, ())) for key in ("begins", "ends"))
    finds, skips = tuple(row["finds"]), tuple(row["skips"])
    needs = frozenset(row.get("needs", ""))
    return TimeRule(parts[name], row["means"], tuple(_triggers(row)), begins, ends, needs, finds, skips)


def _triggers(row: Mapping[str, Any]) -> Iterator[str]:
    """The rule's triggers, with `<festival>` as the festivals' names."""
    for trigger in row["triggers"]:
        yield from festival_names() if trigger == "<festival>" else (trigger,)


def _number_scan(numbers: Iterable[str]) -> re.Pattern[str]:
    """Numbers that stand before a character of their triggers."""
    chars = {kind: {n[1] for n in numbers if n[0] == kind} for kind in "dn"}
    dotted = re.escape("".join(sorted(chars["d"] & _BETWEEN_DIGITS))) or "/"
    after = {kind: re.escape("".join(sorted(chars[kind] - _BETWEEN_DIGITS))) or "年" for kind in "dn"}
    digits = rf"(?<![0-9])[0-9]+(?=\x20{{0,2}}([{after['d']}]|[{dotted}](?=[0-9])))"
    return re.compile(rf"{digits}|(?<![{NUMERAL}])[{NUMERAL}]+(?=\x20{{0,2}}([{after['n']}]))")

"""Time rules: TOML tables compiled to patterns with their triggers, examples and counter-examples.

A pattern is a regex whose white space is layout (write `{sp}` or `\\x20` for a blank) and which may hold named
fragments in braces: `{point}`. `{point:a}` puts the fragment in with `a_` before the names of its groups, so that a
period can hold two points. A group name may occur several times; what any of its places caught is its value.
A rule is tried only where one of its `triggers` stands: literal words, or `<digit>` and `<numeral>` for a run of
half-width digits or of Chinese numerals, `<festival>` for the name of any festival.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from docmine.errors import RuleError
from docmine.rulebook import any_of, compile_pattern, load_toml
from docmine.rulebook.festivals import festival_names

NUMERAL = "〇零○一二两三四五六七八九十廿百半几"
RULES = ("common/times.toml", "common/times_repeated.toml", "common/times_relative.toml")
_FRAGMENT = re.compile(r"\{([a-z][a-z0-9_]*)(?::([a-z]))?\}")
_GROUP = re.compile(r"\(\?P<([a-z][a-z0-9_]*)>")
_NESTING = 12  # fragments inside fragments; deeper is a circle


@dataclass(frozen=True, slots=True, eq=False)
class TimeRule:
    """One rule: what it matches, which production computes its meaning, and what it must find and skip."""

    id: str
    means: str
    pattern: re.Pattern[str]
    groups: tuple[tuple[str, int], ...]
    triggers: tuple[str, ...]
    finds: tuple[Mapping[str, Any], ...] = ()
    skips: tuple[str, ...] = ()

    def match(self, text: str, at: int) -> tuple[int, dict[str, str]] | None:
        """The end of the match at `at` and what its groups caught, None where the rule doesn't match."""
        found = self.pattern.match(text, at)
        if found is None or found.end() == at:
            return None
        caught = {name: value for name, index in self.groups if (value := found[index]) is not None}
        return found.end(), caught


@dataclass(frozen=True, slots=True)
class TimeRules:
    """All rules, the scan that finds where one may begin, and the rules of each trigger."""

    rules: tuple[TimeRule, ...]
    scan: re.Pattern[str]
    by_trigger: Mapping[str, tuple[TimeRule, ...]]

    def candidates(self, trigger: str) -> tuple[TimeRule, ...]:
        """The rules to try where the scan stopped at `trigger`."""
        found = self.by_trigger.get(trigger)
        if found is not None:
            return found
        return self.by_trigger.get("<digit>" if trigger[0] in "0123456789" else "<numeral>", ())


@cache
def time_rules() -> TimeRules:
    """The rules that docmine ships, compiled once."""
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
    return compile_time_rules(tables)


def compile_time_rules(tables: Iterable[Mapping[str, Any]]) -> TimeRules:
    """Compile rule tables; later ones override earlier ones by id and by fragment name."""
    fragments: dict[str, str] = {"festival": any_of(festival_names())}
    rows: dict[str, Mapping[str, Any]] = {}
    for table in tables:
        fragments |= table.get("fragments", {})
        rows |= {str(row.get("id", "")): row for row in table.get("rules", ())}
    rules = tuple(_compile_rule(row, fragments) for row in rows.values())
    by_trigger: dict[str, list[TimeRule]] = {}
    for rule in rules:
        for trigger in rule.triggers:
            by_trigger.setdefault(trigger, []).append(rule)
    scan = _scan_pattern([t for t in by_trigger if not t.startswith("<")])
    # A word may begin with another trigger word: both rules' lists are then tried at the longer one.
    full = {t: _with_shorter(t, by_trigger) for t in by_trigger}
    return TimeRules(rules, scan, full)


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


def _compile_rule(row: Mapping[str, Any], fragments: Mapping[str, str]) -> TimeRule:
    name = str(row.get("id", "")) or "rule without id"
    missing = [key for key in ("id", "pattern", "means", "triggers", "finds", "skips") if not row.get(key)]
    if missing:
        raise RuleError(f"{name}: {', '.join(missing)} missing", remedy="a rule needs all six fields")
    text, names = _number_groups(expand(row["pattern"], fragments, where=name))
    pattern = compile_pattern(text, where=name)
    groups = tuple((names[group], index) for group, index in pattern.groupindex.items())
    return TimeRule(
        name, row["means"], pattern, groups, tuple(_triggers(row)), tuple(row["finds"]), tuple(row["skips"])
    )


def _triggers(row: Mapping[str, Any]) -> Iterator[str]:
    """The rule's triggers, with `<festival>` as the festivals' names."""
    for trigger in row["triggers"]:
        yield from festival_names() if trigger == "<festival>" else (trigger,)


def _number_groups(pattern: str) -> tuple[str, dict[str, str]]:
    names: dict[str, str] = {}

    def number(match: re.Match[str]) -> str:
        group = f"g{len(names)}"
        names[group] = match[1]
        return f"(?P<{group}>"

    return _GROUP.sub(number, pattern), names


def _with_shorter(trigger: str, by_trigger: Mapping[str, list[TimeRule]]) -> tuple[TimeRule, ...]:
    heads = [t for t in by_trigger if trigger.startswith(t)]
    if trigger[0] in NUMERAL:
        heads.append("<numeral>")
    return tuple(dict.fromkeys(rule for head in heads for rule in by_trigger.get(head, ())))


def _scan_pattern(words: Sequence[str]) -> re.Pattern[str]:
    """One regex that stops where a rule may begin: a number before a unit of time, or a trigger word."""
    tails: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda w: (-len(w), w)):
        tails.setdefault(word[0], []).append(word[1:])
    literal = "|".join(
        re.escape(head) + ("" if rest == [""] else "(?:" + "|".join(map(re.escape, rest)) + ")")
        for head, rest in tails.items()
    )
    digits = r"[0-9]+(?=[\x20年月日号天个周小分工季星礼点时:./\-至到~～—－、和及半前旬])"
    numeral = rf"[{NUMERAL}](?=[{NUMERAL}年月日号天个周小分工季星礼点时刻至到旬])"
    return re.compile("|".join(part for part in (literal, digits, numeral) if part))

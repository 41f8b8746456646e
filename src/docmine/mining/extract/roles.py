"""Who plays which role in a directive unit (guidelines §3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from docmine.mining.clauses import Clause, Times, skip_lead
from docmine.mining.extract.directives import Unit
from docmine.mining.extract.parties import Party, list_at, name_at, person_at
from docmine.rulebook import PatternSet, compile_pattern, load_toml, word_list
from docmine.rulebook.columns import meaning_of
from docmine.rulebook.lexicon import Scan
from docmine.schema.findings import Evidence, Role
from docmine.schema.spans import Span

GRAMMAR = PatternSet("common/grammar.toml", "roles")
LONGEST_ADDRESSEE = 12  # characters

BRACKET = re.compile(r"（(?P<body>[^（）]{2,80})）")
BRACKET_LABEL = re.compile(r"(?P<label>[\u4e00-\u9fff]{2,8})：")
DASHED = re.compile(
    r"(?:--+|—{1,}|－{1,}|(?<=[\u4e00-\u9fff\s])-)\s*(?P<names>[\u4e00-\u9fff@A-Za-z/、，, _]{2,40}?)\s*$"
)
TAGGED = re.compile(r"(?<![A-Za-z0-9._+-])@[A-Za-z0-9_\u4e00-\u9fff-]{2,20}")


@dataclass(frozen=True, slots=True)
class Casting:
    """A party in a role, with the cue that gave it."""

    party: Party
    role: Role
    evidence: Evidence
    score: float = 0.9


@cache
def _rules() -> dict[str, Any]:
    raw = load_toml("common/roles.toml")
    before = raw["before"]
    combined = "|".join(f"(?P<c{i}>{r['pattern']})" for i, r in enumerate(before))
    return {
        "before": before,
        "cue": compile_pattern(combined, where="common/roles.toml before"),
        "after": {k: compile_pattern(v, where=f"common/roles.toml after.{k}") for k, v in raw["after"].items()},
    }


def cue_pattern() -> re.Pattern[str]:
    """Finds the words that a party follows."""
    return cast("re.Pattern[str]", _rules()["cue"])


def cue_rule(match: re.Match[str]) -> dict[str, str]:
    """The rule of a match of `cue_pattern`."""
    return cast("dict[str, str]", _rules()["before"][int((match.lastgroup or "c0")[1:])])


def castings(scan: Scan, unit: Unit, times: Times, *, persons: bool) -> list[Casting]:
    """All parties of a unit with their roles, in text order; each place counts once."""
    found: dict[int, Casting] = {}

    def put(casting: Casting) -> None:
        span = casting.party.span
        if (
            span.start < unit.span.start
            or span.end > unit.span.end
            or casting.party.span.text(scan.norm) in word_list("common/grammar.toml", "roles.words", "pronouns")
        ):
            return
        if not any(span.overlaps(c.party.span) for c in found.values()):
            found[span.start] = casting

    for casting in _offender_castings(scan, unit):
        put(casting)
    for clause in unit.clauses:
        for casting in _subject_castings(scan, clause, unit):
            put(casting)
    for casting in _bracket_castings(scan, unit, persons=True):
        put(casting)
    for casting in _cued_castings(scan, unit, times, persons=persons):
        put(casting)
    for casting in _tail_castings(scan, unit):
        put(casting)
    return [found[k] for k in sorted(found)]


def _subject_castings(scan: Scan, clause: Clause, unit: Unit) -> list[Casting]:
    if not clause.subject or clause.subject[0].span.start < unit.span.start:
        return []
    role = _role_after(scan, clause.subject_end, clause.span.end)
    members = _without_partner(scan, clause.subject, scan.norm[clause.subject_end : clause.span.end])
    return [Casting(p, role, Evidence("role.subject", p.span.text(scan.norm))) for p in members]


def _offender_castings(scan: Scan, unit: Unit) -> list[Casting]:
    """采矿权人拒不履行…的，…列入异常名录: the subject of the condition is who is liable."""
    first = unit.clauses[0]
    text = scan.norm[first.span.start : first.span.end]
    if not (first.subject and text.endswith("的") and len(unit.clauses) > 1) or first.operators:
        return []
    rest = scan.norm[first.span.end : unit.span.end]
    return (
        [Casting(p, "liable", Evidence("role.offender", text[:24])) for p in first.subject]
        if GRAMMAR.penalty.search(rest)
        else []
    )


def _without_partner(scan: Scan, members: list[Party], rest: str) -> list[Party]:
    """保卫科与街道工商所联系: whom one only talks or connects with has no role (guidelines §3)."""
    joined = len(members) > 1 and scan.norm[members[-1].span.start - 1] in "与和同跟"
    return members[:-1] if joined and GRAMMAR.partner_verbs.match(rest) else members


def _role_after(scan: Scan, at: int, end: int, *, by: bool = False) -> Role:
    """The role that the words after a subject give it."""
    after = _rules()["after"]
    at += len(scan.norm[at:end]) - len(scan.norm[at:end].lstrip("， "))
    for name in ("lead", "support", "by_supervise" if by else "supervise"):
        if after[name].match(scan.norm, at, end):
            return "supervise" if name == "by_supervise" else cast("Role", name)
    return "responsible"


def _parties_at(scan: Scan, at: int, end: int, *, persons: bool) -> tuple[int, list[Party]] | None:
    listed = list_at(scan, at, end, persons=persons)
    if listed:
        return listed
    of = GRAMMAR.relative_of.match(scan.norm, at, end)
    head = name_at(scan, of.end(), end) if of else None
    if head is not None:
        return (head.span.end, [Party(Span(at, head.span.end), head.type)])
    relative = GRAMMAR.relative_head.match(scan.norm, at, end)
    if relative and scan.norm[relative.end() : relative.end() + 1] not in ("的", "和", "、"):
        return (relative.end(), [Party(Span(at, relative.end()), "collective")])
    return None


def _cued_castings(scan: Scan, unit: Unit, times: Times, *, persons: bool) -> list[Casting]:
    rules, norm = _rules(), scan.norm
    found: list[Casting] = []
    for match in rules["cue"].finditer(norm, unit.span.start, unit.span.end):
        rule = rules["before"][int(match.lastgroup[1:])]
        at = (
            skip_lead(scan, match.end(), unit.span.end, times)
            if rule["role"] in ("responsible", "by_verb")
            else match.end()
        )
        clause_end = _clause_end(norm, at, unit.span.end)
        listed = (
            _parties_at(scan, at, clause_end, persons=True)
            if rule["role"] in ("by_verb", "responsible", "report_to", "liable", "to_verb")
            else _parties_at(scan, at, clause_end, persons=persons)
        )
        if listed is None and match.group() in word_list("common/grammar.toml", "roles.words", "firm_orders"):
            listed = _addressee(scan, at, clause_end, times)
        if listed is None:
            continue
        end, members = listed
        members = _without_partner(scan, members, norm[end:clause_end])
        after = end + len(norm[end:clause_end]) - len(norm[end:clause_end].lstrip(" "))
        if members and members[-1].type == "other" and not (after in scan.predicates or after in scan.adverbs):
            continue
        role = _cued_role(scan, rule, match.start(), end, clause_end, unit)
        if role is not None:
            found += [Casting(p, role, Evidence(rule["id"], match.group())) for p in members]
    return found


def _addressee(scan: Scan, at: int, end: int, times: Times) -> tuple[int, list[Party]] | None:
    """Whoever stands between 责令 and the verb (责令|物流园|停止), where no known suffix tells."""
    stop = at
    while stop < end and stop - at <= LONGEST_ADDRESSEE:
        if (
            stop in scan.predicates
            or stop in scan.adverbs
            or times.at(stop)
            or scan.norm[stop] in "于在把将对其并的“（ "
        ):
            break
        stop += 1
    name = scan.norm[at:stop]
    return (stop, [Party(Span(at, stop), "other")]) if 2 <= len(name) <= LONGEST_ADDRESSEE and stop < end else None


def _clause_end(norm: str, at: int, end: int) -> int:
    for i in range(at, end):
        if norm[i] in "，。；：！？":
            return i
    return end


def _cued_role(scan: Scan, rule: dict[str, str], cue: int, end: int, clause_end: int, unit: Unit) -> Role | None:
    after, norm, kind = _rules()["after"], scan.norm, rule["role"]
    rest = norm[end:clause_end]
    if kind == "by_verb":
        return _office_of(scan, cue, rest, unit) or _role_after(scan, end, clause_end, by=True)
    if kind == "responsible":
        return None if rest.startswith("的") and "牵头" not in rest[:4] else _role_after(scan, end, clause_end)
    if kind == "encouraged":
        return "responsible" if cue - unit.span.start <= 2 else None
    if kind == "support":
        return "support"
    if kind == "with":
        if after["with_together"].match(rest):
            return "support"
        return "support" if after["with_for"].match(rest) and "共同" in rest[:3] else None
    if kind == "report_to":
        return None if rest.startswith("的") else "report_to"
    if kind == "to_verb":
        return "report_to" if after["to_report"].match(rest) else None
    if kind == "liable":
        return "liable"
    if kind == "against_verb":
        return "liable" if after["against"].match(rest) else None
    return None


def _office_of(scan: Scan, cue: int, rest: str, unit: Unit) -> Role | None:
    """组长由X担任 leads; 副组长由X担任 and 成员由X组成 support."""
    before = scan.norm[max(unit.span.start, cue - 8) : cue]
    if GRAMMAR.takes_office.match(rest) and GRAMMAR.office.search(before):
        return "support" if GRAMMAR.deputy.search(before) else "lead"
    return "support" if rest.startswith(("等组成", "组成")) and "成员" in before else None


def _bracket_castings(scan: Scan, unit: Unit, *, persons: bool) -> list[Casting]:
    """（A牵头，B、C配合）, （责任单位：A；协办：B）, （A负责）."""
    found: list[Casting] = []
    for match in BRACKET.finditer(scan.norm, unit.span.start, unit.span.end):
        start = match.start("body")
        role: Role | None = None
        for part in re.finditer(r"[^，；。\s（]+", match["body"]):
            at, end = start + part.start(), start + part.end()
            label = BRACKET_LABEL.match(scan.norm, at, end)
            if label:
                meaning = meaning_of(label["label"])
                role = (
                    cast("Role", meaning)
                    if meaning in ("lead", "responsible", "support", "supervise", "report_to")
                    else None
                )
                at = label.end()
            listed = list_at(scan, at, end, persons=persons)
            if listed is None:
                continue
            stop, members = listed
            rest = scan.norm[stop:end]
            given: Role | None
            if label is None and not GRAMMAR.bracket_role.match(rest):
                if role is None:
                    continue
                given = role
            else:
                given = role if label else _role_after(scan, stop + len(rest) - len(rest.lstrip("等")), end, by=True)
                if given is None:
                    continue
            found += [Casting(p, given, Evidence("role.bracket", match.group()[:24])) for p in members]
    return found


def _tail_castings(scan: Scan, unit: Unit) -> list[Casting]:
    """`…整改。--刘建宇/余甜`, `@张三`."""
    found: list[Casting] = []
    text = unit.span.text(scan.norm)
    match = DASHED.search(text)
    if match:
        at = unit.span.start + match.start("names")
        listed = list_at(scan, at, unit.span.start + match.end("names"), persons=True)
        if listed:
            found += [Casting(p, "responsible", Evidence("role.dash", match.group()[:12])) for p in listed[1]]
    for tag in TAGGED.finditer(text):
        span = Span(unit.span.start + tag.start(), unit.span.start + tag.end())
        found.append(Casting(Party(span, "person"), "responsible", Evidence("role.tag", tag.group())))
    return found


def people_in(scan: Scan, span: Span, *, whole: bool = False) -> list[Party]:
    """The parties or persons of a label's value or a table cell (`市教育局、市财政局`, `李明、王芳`).

    With `whole` (the header says that owners stand there) a name that nothing else tells is taken as it stands.
    """
    scan.focus(span.start, span.end)
    found: list[Party] = []
    for part in re.finditer(r"(?:[A-Za-z0-9]+ (?=[\u4e00-\u9fff]))?[^，；。\s,;\n]+", span.text(scan.norm)):
        at, end = span.start + part.start(), span.start + part.end()
        if found and at < found[-1].span.end:
            continue
        while at < end:
            listed = list_at(scan, at, end, persons=True)
            if listed is None:
                person = person_at(scan, at, end) or (_whole_name(scan, at, end) if whole else None)
                if person is None:
                    break
                listed = (person.span.end, [person])
            found += listed[1]
            at = listed[0]
            joined = _with_person(scan, found[-1], span.end)
            if joined is not None:
                found[-1], at = joined, joined.span.end
            while at < end and scan.norm[at] in "、/和及与":
                at += 1
    return found


def _with_person(scan: Scan, party: Party, limit: int) -> Party | None:
    """`工程部 霍磊`: a unit and, behind a space, the person in it are one party."""
    at = party.span.end
    if party.type not in ("organ", "unit", "group", "other") or at + 1 >= limit or scan.norm[at] not in " \u3000":
        return None
    person = person_at(scan, at + 1, limit)
    return Party(Span(party.span.start, person.span.end), "person") if person else None


def _whole_name(scan: Scan, at: int, end: int) -> Party | None:
    stop = GRAMMAR.name_end.search(scan.norm, at, end)
    span = Span(at, stop.start() if stop else end)
    text = span.text(scan.norm)
    if len(span) > 16 or not text.strip() or GRAMMAR.nobody.fullmatch(text) or re.search(r"[：:]|^[\d\W]+$", text):
        return None
    return Party(span, "other")

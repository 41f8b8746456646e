"""Party names: organs, units, groups, posts, companies, collectives, persons, and lists of them (guidelines §3)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from docmine.rulebook import PatternSet, any_of, compile_pattern, load_rows, load_toml, word_list
from docmine.rulebook.lexicon import Scan, never_in_names, nominals
from docmine.schema.findings import PartyType
from docmine.schema.spans import Span

GRAMMAR = PatternSet("common/grammar.toml", "names")

LONGEST_NAME = 32
REDACTION = "_*×X某"
NOT_A_NAMES_END = "要将应须于在把已也都均担"


@dataclass(frozen=True, slots=True)
class Party:
    """A party's name in the text."""

    span: Span
    type: PartyType


@cache
def lookalikes() -> frozenset[str]:
    """Words that begin with a surname and are no names: 高度, 安全, 方案."""
    return frozenset(row[0] for row in load_rows("common/name_lookalikes.tsv"))


@cache
def _rules() -> dict[str, Any]:
    raw = load_toml("common/parties.toml")
    patterns = raw["patterns"]
    whole = {w: k for k, words in raw["whole"].items() for w in words}
    return {
        "stop": frozenset(patterns["stop_chars"].replace("\\s", " \t\n\u3000")),
        "own": compile_pattern(patterns["own"], where="parties.toml own"),
        "latin": compile_pattern(patterns["latin"], where="parties.toml latin"),
        "not_party": compile_pattern(patterns["not_party"], where="parties.toml not_party"),
        "abstract": compile_pattern(patterns["abstract"], where="parties.toml abstract"),
        "not_this": compile_pattern(patterns["not_this"], where="parties.toml not_this"),
        "surnames": frozenset(patterns["surnames"]),
        "compound": tuple(patterns["compound_surnames"]),
        "whole": whole,
        "whole_pattern": compile_pattern(any_of(tuple(whole)), where="parties.toml whole"),
    }


def name_at(scan: Scan, start: int, limit: int) -> Party | None:
    """The longest party name that begins exactly at `start`, or None."""
    every = GRAMMAR.every.match(scan.norm, start, limit)
    if every:
        return _every_one(scan, Span(*every.span()), limit)
    rules = _rules()
    norm = scan.norm
    latin = rules["latin"].match(norm, start, limit)
    own = rules["own"].match(norm, start, limit)
    ends = _suffix_ends(scan, start, limit)
    best = max(ends, default=None)
    collective = rules["whole_pattern"].match(norm, start, limit)
    if collective and (best is None or best[0] <= collective.end()):
        kind = rules["whole"][collective.group()]
        if kind != "organ" or _stands_alone(scan, collective.end(), limit):
            return Party(Span(*collective.span()), kind)
    if latin and (best is None or best[0] <= latin.end()):
        return Party(Span(*latin.span()), "person" if latin.group().startswith("@") else "other")
    if best is None and own and norm[own.start()] in "该本我你贵":
        return Party(Span(start, own.end()), "organ")
    if best is None and norm.startswith(word_list("common/grammar.toml", "names.words", "this"), start):
        return _this_one(scan, start, limit)
    if best is None:
        return None
    end = best[0]
    of_post = GRAMMAR.of_post.match(norm, end, limit)
    if of_post:
        end = of_post.end()
    if best[1] == "post":
        named = person_at(scan, end, limit)
        end = named.span.end if named else end
    level = GRAMMAR.levels.match(norm, end, limit)
    end = level.end() if level else end
    span = Span(start, end)
    text = span.text(norm)
    if GRAMMAR.counted.match(text) and best[1] != "group":
        return None
    if rules["not_party"].match(text) or rules["abstract"].search(text):
        return None
    if len(text) < 2 or (
        len(text) == 2
        and text not in word_list("common/grammar.toml", "names.words", "generic")
        and best[1] in ("organ", "group")
        and text[0] not in "各该我本贵你省市县区镇乡村党团公法检财教卫水交民司税工城住商农林信院校厂站处室" + REDACTION
    ):
        return None
    return Party(span, best[1])


def _every_one(scan: Scan, word: Span, limit: int) -> Party | None:
    """任何单位和个人, 每个乡镇, 每个村: the word together with the name, of one character or more, behind it."""
    inner = name_at(scan, word.end, limit)
    if inner is not None:
        joined = GRAMMAR.every_joined.match(scan.norm, inner.span.end, limit)
        return Party(Span(word.start, joined.end() if joined else inner.span.end), inner.type)
    end = word.end + 1
    if scan.suffixes.get(end, (0, ""))[0] != 1 or end > limit or GRAMMAR.not_suffix_before.match(scan.norm, end - 1):
        return None
    return Party(Span(word.start, end), cast("PartyType", scan.suffixes[end][1]))


def _stands_alone(scan: Scan, end: int, limit: int) -> bool:
    """Whether 公安, 城管 … is a party by itself and not the beginning of a list or of a longer name."""
    if end >= limit:
        return True
    after = scan.norm[end]
    if after in "、和":
        return False
    follow = word_list("common/grammar.toml", "names.words", "follow")[0]
    return not after.isalpha() or after in follow or end in scan.predicates or end in scan.adverbs


def _this_one(scan: Scan, start: int, limit: int) -> Party | None:
    """该KTV, 该养猪户: 该 with the noun behind it, up to the next verb, adverb or function word."""
    rules = _rules()
    at = start + 1
    while at < limit and at - start <= 8 and scan.norm[at] not in rules["stop"] and not _breaks_at(scan, at, start):
        at += 1
    text = scan.norm[start:at]
    return Party(Span(start, at), "other") if len(text) >= 3 and not rules["not_this"].search(text) else None


def _suffix_ends(scan: Scan, start: int, limit: int) -> list[tuple[int, PartyType]]:
    """Ends of suffixes reachable from `start` without crossing a verb or a function word."""
    rules = _rules()
    stop, norm = rules["stop"], scan.norm
    ends: list[tuple[int, PartyType]] = []
    at = start
    limit = min(limit, start + LONGEST_NAME)
    while at < limit:
        char = norm[at]
        if char in "（“" and at > start:
            close = norm.find("）" if char == "（" else "”", at, min(at + 12, limit))
            if close < 0 or (
                char == "（"
                and norm[close - 1] not in "区市县乡镇委办街道社局处所站村旗场"
                and not _is_level(norm[at + 1 : close])
            ):
                break
            at = close + 1
        elif at in scan.atoms and not (
            at in scan.predicates
            and _breaks_at(scan, at, start)
            and (_ends_name(scan, at, start) or (at == start and _takes_object(scan, at)))
        ):
            at += scan.atoms[at]
        elif (char in stop or at in scan.predicates) and (length := _suffix_from(scan, at)) > scan.predicates.get(
            at, 0
        ):
            at += length
        elif (split := _suffix_across(scan, at, start)) is not None:
            ends.append(split)
            break
        elif _breaks_at(scan, at, start) and (_ends_name(scan, at, start) or (at == start and _takes_object(scan, at))):
            if _is_office_word(scan, at, start) and not any(e == at for e, _ in ends):
                end = at + scan.predicates[at]
                ends.append((end, "organ"))
            break
        elif char in stop and not _inside_name(norm, at, start):
            break
        else:
            at += 1
        found = scan.suffixes.get(at)
        if found and at - found[0] >= start and (found[0] > 1 or not GRAMMAR.not_suffix_before.match(norm, at - 1)):
            ends.append((at, cast("PartyType", found[1])))
    return ends


def _breaks_at(scan: Scan, at: int, start: int) -> bool:
    """Whether a predicate or adverb begins at `at`; 位于 in 单位于 doesn't."""
    char = scan.norm[at]
    if char == "会" and scan.norm.startswith("委会同", at - 1) and not scan.norm.startswith("委会同意", at - 1):
        return True  # 卫健委|会同
    if at > start and char == "会" and _inside_name(scan.norm, at, start):
        return False
    if at in scan.predicates and (at > start or scan.predicates[at] > 1):
        return scan.begins_word(at, scan.predicates[at])
    length = scan.adverbs.get(at, 0)
    return (
        length > 1
        and scan.norm[at : at + length] not in word_list("common/grammar.toml", "names.words", "name_adverbs")
        and scan.begins_word(at, length)
    )


def _inside_name(norm: str, at: int, start: int) -> bool:
    """A 会 that ends 委员会, 协会…, and the space in `SRE 组`, belong to a name."""
    if norm[at] == "会":
        return at > start and norm[at - 1] in "委协学商工理监董联妇残业支党社代务参"
    return (
        norm[at] == " "
        and at > start
        and norm[at - 1].isascii()
        and norm[at - 1].isalnum()
        and norm[at + 1 : at + 2] > "\u4e00"
    )


def _suffix_from(scan: Scan, at: int, *, shortest: int = 3) -> int:
    """The length of a suffix that begins at `at` (开发商, where the list sees 开发), 0 where none does."""
    return next((n for n in range(5, shortest - 1, -1) if scan.suffixes.get(at + n, (0, ""))[0] == n), 0)


def _suffix_across(scan: Scan, at: int, start: int) -> tuple[int, PartyType] | None:
    """施工单位|于: the word list sees 位于 at `at`, but a longer suffix (单位) ends inside it."""
    for end in range(at + 1, at + scan.predicates.get(at, 0)):
        found = scan.suffixes.get(end)
        if found and found[0] >= 2 and start <= end - found[0] < at:
            return (end, cast("PartyType", found[1]))
    return None


def _takes_object(scan: Scan, at: int) -> bool:
    """帮助企业, 服务群众: a verb before a party, where 供电公司 and 施工单位 are names."""
    length = scan.predicates.get(at, 0)
    verb = scan.norm[at : at + length]
    takes = verb in never_in_names() or verb in word_list("common/grammar.toml", "names.words", "object_verbs")
    return takes and bool(GRAMMAR.object_noun.match(scan.norm, at + length))


def _is_office_word(scan: Scan, at: int, start: int) -> bool:
    """县环督办, 市防汛交办: a verb in 办 that ends a name, before a mark or the end."""
    length = scan.predicates.get(at, 0)
    end = at + length
    return (
        at - start >= 2
        and scan.norm[at:end] in ("督办", "交办", "查办")
        and scan.norm[end : end + 1] in ("", "。", "，", "；", "、", "备", "审", "汇")
    )


def _is_level(text: str) -> bool:
    return bool(GRAMMAR.level.fullmatch(text))


def _follows_each(norm: str, start: int, at: int) -> bool:
    """Whether 各 or 任何, 每个 stands right before what begins at `at` in the name from `start`."""
    return (norm[start] == "各" and at == start + 1) or (
        at == start and bool(GRAMMAR.every.search(norm, start - 2, start))
    )


def _ends_name(scan: Scan, at: int, start: int | None = None) -> bool:
    """Whether the verb at `at` is a predicate, not part of a name such as 督办|组 or 监督|管理|局."""
    norm = scan.norm
    if at not in scan.predicates or scan.verbs.get(at, 0) < scan.predicates[at]:
        return True
    if norm[at : at + scan.predicates[at]] in never_in_names() and not norm.startswith(
        ("组", "办", "小组", "委员会", "处", "科", "部", "委员"), at + scan.predicates[at]
    ):
        return True
    verb_at = at
    at += scan.predicates[at]
    if GRAMMAR.official.match(norm, at):
        return False
    if start is not None and _follows_each(norm, start, verb_at) and _suffix_from(scan, at, shortest=2):
        return False  # 各|参会|单位, 任何|销售|门店
    for _ in range(4):
        nominal = nominals().match(norm, at)
        if nominal is not None:
            return len(nominal.group()) == 1 and bool(GRAMMAR.not_suffix_before.match(norm, at))
        if at in scan.atoms:
            at += scan.atoms[at]
        elif at in scan.predicates:
            at += scan.predicates[at]
        else:
            return True
    return True


def person_at(scan: Scan, start: int, limit: int) -> Party | None:
    """A personal name at `start`: a surname and one or two characters before a verb, a mark or the end; 小郑, 老韩."""
    rules = _rules()
    norm = scan.norm
    nick = GRAMMAR.nickname.match(norm, start, limit)
    if nick and norm[start + (norm[start] in "小老阿")] in rules["surnames"] | {"娟", "强", "明"}:
        return Party(Span(*nick.span()), "person")
    if (
        norm[start : start + 1] in ("小", "老")
        and norm[start + 1 : start + 2] in rules["surnames"]
        and start + 2 <= limit
    ):
        return Party(Span(start, start + 2), "person")
    if start in scan.adverbs or start in scan.predicates:
        return None
    if GRAMMAR.preposition_yu.match(norm, max(start - 1, 0)) and norm[start : start + 1] == "于":
        return None
    width = 2 if norm.startswith(rules["compound"], start) else 1
    if width == 1 and (start >= len(norm) or norm[start] not in rules["surnames"]):
        return None
    for length in (width + 2, width + 1):
        end = start + length
        if (
            end > limit
            or norm[start + 1] in "其是为的了"
            or norm[end - 1] in NOT_A_NAMES_END
            or (norm[start:end] in lookalikes() and not GRAMMAR.named_behind.match(norm, end))
            or not all((c.isalpha() and c > "\u3400") or c in REDACTION for c in norm[start:end])
        ):
            continue
        after = norm[end : end + 1]
        if (
            end >= limit
            or after in "、，。；：！？）)/ \t\n” 和与及在要将应须于根等把\u3000-—"
            or end in scan.predicates
            or end in scan.adverbs
            or norm.startswith(("同志", "负责", "总负责", "负总责", "牵头", "任"), end)
        ):
            return Party(Span(start, end), "person")
    return None


def list_at(scan: Scan, start: int, limit: int, *, persons: bool = False) -> tuple[int, list[Party]] | None:
    """(end, members) of the party or list of parties that begins at `start`; None where none does.

    Members that lack a head of their own join the next that has one (公安、农业部门 is one party); a generic word
    behind a qualified one joins it (辖区党委、政府); `等` with a collective head closes the list.
    """
    elements: list[tuple[Span, PartyType | None]] = []
    at, norm = start, scan.norm
    end = start
    while at < limit:
        party = name_at(scan, at, limit) or (person_at(scan, at, limit) if persons else None)
        if party is not None:
            elements.append((party.span, party.type))
            at = end = party.span.end
        else:
            bare = GRAMMAR.bare_element.match(norm, at, limit)
            if bare is None or not _is_bare_name(scan, Span(*bare.span())):
                break
            elements.append((Span(*bare.span()), None))
            at = bare.end()
        etc = GRAMMAR.etc.match(norm, at, limit)
        if etc:
            return _close_list(scan, elements, etc.end(), limit, at)
        connector = GRAMMAR.connector.match(norm, at, limit)
        if connector is None:
            break
        at = connector.end()
    while elements and elements[-1][1] is None:
        elements.pop()
    if not elements:
        return None
    return (end, _members(scan, elements))


def _is_bare_name(scan: Scan, span: Span) -> bool:
    """Whether a list member without a head (公安, 民政) could be a name: no verb and no function word in it."""
    stop = _rules()["stop"]
    at = span.start
    while at < span.end:
        if at in scan.atoms:
            at += scan.atoms[at]
            continue
        if scan.norm[at] in stop or (scan.predicates.get(at, 0) > 1 and _ends_name(scan, at)):
            return False
        at += 1
    return True


def _close_list(
    scan: Scan, elements: list[tuple[Span, PartyType | None]], after: int, limit: int, at: int
) -> tuple[int, list[Party]] | None:
    norm = scan.norm
    counted = GRAMMAR.counted_head.match(norm[after:limit])
    head_at = after + (counted.end() if counted else 0)
    head = name_at(scan, head_at, limit)
    generic = GRAMMAR.generic_head.match(norm[head_at:limit])
    end = head.span.end if head else head_at + generic.end() if generic else None
    if end is None:
        named = [e for e in elements if e[1] is not None]
        return (after, _members(scan, elements)) if named and elements[-1][1] is not None else None
    if all(kind is not None for _, kind in elements):
        return (end, _members(scan, elements))
    if GRAMMAR.proper_head.search(norm, at, end):
        return (end, [Party(span, kind or "company") for span, kind in elements])
    return (end, [Party(Span(elements[0][0].start, end), "unit")])


def _members(scan: Scan, elements: list[tuple[Span, PartyType | None]]) -> list[Party]:
    members: list[Party] = []
    open_at: int | None = None
    for span, kind in elements:
        if kind is None:
            open_at = span.start if open_at is None else open_at
        elif open_at is not None:
            members.append(Party(Span(open_at, span.end), kind))
            open_at = None
        elif members and span.text(scan.norm) in word_list("common/grammar.toml", "names.words", "generic"):
            members[-1] = Party(Span(members[-1].span.start, span.end), members[-1].type)
        else:
            members.append(Party(span, kind))
    if (
        len(members) > 1
        and GRAMMAR.shared_head.search(members[-1].span.text(scan.norm))
        and all(m.type in ("organ", "unit", "group") for m in members[:-1])
    ):
        return [Party(Span(members[0].span.start, members[-1].span.end), members[-1].type)]
    return members

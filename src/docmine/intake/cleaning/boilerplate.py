"""What web pages and sharing sites print around a document, taken out by the rules in `common/boilerplate.toml`.

A rule is tried only on lines that hold one of its cues (found in one pass), and takes out the line, a part of it, or
the list that the line heads. Rules for the top or the bottom hold before the first or after the last line of prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docmine.intake.cleaning.draft import Draft, Edit, merged
from docmine.intake.cleaning.rules import Place, Rule, rule_cues, rules, step_cues
from docmine.schema.document import Warn

PROSE_LEAST = 40  # characters of a line that tells more than a heading, a link or a particular
LINK_MOST = 60  # characters of a line in a list of links
KEPT_LEAST = 30  # characters must stay, else the rules took a short document about web pages for one
_PROSE = re.compile("[，。；！？]")
_SENTENCE_END = re.compile("[。！？；]$")
_CRUMB = re.compile("^[^>›»]{2,16}(?= ?[>›»])")
_TIME = r"(?:19|20)\d{2}[-/年.]\d{1,2}[-/月.]\d{1,2}日?(?: \d{1,2}:\d{2}(?::\d{2})?)?"
# A run of at least six pieces of one to four signs that aren't words: `/ G- k; W% a% |( ^# n% J3 n`, at a line's start
# or behind its text. Three different signs must be such as neither lists, formulas nor rulers use.
_SIGNS = re.compile(r"(?:(?<=[\s。；：！？，、”）])|^)(?:[!-~]{1,4}[ \t]+){5,}[!-~]{1,4}[ \t]*(?=\n|$)", re.MULTILINE)
_ODD_SIGN = re.compile(r"[~^`$%&\\{}\[\]@!;?]")


@dataclass(slots=True)
class _Line:
    """A line of the folded text with the rules of which it holds a cue, and the one that takes it out whole."""

    start: int
    end: int
    text: str
    called: list[Rule]
    whole: Rule | None = None


def sharing_site(draft: Draft) -> list[Edit]:
    """Upload facts, buttons, notices of copyright and of the contact of document-sharing sites."""
    return _remove(draft, "sharing_site")


def web_boilerplate(draft: Draft) -> list[Edit]:
    """Paths, buttons, counters, editors and related links of web pages. Lines that date the page stay."""
    edits = _remove(draft, "web_boilerplate")
    return merged([*edits, *_site_names(draft.norm, edits)]) if edits else edits


def forum_junk(draft: Draft) -> list[Edit]:
    """Notices of forums, and the strings of random signs that they put between lines against copying."""
    return merged([*_remove(draft, "forum_junk"), *_random_signs(draft.text)])


def _remove(draft: Draft, step: str) -> list[Edit]:
    if step not in _steps_called(draft):
        return []
    norm = draft.norm
    lines = _split(norm, step)
    first, last = _prose(lines)
    edits = merged(edit for i in range(len(lines)) for edit in _edits(lines, i, first, last, len(norm)))
    if edits and not _enough_left(norm, edits):
        draft.warnings.append(Warn("boilerplate_kept", f"{step}: the rules would have taken out nearly all text"))
        return []
    return edits


def _steps_called(draft: Draft) -> frozenset[str]:
    """The steps of which some cue stands in the text: one pass for all, remembered in the draft."""
    if draft.called_for is None:
        draft.called_for = frozenset(step for _, steps in step_cues().find(draft.norm) for step in steps)
    return draft.called_for


def _split(norm: str, step: str) -> list[_Line]:
    called: dict[int, list[Rule]] = {}
    known = rules(step)
    for at, ids in rule_cues(step).find(norm):
        here = called.setdefault(norm.rfind("\n", 0, at) + 1, [])
        here += (known[name] for name in ids if known[name] not in here)
    lines: list[_Line] = []
    start = 0
    for text in norm.split("\n"):
        line = _Line(start, start + len(text), text, called.get(start, []))
        if line.called:
            bare = text.strip()
            line.whole = next((rule for rule in line.called if rule.is_whole(bare)), None)
        lines.append(line)
        start += len(text) + 1
    return lines


def _prose(lines: list[_Line]) -> tuple[int, int]:
    """Indexes of the first and the last line of prose (none: the top and the bottom meet)."""
    prose = [i for i, line in enumerate(lines) if line.whole is None and _is_prose(line.text)]
    return (prose[0], prose[-1]) if prose else (len(lines), -1)


def _is_prose(text: str) -> bool:
    return len(text) >= PROSE_LEAST and _PROSE.search(text) is not None


def _holds(place: Place, index: int, first: int, last: int) -> bool:
    before = place in ("top", "edge") and index < first
    after = place in ("bottom", "edge") and index > last
    return place == "any" or before or after


def _edits(lines: list[_Line], index: int, first: int, last: int, length: int) -> Iterator[Edit]:
    line = lines[index]
    if line.whole is not None and _holds(line.whole.place, index, first, last):
        end = _list_end(lines, index) if line.whole.scope == "list" else index
        yield Edit(line.start, min(lines[end].end + 1, length))
        return
    for rule in line.called:
        if _holds(rule.place, index, first, last):
            yield from (Edit(line.start + start, line.start + end) for start, end in rule.parts(line.text))


def _list_end(lines: list[_Line], index: int) -> int:
    """The last line of a list of links: the text's last if nothing but links follows, else the line that heads it."""
    for line in lines[index + 1 :]:
        bare = line.text.strip()
        if line.whole is None and (len(bare) > LINK_MOST or _SENTENCE_END.search(bare)):
            return index
    return len(lines) - 1


def _enough_left(norm: str, edits: list[Edit]) -> bool:
    return len(norm.strip()) - sum(edit.end - edit.start for edit in edits) >= KEPT_LEAST


def _site_names(norm: str, edits: Iterable[Edit]) -> Iterator[Edit]:
    """The site's name alone on a line, or behind the page's time, where the path that was found begins with it."""
    names = {m[0].strip() for edit in edits if (m := _CRUMB.match(norm[edit.start : edit.end].strip()))}
    for name in sorted(names):
        alone = rf"^[ \t]*{re.escape(name)}[ \t]*\n"
        behind = rf"^[ \t]*{_TIME}[ \t]*(?P<name>{re.escape(name)})[ \t]*$"
        yield from (Edit(*match.span()) for match in re.finditer(alone, norm, re.MULTILINE))
        yield from (Edit(*match.span("name")) for match in re.finditer(behind, norm, re.MULTILINE))


def _random_signs(text: str) -> Iterator[Edit]:
    if not _are_odd(text):
        return
    for match in _SIGNS.finditer(text):
        if _are_odd(match[0]) and any(map(str.isalpha, match[0])) and not match[0].startswith("|"):
            yield Edit(*match.span())


def _are_odd(text: str) -> bool:
    return len(set(_ODD_SIGN.findall(text))) >= 3

"""What a corpus has to be: enough, well formed, of many kinds, and nothing in it twice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, get_args

from docmine.learning.corpus import Annotated
from docmine.learning.markup import FUNCTIONS, UNITS
from docmine.schema.findings import DeadlineKind, Force, Role

LEAST = {"documents": 300, "characters": 300_000, "sentences": 9_000, "genres": 14, "trades": 25, "writers": 10}
ABOUT = ("writer", "kind", "genre", "region", "level", "decade", "trade", "care", "source")
KINDS = ("host_script", "minutes", "speech", "notice", "plan", "letter", "case", "case_table", "reply", "other")
GENRES = {  # families of genres, by words of the genre's name, the first that fits
    "host script": "主持",
    "executive meeting": "常务",
    "party meeting": "党组|党委|党支部",
    "on-site meeting": "现场",
    "college or hospital minutes": "院校|院务|医院|校务|学院",
    "open-source or IT minutes": "开源|软件|项目",
    "company minutes": "公司|董事|经理",
    "spoken record": "口语|记录",
    "task table": "任务表|行动表",
    "thematic meeting": "纪要",
    "speech": "讲话|发言",
    "plan": "方案|预案",
    "rules": "制度|办法|规定|细则|规则|守则",
    "news": "新闻|报道|通稿",
    "petition letter": "来信|留言$|留言（|信访信",
    "reply": "答复|回复|复函",
    "hotline ticket": "工单",
    "transfer sheet": "交办|转办|督办|催办|移交",
    "case table": "一览表|案件表",
    "notice": "通知|通报|公告|要点",
}
NGRAM = 8  # characters
MOST_SHARED = 0.10  # of a document's runs of eight characters: so many another one may have too
MOST_FRAMED = 0.01  # of all sentences: so many may have the most frequent frame
SHORTEST_FRAME = 6  # signs of a frame that is counted
LONG_ENOUGH = 16  # characters of a sentence that may not stand in the corpus twice
_WORDS = re.compile(r"[^\W_]")
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_FUNCTION_CHARS = frozenset(
    "的了在和与由要应须请不得将对按于前后内把被给为并或及以从向会已可再就都也是有，、：（）“”《》。；！？"
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?")


def report(documents: Sequence[Annotated]) -> tuple[str, list[str]]:
    """(what the corpus is, what is wrong with it)."""
    counts = {
        "documents": len(documents),
        "characters": sum(len(d.text) for d in documents),
        "sentences": sum(1 for d in documents for _ in sentences(d.text)),
        "genres": len({genre_of(d) for d in documents}),
        "trades": len({d.about.get("trade") for d in documents}),
        "writers": len({d.about.get("writer") for d in documents}),
    }
    faults = [f"{n} {name}, {LEAST[name]} are needed" for name, n in counts.items() if n < LEAST[name]]
    faults += [fault for document in documents for fault in faults_of(document)]
    faults += twice(documents)
    shared = closest(documents)
    frame, share = commonest_frame(documents)
    faults += [f"{a} and {b} share {s:.0%} of their wording" for s, a, b in shared if s > MOST_SHARED]
    faults += [f"{share:.1%} of the sentences have the frame {frame}"] if share > MOST_FRAMED else []
    lines = [f"{n:>8}  {name}" for name, n in counts.items()]
    lines += [f"{n:>8}  {name}" for name, n in sorted(Counter(genre_of(d) for d in documents).items())]
    lines += ["closest pairs (share of runs of eight characters):"]
    lines += [f"{s:8.1%}  {a}, {b}" for s, a, b in shared[:5]]
    lines += [f"most frequent frame of sentences: {frame} ({share:.2%})"]
    return "\n".join([*lines, *(f"WRONG: {fault}" for fault in faults)]), faults


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text that hold a letter, cut at stops and line ends."""
    return (match.group() for match in _SENTENCE.finditer(text) if _WORDS.search(match.group()))


def genre_of(document: Annotated) -> str:
    """The family of the document's genre."""
    genre = document.about.get("genre", "")
    return next((family for family, words in GENRES.items() if re.search(words, genre)), "other")


def faults_of(document: Annotated) -> Iterator[str]:
    """What is wrong with one document: facts that lack, spans outside the text, values that can't be."""
    for key in ABOUT:
        if not document.about.get(key):
            yield f"{document.name}: {key} isn't told"
    if document.about.get("kind") not in KINDS:
        yield f"{document.name}: no such kind: {document.about.get('kind')}"
    directives: list[Mapping[str, Any]] = document.gold["directives"]
    for before, after in pairwise(directives):
        if after["start"] < before["end"]:
            yield f"{document.name}: directives overlap at {after['start']}"
    entries = [e for d in directives for name in ("actors", "deadlines") for e in d.get(name, ())]
    for row in (*directives, *entries, *document.gold.get("ignore", ()), *document.gold.get("functions", ())):
        if not 0 <= row["start"] < row["end"] <= len(document.text):
            yield f"{document.name}: {row['start']}–{row['end']} lies outside the text"
        yield from (f"{document.name}: at {row['start']}: {wrong}" for wrong in _wrong_values(row))


def _wrong_values(row: Mapping[str, Any]) -> Iterator[str]:
    for key, allowed in (
        ("force", get_args(Force)),
        ("role", get_args(Role)),
        ("kind", get_args(DeadlineKind)),
        ("function", FUNCTIONS),
    ):
        if key in row and row[key] not in allowed:
            yield f"{key} {row[key]}"
    for key in ("due", "begin"):
        if row.get(key) and not _DAY.fullmatch(row[key]):
            yield f"{key} {row[key]}"
    if row.get("kind") in ("date", "period") and not row.get("due"):
        yield f"a {row['kind']} without a day"
    if row.get("kind") == "recurring" and not str(row.get("recurrence", "")).startswith("FREQ="):
        yield f"recurrence {row.get('recurrence')}"
    if row.get("offset") and row["offset"].get("unit") not in UNITS:
        yield f"offset {row['offset']}"


def twice(documents: Sequence[Annotated]) -> list[str]:
    """Sentences of LONG_ENOUGH characters and more that stand in two documents."""
    seen: dict[str, str] = {}
    found = []
    for document in documents:
        for sentence in {s.strip() for s in sentences(document.text)}:
            if sum(c.isalpha() for c in sentence) >= LONG_ENOUGH:
                other = seen.setdefault(sentence, document.name)
                if other != document.name:
                    found.append(f"{other} and {document.name} both say: {sentence}")
    return found


def closest(documents: Sequence[Annotated]) -> list[tuple[float, str, str]]:
    """Pairs of documents by the share of the shorter one's runs of eight characters that the other has, most first."""
    grams = {d.name: _grams(d.text) for d in documents}
    holders: dict[str, list[str]] = defaultdict(list)
    for name, own in grams.items():
        for gram in own:
            holders[gram].append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in holders.values():
        shared.update((a, b) for i, a in enumerate(names) for b in names[i + 1 :])
    pairs = [(n / max(1, min(len(grams[a]), len(grams[b]))), a, b) for (a, b), n in shared.items()]
    return sorted(pairs, key=lambda pair: (-pair[0], pair[1:]))


def _grams(text: str) -> set[str]:
    letters = "".join(_WORDS.findall(text))
    return {letters[i : i + NGRAM] for i in range(len(letters) - NGRAM + 1)}


def commonest_frame(documents: Sequence[Annotated]) -> tuple[str, float]:
    """The most frequent frame of sentences, and its share: what is left when all but function words is blanked out."""
    frames: Counter[str] = Counter()
    total = 0
    for document in documents:
        for sentence in sentences(document.text):
            frame = re.sub("~+", "~", "".join(c if c in _FUNCTION_CHARS else "~" for c in sentence.strip()))
            total += 1
            if len(frame) >= SHORTEST_FRAME:
                frames[frame] += 1
    best, n = max(frames.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return best, n / total if total else 0.0

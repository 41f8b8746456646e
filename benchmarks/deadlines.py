"""Time extraction beside JioNLP and Recognizers-Text: `python benchmarks/deadlines.py [FILES] [--quick]`.

All systems run in one process, on the same texts, with the same reference dates. Three parts:

quality      files in the neutral form, JSON lines with `id, text, reference, spans` (`benchmarks/rivals.py` tells the
             spans' form; the project's own cases where no file is named). For each system the F1 of spans (overlap at
             least a half) and the share of gold spans whose value is exactly right: both ends of the interval, of a
             duration its length, of a recurring set its period.
expressions  the deadline expressions of official papers in `deadline_expressions.toml`: the share whose due day (or
             period, or amount) is right. A rival is right if any of its readings is. `exact` asks more, and of docmine
             alone: kind, clock time, first day, amount and recurrence.
speed        `docmine.deadlines.find` and `parse` against the rivals' calls. Runs alternate text by text; a ratio is the
             rival's time by docmine's on the same text, above 1 docmine is faster. Every system has been warmed up on
             other text; each text is then seen once, each expression once with each date, so that no cache of results
             helps anyone.

The rivals come with `pip install -e '.[bench]'`. Exit status: 0, or 1 if there was nothing to compare.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import itertools
import json
import logging
import os
import platform
import statistics
import sys
import time
import tomllib
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import rivals
import time_scores as scores

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "timex" / "cases"
EXPRESSIONS = Path(__file__).with_name("deadline_expressions.toml")
DATE = dt.date(2021, 9, 14)
MORNING = dt.time(9)
FIELDS = ("start", "end", "text", "type", "value", "end_value", "duration", "freq")
GOALS = {"find": {"JioNLP": 15.0}, "parse": {"JioNLP": 10.0}}
CONVENTIONAL = "ambiguous"  # a file of this name holds expressions whose limits are a matter of convention (月底, 春天)
PARTS = ("quality", "expressions", "speed")

Times = Callable[[str, dt.datetime | None], list[dict[str, Any]]]


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, help="files in the neutral form")
    parser.add_argument("--quick", action="store_true", help="fewer texts and rounds when timing")
    parser.add_argument("--only", choices=PARTS, help="one part")
    parser.add_argument("--misses", metavar="SYSTEM", help="also print what this system gets wrong")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)  # JioNLP logs the tracebacks of its own tries
    ours, without = docmine()
    others, missing = rivals.load()
    for sentence in [without, *missing]:
        if sentence:
            print(sentence, file=sys.stderr)
    if len(others) + (ours is not None) < 2:
        print("nothing to compare", file=sys.stderr)
        return 1
    print(machine(others))
    figures: dict[str, Any] = {}
    for part in [options.only] if options.only else PARTS:
        if part == "quality":
            figures[part] = quality(options.files, ours, others, options.misses)
        elif part == "expressions":
            figures[part] = expressions(ours, others, options.misses)
        else:
            figures[part] = speed(ours, others, quick=options.quick)
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def docmine() -> tuple[Any, str]:
    """The module under measurement, or a sentence on why it isn't there."""
    try:
        from docmine import deadlines
    except ImportError as error:
        return None, f"docmine is left out ({error}); install it with {rivals.INSTALL}"
    return deadlines, ""


def machine(others: Sequence[rivals.Rival]) -> str:
    """What was measured on what."""
    from docmine import __version__

    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    processor = models[0] if models else platform.processor() or platform.machine()
    versions = ", ".join(["docmine " + __version__, *(f"{rival.name} {rival.version}" for rival in others)])
    return f"{versions}; Python {platform.python_version()} on {os.cpu_count()} × {processor}"


# quality


def quality(files: Sequence[Path], ours: Any, others: Sequence[rivals.Rival], misses: str | None) -> dict[str, Any]:
    """The table of files and systems."""
    paths = list(files) or sorted(CASES.glob("*.jsonl"))
    if not paths:
        print(f"\nquality: no files in the neutral form at {CASES.relative_to(ROOT)}; name some on the command line")
        return {}
    systems: dict[str, Times] = {"docmine": docmine_times(ours)} if ours else {}
    systems |= {rival.name: rival.times for rival in others}
    print("\nquality: F1 of spans, share of right values")
    print(padded("file", 28) + f"{'spans':>7}" + "".join(f"{name:>12} F1{'value':>7}" for name in systems))
    totals = {name: scores.Score() for name in systems}
    plain = {name: scores.Score() for name in systems}
    figures: dict[str, Any] = {}
    for path in paths:
        cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        row = {name: score_file(cases, times, name == misses) for name, times in systems.items()}
        for name, one in row.items():
            totals[name].add(one)
            if not path.stem.startswith(CONVENTIONAL):
                plain[name].add(one)
        figures[path.stem] = figures_of(row)
        print(quality_row(path.stem, row), flush=True)
    figures["all"] = figures_of(totals)
    print(quality_row("all", totals))
    if plain != totals:
        figures[f"all but {CONVENTIONAL}"] = figures_of(plain)
        print(quality_row(f"all but {CONVENTIONAL}", plain))
    return figures


def score_file(cases: Sequence[dict[str, Any]], times: Times, show: bool) -> scores.Score:
    """One system on the cases of one file."""
    total = scores.Score()
    for case in cases:
        found = times(case["text"], scores.moment(case.get("reference")))
        one = scores.score(case["spans"], found)
        total.add(one)
        if show and not one.gold == one.found == one.right:
            wanted, got = ("  ".join(map(shown, spans)) or "nothing" for spans in (case["spans"], found))
            print(f"  {case.get('id', '')} {case['text']}\n      wanted {wanted}\n      found  {got}")
    return total


def docmine_times(ours: Any) -> Times:
    """docmine's finder, answering in the neutral form."""

    def times(text: str, reference: dt.datetime | None) -> list[dict[str, Any]]:
        return [{field: getattr(one, field, None) for field in FIELDS} for one in ours.times(text, reference=reference)]

    return times


def shown(span: dict[str, Any]) -> str:
    """A span in short."""
    if span["type"] == "recurring":
        value = span.get("freq")
    elif span["type"] == "duration":
        value = span.get("duration")
    else:
        value = f"{span.get('value') or ''}/{span.get('end_value') or ''}"
    return f"{span.get('text') or ''} {span['type']} {value}"


def quality_row(name: str, row: dict[str, scores.Score]) -> str:
    """A line of the table."""
    gold = next(iter(row.values())).gold
    cells = (
        f"{one.f1:>15.3f}{one.value:>7.3f}" if gold else f"{f'{one.found} false':>15}{'':>7}" for one in row.values()
    )
    return padded(name, 28) + f"{gold:>7}" + "".join(cells)


def figures_of(row: dict[str, scores.Score]) -> dict[str, Any]:
    """The same for programs."""
    return {
        name: {"spans": one.gold, "found": one.found, "f1": one.f1, "value": one.value} for name, one in row.items()
    }


# expressions


def read_expressions() -> list[dict[str, Any]]:
    """The cases of the table, each with its date."""
    cases = tomllib.loads(EXPRESSIONS.read_text(encoding="utf-8"))["case"]
    return [{**case, "date": dt.date.fromisoformat(case.get("date", DATE.isoformat()))} for case in cases]


def expressions(ours: Any, others: Sequence[rivals.Rival], misses: str | None) -> dict[str, Any]:
    """How many deadline expressions each system reads right, by kind."""
    cases = read_expressions()
    right: dict[str, list[bool]] = {}
    if ours:
        readings = [ours.parse(case["text"], date=case["date"]) for case in cases]
        pairs = list(zip(cases, readings, strict=True))
        right["docmine"] = [scores.docmine_right(case, one, exact=False) for case, one in pairs]
        right["exact"] = [scores.docmine_right(case, one, exact=True) for case, one in pairs]
    for rival in others:
        right[rival.name] = [
            scores.rival_right(case, rival.readings(case["text"], at_work(case["date"])), case["date"])
            for case in cases
        ]
    print(f"\nexpressions: right of {len(cases)} deadline expressions")
    print(padded("kind", 28) + f"{'cases':>7}" + "".join(f"{name:>13}" for name in right))
    kinds = ["date" if isinstance(case["kind"], list) else case["kind"] for case in cases]
    for kind in [*dict.fromkeys(kinds), "all"]:
        at = [i for i, other in enumerate(kinds) if kind in (other, "all")]
        counts = "".join(f"{sum(verdicts[i] for i in at):>13}" for verdicts in right.values())
        print(padded(kind, 28) + f"{len(at):>7}" + counts)
    if misses in right:
        print("  wrong: " + "  ".join(c["text"] for c, fine in zip(cases, right[misses], strict=True) if not fine))
    return {name: sum(verdicts) / len(cases) for name, verdicts in right.items()}


def at_work(date: dt.date) -> dt.datetime:
    """The moment that rivals count from: nine o'clock on the paper's day."""
    return dt.datetime.combine(date, MORNING)


# speed


def speed(ours: Any, others: Sequence[rivals.Rival], *, quick: bool) -> dict[str, Any]:
    """The table of ratios."""
    if ours is None or not others:
        print("\nspeed: needs docmine and a rival")
        return {}
    paths = sorted((ROOT / "corpus" / "documents").glob("*.txt"))[:: 4 if quick else 1]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    warm = [path.read_text(encoding="utf-8", errors="ignore") for path in sorted((ROOT / "samples").glob("*.txt"))]
    now = at_work(DATE)
    finders = {"docmine": lambda text: ours.find(text)}
    finders |= {rival.name: lambda text, r=rival: r.find(text, now) for rival in others}
    found = alternate(finders, [(text,) for text in texts], [(text,) for text in warm], 3 if quick else 7)

    cases, rounds = read_expressions(), 3 if quick else 15
    # A day added to the round's dates makes every question a new one: answers that docmine has kept don't count.
    fresh = itertools.count()
    later = [dt.timedelta(days=400 * number) for number in range(64)]
    parsers = {"docmine": lambda text, date: ours.parse(text, date=date + later[next(fresh) // len(asked) % 64])}
    parsers |= {rival.name: lambda text, date, r=rival: r.parse(text, at_work(date)) for rival in others}
    days = [dt.timedelta(days=number) for number in range(rounds)]
    asked = [(case["text"], case["date"] + shift) for shift in days for case in cases]
    strangers = [("8月15日前", DATE), ("7日内", DATE), ("每周三", DATE), ("本季度末", DATE)]
    parsed = alternate(parsers, asked, strangers, 3 if quick else 7)
    parsers["docmine"] = lambda text, date: ours.parse(text, date=date)
    again = alternate(parsers, asked, strangers, 3 if quick else 7)

    characters = sum(map(len, texts))
    print(f"\nspeed: find on {len(texts)} documents of {characters} characters, parse on {len(asked)} expressions")
    print(padded("call", 10) + padded("rival", 16) + f"{'median':>9}{'best':>9}{'docmine':>12}{'rival':>12}   goal")
    figures: dict[str, Any] = {}
    asked_for = len(asked) / 1000
    for call, spent, unit in (
        ("find", found, characters / 1000),
        ("parse", parsed, asked_for),
        ("again", again, asked_for),
    ):
        for rival in others:
            ratios = [theirs / mine for theirs, mine in zip(spent[rival.name], spent["docmine"], strict=True)]
            median = statistics.median(ratios)
            mine, theirs = statistics.median(spent["docmine"]), statistics.median(spent[rival.name])
            goal = GOALS.get(call, {}).get(rival.name)
            verdict = f"{goal:.0f}, {'met' if median >= goal else 'missed'}" if goal else ""
            print(
                padded(call, 10) + padded(rival.name, 16) + f"{median:>9.1f}{max(ratios):>9.1f}"
                f"{mine / unit * 1000:>9.2f} ms{theirs / unit * 1000:>9.2f} ms   {verdict}"
            )
            figures[f"{call} {rival.name}"] = {"median": median, "best": max(ratios)}
    print("median and best: rival's time by docmine's in the same round, over the rounds;")
    print(
        "times are per 1000 characters (find) and per 1000 expressions (parse: never asked before, again: asked before)"
    )
    return figures


def alternate(
    systems: dict[str, Callable[..., object]],
    tasks: Sequence[tuple[Any, ...]],
    warm: Sequence[tuple[Any, ...]],
    rounds: int,
) -> dict[str, list[float]]:
    """Seconds of each round through all tasks for each system, which take turns in who is first.

    A round goes through all tasks of one system before the next, as a caller would; the first round of each, in which
    patterns are compiled and caches filled, is left out. The garbage collector is off while a system runs.
    """
    for run in systems.values():
        for task in (*warm, *tasks):
            run(*task)
    spent: dict[str, list[float]] = {name: [] for name in systems}
    names = list(systems)
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            run = systems[name]
            gc.collect()
            gc.disable()
            begin = time.perf_counter()
            for task in tasks:
                run(*task)
            spent[name].append(time.perf_counter() - begin)
            gc.enable()
    return spent


def padded(text: str, width: int) -> str:
    """Text filled up to a width in which a Chinese character takes two columns."""
    taken = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return text + " " * max(1, width - taken)


if __name__ == "__main__":
    raise SystemExit(main())

"""`docmine run`: files and folders → records, a manifest and a summary."""

from __future__ import annotations

import argparse
import gc
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from docmine.batch.engine import run as run_engine
from docmine.batch.manifest import Manifest, Totals, row_of, row_of_skipped
from docmine.batch.outcome import Outcome, failure_of
from docmine.batch.plan import Plan, plan
from docmine.cli.common import STDIN, add_mining_options
from docmine.cli.messages import Messages
from docmine.cli.notes import unused_anchors
from docmine.cli.progress import progress
from docmine.cli.terminal import Paint, padded, width_of
from docmine.errors import SettingsError
from docmine.output.write.json import JsonWriter
from docmine.output.write.jsonl import JsonlWriter
from docmine.settings import Settings

STDIN_NAME = "stdin"
MANIFEST = "manifest.jsonl"
_MOST_EVENTS = 12  # that the summary names
# Records are hundreds of thousands of small objects and no cycles: looking for garbage rarely saves 15 % of the time on
# 5000 pages (65 → 56 s) and costs no memory.
GC_THRESHOLD = (100_000, 50, 1000)


def add_arguments(parser: argparse.ArgumentParser, say: Messages) -> None:
    """Options of the command."""
    parser.add_argument("inputs", metavar="IN", nargs="+", help=say("arg_inputs"))
    parser.add_argument("-o", "--output", metavar="OUT", required=True, help=say("opt_output"))
    parser.add_argument("--format", choices=("json", "jsonl"), help=say("opt_format"))
    parser.add_argument("--text", action="store_true", help=say("opt_text"))
    parser.add_argument("-q", "--quiet", action="store_true", help=say("opt_quiet"))
    add_mining_options(parser, say)


def run(options: argparse.Namespace, settings: Settings, say: Messages) -> int:
    """Mine all inputs; returns 0 where every file has its record, 1 where one has not."""
    gc.set_threshold(*GC_THRESHOLD)
    settings = replace(settings, include_text=settings.include_text or options.text)
    paths = [Path(each) for each in options.inputs if each != STDIN]
    target = Target(options.output, options.format)
    todo = plan(paths, output=target.folder)
    stdin = STDIN in options.inputs
    if not todo.items and not stdin:
        named = ", ".join(map(str, paths))
        remedy = "Check that this is the right folder; hidden and temporary files are not read."
        raise SettingsError(f"{named}: there is no file to read", remedy=remedy, key="empty_folder", path=named)
    outcomes = _outcomes(todo, settings, stdin=stdin)
    totals, failed = _write(outcomes, todo, target, say, quiet=options.quiet, count=len(todo.items) + stdin)
    report(totals, failed, target, settings, say, quiet=options.quiet)
    return 1 if failed else 0


class Target:
    """Where records and manifest go: a folder, one `.jsonl` file, or standard output."""

    def __init__(self, output: str, form: str | None) -> None:
        path = Path(output)
        self.folder: Path | None = None
        self.manifest: Path | None = None
        self.writer: JsonWriter | JsonlWriter
        if output == STDIN:
            self._refuse(form == "json", "--format", "jsonl, or an output folder", "stream")
            self.writer = JsonlWriter(sys.stdout.buffer)
        elif path.suffix == ".jsonl" and not path.is_dir():
            self._refuse(form == "json", "--format", "jsonl for an output that ends in .jsonl", "lines")
            self.manifest = path.with_name(f"{path.stem}.{MANIFEST}")
            self.writer = JsonlWriter(path)
        else:
            self._refuse(path.exists() and not path.is_dir(), "--output", "a folder, not an existing file", "taken")
            self.folder = path
            self.manifest = path / MANIFEST
            self.writer = JsonlWriter(path / "records.jsonl") if form == "jsonl" else JsonWriter(path)

    @staticmethod
    def _refuse(wrong: bool, option: str, expected: str, kind: str) -> None:
        if wrong:
            message = f"{option}: this value does not fit the output"
            raise SettingsError(message, remedy=f"Give {expected}.", key=f"output.{kind}", option=option)


def _outcomes(todo: Plan, settings: Settings, *, stdin: bool) -> Iterator[Outcome]:
    if stdin:
        yield _standard_input(settings)
    yield from run_engine(todo.items, settings=settings)


def _standard_input(settings: Settings) -> Outcome:
    from docmine.pipeline import mine_bytes

    path = Path(STDIN)
    try:
        record = mine_bytes(sys.stdin.buffer.read(), settings=settings, name=STDIN_NAME)
    except Exception as error:  # reported like a file's
        return Outcome(path, STDIN_NAME, None, failure_of(error))
    return Outcome(path, STDIN_NAME, record, None)


def _write(
    outcomes: Iterator[Outcome], todo: Plan, target: Target, say: Messages, *, quiet: bool, count: int
) -> tuple[Totals, list[Outcome]]:
    """Write each record and manifest row as it comes; returns the totals and the outcomes that failed."""
    totals, failed = Totals(), list[Outcome]()
    with ExitStack() as stack:
        manifest = stack.enter_context(Manifest(target.manifest)) if target.manifest else None
        writer = target.writer
        stack.enter_context(writer)
        for skipped in todo.skipped:
            totals.skip(skipped)
            if manifest is not None:
                manifest.add(row_of_skipped(skipped))
        for outcome in progress(outcomes, total=count, label=say("progress"), quiet=quiet):
            output = writer.write(outcome.record, name=outcome.name) if outcome.record is not None else None
            if manifest is not None:
                manifest.add(row_of(outcome, output=output))
            totals.add(outcome)
            if outcome.error is not None:
                failed.append(replace(outcome, record=None))
    return totals, failed


def report(
    totals: Totals, failed: list[Outcome], target: Target, settings: Settings, say: Messages, *, quiet: bool
) -> None:
    """The summary table and the errors with their remedies, on standard error."""
    paint = Paint(sys.stderr)
    if not quiet:
        for line in (*_summary(totals, say, paint), *_about_options(totals, settings, say)):
            print(line, file=sys.stderr)
    if failed:
        print(paint("error", say("errors_title")), file=sys.stderr)
    for outcome in failed:
        assert outcome.error is not None
        failure = say.failure(outcome.error)
        print(f"  {outcome.name}: [{failure.code}] {failure.message}", file=sys.stderr)
        print(f"    {say('remedy')}: {failure.remedy}", file=sys.stderr)
    if not quiet and target.manifest is not None:
        print(say("manifest_at", path=target.manifest), file=sys.stderr)


def _summary(totals: Totals, say: Messages, paint: Paint) -> Iterator[str]:
    tried = sum(totals.outcomes[kind] for kind in ("ok", "warned", "error"))
    rows = [("count_files", str(tried))]
    rows += [(f"count_{kind}", str(totals.outcomes[kind])) for kind in ("ok", "warned", "error")]
    reasons = ", ".join(f"{say.name('skip', reason)} {n}" for reason, n in sorted(totals.skipped.items()))
    rows.append(("count_skipped", f"{totals.outcomes['skipped']}" + (f" ({reasons})" if reasons else "")))
    rows += [(f"count_{part}", str(totals.found[part])) for part in ("directives", "deadlines", "responsibilities")]
    opened = Counter({event: n for event, n in totals.open.items() if n})
    if opened:
        named = [f"{event} {n}" for event, n in opened.most_common(_MOST_EVENTS)] + ["…"] * (len(opened) > _MOST_EVENTS)
        rows.append(("count_open", say("count_open_events", n=opened.total(), events=say("comma").join(named))))
    if totals.undated:
        rows.append(("count_undated", say("count_undated_how", n=totals.undated)))
    rows.append(("count_seconds", f"{totals.seconds:.1f}"))
    width = max(width_of(say(key)) for key, _ in rows)
    yield paint("head", say("summary_title"))
    yield from (f"  {padded(say(key), width)}  {value}" for key, value in rows)


def _about_options(totals: Totals, settings: Settings, say: Messages) -> Iterator[str]:
    """What became of --date and --anchor where they were not used."""
    if settings.date is not None and totals.own_dates:
        yield say("dates_not_used", date=settings.date, n=totals.own_dates)
    unused = unused_anchors(settings.anchors, totals.events)
    if unused:
        named = [event for event, _ in totals.events.most_common(_MOST_EVENTS)]
        yield say("anchors_not_used", anchors=say("comma").join(unused), events=say("comma").join(named) or "–")

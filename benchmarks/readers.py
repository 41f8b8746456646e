"""Measures the readers on the shared format files: `python benchmarks/readers.py [--only GLOB] [--json FILE]`.

For every file of `formats/manifest.jsonl` whose ground truth is known it prints
- `cer`: character error rate of the body (white space, tables, page headers and footers aside),
- `lines`: share of the ground truth's body lines that stand in the text as a line of their own,
- `numbers`: share of numbered paragraphs that begin with their number,
- `rows`: table rows that are exact, cell by cell,
- `seconds` and `peak` (MiB) of a process of its own that reads the file,
and for the others how reading ended. The folder is `../shared` beside the project, or $DOCMINE_SHARED.
"""

from __future__ import annotations

import argparse
import difflib
import fnmatch
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

SHARED = Path(os.environ.get("DOCMINE_SHARED") or Path(__file__).resolve().parents[2] / "shared")
TIMEOUT = 120  # seconds
_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]+）|\d+\.|第.{1,3}条")
_BLANK = re.compile(r"\s+")


def main() -> int:
    """Print a table of all files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="*", help="files whose name matches, e.g. '*.pdf'")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        return child(Path(options.child))
    formats = SHARED / "formats"
    if not formats.is_dir():
        print(f"no format files at {formats}; set DOCMINE_SHARED", file=sys.stderr)
        return 2
    results = []
    print(f"{'file':36}{'cer':>8}{'lines':>8}{'numbers':>9}{'rows':>8}{'seconds':>9}{'peak':>7}  ended")
    for entry in manifest(formats):
        if not fnmatch.fnmatch(entry["file"], options.only):
            continue
        result = {"file": entry["file"], **measure(formats, entry)}
        results.append(result)
        print(row(result), flush=True)
    if options.json:
        options.json.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def manifest(formats: Path) -> list[dict[str, Any]]:
    """The files and their ground truth."""
    lines = (formats / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def row(result: dict[str, Any]) -> str:
    """A line of the printed table."""

    def shown(key: str, form: str) -> str:
        return format(result[key], form) if result.get(key) is not None else "–"

    return (
        f"{result['file']:36}{shown('cer', '.4f'):>8}{shown('lines', '.3f'):>8}{shown('numbers', '.3f'):>9}"
        f"{result.get('rows') or '–':>8}{shown('seconds', '.2f'):>9}{shown('peak', '.0f'):>7}  {result['ended']}"
    )


def measure(formats: Path, entry: dict[str, Any]) -> dict[str, Any]:
    """Read one file in a process of its own and compare."""
    command = [sys.executable, __file__, "--child", str(formats / entry["file"])]
    begin = time.perf_counter()
    try:
        done = subprocess.run(command, capture_output=True, timeout=TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        return {"ended": f"timeout after {TIMEOUT} s", "seconds": time.perf_counter() - begin}
    if done.returncode:
        return {"ended": "crash: " + (done.stderr.decode("utf-8", "replace").strip().splitlines() or ["?"])[-1][:60]}
    read = json.loads(done.stdout)
    result = {"ended": read["ended"], "seconds": read["seconds"], "peak": read["peak"]}
    if "text" in read and entry["ground_truth"]:
        truth = (formats / entry["ground_truth"]).read_text(encoding="utf-8")
        result |= compare_text(read, truth)
        if entry["ground_truth_structure"] and read["rows"]:
            structure = json.loads((formats / entry["ground_truth_structure"]).read_text(encoding="utf-8"))
            result["rows"] = compare_rows(read["rows"], structure["rows"], truth)
    return result


def child(path: Path) -> int:
    """Read one file and print what came of it as JSON."""
    from docmine.errors import DocmineError

    read_file = reader()
    before = time.perf_counter()
    out: dict[str, Any] = {}
    try:
        reading = read_file(path)
    except DocmineError as error:
        out["ended"] = f"error: {error.code}"
    else:
        codes = ",".join(sorted({w.code for w in reading.warnings}))
        out["ended"] = f"read, {len(reading.text)} characters" + (f" [{codes}]" if codes else "")
        out |= {"text": reading.text, "body": body_lines(reading), "rows": table_rows(reading)}
    out["seconds"] = time.perf_counter() - before
    out["peak"] = peak_memory()
    sys.stdout.buffer.write(json.dumps(out).encode())
    return 0


def peak_memory() -> float:
    """The process's largest memory so far in MiB (its own since it began, where the system tells that)."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) / 1024  # type: ignore[index]
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def reader() -> Any:
    """The dispatcher of the readers; the PDF reader alone where there is none."""
    try:
        from docmine.intake.read import read_file
    except ImportError:
        from docmine.intake.read.pdf import read_pdf

        return lambda path: read_pdf(path.read_bytes())
    return read_file


def body_lines(reading: Any) -> list[str]:
    """The lines of the text outside of tables, page headers and footers."""
    gone = [(b.span.start, b.span.end) for b in reading.blocks if b.kind in ("header", "footer")]
    for table in reading.tables:
        start = min(c.span.start for c in table.cells)
        gone.append((start, max(c.span.end for c in table.cells)))
    lines, at = [], 0
    for line in reading.text.split("\n"):
        end = at + len(line)
        if not any(start < end and at < stop for start, stop in gone) and "\t" not in line:
            lines.append(line)
        at = end + 1
    return lines


def table_rows(reading: Any) -> list[list[str]]:
    """The rows of all tables, cell texts without white space; a merged cell stands in each place it covers."""
    rows: list[list[str]] = []
    for table in reading.tables:
        height = max(c.row + c.rowspan for c in table.cells)
        width = max(c.col + c.colspan for c in table.cells)
        grid = [[""] * width for _ in range(height)]
        for cell in table.cells:
            for r in range(cell.row, min(cell.row + cell.rowspan, height)):
                for c in range(cell.col, min(cell.col + cell.colspan, width)):
                    grid[r][c] = _BLANK.sub("", cell.span.text(reading.text))
        rows.extend(grid)
    return rows


def compare_text(read: dict[str, Any], truth: str) -> dict[str, Any]:
    """Error rate of the body's characters, share of its lines kept whole, share of its numbers."""
    wanted = [_BLANK.sub("", line) for line in truth.split("\n") if line.strip() and "\t" not in line]
    got = [_BLANK.sub("", line) for line in read["body"]]
    whole = set(got)
    numbered = [line for line in wanted if _NUMBER.match(line)]
    starts = {line[:12] for line in got}
    return {
        "cer": distance("".join(got), "".join(wanted)) / max(1, len("".join(wanted))),
        "lines": sum(line in whole for line in wanted) / max(1, len(wanted)),
        "numbers": sum(line[:12] in starts for line in numbered) / len(numbered) if numbered else None,
    }


def compare_rows(got: list[list[str]], wanted: list[list[str]], truth: str) -> str:
    """How many rows of the ground truth are exact: `58/60`. The PDFs of reportlab write 某 for rare characters."""
    lines = {line.split("\t")[0]: line.split("\t") for line in truth.split("\n") if "\t" in line}
    found = {tuple(r) for r in got}
    exact = 0
    for cells in wanted:
        written = lines.get(cells[0], cells)
        merged = [b or a for a, b in zip(cells, written, strict=False)]  # the text leaves merged places empty
        exact += tuple(_BLANK.sub("", c) for c in merged) in found or tuple(_BLANK.sub("", c) for c in written) in found
    return f"{exact}/{len(wanted)}"


def distance(one: str, other: str) -> int:
    """Edit distance, the unequal stretches that a quick comparison leaves measured exactly."""
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False) if len(one) * len(other) < 1e6 else None
    if matcher is None:
        return _distance_by_anchors(one, other)
    return sum(_levenshtein(one[a:b], other[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal")


def _distance_by_anchors(one: str, other: str) -> int:
    """Edit distance of long texts: split into sentences, equal ones paired, the rest measured."""
    a, b = (re.findall(r"[^。；：，]+[。；：，]?", text) for text in (one, other))
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    opcodes = (op for op in matcher.get_opcodes() if op[0] != "equal")
    return sum(_levenshtein("".join(a[i:j]), "".join(b[k:m])) for _, i, j, k, m in opcodes)


def _levenshtein(one: str, other: str) -> int:
    if not one or not other:
        return len(one) + len(other)
    if len(one) * len(other) > 4e6:
        return max(len(one), len(other))
    previous = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        current = [i]
        for j, b in enumerate(other, 1):
            current.append(min(previous[j] + 1, current[-1] + 1, previous[j - 1] + (a != b)))
        previous = current
    return previous[-1]


if __name__ == "__main__":
    sys.exit(main())

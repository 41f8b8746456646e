"""The same input gives the same bytes, and no sentence of a body is lost or told twice."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

import docmine
from conftest import ROOT, corpus_texts
from docmine import pipeline
from docmine.intake.clean import clean
from docmine.mining.limits import LABEL_RULE
from docmine.schema.document import CleanText, Structure
from docmine.schema.spans import Span
from docmine.settings import Settings

FOLDER = TemporaryDirectory()  # the corpus as files, gone with the process
CORPUS = [Path(FOLDER.name) / name for name in sorted(corpus_texts())[::3]]
for _path in CORPUS:
    _path.write_bytes(corpus_texts()[_path.name].encode("utf-8"))
SAMPLES = sorted(p for p in (ROOT / "samples").iterdir() if p.is_file())
ELSEWHERE = """
import sys, docmine
from pathlib import Path
from tempfile import TemporaryDirectory
for path in sys.argv[1:]:
    sys.stdout.buffer.write(docmine.mine(Path(path)).to_json(newline=True))
"""
# Documents of which words are lost; each goes when the walk over the lines is mended.
LOSSES = {
    "a_itmin_recon2025.txt": "of two labels in one line under a bullet (主持：甲　记录：乙) the first value is lost"
}
MARKS = "，。；：！？、“”‘’（）【】《》|｜-—*#+•●▪◆■□○◇►➢[]（(）)."


def flow(path: Path) -> tuple[CleanText, Structure, dict[str, Any]]:
    reading = pipeline.read(pipeline.load(path), name=path.name, settings=Settings())
    cleaned = clean(reading)
    found = pipeline.structure_of(cleaned, name=path.name, settings=Settings(), source=reading.text)
    return cleaned, found, docmine.mine(path).to_dict()


def known(path: Path) -> Any:
    reason = LOSSES.get(path.name)
    return pytest.param(path, id=path.name, marks=[pytest.mark.xfail(strict=True, reason=reason)] if reason else [])


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_twice_the_same_bytes(path: Path) -> None:
    assert docmine.mine(path).to_json() == docmine.mine(path).to_json()


def test_another_process_writes_the_same_bytes() -> None:
    """Neither the seed of hashing nor what was mined before shows in a record."""
    paths = [*SAMPLES[:3], *CORPUS[:6]]
    here = b"".join(docmine.mine(path).to_json(newline=True) for path in paths)
    run = [sys.executable, "-c", ELSEWHERE, *map(str, paths)]
    outputs = {
        subprocess.run(run, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True, timeout=120).stdout
        for seed in ("1", "2")
    }
    assert outputs == {here}


@pytest.mark.parametrize("path", [*CORPUS, *SAMPLES], ids=lambda p: p.name)
def test_segments_cover_the_stretches_once(path: Path) -> None:
    """Every character of a stretch but white space lies in exactly one segment, and segments come in order."""
    cleaned, found, record = flow(path)
    wanted = {i for s in found.stretches for i in range(*s.span) if not cleaned.text[i].isspace()}
    spans = [cleaned.map.to_clean(Span(row["span"]["start"], row["span"]["end"])) for row in record["segments"]]
    covered = [i for span in spans for i in range(*span) if not cleaned.text[i].isspace()]
    assert len(covered) == len(set(covered))
    assert set(covered) == wanted
    assert all(a.end <= b.start for a, b in pairwise(sorted(spans)))


@pytest.mark.parametrize("path", [known(path) for path in (*CORPUS, *SAMPLES)])
def test_stretches_leave_only_numbers_and_labels_out(path: Path) -> None:
    """What no stretch holds is a number, a label, a mark, or what the format itself says is no body text."""
    cleaned, found, _ = flow(path)
    held = {i for s in found.stretches for i in range(*s.span)}
    markers = {i for s in found.sections for i in range(s.span.start, s.span.start + len(s.marker) + 2)}
    outside = {i for b in cleaned.blocks if b.kind in ("header", "footer", "boilerplate") for i in range(*b.span)}
    rest = [i for i, c in enumerate(cleaned.norm) if not c.isspace() and i not in held | markers | outside]
    lost = "".join(cleaned.norm[i] for i in rest if cleaned.norm[i] not in MARKS)
    lines = [line for line in _runs(cleaned.norm, rest) if line.strip(MARKS) and not _is_left_out(line)]
    assert lines == [], lost


def _runs(norm: str, places: list[int]) -> list[str]:
    """The places' characters, neighbours joined, and what only blanks divide."""
    runs: list[str] = []
    before = -1
    for i in places:
        if runs and not norm[before + 1 : i].strip(" \u3000\t"):
            runs[-1] += norm[i]
        else:
            runs.append(norm[i])
        before = i
    return runs


def _is_left_out(run: str) -> bool:
    """A label (责任单位：), also before a number (结论：1）), or a number in a table cell."""
    return (
        (run.rstrip("0123456789）().、 ").endswith("：") and run.count("：") == 1)
        or run.strip(MARKS).isdigit()
        or len(run.strip(MARKS)) <= 2
    )


@pytest.mark.parametrize("path", [*CORPUS, *SAMPLES], ids=lambda p: p.name)
def test_findings_hang_together(path: Path) -> None:
    """Ids are unique, references lead to rows that are there, spans lie in the file, parts in their wholes."""
    record = docmine.mine(path).to_dict()
    directives = {d["id"]: d for d in record["directives"]}
    for part in ("sections", "segments", "directives", "deadlines", "responsibilities"):
        ids = [row["id"] for row in record[part]]
        assert len(ids) == len(set(ids))
        assert all(
            0 <= row["span"]["start"] <= row["span"]["end"] <= record["document"]["length"] for row in record[part]
        )
    segments = {s["id"]: s for s in record["segments"]}
    for directive in directives.values():
        segment = segments[directive["segment"]]
        labelled = directive["evidence"][0]["rule"] == LABEL_RULE  # such a directive begins with the line's label
        first = segment["span"]["start"] - 24 * labelled
        assert first <= directive["span"]["start"] < directive["span"]["end"] <= segment["span"]["end"]
        assert "directive" in segment["labels"]
        assert directive["evidence"], "everything has a reason"
        assert directive["parent"] is None or directive["parent"] in directives
    for row in (*record["deadlines"], *record["responsibilities"]):
        assert row["directive"] in directives
        assert row["evidence"], "everything has a reason"

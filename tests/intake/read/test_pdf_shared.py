"""PDF on the shared format files: goals of the project, and how each hostile file ends."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest

from docmine.errors import DocmineError
from docmine.intake.read.pdf import read_pdf

READ = [
    ("minutes_lo.pdf", "minutes.gt.txt", 28, ()),
    ("minutes_rl_cid.pdf", "minutes_rl.gt.txt", 15, ()),
    ("minutes_rl_ttf.pdf", "minutes_rl.gt.txt", 15, ()),
    ("hostile/enc_owneronly.pdf", "minutes.gt.txt", 28, ()),
    ("hostile/truncated_99.pdf", "minutes.gt.txt", 28, ("repaired",)),
    ("simple_truetype_gbk_bytes.pdf", "cjkfont3lines.gt.txt", 1, ()),
    ("wps_gbk_euc_h_noembed.pdf", "cjkfont3lines.gt.txt", 1, ()),
]


@pytest.mark.parametrize(("name", "truth", "pages", "warned"), READ, ids=[r[0] for r in READ])
def test_text_paragraphs_and_table_rows(
    shared: Path, name: str, truth: str, pages: int, warned: tuple[str, ...]
) -> None:
    formats = shared / "formats"
    reading = read_pdf((formats / name).read_bytes())
    assert reading.pages == pages
    assert tuple(w.code for w in reading.warnings) == warned
    wanted = (formats / truth).read_text(encoding="utf-8")
    assert [_tight(line) for line in reading.text.strip().split("\n")] == [
        _tight(s) for s in wanted.strip().split("\n")
    ]
    if pages > 1:
        rows = json.loads((formats / "minutes.gt.json").read_text(encoding="utf-8"))["rows"]
        (table,) = reading.tables
        assert table.header_rows == 1
        assert max(c.row for c in table.cells) == len(rows)


def _tight(line: str) -> str:
    return re.sub(r"[^\S\t]+", "", line)


def test_every_character_has_a_box(shared: Path) -> None:
    reading = read_pdf((shared / "formats/minutes_lo.pdf").read_bytes())
    assert reading.boxes is not None
    covered = "".join(reading.text[start:end] for start, end, *_ in reading.boxes.lines)
    assert covered == re.sub(r"[\n\t]", "", reading.text)
    assert all(0 < x0 < x1 < 596 and 0 < y0 < y1 < 842 for *_, x0, y0, x1, y1 in reading.boxes.lines)
    assert reading.boxes.page_starts == sorted(reading.boxes.page_starts)


ENDS = [
    ("scan_clean200.pdf", "image_only"),
    ("hostile/enc_user.pdf", "encrypted"),
    ("hostile/garbage.pdf", "unknown_type"),
    ("hostile/zero.pdf", "empty"),
    ("hostile/truncated_half.pdf", "damaged"),
    ("hostile/no_tounicode.pdf", "unreadable_text"),
    ("hostile/cyclic_pages.pdf", "damaged"),
    ("hostile/many_lines.pdf", "image_only"),
]


@pytest.mark.parametrize(("name", "code"), ENDS, ids=[e[0] for e in ENDS])
def test_hostile_files_end_with_their_error(shared: Path, name: str, code: str) -> None:
    data = (shared / "formats" / name).read_bytes()
    begin = time.perf_counter()
    with pytest.raises(DocmineError) as caught:
        read_pdf(data)
    assert caught.value.code == code
    assert time.perf_counter() - begin < 10

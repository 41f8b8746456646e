"""One task table in every format: a directive a row, its owners with the roles of their columns, its date."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import docx
import pytest
from docx.shared import Cm

import docmine
from pdf_building import drawn, put, ruled


class Row(NamedTuple):
    task: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    due: str
    iso: str

    @property
    def cells(self) -> tuple[str, ...]:
        return (self.task, "、".join(self.lead), "、".join(self.support), self.due)


TITLE = "澄湖县2023年冬季供暖保障任务分解表"
HEADER = ("任务", "牵头单位", "配合单位", "完成时限")
ROWS = (
    Row("检修城区主管网和换热站", ("县住建局",), ("县城投集团",), "2023年9月30日前", "2023-09-30"),
    Row("落实三个月用煤储备", ("县发改局",), ("县财政局", "县交通运输局"), "2023年10月20日前", "2023-10-20"),
    Row("核定困难家庭取暖补贴名单", ("县民政局",), ("各乡镇",), "2023年11月5日前", "2023-11-05"),
    Row("建立供暖投诉台账，逐件回访", ("县信访局", "县住建局"), ("供热公司",), "2023年11月15日前", "2023-11-15"),
)
GRID = [HEADER, *(row.cells for row in ROWS)]


def as_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph(TITLE)
    table = document.add_table(rows=0, cols=len(HEADER), style="Table Grid")
    for texts in GRID:
        cells = table.add_row().cells
        for cell, text in zip(cells, texts, strict=True):
            cell.text = text
            cell.width = Cm(4)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def in_lines(text: str, width: int) -> list[str]:
    return [text[i : i + width] for i in range(0, len(text), width)]


def as_pdf() -> bytes:
    xs, height = (50, 200, 310, 430, 550), 44

    def draw(canvas: Any) -> None:
        put(canvas, 170, 780, TITLE, size=16)
        ys = [740 - height * i for i in range(len(GRID) + 1)]
        ruled(canvas, xs, ys, [[in_lines(text, 10) for text in texts] for texts in GRID], size=10)

    return drawn(draw)


def as_html() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in texts)}</tr>" for texts in GRID)
    page = f'<html><head><meta charset="utf-8"></head><body><h1>{TITLE}</h1><table>{rows}</table></body></html>'
    return page.encode()


def as_markdown() -> bytes:
    lines = [f"| {' | '.join(texts)} |" for texts in GRID]
    lines.insert(1, "|---" * len(HEADER) + "|")
    return f"# {TITLE}\n\n{chr(10).join(lines)}\n".encode()


def as_tabs() -> bytes:
    lines = ["\t".join(texts) for texts in GRID]
    return f"{TITLE}\n{chr(10).join(lines)}\n".encode()


def as_csv() -> bytes:
    lines = [",".join(f'"{text}"' for text in texts) for texts in GRID]
    return ("\n".join(lines) + "\n").encode()


FORMATS: dict[str, Callable[[], bytes]] = {
    "tasks.docx": as_docx,
    "tasks.pdf": as_pdf,
    "tasks.html": as_html,
    "tasks.md": as_markdown,
    "tasks.txt": as_tabs,
    "tasks.csv": as_csv,
}


@pytest.fixture(scope="module", params=FORMATS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("tables") / request.param
    Path(path).write_bytes(FORMATS[request.param]())
    return docmine.mine(path).to_dict()


def bare(text: str) -> str:
    return "".join(text.split())


def test_a_directive_a_row(record: dict[str, Any]) -> None:
    found = [d for d in record["directives"] if not d["heading"]]
    assert [bare(d["text"]) for d in found] == [row.task for row in ROWS]
    assert {d["force"] for d in found} == {"obligation"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.task)
def test_owners_play_the_role_of_their_column(record: dict[str, Any], row: Row) -> None:
    directive = next(d for d in record["directives"] if bare(d["text"]) == row.task)
    stated = [r for r in record["responsibilities"] if r["directive"] == directive["id"]]
    wanted = [(name, "lead") for name in row.lead] + [(name, "support") for name in row.support]
    assert sorted((bare(r["party"]["text"]), r["role"]) for r in stated) == sorted(wanted)
    assert not any(r["inherited"] for r in stated)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.task)
def test_the_date_of_the_row_is_its_deadline(record: dict[str, Any], row: Row) -> None:
    directive = next(d for d in record["directives"] if bare(d["text"]) == row.task)
    dates = [t for t in record["deadlines"] if t["directive"] == directive["id"]]
    assert [(bare(t["text"]), t["kind"], t["due"]) for t in dates] == [(row.due, "date", row.iso)]


def test_the_header_directs_nothing(record: dict[str, Any]) -> None:
    heads = [s for s in record["segments"] if bare(s["text"]) in HEADER]
    assert len(heads) == len(HEADER)
    assert all(not s["labels"] for s in heads)

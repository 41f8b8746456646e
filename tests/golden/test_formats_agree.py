"""The same minutes say the same in every format: directives, deadlines with values, parties with roles."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import docmine
from conftest import shared_dir

LEAST = 0.99  # share of the reference's findings that another format has, and the other way round
OFFICE = ("minutes.doc", "minutes.wps", "minutes.odt")  # LibreOffice turns them into docx
OTHERS = (
    "minutes.rtf", "minutes.html", "minutes_gb18030.txt", "minutes_utf8bom.txt", "minutes_utf16le_bom.txt",
    "minutes_utf16be_nobom.txt", "minutes_lo.pdf", "minutes_rl_ttf.pdf", "minutes_rl_cid.pdf", "gov_gbk_nodecl.html",
)  # fmt: skip
# These two were set with a font without the names' rare characters.
RENAMED = {"minutes_rl_ttf.pdf", "minutes_rl_cid.pdf"}
NAMES = {"闫某": "闫𬱖", "魏某": "魏㼆"}
without_office = pytest.mark.skipif(
    shutil.which("soffice") is None and not os.environ.get("CI"), reason="LibreOffice isn't installed"
)

Said = dict[str, Counter[tuple[str, ...]]]


def said(name: str) -> Said:
    """What a document's record says, as multisets that don't depend on places."""
    record = docmine.mine(Path(shared_dir() / "formats" / name)).to_dict()

    def bare(text: str | None) -> str:
        text = re.sub(r"\s", "", text or "")
        return re.sub("|".join(NAMES), lambda m: NAMES[m.group()], text) if name in RENAMED else text

    texts = {d["id"]: bare(d["text"]) for d in record["directives"]}
    return {
        "directives": Counter((bare(d["text"]), d["force"]) for d in record["directives"]),
        "deadlines": Counter((texts[t["directive"]], *values(t)) for t in record["deadlines"]),
        "responsibilities": Counter(
            (texts[r["directive"]], bare(r["party"]["text"]), r["role"]) for r in record["responsibilities"]
        ),
    }


def values(deadline: dict[str, Any]) -> tuple[str, ...]:
    fields = ("kind", "due", "begin", "offset", "recurrence")
    return (re.sub(r"\s", "", deadline["text"]), *(str(deadline[name]) for name in fields))


@cache
def reference() -> Said:
    return said("minutes.docx")


def test_the_reference_says_much() -> None:
    assert {part: sum(rows.values()) for part, rows in reference().items()} == {
        "directives": pytest.approx(185, abs=10),
        "deadlines": pytest.approx(112, abs=10),
        "responsibilities": pytest.approx(284, abs=20),
    }


@pytest.mark.parametrize("name", [*(pytest.param(n, marks=without_office) for n in OFFICE), *OTHERS])
def test_format_agrees(name: str) -> None:
    other = said(name)
    for part, wanted in reference().items():
        shared = sum((wanted & other[part]).values())
        missing, extra = list(wanted - other[part])[:3], list(other[part] - wanted)[:3]
        assert shared >= LEAST * sum(wanted.values()), (part, missing)
        assert shared >= LEAST * sum(other[part].values()), (part, extra)

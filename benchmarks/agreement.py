"""Compares the records of one document in many formats: `python benchmarks/agreement.py FILE FILE…`.

The first file is the reference. For every other one it prints which share of the reference's directives, deadlines
(with their values) and responsibilities (with their roles) it has too, matched by text without white space, and how
many it has beyond them. Without arguments: the shared minutes, `minutes.docx` against the others.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import docmine

SHARED = Path(os.environ.get("DOCMINE_SHARED") or Path(__file__).resolve().parents[2] / "shared")
NAMES = (
    "minutes.docx", "minutes.doc", "minutes.wps", "minutes.odt", "minutes.rtf", "minutes.html", "minutes_gb18030.txt",
    "minutes_utf8bom.txt", "minutes_utf16be_nobom.txt", "minutes_lo.pdf", "minutes_rl_ttf.pdf", "minutes_rl_cid.pdf",
)  # fmt: skip


def bare(text: str) -> str:
    """The text without white space and with one form of punctuation."""
    return re.sub(r"\s", "", text)


def findings(record: dict[str, Any]) -> dict[str, Counter[tuple[str, ...]]]:
    """What a record says, as multisets that don't depend on places."""
    texts = {d["id"]: bare(d["text"]) for d in record["directives"]}
    return {
        "directives": Counter((bare(d["text"]), d["force"]) for d in record["directives"]),
        "deadlines": Counter(
            (texts.get(t["directive"], ""), bare(t["text"]), str(t["due"]), str(t["recurrence"]))
            for t in record["deadlines"]
        ),
        "responsibilities": Counter(
            (texts.get(r["directive"], ""), bare(r["party"]["text"]), r["role"]) for r in record["responsibilities"]
        ),
    }


def main() -> int:
    """Print a row per file."""
    paths = [Path(a) for a in sys.argv[1:]] or [SHARED / "formats" / n for n in NAMES]
    reference = findings(docmine.mine(paths[0]).to_dict())
    print(f"{'file':<28}" + "".join(f"{name:>26}" for name in reference))
    print(f"{paths[0].name:<28}" + "".join(f"{sum(c.values()):>26}" for c in reference.values()))
    for path in paths[1:]:
        mine = findings(docmine.mine(path).to_dict())
        cells = []
        for name, wanted in reference.items():
            shared = sum((wanted & mine[name]).values())
            extra = sum(mine[name].values()) - shared
            cells.append(f"{shared / max(sum(wanted.values()), 1):>16.4f} (+{extra:>3}) ".rjust(26))
        print(f"{path.name:<28}" + "".join(cells))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Cleaning on the development documents: annotated text stays, what the annotators hid goes."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

from docmine.intake.clean import clean
from docmine.schema.document import Reading


def gold(shared: Path) -> list[tuple[str, str, dict[str, Any]]]:
    found = []
    for path in sorted((shared / "gold").glob("*.gold.json")):
        annotation = json.loads(path.read_text(encoding="utf-8"))
        found.append((path.stem, (path.parent / annotation["file"]).read_bytes().decode("utf-8"), annotation))
    return found


def is_content(char: str) -> bool:
    return unicodedata.category(char)[0] not in "PZCS"


def test_no_annotated_character_is_lost(shared: Path) -> None:
    lost = []
    for name, text, annotation in gold(shared):
        kept = set(clean(Reading(text, "text/plain", "text")).map.origin)
        hidden = {i for noise in annotation["noise"] for i in range(noise["start"], noise["end"])}
        for directive in annotation["directives"]:
            places = set(range(directive["start"], directive["end"])) - hidden - kept
            lost += [(name, text[i]) for i in sorted(places) if is_content(text[i])]
    assert lost == []


def test_annotated_noise_goes(shared: Path) -> None:
    left = []
    for name, text, annotation in gold(shared):
        kept = set(clean(Reading(text, "text/plain", "text")).map.origin)
        for noise in annotation["noise"]:
            places = kept & set(range(noise["start"], noise["end"]))
            left += [(name, i, text[i]) for i in sorted(places) if is_content(text[i])]
    assert left == []


def test_every_character_leads_back(shared: Path) -> None:
    for _, text, _ in gold(shared):
        result = clean(Reading(text, "text/plain", "text"))
        assert all(c in (text[o], "\n", " ") for c, o in zip(result.text, result.map.origin, strict=True))

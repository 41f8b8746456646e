from __future__ import annotations

import logging
from pathlib import Path

import pytest

from docmine.batch.engine import run
from docmine.batch.manifest import Manifest, Totals, kind_of, row_of
from docmine.batch.outcome import Outcome, failure_of
from docmine.batch.plan import Item
from docmine.errors import DamagedFileError, FileAccessError, LimitExceededError, SettingsError
from docmine.schema.record import Record
from docmine.settings import Settings

SECRET = "群众张三的电话是13800000000"


def record(*codes: str) -> Record:
    parts = {name: [] for name in ("directives", "deadlines", "responsibilities")}
    warnings = [{"code": code, "message": "", "span": None} for code in codes]
    source = {"name": "a", "pages": 3, "sha256": "0", "bytes": 1}
    document = {"date": "2021-08-20", "date_basis": "signature"}
    return Record({"source": source, "document": document, "warnings": warnings, **parts})


def outcome(result: Record | Exception) -> Outcome:
    def mine(item: Item, settings: Settings) -> Record:
        if isinstance(result, Exception):
            raise result
        return result

    (only,) = run([Item(Path("a"), "a")], settings=Settings(), mine=mine)
    return only


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (DamagedFileError("broken zip", remedy="save anew"), "damaged"),
        (LimitExceededError("too slow", remedy="split it"), "limit"),
        (FileAccessError("no", remedy="look"), "access"),
        (PermissionError(13, "Permission denied"), "access"),
        (FileNotFoundError(2, "No such file"), "access"),
        (MemoryError(), "limit"),
        (RecursionError(), "internal"),
        (ValueError(SECRET), "internal"),
    ],
)
def test_whatever_goes_wrong_becomes_an_outcome_with_a_remedy(error: Exception, code: str) -> None:
    failed = outcome(error)
    assert failed.record is None
    assert failed.error is not None
    assert failed.error.code == code
    assert failed.error.message
    assert failed.error.remedy


def test_neither_outcome_nor_log_carries_text_of_the_document(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        failed = outcome(ValueError(SECRET))
    assert SECRET not in str(failed)
    assert SECRET not in caplog.text


def test_the_others_go_on() -> None:
    def mine(item: Item, settings: Settings) -> Record:
        if item.name == "2":
            raise ValueError
        return record()

    items = [Item(Path(name), name) for name in "123"]
    assert [each.error is None for each in run(items, settings=Settings(), mine=mine)] == [True, False, True]


def test_ctrl_c_is_not_swallowed() -> None:
    def mine(item: Item, settings: Settings) -> Record:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(run([Item(Path("a"), "a")], settings=Settings(), mine=mine))


@pytest.mark.parametrize(
    ("result", "kind"),
    [
        (record(), "ok"),
        (record("no_date", "unresolved_anchor"), "ok"),
        (record("no_date", "lost_characters"), "warned"),
        (SettingsError("x"), "error"),
    ],
)
def test_kinds_of_outcomes(result: Record | Exception, kind: str) -> None:
    assert kind_of(outcome(result)) == kind


def test_a_row_accounts_for_its_file() -> None:
    row = row_of(outcome(DamagedFileError("broken zip", remedy="save anew")), output=None)
    assert (row["path"], row["outcome"], row["code"]) == ("a", "error", "damaged")
    assert (row["message"], row["remedy"], row["output"]) == ("broken zip", "save anew", None)
    row = row_of(outcome(record("no_date", "no_date")), output="a.json")
    assert (row["outcome"], row["output"], row["warnings"], row["bytes"]) == ("ok", "a.json", ["no_date"], 1)


def test_a_broken_off_run_leaves_its_manifest(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), Manifest(tmp_path / "manifest.jsonl") as manifest:
        manifest.add({"path": "a"})
        raise KeyboardInterrupt
    assert (tmp_path / "manifest.jsonl").read_bytes() == b'{"path":"a"}\n'
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.jsonl"]


def test_totals_count_outcomes_and_findings() -> None:
    totals = Totals()
    for result in (record(), record("lost_characters"), DamagedFileError("x"), DamagedFileError("y")):
        totals.add(outcome(result))
    assert dict(totals.outcomes) == {"ok": 1, "warned": 1, "error": 2}
    assert totals.errors == {"damaged": 2}
    assert totals.found["pages"] == 6


def test_failure_of_keeps_what_docmine_says() -> None:
    failure = failure_of(DamagedFileError("broken zip", remedy="save anew"))
    assert (failure.code, failure.message, failure.remedy) == ("damaged", "broken zip", "save anew")

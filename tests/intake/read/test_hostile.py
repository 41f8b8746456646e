"""Files that lie, break or bloat: each ends in a reading or in an error that says what to do, in time and in bounds."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import time
from functools import partial
from pathlib import Path

import pytest

from docmine.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    InputError,
    LimitExceededError,
    UnknownTypeError,
    UnreadableTextError,
    UnsafeFileError,
)
from docmine.intake.read import read_file
from docmine.intake.read.limits import _run_spawned, run_limited

REFUSED = [
    ("broken_xml.docx", (DamagedFileError,)),
    ("cyclic_pages.pdf", (InputError,)),
    ("enc_user.pdf", (EncryptedFileError,)),
    ("entity_bomb.docx", (UnsafeFileError,)),
    ("garbage.doc", (UnknownTypeError,)),
    ("garbage.pdf", (UnknownTypeError,)),
    ("no_tounicode.pdf", (UnreadableTextError,)),
    ("truncated.docx", (DamagedFileError,)),
    ("truncated_half.pdf", (DamagedFileError,)),
    ("zero.docx", (EmptyFileError,)),
    ("zero.pdf", (EmptyFileError,)),
]
RENAMED = ["doc_named.docx", "docx_named.doc", "docx_named.pdf", "html_named.doc", "rtf_named.doc"]
MENDED = ["enc_owneronly.pdf", "truncated_99.pdf"]
SLOW = ["many_lines.pdf", "nested_tables3000.docx", "pages5000.pdf"]


@pytest.mark.parametrize(("name", "errors"), REFUSED)
def test_refused(shared: Path, name: str, errors: tuple[type[InputError], ...]) -> None:
    with pytest.raises(errors) as raised:
        run_limited(read_file, shared / "formats" / "hostile" / name, seconds=30)
    assert raised.value.remedy


@pytest.mark.parametrize("name", RENAMED + MENDED)
def test_read_whatever_the_name(shared: Path, name: str) -> None:
    truth = (shared / "formats" / "minutes.gt.txt").read_text(encoding="utf-8")
    title, last = truth.splitlines()[0], truth.splitlines()[-2]
    reading = run_limited(read_file, shared / "formats" / "hostile" / name, seconds=60)
    assert title in reading.text
    assert last in reading.text
    assert ("wrong_extension" in {warning.code for warning in reading.warnings}) is (name in RENAMED)


def test_nested_tables_are_read(shared: Path) -> None:
    assert "深" in run_limited(read_file, shared / "formats" / "hostile" / "nested_tables60.docx", seconds=30).text


@pytest.mark.parametrize("name", SLOW)
def test_heavy_files_end_in_time(shared: Path, name: str) -> None:
    begun = time.monotonic()
    try:
        reading = run_limited(read_file, shared / "formats" / "hostile" / name, seconds=30, memory_bytes=1 << 30)
        assert reading.text.strip()
    except InputError as error:
        assert error.remedy
    assert time.monotonic() - begun < 30


def hang() -> None:
    time.sleep(60)


def hang_with_a_program() -> None:
    os.system("sleep 60")


def bloat() -> int:
    return len(bytearray(2 << 30))


def crash() -> None:
    os.kill(os.getpid(), signal.SIGUSR1)


def leave() -> None:
    os._exit(3)


def recurse() -> None:
    recurse()


def fail() -> None:
    raise KeyError("no such part")


def refuse() -> None:
    raise EncryptedFileError("locked", remedy="unlock it")


@pytest.mark.parametrize(
    ("function", "error"),
    [
        (hang, LimitExceededError),
        (hang_with_a_program, LimitExceededError),
        (bloat, LimitExceededError),
        (crash, LimitExceededError),
        (leave, LimitExceededError),
        (recurse, LimitExceededError),
        (fail, DamagedFileError),
        (refuse, EncryptedFileError),
    ],
)
def test_children_that_misbehave(function: object, error: type[InputError]) -> None:
    begun = time.monotonic()
    with pytest.raises(error) as raised:
        run_limited(function, seconds=1, memory_bytes=512 << 20)  # type: ignore[arg-type]
    assert raised.value.remedy
    assert time.monotonic() - begun < 10


def test_the_cause_of_death_is_told() -> None:
    with pytest.raises(LimitExceededError, match="SIGUSR1"):
        run_limited(crash)
    with pytest.raises(LimitExceededError, match="status 3"):
        run_limited(leave)


def test_results_come_back_whole() -> None:
    text = "会" * 5_000_000
    assert run_limited(str, text) == text
    assert run_limited(int, "11", base=2) == 3
    assert run_limited(lambda: None) is None


def test_systems_without_fork_spawn() -> None:
    assert pickle.loads(_run_spawned(partial(int, "11", base=2), 30, None)) == (True, 3)
    with pytest.raises(LimitExceededError):
        _run_spawned(hang, 3, None)
    with pytest.raises(LimitExceededError):
        _run_spawned(leave, 30, None)


def open_descriptors() -> int:
    """How many descriptors this process has open (0 where the system doesn't tell)."""
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.is_dir() else 0


def test_no_process_and_no_descriptor_is_left() -> None:
    before = open_descriptors()
    for _ in range(5):
        with pytest.raises(LimitExceededError):
            run_limited(hang, seconds=0.05)
    assert open_descriptors() == before
    with contextlib.suppress(ChildProcessError):
        assert os.waitpid(-1, os.WNOHANG) == (0, 0), "a child that ended was not collected"

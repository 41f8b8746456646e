"""Runs LibreOffice as a converter: one private profile a process, no macros, no network, killed on timeout."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from docmine.errors import DamagedFileError, LimitExceededError, MissingReaderError

_PROGRAMS = ("soffice", "libreoffice")

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}
</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)
_SECURITY = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "2"),
    ("Common/Misc", "FirstRun", "false"),
)

_PREFIX = "docmine-office-"
_SWEEP_AFTER = 3600.0  # seconds; younger folders may belong to another machine's process on a shared disk

_lock = threading.Lock()
_profiles: dict[int, Path] = {}


def find_program() -> str | None:
    """The LibreOffice program on the PATH, None where it isn't installed."""
    return next((found for found in map(shutil.which, _PROGRAMS) if found is not None), None)


def convert(data: bytes, *, suffix: str, timeout: float) -> bytes:
    """The docx that LibreOffice makes of a document. `suffix` names its format, `timeout` is in seconds."""
    program = find_program()
    if program is None:
        raise MissingReaderError("LibreOffice isn't installed", remedy="install LibreOffice (soffice on the PATH)")
    with _lock, tempfile.TemporaryDirectory(prefix="docmine-") as folder:
        source = Path(folder) / f"document.{suffix}"
        target = Path(folder) / "out" / "document.docx"
        source.write_bytes(data)
        _run(
            [
                program,
                f"-env:UserInstallation={_profile().as_uri()}",
                "--headless",
                "--norestore",
                "--nolockcheck",
                "--nodefault",
                "--convert-to",
                "docx:MS Word 2007 XML",
                "--outdir",
                str(target.parent),
                str(source),
            ],
            timeout=timeout,
        )
        if not target.is_file():
            raise DamagedFileError("LibreOffice can't load the file", remedy="save it anew in an office program")
        return target.read_bytes()


def _run(command: list[str], *, timeout: float) -> None:
    """Run to the end, or kill the whole process group when the time is up."""
    process = subprocess.Popen(
        [*_guard(timeout), *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, "SAL_USE_VCLPLUGIN": "svp"},
    )
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired as error:
        _forget_profile()
        raise LimitExceededError(f"LibreOffice took longer than {timeout:g} s", remedy="allow more time") from error
    finally:
        _kill_group(process)


def _guard(timeout: float) -> list[str]:
    """A command that ends the group even if this process is killed before it can (coreutils' `timeout`)."""
    program = shutil.which("timeout") if os.name == "posix" else None
    return [] if program is None else [program, "--signal=KILL", f"{timeout + 5:.1f}"]


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """End what is left of the group; LibreOffice's starter leaves its worker behind when only it is killed."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
    except AttributeError:  # no process groups on Windows
        process.kill()
    process.wait()


def _profile() -> Path:
    """The profile folder of this process, made at first use and removed at exit. Forked children make their own."""
    own = os.getpid()
    if own not in _profiles or not _profiles[own].is_dir():
        _sweep()
        folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{own}-"))
        user = folder / "user"
        user.mkdir()
        items = "\n".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SECURITY)
        (user / "registrymodifications.xcu").write_text(_SETTINGS.format(items=items), encoding="utf-8")
        _profiles[own] = folder
        atexit.register(_remove_profile, own)
    return _profiles[own]


def _sweep() -> None:
    """Remove old profiles of processes that were killed before they could do so themselves."""
    for folder in sorted(Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*")):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        try:
            old = time.time() - folder.stat().st_mtime > _SWEEP_AFTER
        except OSError:
            continue
        if old and owner.isdecimal() and not _is_running(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_running(pid: int) -> bool:
    if os.name != "posix":
        return True  # there, signal 0 would end the process
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _remove_profile(owner: int) -> None:
    if owner == os.getpid() and owner in _profiles:
        shutil.rmtree(_profiles.pop(owner), ignore_errors=True)


def _forget_profile() -> None:
    """Start over with a fresh profile: a killed program may leave a broken one behind."""
    folder = _profiles.pop(os.getpid(), None)
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)

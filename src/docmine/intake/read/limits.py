"""Runs a reader in a child process with limits on time and memory, so that no file takes the caller down.

The child is forked where the system can, so a call costs a few milliseconds and nothing needs to be importable; else
it is spawned, and function and arguments must pickle. It leads a process group of its own: programs it starts end
with it. What it returns comes back by a pipe.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any, NoReturn, TypeVar

from docmine.errors import DamagedFileError, DocmineError, LimitExceededError

T = TypeVar("T")

SECONDS = 120.0
MEMORY_BYTES = 3 << 30
_CHUNK = 1 << 20
_REMEDY = "check the file; if it is sound, raise the limit or split it"


def run_limited(
    function: Callable[..., T],
    /,
    *args: Any,
    seconds: float = SECONDS,
    memory_bytes: int | None = MEMORY_BYTES,
    **options: Any,
) -> T:
    """Call `function(*args, **options)` in a child and return what it returns.

    `seconds` is wall time; `memory_bytes` is address space on top of what the process has at the start (None: no
    limit). A child that overruns a limit or dies raises `LimitExceededError`; errors of docmine come through as they
    are, any other error of a reader is a `DamagedFileError`.
    """
    run = _run_forked if hasattr(os, "fork") else _run_spawned
    succeeded, value = pickle.loads(run(partial(function, *args, **options), seconds, memory_bytes))
    if succeeded:
        result: T = value
        return result
    raise value


def _answer(call: Callable[[], Any]) -> bytes:
    """What the child sends: its result, or an error that says something to the user."""
    try:
        return pickle.dumps((True, call()), protocol=pickle.HIGHEST_PROTOCOL)
    except DocmineError as error:
        return pickle.dumps((False, error))
    except MemoryError:
        return pickle.dumps((False, LimitExceededError("reading needs more memory than allowed", remedy=_REMEDY)))
    except RecursionError:
        return pickle.dumps((False, LimitExceededError("the content is nested too deeply", remedy=_REMEDY)))
    except Exception as error:
        message = f"the reader failed: {type(error).__name__}"
        return pickle.dumps((False, DamagedFileError(message, remedy="open the file in its program and save it again")))


def _run_forked(call: Callable[[], Any], seconds: float, memory_bytes: int | None) -> bytes:
    receiver, sender = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        os.close(receiver)
        _be_child(call, sender, memory_bytes)
    os.close(sender)
    try:
        answer = _receive(receiver, time.monotonic() + seconds)
    finally:
        os.close(receiver)
        status = _end(child)
    if answer is None:
        raise LimitExceededError(f"reading took longer than {seconds:g} seconds", remedy=_REMEDY)
    if not answer:
        raise LimitExceededError(f"the reading process died ({_cause(status)})", remedy=_REMEDY)
    return answer


def _be_child(call: Callable[[], Any], sender: int, memory_bytes: int | None) -> NoReturn:
    """The child's whole life; it never returns into the caller's code."""
    status = 1
    try:
        with contextlib.suppress(OSError):
            os.setpgid(0, 0)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _limit_memory(memory_bytes)
        answer = _answer(call)
        view = memoryview(len(answer).to_bytes(8, "big") + answer)
        while view:
            view = view[os.write(sender, view[:_CHUNK]) :]
        status = 0
    finally:
        os._exit(status)


def _receive(receiver: int, deadline: float) -> bytes | None:
    """The child's answer; empty if it closed the pipe before it was complete, None if the time ran out."""
    parts: list[bytes] = []
    poller = select.poll()
    poller.register(receiver, select.POLLIN | select.POLLHUP)
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not poller.poll(left * 1000):
            return None
        part = os.read(receiver, _CHUNK)
        if not part:
            break
        parts.append(part)
    whole = b"".join(parts)
    return whole[8:] if len(whole) >= 8 and len(whole) - 8 == int.from_bytes(whole[:8], "big") else b""


def _end(child: int) -> int:
    """Kill what is left of the child's group, then the child, and collect it; gives its wait status.

    The child isn't collected before, so its number can't belong to anyone else; one that has ended already keeps
    its status.
    """
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def _cause(status: int) -> str:
    if os.WIFSIGNALED(status):
        return signal.Signals(os.WTERMSIG(status)).name
    return f"status {os.WEXITSTATUS(status)}"


def _limit_memory(memory_bytes: int | None) -> None:
    """Allow so many bytes of address space on top of the present size; systems without such limits are left alone."""
    if memory_bytes is None:
        return
    try:
        import resource
    except ImportError:  # pragma: no cover - Windows
        return
    with contextlib.suppress(ValueError, OSError):
        limit = memory_bytes + _address_space()
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _address_space() -> int:
    """Bytes of address space in use (Linux; 0 elsewhere)."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - a proc file
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _spawned(connection: Any, call: Callable[[], Any], memory_bytes: int | None) -> None:
    _limit_memory(memory_bytes)
    connection.send_bytes(_answer(call))


def _run_spawned(call: Callable[[], Any], seconds: float, memory_bytes: int | None) -> bytes:
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_spawned, args=(sender, call, memory_bytes), daemon=True)
    child.start()
    sender.close()
    try:
        if not receiver.poll(seconds):
            raise LimitExceededError(f"reading took longer than {seconds:g} seconds", remedy=_REMEDY)
        return receiver.recv_bytes()
    except EOFError as error:
        raise LimitExceededError("the reading process died", remedy=_REMEDY) from error
    finally:
        child.kill()
        child.join()
        receiver.close()

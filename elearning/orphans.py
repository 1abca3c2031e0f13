"""Processes of an `up` that was killed: the next one ends them.

Each process leads a group of its own. Its number alone would be too little to go by:
the system gives numbers again. No Django.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


def die_with_parent() -> None:
    """Have this process asked to end when its parent is gone, where Linux offers it.

    Runs in the child, before its program.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGTERM)


def started_at(pid: int) -> str:
    """Return when a process began, as the system says it; "" for one that is gone."""
    if not _BOOT.exists():
        command = ["ps", "-o", "lstart=", "-p", str(pid)]
        found = subprocess.run(  # noqa: S603 - our own command
            command, check=False, capture_output=True, text=True
        )
        return found.stdout.strip()
    try:
        said = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    # After the name, which may hold anything: state first, the start as the twentieth.
    fields = said.rpartition(")")[2].split()
    is_gone = fields[0] == "Z"
    return "" if is_gone else f"{_BOOT.read_text('ascii').strip()}/{fields[19]}"


def write_down(path: Path, pids: Iterable[int]) -> None:
    """Keep which processes run, for the next start."""
    path.write_text(
        "".join(f"{pid} {started_at(pid)}\n" for pid in pids), encoding="utf-8"
    )


def end_orphans(path: Path, *, timeout: float = 20.0) -> int:
    """End the processes that were written down and still run; return how many.

    Asks first, and ends with their children those that do not listen.
    """
    running = [pid for pid, since in _written(path) if started_at(pid) == since]
    for pid in running:
        _signal(pid, signal.SIGTERM)
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline and any(map(started_at, running)):
        time.sleep(0.1)
    for pid in running:
        # Also the children of a leader that has just listened.
        _signal(pid, signal.SIGKILL)
    path.unlink(missing_ok=True)
    return len(running)


def _written(path: Path) -> list[tuple[int, str]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    said = [line.partition(" ") for line in lines]
    return [(int(pid), since) for pid, _space, since in said if pid.isdigit() and since]


def _signal(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)

"""What a start takes, and what each process of the embedded site holds.

A first start in an empty folder and a second one in the same: processor time of all
processes, and the clock, until the site serves. Then the memory of each process at
rest and after people have opened pages, answered, handed in and got certificates, by
resident set (what `ps` shows) and by proportional set (pages that are shared counted
once). The loop beside the seconds says how fast the machine was just then.
"""

import os
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bench.serving import Served

PEOPLE, PAGES, PATIENCE = 16, 20, 120.0
MEGABYTE = 1024 * 1024
# Words of a command line that say which process it is; the first that fits.
ROLES = (
    ("broker", "broker"),
    ("valkey", "broker"),
    ("gunicorn", "web"),
    ("celery", "worker"),
    ("manage.py", "supervisor"),
)


@dataclass(frozen=True)
class Start:
    """A start until the site serves: seconds of processor time and of the clock."""

    processor: float
    clock: float


def main() -> None:
    """Print both starts, and the table of processes."""
    folder = Path(os.environ["ELEARNING_VAR"])
    loops = [loop_seconds()]
    with started(folder) as (_root, _port, first):
        pass
    loops.append(loop_seconds())
    with started(folder) as (root, port, second):
        loops.append(loop_seconds())
        for name, one in (("first", first), ("second", second)):
            said = f"{one.processor:6.1f} s processor, {one.clock:6.1f} s clock"
            print(f"{name:7} start: {said}")
        print(f"loop: {1000 * statistics.median(loops):.0f} ms", flush=True)
        _wait_for_worker(folder)
        rest = memory(root)
        _use(port)
        show(rest, memory(root))


def loop_seconds() -> float:
    """Return the processor seconds of a fixed piece of plain Python."""
    before = time.process_time()
    total = 0
    for number in range(2_000_000):
        total += number * number % 7
    return time.process_time() - before


@contextmanager
def started(folder: Path) -> Iterator[tuple[psutil.Process, int, Start]]:
    """Run `manage.py up` in the folder until the block ends."""
    import sys

    from tests.e2e.running import (
        embedded_environment,
        free_port,
        start,
        stop,
        wait_for,
    )

    port, log = free_port(), folder / "up.log"
    command = [sys.executable, "manage.py", "up", f"--port={port}"]
    began = time.monotonic()
    process = start(command, embedded_environment(folder), log)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process, log)
        clock = time.monotonic() - began
        root = psutil.Process(process.pid)
        yield root, port, Start(processor_seconds(root), clock)
    finally:
        stop(process)


def processor_seconds(root: psutil.Process) -> float:
    """Return what a process and all below it have used, those that ended included."""
    total = 0.0
    for one in [root, *root.children(recursive=True)]:
        try:
            times = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
        total += times.children_user + times.children_system
    return total


def memory(root: psutil.Process) -> dict[int, tuple[str, float, float]]:
    """Return role, resident and proportional megabytes of each process, by number."""
    found = {}
    for one in [root, *root.children(recursive=True)]:
        try:
            held, line = one.memory_full_info(), " ".join(one.cmdline())
            parent = one.ppid()
        except psutil.NoSuchProcess:
            continue
        role = next((role for word, role in ROLES if word in line), "other")
        if role in {"web", "worker"} and parent != root.pid:
            role += ", child"
        found[one.pid] = (role, held.rss / MEGABYTE, held.pss / MEGABYTE)
    return found


def show(
    rest: dict[int, tuple[str, float, float]],
    loaded: dict[int, tuple[str, float, float]],
) -> None:
    """Print resident and proportional megabytes of each process, rest and load."""
    print(f"{'process':16}{'rest: rss':>10}{'pss':>6}{'load: rss':>11}{'pss':>6}")
    for number, (role, rss, pss) in sorted(loaded.items(), key=lambda one: one[1]):
        before = rest.get(number)
        said = f"{before[1]:10.0f}{before[2]:6.0f}" if before else f"{'-':>10}{'-':>6}"
        print(f"{role:16}{said}{rss:11.0f}{pss:6.0f}")
    sums = [sum(one[2] for one in every.values()) for every in (rest, loaded)]
    print(f"{'all':16}{'':10}{sums[0]:6.0f}{'':11}{sums[1]:6.0f}")


def _wait_for_worker(folder: Path) -> None:
    log, until = folder / "log" / "worker.log", time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if log.exists() and " ready" in log.read_text("utf-8"):
            return
        time.sleep(0.2)
    raise SystemExit("The worker has not become ready.")


def _use(port: int) -> None:
    """Let people open pages, answer, hand in and wait for their certificates."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "elearning.settings")
    django.setup()
    from collections import Counter

    from bench.drill import answer, hand_in, in_threads, make_sitters
    from bench.reading import open_pages
    from certificates.models import CertificateFile

    site, notes = Served(port), Counter[str]()
    sitters = make_sitters(PEOPLE)
    reading = threading.Thread(
        target=open_pages, args=(site, sitters[0].session, PAGES * PEOPLE)
    )
    reading.start()
    in_threads(sitters, lambda who, chance: answer(site, who, chance, notes))
    in_threads(sitters, lambda who, chance: hand_in(site, who, chance, notes))
    reading.join()
    until = time.monotonic() + PATIENCE
    files: Any = CertificateFile.objects
    while files.count() < PEOPLE and time.monotonic() < until:
        time.sleep(0.5)
    print(f"{PEOPLE} people, {files.count()} certificates, notes {dict(notes) or '-'}")


if __name__ == "__main__":
    main()

"""Where the processor time of an attempt's steps goes, by kind of code.

`python -m bench profile --of attempt` prints a table: each step, each kind, percent of
the step's time in this process. Time is a function's own; what is written in C counts
as its caller's, but for the database drivers, which count as queries: with SQLite that
is the database itself, with PostgreSQL the driver, while the server's share stands
apart. `--functions N` lists the dearest functions of each step.
"""

import argparse
import cProfile
import pstats
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bench.sitting import STEPS, Cpu, Sitting, make_sitting
from bench.stage import prepared_site

ROUNDS = 10
ROOT = Path(__file__).resolve().parents[1]
# The first kind with a beginning of a function's place in it; order matters. A place
# of ours begins with "./", others with their package.
KINDS: Mapping[str, tuple[str, ...]] = {
    "queries: driver": ("psycopg", "sqlite3", "django/db/backends"),
    "queries: ORM": ("django/db",),
    "templates": ("django/template", "./lib/templatetags", "django/utils/html"),
    "session and user": (
        "django/contrib/sessions",
        "django/contrib/auth",
        "django/contrib/messages",
        "./accounts",
        "django/core/signing",
    ),
    "middleware": (
        "django/middleware",
        "django/core/handlers",
        "allauth",
        "csp",
        "whitenoise",
        "./elearning",
    ),
    "forms": ("django/forms",),
    "test client": ("django/test", "./bench", "./tests", "asgiref"),
    "our code": ("./",),
    "rest of Django": ("django",),
    "Python": ("",),
}
_DRIVERS = ("psycopg", "sqlite3")
Key = tuple[str, int, str]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--of", choices=["attempt"], default="attempt")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--functions", type=int, default=0)
    said = parser.parse_args()
    with prepared_site("melek_bench_profile"):
        _walk(make_sitting(), lambda _step, call: call())
        profiles = {
            step: cProfile.Profile(time.process_time) for step in (*STEPS, "bare")
        }
        server: dict[str, float] = defaultdict(float)
        for _ in range(said.rounds):
            cpu = Cpu()

            def profiled(step: str, call: Callable[[], None], cpu: Cpu = cpu) -> None:
                before = cpu.of_database()
                profiles[step].runcall(call)
                server[step] += cpu.of_database() - before

            _walk(make_sitting(), profiled)
    shares = {step: _shares(profile) for step, profile in profiles.items()}
    _print_table(shares, server, said.rounds)
    for step, profile in profiles.items():
        if said.functions:
            print(f"\n{step}")
            pstats.Stats(profile).sort_stats("cumulative").print_stats(said.functions)


def _walk(sitting: Sitting, take: Callable[[str, Callable[[], None]], None]) -> None:
    sitting.bare()
    for step in (*STEPS, "bare"):
        take(step, getattr(sitting, step))
        if step == "start":
            sitting.prepare_answers()


def _shares(profile: cProfile.Profile) -> dict[str, float]:
    """Return seconds by kind; what is written in C goes to whoever called it."""
    found: dict[str, float] = defaultdict(float)
    stats: Any = pstats.Stats(profile)
    for key, (_calls, _primitive, own, _whole, callers) in stats.stats.items():
        if _is_python(key) or not callers:
            found[_kind(key)] += own
            continue
        for caller, (_calls, _primitive, its_own, _whole) in callers.items():
            found[_kind(key) if _is_driver(key) else _kind(caller)] += its_own
    return found


def _is_python(key: Key) -> bool:
    return key[0] != "~"


def _is_driver(key: Key) -> bool:
    return any(word in key[2] for word in _DRIVERS)


def _kind(key: Key) -> str:
    place = _place(key)
    return next(kind for kind, begins in KINDS.items() if place.startswith(begins))


def _place(key: Key) -> str:
    """Return where a function stands: "./room/…", "package/…", or the driver's name."""
    if not _is_python(key):
        return next((word for word in _DRIVERS if word in key[2]), "")
    # The environment may lie inside the project.
    _before, found, inside = key[0].partition("site-packages/")
    if found:
        return inside
    path = Path(key[0])
    return f"./{path.relative_to(ROOT)}" if path.is_relative_to(ROOT) else ""


def _print_table(
    shares: Mapping[str, Mapping[str, float]], server: Mapping[str, float], rounds: int
) -> None:
    names = [*shares]
    print(f"{'percent of the step':20}" + "".join(f"{name:>9}" for name in names))
    for kind in KINDS:
        cells = (100 * shares[n].get(kind, 0) / sum(shares[n].values()) for n in names)
        print(f"{kind:20}" + "".join(f"{cell:9.0f}" for cell in cells))
    whole = (1000 * sum(shares[name].values()) / rounds for name in names)
    print(f"{'ms, profiled':20}" + "".join(f"{ms:9.1f}" for ms in whole))
    apart = (1000 * server[name] / rounds for name in names)
    print(f"{'ms of the server':20}" + "".join(f"{ms:9.1f}" for ms in apart))


if __name__ == "__main__":
    main()

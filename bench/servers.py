"""A trial of web servers, and of ways to hold connections to the database.

Each candidate serves the same site in turn, and again in each round, so that what the
machine does meanwhile it does to all. People call a mix of pages and saves, eight at
once; beside it the bare view. Printed are the processor time of a request (server and
database), its ratio to that of the server that is in use, with the spread over rounds,
requests a second, percentiles, errors, and the memory of all its processes.

Candidates that are not installed are left out and named: only the one in use is pinned
(docs/decisions/0053). PostgreSQL where DATABASE_URL names a server, otherwise SQLite.
"""

import argparse
import importlib.util
import json
import os
import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import psutil

from bench.load import Meter, Running, percentiles, web
from bench.stage import prepared_site

ROUNDS, AT_ONCE, EACH = 3, 8, 18
OURS = "--worker-class=lib.web_worker.PatientWorker"
IN_USE = "gunicorn, ours 2 x 8"


@dataclass(frozen=True)
class Candidate:
    """A way to serve: the package it needs, its command, what the database is told."""

    name: str
    package: str
    command: Sequence[str]
    database: Mapping[str, Any] = field(default_factory=dict)
    only_on: str = ""


def _gunicorn(*options: str) -> list[str]:
    base = ["gunicorn", "elearning.wsgi", "--bind=0.0.0.0:8000", "--no-control-socket"]
    return [*base, *options]


def _ours(workers: int, threads: int, *more: str) -> list[str]:
    return _gunicorn(OURS, f"--workers={workers}", f"--threads={threads}", *more)


POOLED: dict[str, Any] = {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
CANDIDATES = (
    Candidate(IN_USE, "gunicorn", _ours(2, 8)),
    Candidate("gunicorn, sync x 2", "gunicorn", _gunicorn("--workers=2")),
    Candidate(
        "gunicorn, gthread 2 x 8",
        "gunicorn",
        _gunicorn("--worker-class=gthread", "--workers=2", "--threads=8"),
    ),
    Candidate("gunicorn, ours 1 x 8", "gunicorn", _ours(1, 8)),
    Candidate("gunicorn, ours 1 x 16", "gunicorn", _ours(1, 16)),
    Candidate("gunicorn, ours 2 x 4", "gunicorn", _ours(2, 4)),
    Candidate("gunicorn, ours 2 x 8, preload", "gunicorn", _ours(2, 8, "--preload")),
    Candidate(
        "granian 2 x 4",
        "granian",
        ["granian", "--interface=wsgi", "--host=127.0.0.1", "--port=8000",
         "--workers=2", "--blocking-threads=4", "--no-access-log",
         "elearning.wsgi:application"],
    ),
    Candidate(
        "waitress 1 x 8",
        "waitress",
        ["waitress", "--host=127.0.0.1", "--port=8000", "--threads=8",
         "elearning.wsgi:application"],
    ),
    Candidate(
        "uvicorn, WSGI x 2",
        "uvicorn",
        ["uvicorn", "--interface=wsgi", "--host=127.0.0.1", "--port=8000",
         "--workers=2", "--log-level=warning", "elearning.wsgi:application"],
    ),
    Candidate(
        "ours 2 x 8, CONN_MAX_AGE 0", "gunicorn", _ours(2, 8), {"CONN_MAX_AGE": 0},
        "postgresql",
    ),
    Candidate(
        "ours 2 x 8, CONN_MAX_AGE 600", "gunicorn", _ours(2, 8), {"CONN_MAX_AGE": 600},
        "sqlite",
    ),
    Candidate(
        "ours 2 x 8, psycopg pool of 8",
        "psycopg_pool",
        _ours(2, 8),
        {**POOLED, "OPTIONS": {"pool": {"min_size": 2, "max_size": 8}}},
        "postgresql",
    ),
    Candidate(
        "ours 2 x 8, psycopg pool of 3",
        "psycopg_pool",
        _ours(2, 8),
        {**POOLED, "OPTIONS": {"pool": {"min_size": 1, "max_size": 3}}},
        "postgresql",
    ),
    Candidate(
        "ours 2 x 8, prepared statements",
        "psycopg",
        _ours(2, 8),
        {"OPTIONS": {"server_side_binding": True, "prepare_threshold": 5}},
        "postgresql",
    ),
    Candidate(
        "ours 2 x 8, parameters apart",
        "psycopg",
        _ours(2, 8),
        {"OPTIONS": {"server_side_binding": True}},
        "postgresql",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Run:
    """What a candidate did in one round."""

    each_ms: float
    bare_ms: float
    a_second: float
    errors: int
    memory: float
    times: dict[float, int]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", nargs="+", default=[], help="words of names")
    said = parser.parse_args()
    with prepared_site("melek_bench_servers"):
        from django.db import connection

        from bench.drill import make_sitters

        sitters = make_sitters(AT_ONCE)
        tried = [one for one in CANDIDATES if one.only_on in {"", connection.vendor}]
        if said.only:
            words = [IN_USE, *said.only]
            tried = [one for one in tried if any(word in one.name for word in words)]
        missing = {one.package for one in tried} - set(filter(_is_there, _packages()))
        tried = [one for one in tried if one.package not in missing]
        runs: dict[str, list[Run]] = defaultdict(list)
        for number in range(said.rounds):
            # Another order in each round.
            for one in random.Random(number).sample(tried, len(tried)):
                run = _run(one, sitters)
                runs[one.name].append(run)
                # Whoever ends a long run early has what was measured until then.
                said_now = f"{run.each_ms:.2f} ms, bare {run.bare_ms:.2f} ms"
                print(
                    f"{number + 1} {one.name}: {said_now}, {run.memory:.0f} MB, "
                    f"{run.errors} errors",
                    file=sys.stderr,
                    flush=True,
                )
        _show(runs, connection.vendor)
        if missing:
            print("not installed:", ", ".join(sorted(missing)))


def _packages() -> set[str]:
    return {one.package for one in CANDIDATES}


def _is_there(package: str) -> bool:
    return importlib.util.find_spec(package) is not None


def _run(candidate: Candidate, sitters: Sequence[Any]) -> Run:
    os.environ["BENCH_DATABASE"] = json.dumps(candidate.database)
    command = [sys.executable, "-m", *candidate.command]
    with web(command) as site:
        # Every process has answered somebody before it counts.
        _call(site, sitters, ["bare"] * 4)
        bare, _seconds, _times, _errors = _call(site, sitters, ["bare"] * EACH)
        mix = ["home", "course", "lesson", "save", "save", "save"] * (EACH // 6)
        each, seconds, times, errors = _call(site, sitters, mix)
        return Run(
            each, bare, len(sitters) * len(mix) / seconds, errors,
            _memory(site.process), times,
        )  # fmt: skip


def _call(
    site: Running, sitters: Sequence[Any], names: Sequence[str]
) -> tuple[float, float, dict[float, int], int]:
    """Let everybody make these calls, one after the other.

    Returns the milliseconds of processor time of one, the seconds of all by the clock,
    how many took so many milliseconds, and how many failed.
    """
    from bench.drill import in_threads
    from bench.reading import open_page, pages_by_name
    from bench.serving import Served

    served, pages = Served(site.port), pages_by_name()
    times: dict[float, int] = defaultdict(int)
    failed: list[str] = []
    meter, began = Meter(site), time.monotonic()

    def call(sitter: Any, _chance: Any) -> None:
        for name in names:
            if name == "save":
                status, seconds = sitter.say_again(served)
            else:
                status, seconds = open_page(served, sitter.session, pages[name])
            times[round(1000 * seconds, -1)] += 1
            if status != 200:
                failed.append(f"{name}: {status}")

    in_threads(list(sitters), call)
    seconds, used = time.monotonic() - began, meter.used()
    number = len(sitters) * len(names)
    each = 1000 * (used["web"] + used["database"]) / number
    return each, seconds, dict(times), len(failed)


def _memory(root: psutil.Process) -> float:
    held = [one.memory_full_info().pss for one in [root, *root.children()]]
    return sum(held) / 1024 / 1024


def _show(runs: Mapping[str, Sequence[Run]], vendor: str) -> None:
    print(
        f"{vendor:32}{'ms':>6}{'÷ in use (range)':>22}{'bare ms':>9}{'x bare':>8}"
        f"{'req/s':>7}{'p50':>6}{'p95':>6}{'err':>5}{'MB':>6}"
    )
    base = [one.each_ms for one in runs[IN_USE]]
    for name, rounds in runs.items():
        ratios = sorted(
            one.each_ms / was for one, was in zip(rounds, base, strict=True)
        )
        each, bare, fast, memory = (
            statistics.median(getattr(one, key) for one in rounds)
            for key in ("each_ms", "bare_ms", "a_second", "memory")
        )
        p50, p95, _p99 = percentiles(
            [{"times": {str(k): v for k, v in one.times.items()}} for one in rounds]
        )
        spread = f"{statistics.median(ratios):.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f})"
        print(
            f"{name:32}{each:6.1f}{spread:>22}{bare:9.2f}{each / bare:8.2f}"
            f"{fast:7.0f}{p50:6.0f}{p95:6.0f}{sum(one.errors for one in rounds):5}"
            f"{memory:6.0f}"
        )


if __name__ == "__main__":
    main()

"""Rising numbers of people at once, over HTTP: what a site does, and where it bends.

At each level so many people come within two seconds, sign in, read, sit a timed quiz,
hand in and look for their certificates (`people.py`, played by locust), while a worker
makes the certificates. Before each level the bare view alone is called, so that all
is a ratio to what any Django page costs at that moment. Printed are requests a second,
in all and for each second of processor that the server had, percentiles, errors, and
who used the processors: web, database, worker, the players themselves.

Everything runs on this machine and shares its processors: figures by the clock are
those of a site that has what the players leave. Loopback only; levels, people and
seconds are bounded. PostgreSQL where DATABASE_URL names a server, otherwise SQLite with
the web server of `manage.py up`.
"""

import argparse
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bench.stage import prepared_site

LEVELS, THINKS, COMES_WITHIN, AT_MOST = (4, 16, 64), 0.5, 2.0, 90.0
PASSWORD = "hanya-untuk-bench-ini"
BARE_CALLS, BARE_AT_ONCE = 400, 8
ROWS = ("sign in", "home", "course", "lesson", "start", "paper", "save", "hand in",
        "result", "certificates", "bare")  # fmt: skip


@dataclass(frozen=True)
class Level:
    """What came of a level: what locust saw, and who used the processors."""

    people: int
    seen: dict[str, Any]
    seconds: float
    used: dict[str, float]
    bare_ms: float

    @property
    def requests(self) -> int:
        """How many requests were answered."""
        return sum(row["count"] for row in self.seen["rows"].values())

    @property
    def errors(self) -> int:
        """How many of them were refused or wrong."""
        return sum(row["errors"] for row in self.seen["rows"].values())

    @property
    def serving(self) -> float:
        """Seconds of processor time of web and database."""
        return self.used["web"] + self.used["database"]


def main() -> None:
    """Print the curve, and the rows of the last level."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--levels", type=int, nargs="+", default=LEVELS)
    parser.add_argument("--thinks", type=float, default=THINKS)
    parser.add_argument("--no-worker", action="store_true")
    said = parser.parse_args()
    with prepared_site("melek_bench_load"), ExitStack() as stack:
        people = make_people(sum(said.levels))
        site = stack.enter_context(web(web_command()))
        if not said.no_worker:
            stack.enter_context(worker())
        answers = stack.enter_context(answering())
        levels = []
        for count in said.levels:
            some = [people.pop() for _ in range(count)]
            levels.append(play(site, some, answers, said.thinks))
            show_level(levels[-1], is_first=count == said.levels[0])
        show_rows(levels)
        _certificates(sum(said.levels), is_made=not said.no_worker)


def web_command() -> list[str]:
    """Return the site's own web server, as it is started on this kind of database."""
    from bench.serving import said
    from elearning.management.commands import up

    if "DATABASE_URL" in os.environ:
        return said("web")
    return up.web_command("0.0.0.0", 8000)


@dataclass
class Running:
    """A server that runs: its port and its process."""

    port: int
    process: psutil.Process


@contextmanager
def web(command: Sequence[str]) -> Iterator[Running]:
    """Run a web server; its address `0.0.0.0:8000` becomes a free port of ours."""
    from bench.serving import at_port
    from tests.e2e.running import free_port, start, wait_for

    port = free_port()
    os.environ["PUBLIC_URL"] = f"http://127.0.0.1:{port}"
    log = Path(os.environ["ELEARNING_VAR"]) / "web.log"
    parts = [part.replace("--port=8000", f"--port={port}") for part in command]
    process = start(at_port(parts, port), os.environ, log)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process, log)
        yield Running(port, psutil.Process(process.pid))
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a server with all its processes; not every one listens."""
    below = psutil.Process(process.pid).children(recursive=True)
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        for one in (process, *below):
            with suppress(psutil.NoSuchProcess):
                one.kill()
        process.wait()


@contextmanager
def worker() -> Iterator[None]:
    """Run a worker of one process."""
    from bench.serving import said_worker
    from tests.e2e.running import start, stop

    log = Path(os.environ["ELEARNING_VAR"]) / "worker.log"
    command = [part.replace("--concurrency=2", "--concurrency=1")
               for part in said_worker()]  # fmt: skip
    process = start(command, os.environ, log)
    try:
        yield
    finally:
        stop(process)


def make_people(count: int) -> list[str]:
    """Return the NIPs of so many people before the post-test, who know one password."""
    from bench.deadline import copies
    from bench.sitting import make_place
    from tests.factories import make_nip

    place = make_place()
    place.person.set_password(PASSWORD)
    names = [{"key": _key(), "nip": make_nip(), "email": None} for _ in range(count)]
    persons = copies(place.person, names)
    memberships = place.person.memberships.all()
    for membership in memberships:
        copies(membership, [{"person": one} for one in persons])
    places = copies(place, [{"person": one} for one in persons])
    for done in place.lesson_completions.all():
        copies(done, [{"enrollment": one} for one in places])
    return [person.nip for person in persons]


def _key() -> Any:
    from uuid import uuid4

    return uuid4()


@contextmanager
def answering() -> Iterator[str]:
    """Tell the players the right answers of an attempt, at the address given."""

    class Answers(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(_sheet(self.path.partition("?")[2])).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            # A level may be over in the meantime.
            with suppress(ConnectionError):
                self.wfile.write(body)

        def log_message(self, *_said: Any) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()


def _sheet(root: str) -> dict[str, Any]:
    from django.db import connection

    from bench.sitting import Sitting

    sitting = Sitting(None, None, "", root=root)
    try:
        sitting.prepare_answers()
    finally:
        connection.close()
    rows = [
        {
            "position": position,
            "fields": {name: list(values) for name, values in said.items()},
            "flagged": False,
            "device": sitting.device,
            "sequence": number,
            "offset_ms": 100 * number,
        }
        for number, (position, said) in enumerate(sitting.items, 1)
    ]
    return {"rows": rows, "headers": sitting.headers}


def play(site: Running, people: Sequence[str], answers: str, thinks: float) -> Level:
    """Let these people come, and return what came of it."""
    bare_ms = bare(site)
    plan = {
        "host": f"http://127.0.0.1:{site.port}",
        "people": people,
        "password": PASSWORD,
        "lesson": _lesson(),
        "answers": answers,
        "thinks": thinks,
        "comes_within": COMES_WITHIN,
        "at_most": AT_MOST,
    }
    meter = Meter(site)
    with tempfile.TemporaryFile() as plan_file:
        plan_file.write(json.dumps(plan).encode())
        plan_file.seek(0)
        done = subprocess.run(
            [sys.executable, "-m", "bench.people"],
            stdin=plan_file,
            capture_output=True,
            text=True,
            env={**os.environ, "GEVENT_SUPPORT": "1"},
            check=False,
        )
    if done.returncode:
        raise SystemExit(done.stderr)
    seen = json.loads(done.stdout.splitlines()[-1])
    return Level(len(people), seen, seen["seconds"], meter.used(), bare_ms)


def bare(site: Running) -> float:
    """Return the milliseconds of processor time of a bare view, called by several."""
    from bench.drill import in_threads, make_sitters
    from bench.reading import open_page
    from bench.serving import Served

    served, sitter = Served(site.port), make_sitters(1)[0]
    meter = Meter(site)

    def call(_who: Any, _chance: Any) -> None:
        for _ in range(BARE_CALLS // BARE_AT_ONCE):
            status, _seconds = open_page(served, sitter.session, "/bare/")
            if status != 200:
                raise AssertionError(status)

    in_threads([sitter] * BARE_AT_ONCE, call)
    used = meter.used()
    return 1000 * (used["web"] + used["database"]) / BARE_CALLS


class Meter:
    """Seconds of processor time of web, database, worker, players since it was made."""

    def __init__(self, site: Running) -> None:
        self.site, self.before = site, self._now(site)

    def used(self) -> dict[str, float]:
        """Return the seconds of each since then."""
        now = self._now(self.site)
        return {role: now[role] - self.before[role] for role in now}

    def _now(self, site: Running) -> dict[str, float]:
        from bench.processes import processor_seconds

        found = {"web": processor_seconds(site.process), "players": 0.0}
        found |= {"database": 0.0, "worker": 0.0}
        own = psutil.Process()
        times = own.cpu_times()
        found["players"] = times.user + times.system + times.children_user
        found["players"] += times.children_system
        for one in own.children():
            if "celery" in " ".join(one.cmdline()):
                found["worker"] = processor_seconds(one)
        found["database"] = _database_seconds()
        return found


def _database_seconds() -> float:
    """Return what the backends of PostgreSQL have used that serve this database."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    return sum(_backends().values())


_ENDED: dict[int, float] = {}


def _backends() -> dict[int, float]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
        )
        for (pid,) in cursor.fetchall():
            try:
                said = Path(f"/proc/{pid}/schedstat").read_text("ascii")
            except OSError:
                continue
            # Its first number counts nanoseconds on a processor.
            _ENDED[pid] = int(said.split()[0]) / 1e9
    return _ENDED


def _lesson() -> str:
    from bench.sitting import COURSE
    from courses.models import Course

    course: Any = Course.objects.get(key=COURSE)
    return f"/kursus/{COURSE}/pelajaran/{course.current_version.lessons.first().key}/"


def show_level(level: Level, *, is_first: bool) -> None:
    """Print a line of the curve."""
    if is_first:
        print(
            f"{'people':>6}{'requests':>9}{'err':>5}{'req/s':>7}{'/core':>7}"
            f"{'ms each':>9}{'x bare':>8}{'p50':>7}{'p95':>7}{'p99':>7}"
            "   cores: web  database  worker  players"
        )
    each = 1000 * level.serving / level.requests
    cuts = percentiles(level.seen["rows"].values())
    shares = [
        level.used[name] / level.seconds
        for name in ("web", "database", "worker", "players")
    ]
    print(
        f"{level.people:6}{level.requests:9}{level.errors:5}"
        f"{level.requests / level.seconds:7.0f}{1000 / each:7.0f}"
        f"{each:9.1f}{each / level.bare_ms:8.2f}"
        + "".join(f"{cut:7.0f}" for cut in cuts)
        + "          "
        + "".join(f"{share:7.2f}" for share in shares),
        flush=True,
    )
    for told in level.seen["told"]:
        print(f"       {told}")
    if level.seen["left"]:
        print(f"       {level.seen['left']} had not come to the end")


def percentiles(rows: Any) -> list[float]:
    """Return p50, p95 and p99 in milliseconds over all of these rows."""
    counted: dict[float, int] = {}
    for row in rows:
        for taken, times in row["times"].items():
            counted[float(taken)] = counted.get(float(taken), 0) + times
    total, cuts = sum(counted.values()), []
    for share in (0.5, 0.95, 0.99):
        passed = 0
        for taken in sorted(counted):
            passed += counted[taken]
            if passed >= share * total:
                cuts.append(taken)
                break
    return cuts


def show_rows(levels: Sequence[Level]) -> None:
    """Print p50 and p95 of each kind of request at each level."""
    heads = "".join(f"{level.people:>9} people" for level in levels)
    print(f"\n{'p50 / p95, ms':16}{heads}")
    for name in ROWS:
        cells = ""
        for level in levels:
            row = level.seen["rows"].get(name)
            said = f"{row['p50']:.0f} / {row['p95']:.0f}" if row else "-"
            cells += f"{said:>16}"
        print(f"{name:16}{cells}")


def _certificates(people: int, *, is_made: bool) -> None:
    from certificates.models import CertificateFile
    from quizzes.models import Attempt, ResponseSave

    until = time.monotonic() + (AT_MOST if is_made else 0)
    files: Any = CertificateFile.objects
    while files.count() < people and time.monotonic() < until:
        time.sleep(0.5)
    passed: Any = Attempt.objects.submitted().filter(percent=100)
    print(
        f"\nfull marks {passed.count()} of {people}, saves "
        f"{ResponseSave.objects.count()} of {15 * people}, certificates {files.count()}"
    )


if __name__ == "__main__":
    main()

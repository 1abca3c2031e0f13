"""Autosave and submit at 64 concurrent attempts, over HTTP, on PostgreSQL.

The web process is the one of docker-compose.yml, on a database of its own that is
made beside the one DATABASE_URL names and dropped again. Every person thinks for two
seconds on the average, then calls the bare view of bench/urls.py, thinks again, then
saves an answer: so both are measured in the same run, at the same load. At the end
everybody calls the bare view within two seconds, and then everybody hands in within
two seconds, as when time runs out.
"""

import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

PEOPLE, ROUNDS, THINKING, RUSH = 64, 10, 2.0, 2.0
NAME = "melek_bench_attempts"


@dataclass(frozen=True)
class Sitter:
    """Somebody in the middle of an attempt, as her browser knows it."""

    attempt: str
    token: str
    session: str
    device: str


def main() -> None:
    """Print p50 and p95 in milliseconds, and the ratio to the bare view."""
    if "DATABASE_URL" not in os.environ:
        print("set DATABASE_URL to a PostgreSQL server")
        return
    with _database() as address, ExitStack() as stack:
        os.environ |= {
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "bench.served_settings",
            "SECRET_KEY": "only-for-this-bench",
        }
        logs = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        subprocess.run(
            [sys.executable, "manage.py", "prepare"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        port = _serve(stack, logs)
        sitters = _sitters()
        print(f"{len(sitters)} attempts, gunicorn as in docker-compose.yml")
        _report("while they answer", _answer(port, sitters))
        bare = _rush(port, sitters, _bare)
        handed_in = _rush(port, sitters, _submit)
        _report("all within two seconds", {"bare": bare, "submit": handed_in})
        _check(sitters)


@contextmanager
def _database() -> Iterator[str]:
    import psycopg

    server = os.environ["DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {NAME}")
    yield urlsplit(server)._replace(path=f"/{NAME}").geturl()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


def _serve(stack: ExitStack, logs: Path) -> int:
    """Start broker and web until the stack closes; return the port."""
    import yaml

    from tests.e2e.running import free_port, start, stop, wait_for

    compose = yaml.safe_load(Path("docker-compose.yml").read_text("utf-8"))
    program, *rest = compose["services"]["web"]["command"]
    port = free_port()
    web_command = [
        str(Path(sys.executable).parent / program),
        *(part.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for part in rest),
    ]
    commands = {"web": web_command}
    if "REDIS_URL" not in os.environ:
        commands["broker"] = [sys.executable, "manage.py", "broker"]
    for name, command in commands.items():
        process = start(command, os.environ, logs / f"{name}.log")
        stack.callback(stop, process)
        if name == "web":
            wait_for(f"http://127.0.0.1:{port}/healthz", process, logs / "web.log")
    return port


def _sitters() -> list[Sitter]:
    """Start a post-test for so many people, through the actions of the site."""
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from accounts.models import Unit
    from courses.models import Course
    from quizzes.taking.tokens import token_for
    from tests.factories import enroll, make_person, read_lessons, start

    course = Course.objects.listed().first()
    unit = Unit.objects.get(code="contoh.dinkes")
    sitters = []
    for number in range(PEOPLE):
        now = timezone.now()
        person = make_person(unit=unit, now=now, name=f"Orang Uji {number}")
        place = enroll(course=course, person=person, now=now)
        read_lessons(enrollment=place, now=now)
        attempt = start(enrollment=place, quiz_key="posttest", now=now)
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.create()
        sitters.append(
            Sitter(
                str(attempt.key),
                token_for(attempt),
                session.session_key or "",
                str(uuid4()),
            )
        )
    return sitters


def _answer(port: int, sitters: list[Sitter]) -> dict[str, list[float]]:
    """Let everybody answer in her own time; return the seconds of each call."""
    times: dict[str, list[float]] = defaultdict(list)

    def sit(sitter: Sitter, chance: random.Random) -> None:
        for number in range(1, ROUNDS + 1):
            for name, call in (("bare", _bare), ("autosave", _saving(number))):
                time.sleep(chance.uniform(0, 2 * THINKING))
                times[name].append(_seconds(call, port, sitter))

    _at_once(sit, sitters)
    return times


def _rush(
    port: int, sitters: list[Sitter], call: Callable[[int, Sitter], None]
) -> list[float]:
    """Let everybody call within two seconds; return the seconds of each call."""
    times: list[float] = []

    def hurry(sitter: Sitter, chance: random.Random) -> None:
        time.sleep(chance.uniform(0, RUSH))
        times.append(_seconds(call, port, sitter))

    _at_once(hurry, sitters)
    return times


def _at_once(
    work: Callable[[Sitter, random.Random], None], sitters: list[Sitter]
) -> None:
    threads = [
        threading.Thread(target=work, args=(sitter, random.Random(number)))
        for number, sitter in enumerate(sitters)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _seconds(call: Callable[[int, Sitter], None], port: int, sitter: Sitter) -> float:
    before = time.perf_counter()
    call(port, sitter)
    return time.perf_counter() - before


def _ask(
    port: int,
    method: str,
    path: str,
    *,
    status: int,
    headers: dict[str, str],
    body: str = "",
) -> tuple[bytes, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body=body, headers=headers)
        answer = connection.getresponse()
        content = answer.read()
    finally:
        connection.close()
    if answer.status != status:
        raise AssertionError(f"{path}: {answer.status}")
    return content, answer.headers.get("Location", "")


def _bare(port: int, sitter: Sitter) -> None:
    headers = {"Cookie": f"sessionid={sitter.session}"}
    _ask(port, "GET", "/bare/", status=200, headers=headers)


def _saving(number: int) -> Callable[[int, Sitter], None]:
    """Return a call that says another answer, as quiz.js does."""

    def save(port: int, sitter: Sitter) -> None:
        row = {
            "position": number,
            "fields": {},
            "flagged": True,
            "device": sitter.device,
            "sequence": number,
            "offset_ms": 1_000 * number,
        }
        content, _address = _ask(
            port,
            "POST",
            f"/percobaan/{sitter.attempt}/simpan/",
            status=200,
            headers={
                "X-Attempt-Token": sitter.token,
                "Content-Type": "application/json",
            },
            body=json.dumps([row]),
        )
        if json.loads(content)["accepted"] != [number]:
            raise AssertionError(content)

    return save


def _submit(port: int, sitter: Sitter) -> None:
    secret = "b" * 32
    headers = {
        "Cookie": f"sessionid={sitter.session}; csrftoken={secret}",
        "X-CSRFToken": secret,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    path = f"/percobaan/{sitter.attempt}/kirim/"
    _content, address = _ask(port, "POST", path, status=302, headers=headers)
    if not address.endswith("/hasil/"):
        raise AssertionError(f"{path} leads to {address}")


def _report(title: str, times: dict[str, list[float]]) -> None:
    print(title)
    bare = _percentiles(times["bare"])
    for name, values in times.items():
        p50, p95 = _percentiles(values)
        print(
            f"  {name:9} n {len(values):4}   p50 {1000 * p50:7.1f} ms   "
            f"p95 {1000 * p95:7.1f} ms   {p50 / bare[0]:5.2f} × bare (p50)"
        )


def _percentiles(values: list[float]) -> tuple[float, float]:
    cuts = statistics.quantiles(values, n=20)
    return cuts[9], cuts[18]


def _check(sitters: list[Sitter]) -> None:
    """Nothing was lost: every save is there and every attempt is handed in."""
    from quizzes.models import Attempt, ResponseSave

    attempts: Any = Attempt.objects.filter(key__in=[s.attempt for s in sitters])
    saves = ResponseSave.objects.filter(attempt__in=attempts).count()
    done = attempts.submitted().count()
    print(f"saves kept {saves} of {len(sitters) * ROUNDS}, handed in {done}")


if __name__ == "__main__":
    main()

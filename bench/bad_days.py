"""Bad days of the embedded size, one after another, with people at work meanwhile.

`full disk`: the data folder lies on a small disk of its own (a tmpfs, so this needs
root). A learner saves answers and reads, an officer downloads a workbook, somebody
opens the entrance; then the disk fills, and later it is freed.

`stalled`: so many connections send half a request and then nothing, while others
work.

Printed for each phase: what each call was answered (0: no answer), and how long the
slowest took; then what was acknowledged and is gone (must be 0), how many seconds
after the end of the fault every call worked again, and which processes had to be
started anew.
"""

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from bench.site import running_site

SIZE_MB, FULL_SECONDS, STALLED, STALLED_SECONDS, PATIENCE = 90, 20, 64, 15, 420
SECRET = "b" * 32


def main() -> None:
    """Print both drills."""
    var = Path(os.environ["ELEARNING_VAR"])
    if os.geteuid() or not shutil.which("mount"):
        sys.exit("The full disk needs root: it mounts a small one.")
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "tmpfs", str(var)],
        check=True,
    )
    try:
        with running_site() as site:
            people = _People.at_work(site.url)
            _Drill(people, site.var).full_disk()
            _Drill(people, site.var).stalled()
    finally:
        subprocess.run(["umount", "--lazy", str(var)], check=True)


@dataclass
class _People:
    """Who is at work: sessions, one running attempt, and what was acknowledged."""

    host: str
    learner: str
    officer: str
    attempt: Any
    token: str
    device: str = field(default_factory=lambda: str(uuid4()))
    sequence: int = 0
    acknowledged: list[int] = field(default_factory=list)

    @classmethod
    def at_work(cls, url: str) -> "_People":
        """Sign the demo learner and officer in, and begin a test."""
        import django

        django.setup()
        from django.utils import timezone

        from accounts.models import User
        from courses.models import Course
        from quizzes.taking.tokens import token_for
        from tests.factories import enroll, read_lessons, start

        learner = _demo("learner")
        now = timezone.now()
        place = enroll(course=Course.objects.listed()[1], person=learner, now=now)
        read_lessons(enrollment=place, now=now)
        attempt = start(enrollment=place, quiz_key="posttest", now=now)
        return cls(
            urlsplit(url).netloc,
            _session(learner),
            _session(User.objects.get(pk=_demo("hr").pk)),
            attempt,
            token_for(attempt),
        )

    def calls(self) -> dict[str, Callable[[], int]]:
        """Return what people do, by name; each returns the status."""
        return {
            "health": lambda: self._ask("GET", "/healthz")[0],
            "entrance": lambda: self._ask("GET", "/masuk/")[0],
            "home": lambda: self._ask("GET", "/", session=self.learner)[0],
            "save": self._save,
            "dashboard": lambda: self._ask("GET", "/sdm/", session=self.officer)[0],
            "workbook": self._workbook,
        }

    def _ask(
        self,
        method: str,
        path: str,
        *,
        session: str = "",
        body: str = "",
        headers: dict[str, str] | None = None,
    ) -> tuple[int, bytes]:
        cookies = f"sessionid={session}; csrftoken={SECRET}"
        sent = {"Cookie": cookies, "X-CSRFToken": SECRET, **(headers or {})}
        connection = http.client.HTTPConnection(self.host, timeout=30)
        try:
            connection.request(method, path, body=body, headers=sent)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()

    def _save(self) -> int:
        self.sequence += 1
        row = {
            "position": self.sequence % 10 + 1,
            "fields": {},
            "flagged": True,
            "device": self.device,
            "sequence": self.sequence,
            "offset_ms": 1_000 * self.sequence,
        }
        status, content = self._ask(
            "POST",
            f"/percobaan/{self.attempt.key}/simpan/",
            body=json.dumps([row]),
            headers={"X-Attempt-Token": self.token, "Content-Type": "application/json"},
        )
        if status == 200:
            self.acknowledged += json.loads(content)["accepted"]
        return status

    def _workbook(self) -> int:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        status, content = self._ask(
            *("POST", "/sdm/unduhan/minta/"),
            session=self.officer,
            body=urlencode({"format": "xlsx"}),
            headers=form,
        )
        is_cut = status == 200 and not content.startswith(b"PK")
        return -1 if is_cut else status

    def lost(self) -> int:
        """Return how many acknowledged answers the site no longer has."""
        from quizzes.models import ResponseSave

        kept = ResponseSave.objects.filter(attempt=self.attempt, device=self.device)
        return len(
            set(self.acknowledged) - set(kept.values_list("sequence", flat=True))
        )


def _demo(role: str) -> Any:
    from accounts.models import User

    accounts = json.loads(
        Path(os.environ["ELEARNING_VAR"], "demo-accounts.json").read_text("utf-8")
    )
    nip = next(row["nip"] for row in accounts if row["role"] == role)
    return User.objects.get(nip=nip)


def _session(person: Any) -> str:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return session.session_key or ""


class _Drill:
    """One bad day."""

    def __init__(self, people: _People, var: Path) -> None:
        self.people, self.var = people, var

    def full_disk(self) -> None:
        """Fill the disk while everybody works, free it, and count."""
        self._before("full disk")
        pending = self._pending_certificate()
        with _filled(self.var / "ballast"):
            self._during("full", FULL_SECONDS)
        self._after(lambda: _has_file(pending))

    def stalled(self) -> None:
        """Hold half requests open while everybody works."""
        self._before(f"{STALLED} stalled connections")
        with _half_sent(self.people.host):
            self._during("stalled", STALLED_SECONDS)
        self._after(lambda: True)

    def _before(self, title: str) -> None:
        print(title)
        self._during("before", 4)
        self.processes = _processes()

    def _during(self, phase: str, seconds: float) -> None:
        """Let everybody call, one after another, and print what was answered."""
        answers: dict[str, Counter[int]] = defaultdict(Counter)
        slowest: dict[str, float] = defaultdict(float)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for name, call in self.people.calls().items():
                started = time.monotonic()
                answers[name][call()] += 1
                slowest[name] = max(slowest[name], time.monotonic() - started)
        for name, counts in answers.items():
            said = ", ".join(f"{status} × {n}" for status, n in sorted(counts.items()))
            print(f"  {phase:8} {name:10} {said:32} slowest {slowest[name]:5.2f} s")

    def _after(self, is_done: Callable[[], bool]) -> None:
        """Wait until every call works, and say how long it took and what is gone."""
        good = {200, 302}
        started = time.monotonic()
        while time.monotonic() - started < PATIENCE:
            if all(call() in good for call in self.people.calls().values()):
                break
            time.sleep(0.2)
        print(f"  all calls work {time.monotonic() - started:.1f} s after it")
        while time.monotonic() - started < PATIENCE and not is_done():
            time.sleep(0.5)
        print(f"  what waited is done {time.monotonic() - started:.1f} s after it")
        print(
            f"  acknowledged {len(self.people.acknowledged)}, lost", self.people.lost()
        )
        gone = self.processes - _processes()
        print("  processes that ended:", ", ".join(sorted(map(str, gone))) or "none")

    def _pending_certificate(self) -> Any:
        """Complete somebody's course at the last moment, so that a file is due."""
        from django.utils import timezone

        from accounts.models import Unit
        from courses.models import Course
        from tests.factories import enroll, make_person, read_lessons, start
        from tests.right_answers import answer_right

        now = timezone.now()
        unit = Unit.objects.get(code="contoh.dinkes")
        person = make_person(unit=unit, now=now, name="Ina Contoh")
        place = enroll(course=Course.objects.listed()[0], person=person, now=now)
        read_lessons(enrollment=place, now=now)
        answer_right(start(enrollment=place, quiz_key="posttest", now=now), now=now)
        return place


def _has_file(place: Any) -> bool:
    from certificates.models import CertificateFile

    file = CertificateFile.objects.filter(certificate__enrollment=place).first()
    return file is not None


@contextmanager
def _filled(ballast: Path) -> Iterator[None]:
    """Leave not a byte on the disk, and keep it so, until the block ends."""
    with ballast.open("wb", buffering=0) as file:
        with suppress(OSError):
            while True:
                file.write(bytes(4096))
        try:
            yield
        finally:
            file.truncate(0)
    ballast.unlink()


@contextmanager
def _half_sent(host: str) -> Iterator[None]:
    """Hold connections that said half of a request."""
    name, port = host.split(":")
    sockets = [socket.create_connection((name, int(port))) for _ in range(STALLED)]
    try:
        for one in sockets:
            one.sendall(b"POST /masuk/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Le")
        yield
    finally:
        for one in sockets:
            one.close()


def _processes() -> set[str]:
    """Return the processes of the site that runs here: number and command."""
    listed = subprocess.run(
        ["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True
    ).stdout
    marks = ("manage.py up", "elearning.wsgi", "celery", "valkey-server")
    return {
        " ".join(line.split()[:4])
        for line in listed.splitlines()
        if any(mark in line for mark in marks)
    }


if __name__ == "__main__":
    main()

"""64 people answer at once over HTTP: nothing lost, nothing doubled, no error.

Everybody says the right answer to each of fifteen questions, one of them in four twice
as a phone on a poor line does, then all hand in within two seconds. Then others do the
same, and in the middle the web server and its workers are killed (`kill -9`) as often
as `--kills` says and started again; like a phone, everybody sends again until she is
told that it was taken, for at most `PATIENCE` seconds. At the end what was acknowledged
is compared with the rows: "lost" was acknowledged and is not there, "doubled" is there
twice, and every attempt must be graded once with full marks.

PostgreSQL where DATABASE_URL names a server, otherwise the embedded SQLite.
"""

import argparse
import http.client
import json
import random
import statistics
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from bench.serving import Served, served

PEOPLE, THINKING, RUSH, PATIENCE = 64, 1.0, 2.0, 60.0


@dataclass
class Sitter:
    """Somebody in the middle of an attempt, and what the server has told her."""

    key: str
    token: str
    session: str
    forms: list[tuple[int, dict[str, list[str]]]]
    device: str = field(default_factory=lambda: str(uuid4()))
    taken: set[int] = field(default_factory=set)
    seconds: list[float] = field(default_factory=list)
    said: int = 0

    def say_again(self, site: Served) -> tuple[int, float]:
        """Answer the next question, again and again; return status and seconds."""
        position, fields = self.forms[self.said % len(self.forms)]
        self.said += 1
        row = _row(self, position, fields, self.said)
        headers = {"X-Attempt-Token": self.token, "X-Device": self.device}
        before = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
        try:
            connection.request(
                "POST", f"/percobaan/{self.key}/simpan/", json.dumps([row]), headers
            )
            answer = connection.getresponse()
            taken = json.loads(answer.read())["accepted"] == [self.said]
            status = answer.status if taken else 0
        except (OSError, ValueError, http.client.HTTPException):
            status = 0
        finally:
            connection.close()
        return status, time.perf_counter() - before


def main() -> None:
    """Run the drill and print what it found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--kills", type=int, default=2)
    said = parser.parse_args()
    with served("melek_bench_drill") as site:
        for kills in dict.fromkeys((0, said.kills)):
            print(f"the web server is killed {kills} times", flush=True)
            _run(site, make_sitters(said.people), kills)


def _run(site: Served, sitters: list[Sitter], kills: int) -> None:
    done, notes = threading.Event(), Counter[str]()
    killer = threading.Thread(target=_kill, args=(site, kills, done, notes))
    killer.start()
    began = time.monotonic()
    in_threads(sitters, lambda sitter, chance: answer(site, sitter, chance, notes))
    answered = time.monotonic() - began
    in_threads(sitters, lambda sitter, chance: hand_in(site, sitter, chance, notes))
    done.set()
    killer.join()
    _report(sitters, notes, answered)


def make_sitters(people: int) -> list[Sitter]:
    """Let so many new people start the post-test, through the actions of the site."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from bench.sitting import make_place
    from quizzes.bank.rows import question_view
    from quizzes.taking.tokens import token_for
    from tests.factories import start
    from tests.quizzes.questions.answers import right_form

    sitters = []
    for _ in range(people):
        place = make_place()
        attempt = start(enrollment=place, quiz_key="posttest", now=timezone.now())
        session = SessionStore()
        session[SESSION_KEY] = str(place.person_id)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = place.person.get_session_auth_hash()
        session.create()
        forms = [
            (item.position, _lists(right_form(question_view(item.question_version))))
            for item in attempt.items.prefetch_related("question_version__options")
        ]
        key, token = str(attempt.key), token_for(attempt)
        sitters.append(Sitter(key, token, session.session_key or "", forms))
    return sitters


def _lists(form: Any) -> dict[str, list[str]]:
    return {name: list(values) for name, values in form.items()}


def in_threads(sitters: list[Sitter], work: Any) -> None:
    threads = [
        threading.Thread(target=work, args=(sitter, random.Random(number)))
        for number, sitter in enumerate(sitters)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def answer(
    site: Served, sitter: Sitter, chance: random.Random, notes: Counter[str]
) -> None:
    for number, (position, fields) in enumerate(sitter.forms, 1):
        time.sleep(chance.uniform(0, 2 * THINKING))
        row = _row(sitter, position, fields, number)
        for _ in range(2 if chance.random() < 0.25 else 1):
            _save(site, sitter, row, notes)


def _row(
    sitter: Sitter, position: int, fields: dict[str, list[str]], number: int
) -> dict[str, Any]:
    return {
        "position": position,
        "fields": fields,
        "flagged": False,
        "device": sitter.device,
        "sequence": number,
        "offset_ms": 1_000 * number,
    }


def _save(
    site: Served, sitter: Sitter, row: dict[str, Any], notes: Counter[str]
) -> None:
    headers = {"X-Attempt-Token": sitter.token, "X-Device": sitter.device}
    before = time.perf_counter()
    content = _ask(
        site, f"{sitter.key}/simpan/", 200, headers, json.dumps([row]), notes
    )
    sitter.seconds.append(time.perf_counter() - before)
    if content is not None:
        sitter.taken |= set(json.loads(content)["accepted"])


def hand_in(
    site: Served, sitter: Sitter, chance: random.Random, notes: Counter[str]
) -> None:
    time.sleep(chance.uniform(0, RUSH))
    secret = "b" * 32
    headers = {
        "Cookie": f"sessionid={sitter.session}; csrftoken={secret}",
        "X-CSRFToken": secret,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    _ask(site, f"{sitter.key}/kirim/", 302, headers, "anyway=1", notes)


def _ask(
    site: Served,
    path: str,
    status: int,
    headers: dict[str, str],
    body: str,
    notes: Counter[str],
) -> bytes | None:
    """Ask until it is answered, as a phone does; None and a note where it never is."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
        try:
            connection.request("POST", f"/percobaan/{path}", body=body, headers=headers)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            notes["no line, sent again"] += 1
            time.sleep(0.5)
            continue
        finally:
            connection.close()
        if answer.status == status:
            return content
        notes[f"answered {answer.status}"] += 1
        time.sleep(0.5)
    notes["never answered"] += 1
    return None


def _kill(site: Served, kills: int, done: threading.Event, notes: Counter[str]) -> None:
    chance = random.Random(kills)
    for _ in range(kills):
        if done.wait(chance.uniform(3, 7)):
            return
        notes["processes killed"] += site.kill_web()
        site.start_web()


def _report(sitters: list[Sitter], notes: Counter[str], answered: float) -> None:
    from django.db.models import Count

    from courses.models import GradeEntry
    from quizzes.models import Attempt, ResponseSave

    attempts: Any = Attempt.objects.filter(key__in=[one.key for one in sitters])
    keys = dict(attempts.values_list("key", "pk"))
    by_key = {str(key): pk for key, pk in keys.items()}
    saves = ResponseSave.objects.filter(attempt__in=by_key.values())
    rows = Counter(saves.values_list("attempt", "sequence"))
    acknowledged = {(by_key[one.key], n) for one in sitters for n in one.taken}
    graded = attempts.submitted().filter(percent=100).count()
    grades = GradeEntry.objects.filter(
        evidence__in=[f"attempt:{key}" for key in by_key]
    ).aggregate(n=Count("pk"))["n"]
    times = [second for one in sitters for second in one.seconds]
    cuts = statistics.quantiles(times, n=100)
    print(f"{len(sitters)} people, {len(times)} saves in {answered:.0f} s")
    print(f"acknowledged {len(acknowledged)}, lost {len(acknowledged - rows.keys())}")
    print(f"rows {rows.total()}, doubled {rows.total() - len(rows)}")
    print(f"full marks {graded} of {len(sitters)}, grades {grades}")
    print(f"save p50 {1000 * cuts[49]:.0f} ms, p95 {1000 * cuts[94]:.0f} ms")
    print("notes", dict(notes) or "none: no error, nothing sent again")


if __name__ == "__main__":
    main()

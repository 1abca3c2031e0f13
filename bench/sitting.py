"""One whole attempt through the site's own addresses, step by step.

`Sitting` takes a person from the start to the result through Django's test client:
no network, one process, so that the processor time of each step is its own. What
`bench.attempt`, `bench.profile` and `bench.compare` measure.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

# Its post-test asks fifteen questions.
COURSE = "satu-data"
STEPS = ("start", "pages", "saves", "review", "submit", "result")
# What opens and closes a transaction or a part of it is counted apart.
_FRAMES = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET ")
_people = count(1)


@dataclass
class Sitting:
    """Somebody who may start a post-test, and how to do each step of it.

    After `start` she has `items`, as many as the paper has questions.
    """

    client: Any
    place: Any
    quiz_path: str
    device: str = field(default_factory=lambda: str(uuid4()))
    root: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    items: list[tuple[int, Mapping[str, Sequence[str]]]] = field(default_factory=list)

    def start(self) -> None:
        """Start the attempt; the paper is looked at by `prepare_answers`."""
        answer = self.client.post(f"{self.quiz_path}mulai/")
        self.root = answer["Location"].removesuffix("1/")

    def prepare_answers(self) -> None:
        """Find the right answers and the token: what a person and her page know."""
        from quizzes.bank.rows import question_view
        from quizzes.models import Attempt
        from quizzes.taking.tokens import token_for
        from tests.quizzes.questions.answers import right_form

        attempt = Attempt.objects.get(key=self.root.split("/")[2])
        self.headers = {"X-Attempt-Token": token_for(attempt), "X-Device": self.device}
        self.items = [
            (item.position, right_form(question_view(item.question_version)))
            for item in attempt.items.prefetch_related("question_version__options")
        ]

    def pages(self) -> None:
        """Open the paper: one page where it brings all questions, else each one's."""
        for position, _said in self.items:
            answer = self.client.get(f"{self.root}{position}/")
            self._expect(answer, 200)
            if b"data-quiz-paper" in answer.content:
                return

    def saves(self) -> None:
        """Save every answer, each in a request of its own."""
        for number, _said in enumerate(self.items, 1):
            self.save(number)

    def save(self, number: int) -> None:
        """Save the answer to one question."""
        position, said = self.items[number - 1]
        row = {
            "position": position,
            "fields": {name: list(values) for name, values in said.items()},
            "flagged": False,
            "device": self.device,
            "sequence": number,
            "offset_ms": 1_000 * number,
        }
        answer = self.client.post(
            f"{self.root}simpan/",
            data=json.dumps([row]),
            content_type="application/json",
            headers=self.headers,
        )
        if answer.json()["accepted"] != [number]:
            raise AssertionError(answer.content)

    def review(self) -> None:
        """Fetch the page before handing in, as the script of the paper does.

        A tree whose pages bring one question each answers with the page itself.
        """
        part = {"X-Part": "1"}
        self._expect(self.client.get(f"{self.root}kirim/", headers=part), 200)

    def submit(self) -> None:
        """Hand in, naming the log as the page does."""
        log = json.dumps({self.device: len(self.items)})
        self._expect(self.client.post(f"{self.root}kirim/", {"log": log}), 302)

    def result(self) -> None:
        """Open the result."""
        self._expect(self.client.get(f"{self.root}hasil/"), 200)

    def bare(self) -> None:
        """Open the bare view, to compare with."""
        self._expect(self.client.get("/bare/"), 200)

    def _expect(self, answer: Any, status: int) -> None:
        if answer.status_code != status:
            raise AssertionError(f"{answer.request['PATH_INFO']}: {answer.status_code}")


def make_place() -> Any:
    """Return the place of somebody new who has read everything before the post-test."""
    from django.utils import timezone

    from accounts.models import Unit
    from courses.models import Course
    from tests.factories import enroll, make_person, read_lessons

    now = timezone.now()
    course = Course.objects.get(key=COURSE)
    unit = Unit.objects.get(code="contoh.dinkes")
    person = make_person(unit=unit, now=now, name=f"Orang Uji {next(_people)}")
    place = enroll(course=course, person=person, now=now)
    read_lessons(enrollment=place, now=now)
    return place


def make_sitting() -> Sitting:
    """Return somebody new before the post-test, signed in to a test client."""
    from django.test import Client

    place, client = make_place(), Client()
    client.force_login(place.person)
    return Sitting(client, place, f"/kursus/{COURSE}/kuis/posttest/")


class Cpu:
    """Seconds of processor time of this process and of its database's."""

    def __init__(self) -> None:
        from django.db import connection

        self.backend: Path | None = None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self.backend = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def __call__(self) -> float:
        """Return what has been used until now."""
        return time.process_time() + self.of_database()

    def of_database(self) -> float:
        """Return what the backend has used until now; 0 where there is none."""
        if self.backend is None:
            return 0.0
        # Its first number counts nanoseconds on a processor.
        return int(self.backend.read_text("ascii").split()[0]) / 1e9


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """Count statements, and apart from them what frames them (`framing`)."""
    from django.db import connection

    found: Counter[str] = Counter()

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        found["framing" if sql.startswith(_FRAMES) else "statements"] += 1
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield found

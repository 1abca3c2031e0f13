"""Item analysis of 10,000 attempts × 30 questions: seconds and memory.

Once the calculation alone, on papers made by chance, and beside it the time that a
plain sum over the same marks takes; then everything from the database to the stored
rows, in a database of its own that is made for it and dropped, beside the one that
DATABASE_URL names (without it on SQLite).
"""

import os
import random
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

ATTEMPTS, QUESTIONS, OPTIONS = 10_000, 30, 4
NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)


def main() -> None:
    """Print seconds and megabytes."""
    import django

    django.setup()
    _measure_calculation()
    from django.test.runner import DiscoverRunner

    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        _measure_everything()
    finally:
        runner.teardown_databases(databases)


def _measure_calculation() -> None:
    from quizzes.analysis.figures import ScoredItem, analyse

    chance = random.Random(1)
    papers = [
        [
            ScoredItem(f"s{place}", place, 1000 * (chance.random() < skill), 1000)
            for place in range(QUESTIONS)
        ]
        for skill in (chance.random() for _ in range(ATTEMPTS))
    ]
    clock = time.process_time()
    total = sum(item.points for paper in papers for item in paper)
    plain = time.process_time() - clock
    clock = time.process_time()
    found = analyse(papers)
    seconds = time.process_time() - clock
    assert found.quiz.mean is not None
    assert abs(found.quiz.mean - total / (10 * QUESTIONS * ATTEMPTS)) < 1e-9
    print(
        f"calculation {seconds:.2f} s, {seconds / plain:.0f} times a plain sum "
        f"of the same marks; alpha {found.quiz.cic:.1f} %"
    )


def _measure_everything() -> None:
    from django.db import connection

    course = _course()
    _sit(course)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{ATTEMPTS:,} attempts × {QUESTIONS} questions on {connection.vendor}")
    if connection.vendor == "postgresql":
        _run_alone(course.pk)
    else:
        refresh_alone(course.pk)


def _run_alone(course_id: int) -> None:
    """Analyse in a fresh process, as a worker would."""
    from django.conf import settings
    from django.db import connection

    address = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    environment = {
        **os.environ,
        "DATABASE_URL": address._replace(path=f"/{name}").geturl(),
        "SECRET_KEY": settings.SECRET_KEY,
    }
    command = [sys.executable, "-m", "bench.statistics", str(course_id)]
    subprocess.run(command, env=environment, check=True)


def refresh_alone(course_id: int) -> None:
    """Analyse once and print how long it takes and by how much this process grew."""
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from quizzes.actions import refresh_statistics

    before = _peak_megabytes()
    clock, cpu = time.perf_counter(), time.process_time()
    with CaptureQueriesContext(connection) as queries:
        row = refresh_statistics(
            course_id=course_id, quiz_key="pretest", selection="first", now=NOW
        )
    seconds, cpu = time.perf_counter() - clock, time.process_time() - cpu
    assert row is not None
    assert row.n == ATTEMPTS
    after = _peak_megabytes()
    print(
        f"everything {seconds:.1f} s, of which {cpu:.1f} s CPU outside the database, "
        f"{len(queries)} queries, {after - before:.0f} MB more in a process of "
        f"{after:.0f} MB",
        flush=True,
    )


def _course() -> Any:
    from quizzes import actions
    from tests import factories

    unit = factories.make_unit(name="Kabupaten Diukur", now=NOW)
    course = factories.make_course(unit=unit, now=NOW, pool=4)
    bank = course.question_banks.get(use="pretest")
    for number in range(3, QUESTIONS + 1):
        content = factories.make_question(f"contoh-pretest-{number}")
        actions.write_question(bank=bank, content=content, by=None, now=NOW)
    actions.make_ready(course=course, by=None, now=NOW)
    factories.republish(course=course, change="wording", now=NOW)
    return course


def _sit(course: Any) -> None:
    """Hand in so many papers, in bulk: through the actions it would take hours."""
    from accounts.models import User
    from courses.models import Enrollment
    from quizzes.models import Attempt, AttemptItem, Quiz, ResponseSave

    quiz = Quiz.objects.of_version(course.current_version_id).get(key="pretest")
    slots = list(quiz.slots.all())
    versions = {slot.key: slot.question.versions.get(state="ready") for slot in slots}
    chance = random.Random(2)
    people = User.objects.bulk_create(
        User(nip=f"{number:018}", name="Pegawai Contoh", unit_id=course.unit_id)
        for number in range(ATTEMPTS)
    )
    places = Enrollment.objects.bulk_create(
        Enrollment(
            person=person,
            course=course,
            version_id=course.current_version_id,
            started_at=NOW,
            last_seen_at=NOW,
        )
        for person in people
    )
    skills = [chance.random() for _ in people]
    right = [[chance.random() < skill for _ in slots] for skill in skills]
    attempts = Attempt.objects.bulk_create(
        Attempt(
            person_id=place.person_id,
            enrollment=place,
            quiz=quiz,
            quiz_key=quiz.key,
            number=1,
            state="submitted",
            seed=1,
            started_at=NOW,
            submitted_at=NOW + timedelta(minutes=20),
            points=sum(answers),
            max_points=len(slots),
            percent=round(100 * sum(answers) / len(slots), 2),
            markings=1,
            is_counted=True,
        )
        for place, answers in zip(places, right, strict=True)
    )
    items = AttemptItem.objects.bulk_create(
        (
            AttemptItem(
                attempt=attempt,
                position=position,
                slot_key=slot.key,
                question_version=versions[slot.key],
                option_order=["a", "b", "c"],
                max_points=1,
                share_numerator=int(is_right),
                share_denominator=1,
            )
            for attempt, answers in zip(attempts, right, strict=True)
            for position, (slot, is_right) in enumerate(
                zip(slots, answers, strict=True), 1
            )
        ),
        batch_size=5_000,
    )
    ResponseSave.objects.bulk_create(
        (
            ResponseSave(
                attempt_id=item.attempt_id,
                item=item,
                device=UUID(int=1),
                sequence=item.position,
                value="a" if item.points else chance.choice("bc"),
                received_at=NOW + timedelta(minutes=10),
            )
            for item in items
        ),
        batch_size=5_000,
    )


def _peak_megabytes() -> float:
    # Not getrusage: its maximum is handed on to the processes that are started.
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if "VmHWM" in line) / 1024


if __name__ == "__main__":
    if len(sys.argv) > 1:
        refresh_alone(int(sys.argv[1]))
    else:
        main()

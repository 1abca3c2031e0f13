"""2,000 attempts end in the same minute: all graded, and the site answers meanwhile.

The attempts are copies of one that was started and answered through the site's actions:
2,000 people, their places, papers and answers, all of which pass. Their time and grace
are over at one moment; then the sweep of beat is sent, and the workers grade, complete
and begin to make 2,000 certificates, while learners open pages, four a second. Prints
how long it took until the last one was graded, how many were not, or twice, and how
long the pages took.

PostgreSQL with the web and worker processes of docker-compose.yml where DATABASE_URL
names a server, otherwise the embedded site.
"""

import argparse
import os
import statistics
import subprocess
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench.reading import learner_pages, open_page
from bench.serving import Served, is_ours, served

ATTEMPTS, PACE, PATIENCE, AT_ONCE, EVERY = 2_000, 4.0, 300.0, 500, 60.0


def main() -> None:
    """Run the drill and print what it found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--attempts", type=int, default=ATTEMPTS)
    said = parser.parse_args()
    with served("melek_bench_deadline", worker=True) as site:
        from django.utils import timezone

        from bench.drill import make_sitters

        reader = make_sitters(1)[0]
        over_at = timezone.now()
        keys = make_attempts(said.attempts, over_at)
        done = threading.Event()
        times: list[tuple[int, float]] = []
        pages = threading.Thread(target=_read, args=(site, reader.session, done, times))
        pages.start()
        before = _worker_seconds()
        seconds = _grade(over_at)
        used = _worker_seconds() - before
        done.set()
        pages.join()
        _report(keys, seconds, times)
        made = _certificates()
        print(
            f"worker: {used:.0f} s of processor time, {made} certificates made beside"
        )


def _certificates() -> int:
    from certificates.models import CertificateFile

    return CertificateFile.objects.count()


def _worker_seconds() -> float:
    """Return the processor time of the worker's processes until now."""
    found = subprocess.run(
        ["pgrep", "-f", "celery"], capture_output=True, text=True, check=False
    )
    ticks = 0
    for pid in filter(is_ours, map(int, found.stdout.split())):
        try:
            stat = Path(f"/proc/{pid}/stat").read_text("ascii")
        except OSError:
            continue
        user, system = stat.rpartition(")")[2].split()[11:13]
        ticks += int(user) + int(system)
    return ticks / os.sysconf("SC_CLK_TCK")


def make_attempts(count: int, over_at: datetime) -> list[str]:
    """Return the keys of so many attempts whose time is over then, all answered."""
    from bench.sitting import make_place
    from quizzes.models import Attempt
    from tests.factories import start
    from tests.right_answers import answer_right_only

    place = make_place()
    began = over_at - timedelta(minutes=10)
    attempt = start(enrollment=place, quiz_key="posttest", now=began)
    answer_right_only(attempt, now=began)
    Attempt.objects.filter(pk=attempt.pk).update(
        deadline_at=over_at - timedelta(minutes=1), closes_at=over_at
    )
    keys = []
    for first in range(0, count, AT_ONCE):
        size = min(AT_ONCE, count - first)
        keys += _copy(attempt.pk, first, size)
    return keys


def _copy(attempt_id: int, first: int, size: int) -> list[str]:
    """Copy an attempt to so many new people, with all that belongs to it."""
    from courses.models import LessonCompletion
    from quizzes.models import Attempt, ResponseSave

    attempt: Any = Attempt.objects.select_related("person", "enrollment").get(
        pk=attempt_id
    )
    names = range(first, first + size)
    people = copies(
        attempt.person,
        [{"key": uuid4(), "nip": f"bench-{n}", "email": None} for n in names],
    )
    places = copies(attempt.enrollment, [{"person": one} for one in people])
    for done in attempt.enrollment.lesson_completions.all():
        copies(done, [{"enrollment": place} for place in places])
    attempts = copies(
        attempt,
        [
            {"key": uuid4(), "person": place.person, "enrollment": place}
            for place in places
        ],
    )
    for item in attempt.items.all():
        items = copies(item, [{"attempt": one} for one in attempts])
        for save in ResponseSave.objects.filter(item=item):
            copies(save, [{"attempt": i.attempt, "item": i} for i in items])
    assert LessonCompletion.objects.filter(enrollment=places[-1]).exists()
    return [str(one.key) for one in attempts]


def copies(row: Any, changes: list[dict[str, Any]]) -> list[Any]:
    """Store copies of a row, each with its changes, and return them."""
    fields = [f for f in row._meta.concrete_fields if not f.primary_key]
    same = {field.attname: getattr(row, field.attname) for field in fields}
    rows = []
    for change in changes:
        named = {row._meta.get_field(name).name for name in change}
        kept = {
            field.attname: same[field.attname]
            for field in fields
            if field.name not in named
        }
        rows.append(type(row)(**kept, **change))
    found: list[Any] = type(row)._default_manager.bulk_create(rows)
    return found


def _grade(over_at: datetime) -> float:
    """Send the sweep each minute, as beat does, until the last one is graded.

    Returns the seconds it took.
    """
    from quizzes.models import Attempt
    from quizzes.tasks import submit_overdue_attempts

    left = Attempt.objects.unmarked().filter(closes_at__lte=over_at)
    began = time.monotonic()
    sweeps = 0
    while left.exists() and time.monotonic() - began < PATIENCE:
        if time.monotonic() - began >= sweeps * EVERY:
            submit_overdue_attempts()
            sweeps += 1
        time.sleep(0.5)
    return time.monotonic() - began


def _read(
    site: Served, session: str, done: threading.Event, times: list[tuple[int, float]]
) -> None:
    """Open a learner's pages in turn at an even pace until it is done."""
    for path in learner_pages():
        if done.wait(1 / PACE):
            return
        threading.Thread(
            target=lambda path=path: times.append(open_page(site, session, path))
        ).start()


def _report(keys: list[str], seconds: float, times: list[tuple[int, float]]) -> None:

    from courses.models import GradeEntry
    from quizzes.models import Attempt

    graded = passed = 0
    for first in range(0, len(keys), AT_ONCE):
        some: Any = Attempt.objects.filter(key__in=keys[first : first + AT_ONCE])
        graded += some.submitted().count()
        passed += some.submitted().filter(percent=100).count()
    entries = list(GradeEntry.objects.values_list("evidence", flat=True))
    ours = [one for one in entries if one.removeprefix("attempt:") in set(keys)]
    cuts = statistics.quantiles([taken for _status, taken in times], n=100)
    wrong = sum(status != 200 for status, _taken in times)
    print(f"{len(keys)} attempts ended at once, graded {graded} in {seconds:.0f} s")
    print(
        f"full marks {passed}, grades {len(ours)}, doubled {len(ours) - len(set(ours))}"
    )
    print(
        f"meanwhile {len(times)} pages: p50 {1000 * cuts[49]:.0f} ms, "
        f"p95 {1000 * cuts[94]:.0f} ms, p99 {1000 * cuts[98]:.0f} ms, errors {wrong}"
    )


if __name__ == "__main__":
    main()

"""Queries and CPU of the lesson page, and its ratio to a bare Django view.

The bare view does what the least page of any Django site does: session, user, three
queries, a line of text. Both are called in turn through the same test client, so the
ratio holds while the machine's speed drifts. `--keep` keeps the figures.
"""

import statistics
import sys
import time
from collections.abc import Callable

from bench.baseline import report
from bench.site import prepare

ROUNDS = 300


def main() -> None:
    """Print queries, milliseconds and the ratio."""
    prepare()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from accounts.models import User
    from courses import actions
    from courses.models import Course

    settings.ROOT_URLCONF = "bench.urls"
    settings.ALLOWED_HOSTS = ["*"]
    course = Course.objects.listed().first()
    person = User.objects.get(name="Maria Contoh")
    actions.enroll(course_id=course.pk, person=person, by=person, now=timezone.now())
    lesson = course.current_version.lessons.first()
    client = Client()
    client.force_login(person)
    pages = {
        "lesson": f"/kursus/{course.key}/pelajaran/{lesson.key}/",
        "course": f"/kursus/{course.key}/",
        "home": "/",
        "bare": "/bare/",
    }
    for path in pages.values():
        assert client.get(path).status_code == 200, path
    asked = {}
    for name, path in pages.items():
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        asked[name] = len(queries)
    times = interleave(
        {name: lambda path=path: client.get(path) for name, path in pages.items()}
    )
    bare = times.pop("bare")
    print(
        f"bare view: {asked['bare']} queries, {1000 * statistics.median(bare):.2f} ms"
    )
    rows = {
        name: (
            asked[name],
            [one / other for one, other in zip(mine, bare, strict=True)],
        )
        for name, mine in times.items()
    }
    report("pages", rows, keep="--keep" in sys.argv)


def interleave(
    calls: dict[str, Callable[[], object]], rounds: int = ROUNDS
) -> dict[str, list[float]]:
    """Return CPU seconds of each call, the calls taken in turn."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            before = time.process_time()
            call()
            times[name].append(time.process_time() - before)
    return times


if __name__ == "__main__":
    main()

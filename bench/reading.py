"""Pages that a learner opens, over HTTP, one after the other."""

import http.client
import time
from collections.abc import Iterator
from itertools import islice

from bench.serving import Served


def learner_pages() -> Iterator[str]:
    """Return the addresses that somebody who learns comes by, again and again."""
    from bench.sitting import COURSE

    while True:
        yield "/"
        yield "/kursus/"
        yield f"/kursus/{COURSE}/"
        yield f"/kursus/{COURSE}/kuis/posttest/"


def pages_by_name() -> dict[str, str]:
    """Return one address of each kind, and that of the bare view."""
    from bench.sitting import COURSE
    from courses.models import Course

    version = Course.objects.get(key=COURSE).current_version
    assert version is not None
    lesson = version.lessons.all()[0].key
    return {
        "home": "/",
        "course": f"/kursus/{COURSE}/",
        "lesson": f"/kursus/{COURSE}/pelajaran/{lesson}/",
        "bare": "/bare/",
    }


def open_page(site: Served, session: str, path: str) -> tuple[int, float]:
    """Return the status of a page, 0 without an answer, and its seconds."""
    before = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    status = 0
    try:
        connection.request("GET", path, headers={"Cookie": f"sessionid={session}"})
        answer = connection.getresponse()
        answer.read()
        status = answer.status
    except (OSError, http.client.HTTPException):
        pass
    finally:
        connection.close()
    return status, time.perf_counter() - before


def open_pages(site: Served, session: str, number: int) -> list[tuple[int, float]]:
    """Open so many pages, and return what came of each."""
    paths = islice(learner_pages(), number)
    return [open_page(site, session, path) for path in paths]

"""Every lesson, test and explanation of the shipped courses, on a phone in Chromium.

A learner takes all courses. Each lesson is opened as a repeat visit and its practice
checks are answered; then every question of one drawn pre-test and one post-test is
opened, both are handed in with the right answers, and every explanation is read. On
each of these pages axe must find nothing, nothing may scroll sideways and no script
may fail. It takes minutes, so it runs only when it is named; COURSES="key key" takes
fewer.
"""

import os
import statistics
from dataclasses import dataclass, field
from typing import Any

from bench.site import prepare, running_site
from bench.visits import CHROMIUM, PHONE, Received, Visits, sign_in

_COLUMNS = "{:24}{:>8}{:>7}{:>10}{:>13}{:>5}{:>10}{:>8}  {:21}  {}"


@dataclass
class Opened:
    """What was opened of one course; `lessons` says what each lesson cost."""

    course: str
    checks: int = 0
    questions: int = 0
    explanations: int = 0
    lessons: list[Received] = field(default_factory=list)


def main() -> None:
    """Print a line per course and every fault; end with 1 when there is one."""
    # Playwright's event loop makes Django suspect async code in this thread.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import sync_playwright

    prepare()
    from courses.models import Course

    faults: list[str] = []
    with running_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        account = site.account("learner")
        cookies = sign_in(browser, site.url, account)
        _print_head()
        courses = Course.objects.listed()
        if wanted := os.environ.get("COURSES", "").split():
            courses = courses.filter(key__in=wanted)
        for course in courses:
            # Of each course's own, so that its first exercise brings the script.
            context = browser.new_context(viewport=PHONE, locale="id-ID")
            context.add_cookies(cookies)
            visits = Visits(context.new_page(), site.url)
            _print(_take(visits, course, account["nip"]), visits)
            print("".join(f"{fault}\n" for fault in visits.faults), end="", flush=True)
            faults += visits.faults
            context.close()
        browser.close()
    print(f"{len(faults)} faults")
    raise SystemExit(bool(faults))


def _take(visits: Visits, course: Any, nip: str) -> Opened:
    from django.utils import timezone

    from accounts.models import User
    from tests.factories import enroll, read_lessons

    opened = Opened(course.key)
    person = User.objects.get(nip=nip)
    place = enroll(course=course, person=person, now=timezone.now())
    visits.open(f"/kursus/{course.key}/")
    _take_test(visits, place, "pretest", opened)
    for lesson in place.version.lessons.all():
        path = f"/kursus/{course.key}/pelajaran/{lesson.key}/"
        opened.lessons.append(visits.receive(path))
        opened.checks += visits.answer_checks()
        visits.look()
    read_lessons(enrollment=place, now=timezone.now())
    _take_test(visits, place, "posttest", opened)
    visits.open(f"/kursus/{course.key}/")
    return opened


def _take_test(visits: Visits, place: Any, quiz_key: str, opened: Opened) -> None:
    """Open the test, each of its questions, its result and each explanation."""
    from django.utils import timezone

    from tests.factories import start
    from tests.right_answers import answer_right

    visits.open(f"/kursus/{opened.course}/kuis/{quiz_key}/")
    attempt = start(enrollment=place, quiz_key=quiz_key, now=timezone.now())
    count = attempt.items.count()
    for position in range(1, count + 1):
        visits.open(f"/percobaan/{attempt.key}/{position}/")
        opened.questions += 1
    visits.open(f"/percobaan/{attempt.key}/kirim/")
    answer_right(attempt, now=timezone.now())
    visits.open(f"/percobaan/{attempt.key}/hasil/")
    if quiz_key == "posttest":
        for position in range(1, count + 1):
            visits.open(f"/percobaan/{attempt.key}/pembahasan/{position}/")
            opened.explanations += 1


def _print_head() -> None:
    print(
        _COLUMNS.format(
            "course",
            "lessons",
            "checks",
            "questions",
            "explanations",
            "axe",
            "px wider",
            "errors",
            "page: min median max",
            "page, pictures, scripts",
        ),
        flush=True,
    )


def _print(opened: Opened, visits: Visits) -> None:
    print(
        _COLUMNS.format(
            opened.course,
            len(opened.lessons),
            opened.checks,
            opened.questions,
            opened.explanations,
            visits.axe,
            visits.sideways,
            visits.errors,
            _spread([lesson.document for lesson in opened.lessons]),
            _spread([lesson.everything for lesson in opened.lessons]),
        ),
        flush=True,
    )


def _spread(sizes: list[int]) -> str:
    middle = statistics.median_low(sizes)
    return " ".join(f"{size:,}" for size in (min(sizes), middle, max(sizes)))


if __name__ == "__main__":
    main()

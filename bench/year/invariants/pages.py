"""What single pages say of single attempts, compared with each other and the facts."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from bench.year.invariants.scores import passes
from bench.year.marks import stored_share
from bench.year.oracle import Facts, Memory, Problems, Row
from courses.models import Enrollment
from courses.selectors.course_page import course_page
from quizzes.models import Attempt, Quiz
from quizzes.results.own_gain import own_gain
from quizzes.results.result_page import result_page
from quizzes.results.submitted import load
from quizzes.taking.quiz_page import quiz_page

_SAMPLE = 12
# Who opens which page, with which parameters; {course} is one by chance.
_ADDRESSES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("hr1", "reports:dashboard", {}),
    ("hr1", "reports:completion", {}),
    ("hr1", "reports:gain", {"kursus": "{course}"}),
    ("hr1", "reports:retention", {}),
    ("hr2", "reports:dashboard", {}),
    ("hr2", "reports:completion", {"status": "late"}),
    ("author3", "studio:course_outline", {"course_key": "{course}"}),
    ("author3", "studio:question_list", {"course_key": "{course}"}),
)
_PEOPLE_A_WEEK = 3


def results_and_pages_agree(facts: Facts, memory: Memory) -> Problems:
    """Result, quiz page and course page say the same of the same attempt."""
    handed_in = [row for row in facts.attempts.values() if row["state"] == "submitted"]
    world = memory.world
    for row in world.chance.sample(handed_in, min(_SAMPLE, len(handed_in))):
        world.check("pages of an attempt")
        place = facts.places[row["enrollment_id"]]
        for problem in _pages_of(facts, row, place):
            yield f"{facts.about(place)} {row['quiz_key']}", problem


def _pages_of(facts: Facts, row: Row, place: Row) -> Iterator[str]:
    attempt = Attempt.objects.select_related(
        "quiz__grade_item",
        "enrollment__person",
        "enrollment__course",
        "enrollment__version",
        "person",
    ).get(pk=row["id"])
    enrollment = Enrollment.objects.select_related("person", "course", "version").get(
        pk=place["id"]
    )
    right = stored_share(row).percent
    page = result_page(load(attempt), today=facts.today(enrollment.person.time_zone))
    reaches = passes(facts, row) if row["quiz_key"] == "posttest" else None
    # An attempt that does not count passes nothing, however good it is.
    passed = reaches and row["is_counted"]
    if page.percent != right:
        yield f"result page says {page.percent}, the attempt has {right}"
    if page.passed != passed:
        yield f"result page says passed {page.passed}, the facts {passed}"
    quiz = Quiz.objects.select_related("grade_item__version").get(
        grade_item__version=enrollment.version_id, key=row["quiz_key"]
    )
    before = quiz_page(quiz, enrollment, now=facts.now)
    told = {one.number: (one.score, one.passed) for one in before.history}
    if told.get(row["number"]) != (right, reaches):
        yield f"quiz page says {told.get(row['number'])}, the facts {(right, reaches)}"
    if place["completed_at"] and row["quiz_key"] == "posttest" and before.can_start:
        yield "offers another attempt to somebody who is complete"
    own_gain(load(attempt))
    if place["state"] == "active":
        course_page(enrollment.course, enrollment.person)


def every_page_opens(facts: Facts, memory: Memory) -> Problems:
    """Pages of staff and of some learners answer, whatever has happened before."""
    world = memory.world
    for name, address, said in _ADDRESSES:
        course = world.chance.choice(world.courses).key
        words = {key: value.format(course=course) for key, value in said.items()}
        person = world.staff[name]
        status = memory.learners.status_of(person, _address(address, words), name)
        if status not in {200, None}:
            yield name, f"{address} answers {status}"
    for one in world.chance.sample(
        world.people, min(_PEOPLE_A_WEEK, len(world.people))
    ):
        if not one.pk or not one.row.is_active:
            continue
        course = world.chance.choice(world.courses).key
        for address in (
            reverse("home"),
            reverse("courses:course_list"),
            reverse("courses:course_detail", args=[course]),
            reverse("certificates:certificate_list"),
        ):
            status = memory.learners.status_of(one.row, address, one.name)
            if status not in {200, None}:
                yield one.name, f"{address} answers {status}"


def _address(name: str, words: dict[str, Any]) -> str:
    if name.startswith("studio:"):
        return reverse(name, kwargs=words)
    return f"{reverse(name)}?{urlencode(words)}"

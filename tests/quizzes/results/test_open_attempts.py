"""No key is shown while another attempt of hers at the quiz may still be answered."""

from datetime import timedelta

import pytest

from courses import actions as courses_actions
from quizzes import actions
from quizzes.models import Attempt, Quiz
from quizzes.repairs.actions import attempts_to_repair
from quizzes.results.result_page import result_page
from quizzes.results.submitted import load
from quizzes.taking.rows import is_sitting
from tests.factories import republish, sit, start
from tests.quizzes.conftest import PHONE

HOUR = timedelta(hours=1)


@pytest.fixture
def first(ready, now) -> Attempt:
    """An attempt with three of four, under a mark that asks for more."""
    ready.version.requirements.filter(key="posttest").update(pass_mark=100)
    return sit(enrollment=ready, quiz_key="posttest", right=3, now=now)


@pytest.fixture
def waiting(first, ready, now) -> Attempt:
    """A second one that the deadline ended; her phone may still hold answers."""
    begun = start(enrollment=ready, quiz_key="posttest", now=now + HOUR)
    actions.note_visit(attempt_id=begun.pk, device=PHONE, now=now + HOUR)
    return actions.end_attempt(attempt_id=begun.pk, by=None, now=now + 2 * HOUR)


def pass_by_repair(attempt: Attempt, now) -> None:
    """Call every answer to what she got wrong right."""
    wrong = attempt.items.get(share_numerator=0)
    made = actions.repair_question(
        version=wrong.question_version,
        kind="all_right",
        correction=None,
        reason="Keliru.",
        by=None,
        now=now,
    )
    for pk in attempts_to_repair(made).values_list("pk", flat=True):
        actions.apply_repair(repair_id=made.pk, attempt_id=pk, now=now)


def test_who_passes_by_a_repair_reads_no_keys_while_answers_may_count(
    first, waiting, ready, client_of, now
):
    pass_by_repair(first, now + 3 * HOUR)
    first.refresh_from_db()
    her, review = client_of(ready.person), f"/percobaan/{first.key}/pembahasan/1/"

    page = result_page(load(first), today=now.date())
    assert (waiting.state, page.passed, page.chips) == ("closed", True, [])
    assert page.explanation_note == (
        "Pembahasan terbuka setelah percobaan Anda yang lain dinilai."
    )
    assert her.get(review).status_code == 404

    actions.mark_closed_attempt(
        attempt_id=waiting.pk, by=ready.person, now=now + 4 * HOUR
    )
    assert len(result_page(load(first), today=now.date()).chips) == 4
    assert her.get(review).status_code == 200


def test_keys_of_a_later_cycle_wait_for_an_earlier_one(course, waiting, ready, now):
    courses_actions.withdraw(enrollment_id=ready.pk, by=ready.person, now=now)
    republish(course=course, change="cycle", now=now)
    later = courses_actions.enroll(
        course_id=course.pk,
        person=ready.person,
        by=ready.person,
        now=now,
        starts_over=True,
    )

    assert later.cycle == 2
    assert is_sitting(later, "posttest")
    assert not is_sitting(later, "pretest")


def test_what_has_no_deadline_keeps_no_key_back_for_ever(course, ready, now):
    Quiz.objects.filter(key="posttest").update(time_limit_seconds=None)
    start(enrollment=ready, quiz_key="posttest", now=now)
    courses_actions.withdraw(enrollment_id=ready.pk, by=ready.person, now=now)
    republish(course=course, change="cycle", now=now)
    assert is_sitting(ready, "posttest")
    later = courses_actions.enroll(
        course_id=course.pk,
        person=ready.person,
        by=ready.person,
        now=now,
        starts_over=True,
    )

    assert not is_sitting(later, "posttest")

"""The pre-test may be skipped, locks after the beginning, and then tells no gain."""

import random
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from courses import pretest
from courses.actions import complete_lesson
from courses.models import Enrollment, LessonCompletion
from courses.pretest_in_words import LAST_CALL, LOCKED, OFFER
from courses.selectors.course_page import course_page
from quizzes.actions import submit_attempt
from quizzes.exceptions import AttemptNotAllowed
from quizzes.models import Attempt, Quiz
from quizzes.results.own_gain import own_gain
from quizzes.results.result_page import result_page
from quizzes.results.submitted import load
from quizzes.selectors import rest_notes
from quizzes.taking.quiz_page import quiz_page
from quizzes.taking.rows import first_pretest
from reports.gain.figures import gain_figures
from reports.units.reach import reach_of
from tests.factories import enroll, make_person, read_lessons, sit, start

HOUR = timedelta(hours=1)
moments = st.none() | st.datetimes()


@pytest.fixture
def place(course, learner, now) -> Enrollment:
    """The learner's place; nothing done."""
    return enroll(course=course, person=learner, now=now)


def read_one(place: Enrollment, now) -> None:
    """Finish the first lesson."""
    complete_lesson(
        enrollment_id=place.pk, lesson_key="pelajaran-1", by=place.person, now=now
    )


def page_of(place: Enrollment, now):
    """Return the course page as its address shows it."""
    return course_page(
        place.course, place.person, item_notes=lambda one: rest_notes(one, now=now)
    )


def quiz_of(place: Enrollment) -> Quiz:
    """Return the pre-test."""
    return Quiz.objects.get(grade_item__version=place.version_id, key="pretest")


# --- the rule ----------------------------------------------------------------------
@given(st.datetimes(), moments, moments)
def test_it_counts_exactly_if_nothing_began_before(handed_in, lessons, posttest):
    counts = pretest.counts_for_gain(
        handed_in, lessons_began_at=lessons, posttest_began_at=posttest
    )

    began = [moment for moment in (lessons, posttest) if moment]
    assert counts == (min([*began, handed_in]) == handed_in)


# --- actions and pages -------------------------------------------------------------
def test_it_is_offered_first_and_may_be_skipped(place, client_of, now):
    page = page_of(place, now)
    assert page.action.label == "Kerjakan pre-test"
    assert page.action.note == "Boleh dilewati: buka saja pelajaran pertama."
    assert str(OFFER) in page.steps[0].note
    assert str(OFFER) in quiz_page(quiz_of(place), place, now=now).rules
    her = client_of(place.person)
    html = her.get("/kursus/contoh/pelajaran/pelajaran-1/").content.decode()
    assert str(LAST_CALL) in html

    read_one(place, now)

    page = page_of(place, now)
    assert page.action.label == "Lanjutkan pelajaran 1.2"
    step = page.steps[0]
    assert (step.state, step.badge, step.note) == ("locked", "Dilewati", str(LOCKED))
    shown = quiz_page(quiz_of(place), place, now=now)
    assert (shown.can_start, shown.refusal) == (False, str(LOCKED))
    with pytest.raises(AttemptNotAllowed, match="pretest_locked"):
        start(enrollment=place, quiz_key="pretest", now=now)
    html = her.get("/kursus/contoh/pelajaran/pelajaran-2/").content.decode()
    assert str(LAST_CALL) not in html


def test_who_skipped_it_completes_and_reads_of_no_gain(place, world, now):
    read_lessons(enrollment=place, now=now)
    done = sit(enrollment=place, quiz_key="posttest", right=4, now=now)

    place.refresh_from_db()
    assert (place.completed_at, place.progress) == (now, 100)
    assert own_gain(load(done)) is None
    assert result_page(load(done), today=now.date()).gain is None
    assert page_of(place, now).steps[0].badge == "Dilewati"


def test_the_post_test_locks_it_too(place, now):
    place.version.lessons.update(is_required=False)
    start(enrollment=place, quiz_key="posttest", now=now)

    with pytest.raises(AttemptNotAllowed, match="pretest_locked"):
        start(enrollment=place, quiz_key="pretest", now=now)


def test_who_took_it_sees_it_done(place, now):
    sit(enrollment=place, quiz_key="pretest", right=1, now=now)
    read_one(place, now)

    assert page_of(place, now).steps[0].badge == "Selesai"
    refusal = quiz_page(quiz_of(place), place, now=now).refusal
    assert refusal == "Kuis ini sudah Anda kerjakan."


# --- no gain, anywhere -------------------------------------------------------------
def _late_pretest(place: Enrollment, now) -> Attempt:
    """Return a post-test; the pre-test came after the lessons, as it once could."""
    first = sit(enrollment=place, quiz_key="pretest", right=0, now=now)
    read_lessons(enrollment=place, now=now)
    done = sit(enrollment=place, quiz_key="posttest", right=4, now=now)
    Attempt.objects.filter(pk=first.pk).update(submitted_at=now + HOUR)
    return done


def test_a_pretest_after_the_fact_gives_no_gain(place, world, now):
    done = _late_pretest(place, now)
    reach = reach_of(world.people["hr"], now=now)

    assert first_pretest(place.pk) is None
    assert own_gain(load(done)) is None
    page = result_page(load(done), today=now.date())
    assert (page.gain, page.pretest_score) == (None, None)
    assert gain_figures(reach, place.course_id).of("").n == 0


def test_an_open_pretest_handed_in_after_a_lesson_gives_no_gain(place, now):
    started = start(enrollment=place, quiz_key="pretest", now=now)
    read_one(place, now + HOUR)
    late = submit_attempt(attempt_id=started.pk, by=place.person, now=now + 2 * HOUR)

    assert first_pretest(place.pk) is None
    note = result_page(load(late), today=now.date()).explanation_note
    assert "Peningkatan nilai tidak dihitung" in note


def test_only_a_pretest_that_counts_is_called_comparable(place, now):
    first = sit(enrollment=place, quiz_key="pretest", right=1, now=now)

    assert (
        "dapat dibandingkan"
        in result_page(load(first), today=now.date()).explanation_note
    )


@pytest.mark.parametrize("seed", range(4))
def test_sql_and_python_agree_on_who_has_a_gain(course, world, now, seed):
    chance = random.Random(seed)
    expected = []
    for _person in range(5):
        place = enroll(
            course=course, person=make_person(unit=world.section, now=now), now=now
        )
        right = chance.randint(0, 2)
        first = sit(enrollment=place, quiz_key="pretest", right=right, now=now)
        read_lessons(enrollment=place, now=now)
        sit(enrollment=place, quiz_key="posttest", right=3, now=now)
        _shuffle_times(place, first, now, chance)
        if first_pretest(place.pk) is not None:
            expected.append(50 * right)
    reach = reach_of(world.people["hr"], now=now)

    sums = gain_figures(reach, course.pk).of("")

    assert (sums.n, sums.before) == (len(expected), sum(expected))


def _shuffle_times(place: Enrollment, first: Attempt, now, chance) -> None:
    """Move the beginnings, as old records have them."""
    Attempt.objects.filter(pk=first.pk).update(
        submitted_at=now + chance.randint(0, 3) * HOUR
    )
    lessons = LessonCompletion.objects.filter(enrollment=place)
    for pk in lessons.values_list("pk", flat=True):
        _set_moment("courses_lessoncompletion", "completed_at", pk, now, chance)
    for pk in place.attempts.filter(quiz_key="posttest").values_list("pk", flat=True):
        Attempt.objects.filter(pk=pk).update(
            started_at=now + chance.randint(0, 3) * HOUR
        )


def _set_moment(table: str, column: str, pk: int, now, chance) -> None:
    """Write past the fact, which refuses to be edited."""
    moment = now + chance.randint(0, 3) * HOUR
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {column} = %s WHERE id = %s",
            [connection.ops.adapt_datetimefield_value(moment), pk],
        )

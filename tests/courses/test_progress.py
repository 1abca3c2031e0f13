"""What a person does on a course, and what follows from it at once."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import AuditRecord
from courses import actions
from courses.exceptions import LessonNotAvailable
from courses.models import Enrollment, GradeEntry, JpEntry
from courses.selectors.facts import current_grades
from courses.signals import enrollment_completed
from lib.facts import FactChanged
from tests.examples import some
from tests.factories import (
    complete,
    enroll,
    make_course,
    read_lessons,
    republish,
    sit,
)
from tests.undone import undone


def read(place: Enrollment, lesson: str, now) -> Enrollment:
    """Mark a lesson as done."""
    return actions.complete_lesson(
        enrollment_id=place.pk, lesson_key=lesson, by=place.person, now=now
    )


def grade(place: Enrollment, key: str, points: str, now) -> GradeEntry:
    """Record a grade out of 10."""
    return actions.record_grade(
        enrollment_id=place.pk,
        grade_item=place.version.grade_items.get(key=key),
        source=f"quiz:{key}",
        points=Decimal(points),
        max_points=Decimal(10),
        evidence="test",
        by=None,
        now=now,
    )


def stored(place: Enrollment) -> Enrollment:
    """Return the place as the database has it."""
    return Enrollment.objects.get(pk=place.pk)


@pytest.fixture
def completions() -> list[int]:
    """Collect what the one signal says."""
    heard: list[int] = []

    def listen(*, enrollment_id: int, is_new: bool, **kwargs) -> None:
        if is_new:
            heard.append(enrollment_id)

    enrollment_completed.connect(listen)
    yield heard
    enrollment_completed.disconnect(listen)


# --- lessons -----------------------------------------------------------------------
def test_reading_a_lesson_moves_progress_in_the_same_transaction(place, now):
    read(place, "pelajaran-1", now)

    # Of two lessons and the post-test; the pre-test was skipped.
    assert stored(place).progress == 33


def test_reading_a_lesson_twice_changes_nothing_but_when_she_was_seen(place, now):
    read(place, "pelajaran-1", now)
    before = AuditRecord.objects.count()

    read(place, "pelajaran-1", now + timedelta(days=1))

    assert place.lesson_completions.get().completed_at == now
    assert stored(place).last_seen_at == now + timedelta(days=1)
    assert AuditRecord.objects.count() == before


def test_a_lesson_that_her_version_does_not_have_is_refused(place, now):
    with pytest.raises(LessonNotAvailable, match="not_in_version"):
        read(place, "pelajaran-99", now)

    assert place.lesson_completions.count() == 0


# --- grades ------------------------------------------------------------------------
def test_the_same_grade_is_recorded_once(place, now):
    first = grade(place, "pretest", "5", now)
    second = grade(place, "pretest", "5.000", now + timedelta(hours=1))

    assert second == first
    assert GradeEntry.objects.count() == 1


def test_a_changed_grade_is_appended_and_the_latest_counts(place, now):
    grade(place, "pretest", "5", now)
    second = grade(place, "pretest", "7", now)

    assert second.revision == 2
    assert current_grades(place) == {"pretest": Decimal(70)}


def test_a_grade_is_never_edited(place, now):
    entry = grade(place, "pretest", "5", now)

    with pytest.raises(FactChanged):
        entry.save()


def test_shown_progress_does_not_fall_with_a_lower_grade(place, now):
    read(place, "pelajaran-1", now)
    grade(place, "posttest", "8", now)
    assert stored(place).progress == 66

    grade(place, "posttest", "1", now)

    assert stored(place).progress == 66


# --- completion --------------------------------------------------------------------
def test_completion_is_decided_in_the_transaction_of_the_last_step(
    course, place, now, completions
):
    sit(enrollment=place, quiz_key="pretest", right=0, now=now)
    read_lessons(enrollment=place, now=now)
    assert stored(place).completed_at is None

    later = now + timedelta(hours=1)
    sit(enrollment=place, quiz_key="posttest", right=3, now=later)

    done = stored(place)
    assert (done.completed_at, done.progress) == (later, 100)
    assert (done.completed_version, done.completion_rule) == (place.version, 2)
    assert done.final_percent == Decimal(75)
    assert completions == [place.pk]


def test_a_score_below_the_pass_mark_does_not_complete(place, now, completions):
    sit(enrollment=place, quiz_key="pretest", right=2, now=now)
    read_lessons(enrollment=place, now=now)
    sit(enrollment=place, quiz_key="posttest", right=2, now=now)

    assert stored(place).completed_at is None
    assert completions == []


def test_completion_is_never_taken_back_and_said_once(
    course, learner, now, completions
):
    place = complete(course=course, person=learner, now=now)

    grade(place, "posttest", "0", now + timedelta(days=1))

    done = stored(place)
    assert (done.completed_at, done.progress) == (now, 100)
    assert completions == [place.pk]


def test_the_order_of_the_steps_does_not_matter(place, now, completions):
    grade(place, "posttest", "9", now)
    assert stored(place).completed_at is None

    read_lessons(enrollment=place, now=now)

    assert stored(place).completed_at == now
    assert completions == [place.pk]


# --- JP ----------------------------------------------------------------------------
def test_completing_earns_the_versions_jp_once(course, learner, now):
    place = complete(course=course, person=learner, now=now)

    actions.update_completion(stored(place), by=None, now=now)

    entry = JpEntry.objects.get(person=learner)
    assert (entry.jp, entry.year, entry.earned_on) == (1, 2026, date(2026, 11, 21))


def test_the_year_of_jp_is_the_year_where_the_person_is(course, learner, now):
    # New Year's Eve in Jakarta, New Year in Jayapura.
    eve = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    learner.time_zone = "Asia/Jayapura"
    learner.save(update_fields=["time_zone"])

    complete(course=course, person=learner, now=eve)

    entry = JpEntry.objects.get(person=learner)
    assert (entry.earned_on, entry.year) == (date(2027, 1, 1), 2027)


def test_the_same_course_in_a_new_cycle_earns_no_jp_again(course, learner, now):
    complete(course=course, person=learner, now=now)
    republish(course=course, change="cycle", now=now)

    second = complete(course=course, person=learner, now=now)

    assert (second.cycle, second.progress) == (2, 100)
    assert JpEntry.objects.filter(person=learner).count() == 1


def test_two_courses_earn_twice(world, learner, now):
    for key in ("satu", "dua"):
        complete(
            course=make_course(unit=world.agency, now=now, key=key),
            person=learner,
            now=now,
        )

    assert sum(entry.jp for entry in learner.jp_entries.all()) == 2


# --- any order, any repetition -----------------------------------------------------
steps = st.lists(
    st.one_of(
        st.tuples(st.just("read"), st.sampled_from(["pelajaran-1", "pelajaran-2"])),
        st.tuples(
            st.sampled_from(["pretest", "posttest"]),
            st.sampled_from(["0", "6.9", "7", "10"]),
        ),
    ),
    max_size=8,
)


@settings(
    max_examples=some(20),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=steps)
def test_progress_never_falls_and_completion_happens_once(
    course, place, now, completions, steps
):
    completions.clear()
    with undone():
        shown = [0]
        for what, value in [*steps, *steps[::-1]]:
            if what == "read":
                read(place, value, now)
            else:
                grade(place, what, value, now)
            shown.append(stored(place).progress)
        assert shown == sorted(shown)
        assert shown[-1] <= 100
        assert len(completions) == (shown[-1] == 100)
        assert JpEntry.objects.count() == len(completions)


def test_somebody_who_has_not_finished_has_no_completion(course, learner, now):
    place = enroll(course=course, person=learner, now=now)

    assert actions.update_completion(place, by=None, now=now) is False
    assert JpEntry.objects.count() == 0

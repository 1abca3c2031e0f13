"""More time and more attempts for one person: at once, and never taken back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditRecord
from lib.facts import FactChanged
from quizzes import actions
from quizzes.accommodations.actions import AccommodationContent
from quizzes.exceptions import AccommodationNotAccepted, AttemptNotAllowed
from quizzes.models import Accommodation, Attempt
from quizzes.taking import timing
from quizzes.taking.terms import terms_of
from tests.factories import enroll, make_course, sit, start

TIME, GRACE = timedelta(minutes=10), timedelta(minutes=1)


@pytest.fixture
def grant(learner, world, now):
    """Return a function that gives the learner something."""

    def grant(*, at=None, token=None, **over):
        return actions.grant_accommodation(
            person=learner,
            content=AccommodationContent(**{"reason": "Surat 12/2026", **over}),
            token=token or uuid4(),
            by=world.people["hr"],
            now=at or now,
        )

    return grant


def stored(attempt: Attempt) -> Attempt:
    """Return the attempt as the database has it."""
    return Attempt.objects.get(pk=attempt.pk)


# --- time --------------------------------------------------------------------------
def test_extra_time_counts_from_the_start(ready, course, grant, now):
    grant(course=course, quiz_key="posttest", extra_minutes=5)

    attempt = start(enrollment=ready, quiz_key="posttest", now=now)

    assert attempt.deadline_at == now + TIME + timedelta(minutes=5)
    assert attempt.closes_at == attempt.deadline_at + GRACE
    assert attempt.extra_seconds == 300


def test_time_and_percentages_add_up(ready, course, grant, now):
    grant(extra_percent=25)
    grant(course=course, extra_percent=25)
    grant(course=course, quiz_key="posttest", extra_minutes=2)

    attempt = start(enrollment=ready, quiz_key="posttest", now=now)

    assert attempt.deadline_at == now + TIME + timedelta(minutes=7)


def test_a_running_attempt_gets_its_time_at_once(attempt, course, grant, now):
    later = now + timedelta(minutes=9)

    grant(course=course, quiz_key="posttest", extra_minutes=5, at=later)

    after = stored(attempt)
    assert after.deadline_at == now + TIME + timedelta(minutes=5)
    assert after.closes_at == after.deadline_at + GRACE
    record = AuditRecord.objects.get(verb="quizzes.attempt.extended")
    assert record.object_id == attempt.pk
    assert record.detail["after"] == str(after.deadline_at)


def test_another_quiz_another_course_another_person_get_nothing(
    attempt, course, grant, world, now
):
    other = make_course(unit=world.agency, now=now, key="lain", pool=4)
    colleague = world.people["author"]
    place = enroll(course=course, person=colleague, now=now)
    hers = start(enrollment=place, quiz_key="pretest", now=now)

    grant(course=course, quiz_key="pretest", extra_minutes=5)
    grant(course=other, extra_minutes=5)

    assert stored(attempt).deadline_at == now + TIME
    quiz = attempt.quiz
    assert terms_of(quiz, colleague).extra == timing.NOTHING_MORE
    assert stored(hers).extra_seconds == 0


def test_an_attempt_that_was_handed_in_is_left_alone(ready, course, grant, now):
    done = sit(enrollment=ready, quiz_key="posttest", right=1, now=now)

    grant(course=course, quiz_key="posttest", extra_minutes=5)

    assert stored(done).deadline_at == done.deadline_at


def test_whoever_ran_out_of_time_and_was_not_handed_in_yet_goes_on(
    attempt, course, grant, now
):
    late = now + TIME + timedelta(minutes=2)

    grant(course=course, quiz_key="posttest", extra_minutes=10, at=late)

    assert not Attempt.objects.overdue(late).exists()
    again = start(enrollment=attempt.enrollment, quiz_key="posttest", now=late)
    assert again.pk == attempt.pk


# --- attempts ----------------------------------------------------------------------
def test_an_extra_attempt_opens_what_was_resting(ready, course, grant, now):
    for _ in range(3):
        sit(enrollment=ready, quiz_key="posttest", right=0, now=now)
    with pytest.raises(AttemptNotAllowed, match="resting"):
        start(enrollment=ready, quiz_key="posttest", now=now)

    grant(course=course, quiz_key="posttest", extra_attempts=1)

    sit(enrollment=ready, quiz_key="posttest", right=0, now=now)
    with pytest.raises(AttemptNotAllowed, match="resting"):
        start(enrollment=ready, quiz_key="posttest", now=now)


# --- saying it twice, taking it back ----------------------------------------------
def test_the_same_form_twice_grants_once(course, grant):
    token = uuid4()

    first = grant(course=course, quiz_key="posttest", extra_minutes=5, token=token)
    again = grant(course=course, quiz_key="posttest", extra_minutes=5, token=token)

    assert first == again
    assert Accommodation.objects.count() == 1
    granted = AuditRecord.objects.filter(verb="quizzes.accommodation.granted")
    assert granted.count() == 1


def test_a_revoked_one_holds_no_more_but_takes_nothing_back(
    attempt, course, grant, world, now
):
    row = grant(course=course, quiz_key="posttest", extra_minutes=5)

    for _ in range(2):
        actions.revoke_accommodation(
            accommodation_id=row.pk,
            reason="Salah orang",
            by=world.people["hr"],
            now=now,
        )

    assert stored(attempt).deadline_at == now + TIME + timedelta(minutes=5)
    assert terms_of(attempt.quiz, attempt.person).extra == timing.NOTHING_MORE
    revoked = AuditRecord.objects.filter(verb="quizzes.accommodation.revoked")
    assert revoked.count() == 1


def test_an_accommodation_is_never_edited(course, grant):
    row = grant(course=course, extra_minutes=5)

    with pytest.raises(FactChanged):
        row.save()
    with pytest.raises(FactChanged):
        Accommodation.objects.update(extra_seconds=0)


# --- refusals ----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({}, "nothing"),
        ({"extra_minutes": 5, "reason": "  "}, "no_reason"),
        ({"extra_attempts": 1}, "attempts_need_a_quiz"),
        ({"extra_minutes": 24 * 60 + 1}, "too_much"),
        ({"extra_percent": 301}, "too_much"),
        ({"extra_minutes": -1, "extra_percent": 5}, "too_much"),
    ],
)
def test_what_makes_no_sense_is_refused(grant, over, code):
    with pytest.raises(AccommodationNotAccepted) as refused:
        grant(**over)

    assert refused.value.code == code
    assert Accommodation.objects.count() == 0


@pytest.mark.parametrize(
    "over",
    [
        {"extra_seconds": 0},
        {"extra_seconds": 86_401},
        {"reason": ""},
        {"quiz_key": "posttest"},
        {"extra_attempts": 1},
    ],
)
def test_the_database_refuses_it_too(learner, now, over):
    content = {"extra_seconds": 60, "reason": "Surat 12/2026", **over}

    with pytest.raises(IntegrityError), transaction.atomic():
        Accommodation.objects.create(
            person=learner, token=uuid4(), granted_at=now, **content
        )


# --- what cannot be granted --------------------------------------------------------
def test_a_quiz_without_its_course_is_refused_with_a_reason(grant):
    with pytest.raises(AccommodationNotAccepted, match="quiz_needs_a_course"):
        grant(quiz_key="posttest", extra_minutes=5)

    assert not Accommodation.objects.exists()


def test_a_quiz_that_the_course_does_not_have_is_refused(course, grant):
    with pytest.raises(AccommodationNotAccepted, match="unknown_quiz"):
        grant(course=course, quiz_key="ujian", extra_attempts=1)


def test_a_reason_that_does_not_fit_is_refused_and_not_cut(course, grant, world, now):
    row = grant(course=course, extra_minutes=5, reason="a" * 300)

    with pytest.raises(AccommodationNotAccepted, match="long_reason"):
        grant(course=course, extra_minutes=5, reason="a" * 301)
    with pytest.raises(AccommodationNotAccepted, match="long_reason"):
        actions.revoke_accommodation(
            accommodation_id=row.pk, reason="a" * 301, by=world.people["hr"], now=now
        )

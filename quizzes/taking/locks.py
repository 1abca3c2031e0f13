"""The locks of an attempt; which, how strongly, in which order: docs/locking.md.

Enrolment and attempt are locked in one statement, in this order: the order of `of` is
that in which PostgreSQL takes them. Both come as they are under the lock, also where
one was waited for; whatever else is joined comes as it was before.
"""

from uuid import UUID

from django.db.models import F, QuerySet

from courses.models import Enrollment
from lib.written_once import written_once
from quizzes.models import Attempt
from quizzes.taking.tokens import Bearer

# What a save asks of an attempt.
_TO_SAVE = ("key", "state", "started_at", "deadline_at", "closes_at")


def locked_attempt(attempt_id: int) -> Attempt:
    """Return an attempt under its locks: the enrolment's first, then its own.

    One statement; enrolment, person, quiz and grade item are at hand. Raises
    Attempt.DoesNotExist.
    """
    # One without an enrolment has nothing but itself to lock.
    attempt = _only(_with_place(attempt_id) or _alone(attempt_id))
    if attempt.enrollment is not None:
        attempt.person = attempt.enrollment.person
    return attempt


def locked_to_save(attempt_id: int) -> Attempt:
    """Return an attempt under its locks, with what a save asks of it.

    As `locked_attempt`; its person's time zone is at hand as `zone`.
    """
    return _only(_to_save(attempt_id) or _to_save_alone(attempt_id))


def locked_to_save_by(bearer: Bearer) -> Attempt:
    """Return the attempt of a token's bearer as `locked_to_save` does.

    Raises Attempt.DoesNotExist where she has no such attempt.
    """
    key, person = bearer.attempt_key, bearer.person_id
    return _only(_to_save_by(key, person) or _to_save_alone_by(key, person))


def locked_place(enrollment_id: int) -> Enrollment:
    """Lock an enrolment and return it; its person is at hand."""
    for enrollment in _place(enrollment_id):
        return enrollment
    raise Enrollment.DoesNotExist


@written_once
def _place(enrollment_id: int) -> "QuerySet[Enrollment]":
    # Without its version: a publication may just be moving it to another one.
    places = Enrollment.objects.select_for_update(of=("self",), no_key=True)
    return places.select_related("person").filter(pk=enrollment_id)


def _only(rows: list[Attempt]) -> Attempt:
    for attempt in rows:
        return attempt
    raise Attempt.DoesNotExist


def _locked_with_place() -> "QuerySet[Attempt]":
    # An enrolment is its attempts' person's. Asked for, so that the join is an inner
    # one: of an outer one no row can be locked.
    both = Attempt.objects.select_for_update(of=("enrollment", "self"), no_key=True)
    found: QuerySet[Attempt] = both.filter(enrollment__person=F("person"))
    # Without its version: a publication may just be moving it to another one.
    return found


def _locked_alone() -> "QuerySet[Attempt]":
    found: QuerySet[Attempt] = Attempt.objects.select_for_update(
        of=("self",), no_key=True
    )
    return found


@written_once
def _with_place(attempt_id: int) -> "QuerySet[Attempt]":
    rows = _locked_with_place().select_related(
        # The quiz of an attempt never changes.
        "enrollment__person",
        "quiz__grade_item",
    )
    return rows.filter(pk=attempt_id)


@written_once
def _alone(attempt_id: int) -> "QuerySet[Attempt]":
    return _locked_alone().filter(pk=attempt_id)


@written_once
def _to_save(attempt_id: int) -> "QuerySet[Attempt]":
    return _for_a_save(_locked_with_place()).filter(pk=attempt_id)


@written_once
def _to_save_by(key: UUID, person_id: int) -> "QuerySet[Attempt]":
    return _for_a_save(_locked_with_place()).filter(key=key, person=person_id)


@written_once
def _to_save_alone(attempt_id: int) -> "QuerySet[Attempt]":
    return _for_a_save(_locked_alone()).filter(pk=attempt_id)


@written_once
def _to_save_alone_by(key: UUID, person_id: int) -> "QuerySet[Attempt]":
    return _for_a_save(_locked_alone()).filter(key=key, person=person_id)


def _for_a_save(rows: "QuerySet[Attempt]") -> "QuerySet[Attempt]":
    # Of the enrolment only what must be there for its row to be locked.
    found = rows.select_related("enrollment").only(*_TO_SAVE, "enrollment__id")
    return found.annotate(zone=F("person__time_zone"))

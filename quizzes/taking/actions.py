"""Starting and handing in an attempt. The only place that assigns `state`.

Each verb is one transaction. Order of locks: docs/locking.md.
"""

from datetime import datetime

from accounts import audit
from accounts.models import User
from courses import actions as courses_actions
from courses.models import Enrollment
from courses.selectors.facts import required_lessons_done
from lib.transactions import atomic_with_retry
from quizzes.kinds import Refusal
from quizzes.marking import papers
from quizzes.models import Attempt, AttemptItem, Quiz
from quizzes.practice.cards import note_misses
from quizzes.questions import marking
from quizzes.taking import drawing, standing, timing
from quizzes.taking.paper import draw_paper
from quizzes.taking.refusals_in_words import refused
from quizzes.taking.rows import limits_of, sittings_of, submitted_attempts
from quizzes.taking.terms import Terms, proven_password, set_deadline, terms_of


def _check_can_start(
    quiz: Quiz,
    enrollment: Enrollment,
    *,
    terms: Terms,
    proven: str,
    now: datetime,
) -> None:
    """Refuse a start with the reason. Raises AttemptNotAllowed.

    `proven` is the hash of the password that she knows.
    """
    state = standing.standing(
        limits_of(quiz, terms),
        sittings_of(submitted_attempts(enrollment, quiz.key)),
        lessons_done=required_lessons_done(enrollment),
        now=now,
    )
    if state.code:
        raise refused(state.code)
    if terms.password != proven:
        raise refused(Refusal.PASSWORD)


def start_attempt(
    *,
    quiz_id: int,
    enrollment_id: int,
    by: User,
    now: datetime,
    seed: int,
    password: str = "",
) -> Attempt:
    """Draw a paper and start the clock; an open attempt is returned instead.

    A double click is harmless. Everything that limits attempts is read under the
    lock of the enrolment. Raises AttemptNotAllowed.
    """
    quiz = Quiz.objects.select_related("grade_item__version").get(pk=quiz_id)
    # Before the lock: hashing is slow on purpose.
    proven = proven_password(quiz, password)
    return _start(quiz, enrollment_id, by=by, now=now, seed=seed, proven=proven)


@atomic_with_retry
def _start(
    quiz: Quiz,
    enrollment_id: int,
    *,
    by: User,
    now: datetime,
    seed: int,
    proven: str,
) -> Attempt:
    # Without its version: a publication may just be moving it to another one.
    enrollments = Enrollment.objects.select_for_update(of=("self",), no_key=True)
    enrollment = enrollments.select_related("person").get(pk=enrollment_id)
    if enrollment.state != Enrollment.State.ACTIVE:
        raise refused(Refusal.WITHDRAWN)
    opened = _open_attempt(quiz, enrollment, now=now)
    if opened:
        return opened
    terms = terms_of(quiz, enrollment.person)
    _check_can_start(quiz, enrollment, terms=terms, proven=proven, now=now)
    attempt = _create_attempt(quiz, enrollment, terms, now=now, seed=seed)
    audit.record(
        "quizzes.attempt.started", attempt, by=by, now=now, number=attempt.number
    )
    return attempt


def _open_attempt(
    quiz: Quiz, enrollment: Enrollment, *, now: datetime
) -> Attempt | None:
    """Return the attempt to go on with; hand in one whose time is over."""
    opened: Attempt | None = (
        Attempt.objects.select_for_update(no_key=True)
        .open()
        .filter(enrollment=enrollment, quiz_key=quiz.key)
        .first()
    )
    if opened is None or opened.closes_at is None or now <= opened.closes_at:
        return opened
    _hand_in(opened, by=None, now=now)
    return None


def _create_attempt(
    quiz: Quiz,
    enrollment: Enrollment,
    terms: Terms,
    *,
    now: datetime,
    seed: int,
) -> Attempt:
    earlier = Attempt.objects.filter(enrollment=enrollment, quiz_key=quiz.key)
    slots = {slot.key: slot for slot in quiz.slots.all()}
    if not slots:
        raise refused(Refusal.NOT_READY)
    try:
        paper = draw_paper(quiz, seed=seed, earlier=earlier)
    except drawing.EmptyPool as empty:
        raise refused(Refusal.NOT_READY) from empty
    attempt = Attempt(
        person_id=enrollment.person_id,
        enrollment=enrollment,
        quiz=quiz,
        quiz_key=quiz.key,
        number=len(earlier) + 1,
        seed=seed,
        started_at=now,
        max_points=sum(slot.points for slot in slots.values()),
    )
    set_deadline(attempt, terms)
    attempt.save()
    AttemptItem.objects.bulk_create(
        AttemptItem(
            attempt=attempt,
            position=position,
            slot_key=drawn.slot_key,
            question_version_id=drawn.version_id,
            option_order=list(drawn.option_order),
            max_points=slots[drawn.slot_key].points,
        )
        for position, drawn in enumerate(paper, 1)
    )
    return attempt


@atomic_with_retry
def extend_attempt(*, attempt_id: int, by: User | None, now: datetime) -> bool:
    """Give a running attempt the time that today's terms allow it; never less."""
    return move_deadline(locked_attempt(attempt_id), by=by, now=now)


def move_deadline(attempt: Attempt, *, by: User | None, now: datetime) -> bool:
    """Move a running attempt's deadline to where today's terms put it, if later.

    Call it in a transaction that holds the locks of the enrolment and the attempt.
    """
    before = attempt.deadline_at
    if attempt.state != Attempt.State.IN_PROGRESS:
        return False
    set_deadline(attempt, terms_of(attempt.quiz, attempt.person))
    if not timing.is_later(attempt.deadline_at, before):
        return False
    attempt.save(update_fields=["deadline_at", "closes_at", "extra_seconds"])
    audit.record(
        "quizzes.attempt.extended",
        attempt,
        by=by,
        now=now,
        before=str(before),
        after=str(attempt.deadline_at),
    )
    return True


@atomic_with_retry
def submit_attempt(*, attempt_id: int, by: User | None, now: datetime) -> Attempt:
    """Hand an attempt in, mark it and let completion follow.

    The same function serves the person and the sweep of overdue attempts (`by` is
    None); whoever comes second gets what the first one made. The time of handing in
    never lies after the deadline.
    """
    attempt = locked_attempt(attempt_id)
    if attempt.state == Attempt.State.SUBMITTED:
        return attempt
    return _hand_in(attempt, by=by, now=now)


def locked_attempt(attempt_id: int) -> Attempt:
    """Return an attempt under its locks: the enrolment's first, then its own."""
    enrollment_id = Attempt.objects.values_list("enrollment_id", flat=True).get(
        pk=attempt_id
    )
    if enrollment_id:
        courses_actions.lock_enrollment(enrollment_id)
    attempt: Attempt = Attempt.objects.select_for_update(no_key=True).get(pk=attempt_id)
    return attempt


def _hand_in(attempt: Attempt, *, by: User | None, now: datetime) -> Attempt:
    ends = [moment for moment in (now, attempt.deadline_at) if moment is not None]
    attempt.submitted_at = min(ends)
    attempt.was_overdue = attempt.closes_at is not None and now > attempt.closes_at
    attempt.state = Attempt.State.SUBMITTED
    _store_marks(attempt, papers.marked_paper(attempt))
    audit.record(
        "quizzes.attempt.submitted",
        attempt,
        by=by,
        now=now,
        overdue=attempt.was_overdue,
    )
    note_misses(attempt, keys_are_open=_keys_are_open(attempt), now=now)
    _record_grade(attempt, by=by, now=now)
    return attempt


def mark_again(attempt: Attempt, *, by: User | None, now: datetime) -> bool:
    """Mark a submitted attempt anew, after a late save or a repair.

    Its percentage only rises; says whether it did. Call it in a transaction that
    holds the locks of the enrolment and the attempt.
    """
    before, most = attempt.points, attempt.max_points
    if before is None:
        raise AssertionError("A submitted attempt has points.")
    paper = papers.marked_paper(attempt)
    if not paper.mark.is_better_than(before, most):
        return False
    _store_marks(attempt, paper)
    audit.record(
        "quizzes.attempt.raised",
        attempt,
        by=by,
        now=now,
        before=f"{before}/{most}",
        after=f"{attempt.points}/{attempt.max_points}",
    )
    note_misses(attempt, keys_are_open=_keys_are_open(attempt), now=now)
    _record_grade(attempt, by=by, now=now)
    return True


def _store_marks(attempt: Attempt, paper: papers.MarkedPaper) -> None:
    for item, marked in zip(paper.items, paper.mark.items, strict=True):
        item.points, item.left_out = marked.points, marked.left_out
    AttemptItem.objects.bulk_update(paper.items, ["points", "left_out"])
    attempt.points = paper.mark.points
    attempt.max_points = paper.mark.max_points
    attempt.save(
        update_fields=["points", "max_points", "state", "submitted_at", "was_overdue"]
    )


def _keys_are_open(attempt: Attempt) -> bool:
    quiz = attempt.quiz
    if attempt.enrollment is None:
        return False
    submitted = submitted_attempts(attempt.enrollment, attempt.quiz_key)
    return standing.may_see_keys(
        quiz.review,
        limits_of(quiz, terms_of(quiz, attempt.person)),
        sittings_of(submitted),
        purpose=quiz.purpose,
    )


def _record_grade(attempt: Attempt, *, by: User | None, now: datetime) -> None:
    enrollment, item = attempt.enrollment, attempt.quiz.grade_item
    if enrollment is None or item is None:
        return
    attempts = submitted_attempts(enrollment, attempt.quiz_key)
    scores = [sitting.percent for sitting in sittings_of(attempts)]
    counting = attempts[marking.counting_index(attempt.quiz.counting, scores)]
    if counting.points is None:
        raise AssertionError("A submitted attempt has points.")
    courses_actions.record_grade(
        enrollment_id=enrollment.pk,
        grade_item=item,
        source=f"quiz:{attempt.quiz_key}",
        evidence=f"attempt:{counting.key}",
        points=counting.points,
        max_points=counting.max_points,
        by=by,
        now=now,
    )

"""Starting, handing in and marking an attempt. The only place that assigns `state`.

Marking is the last thing that happens to an attempt's answers: `_mark` makes the first
score there is and closes the door in the same transaction. What follows from that
stands in docs/late-answers.md. Each verb is one transaction. Order of locks:
docs/locking.md.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, QuerySet
from django.utils.translation import gettext as _

from accounts import audit
from accounts.access import below_q
from accounts.models import User
from courses.models import Enrollment, Outage
from lib.moments import not_before
from lib.transactions import atomic_with_retry
from lib.written_once import append, append_all, written_once
from quizzes.exceptions import HandInRefused
from quizzes.kinds import Refusal
from quizzes.marking import papers
from quizzes.marking.rows import stored_saves
from quizzes.models import (
    Attempt,
    AttemptItem,
    Quiz,
    QuizCondition,
    QuizSlot,
    ResponseSave,
)
from quizzes.questions import marking
from quizzes.taking import devices, drawing, standing, timing
from quizzes.taking.grading import decide, grade
from quizzes.taking.locks import locked_attempt, locked_place
from quizzes.taking.paper import draw_paper
from quizzes.taking.refusals_in_words import refused
from quizzes.taking.rows import (
    is_locked_pretest,
    lessons_done,
    limits_of,
    sittings_of,
)
from quizzes.taking.terms import Terms, proven_password, set_deadline, terms_of


def _check_can_start(
    quiz: Quiz,
    enrollment: Enrollment,
    limits: standing.Limits,
    earlier: Sequence[Attempt],
    *,
    now: datetime,
) -> None:
    """Refuse a start with the reason. Raises AttemptNotAllowed."""
    state = standing.standing(
        limits,
        sittings_of(earlier),
        lessons_done=not limits.opens_after_lessons or lessons_done(enrollment),
        now=now,
        is_finished=enrollment.completed_at is not None,
        is_locked=is_locked_pretest(quiz, enrollment),
    )
    if state.code:
        raise refused(state.code)


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
    quiz = _quiz(quiz_id)
    # Before the lock: hashing is slow on purpose.
    proven = proven_password(quiz, password)
    return _start(quiz, enrollment_id, by=by, now=now, seed=seed, proven=proven)


def _quiz(quiz_id: int) -> Quiz:
    for quiz in _quiz_with_version(quiz_id):
        return quiz
    raise Quiz.DoesNotExist


@written_once
def _quiz_with_version(quiz_id: int) -> "QuerySet[Quiz]":
    return Quiz.objects.select_related("grade_item__version").filter(pk=quiz_id)


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
    enrollment = locked_place(enrollment_id)
    if enrollment.state != Enrollment.State.ACTIVE:
        raise refused(Refusal.WITHDRAWN)
    earlier = _attempts_at(enrollment.pk, quiz.key)
    if any(one.state != Attempt.State.SUBMITTED for one in earlier):
        opened = _open_attempt(quiz, enrollment, now=now)
        if opened:
            return opened
        earlier = _attempts_at(enrollment.pk, quiz.key)
    terms = terms_of(quiz, enrollment.person)
    limits = limits_of(quiz, terms)
    _check_can_start(quiz, enrollment, limits, earlier, now=now)
    if terms.password != proven:
        raise refused(Refusal.PASSWORD)
    attempt = _create_attempt(
        quiz,
        enrollment,
        terms,
        earlier,
        now=now,
        seed=seed,
        pass_mark=limits.pass_mark,
    )
    audit.record(
        "quizzes.attempt.started", attempt, by=by, now=now, number=attempt.number
    )
    return attempt


@written_once
def _attempts_at(enrollment_id: int, quiz_key: str) -> "QuerySet[Attempt]":
    """Find the person's attempts at a quiz, oldest first, across versions."""
    found: QuerySet[Attempt] = Attempt.objects.filter(
        enrollment=enrollment_id, quiz_key=quiz_key
    ).order_by("number")
    return found


def _open_attempt(
    quiz: Quiz, enrollment: Enrollment, *, now: datetime
) -> Attempt | None:
    """Return the attempt to go on with, or whose answers are waited for."""
    opened: Attempt | None = (
        Attempt.objects.select_for_update(no_key=True)
        .unmarked()
        .filter(enrollment=enrollment, quiz_key=quiz.key)
        .first()
    )
    if opened is None or devices.answering_of(opened).is_open(now):
        return opened
    ended = _end(opened, by=None, now=now)
    return None if ended.state == Attempt.State.SUBMITTED else ended


def _create_attempt(
    quiz: Quiz,
    enrollment: Enrollment,
    terms: Terms,
    earlier: Sequence[Attempt],
    *,
    now: datetime,
    seed: int,
    pass_mark: Decimal | None,
) -> Attempt:
    slots = {slot.key: slot for slot in _slots(quiz.pk)}
    if not slots:
        raise refused(Refusal.NOT_READY)
    try:
        paper = draw_paper(quiz, list(slots.values()), seed=seed, earlier=earlier)
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
        pass_mark=pass_mark,
    )
    set_deadline(attempt, terms)
    append(attempt)
    append_all(
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


@written_once
def _slots(quiz_id: int) -> "QuerySet[QuizSlot]":
    return QuizSlot.objects.filter(quiz=quiz_id)


def attempts_to_extend() -> list[int]:
    """Return the running attempts whose quiz got other conditions since they began.

    Also those of people whose unit was said to have an outage since.

    What a message says once, the sweep says again: whether there is more time for
    them is `extend_attempt`'s answer.
    """
    changed = QuizCondition.objects.filter(
        course=OuterRef("enrollment__course"),
        quiz_key=OuterRef("quiz_key"),
        updated_at__gte=OuterRef("started_at"),
    )
    running = Attempt.objects.open()
    found = set(running.filter(Exists(changed)).values_list("pk", flat=True))
    began = running.aggregate(first=Min("started_at"))["first"]
    for outage in Outage.objects.filter(declared_at__gte=began) if began else ():
        hers = running.filter(
            below_q(outage.unit.path or "", to_unit="person__unit"),
            started_at__lte=outage.declared_at,
        )
        found.update(hers.values_list("pk", flat=True))
    return sorted(found)


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
def submit_attempt(
    *,
    attempt_id: int,
    by: User | None,
    now: datetime,
    named: Mapping[UUID, int] | None = None,
    waits_for_log: bool = False,
) -> Attempt:
    """Hand an attempt in; whoever comes second gets what the first one made.

    Before the deadline it is the person's word: her answers are marked at once and
    nothing that arrives later counts. So that no answer is lost, a hand-in that
    `waits_for_log` names the last sequence of each device it knows (`named`; None where
    no script ran) and is refused while the server lacks one of them.
    From the deadline on it is the system's, whoever knocks: where a device may still
    hold answers said in time, the attempt is closed and marked once nothing can arrive
    any more, or when the person asks (`mark_closed_attempt`). The time of handing in
    never lies after the deadline. Raises HandInRefused.
    """
    attempt = locked_attempt(attempt_id)
    if attempt.state == Attempt.State.SUBMITTED:
        return attempt
    if attempt.state == Attempt.State.CLOSED or _is_over(attempt, now):
        return _end(attempt, by=by, now=now)
    rows = stored_saves(attempt)
    if waits_for_log:
        _check_log_arrived(attempt, rows, named)
    _note_end(attempt, now=now)
    return _mark(attempt, rows, by=by, now=now)


@atomic_with_retry
def end_attempt(*, attempt_id: int, by: User | None, now: datetime) -> Attempt:
    """End an attempt whose deadline and grace have passed; others are left as they are.

    For whoever finds one and may have looked before its deadline was moved: the beat,
    a page that is opened. A closed attempt is marked once nothing can arrive any more.
    """
    attempt = locked_attempt(attempt_id)
    is_open = devices.answering_of(attempt).is_open(now)
    if attempt.state == Attempt.State.SUBMITTED or is_open:
        return attempt
    return _end(attempt, by=by, now=now)


@atomic_with_retry
def mark_closed_attempt(*, attempt_id: int, by: User, now: datetime) -> Attempt:
    """Mark a closed attempt now, because its person wants to see the result.

    What arrives later is kept and does not count. Anything but a closed attempt is
    returned as it is.
    """
    attempt = locked_attempt(attempt_id)
    if attempt.state != Attempt.State.CLOSED:
        return attempt
    return _mark(attempt, stored_saves(attempt), by=by, now=now)


def _is_over(attempt: Attempt, now: datetime) -> bool:
    return attempt.deadline_at is not None and now >= attempt.deadline_at


def _check_log_arrived(
    attempt: Attempt, rows: Sequence[ResponseSave], named: Mapping[UUID, int] | None
) -> None:
    """Refuse a hand-in while answers of a device it knows have not arrived."""
    if named is None:
        is_missing = devices.are_known(attempt)
    else:
        is_missing = not devices.have_arrived(rows, named)
    if is_missing:
        raise HandInRefused(
            "log_missing",
            _(
                "Mungkin masih ada jawaban di perangkat ini yang belum sampai. Tunggu "
                "sampai tertulis “Semua terkirim”, lalu kirim lagi."
            ),
        )


def _end(attempt: Attempt, *, by: User | None, now: datetime) -> Attempt:
    """End an attempt whose time is over: mark it, or wait for answers said in time."""
    is_new = attempt.state == Attempt.State.IN_PROGRESS
    if is_new:
        _note_end(attempt, now=now)
    may_come = devices.answering_of(attempt).waits(now) and devices.are_known(attempt)
    if not may_come:
        return _mark(attempt, stored_saves(attempt), by=by, now=now)
    if is_new:
        attempt.state = Attempt.State.CLOSED
        attempt.save(update_fields=["state", "submitted_at", "was_overdue"])
        audit.record("quizzes.attempt.closed", attempt, by=by, now=now)
    return attempt


def _note_end(attempt: Attempt, *, now: datetime) -> None:
    ends = [moment for moment in (now, attempt.deadline_at) if moment is not None]
    attempt.submitted_at = not_before(min(ends), attempt.started_at)
    attempt.was_overdue = attempt.closes_at is not None and now > attempt.closes_at


def _mark(
    attempt: Attempt, rows: Sequence[ResponseSave], *, by: User | None, now: datetime
) -> Attempt:
    """Make the first score of an attempt; from here on no answer counts any more.

    `rows` are all its saves, read under its lock.
    """
    attempt.state = Attempt.State.SUBMITTED
    paper = papers.marked_paper(attempt, rows=rows)
    attempts = _store_marks(attempt, paper, holds=False)
    audit.record(
        "quizzes.attempt.submitted",
        attempt,
        by=by,
        now=now,
        overdue=attempt.was_overdue,
    )
    grade(attempt, attempts, by=by, now=now)
    return attempt


def mark_again(
    attempt: Attempt,
    *,
    by: User | None,
    now: datetime,
    ignoring: Collection[int] = (),
) -> bool:
    """Mark a submitted attempt anew, after a repair or an accepted late answer.

    Its score only rises, and so does the grade; says whether it did. `ignoring` are
    the ids of repairs that are left for later. Call it in a transaction that holds the
    locks of the enrolment and the attempt.
    """
    before, most = attempt.points, attempt.max_points
    if before is None:
        raise AssertionError("A submitted attempt has points.")
    paper = papers.marked_paper(attempt, ignoring=ignoring)
    if not paper.mark.is_better_than(before, most):
        # What was said may have changed, and item analysis looks at that too.
        attempt.markings += 1
        attempt.save(update_fields=["markings"])
        return False
    attempts = _store_marks(attempt, paper, holds=True)
    audit.record(
        "quizzes.attempt.raised",
        attempt,
        by=by,
        now=now,
        before=f"{before}/{most}",
        after=f"{attempt.points}/{attempt.max_points}",
    )
    grade(attempt, attempts, by=by, now=now)
    return True


def restore_marks(attempt: Attempt, *, now: datetime) -> None:
    """Store the marks that answers and repairs give, for marks that do not add up.

    The one way in which a score may fall: what was stored cannot have been earned. The
    grade that stands is only given up for a higher one. Call it in a transaction that
    holds the locks of the enrolment and the attempt.
    """
    before = attempt.points
    attempts = _store_marks(attempt, papers.marked_paper(attempt), holds=True)
    audit.record(
        "quizzes.attempt.restored",
        attempt,
        by=None,
        now=now,
        before=str(before),
        after=str(attempt.points),
    )
    grade(attempt, attempts, by=None, now=now)


def _store_marks(
    attempt: Attempt, paper: papers.MarkedPaper, *, holds: bool
) -> list[Attempt]:
    """Store marks, and with them which attempt counts; return those handed in."""
    for item, marked in zip(paper.items, paper.mark.items, strict=True):
        item.share, item.left_out = marked.share, marked.left_out
    # All are there: an upsert, because it costs a third of what bulk_update does.
    AttemptItem.objects.bulk_create(
        paper.items,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=["share_numerator", "share_denominator", "left_out"],
    )
    attempt.points = paper.mark.points
    attempt.max_points = paper.mark.max_points
    attempt.percent = marking.percent(attempt.points, attempt.max_points)
    attempt.markings += 1
    attempts = decide(attempt, holds=holds)
    attempt.save(
        update_fields=[
            "is_counted",
            "points",
            "max_points",
            "percent",
            "markings",
            "state",
            "submitted_at",
            "was_overdue",
        ]
    )
    return attempts

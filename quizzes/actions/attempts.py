"""Starting and handing in an attempt. The only place that assigns `state`.

Each verb is one transaction. Lock order: Enrollment, Attempt, then what
`courses.actions` locks.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from courses import actions as courses_actions
from courses.models import Enrollment
from courses.selectors.facts import done_lesson_keys
from quizzes import drawing, marking, selectors, starting
from quizzes.exceptions import AttemptNotAllowed
from quizzes.models import Attempt, AttemptItem, QuestionVersion, Quiz

_REFUSALS = {
    "lessons_first": "Selesaikan semua pelajaran wajib dulu, lalu kerjakan post-test.",
    "already_passed": "Anda sudah lulus. Tidak perlu mengerjakan lagi.",
    "no_attempts_left": "Semua kesempatan sudah dipakai.",
    "resting": "Beri jeda dulu. Baca lagi bagian yang perlu dikuatkan.",
    "not_ready": "Soal kuis ini belum lengkap. Hubungi pengelola kursus.",
}


def check_can_start(
    quiz: Quiz, enrollment: Enrollment, *, now: datetime
) -> starting.Standing:
    """Return where the person stands, or raise AttemptNotAllowed with the reason."""
    state = starting.standing(
        selectors.rules_of(quiz),
        selectors.sittings_of(selectors.submitted_attempts(enrollment, quiz.key)),
        lessons_done=required_lessons_done(enrollment),
        now=now,
    )
    if state.code:
        raise AttemptNotAllowed(state.code, _(_REFUSALS[state.code]))
    return state


def required_lessons_done(enrollment: Enrollment) -> bool:
    """Say whether every required lesson of the person's version is done."""
    required = enrollment.version.lessons.filter(is_required=True)
    return set(required.values_list("key", flat=True)) <= done_lesson_keys(enrollment)


@transaction.atomic
def start_attempt(
    *, quiz_id: int, enrollment_id: int, by: User, now: datetime, seed: int
) -> Attempt:
    """Draw a paper and start the clock; an open attempt is returned instead.

    A double click is harmless. Locks the enrolment. Raises AttemptNotAllowed.
    """
    # Without its version: a publication may just be moving it to another one.
    enrollment = Enrollment.objects.select_for_update().get(pk=enrollment_id)
    quiz = Quiz.objects.select_related("grade_item").get(pk=quiz_id)
    if enrollment.state != Enrollment.State.ACTIVE:
        raise AttemptNotAllowed("withdrawn", _("Ikuti kursus ini dulu."))
    opened = (
        Attempt.objects.open().filter(enrollment=enrollment, quiz_key=quiz.key).first()
    )
    if opened and (opened.closes_at is None or now <= opened.closes_at):
        return opened
    if opened:
        _hand_in(opened, by=None, now=now)
    check_can_start(quiz, enrollment, now=now)
    attempt = _create_attempt(quiz, enrollment, by=by, now=now, seed=seed)
    audit.record(
        "quizzes.attempt.started", attempt, by=by, now=now, number=attempt.number
    )
    return attempt


def _create_attempt(
    quiz: Quiz, enrollment: Enrollment, *, by: User, now: datetime, seed: int
) -> Attempt:
    earlier = Attempt.objects.filter(enrollment=enrollment, quiz_key=quiz.key)
    slots = {slot.key: slot for slot in quiz.slots.all()}
    if not slots:
        raise AttemptNotAllowed("not_ready", _(_REFUSALS["not_ready"]))
    paper = _draw(quiz, seed=seed, earlier=list(earlier))
    deadline = None
    if quiz.time_limit_seconds:
        deadline = now + timedelta(seconds=quiz.time_limit_seconds)
    attempt = Attempt.objects.create(
        person_id=enrollment.person_id,
        enrollment=enrollment,
        quiz=quiz,
        quiz_key=quiz.key,
        number=len(earlier) + 1,
        seed=seed,
        started_at=now,
        deadline_at=deadline,
        closes_at=deadline + timedelta(seconds=quiz.grace_seconds)
        if deadline
        else None,
        max_points=sum(slot.points for slot in slots.values()),
    )
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


def _draw(quiz: Quiz, *, seed: int, earlier: list[Attempt]) -> list[drawing.Drawn]:
    slots = [
        drawing.Slot(
            key=slot.key,
            bank_id=slot.bank_id,
            question_id=slot.question_id,
            objective=slot.objective_key,
            levels=tuple(slot.levels),
        )
        for slot in quiz.slots.all()
    ]
    versions = (
        QuestionVersion.objects.drawable()
        .filter(question__bank_id__in={slot.bank_id for slot in slots})
        .select_related("question")
        .prefetch_related("options")
    )
    pool = [
        drawing.Candidate(
            version_id=version.pk,
            question_id=version.question_id,
            bank_id=version.question.bank_id,
            objective=version.objective_key,
            level=version.level,
            option_keys=tuple(option.key for option in version.options.all()),
        )
        for version in versions
    ]
    seen = AttemptItem.objects.filter(attempt__in=earlier).values_list(
        "question_version__question_id", flat=True
    )
    try:
        return drawing.draw(
            slots,
            pool,
            seed=seed,
            seen=set(seen),
            shuffle_questions=quiz.shuffles_questions,
            shuffle_options=quiz.shuffles_options,
        )
    except drawing.EmptyPool as empty:
        raise AttemptNotAllowed("not_ready", _(_REFUSALS["not_ready"])) from empty


@transaction.atomic
def submit_attempt(*, attempt_id: int, by: User | None, now: datetime) -> Attempt:
    """Hand an attempt in, mark it and let completion follow.

    The same function serves the person and the sweep of overdue attempts (`by` is
    None); whoever comes second gets what the first one made. The time of handing in
    never lies after the deadline.
    """
    enrollment_id = Attempt.objects.values_list("enrollment_id", flat=True).get(
        pk=attempt_id
    )
    if enrollment_id:
        Enrollment.objects.select_for_update().get(pk=enrollment_id)
    attempt = Attempt.objects.select_for_update().get(pk=attempt_id)
    if attempt.state == Attempt.State.SUBMITTED:
        return attempt
    return _hand_in(attempt, by=by, now=now)


def _hand_in(attempt: Attempt, *, by: User | None, now: datetime) -> Attempt:
    ends = [moment for moment in (now, attempt.deadline_at) if moment is not None]
    attempt.submitted_at = min(ends)
    attempt.was_overdue = attempt.closes_at is not None and now > attempt.closes_at
    attempt.state = Attempt.State.SUBMITTED
    _store_marks(attempt, _marked_items(attempt))
    audit.record(
        "quizzes.attempt.submitted",
        attempt,
        by=by,
        now=now,
        overdue=attempt.was_overdue,
    )
    _record_grade(attempt, by=by, now=now)
    return attempt


def mark_again(attempt: Attempt, *, by: User | None, now: datetime) -> Attempt:
    """Mark a submitted attempt anew after a late save; its score only rises.

    Call it in a transaction that holds the locks of the enrolment and the attempt.
    """
    before = attempt.points
    items = _marked_items(attempt)
    if before is not None and _total(items) <= before:
        return attempt
    _store_marks(attempt, items)
    audit.record(
        "quizzes.attempt.raised",
        attempt,
        by=by,
        now=now,
        before=str(before),
        after=str(attempt.points),
    )
    _record_grade(attempt, by=by, now=now)
    return attempt


def _marked_items(attempt: Attempt) -> list[AttemptItem]:
    saves = selectors.current_saves(attempt)
    items = selectors.items_with_questions(attempt)
    for item in items:
        save = saves.get(item.pk)
        mark = marking.mark_response(
            selectors.question_view(item.question_version),
            save.value if save else None,
        )
        item.points = marking.points_for(mark, item.max_points)
    return items


def _total(items: list[AttemptItem]) -> Decimal:
    return sum((item.points or Decimal(0) for item in items), Decimal(0))


def _store_marks(attempt: Attempt, items: list[AttemptItem]) -> None:
    AttemptItem.objects.bulk_update(items, ["points"])
    attempt.points = _total(items)
    attempt.save(update_fields=["points", "state", "submitted_at", "was_overdue"])


def _record_grade(attempt: Attempt, *, by: User | None, now: datetime) -> None:
    enrollment, item = attempt.enrollment, attempt.quiz.grade_item
    if enrollment is None or item is None:
        return
    attempts = selectors.submitted_attempts(enrollment, attempt.quiz_key)
    scores = [sitting.percent for sitting in selectors.sittings_of(attempts)]
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

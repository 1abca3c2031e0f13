"""From marked attempts to the grade: decided, stored and recorded at once."""

from collections.abc import Sequence
from datetime import datetime

from accounts.models import User
from courses import actions as courses_actions
from courses.models import CourseVersion, Enrollment
from lib.transactions import atomic_with_retry
from quizzes.models import Attempt, Quiz
from quizzes.practice.cards import note_misses
from quizzes.taking import standing
from quizzes.taking.counting import decided, rule_for, store_decision
from quizzes.taking.rows import limits_of, sittings_of, submitted_attempts
from quizzes.taking.terms import Terms, extra_of


def decide(attempt: Attempt, *, holds: bool) -> list[Attempt]:
    """Decide which attempt counts, now that this one is marked and not stored yet.

    Returns the attempts handed in, oldest first, this one among them as it is handed
    in here: it says whether it counts, and the caller stores that with its marks. Of
    the others that is stored. `holds` is that of `quizzes.taking.counting.decided`.
    Call it in the transaction that marks the attempt, under the enrolment's lock.
    """
    enrollment = attempt.enrollment
    if enrollment is None:
        return [attempt]
    stored = submitted_attempts(enrollment, attempt.quiz_key)
    others = [one for one in stored if one.pk != attempt.pk]
    attempts = sorted([*others, attempt], key=lambda one: one.number)
    _decide(enrollment, attempts, holds=holds, stores_later=attempt)
    return attempts


def grade(
    attempt: Attempt, attempts: Sequence[Attempt], *, by: User | None, now: datetime
) -> None:
    """Bring up what was missed, and record the grade, of a marked and stored attempt.

    `attempts` are those of `decide`. Call it in the same transaction.
    """
    enrollment = attempt.enrollment
    if enrollment is None:
        return
    keys_are_open = _keys_are_open(attempt.quiz, enrollment, attempts)
    note_misses(attempt, keys_are_open=keys_are_open, now=now)
    (counting,) = (one for one in attempts if one.is_counted)
    _record(counting, enrollment, by=by, now=now)


@atomic_with_retry
def recount(
    *, enrollment_id: int, quiz_key: str, by: User | None, now: datetime
) -> Attempt | None:
    """Decide anew which attempt counts, by the rule of her version; never for less.

    Returns it, None where nothing was handed in. Locks the enrolment.
    """
    enrollment = courses_actions.lock_enrollment(enrollment_id)
    attempts = submitted_attempts(enrollment, quiz_key)
    if not attempts:
        return None
    counting = _decide(enrollment, attempts, holds=True)
    _record(counting, enrollment, by=by, now=now)
    return counting


def recount_moved(
    *, source: CourseVersion, target: CourseVersion, by: User | None, now: datetime
) -> int:
    """Recount quizzes whose rule `target` changed, for whoever was moved to it.

    Returns for how many. Call it in the transaction that published `target`.
    """
    before = dict(Quiz.objects.of_version(source.pk).values_list("key", "counting"))
    after = dict(Quiz.objects.of_version(target.pk).values_list("key", "counting"))
    changed = [key for key, rule in after.items() if before.get(key, rule) != rule]
    sat = Attempt.objects.submitted().filter(
        enrollment__version=target, quiz_key__in=changed
    )
    pairs = sat.order_by("enrollment_id", "quiz_key")
    moved = list(pairs.values_list("enrollment_id", "quiz_key").distinct())
    for enrollment_id, quiz_key in moved:
        recount(enrollment_id=enrollment_id, quiz_key=quiz_key, by=by, now=now)
    return len(moved)


def _decide(
    enrollment: Enrollment,
    attempts: Sequence[Attempt],
    *,
    holds: bool,
    stores_later: Attempt | None = None,
) -> Attempt:
    rule = rule_for(enrollment, attempts)
    percents = [sitting.percent for sitting in sittings_of(attempts)]
    index = decided(attempts, rule, percents=percents, holds=holds)
    store_decision(attempts, index, stores_later=stores_later)
    return attempts[index]


def _keys_are_open(
    quiz: Quiz, enrollment: Enrollment, attempts: Sequence[Attempt]
) -> bool:
    # No window: what it shuts has no say about keys.
    extra = extra_of(
        person_id=enrollment.person_id,
        course_id=enrollment.course_id,
        quiz_key=quiz.key,
    )
    return standing.may_see_keys(
        quiz.review,
        limits_of(quiz, Terms(extra=extra)),
        sittings_of(attempts),
        purpose=quiz.purpose,
    )


def _record(
    counting: Attempt, enrollment: Enrollment, *, by: User | None, now: datetime
) -> None:
    item = counting.quiz.grade_item
    if item is None:
        return
    if counting.points is None:
        raise AssertionError("A submitted attempt has points.")
    courses_actions.append_grade(
        enrollment,
        grade_item=item,
        source=f"quiz:{counting.quiz_key}",
        evidence=f"attempt:{counting.key}",
        points=counting.points,
        max_points=counting.max_points,
        pass_mark=counting.pass_mark,
        by=by,
        now=now,
    )

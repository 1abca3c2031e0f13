"""Which attempt gives the grade: decided here, and nowhere else.

The rule is that of the version the person is on, and of the one she finished once she
has finished. What was decided is stored (`Attempt.is_counted`, and the evidence of the
grade log), so that pages, reports and completion read one decision instead of making
their own.
"""

from collections.abc import Sequence
from decimal import Decimal

from courses.models import Enrollment
from lib.scores import passes
from quizzes.models import Attempt, Quiz
from quizzes.questions import marking


def counting_rule(enrollment: Enrollment, quiz_key: str) -> str | None:
    """Return the rule of the person's version; None where it has no such quiz.

    Whoever has finished is judged for ever by the version that she finished, also when
    better words have moved her past a version with another rule.
    """
    version_id = enrollment.completed_version_id or enrollment.version_id
    rule: str | None = (
        Quiz.objects.of_version(version_id)
        .filter(key=quiz_key)
        .values_list("counting", flat=True)
        .first()
    )
    return rule


def rule_for(enrollment: Enrollment, attempts: Sequence[Attempt]) -> str:
    """Return the rule that decides between attempts at a quiz, oldest first.

    As `counting_rule`, without a query where the person sat the quiz of the version
    that judges her; of a version without the quiz the last one sat. Their quizzes and
    grade items must be at hand.
    """
    judged_by = enrollment.completed_version_id or enrollment.version_id
    for one in reversed(attempts):
        item = one.quiz.grade_item
        if item is not None and item.version_id == judged_by:
            return one.quiz.counting
    last = attempts[-1]
    return counting_rule(enrollment, last.quiz_key) or last.quiz.counting


def decided(
    attempts: Sequence[Attempt], rule: str, *, percents: Sequence[Decimal], holds: bool
) -> int:
    """Return the index of the attempt that counts, of attempts oldest first.

    An attempt that passes, by the pass mark under which it began, is better than any
    that does not: pass marks may differ from version to version. With `holds` the
    attempt that stands is only given up for a better one: a repair, a late answer and
    a publication never lower a grade, whatever the rule is by then.
    """
    worth = [
        (one.pass_mark is not None and passes(percent, one.pass_mark), percent)
        for one, percent in zip(attempts, percents, strict=True)
    ]
    index = marking.counting_index(rule, worth)
    standing = next((i for i, one in enumerate(attempts) if one.is_counted), None)
    if holds and standing is not None and worth[standing] >= worth[index]:
        return standing
    return index


def store_decision(
    attempts: Sequence[Attempt], index: int, *, stores_later: Attempt | None = None
) -> None:
    """Store which of one person's attempts at a quiz counts.

    What is said of the attempt that `stores_later` is only set: its caller stores it.
    Call it in a transaction that holds the enrolment's lock.
    """
    counting = attempts[index]
    if counting.is_counted:
        return
    before = [one.pk for one in attempts if one.is_counted and one is not stores_later]
    if before:
        Attempt.objects.filter(pk__in=before).update(is_counted=False)
    if counting is not stores_later:
        Attempt.objects.filter(pk=counting.pk).update(is_counted=True)
    for one in attempts:
        one.is_counted = one is counting

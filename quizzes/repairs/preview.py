"""Whom a repair would touch: computed by the very marking that applying it uses."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import islice

from courses import completion
from courses.completion import Facts
from courses.kinds import RequirementKind
from courses.selectors.facts import completion_inputs
from lib.scores import exact_score
from quizzes.marking.papers import marked_papers, repair_view
from quizzes.models import Attempt, AttemptItem, QuestionVersion
from quizzes.questions import marking
from quizzes.questions.types import QuestionView
from quizzes.taking.counting import counting_rule, decided
from quizzes.taking.rows import sittings_of, submitted_attempts

_AT_ONCE = 500
# An exact score, and the pass mark under which its attempt began.
_Grade = tuple[Fraction, Decimal | None]


@dataclass(frozen=True)
class Change:
    """An attempt whose score would rise to `score`; before and after as shown."""

    attempt: Attempt
    before: Decimal
    after: Decimal
    score: Fraction


@dataclass(frozen=True)
class RepairPreview:
    """What applying a repair would do today.

    `passing` are people whose grade reaches the pass mark for the first time,
    `completing` those who complete the course by it and get JP and a certificate.
    """

    attempts: int
    people: int
    changes: Sequence[Change]
    rising: frozenset[int]
    passing: frozenset[int]
    completing: frozenset[int]


def preview_repair(
    version: QuestionVersion, kind: str, correction: QuestionVersion | None
) -> RepairPreview:
    """Mark every attempt that drew this wording as if it had been repaired so."""
    more = [repair_view(version.pk, kind, correction)]
    views: dict[int, QuestionView] = {}
    people: set[int] = set()
    changes: list[Change] = []
    count = 0
    for chunk in _chunks(version):
        papers = marked_papers(chunk, more=more, views=views)
        for attempt in chunk:
            count += 1
            people.add(attempt.person_id)
            mark = papers[attempt.pk].mark
            points = attempt.points
            if points is None or not mark.is_better_than(points, attempt.max_points):
                continue
            changes.append(
                Change(
                    attempt,
                    before=marking.percent(points, attempt.max_points),
                    after=marking.percent(mark.points, mark.max_points),
                    score=exact_score(mark.points, mark.max_points),
                )
            )
    passing, completing = _consequences(changes)
    return RepairPreview(
        attempts=count,
        people=len(people),
        changes=changes,
        rising=frozenset(change.attempt.person_id for change in changes),
        passing=passing,
        completing=completing,
    )


def _chunks(version: QuestionVersion) -> Iterator[list[Attempt]]:
    drew_it = AttemptItem.objects.filter(question_version=version).values("attempt")
    rows = (
        Attempt.objects.submitted()
        .filter(pk__in=drew_it)
        .select_related("quiz__grade_item", "enrollment__version")
        .order_by("pk")
        .iterator(_AT_ONCE)
    )
    while chunk := list(islice(rows, _AT_ONCE)):
        yield chunk


def _consequences(
    changes: Sequence[Change],
) -> tuple[frozenset[int], frozenset[int]]:
    """Return who passes for the first time, and who completes the course by it."""
    by_enrollment: dict[int, list[Change]] = defaultdict(list)
    for change in changes:
        if change.attempt.enrollment_id is not None:
            by_enrollment[change.attempt.enrollment_id].append(change)
    passing, completing = set(), set()
    for risen in by_enrollment.values():
        enrollment = risen[0].attempt.enrollment
        grades = _grades_after(risen)
        if enrollment is None or not grades:
            continue
        requirements, facts = completion_inputs(enrollment)
        after = _with_grades(facts, grades)
        if any(
            line.kind == RequirementKind.PASSED
            and completion.is_met(line, after)
            and not completion.is_met(line, facts)
            for line in requirements
        ):
            passing.add(enrollment.person_id)
        if enrollment.completed_at is None and completion.is_complete(
            requirements, after
        ):
            completing.add(enrollment.person_id)
    return frozenset(passing), frozenset(completing)


def _with_grades(facts: Facts, grades: Mapping[str, _Grade]) -> Facts:
    scores = {key: score for key, (score, _mark) in grades.items()}
    marks = {key: mark for key, (_score, mark) in grades.items() if mark}
    return replace(
        facts,
        grades={**facts.grades, **scores},
        pass_marks={**facts.pass_marks, **marks},
    )


def _grades_after(risen: Sequence[Change]) -> dict[str, _Grade]:
    """Return the grades of one enrolment, by item, after the rise."""
    after = {change.attempt.pk: change for change in risen}
    by_quiz = {change.attempt.quiz_key: change.attempt for change in risen}
    grades = {}
    for attempt in by_quiz.values():
        enrollment, item = attempt.enrollment, attempt.quiz.grade_item
        if enrollment is None or item is None:
            continue
        sat = submitted_attempts(enrollment, attempt.quiz_key)
        percents = [
            after[row.pk].after if row.pk in after else sitting.percent
            for row, sitting in zip(sat, sittings_of(sat), strict=True)
        ]
        rule = counting_rule(enrollment, attempt.quiz_key) or attempt.quiz.counting
        counting = sat[decided(sat, rule, percents=percents, holds=True)]
        grades[item.key] = (
            after[counting.pk].score
            if counting.pk in after
            else exact_score(counting.points, counting.max_points),
            counting.pass_mark,
        )
    return grades

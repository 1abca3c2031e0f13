"""Stored scores against what the answers and the repairs give today."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from fractions import Fraction
from itertools import islice

from courses import actions as courses_actions
from courses.models import GradeEntry
from lib.transactions import atomic_with_retry
from quizzes.marking.papers import MarkedPaper, marked_papers
from quizzes.models import Attempt
from quizzes.questions import marking
from quizzes.questions.types import QuestionView
from quizzes.taking.actions import mark_again, restore_marks
from quizzes.taking.counting import counting_rule, decided
from quizzes.taking.grading import recount
from quizzes.taking.locks import locked_attempt
from quizzes.taking.rows import sittings_of

_AT_ONCE = 500


def verify_scores(*, repair: bool, now: datetime) -> Iterator[str]:
    """Say which submitted attempts deserve more, do not add up, or count wrongly.

    A score never falls, so of what adds up only too little is a difference. What does
    not add up was spoilt, and is computed anew. Memory does not grow with the
    attempts.
    """
    views: dict[int, QuestionView] = {}
    rows = Attempt.objects.submitted().order_by("pk").iterator(_AT_ONCE)
    while chunk := list(islice(rows, _AT_ONCE)):
        papers = marked_papers(chunk, views=views)
        evidence = _evidence_of(chunk)
        for attempt in chunk:
            yield from _verify_marks(attempt, papers[attempt.pk], repair, now=now)
            counting = evidence.get((attempt.enrollment_id, attempt.quiz_key))
            if counting and attempt.is_counted != (counting == _said(attempt)):
                yield f"{attempt.pk}: is_counted {attempt.is_counted} is wrong"
                if repair:
                    _count(attempt, counting)


def _verify_marks(
    attempt: Attempt, paper: MarkedPaper, repair: bool, *, now: datetime
) -> Iterator[str]:
    adds_up = _adds_up(attempt, paper)
    if adds_up and not _deserves_more(attempt, paper):
        return
    stored = f"{attempt.points}/{attempt.max_points}"
    right = f"{paper.mark.points}/{paper.mark.max_points}"
    if stored == right:
        yield f"{attempt.pk}: {stored} is not what its items add up to"
    else:
        yield f"{attempt.pk}: {stored} ≠ {right}"
    if repair and adds_up:
        _raise(attempt.pk, now=now)
    elif repair:
        _restore(attempt.pk, now=now)


def _deserves_more(attempt: Attempt, paper: MarkedPaper) -> bool:
    points, most = attempt.points, attempt.max_points
    return points is not None and paper.mark.is_better_than(points, most)


def _adds_up(attempt: Attempt, paper: MarkedPaper) -> bool:
    """Say whether the score is the sum of the items as they are stored."""
    counted = [item for item in paper.items if not item.left_out]
    if attempt.points is None:
        return False
    points = Fraction(0)
    for item in counted:
        if item.share is None:
            return False
        points += item.share * Fraction(item.max_points)
    most = sum(Fraction(item.max_points) for item in counted)
    percent = marking.percent(attempt.points, attempt.max_points)
    return (points, most, percent) == (
        attempt.points,
        Fraction(attempt.max_points),
        attempt.percent,
    )


def _said(attempt: Attempt) -> str:
    return f"attempt:{attempt.key}"


def _evidence_of(attempts: Sequence[Attempt]) -> dict[tuple[int | None, str], str]:
    """Return the evidence of the latest grade by enrolment and quiz; one query."""
    entries = GradeEntry.objects.filter(
        enrollment__in={one.enrollment_id for one in attempts if one.enrollment_id}
    ).order_by("revision")
    return {
        (enrollment_id, source.removeprefix("quiz:")): evidence
        for enrollment_id, source, evidence in entries.values_list(
            "enrollment", "source", "evidence"
        )
        if source.startswith("quiz:")
    }


@atomic_with_retry
def _raise(attempt_id: int, *, now: datetime) -> None:
    mark_again(locked_attempt(attempt_id), by=None, now=now)


@atomic_with_retry
def _restore(attempt_id: int, *, now: datetime) -> None:
    restore_marks(locked_attempt(attempt_id), now=now)


@atomic_with_retry
def _count(attempt: Attempt, evidence: str) -> None:
    if attempt.enrollment_id is None:
        return
    courses_actions.lock_enrollment(attempt.enrollment_id)
    hers = Attempt.objects.submitted().filter(
        enrollment=attempt.enrollment_id, quiz_key=attempt.quiz_key
    )
    counting = evidence.removeprefix("attempt:")
    hers.exclude(key=counting).update(is_counted=False)
    hers.filter(key=counting).update(is_counted=True)


def verify_grades(*, repair: bool, now: datetime) -> Iterator[str]:
    """Yield (in words) every grade that is not that of the attempt that counts.

    A grade never falls afterwards, so only too little is a difference, and what the
    log does not say.
    """
    sat = Attempt.objects.submitted().filter(enrollment__isnull=False)
    rows = sat.order_by("enrollment_id").values_list("enrollment_id", flat=True)
    ids = rows.distinct().iterator(_AT_ONCE)
    while chunk := list(islice(ids, _AT_ONCE)):
        for enrollment_id, quiz_key in _wrong_grades(chunk):
            yield f"{enrollment_id}/{quiz_key}: another attempt counts"
            if repair:
                recount(
                    enrollment_id=enrollment_id, quiz_key=quiz_key, by=None, now=now
                )


def _wrong_grades(enrollment_ids: Sequence[int]) -> Iterator[tuple[int, str]]:
    evidence = _grades_told(enrollment_ids)
    for sat in _sat_by(enrollment_ids):
        counting, last = _counting_of(sat), sat[-1]
        if last.enrollment_id is None:
            continue
        said, points = evidence.get(
            (last.enrollment_id, f"quiz:{last.quiz_key}"), ("", Fraction(0))
        )
        is_told = said == f"attempt:{counting.key}" and points >= counting.points
        if counting.quiz.grade_item_id is not None and not is_told:
            yield last.enrollment_id, last.quiz_key


def _sat_by(enrollment_ids: Sequence[int]) -> Iterable[list[Attempt]]:
    """Return the attempts handed in, oldest first, by person and quiz."""
    attempts: dict[tuple[int | None, str], list[Attempt]] = defaultdict(list)
    rows = Attempt.objects.submitted().filter(enrollment__in=enrollment_ids)
    for one in rows.select_related("quiz", "enrollment").order_by("number"):
        attempts[one.enrollment_id, one.quiz_key].append(one)
    return attempts.values()


def _counting_of(sat: Sequence[Attempt]) -> Attempt:
    """Return which attempt counts by today's rule, unless a higher grade stands."""
    last = sat[-1]
    rule = counting_rule(last.enrollment, last.quiz_key) if last.enrollment else None
    percents = [sitting.percent for sitting in sittings_of(sat)]
    return sat[decided(sat, rule or last.quiz.counting, percents=percents, holds=True)]


def _grades_told(
    enrollment_ids: Sequence[int],
) -> dict[tuple[int, str], tuple[str, Fraction]]:
    entries = GradeEntry.objects.filter(enrollment__in=enrollment_ids)
    return {
        (entry.enrollment_id, entry.source): (entry.evidence, entry.points)
        for entry in entries.order_by("revision")
    }

"""Item analysis is computed anew and stored; nothing here changes a fact."""

from datetime import datetime

from courses.models import Course
from lib.queueing import queue_on_commit
from lib.transactions import atomic_with_retry
from quizzes import jobs
from quizzes.analysis.marks import attempts_of
from quizzes.analysis.results import ComputedStatistics, compute_statistics
from quizzes.kinds import Selection
from quizzes.models import ItemStatistics, QuizStatistics

# So many attempts are analysed while the person who asks waits: about a second.
MOST_AT_ONCE = 1_000


def ask_for_statistics(
    *, course_id: int, quiz_key: str, selection: str, now: datetime
) -> bool:
    """Analyse a small quiz at once and a large one in the background.

    Says whether the figures are there already. Whatever the queue loses, the nightly
    sweep finds for first attempts.
    """
    course = Course.objects.get(pk=course_id)
    attempts = attempts_of(course, quiz_key, Selection(selection))
    if attempts[: MOST_AT_ONCE + 1].count() > MOST_AT_ONCE:
        queue_on_commit(
            jobs.REFRESH_STATISTICS,
            course_id=course_id,
            quiz_key=quiz_key,
            selection=selection,
        )
        return False
    refresh_statistics(
        course_id=course_id, quiz_key=quiz_key, selection=selection, now=now
    )
    return True


def refresh_statistics(
    *, course_id: int, quiz_key: str, selection: str, now: datetime
) -> QuizStatistics | None:
    """Store how a quiz fares over the attempts of `selection`, replacing what was.

    Returns None, and leaves nothing stored, where nothing was handed in. Twice is
    once; of two at a time the later one waits. Raises ValueError for an unknown
    selection.
    """
    course = Course.objects.get(pk=course_id)
    result = compute_statistics(course, quiz_key, Selection(selection))
    if result is None:
        QuizStatistics.objects.filter(
            course=course, quiz_key=quiz_key, selection=selection
        ).delete()
        return None
    return _store(course, quiz_key, selection, result, now=now)


@atomic_with_retry
def _store(
    course: Course,
    quiz_key: str,
    selection: str,
    result: ComputedStatistics,
    *,
    now: datetime,
) -> QuizStatistics:
    identity = {"course": course, "quiz_key": quiz_key, "selection": selection}
    known = {"known_n": result.known.n, "known_markings": result.known.markings}
    QuizStatistics.objects.get_or_create(
        **identity, defaults={**known, "computed_at": now, "n": 0}
    )
    row = QuizStatistics.objects.select_for_update(no_key=True).get(**identity)
    fresh = QuizStatistics(
        pk=row.pk, **identity, **known, computed_at=now, **result.quiz
    )
    fresh.save()
    fresh.items.all().delete()
    ItemStatistics.objects.bulk_create(
        ItemStatistics(quiz=fresh, **values) for values in result.items
    )
    return fresh

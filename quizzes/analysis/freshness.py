"""Which stored analyses are out of date, and which are wrong."""

import json
from collections.abc import Iterator
from typing import Any

from courses.models import Course
from quizzes.analysis.marks import KnownAttempts, known_of
from quizzes.analysis.results import compute_statistics
from quizzes.kinds import Selection
from quizzes.models import Attempt, ItemStatistics, QuizStatistics

# Course, quiz and selection: what a row is about.
Identity = tuple[int, str, str]


def stale_statistics() -> list[Identity]:
    """Return what is to be analysed anew, because its attempts have changed.

    First attempts are analysed for every quiz, the other selections once somebody
    has asked for them.
    """
    stored = {_identity(row): _known(row) for row in QuizStatistics.objects.all()}
    attempted = (
        Attempt.objects.submitted()
        .filter(enrollment__isnull=False)
        .order_by()
        .values_list("quiz__grade_item__version__course", "quiz_key")
        .distinct()
    )
    wanted = {(course, key, Selection.FIRST.value) for course, key in attempted}
    return [
        identity
        for identity in sorted(wanted | set(stored))
        if stored.get(identity) != _known_now(identity)
    ]


def wrong_statistics() -> Iterator[QuizStatistics]:
    """Yield rows that differ from what the same attempts give today, or have none.

    A row whose attempts have changed since is out of date, not wrong.
    """
    for row in QuizStatistics.objects.select_related("course"):
        known = _known_now(_identity(row))
        if not known.n or (_known(row) == known and not _is_right(row)):
            yield row


def _is_right(row: QuizStatistics) -> bool:
    result = compute_statistics(row.course, row.quiz_key, Selection(row.selection))
    if result is None:
        return False
    stored = {
        item.question_version_id: _values(item)
        for item in ItemStatistics.objects.filter(quiz=row)
    }
    computed = {
        values["question_version_id"]: _values(ItemStatistics(**values))
        for values in result.items
    }
    fresh = QuizStatistics(**result.quiz)
    return stored == computed and _values(row) == _values(fresh)


_NOT_COMPUTED = {
    "id",
    "quiz",
    "course",
    "quiz_key",
    "selection",
    "computed_at",
    "known_n",
    "known_markings",
}


def _values(row: QuizStatistics | ItemStatistics) -> dict[str, Any]:
    """Return what was computed of a row, as the database gives it back."""
    values = {
        field.name: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in _NOT_COMPUTED
    }
    again: dict[str, Any] = json.loads(json.dumps(values))
    return again


def _identity(row: QuizStatistics) -> Identity:
    return row.course_id, row.quiz_key, row.selection


def _known(row: QuizStatistics) -> KnownAttempts:
    return KnownAttempts(row.known_n, row.known_markings)


def _known_now(identity: Identity) -> KnownAttempts:
    course_id, quiz_key, _selection = identity
    return known_of(Course.objects.get(pk=course_id), quiz_key)

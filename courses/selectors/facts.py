"""Read what the completion rule needs to know about one enrolment."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from courses.completion import Facts, Requirement
from courses.models import (
    CompletionRequirement,
    Enrollment,
    GradeEntry,
    Lesson,
    LessonCompletion,
)
from lib.scores import exact_score
from lib.written_once import written_once


def requirements_of(version_id: int) -> list[Requirement]:
    """Return the completion rule of a version, in its order."""
    return [
        Requirement(
            key=row.key, kind=row.kind, pass_mark=row.pass_mark, weight=row.weight
        )
        for row in _requirements(version_id)
    ]


@written_once
def _requirements(version_id: int) -> "QuerySet[CompletionRequirement]":
    return CompletionRequirement.objects.filter(version=version_id)


def current_grades(enrollment: Enrollment) -> dict[str, Fraction]:
    """Return the exact score of the grade by item key: each item's latest revision."""
    return grades_of(enrollment)[0]


def grades_of(
    enrollment: Enrollment,
) -> tuple[dict[str, Fraction], dict[str, Decimal]]:
    """Return exact scores by item key, and pass marks under which they began."""
    grades = _grades_of(entries_of(enrollment.pk))[enrollment.pk]
    return _scores(grades), _pass_marks(grades)


@written_once
def entries_of(enrollment_id: int) -> "QuerySet[GradeEntry]":
    """Return all grade entries of an enrolment, by revision; one query."""
    return GradeEntry.objects.filter(enrollment=enrollment_id).order_by("revision")


def _grades_of(entries: Iterable[GradeEntry]) -> dict[int, dict[str, GradeEntry]]:
    """Return the current grades by the ids of their enrolments."""
    grades: dict[int, dict[str, GradeEntry]] = defaultdict(dict)
    for entry in sorted(entries, key=lambda entry: entry.revision):
        grades[entry.enrollment_id][entry.item_key] = entry
    return grades


def _scores(grades: Mapping[str, GradeEntry]) -> dict[str, Fraction]:
    return {
        key: exact_score(entry.points, entry.max_points)
        for key, entry in grades.items()
    }


def _pass_marks(grades: Mapping[str, GradeEntry]) -> dict[str, Decimal]:
    return {key: entry.pass_mark for key, entry in grades.items() if entry.pass_mark}


@dataclass(frozen=True)
class LessonsRead:
    """Keys of lessons that somebody has marked as done; `outdated` are to be read
    again, because a required part came later.
    """

    done: frozenset[str] = frozenset()
    outdated: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.done or self.outdated)


def lessons_read(enrollment: Enrollment) -> LessonsRead:
    """Return what the person has read, as the version says that judges her; a query."""
    judged_by = enrollment.completed_version_id or enrollment.version_id
    read = _readings(enrollment.pk, judged_by)
    done = frozenset(key for key, is_counting in read if is_counting)
    return LessonsRead(done, frozenset(key for key, _counting in read) - done)


@written_once
def _readings(enrollment_id: int, judged_by: int) -> "QuerySet[Any]":
    rows = LessonCompletion.objects.filter(enrollment=enrollment_id)
    return _with_counting(rows, judged_by).values_list("lesson_key", "is_counting")


def done_lesson_keys(enrollment: Enrollment) -> frozenset[str]:
    """Return the keys of all lessons the person has done."""
    return lessons_read(enrollment).done


def _with_counting(rows: QuerySet[Any], version_id: int) -> QuerySet[Any]:
    """Add whether a reading counts on a version: nothing was added to it since."""
    renewed = Lesson.objects.filter(
        version=version_id,
        key=OuterRef("lesson_key"),
        read_since__gt=OuterRef("version__number"),
    )
    return rows.annotate(is_counting=~Exists(renewed))


def completion_inputs(
    enrollment: Enrollment, entries: Sequence[GradeEntry] | None = None
) -> tuple[list[Requirement], Facts]:
    """Return the rule and the facts that decide this enrolment, in four queries.

    In three where its grade entries are at hand (`entries`). Whoever has finished is
    judged for ever by the version that she finished, also when better words have moved
    her to a later one.
    """
    version_id = enrollment.completed_version_id or enrollment.version_id
    rows = entries_of(enrollment.pk) if entries is None else entries
    done = (key for key, counts in _readings(enrollment.pk, version_id) if counts)
    facts = _facts(_required_keys(version_id), done, _grades_of(rows)[enrollment.pk])
    return requirements_of(version_id), facts


def facts_of(version_id: int, enrollment_ids: Collection[int]) -> dict[int, Facts]:
    """Return what decides these enrolments on a version, by ids; three queries."""
    required = _required_keys(version_id)
    done: dict[int, set[str]] = defaultdict(set)
    rows = _with_counting(
        LessonCompletion.objects.filter(enrollment__in=enrollment_ids), version_id
    ).filter(is_counting=True)
    for enrollment_id, key in rows.values_list("enrollment_id", "lesson_key"):
        done[enrollment_id].add(key)
    entries = GradeEntry.objects.filter(enrollment__in=enrollment_ids)
    grades = _grades_of(entries)
    return {pk: _facts(required, done[pk], grades[pk]) for pk in enrollment_ids}


def _facts(
    required: Iterable[str], done: Iterable[str], grades: Mapping[str, GradeEntry]
) -> Facts:
    return Facts(
        required_lessons=frozenset(required),
        done_lessons=frozenset(done),
        grades=_scores(grades),
        pass_marks=_pass_marks(grades),
    )


@written_once
def _required_keys(version_id: int) -> "QuerySet[Any]":
    required = Lesson.objects.filter(version=version_id, is_required=True)
    return required.values_list("key", flat=True)

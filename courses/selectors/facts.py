"""Read what the completion rule needs to know about one enrolment."""

from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from courses.completion import Facts, Requirement
from courses.models import CourseVersion, Enrollment, GradeEntry


def requirements_of(version: CourseVersion) -> list[Requirement]:
    """Return the completion rule of a version, in its order."""
    return [
        Requirement(
            key=row.key, kind=row.kind, pass_mark=row.pass_mark, weight=row.weight
        )
        for row in version.requirements.all()
    ]


def current_grades(enrollment: Enrollment) -> dict[str, Decimal]:
    """Return the grade in percent by item key: each item's latest revision."""
    grades: dict[str, Decimal] = {}
    for entry in GradeEntry.objects.filter(enrollment=enrollment).order_by("revision"):
        grades[entry.item_key] = 100 * entry.points / entry.max_points
    return grades


def done_lesson_keys(enrollment: Enrollment) -> frozenset[str]:
    """Return the keys of all lessons the person has marked as done."""
    return frozenset(enrollment.lesson_completions.values_list("lesson_key", flat=True))


def completion_inputs(enrollment: Enrollment) -> tuple[list[Requirement], Facts]:
    """Return the rule and the facts that decide this enrolment, in four queries."""
    required = enrollment.version.lessons.filter(is_required=True)
    facts = Facts(
        required_lessons=frozenset(required.values_list("key", flat=True)),
        done_lessons=done_lesson_keys(enrollment),
        grades=current_grades(enrollment),
    )
    return requirements_of(enrollment.version), facts


def lacking_nothing(version: CourseVersion) -> "QuerySet[Enrollment, int]":
    """Return ids of enrolments of the version that are open though nothing is missing.

    A publication may take away what was missing. Compares with any grade that was
    ever recorded, so the completion rule has the last word.
    """
    required = set(
        version.lessons.filter(is_required=True).values_list("key", flat=True)
    )
    people = Enrollment.objects.filter(version=version, completed_at=None).annotate(
        read=Count(
            "lesson_completions",
            filter=Q(lesson_completions__lesson_key__in=required),
        )
    )
    for line in version.requirements.exclude(kind="lessons"):
        grades = GradeEntry.objects.filter(
            enrollment=OuterRef("pk"),
            item_key=line.key,
            points__gte=F("max_points") * (line.pass_mark or 0) / 100,
        )
        people = people.filter(Exists(grades))
    return people.filter(read=len(required)).order_by("pk").values_list("pk", flat=True)


def required_lessons_done(enrollment: Enrollment) -> bool:
    """Say whether every required lesson of the person's version is done."""
    required = enrollment.version.lessons.filter(is_required=True)
    return set(required.values_list("key", flat=True)) <= done_lesson_keys(enrollment)

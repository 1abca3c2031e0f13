"""Published versions in a list, and what publishing one again would change."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.core.paginator import Page, Paginator

from courses.actions.publishing import reach_of
from courses.demands import changed_demands
from courses.models import Course, CourseVersion
from courses.selectors.content import version_content
from quizzes.models import Quiz
from quizzes.selectors import changed_counting
from studio.publishing.changes import (
    Difference,
    VersionChanges,
    lesson_difference,
    other_differences,
)
from studio.publishing.page import ChangeKind, kinds_of

VERSIONS_PER_PAGE = 20


@dataclass(frozen=True)
class VersionRow:
    """A published version: which change it was, when, and by whom."""

    number: int
    title: str
    change: str
    at: datetime | None
    by: str
    is_current: bool


def version_rows(course: Course, *, page: str | None) -> "Page[VersionRow]":
    """Return a page of the published versions, newest first; two queries."""
    versions = (
        course.versions.filter(state=CourseVersion.State.PUBLISHED)
        .select_related("published_by")
        .order_by("-number")
    )
    found = Paginator(versions, VERSIONS_PER_PAGE).get_page(page)
    rows = [
        VersionRow(
            number=row.number,
            title=row.title,
            change=row.get_change_display(),
            at=row.published_at,
            by=row.published_by.full_name if row.published_by else "",
            is_current=row.pk == course.current_version_id,
        )
        for row in found.object_list
    ]
    return Page(rows, found.number, cast("Paginator[VersionRow]", found.paginator))


def versions_changes(course: Course, like: CourseVersion) -> VersionChanges:
    """Return what people would see otherwise than now. Questions stay as they are."""
    current = course.current_version
    if current is None:
        raise AssertionError("An earlier version has a later one.")
    now, then = version_content(current), version_content(like)
    return VersionChanges(
        lessons=lesson_difference(now, then),
        questions=Difference(),
        other=other_differences(now, then),
    )


def change_kinds_back(course: Course, like: CourseVersion) -> list[ChangeKind]:
    """Return the kinds of change that publishing an earlier version again may be."""
    current = course.current_version
    if current is None:
        raise AssertionError("An earlier version has a later one.")
    rules = dict(Quiz.objects.of_version(like.pk).values_list("key", "counting"))
    demands = changed_demands(
        version_content(current),
        version_content(like),
        titles=dict(current.grade_items.values_list("key", "title")),
    )
    changed = [*demands, *changed_counting(current, rules)]
    return kinds_of(course, reach_of(course), changed)

"""Courses of another unit, used by reference: pinned, and followed when one decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.access import above_q, roots
from accounts.models import Unit, User
from courses import actions as courses_actions
from courses.content_types import LessonContent, PartContent, VersionContent
from courses.models import Course, CourseReference, ShareReach
from courses.selectors.content import version_content
from lib.transactions import atomic_with_retry
from lib.word_diff import pieces_between
from quizzes.selectors import contents_of
from studio.exceptions import FolderNotLoaded
from studio.fetching import AUTHOR_COURSE, banks_of, draft_of
from studio.folders.reading import WrittenCourse
from studio.folders.sending.bringing import (
    BringingPlan,
    bring_course,
    plan_bringing,
    renamed,
)
from studio.folders.sending.uploads import read_course_files
from studio.folders.sending.writing import course_files
from studio.questions.diff import Change


def offered_courses(user: Any) -> "QuerySet[Course]":
    """Return the courses of other units that this author may use in hers."""
    reach = Q(shared_with=ShareReach.EVERYBODY)
    for path in roots(user, AUTHOR_COURSE):
        reach |= Q(shared_with=ShareReach.BELOW) & above_q(path, to_unit="unit")
    hers = Course.objects.visible_to(user, AUTHOR_COURSE)
    courses: QuerySet[Course] = Course.objects.listed().filter(reach)
    return (
        courses.exclude(pk__in=hers.values("pk"))
        .select_related("current_version", "unit")
        .order_by("current_version__title", "pk")
    )


def _is_offered_to(source: Course, unit: Unit) -> bool:
    reach = Q(shared_with=ShareReach.EVERYBODY) | (
        Q(shared_with=ShareReach.BELOW) & above_q(unit.path or "", to_unit="unit")
    )
    found = Course.objects.listed().filter(reach, pk=source.pk)
    return bool(found.exists())


def course_reference_of(course: Course) -> CourseReference | None:
    """Return to which version of which course this one is pinned, None for its own."""
    found: CourseReference | None = (
        CourseReference.objects.filter(version__course=course)
        .select_related("source__current_version", "source__unit", "source_version")
        .first()
    )
    return found


def has_newer_course(course: Course) -> bool:
    """Say whether the course that this one uses has published another version since."""
    pin = course_reference_of(course)
    return pin is not None and pin.source.current_version_id != pin.source_version_id


@dataclass(frozen=True)
class FollowedLesson:
    """A lesson that reads differently at its owner's."""

    title: str
    changes: Sequence[Change]


@dataclass(frozen=True)
class CourseNews:
    """The version that a source has published since, and what taking it would change.

    `questions` counts those that come, or come in other words.
    """

    plan: BringingPlan
    written: WrittenCourse
    number: int
    lessons: Sequence[FollowedLesson]
    questions: int
    is_offered: bool


def course_news(course: Course, reference: CourseReference) -> CourseNews:
    """Return what following the source would do. Raises FolderRefused for a source
    that cannot be taken along as it is.
    """
    written = renamed(_written(reference.source), course.key)
    version = reference.source.current_version
    plan = plan_bringing(written, unit=course.unit, course=course)
    return CourseNews(
        plan=plan,
        lessons=list(_reworked(course, plan)),
        questions=_changed_questions(course, plan),
        written=written,
        number=version.number if version else 0,
        is_offered=_is_offered_to(reference.source, course.unit),
    )


def _reworked(course: Course, plan: BringingPlan) -> Iterator[FollowedLesson]:
    """Yield the lessons that change, part by part, as they stand here and there."""
    version = course.current_version
    here = _lessons(version_content(version)) if version else {}
    for key, lesson in _lessons(plan.folder.version).items():
        before = {part.key: part for part in here[key].parts} if key in here else {}
        after = {part.key: part for part in lesson.parts}
        changes = [
            Change(
                (after.get(name) or before[name]).title,
                pieces_between(_source(before.get(name)), _source(after.get(name))),
            )
            for name in {**after, **before}
            if _source(before.get(name)) != _source(after.get(name))
        ]
        if changes and key in here:
            yield FollowedLesson(lesson.title, changes)


def _lessons(content: VersionContent) -> dict[str, LessonContent]:
    modules = content.modules
    return {lesson.key: lesson for module in modules for lesson in module.lessons}


def _source(part: PartContent | None) -> str:
    return part.source if part else ""


def _changed_questions(course: Course, plan: BringingPlan) -> int:
    there = {
        (bank.key, one.key): one.digest()
        for bank in banks_of(course)
        for one in contents_of(bank)
    }
    return sum(
        there.get((bank.key, one.key)) != one.digest()
        for bank in plan.folder.banks
        for one in bank.questions
    )


def _written(source: Course) -> WrittenCourse:
    """Return what everybody may see of a course: its published version."""
    version = source.current_version
    if version is None:
        raise FolderNotLoaded("not_published", _("Kursus itu belum terbit."))
    return read_course_files(course_files(source, version, only_published=True))


def refer_to_course(*, source: Course, unit: Unit, by: User, now: datetime) -> Course:
    """Make a course of `unit` from what another unit has published; return it.

    A unit uses a course once: a second call finds it. It is a draft, pinned to the
    version of today. Locks the source, then the new course. Raises FolderNotLoaded for
    a course that is not offered to the unit; FolderRefused.
    """
    # Read before anything is locked: it takes longest.
    written = _written(source)
    return _refer(written=written, source=source, unit=unit, by=by, now=now)


@atomic_with_retry
def _refer(
    *, written: WrittenCourse, source: Course, unit: Unit, by: User, now: datetime
) -> Course:
    version = source.current_version
    source = courses_actions.lock_course(source.pk)
    there = CourseReference.objects.filter(source=source, version__course__unit=unit)
    found = there.select_related("version__course").first()
    if found:
        return found.version.course
    if not _is_offered_to(source, unit):
        raise FolderNotLoaded(
            "not_offered",
            _("Kursus itu tidak dibagikan kepada unit ini. Pilih yang lain."),
        )
    plan = plan_bringing(written, unit=unit, course=None)
    course = bring_course(
        written=written, unit=unit, course=None, confirmed=plan.digest, by=by, now=now
    )
    _note(course, version, by=by, now=now)
    return course


def follow_course(*, course: Course, confirmed: str, by: User, now: datetime) -> Course:
    """Take the newest published version of the source as a draft; return the course.

    `confirmed` is the digest of the plan that the author saw. Locks the course. Raises
    FolderNotLoaded where a draft is open, where the source is another one by now or is
    shared no more; FolderRefused.
    """
    reference = course_reference_of(course)
    if reference is None:
        raise FolderNotLoaded("own", _("Kursus ini tidak memakai kursus unit lain."))
    return _follow(
        news=course_news(course, reference),
        reference=reference,
        confirmed=confirmed,
        by=by,
        now=now,
    )


@atomic_with_retry
def _follow(
    *,
    news: CourseNews,
    reference: CourseReference,
    confirmed: str,
    by: User,
    now: datetime,
) -> Course:
    if not news.is_offered:
        raise FolderNotLoaded(
            "not_offered",
            _("Pemiliknya tidak lagi membagikan kursus ini. Yang ada tetap dipakai."),
        )
    course = bring_course(
        written=news.written,
        unit=news.plan.unit,
        course=news.plan.course,
        confirmed=confirmed,
        by=by,
        now=now,
    )
    _note(course, reference.source.current_version, by=by, now=now)
    return course


def _note(course: Course, version: Any, *, by: User, now: datetime) -> None:
    draft = draft_of(course)
    if draft is None:
        raise AssertionError("What was brought is a draft.")
    courses_actions.note_reference(draft=draft, source_version=version, by=by, now=now)

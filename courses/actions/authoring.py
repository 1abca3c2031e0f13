"""Writing courses. Only drafts change; a published version never does."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from accounts import audit
from accounts.models import Unit, User
from courses.actions.history import keep_saves
from courses.actions.locks import lock_course
from courses.content_types import LessonContent, PartContent, VersionContent
from courses.exceptions import VersionNotEditable
from courses.glossary.lines import written_entries
from courses.models import (
    CompletionRequirement,
    Course,
    CourseVersion,
    Lesson,
    LessonPart,
    LessonSave,
    Module,
    Objective,
    SourceReference,
)
from courses.selectors.content import lesson_content, version_content
from lib.transactions import atomic_with_retry


def check_is_draft(version: CourseVersion) -> None:
    """Refuse to touch a published version."""
    if version.state != CourseVersion.State.DRAFT:
        raise VersionNotEditable(
            "published",
            "Versi ini sudah terbit dan tidak dapat diubah. Buka draf baru lebih dulu.",
        )


@transaction.atomic
def create_course(
    *, key: str, code: str, unit: Unit, by: User | None, now: datetime
) -> Course:
    """Return the course called `key`, made now if it is missing.

    A course that exists keeps its unit and gets the given code.
    """
    course, is_new = Course.objects.get_or_create(
        key=key,
        defaults={
            "code": code,
            "unit": unit,
            "created_at": now,
            "position": Course.objects.count() + 1,
        },
    )
    if is_new:
        audit.record("courses.course.created", course, by=by, now=now, key=key)
    elif course.code != code:
        course.code = code
        course.save(update_fields=["code"])
    return course


@atomic_with_retry
def write_version(
    *, course: Course, content: VersionContent, by: User | None, now: datetime
) -> CourseVersion:
    """Make a new draft from `content`. Locks the course.

    Raises VersionNotEditable while another draft is open: somebody is working on it.
    """
    locked = lock_course(course.pk)
    if locked.versions.filter(state=CourseVersion.State.DRAFT).exists():
        raise VersionNotEditable(
            "draft_open",
            "Masih ada draf kursus ini di Studio. Terbitkan atau buang draf itu dulu.",
        )
    last = locked.versions.aggregate(last=Max("number"))["last"] or 0
    version = CourseVersion(course=locked, number=last + 1, created_at=now)
    fill_version(version, content)
    audit.record(
        "courses.version.drafted", version, by=by, now=now, number=version.number
    )
    return version


def fill_version(version: CourseVersion, content: VersionContent) -> None:
    """Store a new version with all that `content` says. Hold the course's lock."""
    version.title = content.title
    version.summary = content.summary
    version.pillar = content.pillar
    version.digcomp = list(content.digcomp)
    version.jp = content.jp
    version.jp_basis = content.jp_basis
    version.minutes = content.minutes
    version.plan_title = content.plan_title
    version.plan_source = content.plan_source
    version.plan_minutes = content.plan_minutes
    version.prerequisites = "\n".join(content.prerequisites)
    version.glossary = written_entries(content.glossary)
    version.content_hash = content.content_hash
    version.save()
    write_rule_and_sources(version, content)
    _write_lessons(version, content)


def write_rule_and_sources(version: CourseVersion, content: VersionContent) -> None:
    """Write objectives, sources and the completion rule of a draft without any."""
    Objective.objects.bulk_create(
        Objective(
            version=version,
            key=row.key,
            position=position,
            level=row.level,
            text=row.text,
        )
        for position, row in enumerate(content.objectives, 1)
    )
    SourceReference.objects.bulk_create(
        SourceReference(
            version=version,
            key=row.key,
            text=row.text,
            url=row.url,
            dated_on=row.dated_on,
            checked_on=row.checked_on,
        )
        for row in content.sources
    )
    CompletionRequirement.objects.bulk_create(
        CompletionRequirement(
            version=version,
            key=row.key,
            kind=row.kind,
            position=position,
            pass_mark=row.pass_mark,
            weight=row.weight,
            minutes=row.minutes,
        )
        for position, row in enumerate(content.requirements, 1)
    )


def _write_lessons(version: CourseVersion, content: VersionContent) -> None:
    sequence = 0
    for position, module_content in enumerate(content.modules, 1):
        module = Module.objects.create(
            version=version,
            key=module_content.key,
            position=position,
            title=module_content.title,
        )
        for number, said in enumerate(module_content.lessons, 1):
            sequence += 1
            lesson = _write_lesson(module, said, sequence, number)
            write_parts(lesson, said.parts)


def _write_lesson(
    module: Module, content: LessonContent, sequence: int, number: int
) -> Lesson:
    return Lesson.objects.create(
        version_id=module.version_id,
        module=module,
        key=content.key,
        sequence=sequence,
        number=f"{module.position}.{number}",
        title=content.title,
        summary=content.summary,
        minutes=content.minutes,
        is_required=content.is_required,
    )


def write_parts(lesson: Lesson, parts: Sequence[PartContent]) -> None:
    """Write the parts of a lesson of a draft that has none."""
    LessonPart.objects.bulk_create(
        LessonPart(
            lesson=lesson,
            key=part.key,
            position=position,
            title=part.title,
            source=part.source,
        )
        for position, part in enumerate(parts, 1)
    )


@atomic_with_retry
def copy_version(
    *, version: CourseVersion, by: User | None, now: datetime
) -> CourseVersion:
    """Return the course's draft, copied from `version` if there is none yet."""
    locked = lock_course(version.course_id)
    draft = locked.versions.filter(state=CourseVersion.State.DRAFT).first()
    if draft:
        return draft
    content = version_content(version)
    return write_version(course=locked, content=content, by=by, now=now)


@atomic_with_retry
def discard_draft(*, version_id: int, by: User, now: datetime) -> None:
    """Throw a draft away. Locks the course. Raises VersionNotEditable for a published
    version.
    """
    versions = CourseVersion.objects.filter(pk=version_id)
    lock_course(versions.values_list("course_id", flat=True).get())
    # Read under the lock: somebody may just have published it.
    version = versions.get()
    check_is_draft(version)
    audit.record(
        "courses.version.discarded", version, by=by, now=now, number=version.number
    )
    version.delete()


@atomic_with_retry
def update_lesson(
    *,
    lesson_id: int,
    content: LessonContent,
    by: User,
    now: datetime,
    how: str = LessonSave.How.SAVED,
) -> Lesson:
    """Replace the words of a lesson in a draft; its key stays. Locks the course.

    What it says is kept for its history. Raises VersionNotEditable for a published
    version.
    """
    lessons = Lesson.objects.filter(pk=lesson_id)
    lock_course(lessons.values_list("version__course", flat=True).get())
    lesson = lessons.select_related("version").get()
    check_is_draft(lesson.version)
    before = lesson_content(lesson)
    keep_saves(lesson.version, [(before, content)], how=how, by=by, now=now)
    lesson.title = content.title
    lesson.summary = content.summary
    lesson.minutes = content.minutes
    lesson.is_required = content.is_required
    lesson.save(update_fields=["title", "summary", "minutes", "is_required"])
    lesson.parts.all().delete()
    write_parts(lesson, content.parts)
    audit.record("courses.lesson.written", lesson, by=by, now=now, key=lesson.key)
    return lesson

"""Beginning a course, and changing the structure of its draft."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from itertools import count
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from accounts import audit
from accounts.models import Unit, User
from courses.actions.authoring import (
    check_is_draft,
    write_parts,
    write_rule_and_sources,
    write_version,
)
from courses.actions.history import keep_saves
from courses.actions.locks import lock_course
from courses.content_types import (
    LessonContent,
    ModuleContent,
    PartContent,
    VersionContent,
)
from courses.exceptions import VersionNotEditable
from courses.glossary.lines import written_entries
from courses.models import (
    Course,
    CourseVersion,
    Lesson,
    LessonSave,
    Module,
    RetiredLesson,
)
from courses.selectors.content import version_content
from lib.transactions import atomic_with_retry

# Keys are at most 80 characters; banks and pictures add to them.
_KEY_STEM = 60
# First steps of addresses in Studio that are no course.
RESERVED_KEYS = frozenset({"baru", "muat", "pertanyaan", "rujukan", "tinjauan"})


@atomic_with_retry
def start_course(
    *,
    code: str,
    unit: Unit,
    content: VersionContent,
    token: UUID,
    by: User,
    now: datetime,
) -> tuple[Course, bool]:
    """Make a course with its first draft; its key comes from the title.

    Returns the course, and whether it is new: the same `token` gives the course that
    it made before. Locks the course.
    """
    course, is_new = _free_course(content.title, code, unit, token, now)
    if is_new:
        audit.record("courses.course.created", course, by=by, now=now, key=course.key)
        write_version(course=course, content=content, by=by, now=now)
    return course, is_new


def _free_course(
    title: str, code: str, unit: Unit, token: UUID, now: datetime
) -> tuple[Course, bool]:
    made = Course.objects.filter(creation_token=token).first()
    if made:
        return made, False
    try:
        with transaction.atomic():
            for key in _keys_for(title):
                course, is_new = Course.objects.get_or_create(
                    key=key,
                    defaults={
                        "code": code,
                        "unit": unit,
                        "created_at": now,
                        "creation_token": token,
                        "position": Course.objects.count() + 1,
                    },
                )
                if is_new:
                    return course, True
    except IntegrityError:
        # The same form came in twice at one moment: the other one was first.
        return Course.objects.get(creation_token=token), False
    raise AssertionError("There is always a next key.")


def _keys_for(title: str) -> Iterator[str]:
    stem = slugify(title).replace("_", "-")[:_KEY_STEM].strip("-") or "kursus"
    if stem not in RESERVED_KEYS:
        yield stem
    for number in count(2):
        yield f"{stem}-{number}"


@atomic_with_retry
def delete_course(*, course_id: int, by: User, now: datetime) -> None:
    """Delete a course that was never published and has no draft. Locks the course.

    Raises VersionNotEditable while it has a version.
    """
    course = lock_course(course_id)
    if course.versions.exists():
        raise VersionNotEditable(
            "has_versions", "Kursus ini masih punya versi dan tidak dapat dihapus."
        )
    audit.record("courses.course.deleted", course, by=by, now=now, key=course.key)
    course.delete()


@atomic_with_retry
def rewrite_draft(
    *, version_id: int, content: VersionContent, what: str, by: User, now: datetime
) -> CourseVersion:
    """Make a draft say `content`. Locks the course.

    Modules and lessons keep their rows by their keys, whatever their place; the rest
    comes and goes. The same content changes nothing. `what` names the change in the
    audit trail. Raises VersionNotEditable for a published version.
    """
    version = _locked_draft(version_id)
    before = version_content(version)
    if _plain(before) == _plain(content):
        return version
    _write_columns(version, content)
    version.objectives.all().delete()
    version.sources.all().delete()
    version.requirements.all().delete()
    write_rule_and_sources(version, content)
    _write_modules(version, content)
    known = _lessons_by_key(before)
    _write_lessons(version, content, known)
    _keep_saves(version, known, content, by=by, now=now)
    version.modules.exclude(key__in=[row.key for row in content.modules]).delete()
    audit.record("courses.draft.changed", version, by=by, now=now, what=what)
    return version


def _keep_saves(
    version: CourseVersion,
    before: Mapping[str, LessonContent],
    content: VersionContent,
    *,
    by: User,
    now: datetime,
) -> None:
    changed = [
        (before.get(key), lesson)
        for key, lesson in _lessons_by_key(content).items()
        if before.get(key) != lesson
    ]
    keep_saves(version, changed, how=LessonSave.How.OUTLINE, by=by, now=now)


def _locked_draft(version_id: int) -> CourseVersion:
    """Lock the draft's course, and read the draft under the lock.

    Raises VersionNotEditable where it is published or was thrown away meanwhile.
    """
    versions = CourseVersion.objects.filter(pk=version_id)
    course_id = versions.values_list("course_id", flat=True).first()
    if course_id is not None:
        lock_course(course_id)
    version = versions.first()
    if version is None:
        raise VersionNotEditable(
            "discarded", "Draf ini sudah dibuang. Buka draf baru lebih dulu."
        )
    check_is_draft(version)
    return version


def _plain(content: VersionContent) -> str:
    """Return the content as text: lists and tuples say the same."""
    return json.dumps(asdict(replace(content, content_hash="")), default=str)


def _lessons_by_key(content: VersionContent) -> dict[str, LessonContent]:
    return {lesson.key: lesson for row in content.modules for lesson in row.lessons}


def _write_columns(version: CourseVersion, content: VersionContent) -> None:
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
    version.save()


def _write_modules(version: CourseVersion, content: VersionContent) -> None:
    there = {module.key: module for module in version.modules.all()}
    changed: list[Module] = []
    new: list[Module] = []
    for position, row in enumerate(content.modules, 1):
        module = there.get(row.key)
        rows = changed if module else new
        module = module or Module(version=version, key=row.key)
        module.position, module.title = position, row.title
        rows.append(module)
    Module.objects.bulk_create(new)
    Module.objects.bulk_update(changed, ["position", "title"])


def _write_lessons(
    version: CourseVersion,
    content: VersionContent,
    before: Mapping[str, LessonContent],
) -> None:
    modules = {module.key: module for module in version.modules.all()}
    there = {lesson.key: lesson for lesson in version.lessons.all()}
    kept: list[Lesson] = []
    new: list[Lesson] = []
    parts = []
    for place, (module, number, row) in enumerate(_numbered(content), 1):
        lesson = there.get(row.key)
        rows = kept if lesson else new
        lesson = lesson or Lesson(version=version, key=row.key)
        lesson.module = modules[module.key]
        lesson.sequence = place
        lesson.number = number
        lesson.title = row.title
        lesson.summary = row.summary
        lesson.minutes = row.minutes
        lesson.is_required = row.is_required
        rows.append(lesson)
        if row.key not in before or list(before[row.key].parts) != list(row.parts):
            parts.append((lesson, row.parts))
    Lesson.objects.bulk_create(new)
    Lesson.objects.bulk_update(
        kept,
        ["module", "sequence", "number", "title", "summary", "minutes", "is_required"],
    )
    for lesson, written in parts:
        lesson.parts.all().delete()
        write_parts(lesson, written)
    version.lessons.exclude(key__in=[row.key for row in (*kept, *new)]).delete()


def _numbered(
    content: VersionContent,
) -> Iterator[tuple[ModuleContent, str, LessonContent]]:
    """Yield every lesson with its module and the number that people see."""
    for position, module in enumerate(content.modules, 1):
        for number, lesson in enumerate(module.lessons, 1):
            yield module, f"{position}.{number}", lesson


# --- lessons that leave, and come back ----------------------------------------------
@atomic_with_retry
def keep_retired_lesson(
    *,
    version_id: int,
    module_key: str,
    place: int,
    lesson: LessonContent,
    now: datetime,
) -> RetiredLesson:
    """Put a lesson aside that is about to leave a draft. Locks the course."""
    version = _locked_draft(version_id)
    row, _is_new = RetiredLesson.objects.get_or_create(
        version=version,
        key=lesson.key,
        defaults={
            "module_key": module_key,
            "place": place,
            "content": asdict(lesson),
            "retired_at": now,
        },
    )
    return row


@atomic_with_retry
def take_retired_lesson(
    *, version_id: int, lesson_key: str
) -> tuple[str, int, LessonContent] | None:
    """Return module, place and content of a lesson put aside; it is aside no more.

    None where it is not there (any more). Locks the course.
    """
    version = _locked_draft(version_id)
    row = RetiredLesson.objects.filter(version=version, key=lesson_key).first()
    if row is None:
        return None
    said = dict(row.content)
    said["parts"] = [PartContent(**part) for part in said["parts"]]
    row.delete()
    return row.module_key, row.place, LessonContent(**said)

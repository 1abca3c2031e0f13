"""Publishing: rendering once, freezing, and moving people as the change demands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from accounts import audit
from accounts.models import User
from courses.actions.authoring import check_is_draft
from courses.actions.locks import lock_course, lock_enrollments
from courses.actions.progress import update_completion
from courses.content_types import GradeItemContent
from courses.exceptions import VersionNotEditable
from courses.lesson_html import RenderedLesson, render_lesson
from courses.models import Course, CourseVersion, Enrollment, GradeItem, LessonPart
from courses.selectors.content import version_content
from courses.selectors.facts import lacking_nothing
from lib import markdown
from lib.transactions import atomic_with_retry

# 1 JP is 45 minutes (Peraturan LAN 10/2018 as agencies apply it; DOMAIN §3.1).
MINUTES_PER_JP = 45
# Given a course key and the address written in Markdown, the public address.
ImageUrl = Callable[[str, str], str]


@dataclass(frozen=True)
class Reach:
    """Whom a publication touches: people by what happens to them."""

    learning: int
    finished: int


def reach_of(course: Course) -> Reach:
    """Count the people in the course's present cycle, for the preview."""
    people = Enrollment.objects.filter(course=course, cycle=course.cycle).active()
    finished = people.filter(completed_at__isnull=False).count()
    return Reach(learning=people.count() - finished, finished=finished)


def check_can_publish(version: CourseVersion, change: str) -> None:
    """Refuse what is no draft, has no lessons, or names the wrong kind of change."""
    check_is_draft(version)
    if not version.lessons.exists():
        raise VersionNotEditable(
            "no_lessons", "Kursus ini belum punya pelajaran. Tambahkan satu pelajaran."
        )
    planned = version_content(version).minutes
    if planned != version.jp * MINUTES_PER_JP:
        raise VersionNotEditable(
            "minutes",
            f"Jumlah menit {planned}, seharusnya {version.jp * MINUTES_PER_JP} "
            f"({version.jp} JP × 45 menit). Sesuaikan menit pelajaran atau JP.",
        )
    is_first = version.course.current_version_id is None
    is_known = change in CourseVersion.Change.values
    if not is_known or is_first != (change == CourseVersion.Change.FIRST):
        raise VersionNotEditable(
            "wrong_change", "Pilih salah satu dari tiga jenis perubahan."
        )


@atomic_with_retry
def publish_version(
    *,
    version_id: int,
    change: str,
    grade_items: Sequence[GradeItemContent],
    image_url: ImageUrl,
    by: User | None,
    now: datetime,
) -> CourseVersion:
    """Render, freeze and make current; move people as `change` says.

    wording: everybody of this cycle moves. required: those still learning move,
    their shown progress stays, finished ones stay finished where they were. cycle:
    nobody moves; new enrolments begin a new cycle. Whoever lacks nothing in the
    version she was moved to is complete at once. Locks the course, then the
    enrolments that move. Raises VersionNotEditable, or `lib.markdown.MarkdownProblem`
    for text that cannot be rendered; then nothing has changed.
    """
    course_id = CourseVersion.objects.values_list("course_id", flat=True).get(
        pk=version_id
    )
    course = lock_course(course_id)
    # Read under the lock: somebody else may have published it meanwhile.
    version = CourseVersion.objects.select_related("course").get(pk=version_id)
    check_can_publish(version, change)
    _render(version, course, image_url)
    GradeItem.objects.bulk_create(
        GradeItem(
            version=version,
            key=item.key,
            kind=item.kind,
            title=item.title,
            summary=item.summary,
            opens_after_lessons=item.opens_after_lessons,
        )
        for item in grade_items
    )
    version.minutes = version_content(version).minutes
    version.state = CourseVersion.State.PUBLISHED
    version.change = change
    version.published_at = now
    version.published_by = by
    version.save()
    if change == CourseVersion.Change.CYCLE:
        course.cycle = F("cycle") + 1
    course.current_version = version
    course.save(update_fields=["current_version", "cycle"])
    course.refresh_from_db()
    _move_people(course, version, change)
    for enrollment_id in list(lacking_nothing(version)):
        # Locked above, with everybody who was moved.
        enrollment = Enrollment.objects.get(pk=enrollment_id)
        update_completion(enrollment, by=by, now=now)
    audit.record("courses.version.published", version, by=by, now=now, change=change)
    return version


def _render(version: CourseVersion, course: Course, image_url: ImageUrl) -> None:
    citations = {row.key: row.text for row in version.sources.all()}

    def address(written: str) -> str:
        return image_url(course.key, written)

    total = 0
    for lesson in version.lessons.prefetch_related("parts"):
        parts = list(lesson.parts.all())
        rendered = render_lesson(
            [part.source for part in parts], citations=citations, image_url=address
        )
        _store_parts(parts, rendered)
        lesson.references_html = rendered.references_html
        lesson.word_count = rendered.words
        lesson.byte_size = rendered.byte_size
        lesson.save(update_fields=["references_html", "word_count", "byte_size"])
        total += rendered.byte_size
    version.byte_size = total
    if version.plan_source:
        version.plan_html = markdown.render(
            version.plan_source, citations=citations, image_url=address
        ).html


def _store_parts(parts: list[LessonPart], rendered: RenderedLesson) -> None:
    for part, html in zip(parts, rendered.parts_html, strict=True):
        part.html = html
        part.renderer_version = markdown.RENDERER_VERSION
        part.save(update_fields=["html", "renderer_version"])


def _move_people(course: Course, version: CourseVersion, change: str) -> None:
    people = Enrollment.objects.filter(course=course, cycle=course.cycle)
    if change == CourseVersion.Change.WORDING:
        _move(people, version)
    elif change == CourseVersion.Change.REQUIRED:
        _move(people.filter(completed_at__isnull=True), version)


def _move(people: "QuerySet[Enrollment]", version: CourseVersion) -> None:
    lock_enrollments(people)
    people.update(version=version)

"""Publishing: rendering once, freezing, and moving people as the change demands."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from courses import completion, jobs
from courses.actions.authoring import check_is_draft, fill_version
from courses.actions.files import publish_files
from courses.actions.locks import lock_course, lock_enrollments
from courses.actions.new_parts import (
    ProposedPart,
    ask_to_read,
    parts_brought,
    proposed_parts,
)
from courses.actions.progress import (
    log_grade,
    may_complete,
    recompute,
    update_completion,
)
from courses.content_types import GradeItemContent, VersionContent
from courses.demands import changed_demands
from courses.exceptions import VersionNotEditable
from courses.lesson_html import RenderedLesson, render_lesson
from courses.models import (
    Course,
    CourseVersion,
    Enrollment,
    GradeItem,
    Lesson,
    LessonPart,
)
from courses.selectors.content import version_content
from courses.selectors.facts import facts_of, requirements_of
from courses.selectors.files import ImageUrl
from lib import markdown
from lib.moments import not_before
from lib.queueing import queue_on_commit
from lib.transactions import atomic_with_retry

# 1 JP is 45 minutes (Peraturan LAN 10/2018 as agencies apply it; DOMAIN §3.1).
MINUTES_PER_JP = 45
# So many enrolments are decided anew with a few queries.
_BATCH = 500


@dataclass(frozen=True)
class Publication:
    """What is asked of a publication; see `publish_version`, `publish_beside_draft`."""

    change: str
    grade_items: Sequence[GradeItemContent]
    image_url: ImageUrl
    other_demands: Sequence[str]
    new_parts: Sequence[Sequence[str]] | None
    like: CourseVersion | None = None


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


def check_can_publish(
    version: CourseVersion, change: str, *, other_demands: Sequence[str] = ()
) -> None:
    """Refuse what is no draft, has no lessons, or names the wrong kind of change.

    A correction of words may not change JP, requirements or required lessons, nor what
    `other_demands` names: it moves people who have finished, and would complete others
    on the spot.
    """
    check_is_draft(version)
    _check_change(version, change, other_demands)


def _check_change(
    version: CourseVersion, change: str, other_demands: Sequence[str]
) -> None:
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
    if change == CourseVersion.Change.WORDING:
        _check_asks_the_same(version, other_demands)


def demands_changed_by(draft: CourseVersion) -> list[str]:
    """Name what a draft asks of people otherwise than what is published now."""
    current = draft.course.current_version
    if current is None:
        return []
    return changed_demands(
        version_content(current),
        version_content(draft),
        titles=dict(current.grade_items.values_list("key", "title")),
    )


def _check_asks_the_same(version: CourseVersion, other_demands: Sequence[str]) -> None:
    """Refuse to call a change of what is asked a correction of words."""
    changed = [*demands_changed_by(version), *other_demands]
    if changed:
        raise VersionNotEditable(
            "more_than_words",
            _(
                "Ini bukan sekadar perbaikan kata, karena yang diminta dari peserta "
                "berubah: %(changes)s. Pilih “Bagian wajib baru” atau “Siklus baru”."
            )
            % {"changes": "; ".join(changed)},
        )


@atomic_with_retry
def publish_version(
    *,
    version_id: int,
    change: str,
    grade_items: Sequence[GradeItemContent],
    image_url: ImageUrl,
    other_demands: Sequence[str] = (),
    new_parts: Sequence[Sequence[str]] | None = None,
    by: User | None,
    now: datetime,
) -> CourseVersion:
    """Render, freeze and make current; move people as `change` says.

    wording: everybody of this cycle moves; it asks the same as before. required: those
    still learning move, their shown progress never falls, required lessons whose text
    changed are read again; finished ones stay finished where they were. cycle: nobody
    moves; new enrolments begin a new cycle. Whoever takes the course and lacks nothing
    in the version she was moved to is complete at once. `other_demands` names what is
    asked otherwise beside the version itself, in its quizzes. Locks the course, then
    the enrolments that move. Raises VersionNotEditable, or
    `lib.markdown.MarkdownProblem` for text that cannot be rendered; then nothing has
    changed.
    """
    course_id = CourseVersion.objects.values_list("course_id", flat=True).get(
        pk=version_id
    )
    course = lock_course(course_id)
    # Read under the lock: somebody else may have published it meanwhile.
    version = CourseVersion.objects.select_related("course").get(pk=version_id)
    check_is_draft(version)
    asked = Publication(change, grade_items, image_url, other_demands, new_parts)
    return _release(course, version, asked, by=by, now=now)


@atomic_with_retry
def publish_beside_draft(
    *,
    like: CourseVersion,
    content: VersionContent,
    change: str,
    grade_items: Sequence[GradeItemContent],
    image_url: ImageUrl,
    other_demands: Sequence[str] = (),
    by: User,
    now: datetime,
) -> CourseVersion:
    """Publish `content` as a version of its own; an open draft stays as it is.

    The draft, if there is one, gets the number after it. Lessons that say what they say
    in `like`, a published version, are shown as there to the letter. Otherwise as
    `publish_version`, with the same locks.
    """
    course = lock_course(like.course_id)
    last = course.versions.aggregate(last=Max("number"))["last"]
    draft = course.versions.filter(state=CourseVersion.State.DRAFT).first()
    number = draft.number if draft else last + 1
    if draft:
        draft.number = number + 1
        draft.save(update_fields=["number"])
    # Nobody sees it before the transaction ends, and there can be one draft only.
    version = CourseVersion(
        course=course,
        number=number,
        state=CourseVersion.State.PUBLISHED,
        created_at=now,
        published_at=now,
    )
    fill_version(version, content)
    asked = Publication(change, grade_items, image_url, other_demands, (), like)
    return _release(course, version, asked, by=by, now=now)


def _release(
    course: Course,
    version: CourseVersion,
    asked: Publication,
    *,
    by: User | None,
    now: datetime,
) -> CourseVersion:
    """Render, freeze and make current. The course is locked."""
    _check_change(version, asked.change, asked.other_demands)
    _render(version, course, asked.image_url, like=asked.like)
    publish_files(version)
    renewed = _new_parts(version, asked)
    _carry_readings(version, renewed)
    ask_to_read(course, version, renewed)
    GradeItem.objects.bulk_create(
        GradeItem(
            version=version,
            key=item.key,
            kind=item.kind,
            title=item.title,
            summary=item.summary,
            opens_after_lessons=item.opens_after_lessons,
        )
        for item in asked.grade_items
    )
    version.minutes = version_content(version).minutes
    version.state = CourseVersion.State.PUBLISHED
    version.change = asked.change
    version.published_at = not_before(now, version.created_at)
    version.published_by = by
    version.save()
    if asked.change == CourseVersion.Change.CYCLE:
        course.cycle = F("cycle") + 1
    course.current_version = version
    course.save(update_fields=["current_version", "cycle"])
    course.refresh_from_db()
    moved = _move_people(course, version, asked.change)
    _decide_anew(version, moved, by=by, now=now)
    audit.record(
        "courses.version.published", version, by=by, now=now, change=asked.change
    )
    queue_on_commit(jobs.INDEX_COURSE, course_id=course.pk)
    if renewed:
        queue_on_commit(jobs.TELL_OF_NEW_PARTS, version_id=version.pk)
    return version


def _new_parts(version: CourseVersion, asked: Publication) -> list[ProposedPart]:
    """Return the parts that people are asked to read: those chosen, or all proposed."""
    if asked.change != CourseVersion.Change.REQUIRED:
        return []
    proposed = proposed_parts(version)
    if asked.new_parts is None:
        return proposed
    chosen = {tuple(pair) for pair in asked.new_parts}
    return [part for part in proposed if part.place in chosen]


def _carry_readings(version: CourseVersion, renewed: Sequence[ProposedPart]) -> None:
    """Say of each lesson since which version reading it counts."""
    current = version.course.current_version
    if current is None:
        return
    since = dict(current.lessons.values_list("key", "read_since"))
    brought = parts_brought(version.course)
    lessons = list(version.lessons.prefetch_related("parts"))
    for lesson in lessons:
        parts = {part.key for part in lesson.parts.all()}
        lesson.read_since = _still_since(
            since.get(lesson.key, 0), brought.get(lesson.key, {}), parts
        )
    new = {part.lesson_key for part in renewed}
    for lesson in lessons:
        if lesson.key in new:
            lesson.read_since = version.number
    Lesson.objects.bulk_update(lessons, ["read_since"])


def _still_since(
    since: int, brought: Mapping[int, Collection[str]], parts: Collection[str]
) -> int:
    """Return since which version a lesson is read anew: what it brought may be gone.

    `brought` says by the numbers of versions which parts they brought.
    """
    if since not in brought or set(brought[since]) & set(parts):
        return since
    earlier = [number for number, keys in brought.items() if set(keys) & set(parts)]
    return max((number for number in earlier if number < since), default=0)


def _render(
    version: CourseVersion,
    course: Course,
    image_url: ImageUrl,
    *,
    like: CourseVersion | None,
) -> None:
    citations = {row.key: row.text for row in version.sources.all()}

    def address(written: str) -> str | markdown.ShownFile:
        return image_url(course.key, written)

    shown = _shown_in(like)
    total = 0
    for lesson in version.lessons.prefetch_related("parts"):
        parts = list(lesson.parts.all())
        rendered = shown.get(_said(lesson)) or render_lesson(
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


def _said(lesson: Lesson) -> tuple[str, ...]:
    """Return what a lesson is known by: its key and the words of its parts."""
    return (lesson.key, *(part.source for part in lesson.parts.all()))


def _shown_in(like: CourseVersion | None) -> dict[tuple[str, ...], RenderedLesson]:
    """Return the lessons of a published version as they are shown there."""
    lessons = like.lessons.prefetch_related("parts") if like else ()
    return {
        _said(lesson): RenderedLesson(
            parts_html=tuple(part.html for part in lesson.parts.all()),
            references_html=lesson.references_html,
            words=lesson.word_count,
            byte_size=lesson.byte_size,
            check_keys=(),
        )
        for lesson in lessons
        if all(
            part.renderer_version == markdown.RENDERER_VERSION
            for part in lesson.parts.all()
        )
    }


def _store_parts(parts: list[LessonPart], rendered: RenderedLesson) -> None:
    for part, html in zip(parts, rendered.parts_html, strict=True):
        part.html = html
        part.renderer_version = markdown.RENDERER_VERSION
        part.save(update_fields=["html", "renderer_version"])


def _move_people(course: Course, version: CourseVersion, change: str) -> list[int]:
    """Move whom the change moves; return the ids of those who are not finished.

    They stay locked until the transaction ends.
    """
    people = Enrollment.objects.filter(course=course, cycle=course.cycle)
    if change == CourseVersion.Change.REQUIRED:
        people = people.filter(completed_at__isnull=True)
    elif change != CourseVersion.Change.WORDING:
        return []
    lock_enrollments(people)
    people.update(version=version)
    unfinished = people.filter(completed_at__isnull=True).order_by("pk")
    return list(unfinished.values_list("pk", flat=True))


def _decide_anew(
    version: CourseVersion, moved: Sequence[int], *, by: User | None, now: datetime
) -> None:
    """Decide progress and completion of those who were moved, a batch at a time.

    A publication may ask for less than before: then more of it is done.
    """
    requirements = requirements_of(version.pk)
    for start in range(0, len(moved), _BATCH):
        ids = moved[start : start + _BATCH]
        facts = facts_of(version.pk, ids)
        changed = []
        for enrollment in Enrollment.objects.filter(pk__in=ids).order_by("pk"):
            known = facts[enrollment.pk]
            if may_complete(enrollment) and completion.is_complete(requirements, known):
                update_completion(enrollment, by=by, now=now)
                continue
            progress, grade = enrollment.progress, enrollment.final_percent
            recompute(enrollment, requirements, known)
            if grade != enrollment.final_percent:
                log_grade(enrollment, now=now)
            if (progress, grade) != (enrollment.progress, enrollment.final_percent):
                changed.append(enrollment)
        Enrollment.objects.bulk_update(changed, ["progress", "final_percent"])

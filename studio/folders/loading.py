"""Loading a course folder: a new course, a new version, or nothing at all."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from accounts.models import Unit, User
from courses import actions as courses_actions
from courses.models import Course, CourseVersion
from lib.transactions import atomic_with_retry
from quizzes import actions as quizzes_actions
from quizzes.models import Question, QuestionVersion
from quizzes.selectors import changed_counting
from studio.exceptions import FolderNotLoaded
from studio.folders.checkable import course_of
from studio.folders.checks import find_faults
from studio.folders.reading import CourseFolder, FolderRefused, as_folder, read_written
from studio.lessons.images import finder


@dataclass(frozen=True)
class LoadResult:
    """What became of a folder; `version` is the one people now get."""

    course: Course
    version: CourseVersion
    changed: bool


def load_folder(
    path: Path,
    *,
    unit: Unit,
    by: User | None,
    now: datetime,
    unchecked: bool = False,
) -> LoadResult:
    """Publish what the folder says, in one transaction.

    The folder that was loaded last changes nothing, whatever Studio has published
    since. A new course belongs to `unit`; one that exists stays where it is.
    Locks the course. Raises FolderRefused for problems in the folder and, unless
    `unchecked`, for the faults of `studio.folders.checks`; FolderNotLoaded where
    Studio has work that loading would hide, or needs the key itself. Then nothing has
    changed.
    """
    written = read_written(path)
    folder = as_folder(written)
    if not unchecked and not _is_loaded(folder):
        faults = find_faults(course_of(written))
        if faults:
            raise FolderRefused(faults)
    return _load(folder, unit=unit, by=by, now=now)


def _is_loaded(folder: CourseFolder) -> bool:
    """Would loading change nothing? Then nothing need be checked."""
    loaded = CourseVersion.objects.filter(course__key=folder.key).exclude(
        content_hash=""
    )
    last = loaded.order_by("-number").first()
    return last is not None and last.content_hash == folder.version.content_hash


@atomic_with_retry
def _load(
    folder: CourseFolder, *, unit: Unit, by: User | None, now: datetime
) -> LoadResult:
    if folder.key in courses_actions.RESERVED_KEYS:
        raise FolderNotLoaded(
            "key_reserved",
            f"“{folder.key}” adalah alamat halaman Studio. Pilih `key` lain di "
            "course.yaml, misalnya nama lengkap kursusnya.",
        )
    course = courses_actions.create_course(
        key=folder.key, code=folder.code, unit=unit, by=by, now=now
    )
    course = courses_actions.lock_course(course.pk)
    # Again by every load: what was cut short is made good.
    courses_actions.name_files(
        course=course, files=folder.images, alts=folder.alts, by=by, now=now
    )
    quizzes_actions.store_images(folder.question_pictures)
    loaded = course.versions.exclude(content_hash="").order_by("-number").first()
    current = course.current_version
    if current and loaded and loaded.content_hash == folder.version.content_hash:
        return LoadResult(course, current, changed=False)
    _check_studio_has_no_work(course)
    version = courses_actions.write_version(
        course=course, content=folder.version, by=by, now=now
    )
    _write_questions(folder, course, by=by, now=now)
    _publish(folder, course, version, by=by, now=now)
    course.refresh_from_db()
    return LoadResult(course, version, changed=True)


def _check_studio_has_no_work(course: Course) -> None:
    """Refuse to hide what somebody wrote in Studio."""
    drafts = QuestionVersion.objects.filter(
        question__bank__course=course, state=QuestionVersion.State.DRAFT
    )
    has_draft = course.versions.filter(state=CourseVersion.State.DRAFT).exists()
    if has_draft or drafts.exists():
        raise FolderNotLoaded(
            "draft_open",
            f"Kursus “{course.key}” masih punya draf di Studio. "
            "Terbitkan atau buang draf itu, lalu muat lagi.",
        )
    current = course.current_version
    if current is not None and not current.content_hash:
        raise FolderNotLoaded(
            "studio_ahead",
            f"Kursus “{course.key}” terakhir diterbitkan dari Studio. "
            "Lanjutkan di Studio, agar perubahan itu tidak tertimpa.",
        )


def _write_questions(
    folder: CourseFolder, course: Course, *, by: User | None, now: datetime
) -> None:
    """Write every question of the folder; retire those that have left it."""
    kept = set()
    for content in folder.banks:
        bank = quizzes_actions.open_bank(
            key=content.key,
            title=content.title,
            use=content.use,
            course=course,
            unit=course.unit,
            now=now,
        )
        _check_not_retired(bank.pk, {question.key for question in content.questions})
        for question in content.questions:
            version = quizzes_actions.write_question(
                bank=bank, content=question, by=by, now=now
            )
            kept.add(version.question_id)
        quizzes_actions.write_composition(
            bank=bank,
            questions={one.key: one.composition for one in content.questions},
            by=by,
            now=now,
        )
    left = Question.objects.filter(bank__course=course).exclude(pk__in=kept)
    for gone in left.exclude(state=Question.State.RETIRED):
        quizzes_actions.retire_question(question_id=gone.pk, by=by, now=now)


def _check_not_retired(bank_id: int, keys: Collection[str]) -> None:
    retired = Question.objects.filter(
        bank=bank_id, key__in=keys, state=Question.State.RETIRED
    ).first()
    if retired:
        raise FolderNotLoaded(
            "question_retired",
            f"Soal “{retired.key}” pernah ditarik. Beri soal ini kunci baru.",
        )


def _publish(
    folder: CourseFolder,
    course: Course,
    version: CourseVersion,
    *,
    by: User | None,
    now: datetime,
) -> None:
    quizzes_actions.make_ready(course=course, by=by, now=now)
    source = course.current_version
    quizzes = {quiz.key: quiz for quiz in folder.quizzes}
    counting = {key: quiz.counting for key, quiz in quizzes.items()}
    courses_actions.publish_version(
        version_id=version.pk,
        change=folder.change if source else CourseVersion.Change.FIRST,
        grade_items=folder.grade_items,
        image_url=finder(course),
        other_demands=changed_counting(source, counting) if source else (),
        by=by,
        now=now,
    )
    for item in version.grade_items.all():
        quizzes_actions.create_quiz(grade_item=item, content=quizzes[item.key])
    if source:
        quizzes_actions.recount_moved(source=source, target=version, by=by, now=now)
    version.refresh_from_db()

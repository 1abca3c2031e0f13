"""A course from a file, brought into a draft: nobody but its authors sees it yet."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from itertools import count

from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Unit, User
from courses import actions as courses_actions
from courses.content_types import LessonContent, VersionContent
from courses.models import Course, CourseVersion
from courses.selectors.content import version_content
from lib.transactions import atomic_with_retry
from quizzes import actions as quizzes_actions
from quizzes.models import QuestionVersion
from studio.exceptions import FolderNotLoaded
from studio.folders.reading import CourseFolder, WrittenCourse, as_folder

# As keys that Studio makes from titles.
_KEY_STEM = 60


@dataclass(frozen=True)
class BringingPlan:
    """What bringing a course would do: a new course, or a new draft of `course`.

    `refusal` says why it cannot be done now. `digest` changes with all of it.
    """

    folder: CourseFolder
    unit: Unit
    course: Course | None
    new_lessons: tuple[str, ...]
    changed_lessons: tuple[str, ...]
    gone_lessons: tuple[str, ...]
    renamed_from: str
    refusal: str

    @property
    def questions(self) -> int:
        """How many questions the file holds."""
        return sum(len(bank.questions) for bank in self.folder.banks)

    @property
    def digest(self) -> str:
        """What the confirmation must name, so that nothing unseen is done."""
        course = self.course
        there = f"{course.pk}:{course.current_version_id}" if course else "new"
        said = (self.folder.key, self.folder.version.content_hash, self.unit.code)
        return sha256("\n".join([there, self.refusal, *said]).encode()).hexdigest()


def plan_bringing(
    written: WrittenCourse, *, unit: Unit, course: Course | None
) -> BringingPlan:
    """Return what bringing the course would do. Changes nothing.

    `course` is the course of that key that the author may write, and means to change;
    without it a new one of `unit` is made, with another key where this one is taken.
    """
    if course is not None:
        folder = as_folder(written)
        refusal = _refusal(course)
        before = _lessons(_working(course))
        unit, old = course.unit, ""
    else:
        key = _free_key(written.course.key)
        old = written.course.key if key != written.course.key else ""
        folder = as_folder(renamed(written, key))
        refusal, before = "", {}
    after = _lessons(folder.version)
    return BringingPlan(
        folder=folder,
        unit=unit,
        course=course,
        new_lessons=_titles(after, after.keys() - before.keys()),
        changed_lessons=_titles(
            after, {key for key in after.keys() & before if after[key] != before[key]}
        ),
        gone_lessons=_titles(before, before.keys() - after.keys()),
        renamed_from=old,
        refusal=refusal,
    )


@atomic_with_retry
def bring_course(
    *,
    written: WrittenCourse,
    unit: Unit,
    course: Course | None,
    confirmed: str,
    by: User | None,
    now: datetime,
) -> Course:
    """Store a course from a file as a draft, whole or not at all; return it.

    Questions come as drafts, too; those of an existing course that the file does not
    have stay. Locks the course. Raises FolderNotLoaded where this is not what was
    confirmed, or where a draft is open; `courses.exceptions.FileNotAccepted`.
    """
    if course is not None:
        course = courses_actions.lock_course(course.pk)
    plan = plan_bringing(written, unit=unit, course=course)
    if plan.digest != confirmed:
        raise FolderNotLoaded(
            "plan_changed",
            _("Keadaannya berubah sejak pratinjau ini dibuka. Periksa lagi."),
        )
    if plan.refusal:
        raise FolderNotLoaded("draft_open", plan.refusal)
    return _write(plan, by=by, now=now)


def _write(plan: BringingPlan, *, by: User | None, now: datetime) -> Course:
    folder = plan.folder
    course = courses_actions.create_course(
        key=folder.key, code=folder.code, unit=plan.unit, by=by, now=now
    )
    course = courses_actions.lock_course(course.pk)
    courses_actions.check_budget(course, folder.images.values())
    courses_actions.name_files(
        course=course, files=folder.images, alts=folder.alts, by=by, now=now
    )
    quizzes_actions.store_images(folder.question_pictures)
    content = replace(folder.version, content_hash="")
    draft = courses_actions.write_version(
        course=course, content=content, by=by, now=now
    )
    # Opening a draft writes nothing; this does, and whoever did it does not approve it.
    audit.record("courses.draft.changed", draft, by=by, now=now, what="brought")
    for bank_content in folder.banks:
        bank = quizzes_actions.open_bank(
            key=bank_content.key,
            title=bank_content.title,
            use=bank_content.use,
            course=course,
            unit=course.unit,
            now=now,
        )
        for question in bank_content.questions:
            quizzes_actions.write_question(bank=bank, content=question, by=by, now=now)
        quizzes_actions.write_composition(
            bank=bank,
            questions={one.key: one.composition for one in bank_content.questions},
            by=by,
            now=now,
        )
    for quiz in folder.plans:
        quizzes_actions.write_quiz_plan(version=draft, plan=quiz, by=by, now=now)
    return course


def _refusal(course: Course) -> str:
    drafts = QuestionVersion.objects.filter(
        question__bank__course=course, state=QuestionVersion.State.DRAFT
    )
    has_draft = course.versions.filter(state=CourseVersion.State.DRAFT).exists()
    if has_draft or drafts.exists():
        return _(
            "Kursus ini masih punya draf. Terbitkan atau buang draf itu dulu, atau "
            "muat sebagai kursus baru."
        )
    return ""


def _working(course: Course) -> VersionContent | None:
    version = course.current_version
    return version_content(version) if version else None


def _lessons(content: VersionContent | None) -> dict[str, LessonContent]:
    modules = content.modules if content else ()
    return {
        lesson.key: replace(lesson, parts=tuple(lesson.parts))
        for module in modules
        for lesson in module.lessons
    }


def _titles(lessons: dict[str, LessonContent], keys: set[str]) -> tuple[str, ...]:
    return tuple(lesson.title for key, lesson in lessons.items() if key in keys)


def _free_key(key: str) -> str:
    """Return the key, or the next one that no course has."""
    taken = courses_actions.RESERVED_KEYS | set(
        Course.objects.filter(key__startswith=key[:_KEY_STEM]).values_list(
            "key", flat=True
        )
    )
    if key not in taken:
        return key
    stem = key[:_KEY_STEM].strip("-")
    return next(made for n in count(2) if (made := f"{stem}-{n}") not in taken)


def renamed(written: WrittenCourse, key: str) -> WrittenCourse:
    """Return the course under another key; its links to itself follow."""
    old = written.course.key
    if key == old:
        return written

    def moved(text: str) -> str:
        return text.replace(f"/kursus/{old}/", f"/kursus/{key}/")

    course, plan = written.course, written.course.plan
    lessons = [
        replace(
            lesson,
            content=replace(
                lesson.content,
                parts=tuple(
                    replace(part, source=moved(part.source))
                    for part in lesson.content.parts
                ),
            ),
        )
        for lesson in written.lessons
    ]
    return replace(
        written,
        course=replace(course, key=key, plan=replace(plan, value=moved(plan.value))),
        lessons=lessons,
    )

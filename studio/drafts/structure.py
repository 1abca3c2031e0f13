"""Verbs that change the outline and the settings of a draft, and what they refuse."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import chain, count

from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from courses import actions as courses_actions
from courses.actions.publishing import MINUTES_PER_JP
from courses.content_types import (
    GlossaryEntry,
    LessonContent,
    ObjectiveContent,
    SourceContent,
    VersionContent,
)
from courses.models import Course, CourseVersion, Lesson, Module, RetiredLesson
from courses.selectors.content import version_content
from lib.transactions import atomic_with_retry
from studio.colleagues import conflict
from studio.drafts import edits
from studio.drafts.fingerprints import outline_fingerprint, settings_fingerprint
from studio.exceptions import DraftNotEditable
from studio.fetching import draft_of
from studio.lessons.text import MAX_TITLE

# Until its author says otherwise.
NEW_LESSON_MINUTES = 15
_KEY_STEM = 60


@dataclass(frozen=True)
class OutlineChange:
    """What an author asks for: a command, the key it is about, and what she typed."""

    command: str
    key: str = ""
    title: str = ""
    module: str = ""
    before: str = ""


@dataclass(frozen=True)
class CourseSettings:
    """What a course says of itself beside its lessons and quizzes."""

    title: str
    summary: str
    pillar: str
    digcomp: tuple[int, ...]
    jp: int
    jp_basis: str
    objectives: tuple[ObjectiveContent, ...]
    sources: tuple[SourceContent, ...]
    plan_title: str
    plan_source: str
    plan_minutes: int
    prerequisites: tuple[str, ...]
    glossary: tuple[GlossaryEntry, ...]


@atomic_with_retry
def change_outline(
    *, course: Course, change: OutlineChange, base: str, by: User, now: datetime
) -> str:
    """Change modules and lessons of the draft; return the key of what it was about.

    `base` is the fingerprint of the outline as the author saw it: a form sent twice
    is told, not done twice. Locks the course. Raises DraftNotEditable, EditConflict
    with the colleague's name, or VersionNotEditable.
    """
    draft = locked_draft(course)
    content = version_content(draft)
    if outline_fingerprint(content) != base:
        raise conflict(draft, by=by, kept=change.title)
    try:
        written, key = _COMMANDS[change.command](draft, content, change, now)
    except LookupError as gone:
        raise DraftNotEditable(
            "gone", _("Yang Anda ubah sudah tidak ada di draf ini.")
        ) from gone
    courses_actions.rewrite_draft(
        version_id=draft.pk, content=written, what=change.command, by=by, now=now
    )
    return key


@atomic_with_retry
def save_settings(
    *, course: Course, settings: CourseSettings, base: str, by: User, now: datetime
) -> CourseVersion:
    """Store what the course says of itself, in its draft. Locks the course.

    `base` is the fingerprint of the settings as the author opened them. Raises
    DraftNotEditable, EditConflict with the colleague's name, or VersionNotEditable.
    """
    draft = locked_draft(course)
    content = version_content(draft)
    if settings_fingerprint(content) != base:
        raise conflict(draft, by=by)
    said = {name: getattr(settings, name) for name in asdict(settings)}
    return courses_actions.rewrite_draft(
        version_id=draft.pk,
        content=replace(content, **said),
        what="settings",
        by=by,
        now=now,
    )


def locked_draft(course: Course) -> CourseVersion:
    """Lock the course and return its draft. Raises DraftNotEditable without one."""
    courses_actions.lock_course(course.pk)
    draft = draft_of(course)
    if draft is None:
        raise DraftNotEditable(
            "no_draft", _("Belum ada draf. Buka draf kursus ini, lalu ulangi.")
        )
    return draft


# --- commands: (draft, content, change, now) → (content, key) ------------------------
_Result = tuple[VersionContent, str]


def _add_module(
    draft: CourseVersion, content: VersionContent, change: OutlineChange, now: datetime
) -> _Result:
    taken = set(
        Module.objects.filter(version__course=draft.course_id).values_list(
            "key", flat=True
        )
    )
    key = next(key for key in (f"m{n}" for n in count(1)) if key not in taken)
    return edits.add_module(content, key, _title(change)), key


def _rename_module(
    draft: CourseVersion, content: VersionContent, change: OutlineChange, now: datetime
) -> _Result:
    return edits.rename_module(content, change.key, _title(change)), change.key


def _shift_module(steps: int) -> "_Command":
    return lambda draft, content, change, now: (
        edits.shift_module(content, change.key, steps),
        change.key,
    )


def _remove_module(
    draft: CourseVersion, content: VersionContent, change: OutlineChange, now: datetime
) -> _Result:
    try:
        return edits.remove_module(content, change.key), ""
    except ValueError as full:
        raise DraftNotEditable(
            "module_full",
            _("Modul ini masih berisi pelajaran. Pindahkan atau tarik dulu."),
        ) from full


def _add_lesson(
    draft: CourseVersion, content: VersionContent, change: OutlineChange, now: datetime
) -> _Result:
    title = _title(change)
    key = _free_lesson_key(draft, title)
    lesson = LessonContent(key=key, title=title, minutes=NEW_LESSON_MINUTES, parts=[])
    place = len(edits.lessons_in(content))
    return edits.insert_lesson(content, change.key, place, lesson), key


def _rename_lesson(
    draft: CourseVersion, content: VersionContent, change: OutlineChange, now: datetime
) -> _Result:
    return edits.rename_lesson(content, change.key, _title(change)), change.key


def _shift_lesson(steps: int) -> "_Command":
    return lambda draft, content, change, now: (
        edits.shift_lesson(content, change.key, steps),
        change.key,
    )


def _place_lesson(
    draft: CourseVersion, content: VersionContent, change: OutlineChange, now: datetime
) -> _Result:
    moved = edits.place_lesson(content, change.key, change.module, change.before)
    return moved, change.key


def _copy_lesson(
    draft: CourseVersion, content: VersionContent, change: OutlineChange, now: datetime
) -> _Result:
    at, place = edits.place_of(content, change.key)
    title = _("Salinan %(title)s") % {"title": content.modules[at].lessons[place].title}
    key = _free_lesson_key(draft, title)
    return edits.copy_lesson(content, change.key, key, title[:MAX_TITLE]), key


def _retire_lesson(
    draft: CourseVersion, content: VersionContent, change: OutlineChange, now: datetime
) -> _Result:
    at, place = edits.place_of(content, change.key)
    module = content.modules[at]
    courses_actions.keep_retired_lesson(
        version_id=draft.pk,
        module_key=module.key,
        place=place,
        lesson=module.lessons[place],
        now=now,
    )
    return edits.remove_lesson(content, change.key), change.key


def _restore_lesson(
    draft: CourseVersion, content: VersionContent, change: OutlineChange, now: datetime
) -> _Result:
    found = courses_actions.take_retired_lesson(
        version_id=draft.pk, lesson_key=change.key
    )
    if found is None or not content.modules:
        raise LookupError(change.key)
    module_key, place, lesson = found
    there = [module.key for module in content.modules]
    if module_key not in there:
        module_key, place = there[-1], len(edits.lessons_in(content))
    return edits.insert_lesson(content, module_key, place, lesson), change.key


def _share_minutes(
    draft: CourseVersion, content: VersionContent, change: OutlineChange, now: datetime
) -> _Result:
    lessons = edits.lessons_in(content)
    other = content.minutes - sum(lesson.minutes for lesson in lessons)
    minutes = edits.shared_minutes(
        [_words_in(lesson) for lesson in lessons], content.jp * MINUTES_PER_JP - other
    )
    return edits.set_minutes(content, minutes), ""


_Command = Callable[[CourseVersion, VersionContent, OutlineChange, datetime], _Result]
_COMMANDS: Mapping[str, _Command] = {
    "module-add": _add_module,
    "module-rename": _rename_module,
    "module-up": _shift_module(-1),
    "module-down": _shift_module(1),
    "module-remove": _remove_module,
    "lesson-add": _add_lesson,
    "lesson-rename": _rename_lesson,
    "lesson-up": _shift_lesson(-1),
    "lesson-down": _shift_lesson(1),
    "lesson-place": _place_lesson,
    "lesson-copy": _copy_lesson,
    "lesson-retire": _retire_lesson,
    "lesson-restore": _restore_lesson,
    "minutes-share": _share_minutes,
}
OUTLINE_COMMANDS = frozenset(_COMMANDS)


def _words_in(lesson: LessonContent) -> int:
    return sum(len(part.source.split()) for part in lesson.parts)


def _title(change: OutlineChange) -> str:
    title = " ".join(change.title.split())
    if not title:
        raise DraftNotEditable("no_title", _("Judulnya masih kosong. Tulis dulu."))
    if len(title) > MAX_TITLE:
        raise DraftNotEditable(
            "long_title",
            _("Judul paling panjang %(most)d karakter; yang Anda tulis %(count)d.")
            % {"most": MAX_TITLE, "count": len(title)},
        )
    return title


def _free_lesson_key(draft: CourseVersion, title: str) -> str:
    """Return a key that no lesson of the course ever had: what people have done hangs
    on keys.
    """
    taken = {
        *Lesson.objects.filter(version__course=draft.course_id).values_list(
            "key", flat=True
        ),
        *RetiredLesson.objects.filter(version__course=draft.course_id).values_list(
            "key", flat=True
        ),
    }
    stem = slugify(title).replace("_", "-")[:_KEY_STEM].strip("-") or "pelajaran"
    keys = chain([stem], (f"{stem}-{number}" for number in count(2)))
    return next(key for key in keys if key not in taken)

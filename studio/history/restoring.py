"""Bringing an earlier wording of a lesson back, as a new save."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from courses import actions as courses_actions
from courses.models import Course, Lesson, LessonSave
from courses.selectors.content import lesson_content
from lib.transactions import atomic_with_retry
from studio.drafts.actions import open_draft
from studio.drafts.fingerprints import lesson_fingerprint
from studio.exceptions import DraftNotEditable, EditConflict
from studio.history.lesson import entry_called


@atomic_with_retry
def restore_lesson(
    *, course: Course, lesson_key: str, name: str, base: str, by: User, now: datetime
) -> Lesson:
    """Make the lesson of the draft say what it said in the entry called `name`.

    `base` is the fingerprint of the lesson as the author saw it. Opens a draft where
    there is none. What the lesson says now stays in its history, so that this can be
    undone by bringing that back; the same words change nothing. Locks the course.
    Raises EditConflict where a colleague saved meanwhile, DraftNotEditable for a lesson
    that is not in the draft.
    """
    course = courses_actions.lock_course(course.pk)
    content = entry_called(course, lesson_key, name).content
    draft = open_draft(course=course, by=by, now=now)
    lesson = draft.lessons.filter(key=lesson_key).first()
    if lesson is None:
        raise DraftNotEditable(
            "lesson_retired",
            _(
                "Pelajaran ini sudah ditarik dari draf. Kembalikan dulu dari kerangka "
                "kursus."
            ),
        )
    present = lesson_content(lesson)
    if lesson_fingerprint(present) != base:
        raise EditConflict(
            "lesson_changed",
            _(
                "Pelajaran ini sudah diubah orang lain sejak Anda membuka riwayatnya. "
                "Lihat keadaannya sekarang, lalu ulangi."
            ),
        )
    if lesson_fingerprint(content) == base:
        return lesson
    return courses_actions.update_lesson(
        lesson_id=lesson.pk,
        content=content,
        how=LessonSave.How.RESTORED,
        by=by,
        now=now,
    )

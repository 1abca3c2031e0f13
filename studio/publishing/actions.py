"""Publishing a course from Studio: its lessons, its questions and its quizzes."""

from datetime import datetime

from accounts.models import User
from courses import actions as courses_actions
from courses.content_types import GradeItemContent
from courses.models import Course, CourseVersion
from lib.transactions import atomic_with_retry
from quizzes import actions as quizzes_actions
from quizzes.selectors import draft_rules, rules_content
from studio.exceptions import CourseNotPublishable, DraftNotEditable
from studio.fetching import draft_of
from studio.lessons.images import image_url
from studio.publishing.readiness import draft_fingerprint, find_obstacles
from studio.quizzes.filling import quizzes_of
from studio.quizzes.summary import quiz_summary


@atomic_with_retry
def publish_course(
    *, course: Course, change: str, seen: str, by: User, now: datetime
) -> CourseVersion:
    """Publish the draft with its questions, and move people as `change` says.

    `seen` is the fingerprint of the draft that the author looked through. Locks the
    course. Raises DraftNotEditable without a draft, CourseNotPublishable with
    everything that stands against it, or VersionNotEditable for the wrong kind of
    change; then nothing has changed.
    """
    course = courses_actions.lock_course(course.pk)
    draft = draft_of(course)
    if draft is None:
        raise DraftNotEditable("no_draft", "Tidak ada draf yang bisa diterbitkan.")
    if draft_fingerprint(course, draft) != seen:
        raise CourseNotPublishable(
            "draft_changed",
            "Draf ini berubah sejak halaman ini dibuka. Periksa lagi, lalu terbitkan.",
            [],
        )
    obstacles = find_obstacles(course, draft)
    if obstacles:
        raise CourseNotPublishable(
            "obstacles", "Masih ada yang perlu dibenahi sebelum terbit.", obstacles
        )
    quizzes_actions.make_ready(course=course, by=by, now=now)
    source = course.current_version
    courses_actions.publish_version(
        version_id=draft.pk,
        change=change,
        grade_items=_grade_items(source, draft) if source else (),
        image_url=image_url,
        by=by,
        now=now,
    )
    if source:
        quizzes_actions.copy_quizzes(source=source, target=draft)
    draft.refresh_from_db()
    return draft


def _grade_items(source: CourseVersion, draft: CourseVersion) -> list[GradeItemContent]:
    """Return the graded things of the version before, their questions counted anew.

    What people read of them speaks of the rules that the draft has.
    """
    drafted = draft_rules(draft)
    minutes = dict(source.requirements.values_list("key", "minutes"))
    marks = dict(source.requirements.values_list("key", "pass_mark"))
    found = []
    for quiz in quizzes_of(source.pk):
        item = quiz.grade_item
        if item is None:
            continue
        slots = list(quiz.slots.all())
        rules = drafted.get(item.key) or rules_content(quiz)
        found.append(
            GradeItemContent(
                key=item.key,
                kind=item.kind,
                title=item.title,
                summary=quiz_summary(
                    count=len(quizzes_actions.questions_asked(slots)) or len(slots),
                    time_limit_minutes=(rules.time_limit_seconds or 0) // 60,
                    planned_minutes=minutes.get(item.key, 0),
                    pass_mark=int(marks.get(item.key) or 0),
                    attempts=rules.attempts_per_block or 0,
                ),
                opens_after_lessons=item.opens_after_lessons,
            )
        )
    return found

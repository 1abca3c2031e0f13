"""Publishing a course from Studio: its lessons, its questions and its quizzes."""

from collections.abc import Sequence
from datetime import datetime

from accounts.models import User
from courses import actions as courses_actions
from courses.actions.publishing import check_can_publish
from courses.content_types import GradeItemContent
from courses.models import CompletionRequirement, Course, CourseVersion
from lib.transactions import atomic_with_retry
from quizzes import actions as quizzes_actions
from quizzes.actions import QuizPlan
from quizzes.models import Quiz
from quizzes.selectors import drafted_counting, planned_quizzes, ready_keys
from studio.exceptions import CourseNotPublishable, DraftNotEditable
from studio.fetching import draft_of
from studio.lessons.images import finder
from studio.publishing.approval import check_approved
from studio.publishing.quality import find_quality_faults
from studio.publishing.readiness import draft_fingerprint, find_obstacles
from studio.quizzes.summary import quiz_summary


@atomic_with_retry
def publish_course(
    *,
    course: Course,
    change: str,
    seen: str,
    by: User,
    now: datetime,
    despite_faults: bool = False,
    new_parts: Sequence[Sequence[str]] | None = None,
) -> CourseVersion:
    """Publish the draft with its questions, and move people as `change` says.

    `seen` is the fingerprint of the draft that the author looked through, `new_parts`
    what people are asked to read (`courses.actions.publish_version`). Locks the
    course. Raises DraftNotEditable without a draft, CourseNotPublishable with
    everything that stands against it, with what `check_content` would refuse unless it
    is published `despite_faults`, or without the approval that the agency asks for,
    or VersionNotEditable for the wrong kind of change; then nothing has changed.
    """
    course = courses_actions.lock_course(course.pk)
    draft = draft_of(course)
    if draft is None:
        raise DraftNotEditable("no_draft", "Tidak ada draf yang bisa diterbitkan.")
    check_publishable(course, draft, change, seen=seen, despite_faults=despite_faults)
    quizzes_actions.make_ready(course=course, by=by, now=now)
    source = course.current_version
    courses_actions.publish_version(
        version_id=draft.pk,
        change=change,
        grade_items=grade_items_of(draft),
        image_url=finder(course),
        other_demands=drafted_counting(draft),
        new_parts=new_parts,
        by=by,
        now=now,
    )
    quizzes_actions.publish_quizzes(source=source, target=draft)
    if source:
        quizzes_actions.recount_moved(source=source, target=draft, by=by, now=now)
    draft.refresh_from_db()
    return draft


def check_publishable(
    course: Course,
    draft: CourseVersion,
    change: str,
    *,
    seen: str,
    despite_faults: bool,
) -> None:
    """Refuse a draft that may not be published, as `publish_course` says."""
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
    if not despite_faults and (faults := find_quality_faults(course, draft)):
        raise CourseNotPublishable(
            "faults",
            "Pemeriksaan mutu menemukan kekurangan. Perbaiki, atau tandai bahwa Anda "
            "tetap menerbitkan.",
            faults,
        )
    check_approved(draft, seen)
    check_can_publish(draft, change, other_demands=drafted_counting(draft))


def grade_items_of(version: CourseVersion) -> list[GradeItemContent]:
    """Return what a version grades, as people read of it before they open it."""
    asked = {row.key: row for row in version.requirements.all()}
    return [_grade_item(plan, asked[plan.key]) for plan in planned_quizzes(version)]


def _grade_item(plan: QuizPlan, asked: CompletionRequirement) -> GradeItemContent:
    count = len(ready_keys(plan.bank_key)) if plan.asks_all else plan.count
    return GradeItemContent(
        key=plan.key,
        kind=plan.purpose,
        title=plan.title,
        summary=quiz_summary(
            count=count,
            time_limit_minutes=(plan.rules.time_limit_seconds or 0) // 60,
            planned_minutes=asked.minutes,
            pass_mark=int(asked.pass_mark or 0),
            attempts=plan.rules.attempts_per_block or 0,
        ),
        opens_after_lessons=plan.purpose == Quiz.Purpose.POSTTEST,
    )

"""Verbs of reviews, plans and publications beside the draft, made ready for a round."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from courses.actions import CommentSubject, PlannedContent
from courses.models import (
    DraftReview,
    Enrollment,
    LessonCompletion,
    NewPart,
    PlannedPublication,
)
from courses.selectors.content import lesson_content
from studio import actions
from studio.drafts.fingerprints import lesson_fingerprint
from studio.publishing.readiness import draft_fingerprint

if TYPE_CHECKING:
    from tests.concurrency.studio_drill import Drill

Call = Callable[[], Any]


def restore_lesson(drill: "Drill") -> Call:
    drill.fresh_draft()
    drill.save_lesson()()
    lesson = drill.draft().lessons.prefetch_related("parts").get(key="satu")
    base = lesson_fingerprint(lesson_content(lesson))
    number = drill.course.current_version.number
    return lambda: actions.restore_lesson(
        course=drill.course,
        lesson_key="satu",
        name=f"versi-{number}",
        base=base,
        by=drill.author,
        now=drill.now,
    )


def publish_lessons(drill: "Drill") -> Call:
    draft = drill.fresh_draft()
    drill.save_lesson()()
    seen = draft_fingerprint(drill.course, draft)
    return lambda: actions.publish_lessons(
        course=drill.course,
        lesson_keys=["satu"],
        seen=seen,
        by=drill.author,
        now=drill.now,
    )


def publish_again(drill: "Drill") -> Call:
    number = drill.course.current_version.number
    if number == 1:
        drill.publish("wording")()
        drill.course.refresh_from_db()
    change = "required" if drill.number % 2 else "cycle"
    return lambda: actions.publish_again(
        course=drill.course,
        number=drill.course.current_version.number - 1,
        replacing=drill.course.current_version.number,
        change=change,
        by=drill.author,
        now=drill.now,
    )


def plan_course(drill: "Drill") -> Call:
    drill.fresh_draft()
    drill.save_lesson()()
    seen = draft_fingerprint(drill.course, drill.draft())
    content = PlannedContent(
        change="wording",
        seen=seen,
        publish_at=drill.now + timedelta(hours=drill.number),
        despite_faults=True,
    )
    return lambda: actions.plan_course(
        course=drill.course, content=content, by=drill.author, now=drill.now
    )


def cancel_plan(drill: "Drill") -> Call:
    plan_course(drill)()
    return lambda: actions.cancel_plan(
        course=drill.course, by=drill.author, now=drill.now
    )


def publish_planned(drill: "Drill") -> Call:
    plan_course(drill)()
    planned = PlannedPublication.objects.get(state="waiting", course=drill.course)
    return lambda: actions.publish_planned(
        planned_id=planned.pk, now=planned.publish_at
    )


def ask_for_review(drill: "Drill") -> Call:
    drill.fresh_draft()
    return lambda: actions.ask_for_review(
        course=drill.course, note="", by=drill.author, now=drill.now
    )


def withdraw_review(drill: "Drill") -> Call:
    ask_for_review(drill)()
    return lambda: actions.withdraw_review(
        course=drill.course, by=drill.author, now=drill.now
    )


def decide_on_draft(drill: "Drill") -> Call:
    ask_for_review(drill)()
    seen = draft_fingerprint(drill.course, drill.draft())
    return lambda: actions.decide_on_draft(
        course=drill.course,
        approves=True,
        note="",
        seen=seen,
        by=drill.world.people["reviewer"],
        now=drill.now,
    )


def comment_on_draft(drill: "Drill") -> Call:
    ask_for_review(drill)()
    return lambda: actions.comment_on_draft(
        course=drill.course,
        about=CommentSubject(lesson_key="satu"),
        text="Contohnya lama.",
        token=uuid4(),
        by=drill.author,
        now=drill.now,
    )


def settle_comment(drill: "Drill") -> Call:
    comment = comment_on_draft(drill)()
    assert DraftReview.objects.filter(pk=comment.review_id).exists()
    return lambda: actions.settle_comment(
        comment_id=comment.pk, is_settled=True, by=drill.author, now=drill.now
    )


def make_something_new(drill: "Drill", place: Enrollment) -> int:
    """Return a part that somebody is asked to read who has finished before it came."""
    current = drill.course.current_version
    older = drill.course.versions.filter(number__lt=current.number).first() or current
    LessonCompletion.objects.create(
        enrollment=place, lesson_key="satu", version=older, completed_at=drill.now
    )
    Enrollment.objects.filter(pk=place.pk).update(
        completed_at=drill.now, completed_version=older, progress=100
    )
    part = current.lessons.get(key="satu").parts.first()
    row, _is_new = NewPart.objects.get_or_create(
        course=drill.course,
        version=current,
        lesson_key="satu",
        part_key=part.key,
        defaults={"cycle": drill.course.cycle, "minutes": 1},
    )
    return row.pk


REVIEW_VERBS: dict[str, Callable[["Drill"], Call]] = {
    "restore_lesson": restore_lesson,
    "publish_lessons": publish_lessons,
    "publish_again": publish_again,
    "plan_course": plan_course,
    "cancel_plan": cancel_plan,
    "publish_planned": publish_planned,
    "ask_for_review": ask_for_review,
    "withdraw_review": withdraw_review,
    "decide_on_draft": decide_on_draft,
    "comment_on_draft": comment_on_draft,
    "settle_comment": settle_comment,
}

"""What the course page shows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from courses.evaluations.fetching import may_evaluate
from courses.models import Course, Enrollment
from courses.selectors.cards import kilobytes
from courses.selectors.new_parts import NewPartsNotice, notice_for
from courses.selectors.way import (
    ItemNotes,
    PageAction,
    Step,
    next_action,
    standing_of,
    steps_of,
)
from lib.indonesian import format_date
from lib.written_once import written_once


@dataclass(frozen=True)
class CoursePage:
    """Everything the course page shows."""

    key: str
    version_id: int
    title: str
    summary: str
    pillar: str
    jp: int
    minutes: int
    module_count: int
    lesson_count: int
    kilobytes: int
    objectives: tuple[str, ...]
    is_enrolled: bool
    is_complete: bool
    asks_evaluation: bool
    done: int
    total: int
    percent: int
    action: PageAction
    steps: tuple[Step, ...]
    facts: tuple[tuple[str, str], ...]
    plan_title: str
    plan_html: str
    # Who has left an earlier cycle may begin the new one instead of going on.
    may_start_over: bool = False
    # What is new since she finished it.
    new_parts: tuple[NewPartsNotice, ...] = ()


@written_once
def _hers(person_id: int, course_id: int) -> "QuerySet[Enrollment]":
    mine = Enrollment.objects.filter(person=person_id, course=course_id)
    return mine.select_related("completed_version")


def _enrollments(
    user: User, course: Course
) -> tuple[Enrollment | None, Enrollment | None]:
    """Return the active enrolment in the latest cycle she joined, or what she left.

    That is the latest one, where she withdrew from it and would come back to it.
    """
    hers = _hers(user.pk, course.pk)
    for one in hers:
        # They are at hand already.
        one.person, one.course = user, course
    hers.sort(key=lambda row: -row.cycle)
    active = next((one for one in hers if one.state == Enrollment.State.ACTIVE), None)
    return active, hers[0] if hers and active is None else None


def course_page(
    course: Course, user: User, *, item_notes: ItemNotes | None = None
) -> CoursePage:
    """Return the course as this person sees it.

    `item_notes` says what another room knows about what is graded, by item key: when
    a rest ends. It is asked only about what was tried and not passed.
    """
    enrollment, left = _enrollments(user, course)
    standing = standing_of(course, enrollment, left=left, item_notes=item_notes)
    outline, version = standing.outline, standing.outline.version
    done = len({row.key for row in outline.lessons} & standing.done)
    return CoursePage(
        key=course.key,
        version_id=version.pk,
        title=version.title,
        summary=version.summary,
        pillar=version.pillar,
        jp=version.jp,
        minutes=version.minutes,
        module_count=len(outline.modules),
        lesson_count=len(outline.lessons),
        kilobytes=kilobytes(version.byte_size),
        objectives=tuple(text for _key, text in outline.objectives),
        is_enrolled=enrollment is not None,
        is_complete=bool(enrollment and enrollment.completed_at),
        asks_evaluation=bool(
            enrollment and enrollment.completed_at and may_evaluate(enrollment.pk)
        ),
        done=done,
        total=len(outline.lessons),
        percent=enrollment.progress if enrollment else 0,
        action=next_action(standing),
        steps=tuple(steps_of(standing)),
        facts=tuple(_facts(course, user, version)),
        plan_title=version.plan_title,
        plan_html=version.plan_html if enrollment else "",
        may_start_over=bool(standing.left and standing.left.cycle < course.cycle),
        new_parts=_new_parts(course, enrollment),
    )


def _new_parts(
    course: Course, enrollment: Enrollment | None
) -> tuple[NewPartsNotice, ...]:
    """Ask only for who has finished: others read the lesson itself again."""
    if enrollment is None or enrollment.completed_at is None:
        return ()
    notice = notice_for(enrollment)
    return (notice,) if notice else ()


def due_date(course: Course, user: User) -> date | None:
    """Return the earliest day by which HR wants this person to be done."""
    due_on: date | None = _with_due_day(course, user).due_on
    return due_on


def _with_due_day(course: Course, user: User) -> Any:
    """Return the course with what HR asks of her; where it has that, ask nothing."""
    if hasattr(course, "due_on"):
        return course
    return Course.objects.with_due_day(user).get(pk=course.pk)


def _facts(course: Course, user: User, version: Any) -> list[tuple[str, str]]:
    asked = _with_due_day(course, user)
    facts = [(_("Sifat"), _kind_of(asked))]
    if asked.due_on:
        facts.append((_("Tenggat"), format_date(asked.due_on, style="medium")))
    if asked.due_on and asked.due_reason:
        facts.append((_("Tenggat diundur"), asked.due_reason))
    facts.append((_("Waktu belajar"), _("%(m)d menit") % {"m": version.minutes}))
    facts.append((_("Penyelenggara"), course.unit.name))
    if version.prerequisites:
        facts.append((_("Prasyarat"), " ".join(version.prerequisites.splitlines())))
    return facts


def _kind_of(asked: Any) -> str:
    if asked.due_on:
        return _("Wajib")
    return _("Dianjurkan") if asked.is_suggested else _("Pilihan")

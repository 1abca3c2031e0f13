"""Why somebody has not finished a course yet, for whoever looks after her."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from courses.kinds import GradeKind, RequirementKind
from courses.models import Enrollment, LessonCompletion
from courses.selectors.facts import entries_of
from courses.selectors.way import Standing, standing_of
from lib.indonesian import format_number, format_score

_MOST_NAMED = 5


@dataclass(frozen=True)
class LearningEvent:
    """Something that a person did on a course."""

    what: str
    at: datetime


@dataclass(frozen=True)
class Unfinished:
    """What is still missing, in words, and what was done, latest first.

    Nothing is missing of a course that is finished.
    """

    missing: list[str]
    events: list[LearningEvent]


def unfinished_of(enrollment: Enrollment) -> Unfinished:
    """Return what keeps an enrolment from being complete; few queries.

    The enrolment brings its course. Scores are told as the person sees them, but those
    of the pre-test are not: beside the final score they would tell her gain.
    """
    standing = standing_of(enrollment.course, enrollment)
    is_done = enrollment.completed_at is not None
    return Unfinished(
        missing=[] if is_done else list(_missing(standing)),
        events=_events(enrollment, standing),
    )


def _missing(standing: Standing) -> Iterator[str]:
    required = [row for row in standing.outline.lessons if row.is_required]
    again = [row for row in required if row.key in standing.read.outdated]
    left = [row for row in required if row.key not in standing.done]
    unread = [row for row in left if row not in again]
    if unread:
        yield _("%(left)s dari %(all)s pelajaran wajib belum selesai: %(named)s.") % {
            "left": format_number(len(unread)),
            "all": format_number(len(required)),
            "named": _named([f"{row.number} {row.title}" for row in unread]),
        }
    if again:
        yield _("Bagian baru belum dibaca: %(named)s.") % {
            "named": _named([f"{row.number} {row.title}" for row in again])
        }
    for item in standing.outline.grade_items:
        requirement = standing.outline.requirement(item.key)
        if requirement is None or requirement.kind != RequirementKind.PASSED:
            continue
        grade = standing.grades.get(item.key)
        if grade is None:
            yield _("%(test)s belum dikerjakan.") % {"test": item.title}
        elif not standing.has_passed(item):
            mark = standing.pass_marks.get(item.key, requirement.pass_mark)
            yield _("%(test)s belum lulus: nilai %(score)s, batas %(mark)s.") % {
                "test": item.title,
                "score": format_score(grade),
                "mark": format_score(mark or 0),
            }


def _named(names: list[str]) -> str:
    """Return the first names, and how many more there are."""
    told = ", ".join(names[:_MOST_NAMED])
    if len(names) <= _MOST_NAMED:
        return told
    more = format_number(len(names) - _MOST_NAMED)
    return _("%(names)s, dan %(more)s lagi") % {"names": told, "more": more}


def _events(enrollment: Enrollment, standing: Standing) -> list[LearningEvent]:
    found = [LearningEvent(_("Mulai mengikuti kursus"), enrollment.started_at)]
    lessons = {row.key: row for row in standing.outline.lessons}
    read = LessonCompletion.objects.filter(enrollment=enrollment)
    for key, at in read.values_list("lesson_key", "completed_at"):
        row = lessons.get(key)
        name = f"{row.number} {row.title}" if row else key
        found.append(
            LearningEvent(_("Pelajaran %(name)s selesai") % {"name": name}, at)
        )
    items = {item.key: item for item in standing.outline.grade_items}
    for entry in entries_of(enrollment.pk):
        item = items.get(entry.item_key)
        if item and item.kind == GradeKind.PRETEST:
            continue
        said = {
            "test": item.title if item else entry.item_key,
            "score": format_score(entry.percent),
        }
        what = _("%(test)s dinilai %(score)s") % said
        found.append(LearningEvent(what, entry.recorded_at))
    if enrollment.completed_at:
        found.append(LearningEvent(_("Kursus selesai"), enrollment.completed_at))
    return sorted(found, key=lambda event: event.at, reverse=True)

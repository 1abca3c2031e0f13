"""What a person did without a line, done here: in her order, each thing once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.http import Http404

from accounts.models import User
from courses import actions as courses_actions
from courses.selectors.fetching import (
    get_active_enrollment,
    get_enrollment_of_cycle,
)
from elearning.offline.reading import CheckAnswered, Entry, LessonRead
from lib.refusals import ActionRefused
from quizzes import actions as quizzes_actions
from quizzes.selectors import versions_for


@dataclass
class Taken:
    """Numbers that the phone may forget, and why some of them changed nothing."""

    accepted: list[int] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)


def deliver(person: User, entries: Iterable[Entry], *, now: datetime) -> Taken:
    """Do what the phone says; whatever was done already is accepted once more.

    Each entry is a transaction of its own. The moment is the server's: what the phone
    says of the time is kept beside it.
    """
    taken = Taken()
    for entry in entries:
        try:
            match entry:
                case LessonRead():
                    _complete(person, entry, now)
                case CheckAnswered():
                    _answer(person, entry, now)
        except ActionRefused as refusal:
            taken.refused.append((entry.sequence, refusal.code))
        except Http404:
            taken.refused.append((entry.sequence, "not_hers"))
        else:
            taken.accepted.append(entry.sequence)
    return taken


def _complete(person: User, entry: LessonRead, now: datetime) -> None:
    enrollment = get_enrollment_of_cycle(person, entry.course, entry.cycle)
    courses_actions.complete_lesson(
        enrollment_id=enrollment.pk,
        lesson_key=entry.lesson,
        by=person,
        now=now,
        read_version=entry.version,
        told_at=entry.told_at,
    )


def _answer(person: User, entry: CheckAnswered, now: datetime) -> None:
    course = get_active_enrollment(person, entry.course).course
    version = versions_for(course, {entry.question}).get(entry.question)
    if version is None:
        raise Http404
    quizzes_actions.answer_practice(
        version=version, person=person, fields=entry.fields, token=entry.token, now=now
    )

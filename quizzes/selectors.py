"""Reads that several pages and actions of this room share."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from courses.models import CompletionRequirement, Enrollment
from quizzes import marking
from quizzes.models import (
    Attempt,
    AttemptItem,
    QuestionVersion,
    Quiz,
    ResponseSave,
)
from quizzes.question_types import OptionView, QuestionView
from quizzes.responses import Save, current
from quizzes.starting import Rules, Sitting


def question_view(version: QuestionVersion) -> QuestionView:
    """Return the version as the pure rules see it; options must be prefetched."""
    return QuestionView(
        type=version.type,
        scoring=version.scoring,
        settings=version.settings,
        stem=version.stem,
        options=[
            OptionView(
                key=option.key,
                fraction=option.fraction,
                group=option.group,
                match=option.match,
                text=option.text,
            )
            for option in version.options.all()
        ],
    )


def rules_of(quiz: Quiz) -> Rules:
    """Return what limits attempts at this quiz; the pass mark is the version's."""
    pass_mark = None
    if quiz.grade_item:
        requirement = CompletionRequirement.objects.filter(
            version_id=quiz.grade_item.version_id, key=quiz.grade_item.key
        ).first()
        pass_mark = requirement.pass_mark if requirement else None
    return Rules(
        attempts_per_block=quiz.attempts_per_block,
        cooldown=timedelta(seconds=quiz.cooldown_seconds),
        pass_mark=pass_mark,
        opens_after_lessons=bool(
            quiz.grade_item and quiz.grade_item.opens_after_lessons
        ),
    )


def submitted_attempts(enrollment: Enrollment, quiz_key: str) -> list[Attempt]:
    """Return the attempts handed in, oldest first, across versions of the course."""
    return list(
        Attempt.objects.submitted()
        .filter(enrollment=enrollment, quiz_key=quiz_key)
        .order_by("number")
    )


def sittings_of(attempts: Iterable[Attempt]) -> list[Sitting]:
    """Return attempts handed in as the pure rules see them."""
    return [
        Sitting(
            submitted_at=attempt.submitted_at,
            percent=marking.percent(attempt.points, attempt.max_points),
        )
        for attempt in attempts
        if attempt.submitted_at is not None and attempt.points is not None
    ]


def current_saves(attempt: Attempt) -> dict[int, Save]:
    """Return the current save of each item that has one, by item id."""
    rows: Sequence[ResponseSave] = list(attempt.saves.order_by("pk"))
    return current(
        Save(
            item_id=row.item_id,
            device=row.device,
            sequence=row.sequence,
            number=row.pk,
            value=row.value,
            flagged=row.flagged,
            counts=row.counts,
            received_at=row.received_at,
            moment=_moment(row, attempt),
        )
        for row in rows
    )


def _moment(row: ResponseSave, attempt: Attempt) -> timedelta:
    arrived = row.received_at - attempt.started_at
    if row.offset_ms is None:
        return arrived
    return min(arrived, timedelta(milliseconds=row.offset_ms))


def items_with_questions(attempt: Attempt) -> list[AttemptItem]:
    """Return the paper with its questions and options, in two queries."""
    return list(
        attempt.items.select_related("question_version").prefetch_related(
            "question_version__options"
        )
    )

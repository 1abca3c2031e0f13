"""Reads that several pages and actions of this room share."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from html import escape

from courses.models import CompletionRequirement, Enrollment
from quizzes import marking
from quizzes.conditions import Terms
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
from quizzes.wording import Wording


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


def wording_of(version: QuestionVersion) -> Wording:
    """Return the version with its rendered words; options must be prefetched."""
    options = version.options.all()
    return Wording(
        question=question_view(version),
        stem=version.stem_html,
        texts={option.key: option.html for option in options},
        feedback={option.key: option.feedback_html for option in options},
        scenes={
            scene["key"]: scene.get("html") or escape(scene["text"])
            for scene in version.settings.get("scenes", ())
        },
        general_feedback=version.feedback_html,
    )


def rules_of(quiz: Quiz, terms: Terms | None = None) -> Rules:
    """Return what limits attempts at this quiz; the pass mark is the version's.

    `terms` say what holds for one person: the window where she is, extra attempts.
    """
    terms = terms or Terms()
    return Rules(
        attempts_per_block=quiz.attempts_per_block,
        cooldown=timedelta(seconds=quiz.cooldown_seconds),
        pass_mark=_pass_mark(quiz),
        opens_after_lessons=bool(
            quiz.grade_item and quiz.grade_item.opens_after_lessons
        ),
        extra_attempts=terms.extra.attempts,
        window=terms.window,
    )


def _pass_mark(quiz: Quiz) -> Decimal | None:
    if quiz.grade_item is None:
        return None
    requirement = CompletionRequirement.objects.filter(
        version_id=quiz.grade_item.version_id, key=quiz.grade_item.key
    ).first()
    return requirement.pass_mark if requirement else None


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
    return current_saves_of([attempt])


def current_saves_of(attempts: Iterable[Attempt]) -> dict[int, Save]:
    """Return the current saves of all the attempts by item id, in one query."""
    by_id = {attempt.pk: attempt for attempt in attempts}
    rows: Iterable[ResponseSave] = ResponseSave.objects.filter(
        attempt__in=by_id
    ).order_by("pk")
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
            moment=_moment(row, by_id[row.attempt_id]),
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

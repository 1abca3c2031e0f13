"""One sitting of one quiz by one person.

    start ──► in_progress ──► submitted
                   ▲              (by the person, or by the system when overdue)
                   └ saves are appended; the current answer is derived

Only `quizzes.taking.actions` assigns `state`.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models import Enrollment
from lib.facts import Fact
from quizzes import kinds
from quizzes.models.bank import Question, QuestionVersion
from quizzes.models.quiz import Quiz
from quizzes.querysets import AttemptQuerySet


class Attempt(models.Model):
    """One sitting. `deadline_at` is the server's and null where time is free;
    `closes_at` adds the grace, after which the system hands the attempt in. A
    deadline only ever moves to later; `extra_seconds` is the part of it that was
    given to this person.

    `points` and `max_points` are the result of the marking; marking again (a late
    answer, a repaired question) appends to the grade log and changes them only where
    the percentage rises. `max_points` shrinks by items that are left out.

    Personal data: answers and score of a person; part of the learning record; kept.
    """

    class State(models.TextChoices):
        """See the diagram above."""

        IN_PROGRESS = kinds.AttemptState.IN_PROGRESS, _("Sedang dikerjakan")
        SUBMITTED = kinds.AttemptState.SUBMITTED, _("Dikirim")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(User, models.PROTECT, related_name="attempts")
    enrollment = models.ForeignKey(
        Enrollment, models.PROTECT, null=True, blank=True, related_name="attempts"
    )
    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="attempts")
    # The quiz's key, so that attempts are counted across versions of a course.
    quiz_key = models.SlugField(max_length=120)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State, default=State.IN_PROGRESS)
    seed = models.BigIntegerField()
    started_at = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    extra_seconds = models.PositiveIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True, blank=True)
    was_overdue = models.BooleanField(default=False)
    points = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    max_points = models.DecimalField(max_digits=8, decimal_places=3)

    objects: ClassVar = AttemptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "quiz_key", "number"],
                condition=Q(enrollment__isnull=False),
                name="attempt_number_once",
            ),
            models.UniqueConstraint(
                fields=["enrollment", "quiz_key"],
                condition=Q(
                    state=kinds.AttemptState.IN_PROGRESS.value, enrollment__isnull=False
                ),
                name="attempt_one_open_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["person", "quiz"],
                condition=Q(
                    state=kinds.AttemptState.IN_PROGRESS.value, enrollment__isnull=True
                ),
                name="attempt_one_open_without_enrollment",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=kinds.AttemptState.IN_PROGRESS.value,
                    submitted_at__isnull=True,
                    points__isnull=True,
                )
                | Q(
                    state=kinds.AttemptState.SUBMITTED.value,
                    submitted_at__isnull=False,
                    points__isnull=False,
                ),
                name="attempt_submitted_has_time_and_score",
            ),
            models.CheckConstraint(
                condition=Q(points__isnull=True)
                | (Q(points__gte=0) & Q(points__lte=F("max_points"))),
                name="attempt_points_within_bounds",
            ),
        ]
        indexes = [
            models.Index(
                fields=["closes_at"],
                condition=Q(state=kinds.AttemptState.IN_PROGRESS.value),
                name="attempt_open_by_closing",
            ),
            models.Index(fields=["person", "-started_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_key} #{self.number}"


class AttemptItem(models.Model):
    """One question as this attempt drew it, in the order this attempt shows it.

    `option_order` holds option keys. `points` is null until marked. An item that a
    repair disregards is `left_out` of the sum where that helps the person.

    Personal data: which question a person got and what it earned.
    """

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    slot_key = models.SlugField(max_length=40)
    question_version = models.ForeignKey(
        QuestionVersion, models.PROTECT, related_name="attempt_items"
    )
    option_order = models.JSONField(default=list)
    max_points = models.DecimalField(max_digits=6, decimal_places=3)
    points = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    left_out = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "position"], name="attemptitem_position_once"
            ),
            models.UniqueConstraint(
                fields=["attempt", "question_version"],
                name="attemptitem_question_once",
            ),
            models.CheckConstraint(
                condition=Q(points__isnull=True)
                | (Q(points__gte=0) & Q(points__lte=F("max_points"))),
                name="attemptitem_points_within_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}#{self.position}"


class ResponseSave(Fact):
    """Fact: this device said this answer (and this flag) for this item.

    A phone on a poor line says everything twice: (attempt, device, sequence) is
    unique. `offset_ms` is the device's own clock since the attempt's start, as it
    claims; `counts` is decided on arrival by `quizzes.marking.saves.arrival`.

    Personal data: a person's answers; kept with the attempt.
    """

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="saves")
    item = models.ForeignKey(AttemptItem, models.PROTECT, related_name="saves")
    device = models.UUIDField()
    sequence = models.PositiveIntegerField()
    value = models.JSONField(null=True)
    flagged = models.BooleanField(default=False)
    offset_ms = models.BigIntegerField(null=True)
    received_at = models.DateTimeField()
    is_late = models.BooleanField(default=False)
    counts = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "device", "sequence"], name="save_said_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.device}/{self.sequence}"


class PracticeResponse(Fact):
    """Fact: an answer to an ungraded practice check; no grade, no completion.

    `token` comes with the form, so that a repeated request changes nothing.

    Personal data: a person's practice answers; erased with the person.
    """

    person = models.ForeignKey(User, models.PROTECT, related_name="practice_responses")
    question = models.ForeignKey(
        Question, models.PROTECT, related_name="practice_responses"
    )
    question_version = models.ForeignKey(
        QuestionVersion, models.PROTECT, related_name="+"
    )
    token = models.UUIDField()
    value = models.JSONField(null=True)
    fraction = models.DecimalField(max_digits=7, decimal_places=6)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "token"], name="practice_said_once"
            )
        ]
        indexes = [models.Index(fields=["person", "question", "-answered_at"])]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.question_id}"

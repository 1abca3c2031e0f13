"""One sitting of one quiz by one person.

    start ──► in_progress ─────────────────────► submitted
                │  ▲    └──► closed ───────────────┘  (marked: its first score)
                │  │         the deadline came while a device may still hold answers
                └──┘ saves are appended; the current answer is derived

Only `quizzes.taking.actions` assigns `state`.
"""

import uuid
from fractions import Fraction
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models import Enrollment
from lib.facts import Fact
from lib.fields import FractionField
from quizzes import kinds
from quizzes.models.bank import Question, QuestionVersion
from quizzes.models.quiz import Quiz
from quizzes.querysets import AttemptQuerySet

_UNMARKED = (kinds.AttemptState.IN_PROGRESS.value, kinds.AttemptState.CLOSED.value)


class Attempt(models.Model):
    """One sitting. `deadline_at` is the server's and null where time is free;
    `closes_at` adds the grace, after which the system ends the attempt. A deadline
    only ever moves to later; `extra_seconds` is the part of it that was given to this
    person.

    `points` are null until the attempt is marked, and no answer counts that arrives
    after that (docs/late-answers.md): so nothing that anybody is shown can help. They
    are exact, and `percent` is the figure that is shown and compared
    (`lib.scores.shown`). Marking again (a repaired question, an answer that HR
    accepts) appends to the grade log and changes points only where the score rises.
    `max_points` shrinks by items that are left out. `markings` counts how often the
    attempt was marked.

    `pass_mark` is the one under which the attempt began, null where nothing is
    passed; later versions of the course do not change what it is judged by.
    `is_counted` is a derivation: whether it is the evidence of its latest grade.

    Personal data: answers and score of a person; part of the learning record; kept.
    """

    class State(models.TextChoices):
        """See the diagram above."""

        IN_PROGRESS = kinds.AttemptState.IN_PROGRESS, _("Sedang dikerjakan")
        CLOSED = kinds.AttemptState.CLOSED, _("Waktu habis, belum dinilai")
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
    points = FractionField(null=True, blank=True)
    max_points = models.DecimalField(max_digits=8, decimal_places=3)
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    pass_mark = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True
    )
    markings = models.PositiveIntegerField(default=0)
    is_counted = models.BooleanField(default=False)

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
                condition=Q(state__in=_UNMARKED, enrollment__isnull=False),
                name="attempt_one_unmarked_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["person", "quiz"],
                condition=Q(state__in=_UNMARKED, enrollment__isnull=True),
                name="attempt_one_unmarked_without_enrollment",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=kinds.AttemptState.IN_PROGRESS.value,
                    submitted_at__isnull=True,
                    points__isnull=True,
                    percent__isnull=True,
                    is_counted=False,
                )
                | Q(
                    state=kinds.AttemptState.CLOSED.value,
                    submitted_at__isnull=False,
                    deadline_at__isnull=False,
                    points__isnull=True,
                    percent__isnull=True,
                    is_counted=False,
                )
                | Q(
                    state=kinds.AttemptState.SUBMITTED.value,
                    submitted_at__isnull=False,
                    points__isnull=False,
                    percent__isnull=False,
                ),
                name="attempt_submitted_has_time_and_score",
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__gte=0, percent__lte=100),
                name="attempt_percent_within_bounds",
            ),
            models.CheckConstraint(
                condition=Q(max_points__gt=0), name="attempt_is_worth_something"
            ),
            models.UniqueConstraint(
                fields=["enrollment", "quiz_key"],
                condition=Q(is_counted=True),
                name="attempt_one_counts",
            ),
        ]
        indexes = [
            models.Index(
                fields=["closes_at"],
                condition=Q(state=kinds.AttemptState.IN_PROGRESS.value),
                name="attempt_open_by_closing",
            ),
            models.Index(
                fields=["deadline_at"],
                condition=Q(state=kinds.AttemptState.CLOSED.value),
                name="attempt_closed_by_deadline",
            ),
            models.Index(fields=["person", "-started_at"]),
            models.Index(
                fields=["submitted_at"],
                condition=Q(
                    state=kinds.AttemptState.SUBMITTED.value,
                    percent__lt=models.F("pass_mark"),
                ),
                name="attempt_failed_by_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_key} #{self.number}"


class AttemptItem(models.Model):
    """One question as this attempt drew it, in the order this attempt shows it.

    `option_order` holds option keys. What it earned of its `max_points` is a share
    from 0 to 1, exact, in two whole numbers that SQL can add up; null until marked.
    An item that a repair disregards is `left_out` of the sum where that helps the
    person.

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
    share_numerator = models.BigIntegerField(null=True, blank=True)
    share_denominator = models.BigIntegerField(null=True, blank=True)
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
                condition=Q(
                    share_numerator__isnull=True, share_denominator__isnull=True
                )
                | Q(
                    share_numerator__gte=0,
                    share_numerator__lte=F("share_denominator"),
                    share_denominator__gte=1,
                ),
                name="attemptitem_share_within_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}#{self.position}"

    @property
    def share(self) -> Fraction | None:
        """What it earned of its points, from 0 to 1; None until marked."""
        if self.share_numerator is None or self.share_denominator is None:
            return None
        return Fraction(self.share_numerator, self.share_denominator)

    @share.setter
    def share(self, share: Fraction) -> None:
        self.share_numerator, self.share_denominator = share.as_integer_ratio()

    @property
    def points(self) -> Fraction:
        """What it earned, exact; 0 until marked."""
        return (self.share or 0) * Fraction(self.max_points)


class AttemptVisit(Fact):
    """Fact: a page of this attempt was open on this device, and the server heard of it.

    Noted where no answer of the device says as much. What `device` answers without a
    line may count after the deadline, because it was known before
    (docs/late-answers.md).

    Personal data: when a person had the attempt open; kept with it.
    """

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="visits")
    device = models.UUIDField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "device"], name="attemptvisit_known_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.device}"


class ResponseSave(Fact):
    """Fact: this device said this answer (and this flag) for this item.

    A phone on a poor line says everything twice: (attempt, device, sequence) is
    unique. `offset_ms` is the device's own clock since the attempt's start, as it
    claims; `counts` is decided on arrival by `quizzes.marking.saves.arrival`. One that
    does not count may be accepted by HR (`LateAcceptance`).

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
        indexes = [
            models.Index(
                fields=["attempt"], condition=Q(is_late=True), name="save_late"
            )
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.device}/{self.sequence}"


class LateAcceptance(Fact):
    """Fact: a person lets a late answer count, for a reason she gives.

    Personal data: who decided what about whose answer, and why; kept with the attempt.
    """

    late_save = models.OneToOneField(
        ResponseSave, models.PROTECT, related_name="acceptance"
    )
    reason = models.CharField(max_length=300)
    accepted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="lateacceptance_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.late_save_id}"


class PracticeResponse(Fact):
    """Fact: an answer to an ungraded practice check; no grade, no completion.

    `token` comes with the form, so that a repeated request changes nothing.
    `answered_on` is the day it was where the person's unit is: Ulangan counts days.

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
    fraction = FractionField()
    answered_at = models.DateTimeField()
    answered_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "token"], name="practice_said_once"
            )
        ]
        indexes = [models.Index(fields=["person", "question", "-answered_at"])]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.question_id}"

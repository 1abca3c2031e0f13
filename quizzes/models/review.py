"""Ulangan: what a person should see again, and what lasted after a course.

Answers are `PracticeResponse`s like any other answer to a practice question. What is
stored here is why a question comes up, when, and what the answers add up to.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from courses.models import Enrollment
from lib.facts import Fact
from lib.fields import FractionField
from quizzes.kinds import FOLLOW_UP_DAYS
from quizzes.models.attempt import AttemptItem
from quizzes.models.bank import Question, QuestionVersion
from quizzes.querysets import FollowUpQuerySet, ReviewCardQuerySet


class ReviewCard(models.Model):
    """Derivation: when a practice question comes up again for a person, and why.

    Computed by `quizzes.practice.schedule.replay` from her `PracticeResponse`s and
    `ReviewMiss`es on the question; recomputable: see `manage.py verify_derived`.

    Personal data: what a person remembers; her own business; erased with the person.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(User, models.PROTECT, related_name="review_cards")
    question = models.ForeignKey(Question, models.PROTECT, related_name="review_cards")
    due_at = models.DateTimeField()
    stability = models.FloatField(null=True, blank=True)
    difficulty = models.FloatField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answers = models.PositiveIntegerField(default=0)

    objects: ClassVar = ReviewCardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "question"], name="reviewcard_once_per_question"
            ),
            models.CheckConstraint(
                condition=Q(
                    answers=0,
                    answered_at__isnull=True,
                    stability__isnull=True,
                    difficulty__isnull=True,
                )
                | Q(
                    answers__gte=1,
                    answered_at__isnull=False,
                    stability__gt=0,
                    difficulty__gte=1,
                    difficulty__lte=10,
                ),
                name="reviewcard_answered_has_memory",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "due_at"], name="reviewcard_due_by_person")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.question_id}"


class ReviewMiss(Fact):
    """Fact: a graded question was missed, so this practice question comes up.

    `question` tests the same objective. Recorded once the keys of the attempt may be
    seen; which question was chosen is part of the fact, because banks change.

    Personal data: that a person missed a question; erased with the person.
    """

    person = models.ForeignKey(User, models.PROTECT, related_name="review_misses")
    item = models.OneToOneField(AttemptItem, models.PROTECT, related_name="review_miss")
    question = models.ForeignKey(Question, models.PROTECT, related_name="review_misses")
    noted_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["person", "question"], name="reviewmiss_of_card")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.item_id} → {self.question_id}"


class FollowUp(models.Model):
    """Three questions, 30 or 90 days after a course was completed.

    `answered_at`, `points` (exact), `max_points` and `percent` (as shown) are
    derivations of the answers to its questions, null until the last one is answered.
    They never touch the grade. Recomputable: see `manage.py verify_derived`.

    Personal data: what a person still knows; HR sees it from five people up; erased
    with the person.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(User, models.PROTECT, related_name="follow_ups")
    enrollment = models.ForeignKey(
        Enrollment, models.PROTECT, related_name="follow_ups"
    )
    day = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    points = FractionField(null=True, blank=True)
    max_points = models.PositiveSmallIntegerField(null=True, blank=True)
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)

    objects: ClassVar = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "day"], name="followup_once_per_moment"
            ),
            models.CheckConstraint(
                condition=Q(day__in=FOLLOW_UP_DAYS), name="followup_day_is_a_moment"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("due_at")),
                name="followup_opens_then_closes",
            ),
            models.CheckConstraint(
                condition=Q(
                    answered_at__isnull=True,
                    points__isnull=True,
                    max_points__isnull=True,
                    percent__isnull=True,
                )
                | Q(
                    answered_at__isnull=False,
                    points__isnull=False,
                    max_points__gte=1,
                    percent__gte=0,
                    percent__lte=100,
                ),
                name="followup_answered_has_time_and_score",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "due_at"],
                condition=Q(answered_at__isnull=True),
                name="followup_open_by_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id} + {self.day}"


class FollowUpItem(models.Model):
    """One question of a follow-up, chosen when it opened.

    `token` is that of the one answer that counts, the `PracticeResponse` which carries
    it. It never leaves the server, so that nothing else can be said under it.

    Personal data: which question a person got; erased with the person.
    """

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    question_version = models.ForeignKey(
        QuestionVersion, models.PROTECT, related_name="+"
    )
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["follow_up", "position"], name="followupitem_position_once"
            ),
            models.UniqueConstraint(
                fields=["follow_up", "question_version"],
                name="followupitem_question_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.follow_up_id}#{self.position}"


class ReviewPreference(models.Model):
    """A person's wish to be left alone by Ulangan; no row means that it is on.

    Off, or resting until a day; both take the invitation away and delete nothing.

    Personal data: a setting of a person; erased with the person.
    """

    person = models.ForeignKey(User, models.PROTECT, related_name="review_preferences")
    is_off = models.BooleanField(default=False)
    rests_until = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], name="reviewpreference_once_per_person"
            ),
            models.CheckConstraint(
                condition=Q(is_off=False) | Q(rests_until__isnull=True),
                name="reviewpreference_off_or_resting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"

"""More time and more attempts for one person (kelonggaran)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from courses.models import Course
from lib.facts import Fact
from quizzes.querysets import AccommodationQuerySet


class Accommodation(Fact):
    """Fact: from `granted_at` this person has more time or more attempts.

    With `quiz_key` it holds for one quiz of `course`, with `course` alone for all of
    its quizzes, without both for every quiz. Several add up. Attempts are given for
    a quiz that is named. `token` comes with the form, so that a repeated request
    grants nothing twice.

    Personal data: that a person needs more time, and on what basis; part of the
    exam record; kept. The form asks for the letter's number, never for a diagnosis.
    """

    person = models.ForeignKey(User, models.PROTECT, related_name="accommodations")
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="accommodations"
    )
    quiz_key = models.SlugField(max_length=120, blank=True)
    extra_seconds = models.PositiveIntegerField(default=0)
    # Of the quiz's time limit.
    extra_percent = models.PositiveSmallIntegerField(default=0)
    extra_attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=300)
    token = models.UUIDField(unique=True)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField()

    objects: ClassVar = models.Manager.from_queryset(AccommodationQuerySet)()

    class Meta:
        ordering = ["-granted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(extra_seconds__gt=0)
                | Q(extra_percent__gt=0)
                | Q(extra_attempts__gt=0),
                name="accommodation_gives_something",
            ),
            models.CheckConstraint(
                condition=Q(extra_seconds__lte=86_400)
                & Q(extra_percent__lte=300)
                & Q(extra_attempts__lte=20),
                name="accommodation_within_bounds",
            ),
            models.CheckConstraint(
                condition=Q(quiz_key="") | Q(course__isnull=False),
                name="accommodation_quiz_belongs_to_a_course",
            ),
            models.CheckConstraint(
                condition=Q(extra_attempts=0) | ~Q(quiz_key=""),
                name="accommodation_attempts_name_a_quiz",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="accommodation_has_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["person", "course"])]

    def __str__(self) -> str:
        return f"{self.person_id} #{self.pk}"


class AccommodationRevocation(Fact):
    """Fact: an accommodation ended. A deadline it has moved stays where it is.

    Personal data: as `Accommodation`.
    """

    accommodation = models.OneToOneField(
        Accommodation, models.PROTECT, related_name="revocation"
    )
    reason = models.CharField(max_length=300)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="accommodationrevocation_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"end of #{self.accommodation_id}"

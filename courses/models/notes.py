"""What people write down for themselves."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models.catalogue import Course
from courses.models.enrollment import Enrollment

LONGEST_NOTE, LONGEST_PLAN = 4_000, 8_000


class PartNote(models.Model):
    """A note, a bookmark, or both, on a part of a lesson; for its owner only.

    Hangs on keys: it outlives every version of the lesson. Overwritten as she writes.

    Personal data: what a person wrote for herself; goes when she empties it, and when
    she is anonymised.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="part_notes")
    course = models.ForeignKey(Course, models.CASCADE, related_name="part_notes")
    lesson_key = models.SlugField(max_length=80)
    part_key = models.SlugField(max_length=80)
    text = models.TextField(_("catatan"), blank=True, max_length=LONGEST_NOTE)
    is_bookmarked = models.BooleanField(_("penanda"), default=False)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course", "lesson_key", "part_key"],
                name="partnote_once_per_part",
            ),
            models.CheckConstraint(
                condition=~Q(text="") | Q(is_bookmarked=True),
                name="partnote_says_something",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-changed_at"], name="partnote_of_person")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.lesson_key}#{self.part_key}"


class ActionPlan(models.Model):
    """What somebody means to do at work after a course, and how it went.

    `asked_at`: when she was asked how it went, once.

    Personal data: what a person plans and tells of her work, for herself; goes when
    she is anonymised.
    """

    enrollment = models.OneToOneField(
        Enrollment, models.CASCADE, related_name="action_plan"
    )
    text = models.TextField(_("rencana"), max_length=LONGEST_PLAN)
    outcome = models.TextField(_("hasil"), blank=True, max_length=LONGEST_PLAN)
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["written_at"],
                condition=Q(asked_at__isnull=True),
                name="actionplan_to_ask",
            )
        ]

    def __str__(self) -> str:
        return f"plan of {self.enrollment_id}"

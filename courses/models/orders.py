"""HR's orders to take a course, and the roll-up that dashboards read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from courses.models.catalogue import Course


class Assignment(models.Model):
    """HR's order: everybody in `unit` and below takes `course` by `due_on`.

    `due_on` ends at the end of the day where the learner is. It never changes: another
    date is another order, and the one before is cancelled, so that a report of a past
    day tells the deadline of that day.

    Personal data: who gave the order, as an internal id.
    """

    course = models.ForeignKey(Course, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    due_on = models.DateField(_("tenggat"))
    note = models.CharField(_("catatan"), max_length=200, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "unit"],
                condition=models.Q(cancelled_at__isnull=True),
                name="assignment_one_open_per_unit",
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_id} → {self.unit_id} ({self.due_on})"


class UnitCourseRollup(models.Model):
    """How many of a unit's own people have enrolled and finished, per course.

    A derivation: people of the unit itself, not of the units below; a subtree is
    the sum over its units. Recomputable: see
    `courses.actions.rollups.refresh_rollup`.

    Personal data: none (counts).
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="rollups")
    course = models.ForeignKey(Course, models.CASCADE, related_name="rollups")
    enrolled = models.PositiveIntegerField(default=0)
    completed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "course"], name="rollup_once_per_unit_and_course"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} × {self.course_id}"

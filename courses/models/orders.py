"""HR's orders to take a course, and the roll-up that dashboards read."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from courses.models.catalogue import Course
from courses.models.groups import RULE_LENGTH, PeopleGroup, Program
from courses.querysets import AssignmentQuerySet
from lib.facts import Fact


class Assignment(models.Model):
    """HR's order: whom it names in `unit` and below takes `course`, by a day.

    One row, whatever the number of people: whom it concerns is worked out from the
    rule (`courses.assigning.concern`), so that who comes later is in it and who leaves
    is not. Empty lists of the rule keep everybody; `is_named` keeps the people in
    `OrderPerson`. A day is fixed (`due_on`) or counted from each person's placement
    (`due_days`, at least from `starts_on`); a suggestion has none. It ends at the end
    of the day where the learner is.

    What an order asks never changes: another date is another order (`replaces`), and
    the one before is cancelled, so that a report of a past day tells the deadline of
    that day. `is_personal`: whom or when cannot be told from the unit alone.

    Personal data: who gave the order, as an internal id.
    """

    course = models.ForeignKey(Course, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    program = models.ForeignKey(
        Program, models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    group = models.ForeignKey(
        PeopleGroup, models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    # What was saved in one go: every course of a programme, every unit chosen.
    batch = models.UUIDField(default=uuid.uuid4, db_index=True)
    is_required = models.BooleanField(_("wajib"), default=True)
    due_on = models.DateField(_("tenggat"), null=True, blank=True)
    due_days = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    jabatan_kinds = models.CharField(max_length=RULE_LENGTH, blank=True, default="")
    golongans = models.CharField(max_length=RULE_LENGTH, blank=True, default="")
    statuses = models.CharField(max_length=RULE_LENGTH, blank=True, default="")
    is_named = models.BooleanField(default=False)
    is_personal = models.BooleanField(default=False)
    # Whom the order is for, in short: two orders that mean the same people are alike.
    target_key = models.CharField(max_length=64, blank=True, default="")
    copies_superior = models.BooleanField(_("tembusan kepada atasan"), default=False)
    note = models.CharField(_("catatan"), max_length=200, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )

    objects: ClassVar = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "unit", "target_key"],
                condition=models.Q(cancelled_at__isnull=True),
                name="assignment_one_open_per_target",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    is_required=True, due_on__isnull=False, due_days__isnull=True
                )
                | models.Q(
                    is_required=True,
                    due_on__isnull=True,
                    due_days__isnull=False,
                    starts_on__isnull=False,
                )
                | models.Q(
                    is_required=False, due_on__isnull=True, due_days__isnull=True
                ),
                name="assignment_has_one_deadline",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} → {self.unit_id} ({self.due_on})"


class OrderPerson(Fact):
    """Fact: `person` is named in `order`.

    Personal data: who was told to take a course; kept as long as the order.
    """

    order = models.ForeignKey(Assignment, models.CASCADE, related_name="named")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "person"], name="person_named_once_per_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in order {self.order_id}"


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

"""What HR keeps for the next order: sets of courses, and groups of people by rule."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from courses.models.catalogue import Course
from courses.querysets import OfUnitQuerySet

# Every golongan there is, written between bars, has room.
RULE_LENGTH = 400


class Program(models.Model):
    """A named set of courses that HR of `unit` orders together.

    An order keeps the courses that the programme had on its day: changing the set
    changes no order that was given.

    Personal data: none.
    """

    name = models.CharField(_("nama program"), max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="programs")
    courses = models.ManyToManyField(
        Course, through="ProgramCourse", related_name="programs"
    )
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = OfUnitQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "unit",
                Lower("name"),
                condition=models.Q(archived_at__isnull=True),
                name="program_name_once_per_unit",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ProgramCourse(models.Model):
    """A course of a programme, at its place.

    Personal data: none.
    """

    program = models.ForeignKey(Program, models.CASCADE, related_name="places")
    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "course"], name="course_once_per_program"
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_id} in programme {self.program_id}"


class PeopleGroup(models.Model):
    """A rule with a name ("Kelompok"): who in `unit` and below is meant.

    Empty lists keep everybody. An order copies the rule: changing the group changes no
    order that was given.

    Personal data: none (a rule, no people).
    """

    name = models.CharField(_("nama kelompok"), max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="people_groups")
    jabatan_kinds = models.CharField(max_length=RULE_LENGTH, blank=True, default="")
    golongans = models.CharField(max_length=RULE_LENGTH, blank=True, default="")
    statuses = models.CharField(max_length=RULE_LENGTH, blank=True, default="")
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = OfUnitQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "unit",
                Lower("name"),
                condition=models.Q(archived_at__isnull=True),
                name="people_group_name_once_per_unit",
            )
        ]

    def __str__(self) -> str:
        return self.name

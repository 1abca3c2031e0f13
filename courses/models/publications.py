"""Publications that are still to come, and new parts that people are asked to read."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses import kinds
from courses.models.catalogue import Course, CourseVersion
from courses.models.enrollment import Enrollment
from lib.facts import Fact


class PlannedPublication(models.Model):
    """A draft that is to be published at a moment, as its author saw it then.

    `seen` is the fingerprint of what she saw: another state is not published. `problem`
    says why it stopped, in the words that she is told. Goes with its draft.

    Personal data: who planned and who cancelled, as internal ids.
    """

    class State(models.TextChoices):
        """waiting → published, stopped or cancelled. Each is final."""

        WAITING = kinds.PlannedState.WAITING, _("Terjadwal")
        PUBLISHED = kinds.PlannedState.PUBLISHED, _("Terbit")
        STOPPED = kinds.PlannedState.STOPPED, _("Tidak jadi terbit")
        CANCELLED = kinds.PlannedState.CANCELLED, _("Dibatalkan")

    course = models.ForeignKey(Course, models.CASCADE, related_name="planned")
    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="planned")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    publish_at = models.DateTimeField()
    change = models.CharField(max_length=10, choices=CourseVersion.Change)
    seen = models.CharField(max_length=64)
    despite_faults = models.BooleanField(default=False)
    # Pairs of lesson key and part key that people are asked to read.
    new_parts = models.JSONField(default=list)
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course"],
                condition=Q(state=kinds.PlannedState.WAITING.value),
                name="plannedpublication_one_waiting_per_course",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=kinds.PlannedState.WAITING.value, ended_at__isnull=True
                )
                | (
                    ~Q(state=kinds.PlannedState.WAITING.value)
                    & Q(ended_at__isnull=False)
                ),
                name="plannedpublication_ended_has_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["publish_at"],
                condition=Q(state=kinds.PlannedState.WAITING.value),
                name="plannedpublication_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_id} {self.state} {self.publish_at}"


class NewPart(Fact):
    """Fact: a version brought a part that whoever had read the lesson should read.

    Those still learning read the lesson again (`Lesson.read_since`). Those who have
    finished the course in this `cycle` are asked beside their certificate, which stays
    as it is. `minutes` is the time that reading it takes.

    Personal data: none.
    """

    course = models.ForeignKey(Course, models.PROTECT, related_name="new_parts")
    version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="new_parts")
    cycle = models.PositiveIntegerField()
    lesson_key = models.SlugField(max_length=80)
    part_key = models.SlugField(max_length=80)
    minutes = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "lesson_key", "part_key"],
                name="newpart_once_per_version",
            )
        ]
        indexes = [models.Index(fields=["course", "cycle"], name="newpart_of_course")]

    def __str__(self) -> str:
        return f"{self.version_id}:{self.lesson_key}#{self.part_key}"


class NewPartReading(Fact):
    """Fact: somebody who had finished the course says that she has read a new part.

    Personal data: what a person has read; part of the learning record; kept.
    """

    enrollment = models.ForeignKey(
        Enrollment, models.PROTECT, related_name="new_part_readings"
    )
    part = models.ForeignKey(NewPart, models.PROTECT, related_name="readings")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "part"], name="newpartreading_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id}: {self.part_id}"

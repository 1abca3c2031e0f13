"""One person's enrolment on one course, and what she has done there."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.kinds import EnrollmentState
from courses.models.catalogue import Course, CourseVersion
from courses.querysets import EnrollmentQuerySet
from lib.facts import Fact


class Enrollment(models.Model):
    """One person's time on one course in one cycle, pinned to a version.

    `progress` (whole percent, never falls, 100 only when complete), `completed_at`,
    `completed_version`, `completion_rule` and `final_percent` are derivations.
    Recomputable: see `courses.actions.progress.update_completion`.

    Personal data: who learns what and how far; the record of competence
    development that the law asks for; kept.
    """

    class State(models.TextChoices):
        """active ⇄ withdrawn; completion is a time, and only of the active."""

        ACTIVE = EnrollmentState.ACTIVE, _("Mengikuti")
        WITHDRAWN = EnrollmentState.WITHDRAWN, _("Berhenti mengikuti")

    person = models.ForeignKey(User, models.PROTECT, related_name="enrollments")
    course = models.ForeignKey(Course, models.PROTECT, related_name="enrollments")
    cycle = models.PositiveIntegerField(default=1)
    version = models.ForeignKey(
        CourseVersion, models.PROTECT, related_name="enrollments"
    )
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    started_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    progress = models.PositiveSmallIntegerField(default=0)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_version = models.ForeignKey(
        CourseVersion, models.PROTECT, null=True, blank=True, related_name="+"
    )
    completion_rule = models.PositiveSmallIntegerField(null=True, blank=True)
    final_percent = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True
    )

    objects: ClassVar = EnrollmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course", "cycle"], name="enrollment_once_per_cycle"
            ),
            models.CheckConstraint(
                condition=Q(progress__lte=100), name="enrollment_progress_at_most_100"
            ),
            models.CheckConstraint(
                condition=Q(
                    completed_at__isnull=True,
                    completed_version__isnull=True,
                    progress__lt=100,
                )
                | Q(
                    completed_at__isnull=False,
                    completed_version__isnull=False,
                    progress=100,
                ),
                name="enrollment_complete_is_100",
            ),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True)
                | Q(state=EnrollmentState.ACTIVE.value),
                name="enrollment_withdrawn_is_not_complete",
            ),
        ]
        indexes = [
            models.Index(fields=["course", "completed_at"]),
            models.Index(fields=["person", "-last_seen_at"]),
            models.Index(
                fields=["completed_at"],
                condition=Q(completed_at__isnull=False),
                name="enrollment_completed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.course_id}"


class LessonCompletion(Fact):
    """Fact: the person marked this lesson of this version as done.

    Hangs on the lesson's key, so it survives a new version, unless that one brings the
    lesson a new required part (`Lesson.read_since`): then she marks it once more.
    `told_at` is when a phone without a line says it was; nothing is decided by it.

    Personal data: what a person has read; part of the learning record; kept.
    """

    enrollment = models.ForeignKey(
        Enrollment, models.PROTECT, related_name="lesson_completions"
    )
    lesson_key = models.SlugField(max_length=80)
    version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="+")
    completed_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "lesson_key", "version"],
                name="lessoncompletion_once_per_version",
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id}: {self.lesson_key}"


class ReadingPlace(models.Model):
    """Where somebody stopped reading a course last, on whatever device.

    Overwritten as she reads on; nothing is decided by it. `part_key` is "" at the top
    of a lesson; `paragraph` counts what she had reached below the part's heading.

    Personal data: what a person read last; part of the learning record; kept.
    """

    enrollment = models.OneToOneField(
        Enrollment, models.CASCADE, related_name="reading_place"
    )
    lesson_key = models.SlugField(max_length=80)
    part_key = models.SlugField(max_length=80, blank=True)
    paragraph = models.PositiveSmallIntegerField(default=0, db_default=0)
    moved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.enrollment_id}: {self.lesson_key}#{self.part_key}"

    @property
    def anchor(self) -> str:
        """What leads there in an address; a script finds a paragraph (reading.js)."""
        if self.paragraph:
            return f"#{self.part_key}.{self.paragraph}"
        return f"#{self.part_key}" if self.part_key else ""

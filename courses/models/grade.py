"""The grade log and the JP ledger: appended, never edited."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from courses.models.catalogue import CourseVersion, GradeItem
from courses.models.enrollment import Enrollment
from lib.facts import Fact
from lib.fields import FractionField


class GradeEntry(Fact):
    """Fact: the grade of this item became these points.

    `source` names who grades ("quiz:<key>"), `revision` counts its gradings, and the
    latest revision is the grade. Which attempt counts is the quiz's policy, applied
    before recording; `evidence` names that attempt. `points` are exact and `percent`
    is the figure that is shown and compared (`lib.scores.shown`), with `pass_mark`
    where the item must be passed: the one under which the evidence began.

    Personal data: scores; kept with the learning record.
    """

    enrollment = models.ForeignKey(
        Enrollment, models.PROTECT, related_name="grade_entries"
    )
    grade_item = models.ForeignKey(GradeItem, models.PROTECT, related_name="entries")
    # The item's key, so that a grade survives a new version of the course.
    item_key = models.SlugField(max_length=40)
    source = models.CharField(max_length=140)
    evidence = models.CharField(max_length=60, blank=True)
    revision = models.PositiveIntegerField(default=1)
    points = FractionField()
    max_points = models.DecimalField(max_digits=8, decimal_places=3)
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    pass_mark = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "item_key", "source", "revision"],
                name="gradeentry_said_once",
            ),
            models.CheckConstraint(
                condition=Q(max_points__gt=0, percent__gte=0, percent__lte=100),
                name="gradeentry_percent_within_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.points}/{self.max_points}"


class CourseGrade(Fact):
    """Fact: from `recorded_at` on the grade of the course was `percent`.

    Every value that `Enrollment.final_percent` has had, so that a report of a past day
    tells the grade of that day, also after a repair has raised it.

    Personal data: scores; kept with the learning record.
    """

    enrollment = models.ForeignKey(
        Enrollment, models.PROTECT, related_name="course_grades"
    )
    revision = models.PositiveIntegerField()
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "revision"], name="coursegrade_said_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id}: {self.percent}"


class JpEntry(Fact):
    """Fact: this many JP were earned on this day, by a course or another cause.

    A completed enrolment is one; whatever else counts is named by `cause`, a key that
    whoever recognises it makes (`outside:7:1`), with its `title` as it was then. What
    was recognised wrongly is taken back by a further entry with less than nothing.
    `year` is the calendar year of `earned_on` where the person is.

    Personal data: learning hours; the ledger that agencies report; kept.
    """

    person = models.ForeignKey(User, models.PROTECT, related_name="jp_entries")
    enrollment = models.OneToOneField(
        Enrollment, models.PROTECT, null=True, related_name="jp_entry"
    )
    version = models.ForeignKey(
        CourseVersion, models.PROTECT, null=True, related_name="+"
    )
    # The release before writes neither.
    cause = models.CharField(max_length=60, blank=True, default="", db_default="")
    title = models.CharField(max_length=200, blank=True, default="", db_default="")
    jp = models.IntegerField()
    earned_on = models.DateField()
    year = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cause"], condition=~Q(cause=""), name="jp_once_per_cause"
            ),
            models.CheckConstraint(
                condition=Q(
                    enrollment__isnull=False,
                    version__isnull=False,
                    cause="",
                    jp__gte=0,
                )
                | Q(enrollment__isnull=True, version__isnull=True)
                & ~Q(cause="")
                & ~Q(title=""),
                name="jp_has_one_cause",
            ),
        ]
        indexes = [models.Index(fields=["person", "year"])]

    def __str__(self) -> str:
        return f"{self.jp} JP"

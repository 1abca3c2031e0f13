"""Courses that a unit uses by reference: its own course, filled from another one."""

from django.db import models

from courses.models.catalogue import Course, CourseVersion


class CourseReference(models.Model):
    """A version was filled from a published version of another unit's course.

    The newest row of a course says to which version it is pinned; a draft that is
    thrown away takes its row along, and the pin is what it was.

    Personal data: none; who did it stands in the audit trail.
    """

    version = models.OneToOneField(
        CourseVersion, models.CASCADE, related_name="reference"
    )
    source = models.ForeignKey(Course, models.PROTECT, related_name="references")
    source_version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.version_id} ← {self.source_version_id}"

"""Deadlines as calendars of other programs were told of them."""

import uuid

from django.db import models

from accounts.models import User
from courses.models.catalogue import Course


class CalendarFeed(models.Model):
    """The secret address under which a person's calendar fetches her deadlines.

    Personal data: whose address it is; gone when she ends it or is anonymised.
    """

    person = models.OneToOneField(User, models.CASCADE, related_name="calendar_feed")
    token = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"feed of {self.person_id}"


class CalendarEntry(models.Model):
    """What calendars were told last of a person's deadline on a course.

    A derivation with a memory: `sequence` only ever rises. Recomputed at every fetch.

    Personal data: which course somebody was to take by when; goes with her feed.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="calendar_entries")
    course = models.ForeignKey(Course, models.CASCADE, related_name="+")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    due_on = models.DateField()
    sequence = models.PositiveIntegerField(default=0)
    is_cancelled = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course"], name="calendarentry_once_per_course"
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_id} by {self.due_on}"

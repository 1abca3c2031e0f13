"""What a draft keeps beside its rows."""

from django.db import models

from accounts.models import User
from courses.models.catalogue import Course, CourseVersion


class RetiredLesson(models.Model):
    """A lesson that was taken out of a draft, whole, so that it can come back.

    `content` holds what `courses.content_types.LessonContent` says. Goes with its
    version; its key is never given to another lesson of the course.

    Personal data: none.
    """

    version = models.ForeignKey(
        CourseVersion, models.CASCADE, related_name="retired_lessons"
    )
    key = models.SlugField(max_length=80)
    # Where it stood: the module, and its place there from 0.
    module_key = models.SlugField(max_length=80)
    place = models.PositiveIntegerField()
    content = models.JSONField()
    retired_at = models.DateTimeField()

    class Meta:
        ordering = ["-retired_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"], name="retiredlesson_once_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id}:{self.key}"

    @property
    def title(self) -> str:
        """The lesson's title."""
        return str(self.content["title"])


class LessonWriting(models.Model):
    """What somebody has typed into a lesson and not saved: kept, and offered again.

    It is no version of the lesson: nobody but its author sees it. `sitting` is one open
    editor, `sequence` counts what was typed there; `base` is the fingerprint of the
    lesson as it was opened. It hangs on the course and the lesson's key, so that it
    outlives the draft. Closed when saved or put aside, or when nobody came back for
    half a year; a closed one goes a week later.

    Personal data: the author and the words; goes with the course.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="writings")
    lesson_key = models.SlugField(max_length=80)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    sitting = models.UUIDField()
    sequence = models.PositiveBigIntegerField()
    base = models.CharField(max_length=64, blank=True)
    title = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    minutes = models.TextField(blank=True)
    is_required = models.BooleanField(default=True)
    text = models.TextField(blank=True)
    written_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "lesson_key", "author", "sitting"],
                name="lessonwriting_once_per_sitting",
            ),
            models.CheckConstraint(
                condition=models.Q(sequence__gte=1),
                name="lessonwriting_counts_from_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lesson_key}:{self.sitting}:{self.sequence}"

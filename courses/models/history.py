"""Every save of a lesson, so that nothing an author wrote is gone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models.catalogue import Course
from lib.facts import Fact


class LessonSave(Fact):
    """Fact: a lesson of a draft said this from then on.

    `content` holds what `courses.content_types.LessonContent` says. Hangs on the
    course and the lesson's key: it outlives the draft. What was published stands in
    the rows of its version and not here. Goes with a course that was never published.

    Personal data: who saved, as an internal id.
    """

    class How(models.TextChoices):
        """How the lesson came to say this."""

        SAVED = "saved", _("Disimpan")
        OUTLINE = "outline", _("Diubah dari kerangka")
        RESTORED = "restored", _("Dikembalikan")
        # What it said before the first save, where no version says it.
        BEFORE = "before", _("Naskah awal")

    course = models.ForeignKey(Course, models.CASCADE, related_name="lesson_saves")
    lesson_key = models.SlugField(max_length=80)
    content = models.JSONField()
    how = models.CharField(max_length=10, choices=How, default=How.SAVED)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["course", "lesson_key"], name="lessonsave_of_lesson")
        ]

    def __str__(self) -> str:
        return f"{self.course_id}:{self.lesson_key} {self.saved_at}"

"""What learners ask the author of a course, and what they find wrong."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models.catalogue import Course
from courses.querysets import InquiryQuerySet

LONGEST_INQUIRY, LONGEST_ANSWER = 2_000, 4_000
_ABOUT_LESSON = ~Q(lesson_key="") & ~Q(part_key="") & Q(bank_key="", question_key="")
_ABOUT_QUESTION = Q(lesson_key="", part_key="") & ~Q(bank_key="") & ~Q(question_key="")


class Inquiry(models.Model):
    """A learner asks, or reports a mistake, on a part of a lesson or on a question.

    Hangs on keys: it outlives every version. `key` is of the form that sent it: sent
    twice, it says it once. `public_text` is the question as other learners read it,
    in the author's wording and without a name.

    Personal data: what a person asked. When she is anonymised, only what others may
    read stays, and nothing says that it was hers.
    """

    class Kind(models.TextChoices):
        """What the author is to do about it."""

        QUESTION = "question", _("Pertanyaan")
        REPORT = "report", _("Laporan keliru")

    class State(models.TextChoices):
        """new → answered or closed; an answer to what was closed opens it again."""

        NEW = "new", _("Baru")
        ANSWERED = "answered", _("Dijawab")
        CLOSED = "closed", _("Ditutup")

    key = models.UUIDField(unique=True)
    course = models.ForeignKey(Course, models.CASCADE, related_name="inquiries")
    kind = models.CharField(max_length=8, choices=Kind)
    lesson_key = models.SlugField(max_length=80, blank=True)
    part_key = models.SlugField(max_length=80, blank=True)
    bank_key = models.SlugField(max_length=80, blank=True)
    question_key = models.SlugField(max_length=80, blank=True)
    person = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="inquiries"
    )
    text = models.TextField(_("isi"), blank=True, max_length=LONGEST_INQUIRY)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    answer = models.TextField(_("jawaban"), blank=True, max_length=LONGEST_ANSWER)
    handled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField()
    is_public = models.BooleanField(_("tampil bagi peserta lain"), default=False)
    public_text = models.TextField(blank=True, max_length=LONGEST_INQUIRY)

    objects: ClassVar = InquiryQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=_ABOUT_LESSON | _ABOUT_QUESTION,
                name="inquiry_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | ~Q(text=""),
                name="inquiry_says_something",
            ),
            models.CheckConstraint(
                condition=Q(state="new", answer="", handled_by__isnull=True)
                | Q(state="answered", handled_by__isnull=False) & ~Q(answer="")
                | Q(state="closed", handled_by__isnull=False),
                name="inquiry_handled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | ~Q(answer="") & ~Q(public_text=""),
                name="inquiry_public_with_its_answer",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-changed_at"], name="inquiry_of_person"),
            models.Index(
                fields=["course", "state", "-changed_at"], name="inquiry_of_course"
            ),
            models.Index(
                fields=["course", "lesson_key"],
                condition=Q(is_public=True),
                name="inquiry_public",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

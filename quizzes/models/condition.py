"""When and where a quiz may be started: changed from day to day, without publishing."""

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from courses.models import Course


class QuizCondition(models.Model):
    """The window, the password and the supervision of one quiz, as they are today.

    It belongs to the course and the key of the quiz, so it holds across versions; a
    quiz without a row is open. A side of the window is a moment (`_at`), the same
    everywhere, or a whole day where the learner is (`_on`). `password` is a hash,
    empty for none. Every change is in the audit trail.

    Personal data: who changed it last, as an internal id; `supervision` may name who
    sits in the room, and goes with the next change.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="quiz_conditions")
    quiz_key = models.SlugField(max_length=120)
    opens_at = models.DateTimeField(null=True, blank=True)
    opens_on = models.DateField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    password = models.CharField(max_length=128, blank=True)
    supervision = models.CharField(max_length=200, blank=True)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "quiz_key"], name="quizcondition_once_per_quiz"
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(opens_on__isnull=True),
                name="quizcondition_opens_once",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(closes_on__isnull=True),
                name="quizcondition_closes_once",
            ),
            models.CheckConstraint(
                condition=(
                    Q(opens_at__isnull=True)
                    | Q(closes_at__isnull=True)
                    | Q(opens_at__lt=F("closes_at"))
                )
                & (
                    Q(opens_on__isnull=True)
                    | Q(closes_on__isnull=True)
                    | Q(opens_on__lte=F("closes_on"))
                ),
                name="quizcondition_opens_before_it_closes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id}:{self.quiz_key}"

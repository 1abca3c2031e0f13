"""What people think of a course once they have its certificate, without names."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from courses.models.catalogue import Course
from courses.models.enrollment import Enrollment
from lib.facts import Fact

LOWEST, HIGHEST = 1, 5
STATEMENTS, PROMPTS = 6, 2
LONGEST_EVALUATION = 2_000
_SCORES = tuple(f"score_{number}" for number in range(1, STATEMENTS + 1))


class EvaluationForm(Fact):
    """Fact: from now on an agency asks this after its courses.

    `statements` are agreed with or not, `prompts` answered freely. Earlier answers
    keep the form that they were given to. The one we ship is nobody's, and has no time:
    it comes with the first answer.

    Personal data: who worded it, as an internal id.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    statements = models.JSONField()
    prompts = models.JSONField()
    written_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(written_at__isnull=True, written_by__isnull=True)
                | Q(written_at__isnull=False, written_by__isnull=False),
                name="evaluationform_written_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["unit", "number"], name="evaluationform_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} v{self.number}"


class EvaluationPile(models.Model):
    """The answers to one form about one course; locked while one more comes in.

    Personal data: none.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="evaluation_piles")
    form = models.ForeignKey(EvaluationForm, models.PROTECT, related_name="piles")

    class Meta:
        ordering = ["-form__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "form"], name="evaluationpile_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_id}: {self.form_id}"


class EvaluationAnswer(models.Model):
    """One answer, and nothing that says whose or when.

    DO NOT add a person, a time or a number that counts up: beside `EvaluationGiven`
    any of them would tell who said what. `is_counted` comes for five at once, which
    are then written anew in an order of chance.

    Personal data: none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pile = models.ForeignKey(EvaluationPile, models.CASCADE, related_name="answers")
    score_1 = models.PositiveSmallIntegerField()
    score_2 = models.PositiveSmallIntegerField()
    score_3 = models.PositiveSmallIntegerField()
    score_4 = models.PositiveSmallIntegerField()
    score_5 = models.PositiveSmallIntegerField()
    score_6 = models.PositiveSmallIntegerField()
    text_1 = models.TextField(_("jawaban"), blank=True, max_length=LONGEST_EVALUATION)
    text_2 = models.TextField(_("jawaban"), blank=True, max_length=LONGEST_EVALUATION)
    is_counted = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    **{f"{name}__gte": LOWEST for name in _SCORES},
                    **{f"{name}__lte": HIGHEST for name in _SCORES},
                ),
                name="evaluationanswer_on_the_scale",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["pile", "is_counted"], name="evaluationanswer_counted")
        ]

    def __str__(self) -> str:
        return str(self.id)


class EvaluationGiven(Fact):
    """Fact: somebody has evaluated her course; not what she said, and not when.

    Personal data: that a person took part in an evaluation.
    """

    enrollment = models.OneToOneField(
        Enrollment,
        models.PROTECT,
        primary_key=True,
        related_name="evaluation_given",
    )

    def __str__(self) -> str:
        return f"evaluated {self.enrollment_id}"

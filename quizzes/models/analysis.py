"""What item analysis found: stored aggregates, no answers and no people."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from quizzes import kinds
from quizzes.models.bank import QuestionVersion


class QuizStatistics(models.Model):
    """How a quiz of a course fares, over one attempt of each person or over all.

    A derivation of the marks as they stood at `computed_at`. `known_n` counts the
    attempts handed in by then, of which the selection kept some, and `known_markings`
    how often all of them had been marked. Both only grow, so that a row is known to be
    out of date after whatever happened to an attempt. Figures are those of
    `quizzes.analysis.figures`, in percent, and empty below its `FEWEST_ANSWERS`.
    `slots` and `histogram` are lists in the order of the quiz and of the bars.
    Recomputable: see `quizzes.actions.refresh_statistics`.

    Personal data: none (figures of 30 attempts or more).
    """

    class Selection(models.TextChoices):
        """Which attempts of a person are looked at; first ones are independent."""

        FIRST = kinds.Selection.FIRST, _("Percobaan pertama")
        LAST = kinds.Selection.LAST, _("Percobaan terakhir")
        BEST = kinds.Selection.BEST, _("Percobaan terbaik")
        ALL = kinds.Selection.ALL, _("Semua percobaan")

    course = models.ForeignKey(Course, models.CASCADE, related_name="quiz_statistics")
    quiz_key = models.SlugField(max_length=120)
    selection = models.CharField(max_length=8, choices=Selection)
    computed_at = models.DateTimeField()
    known_n = models.PositiveIntegerField()
    known_markings = models.PositiveBigIntegerField()
    n = models.PositiveIntegerField()
    mean = models.FloatField(null=True)
    median = models.FloatField(null=True)
    sd = models.FloatField(null=True)
    skewness = models.FloatField(null=True)
    kurtosis = models.FloatField(null=True)
    cic = models.FloatField(null=True)
    error_ratio = models.FloatField(null=True)
    standard_error = models.FloatField(null=True)
    histogram = models.JSONField(default=list)
    slots = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "quiz_key", "selection"],
                name="quizstatistics_once_per_selection",
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_id}: {self.quiz_key} ({self.selection})"


class ItemStatistics(models.Model):
    """How one wording of a question fares in a quiz.

    A derivation, made and replaced together with its `QuizStatistics`. `slot_key` is
    empty for a question that is drawn. Of fewer than `FEWEST_ANSWERS` answers there is
    `n` and nothing else. `quartiles` are {n, percent}, the lowest quarter of the
    attempts first; `choices` are the rows of `quizzes.analysis.choices`;
    `suspicions` those of `quizzes.analysis.suspects`.

    Personal data: none (figures of 30 answers or more).
    """

    quiz = models.ForeignKey(QuizStatistics, models.CASCADE, related_name="items")
    question_version = models.ForeignKey(
        QuestionVersion, models.PROTECT, related_name="statistics"
    )
    slot_key = models.SlugField(max_length=40, blank=True)
    n = models.PositiveIntegerField()
    facility = models.FloatField(null=True)
    sd = models.FloatField(null=True)
    guess = models.FloatField(null=True)
    intended_weight = models.FloatField(null=True)
    effective_weight = models.FloatField(null=True)
    discrimination = models.FloatField(null=True)
    efficiency = models.FloatField(null=True)
    quartiles = models.JSONField(default=list)
    choices = models.JSONField(default=list)
    suspicions = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "question_version"],
                name="itemstatistics_once_per_version",
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_version_id}: {self.n}"

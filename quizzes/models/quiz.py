"""Quizzes: what is asked, under which rules."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import CourseVersion, GradeItem
from quizzes import kinds
from quizzes.models.bank import Question, QuestionBank
from quizzes.querysets import QuizQuerySet


class QuizRules(models.Model):
    """How a quiz is taken. Content: it is published with the course and then stays.

    Attempts come in blocks: after `attempts_per_block` tries without a pass,
    `cooldown_seconds` of rest, then as many again; null means no limit. What may
    change from day to day (the window, the password) is `QuizCondition`'s.

    Personal data: none.
    """

    class Counting(models.TextChoices):
        """Which attempt gives the grade."""

        BEST = kinds.Counting.BEST, _("Nilai terbaik")
        LAST = kinds.Counting.LAST, _("Percobaan terakhir")
        FIRST = kinds.Counting.FIRST, _("Percobaan pertama")

    class Review(models.TextChoices):
        """When answers and keys may be seen (ARCHITECTURE §8)."""

        LEARN = kinds.KeyRelease.LEARN, _("Belajar: langsung setelah dikirim")
        TEST = kinds.KeyRelease.TEST, _("Tes: setelah lulus atau percobaan terakhir")
        EXAM = kinds.KeyRelease.EXAM, _("Ujian: tidak diperlihatkan")

    counting = models.CharField(max_length=8, choices=Counting, default=Counting.BEST)
    review = models.CharField(max_length=8, choices=Review, default=Review.TEST)
    time_limit_seconds = models.PositiveIntegerField(null=True, blank=True)
    attempts_per_block = models.PositiveSmallIntegerField(null=True, blank=True)
    cooldown_seconds = models.PositiveIntegerField(default=0)
    shuffles_questions = models.BooleanField(default=True)
    shuffles_options = models.BooleanField(default=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(attempts_per_block__isnull=True)
                | Q(attempts_per_block__gte=1),
                name="%(class)s_allows_at_least_one_attempt",
            )
        ]


class Quiz(QuizRules):
    """A quiz of a published course version, or on its own (asesmen, ulangan).

    The pass mark is the version's completion rule, not the quiz's.

    Personal data: none.
    """

    class Purpose(models.TextChoices):
        """What a result is used for."""

        PRETEST = kinds.Purpose.PRETEST, "Pre-test"
        POSTTEST = kinds.Purpose.POSTTEST, "Post-test"
        PRACTICE = kinds.Purpose.PRACTICE, _("Latihan")
        ASSESSMENT = kinds.Purpose.ASSESSMENT, _("Asesmen diri")

    grade_item = models.OneToOneField(
        GradeItem, models.PROTECT, null=True, blank=True, related_name="quiz"
    )
    key = models.SlugField(max_length=120)
    title = models.CharField(max_length=120)
    purpose = models.CharField(max_length=12, choices=Purpose)
    # Every question of its bank, those written later too.
    asks_all = models.BooleanField(default=False)
    grace_seconds = models.PositiveIntegerField(default=60)

    objects: ClassVar = QuizQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title


class QuizDraft(QuizRules):
    """What a quiz will be once the draft of its course is published.

    The quiz itself is made by publishing; without this row it stays as it is. A row
    without a purpose holds rules only; one with a purpose holds the whole quiz, its
    lines (`quizzes.definition.plans.PlanLine`) as `lines`. Thrown away together with
    the draft.

    Personal data: none.
    """

    version = models.ForeignKey(
        CourseVersion, models.CASCADE, related_name="quiz_drafts"
    )
    # The key of its grade item.
    key = models.SlugField(max_length=40)
    purpose = models.CharField(max_length=12, choices=Quiz.Purpose, blank=True)
    title = models.CharField(max_length=120, blank=True)
    bank = models.ForeignKey(
        QuestionBank, models.CASCADE, null=True, blank=True, related_name="+"
    )
    asks_all = models.BooleanField(default=False)
    lines = models.JSONField(default=list)

    class Meta(QuizRules.Meta):
        abstract = False
        constraints = [
            *QuizRules.Meta.constraints,
            models.UniqueConstraint(
                fields=["version", "key"], name="quizdraft_key_once_per_version"
            ),
            models.CheckConstraint(
                condition=Q(purpose="") | Q(bank__isnull=False),
                name="quizdraft_whole_quiz_has_a_bank",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}:{self.key}"


class QuizSlot(models.Model):
    """One place of a quiz, filled by a fixed question or by a draw.

    A draw takes from `bank` by objective, levels and types; `key` stays the same from
    version to version.

    Personal data: none.
    """

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="slots")
    key = models.SlugField(max_length=40)
    position = models.PositiveIntegerField()
    bank = models.ForeignKey(QuestionBank, models.PROTECT, related_name="+")
    question = models.ForeignKey(
        Question, models.PROTECT, null=True, blank=True, related_name="slots"
    )
    objective_key = models.SlugField(max_length=40, blank=True)
    levels = models.JSONField(default=list)
    # Question types; none for any.
    types = models.JSONField(default=list)
    points = models.DecimalField(max_digits=6, decimal_places=3, default=1)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "key"], name="slot_key_once_per_quiz"
            ),
            models.CheckConstraint(
                condition=Q(points__gt=0), name="slot_is_worth_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_id}:{self.key}"

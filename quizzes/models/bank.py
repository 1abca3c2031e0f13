"""The question bank: a question is an idea, a question version one wording of it.

Versions are immutable once ready; an answer points at the version it saw. Options
carry a `key` that stays the same from version to version, and answers are stored by
that key, never by position.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from courses.models import Course
from courses.models.catalogue import CognitiveLevel, Pillar, ShareReach
from quizzes import kinds
from quizzes.querysets import QuestionQuerySet, QuestionVersionQuerySet


class QuestionBank(models.Model):
    """A store of questions for one use; banks never share a question.

    Personal data: none.
    """

    class Use(models.TextChoices):
        """What the questions are for: graded keys must not leak through practice."""

        PRETEST = kinds.BankUse.PRETEST, "Pre-test"
        GRADED = kinds.BankUse.GRADED, "Post-test"
        PRACTICE = kinds.BankUse.PRACTICE, _("Latihan")

    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="question_banks"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="question_banks")
    key = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=160)
    use = models.CharField(max_length=10, choices=Use)
    shared_with = models.CharField(
        max_length=10,
        choices=ShareReach,
        default=ShareReach.NOBODY,
        db_default=ShareReach.NOBODY.value,
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title


class BankReference(models.Model):
    """A bank that says what a bank of another course said at `taken_at`.

    Its questions are rows of its own, each with its `origin`, so that papers, keys,
    statistics and repairs of two courses never meet. They are written from the source
    alone.

    Personal data: none; who did it stands in the audit trail.
    """

    bank = models.OneToOneField(QuestionBank, models.CASCADE, related_name="reference")
    source = models.ForeignKey(QuestionBank, models.PROTECT, related_name="references")
    course = models.ForeignKey(Course, models.CASCADE, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "source"], name="bankreference_once_per_course"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank_id} ← {self.source_id}"


class Question(models.Model):
    """The idea of a question; its wordings are `QuestionVersion`s.

    `origin` is the question of another course that one of a referred bank repeats.
    How many percent are expected to be right, untrained and trained, belongs to the
    idea: estimating anew starts no new statistics.

    Personal data: none.
    """

    class State(models.TextChoices):
        """draft → ready ⇄ retired. A draw never takes a retired question; a quiz
        that names it keeps it.
        """

        DRAFT = kinds.QuestionState.DRAFT, _("Draf")
        READY = kinds.QuestionState.READY, _("Siap")
        RETIRED = kinds.QuestionState.RETIRED, _("Ditarik")

    bank = models.ForeignKey(QuestionBank, models.PROTECT, related_name="questions")
    key = models.SlugField(max_length=80)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    origin = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="echoes"
    )
    expected_untrained = models.PositiveSmallIntegerField(null=True, blank=True)
    expected_trained = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects: ClassVar = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["bank", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["bank", "key"], name="question_key_once_per_bank"
            ),
            models.UniqueConstraint(
                fields=["bank", "origin"], name="question_origin_once_per_bank"
            ),
            models.CheckConstraint(
                condition=Q(
                    expected_untrained__isnull=True, expected_trained__isnull=True
                )
                # Unknown would pass: a constraint refuses only what is false.
                | Q(
                    expected_untrained__isnull=False,
                    expected_trained__isnull=False,
                    expected_untrained__gte=0,
                    expected_untrained__lte=models.F("expected_trained"),
                    expected_trained__lte=100,
                ),
                name="question_expected_both_within_bounds",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class EnemyPair(models.Model):
    """Two questions of one bank that answer or repeat each other.

    They never stand on one paper. A pair is stored once, the older question first.

    Personal data: none.
    """

    first = models.ForeignKey(Question, models.CASCADE, related_name="+")
    second = models.ForeignKey(Question, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["first", "second"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="enemypair_once"),
            models.CheckConstraint(
                condition=Q(first__lt=models.F("second")),
                name="enemypair_older_question_first",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} × {self.second_id}"


class QuestionVersion(models.Model):
    """One immutable wording and key of a question.

    `scoring` names the marking rule, `settings` holds what only this type knows
    (tolerances and the like). HTML is rendered when the version becomes ready.

    Personal data: who wrote it, as an internal id.
    """

    class State(models.TextChoices):
        """draft (edited in Studio) → ready (may be drawn; immutable)."""

        DRAFT = kinds.QuestionState.DRAFT, _("Draf")
        READY = kinds.QuestionState.READY, _("Siap")

    question = models.ForeignKey(Question, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    type = models.CharField(max_length=24)
    scoring = models.CharField(max_length=24, blank=True)
    stem = models.TextField(_("pertanyaan"))
    stem_html = models.TextField(blank=True)
    feedback = models.TextField(blank=True)
    feedback_html = models.TextField(blank=True)
    objective_key = models.SlugField(max_length=40, blank=True)
    level = models.CharField(max_length=2, choices=CognitiveLevel, blank=True)
    # Empty where it is the course's.
    pillar = models.CharField(max_length=8, choices=Pillar, blank=True)
    tags = models.JSONField(default=list)
    source_keys = models.JSONField(default=list)
    checked_on = models.DateField(null=True, blank=True)
    settings = models.JSONField(default=dict)
    renderer_version = models.PositiveIntegerField(default=0)
    content_hash = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar = QuestionVersionQuerySet.as_manager()

    class Meta:
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "number"], name="questionversion_number_once"
            ),
            models.UniqueConstraint(
                fields=["question"],
                condition=Q(state=kinds.QuestionState.DRAFT.value),
                name="questionversion_one_draft_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} v{self.number}"


class Option(models.Model):
    """One thing that can be chosen, put in place or accepted as an answer.

    `fraction` is the share of the points it earns (-1 to 1; 1 is right). `group`
    and `match` serve types with several places: which place it belongs to, and the
    key of what it belongs with.

    Personal data: none.
    """

    version = models.ForeignKey(QuestionVersion, models.CASCADE, related_name="options")
    key = models.SlugField(max_length=40)
    position = models.PositiveIntegerField()
    group = models.CharField(max_length=40, blank=True)
    match = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    html = models.TextField(blank=True)
    feedback = models.TextField(blank=True)
    feedback_html = models.TextField(blank=True)
    fraction = models.DecimalField(max_digits=7, decimal_places=6, default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"], name="option_key_once_per_version"
            ),
            models.CheckConstraint(
                condition=Q(fraction__gte=-1, fraction__lte=1),
                name="option_fraction_within_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}:{self.key}"

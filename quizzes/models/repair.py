"""A flawed question, what was done about it, and whom that touched."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lib.facts import Fact
from lib.fields import FractionField
from quizzes import kinds
from quizzes.models.attempt import Attempt
from quizzes.models.bank import QuestionVersion


class Repair(Fact):
    """Fact: this wording of a question was found flawed and is marked otherwise.

    It speaks of one question version and holds for every attempt that drew it, past
    and future. Several add up to what is best for the person; none is taken back.
    The kinds are RELATE's repair marks and a corrected key (FEATURES, part 3, 7).

    Personal data: who repaired it, as an internal id.
    """

    class Kind(models.TextChoices):
        """How an answer to the flawed wording is marked."""

        CORRECTED = kinds.RepairKind.CORRECTED, _("Kunci diganti")
        DISREGARDED = kinds.RepairKind.DISREGARDED, _("Soal tidak dihitung")
        ALL_RIGHT = kinds.RepairKind.ALL_RIGHT, _("Semua jawaban dianggap benar")

    question_version = models.ForeignKey(
        QuestionVersion, models.PROTECT, related_name="repairs"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    # Whose key counts as well, where the key was wrong; answers meet it by option key.
    correction = models.ForeignKey(
        QuestionVersion, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=300)
    repaired_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    repaired_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question_version", "kind"],
                condition=Q(correction__isnull=True),
                name="repair_said_once",
            ),
            models.UniqueConstraint(
                fields=["question_version", "correction"],
                condition=Q(correction__isnull=False),
                name="repair_corrected_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind=kinds.RepairKind.CORRECTED.value, correction__isnull=False
                )
                | (
                    ~Q(kind=kinds.RepairKind.CORRECTED.value)
                    & Q(correction__isnull=True)
                ),
                name="repair_correction_only_where_corrected",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="repair_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.question_version_id}"


class RepairOutcome(Fact):
    """Fact: this repair was applied to this attempt, with the score before and after.

    Written for every attempt it looked at, so that what was cut short goes on where
    it stopped and nothing is done twice.

    Personal data: scores; kept with the attempt.
    """

    repair = models.ForeignKey(Repair, models.PROTECT, related_name="outcomes")
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="repair_outcomes")
    points_before = FractionField()
    max_before = models.DecimalField(max_digits=8, decimal_places=3)
    percent_before = models.DecimalField(max_digits=5, decimal_places=2)
    points_after = FractionField()
    max_after = models.DecimalField(max_digits=8, decimal_places=3)
    percent_after = models.DecimalField(max_digits=5, decimal_places=2)
    applied_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["repair", "attempt"], name="repairoutcome_said_once"
            ),
            models.CheckConstraint(
                condition=Q(percent_after__gte=F("percent_before")),
                name="repairoutcome_never_lowers",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.repair_id} on {self.attempt_id}"


class RepairNotice(models.Model):
    """What the person is told after a repair raised her score; once per repair.

    Shown on the home page until `read_at`.

    Personal data: that a score changed; erased with the person's notices.
    """

    repair = models.ForeignKey(Repair, models.PROTECT, related_name="notices")
    person = models.ForeignKey(User, models.CASCADE, related_name="repair_notices")
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["repair", "person"], name="repairnotice_told_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["person"],
                condition=Q(read_at__isnull=True),
                name="repairnotice_unread",
            )
        ]

    def __str__(self) -> str:
        return f"{self.repair_id} to {self.person_id}"

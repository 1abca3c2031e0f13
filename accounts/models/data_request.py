"""What people ask about their own data, and whose data are to be erased when."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.access import Policy, scope_q
from accounts.models.person import User


class DataRequestQuerySet(models.QuerySet[Any]):
    """Requests about personal data."""

    def visible_to(self, user: Any, capability: str) -> "DataRequestQuerySet":
        """Keep requests of people about whom `user` holds `capability`."""
        return self.filter(scope_q(user, capability, Policy(unit="person__unit")))


class DataRequest(models.Model):
    """A person asks that her data be corrected, rested or erased; somebody answers.

        waiting ──► accepted
           ├──────► refused
           └──────► withdrawn

    Only `accounts.actions.data_requests` assigns `state`. `due_at` is 3 × 24 hours
    after she asked (UU 27/2022).

    Personal data: what a person asked and was answered; kept as proof, without her
    words once she is anonymised.
    """

    class Kind(models.TextChoices):
        """What is asked."""

        CORRECTION = "correction", _("Perbaikan data")
        RESTRICTION = "restriction", _("Pembatasan pemrosesan")
        ERASURE = "erasure", _("Penghapusan data")

    class State(models.TextChoices):
        """See the diagram above."""

        WAITING = "waiting", _("Menunggu jawaban")
        ACCEPTED = "accepted", _("Dikabulkan")
        REFUSED = "refused", _("Ditolak")
        WITHDRAWN = "withdrawn", _("Dibatalkan")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(User, models.PROTECT, related_name="data_requests")
    kind = models.CharField(max_length=11, choices=Kind)
    words = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = DataRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(state="waiting"),
                name="datarequest_one_waits",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | ~Q(state="waiting") & Q(decided_at__isnull=False),
                name="datarequest_decided_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(answer=""),
                name="datarequest_refused_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="datarequest_queue")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"


class PlannedErasure(models.Model):
    """A person is to be anonymised at a moment; gone once she is, or is kept.

    Personal data: that somebody is to be erased; deleted with it.
    """

    class Cause(models.TextChoices):
        """Why: she asked for it, or left so long ago."""

        REQUEST = "request", _("Permintaan sendiri")
        RETENTION = "retention", _("Masa simpan habis")

    person = models.OneToOneField(User, models.CASCADE, related_name="planned_erasure")
    cause = models.CharField(max_length=9, choices=Cause)
    planned_at = models.DateTimeField()
    erase_at = models.DateTimeField()
    planned_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["erase_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(erase_at__gt=models.F("planned_at")),
                name="plannederasure_leaves_time",
            )
        ]
        indexes = [models.Index(fields=["erase_at"], name="plannederasure_due")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.erase_at}"

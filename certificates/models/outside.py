"""Certificates that people bring from elsewhere, and what HR decided about them."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from certificates.querysets import OutsideQuerySet
from lib.facts import Fact


class OutsideCertificate(models.Model):
    """What somebody handed in: a training elsewhere, its paper, and the JP she claims.

    What she said never changes; she withdraws it and hands in another. `state` and
    `round` are derivations of its decisions: the latest one speaks, and `round` is how
    many there are. `token` is of the form, so that a form sent twice is one.

    Personal data: what she learned elsewhere, and the paper, which holds her name and
    number; kept as the ground of her JP. When she is anonymised number and paper are
    erased (`sha256` is empty then).
    """

    class State(models.TextChoices):
        """waiting → accepted | refused → waiting again; withdrawn is the end."""

        WAITING = "waiting", _("Menunggu diperiksa")
        ACCEPTED = "accepted", _("Diakui")
        REFUSED = "refused", _("Ditolak")
        WITHDRAWN = "withdrawn", _("Dibatalkan")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(unique=True)
    person = models.ForeignKey(
        User, models.PROTECT, related_name="outside_certificates"
    )
    title = models.CharField(_("nama pelatihan"), max_length=200)
    organiser = models.CharField(_("penyelenggara"), max_length=200)
    number = models.CharField(_("nomor sertifikat"), max_length=80, blank=True)
    started_on = models.DateField(_("mulai"))
    ended_on = models.DateField(_("selesai"))
    claimed_jp = models.PositiveSmallIntegerField(_("JP"))
    sha256 = models.CharField(max_length=64, blank=True)
    ending = models.CharField(max_length=4)
    byte_size = models.PositiveIntegerField()
    handed_in_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    round = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[Any] = models.Manager.from_queryset(OutsideQuerySet)()

    class Meta:
        ordering = ["-handed_in_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "sha256"],
                condition=Q(state__in=["waiting", "accepted"]) & ~Q(sha256=""),
                name="outside_paper_counts_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__gte=F("started_on")),
                name="outside_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(claimed_jp__gte=1), name="outside_claims_something"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "handed_in_at"], name="outside_by_state"),
            models.Index(fields=["sha256"], name="outside_by_paper"),
        ]

    def __str__(self) -> str:
        return f"{self.title} of {self.person_id}"


class OutsideDecision(Fact):
    """Fact: this became of it: recognised as so many JP, refused, reopened, withdrawn.

    `round` counts the decisions about one paper, so that of two at once one counts.
    What is recognised stands in the JP log under the cause that `round` makes.

    Personal data: who decided, as an internal id; the reason must not name others.
    """

    class Verdict(models.TextChoices):
        """What was decided."""

        ACCEPTED = "accepted", _("Diakui")
        REFUSED = "refused", _("Ditolak")
        REOPENED = "reopened", _("Diperiksa lagi")
        WITHDRAWN = "withdrawn", _("Dibatalkan")

    outside = models.ForeignKey(
        OutsideCertificate, models.PROTECT, related_name="decisions"
    )
    round = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=10, choices=Verdict)
    jp = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["-round"]
        constraints = [
            models.UniqueConstraint(
                fields=["outside", "round"], name="outside_decided_once_a_round"
            ),
            models.CheckConstraint(
                condition=Q(verdict="accepted", jp__gte=1)
                | ~Q(verdict="accepted") & Q(jp__isnull=True),
                name="outside_jp_of_the_accepted",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["accepted", "withdrawn"]) | ~Q(reason=""),
                name="outside_refused_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outside_id}: {self.verdict}"


class OutsideNotice(Fact):
    """Fact: the person was told of a decision, or has no address to be told at.

    Written before the mail is sent, so that it is sent once at most.

    Personal data: that a mail was sent; not to which address.
    """

    decision = models.OneToOneField(
        OutsideDecision, models.PROTECT, related_name="notice"
    )
    told_at = models.DateTimeField()
    is_mailed = models.BooleanField()

    def __str__(self) -> str:
        return f"notice of {self.decision_id}"

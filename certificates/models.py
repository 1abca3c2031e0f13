"""Certificates: issued facts. A correction is a new certificate; none is edited."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from certificates.querysets import CertificateQuerySet
from courses.models import Enrollment
from lib.facts import Fact


class CertificateDesign(Fact):
    """Fact: the issuer, signer and wording that certificates carried at a time.

    A new row is added when one of the settings changes; each certificate keeps the
    design it was issued with.

    Personal data: name and NIP of the signing official, as printed.
    """

    number = models.PositiveIntegerField(unique=True)
    sha256 = models.CharField(max_length=64, unique=True)
    settings = models.JSONField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"design {self.number}"


class NumberCounter(models.Model):
    """The last certificate number of an issuer in a year. Locked last, briefly.

    Personal data: none.
    """

    issuer = models.CharField(max_length=40)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "year"], name="counter_once_per_issuer_and_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.issuer}/{self.year}: {self.last}"


class Certificate(Fact):
    """Fact: this person finished this course; a snapshot of that day.

    `data` holds everything printed, as JSON (`certificates.snapshot`). What happened
    later stands in other rows: `CertificateFile`, `Revocation`, a certificate that
    `replaces` this one.

    Personal data: name, NIP, job and score as printed; kept, because a certificate
    must stay verifiable.
    """

    enrollment = models.ForeignKey(
        Enrollment, models.PROTECT, related_name="certificates"
    )
    person = models.ForeignKey(User, models.PROTECT, related_name="certificates")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    issuer = models.CharField(max_length=40)
    year = models.PositiveIntegerField()
    sequence = models.PositiveIntegerField()
    number = models.CharField(_("nomor"), max_length=80, unique=True)
    code = models.CharField(_("kode"), max_length=12, unique=True)
    design = models.ForeignKey(CertificateDesign, models.PROTECT, related_name="+")
    data = models.JSONField()
    reason = models.CharField(max_length=200, blank=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[Any] = models.Manager.from_queryset(CertificateQuerySet)()

    class Meta:
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment"],
                condition=Q(replaces__isnull=True),
                name="certificate_one_per_enrollment",
            ),
            models.UniqueConstraint(
                fields=["issuer", "year", "sequence"],
                name="certificate_sequence_once",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("certificates:certificate_verify", args=[self.code])


class CertificateFile(Fact):
    """Fact: this file was released for the certificate; its hash verifies forever.

    The file lies under its hash before this row commits.

    Personal data: the PDF holds what the certificate holds.
    """

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="files")
    sha256 = models.CharField(max_length=64, unique=True)
    path = models.CharField(max_length=120)
    byte_size = models.PositiveIntegerField()
    input_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "input_hash"], name="file_once_per_input"
            )
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class CertificateMail(Fact):
    """Fact: the person was told about the certificate. At most once.

    Personal data: that a mail was sent; not to which address.
    """

    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="mail")
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"mail for {self.certificate_id}"


class Revocation(Fact):
    """Fact: the certificate was revoked; its number is never used again.

    Personal data: the reason, which must not name third persons.
    """

    class Reason(models.TextChoices):
        """Classes of reasons that the public page may show."""

        MISTAKE = "mistake", _("diterbitkan karena kekeliruan")
        DISHONEST = "dishonest", _("ditemukan kecurangan")
        REQUEST = "request", _("atas permintaan pemilik")

    certificate = models.OneToOneField(
        Certificate, models.PROTECT, related_name="revocation"
    )
    reason = models.CharField(max_length=12, choices=Reason)
    note = models.CharField(max_length=300, blank=True)
    revoked_at = models.DateTimeField()
    revoked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.certificate_id}: {self.reason}"

"""Certificates: issued facts. A correction is a new certificate; none is edited."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from certificates.querysets import (
    CertificateQuerySet,
    CertificateWorkQuerySet,
    CorrectionQuerySet,
)
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


class PublicAddress(Fact):
    """Fact: certificates were issued under this address, so it stands in QR codes.

    Former hosts stay known to verification for ever.

    Personal data: none.
    """

    url = models.CharField(max_length=200, unique=True)
    first_used_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.url


class CertificateWork(models.Model):
    """Where the making of a certificate stands, while it is not done.

    With a certificate: its file, then (`is_mail`) telling its owner; without: issuing
    it, or replacing the one that says too low a score. Neither fact nor derivation: a
    lost row costs one more try. It is deleted once the work is done
    (`certificates.work`).

    Personal data: none; `problem` names characters and counts, never a person.
    """

    class Problem(models.TextChoices):
        """Who can mend it: HR the data, the operator the rest."""

        DATA = "data", _("data peserta atau kursus")
        SITE = "site", _("situs atau penyimpanan berkas")
        KILLED = "killed", _("pekerja terhenti")
        BUG = "bug", _("galat tak terduga")

    enrollment = models.ForeignKey(Enrollment, models.CASCADE, related_name="+")
    certificate = models.OneToOneField(
        Certificate, models.CASCADE, null=True, blank=True, related_name="+"
    )
    is_mail = models.BooleanField(default=False)
    asked_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    starts = models.PositiveSmallIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    kind = models.CharField(max_length=8, choices=Problem, blank=True)
    problem = models.CharField(max_length=500, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(CertificateWorkQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment"],
                condition=Q(certificate__isnull=True),
                name="certificatework_once_per_enrollment",
            ),
            models.CheckConstraint(
                condition=Q(failures=0, kind="", failed_at__isnull=True)
                | Q(failures__gt=0, failed_at__isnull=False) & ~Q(kind=""),
                name="certificatework_failure_is_told",
            ),
        ]
        indexes = [models.Index(fields=["next_try_at"])]

    def __str__(self) -> str:
        return f"work on {self.enrollment_id}"


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


class Correction(models.Model):
    """What one person asks and another decides: to revoke or replace a certificate.

    Whoever asked never confirms, nor does the certificate's owner; one open request
    per certificate. Rows are never deleted: they say who wanted what, and why.

    Personal data: who asked and decided; the notes must not name third persons.
    """

    class Kind(models.TextChoices):
        """What is to happen."""

        REVOKE = "revoke", _("Cabut")
        REPLACE = "replace", _("Ganti")

    class Decision(models.TextChoices):
        """How it ended; empty while it is open."""

        CONFIRMED = "confirmed", _("Disetujui")
        DECLINED = "declined", _("Ditolak")
        WITHDRAWN = "withdrawn", _("Dibatalkan pengaju")

    certificate = models.ForeignKey(
        Certificate, models.PROTECT, related_name="corrections"
    )
    kind = models.CharField(_("permintaan"), max_length=8, choices=Kind)
    reason = models.CharField(
        _("alasan"), max_length=12, choices=Revocation.Reason, blank=True
    )
    note = models.CharField(_("penjelasan"), max_length=200)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(CorrectionQuerySet)()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(decision=""),
                name="correction_one_open_per_certificate",
            ),
            models.CheckConstraint(
                condition=Q(
                    decision="", decided_at__isnull=True, decided_by__isnull=True
                )
                | ~Q(decision="")
                & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="correction_decision_has_its_person",
            ),
            models.CheckConstraint(
                condition=~Q(decision="confirmed", decided_by=F("asked_by")),
                name="correction_needs_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(kind="replace", reason="")
                | Q(kind="revoke") & ~Q(reason=""),
                name="correction_revoking_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.certificate_id}"

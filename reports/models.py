"""The tables of this room: files, saved views, and what SIASN was told."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from certificates.models import Certificate
from courses.models import Enrollment
from lib.facts import Fact
from reports.querysets import (
    ExportJobQuerySet,
    FileMailQuerySet,
    SavedViewQuerySet,
    SiasnItemQuerySet,
)


class Rhythm(models.TextChoices):
    """How often the file of a view is made: on working days alone."""

    DAILY = "daily", _("Tiap hari kerja")
    WEEKLY = "weekly", _("Tiap awal pekan")
    MONTHLY = "monthly", _("Tiap awal bulan")


class ExportJob(models.Model):
    """A report file somebody asked for: its filters, state and result.

        waiting ──► running ──► done
           │           ├──────► failed ──► waiting (asked again)
           └───────────┴──────► stopped

    Only `reports.actions` assigns `state`. `tries` counts the workers that began it
    since it was asked for, `seen_at` is when the last one was alive; `rows_sha256` is
    of the rows alone, the same in every format.

    Personal data: who asked for what and when; the file holds the report's rows
    and is deleted after `expires_at`.
    """

    class Format(models.TextChoices):
        """XLSX is for Excel, CSV and JSON are for systems, PDF is for paper.

        ZIP is a batch for SIASN: its workbook and the certificates.
        """

        XLSX = "xlsx", "Excel (XLSX)"
        CSV = "csv", _("CSV (untuk sistem)")
        JSON = "json", _("JSON (untuk sistem)")
        PDF = "pdf", _("PDF (lampiran resmi)")
        ZIP = "zip", _("ZIP (dengan sertifikat)")

    class State(models.TextChoices):
        """See the diagram above."""

        WAITING = "waiting", _("Menunggu")
        RUNNING = "running", _("Sedang disiapkan")
        DONE = "done", _("Siap diunduh")
        FAILED = "failed", _("Belum berhasil")
        STOPPED = "stopped", _("Dibatalkan")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.CharField(max_length=40)
    format = models.CharField(max_length=4, choices=Format)
    filters = models.JSONField(default=dict)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="exports")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    seen_at = models.DateTimeField(null=True, blank=True)
    rows_done = models.PositiveIntegerField(default=0)
    row_count = models.PositiveIntegerField(null=True, blank=True)
    byte_size = models.PositiveIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    rows_sha256 = models.CharField(max_length=64, blank=True)
    path = models.CharField(max_length=160, blank=True)
    message = models.CharField(max_length=300, blank=True)
    # Of a saved view that is made by the calendar: which, and of which day.
    view = models.ForeignKey(
        "SavedView", models.SET_NULL, null=True, blank=True, related_name="exports"
    )
    due_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = ExportJobQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(finished_at__isnull=False),
                name="export_done_has_a_time",
            ),
            models.UniqueConstraint(
                fields=["view", "asked_by", "due_on"], name="export_once_a_day"
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"])]

    def __str__(self) -> str:
        return f"{self.report}.{self.format}"

    @property
    def number(self) -> str:
        """The number under which a file is quoted; never given twice."""
        return f"LAP-{self.asked_at:%Y}-{self.pk:06d}"


class FileMail(models.Model):
    """The one mail that tells its owner of a file, once for each time it was made.

    Whoever sends it first takes it (`SENDING`); what was taken and never came back is
    not sent again, so that nobody gets it twice.

    Personal data: whom the site wrote to about which file; kept with the export.
    """

    class State(models.TextChoices):
        """Where the mail is."""

        PENDING = "pending", _("Menunggu")
        SENDING = "sending", _("Sedang dikirim")
        SENT = "sent", _("Terkirim")
        SKIPPED = "skipped", _("Tidak perlu dikirim")
        FAILED = "failed", _("Gagal")

    export = models.ForeignKey(ExportJob, models.CASCADE, related_name="mails")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True, default="")

    objects: ClassVar[Any] = FileMailQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["export", "made_at"], name="file_mail_once_a_file"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state="pending"),
                name="file_mail_pending",
            )
        ]

    def __str__(self) -> str:
        return f"export {self.export_id}: {self.state}"


class SavedView(models.Model):
    """Filters and columns of a report that somebody keeps under a name.

    `filters` is what the report's own `from_json` reads; without a day in it the report
    is that of today, whenever it is opened. With `shared_on` those who hold the
    capability on that unit or below open it too: the question is shared, the rows are
    each reader's own. A deleted view is kept for a day, so that it can come back.

    With `every` its file is made again and again from `next_on` on, for the owner and
    for each `ViewSubscriber`; after `failures` in a row that stops, and
    `paused_because` says why.

    Personal data: who saved what under which name; deleted with the view.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    report = models.CharField(max_length=40)
    name = models.CharField(_("nama"), max_length=80)
    filters = models.JSONField(default=dict)
    shared_on = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+"
    )
    every = models.CharField(max_length=8, choices=Rhythm, blank=True, default="")
    format = models.CharField(
        max_length=4, choices=ExportJob.Format, default=ExportJob.Format.XLSX
    )
    next_on = models.DateField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    paused_because = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                condition=Q(deleted_at__isnull=True),
                name="saved_view_name_once",
            ),
            models.CheckConstraint(
                condition=Q(every="") | Q(next_on__isnull=False),
                name="saved_view_comes_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ViewSubscriber(models.Model):
    """Somebody who wants the file of a view that is shared with her.

    Personal data: a preference; gone when she ends it, or when it is shared no more.
    """

    view = models.ForeignKey(SavedView, models.CASCADE, related_name="subscribers")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["view", "person"], name="view_subscribed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} wants {self.view_id}"


class SiasnBatch(Fact):
    """Fact: these courses were put into one file for SIASN, by whom and when.

    Personal data: who made it, as an internal id.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    year = models.PositiveIntegerField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"SIASN {self.made_at:%Y-%m-%d}"


class SiasnItem(Fact):
    """Fact: this completed course was handed on, with this certificate.

    `attempt` is one more than the refusals before it, so that nothing is handed on a
    second time while SIASN has not answered, nor once it has accepted.

    Personal data: that a course was reported; part of the learning record; kept.
    """

    batch = models.ForeignKey(SiasnBatch, models.PROTECT, related_name="items")
    enrollment = models.ForeignKey(Enrollment, models.PROTECT, related_name="+")
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="+")
    attempt = models.PositiveSmallIntegerField()

    objects: ClassVar[Any] = models.Manager.from_queryset(SiasnItemQuerySet)()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "attempt"], name="siasn_never_sent_twice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id} in {self.batch_id}"


class SiasnAnswer(Fact):
    """Fact: SIASN took the course under this number, or refused it for this reason.

    Personal data: none of its own; the reason is SIASN's.
    """

    item = models.OneToOneField(SiasnItem, models.PROTECT, related_name="answer")
    rw_kursus_id = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rw_kursus_id="") ^ Q(reason=""),
                name="siasn_answer_is_one_or_the_other",
            ),
            models.UniqueConstraint(
                fields=["rw_kursus_id"],
                condition=~Q(rw_kursus_id=""),
                name="siasn_number_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.rw_kursus_id or self.reason}"

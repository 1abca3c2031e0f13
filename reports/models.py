"""The only table of this room: files that were asked for."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports.querysets import ExportJobQuerySet


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
        """XLSX is for Excel, CSV and JSON are for systems, PDF is for paper."""

        XLSX = "xlsx", "Excel (XLSX)"
        CSV = "csv", _("CSV (untuk sistem)")
        JSON = "json", _("JSON (untuk sistem)")
        PDF = "pdf", _("PDF (lampiran resmi)")

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

    objects: ClassVar[Any] = ExportJobQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(finished_at__isnull=False),
                name="export_done_has_a_time",
            )
        ]
        indexes = [models.Index(fields=["state", "asked_at"])]

    def __str__(self) -> str:
        return f"{self.report}.{self.format}"

    @property
    def number(self) -> str:
        """The number under which a file is quoted; never given twice."""
        return f"LAP-{self.asked_at:%Y}-{self.pk:06d}"

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
                       └──────► failed ──► waiting (asked again)

    Only `reports.actions` assigns `state`.

    Personal data: who asked for what and when; the file holds the report's rows
    and is deleted after `expires_at`.
    """

    class Format(models.TextChoices):
        """File formats: XLSX is the file for Excel, CSV is for systems."""

        XLSX = "xlsx", "Excel (XLSX)"
        CSV = "csv", _("CSV (untuk sistem)")

    class State(models.TextChoices):
        """See the diagram above."""

        WAITING = "waiting", _("Menunggu")
        RUNNING = "running", _("Sedang disiapkan")
        DONE = "done", _("Siap diunduh")
        FAILED = "failed", _("Belum berhasil")

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
    row_count = models.PositiveIntegerField(null=True, blank=True)
    byte_size = models.PositiveIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
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

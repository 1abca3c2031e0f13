"""A sheet of people on its way from its upload to what was done with it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PeopleDraft(models.Model):
    """A sheet of people that somebody uploaded: how far it is, and what came of it.

        kept                              a small sheet: read whenever it is looked at
        reading ──► asking ──► reading    a large one: a worker reads and plans it
           └──────► ready ──► applying ──► done
        reading ──► failed                applying ──► stopped

    `details` is what was chosen for it, `result` what was done, `facts` what its
    preview says above the tables, `plan_path` the file with the tables and with what
    was agreed row by row. A worker owns it by `turn` until nobody has seen it at work
    for a while (`seen_at`); `step` is the next of the short transactions in which a
    large sheet is applied, committed together with what it did. `left_out` are rows
    whose data had changed since the preview, as JSON.

    Personal data: what HR uploaded, for a day; rows and files are swept then.
    """

    class State(models.TextChoices):
        """See the diagram above."""

        KEPT = "kept", "kept"
        READING = "reading", "reading"
        ASKING = "asking", "asking"
        READY = "ready", "ready"
        APPLYING = "applying", "applying"
        DONE = "done", "done"
        STOPPED = "stopped", "stopped"
        FAILED = "failed", "failed"

    key = models.CharField(max_length=64, unique=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+"
    )
    filename = models.CharField(max_length=100)
    path = models.CharField(max_length=200)
    details = models.JSONField()
    result = models.JSONField(null=True)
    stored_at = models.DateTimeField(db_index=True)
    state = models.CharField(max_length=8, choices=State, default=State.KEPT)
    seen_at = models.DateTimeField(null=True)
    turn = models.PositiveIntegerField(default=0)
    step = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    row_count = models.PositiveIntegerField(default=0)
    facts = models.JSONField(null=True)
    plan_path = models.CharField(max_length=200, blank=True)
    findings_path = models.CharField(max_length=200, blank=True)
    figures = models.JSONField(default=dict)
    confirmed_number = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=list)
    message = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["state", "seen_at"],
                condition=models.Q(state__in=("reading", "applying")),
                name="peopledraft_at_work",
            )
        ]

    def __str__(self) -> str:
        return f"{self.filename} ({self.state})"

    @property
    def is_at_work(self) -> bool:
        """Whether a worker reads or applies it, or is about to."""
        return self.state in {self.State.READING, self.State.APPLYING}

    @property
    def paths(self) -> list[str]:
        """Return its files."""
        said = (self.path, self.plan_path, self.findings_path)
        return [path for path in said if path]

    @property
    def rows_to_apply(self) -> int:
        """How many rows of it change something, as its preview says."""
        return int((self.facts or {}).get("rows_to_apply", 0))

    @property
    def says(self) -> Any:
        """Return in words how far it is."""
        if self.result is not None:
            stopped = self.state == self.State.STOPPED
            return _("Dihentikan") if stopped else _("Selesai")
        return {
            self.State.READING: _("Sedang dibaca"),
            self.State.ASKING: _("Menunggu pilihan kolom"),
            self.State.APPLYING: _("Sedang diterapkan"),
            self.State.FAILED: _("Belum dapat dibaca"),
        }.get(self.State(self.state), _("Menunggu persetujuan Anda"))

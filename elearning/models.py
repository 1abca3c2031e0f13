"""The tables of the site as a whole."""

from django.db import models


class FailedTask(models.Model):
    """Neither fact nor derivation: a task that failed for good, until it is done again.

    A help for the operator: what must be done is found again by sweeps. One row for a
    task and its arguments, however often it fails. Written by `watching.failed_tasks`.

    Personal data: internal ids only; the message is blotted as lines of the log are.
    """

    task = models.CharField(max_length=120)
    arguments = models.CharField(max_length=400)
    error = models.CharField(max_length=120)
    message = models.CharField(max_length=400, blank=True)
    failures = models.PositiveIntegerField(default=1)
    first_failed_at = models.DateTimeField()
    last_failed_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "arguments"], name="failedtask_once_per_arguments"
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.arguments}"

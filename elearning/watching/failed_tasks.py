"""Tasks that failed for good: kept for the operator, who may have them done again."""

import json
import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError
from django.db.models import F, QuerySet

from accounts import audit
from accounts.models import User
from elearning.models import FailedTask
from lib.log_lines import blotted
from lib.queueing import Job, queue_on_commit
from lib.transactions import atomic_with_retry

# What nobody has looked at for so long, and what did not fail again, goes.
KEPT_FOR = timedelta(days=30)
_LONGEST = 400
_logger = logging.getLogger(__name__)


def note_failure(
    *, task: str, arguments: dict[str, Any], error: BaseException, now: datetime
) -> None:
    """Keep that a task failed and is not tried again by itself; never fails itself."""
    # Ids alone: longer is not ours, and could not be asked for again.
    said_of = json.dumps(arguments, sort_keys=True, default=str)
    if len(said_of) > _LONGEST:
        return
    kind, message = type(error).__name__, blotted(str(error))[:_LONGEST]
    try:
        row, is_new = FailedTask.objects.get_or_create(
            task=task,
            arguments=said_of,
            defaults={
                "error": kind,
                "message": message,
                "first_failed_at": now,
                "last_failed_at": now,
            },
        )
        if not is_new:
            this = FailedTask.objects.filter(pk=row.pk)
            this.update(
                failures=F("failures") + 1,
                error=kind,
                message=message,
                last_failed_at=now,
            )
    except DatabaseError:
        # Often the very reason why the task has failed.
        _logger.exception("That %s failed could not be kept.", task)


def failed_tasks() -> "QuerySet[FailedTask]":
    """Return what failed, the newest first."""
    return FailedTask.objects.order_by("-last_failed_at", "-pk")


@atomic_with_retry
def do_again(*, failed_id: int, by: User, now: datetime) -> bool:
    """Have a task done again; False where the row is gone: somebody was first.

    Every task may be done twice. If it fails again it comes back.
    """
    row = FailedTask.objects.filter(pk=failed_id).first()
    if row is None or not _take_off(failed_id):
        return False
    audit.record("elearning.task.retried", None, by=by, now=now, task=row.task)
    queue_on_commit(Job(row.task), **json.loads(row.arguments))
    return True


@atomic_with_retry
def set_aside(*, failed_id: int, by: User, now: datetime) -> bool:
    """Take a task off the list; False where it is not on it."""
    if not _take_off(failed_id):
        return False
    audit.record("elearning.task.set_aside", None, by=by, now=now, failed=failed_id)
    return True


def _take_off(failed_id: int) -> bool:
    """Of two who press at once one takes it."""
    deleted, _each = FailedTask.objects.filter(pk=failed_id).delete()
    return bool(deleted)


def delete_old_failures(*, now: datetime) -> None:
    """Forget what has not failed for a month."""
    FailedTask.objects.filter(last_failed_at__lt=now - KEPT_FOR).delete()

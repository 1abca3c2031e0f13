"""Handing work to the queue without ever failing the request that asks for it."""

from typing import Any

from celery import Task
from django.db import transaction


def queue_on_commit(task: "Task[Any, Any]", **kwargs: Any) -> None:
    """Publish `task` with plain JSON `kwargs` once the transaction has committed.

    No retry and a short time-out. When the broker is down the failure is logged
    and forgotten: the row that the task is about is already there, and a sweep in
    the beat schedule finds it again.
    """

    def publish() -> None:
        task.apply_async(kwargs=kwargs, retry=False)

    # A named function: Django's own message about a failed hook asks for its name.
    transaction.on_commit(publish, robust=True)

"""Background work by name, handed to the queue without failing who asks for it.

A room names its work in `jobs.py`; its `tasks.py` says what each job does. So actions
can ask for work without importing what in turn calls actions, and a message finds its
task whatever module that stands in.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from celery import current_app, shared_task
from django.db import transaction

# Seconds.
RETRY_DELAY = 20
# How long a message of a sweep is of use that comes every so often: the next sweep asks
# again for what is left, so older messages would only pile up before a busy worker.
EVERY_MINUTE, EVERY_HOUR, EVERY_NIGHT = 110, 3_500, 80_000
_is_left = ContextVar("is_left", default=False)


@dataclass(frozen=True)
class Job:
    """Work that a worker does: `<room>.<verb>`.

    The name stands in messages and in the schedule: do not change it while a message
    may wait. `former` is a name under which messages may still come in.
    """

    name: str
    former: str = ""

    def task(self, **options: Any) -> Callable[[Callable[..., Any]], Any]:
        """Return a decorator that makes a function do this job.

        `options` are those of `celery.shared_task`. Say `expires` where a sweep sends
        it with `.delay`; messages that are queued on commit do not expire.
        """

        # Also the pause after a worker was lost, which Celery would make 3 minutes.
        said = {"default_retry_delay": RETRY_DELAY, **options}

        def register(function: Callable[..., Any]) -> Any:
            if self.former:
                shared_task(name=self.former, **said)(function)
            return shared_task(name=self.name, **said)(function)

        return register

    def send(self, *, expires: float, **kwargs: Any) -> None:
        """Publish the job now; a message nobody took in `expires` seconds is dropped.

        For sweeps, which send again what was lost. Actions queue on commit. Raises
        what the broker raises.
        """
        current_app.send_task(self.name, kwargs=kwargs, expires=expires)


@contextmanager
def left_to_sweeps() -> Iterator[None]:
    """Queue nothing in this block: the sweeps of the schedule find what is to be done.

    For a great many verbs at once, whose messages would only pile up.
    """
    token = _is_left.set(True)
    try:
        yield
    finally:
        _is_left.reset(token)


def queue_on_commit(job: Job, **kwargs: Any) -> None:
    """Publish `job` with plain JSON `kwargs` once the transaction has committed.

    No retry and a short time-out. When the broker is down the failure is logged
    and forgotten: the row that the job is about is already there, and a sweep in
    the beat schedule finds it again.
    """

    if _is_left.get():
        return

    def publish() -> None:
        current_app.send_task(job.name, kwargs=kwargs, retry=False)

    # A named function: Django's own message about a failed hook asks for its name.
    transaction.on_commit(publish, robust=True)

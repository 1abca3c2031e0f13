"""Background work of this room."""

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from accounts import audit, jobs
from accounts.people_import.uploads import FILES


@jobs.SEAL_AUDIT.task()
def seal_audit() -> None:
    """Seal what has settled since the last seal."""
    audit.seal(now=timezone.now())


@jobs.CLEAR_EXPIRED_SESSIONS.task()
def clear_expired_sessions() -> None:
    """Delete sessions that have ended."""
    SessionStore.clear_expired()


@jobs.SWEEP_UPLOADS.task()
def sweep_uploads() -> None:
    """Delete sheets that nobody confirmed within a day."""
    FILES.sweep(now=timezone.now())

"""Background work of this room."""

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from accounts import audit
from accounts.people_import.uploads import FILES


@shared_task
def seal_audit() -> None:
    """Seal what has settled since the last seal."""
    audit.seal(now=timezone.now())


@shared_task
def clear_expired_sessions() -> None:
    """Delete sessions that have ended."""
    SessionStore.clear_expired()


@shared_task
def sweep_uploads() -> None:
    """Delete sheets that nobody confirmed within a day."""
    FILES.sweep(now=timezone.now())

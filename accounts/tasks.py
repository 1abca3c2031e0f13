"""Background work of this room."""

from django.conf import settings
from django.utils import timezone

from accounts import actions, audit, jobs, seal_witness
from accounts.actions import known_sessions
from accounts.people_import.uploads import FILES
from accounts.sessions import SessionStore


@jobs.SEAL_AUDIT.task()
def seal_audit() -> None:
    """Seal what has settled since the last seal."""
    audit.seal(now=timezone.now())
    seal_witness.witness(settings.ELEARNING_SEAL_FILE)


@jobs.MARK_ENDED_ROLES.task()
def mark_ended_roles() -> int:
    """Store who holds no role any more because its time has run out."""
    return actions.mark_ended_roles(now=timezone.now())


@jobs.CLEAR_EXPIRED_SESSIONS.task()
def clear_expired_sessions() -> None:
    """Delete sessions that have ended."""
    SessionStore.clear_expired()
    known_sessions.forget_ended_sessions()


@jobs.SWEEP_UPLOADS.task()
def sweep_uploads() -> None:
    """Delete sheets that nobody confirmed within a day."""
    FILES.sweep(now=timezone.now())


@jobs.SWEEP_TALLIES.task()
def sweep_tallies() -> None:
    """Delete counts of tries that are worth nothing any more."""
    actions.sweep_tallies(now=timezone.now())

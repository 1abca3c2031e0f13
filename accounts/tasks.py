"""Background work of this room."""

from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from accounts import actions, audit, jobs, seal_witness
from accounts.actions import (
    applying_drafts,
    data_requests,
    known_sessions,
    people_drafts,
)
from accounts.notices import digest
from accounts.people_import.uploads import FILES
from accounts.sessions import SessionStore
from lib.queueing import EVERY_HOUR, EVERY_MINUTE


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


@jobs.ASK_FOR_DAILY_MAILS.task()
def ask_for_daily_mails() -> int:
    """Queue a mail for everybody whose morning it is and who was told something."""
    return digest.ask_for_daily_mails(now=timezone.now())


@jobs.SEND_DAILY_MAIL.task(expires=EVERY_HOUR, autoretry_for=(OperationalError,))
def send_daily_mail(*, person_id: int) -> bool:
    """Send one person the mail of her day."""
    return digest.send_daily_mail(person_id=person_id, now=timezone.now())


@jobs.FORGET_OLD_NOTICES.task()
def forget_old_notices() -> int:
    """Delete notices that were read and are a year old."""
    return actions.forget_old_notices(now=timezone.now())


@jobs.PLAN_RETENTION.task()
def plan_retention() -> int:
    """Plan to erase whoever left so many years ago as the site says."""
    return data_requests.plan_retention(now=timezone.now())


@jobs.ASK_FOR_DUE_ERASURES.task()
def ask_for_due_erasures() -> int:
    """Queue a job for everybody who is to be erased by now."""
    return data_requests.ask_for_due_erasures(now=timezone.now())


@jobs.ERASE_PERSON.task(expires=EVERY_HOUR, autoretry_for=(OperationalError,))
def erase_person(*, person_id: int) -> bool:
    """Anonymise one person whose time has come."""
    return data_requests.erase_person(person_id=person_id, now=timezone.now())


@jobs.READ_DRAFT.task(expires=EVERY_MINUTE)
def read_draft(*, draft_id: int) -> None:
    """Read and plan a large sheet of people."""
    people_drafts.read_draft(draft_id=draft_id, now=timezone.now())


@jobs.APPLY_DRAFT.task(expires=EVERY_MINUTE)
def apply_draft(*, draft_id: int) -> None:
    """Apply a large sheet of people that was confirmed, or go on with it."""
    applying_drafts.apply_draft(draft_id=draft_id, now=timezone.now())


@jobs.SWEEP_DRAFTS.task()
def sweep_drafts() -> int:
    """Queue large sheets whose message or worker was lost; one task each."""
    found = people_drafts.draft_ids_at_rest(now=timezone.now())
    for job, draft_id in found:
        job.send(expires=EVERY_MINUTE, draft_id=draft_id)
    return len(found)

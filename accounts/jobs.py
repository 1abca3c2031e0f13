"""The background work of this room, by name; `tasks` says what each does."""

from lib.queueing import Job

SEAL_AUDIT = Job("accounts.seal_audit", former="accounts.tasks.seal_audit")
SWEEP_UPLOADS = Job("accounts.sweep_uploads", former="accounts.tasks.sweep_uploads")
MARK_ENDED_ROLES = Job("accounts.mark_ended_roles")
CLEAR_EXPIRED_SESSIONS = Job(
    "accounts.clear_expired_sessions", former="accounts.tasks.clear_expired_sessions"
)
SWEEP_TALLIES = Job("accounts.sweep_tallies")
ASK_FOR_DAILY_MAILS = Job("accounts.ask_for_daily_mails")
SEND_DAILY_MAIL = Job("accounts.send_daily_mail")
PLAN_RETENTION = Job("accounts.plan_retention")
ASK_FOR_DUE_ERASURES = Job("accounts.ask_for_due_erasures")
ERASE_PERSON = Job("accounts.erase_person")
FORGET_OLD_NOTICES = Job("accounts.forget_old_notices")
READ_DRAFT = Job("accounts.read_draft")
APPLY_DRAFT = Job("accounts.apply_draft")
SWEEP_DRAFTS = Job("accounts.sweep_drafts")

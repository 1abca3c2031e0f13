"""The background work of this room, by name; `tasks` says what each does."""

from lib.queueing import Job

ISSUE_CERTIFICATE = Job(
    "certificates.issue_certificate", former="certificates.tasks.issue_certificate"
)
STORE_PDF = Job("certificates.store_pdf", former="certificates.tasks.store_pdf")
MAIL_CERTIFICATE = Job(
    "certificates.mail_certificate", former="certificates.tasks.mail_certificate"
)
ISSUE_MISSING_CERTIFICATES = Job(
    "certificates.issue_missing_certificates",
    former="certificates.tasks.issue_missing_certificates",
)
TELL_OUTSIDE_DECISION = Job("certificates.tell_outside_decision")
TELL_OUTSIDE_DECISIONS = Job("certificates.tell_outside_decisions")
DELETE_UNNAMED_PAPERS = Job("certificates.delete_unnamed_papers")

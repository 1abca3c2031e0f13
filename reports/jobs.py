"""The background work of this room, by name; `tasks` says what each does."""

from lib.queueing import Job

RUN_EXPORT = Job("reports.run_export", former="reports.tasks.run_export")
RUN_WAITING_EXPORTS = Job(
    "reports.run_waiting_exports", former="reports.tasks.run_waiting_exports"
)
FORGET_DELETED_VIEWS = Job("reports.forget_deleted_views")
REFRESH_FIGURES = Job("reports.refresh_figures")
ASK_FOR_DUE_VIEWS = Job("reports.ask_for_due_views")
PLAN_VIEW = Job("reports.plan_view")
ASK_FOR_FILE_MAILS = Job("reports.ask_for_file_mails")
SEND_FILE_MAIL = Job("reports.send_file_mail")
DELETE_EXPIRED_EXPORTS = Job(
    "reports.delete_expired_exports", former="reports.tasks.delete_expired_exports"
)

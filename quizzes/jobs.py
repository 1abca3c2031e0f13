"""The background work of this room, by name; `tasks` says what each does."""

from lib.queueing import Job

SUBMIT_OVERDUE_ATTEMPTS = Job(
    "quizzes.submit_overdue_attempts", former="quizzes.tasks.submit_overdue_attempts"
)
SUBMIT_ATTEMPT = Job("quizzes.submit_attempt", former="quizzes.tasks.submit_attempt")
SUBMIT_ATTEMPTS = Job("quizzes.submit_attempts")
EXTEND_ATTEMPT = Job("quizzes.extend_attempt", former="quizzes.tasks.extend_attempt")
REFRESH_STALE_STATISTICS = Job(
    "quizzes.refresh_stale_statistics",
    former="quizzes.tasks.refresh_stale_statistics",
)
REFRESH_STATISTICS = Job(
    "quizzes.refresh_statistics", former="quizzes.tasks.refresh_statistics"
)
OPEN_FOLLOW_UPS = Job("quizzes.open_follow_ups", former="quizzes.tasks.open_follow_ups")
OPEN_FOLLOW_UP = Job("quizzes.open_follow_up", former="quizzes.tasks.open_follow_up")
TELL_OPEN_AGAIN = Job("quizzes.tell_open_again")
EXTEND_RUNNING_ATTEMPTS = Job("quizzes.extend_running_attempts")
APPLY_OLD_REPAIRS = Job("quizzes.apply_old_repairs")
APPLY_REPAIRS = Job("quizzes.apply_repairs", former="quizzes.tasks.apply_repairs")
APPLY_REPAIR = Job("quizzes.apply_repair", former="quizzes.tasks.apply_repair")

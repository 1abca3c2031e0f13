"""Whether anything of this room waits for a person, asked in one statement."""

from typing import Any

from django.db.models import Exists

from quizzes.practice.queue import ReviewDay, waits_for
from quizzes.repairs.notices import unread_notices
from quizzes.taking.running import running_of


def waiting_for(her_day: ReviewDay) -> dict[str, Any]:
    """Return parts of a statement about people, by name.

    `has_running` and `has_notices` say whether `running_attempts` and `score_notices`
    would return any; the others are for `invitation`.
    """
    return {
        "has_running": Exists(running_of(her_day.person_id)),
        "has_notices": Exists(unread_notices(her_day.person_id)),
        **waits_for(her_day),
    }

"""Whether anything of this room waits for a person, asked in one statement."""

from datetime import datetime
from typing import Any

from django.db.models import Exists

from accounts.models import User
from quizzes.practice.queue import waits_for
from quizzes.repairs.notices import unread_notices
from quizzes.taking.running import running_of


def waiting_for(person: User, *, now: datetime) -> dict[str, Any]:
    """Return parts of a statement about people, by name.

    `has_running` and `has_notices` say whether `running_attempts` and `score_notices`
    would return any; the others are for `invitation`.
    """
    return {
        "has_running": Exists(running_of(person)),
        "has_notices": Exists(unread_notices(person)),
        **waits_for(person, now=now),
    }

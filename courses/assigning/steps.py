"""When a reminder is due: the steps before and after a deadline. Plain Python.

Seven days before, the day before, the day after, then every week. Of the steps that
have been reached only the newest counts, so that after a silence nobody gets several.
"""

DAYS_BEFORE = (7, 1)
WEEK = 7


def step_of(days_left: int) -> int | None:
    """Return the newest step that is reached `days_left` days before the deadline.

    None while there is more time than the first step asks for. Below zero: days after.
    """
    if days_left < 0:
        return -1 - (-days_left - 1) // WEEK * WEEK
    reached = [step for step in DAYS_BEFORE if days_left <= step]
    return min(reached, default=None)


def is_daytime(hour: int, *, first: int, last: int) -> bool:
    """Say whether mails may go out at this hour of the person's day."""
    return first <= hour < last

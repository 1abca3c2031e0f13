"""Background work of this room."""

from datetime import timedelta

from django.utils import timezone

from courses import actions, jobs
from courses.selectors.moves import units_of_moved_people


@jobs.REFRESH_ROLLUPS_OF_MOVED_PEOPLE.task()
def refresh_rollups_of_moved_people() -> int:
    """Recount for people who moved or were (de)activated in the last quarter hour."""
    moved = units_of_moved_people(timezone.now() - timedelta(minutes=15))
    for person_id, unit_ids in moved.items():
        actions.refresh_rollups_of(person_id=person_id, unit_ids=sorted(unit_ids))
    return len(moved)

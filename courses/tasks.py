"""Background work of this room."""

from django.utils import timezone

from courses import actions, jobs


@jobs.REFRESH_ROLLUPS_OF_MOVED_PEOPLE.task()
def refresh_rollups_of_moved_people() -> int:
    """Recount for everybody who moved or was (de)activated and was not counted yet."""
    counted = 0
    while found := actions.recount_moved():
        counted += found
    return counted


@jobs.REFRESH_WRONG_ROLLUPS.task()
def refresh_wrong_rollups() -> int:
    """Compare all counts with what they count; repair what differs."""
    found = list(actions.wrong_rollups())
    for row in found:
        actions.refresh_rollup(unit_id=row.unit_id, course_id=row.course_id)
    return len(found)


@jobs.DELETE_UNUSED_FILES.task()
def delete_unused_files() -> int:
    """Delete files of courses that nothing refers to any more."""
    return actions.delete_unused_files(now=timezone.now())

"""Background work of this room."""

from django.db import OperationalError
from django.utils import timezone

from courses import actions, jobs
from courses.assigning.planning import plan_reminders as plan
from courses.assigning.sending import ask_for_mails, send_mails
from courses.notes.actions import ask_how_plans_went as ask_how_they_went
from courses.search import indexing
from lib.queueing import EVERY_HOUR


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


@jobs.PLAN_REMINDERS.task()
def plan_reminders() -> int:
    """Write who is to be reminded of what today, where it is that day already."""
    return plan(now=timezone.now()).mails


@jobs.ASK_FOR_REMINDERS.task()
def ask_for_reminders() -> int:
    """Ask for every mail about deadlines that waits and may go out now."""
    return ask_for_mails(now=timezone.now())


@jobs.SEND_REMINDERS.task()
def send_reminders(*, mail_ids: list[int]) -> int:
    """Send some mails about deadlines, each at most once."""
    return send_mails(mail_ids=mail_ids, now=timezone.now())


@jobs.DELETE_UNUSED_FILES.task()
def delete_unused_files() -> int:
    """Delete files of courses that nothing refers to any more."""
    return actions.delete_unused_files(now=timezone.now())


@jobs.INDEX_COURSE.task(
    expires=EVERY_HOUR, autoretry_for=(OperationalError,), retry_backoff=True
)
def index_course(*, course_id: int) -> int:
    """Make what a search finds of a course anew."""
    return indexing.index_course(course_id=course_id)


@jobs.INDEX_COURSES.task()
def index_courses() -> int:
    """Queue every course that was published and not indexed since."""
    waiting = list(indexing.courses_to_index().values_list("pk", flat=True))
    for course_id in waiting:
        index_course.delay(course_id=course_id)
    return len(waiting)


@jobs.TELL_OF_NEW_PARTS.task(autoretry_for=(OperationalError,), retry_backoff=True)
def tell_of_new_parts(*, version_id: int) -> None:
    """Tell everybody who finished the course what there is to read."""
    actions.tell_of_new_parts(version_id=version_id, now=timezone.now())


@jobs.ASK_HOW_PLANS_WENT.task()
def ask_how_plans_went() -> int:
    """Ask everybody whose plan is thirty days old how it went."""
    return ask_how_they_went(now=timezone.now())

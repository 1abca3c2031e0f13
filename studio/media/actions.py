"""Verbs on the files of a course, as its authors say them."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from courses import actions as courses_actions
from courses.models import Course, CourseFile
from lib.media import Media
from lib.transactions import atomic_with_retry
from studio.exceptions import FileInUse
from studio.fetching import working_version
from studio.media.uses import uses_of_files


def upload_file(
    *, course: Course, filename: str, media: Media, alt: str, by: User, now: datetime
) -> CourseFile:
    """Give the course a file; the same content gives the name that it has already.

    Locks the course. Raises `courses.exceptions.FileNotAccepted`.
    """
    return courses_actions.add_file(
        course=course, filename=filename, media=media, alt=_line(alt), by=by, now=now
    )


def describe_file(*, file: CourseFile, alt: str, by: User, now: datetime) -> CourseFile:
    """Say in words what a picture shows."""
    return courses_actions.describe_file(
        file_id=file.pk, alt=_line(alt), by=by, now=now
    )


@atomic_with_retry
def delete_file(*, course: Course, name: str, by: User, now: datetime) -> None:
    """Take a file from the course, unless the draft or what people have names it.

    A draft may be thrown away: then the next one begins with the published texts.
    Locks the course, so that no lesson is saved between question and act. Earlier
    versions go on showing it. Raises FileInUse with the places.
    """
    course = courses_actions.lock_course(course.pk)
    places = uses_of_files(course, working_version(course)).get(name, [])
    published = course.current_version
    if not places and published and uses_of_files(course, published).get(name):
        raise FileInUse(
            "file_published",
            _(
                "%(name)s masih dipakai di versi yang terbit. Terbitkan dulu draf yang "
                "tidak memakainya."
            )
            % {"name": name},
        )
    if places:
        raise FileInUse(
            "file_in_use",
            _("%(name)s masih dipakai di %(places)s. Keluarkan dulu dari sana.")
            % {"name": name, "places": ", ".join(place.title for place in places)},
        )
    courses_actions.remove_file(course=course, name=name, by=by, now=now)


def _line(text: str) -> str:
    """Return a text as one line that may stand in the brackets of a picture."""
    return " ".join(text.split()).translate(str.maketrans("[]", "()"))

"""Pictures and other files of a course, by the names that its authors write."""

from collections.abc import Iterable

from courses.models import Course
from courses.selectors.files import ImageUrl, bytes_of_files, shown_in
from studio.lessons.checking import images_in


def finder(course: Course) -> ImageUrl:
    """Return what publishing asks for the files of this course."""
    find = shown_in(course)
    return lambda _course_key, written: find(written)


def named_images(course: Course, texts: Iterable[str]) -> dict[str, bytes]:
    """Return the pictures that texts show, by the names authors write.

    One that the course does not have is empty.
    """
    names = {mention.name for text in texts for mention in images_in(text)}
    found = bytes_of_files(course, names)
    return {name: found.get(name, b"") for name in sorted(names)}

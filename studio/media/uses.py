"""Where the files of a course stand in the texts that Studio shows."""

import re
from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse

from courses.models import Course, CourseVersion, LessonPart

# Wherever a name stands, in code too: better one place too many than a dead picture.
_NAMED = re.compile(r"(?:images|files)/[A-Za-z0-9_-]+\.[a-z0-9]+")


@dataclass(frozen=True)
class FileUse:
    """A text that names a file, and where it is written."""

    title: str
    url: str


def uses_of_files(course: Course, version: CourseVersion) -> dict[str, list[FileUse]]:
    """Return by name the texts of a version that name a file. One query."""
    found: dict[str, dict[str, FileUse]] = defaultdict(dict)
    parts = LessonPart.objects.filter(lesson__version=version).order_by(
        "lesson__sequence", "position"
    )
    rows = parts.values_list("lesson__key", "lesson__number", "lesson__title", "source")
    for key, number, title, source in rows:
        for name in set(_NAMED.findall(source)):
            url = reverse("studio:lesson_edit", args=[course.key, key])
            found[name].setdefault(key, FileUse(f"{number} {title}", url))
    for name in set(_NAMED.findall(version.plan_source)):
        url = reverse("studio:course_settings", args=[course.key])
        found[name].setdefault("", FileUse(version.plan_title, url))
    return {name: list(places.values()) for name, places in found.items()}

"""A course loaded from a folder, its draft, and people who may write it."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from accounts.models import Unit
from courses.models import Course, CourseVersion
from courses.selectors.content import lesson_content
from studio.actions import load_folder, open_draft
from studio.drafts.fingerprints import lesson_fingerprint
from studio.fetching import get_lesson
from tests.kept_rows import kept
from tests.studio.course_folders import write_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "kursus")


@pytest.fixture
def course(world, now) -> Course:
    """A published course of the agency: lessons satu and dua, three banks."""
    return load_small_course(unit=world.agency, now=now)


@kept
def load_small_course(*, unit: Unit, now: datetime) -> Course:
    """Return the course that the small folder holds."""
    with TemporaryDirectory() as path:
        folder = write_folder(Path(path) / "kursus")
        return load_folder(folder, unit=unit, by=None, now=now, unchecked=True).course


@pytest.fixture
def draft(course, world, now) -> CourseVersion:
    return kept(open_draft)(course=course, by=world.people["author"], now=now)


@pytest.fixture
def author(client_as):
    return client_as("author")


@pytest.fixture
def lesson_data(course, draft):
    """Return a function that gives what the form of lesson "satu" sends."""

    def data(**over: object) -> dict[str, object]:
        lesson = get_lesson(draft, "satu")
        said: dict[str, object] = {
            "title": lesson.title,
            "minutes": lesson.minutes,
            "summary": lesson.summary,
            "is_required": "on",
            "text": "\n\n".join(part.source for part in lesson.parts.all()),
            "base": lesson_fingerprint(lesson_content(lesson)),
            "command": "save",
        }
        return {**said, **over}

    return data


@pytest.fixture
def publish(author, course):
    """Return a function that publishes the draft through its page, faults and all."""

    def send(change: str):
        url = f"/studio/{course.key}/terbitkan/"
        page = author.get(url).context["page"]
        said = {"change": change, "seen": page.seen, "despite_faults": "1"}
        return author.post(url, said)

    return send

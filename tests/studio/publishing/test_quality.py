"""What keeps a course out as a folder is said before a draft is published."""

import re

import pytest

from courses.models import LessonPart
from studio.actions import load_folder, open_draft, publish_course
from studio.exceptions import CourseNotPublishable
from studio.folders.checkable import course_of
from studio.folders.checks import find_faults
from studio.folders.reading import read_written
from studio.management.course_folders import SHIPPED
from studio.publishing.quality import find_quality_faults
from studio.publishing.readiness import draft_fingerprint

PUBLISH = "/studio/kursus-kecil/terbitkan/"
# Files and lines are those of the folder; Studio names lesson and question instead.
_PLACE = re.compile(r" \([\w./-]+:\d+\)")


def spoil(draft) -> None:
    """Write a form that is not in KBBI into a lesson's last line."""
    part = LessonPart.objects.filter(lesson__version=draft).order_by("pk").first()
    part.source += "\n\nSetiap resiko dicatat."
    part.save(update_fields=["source"])


def test_the_same_is_found_in_the_folder_and_in_its_draft(folder, course, draft):
    in_folder = find_faults(course_of(read_written(folder)))

    in_draft = find_quality_faults(course, draft)

    assert len(in_folder) == 3
    assert sorted(_PLACE.sub("", fault.message) for fault in in_draft) == sorted(
        _PLACE.sub("", fault.message) for fault in in_folder
    )


def test_a_shipped_course_has_no_fault_in_studio_either(world, now):
    folder = next(SHIPPED.glob("k08-*"))
    course = load_folder(folder, unit=world.agency, by=None, now=now).course
    draft = open_draft(course=course, by=world.people["author"], now=now)
    assert find_quality_faults(course, draft) == []

    spoil(draft)

    (fault, *_) = find_quality_faults(course, draft)
    assert "resiko" in fault.message
    assert fault.lesson_key
    assert fault.line > 1


def test_the_page_names_the_faults_and_asks(author, course, draft):
    page = author.get(PUBLISH)
    html = page.content.decode()
    assert "Temuan pemeriksaan mutu" in html
    assert 'name="despite_faults"' in html
    said = {"change": "wording", "seen": page.context["page"].seen}

    refused = author.post(PUBLISH, said)

    assert refused.status_code == 409
    assert "tetap menerbitkan" in refused.context["problem"]
    assert author.post(PUBLISH, {**said, "despite_faults": "1"}).status_code == 302
    course.refresh_from_db()
    assert course.current_version == draft


def test_the_action_refuses_with_every_fault(course, draft, world, now):
    with pytest.raises(CourseNotPublishable) as refused:
        publish_course(
            course=course,
            change="wording",
            seen=draft_fingerprint(course, draft),
            by=world.people["author"],
            now=now,
        )

    assert refused.value.code == "faults"
    assert refused.value.obstacles == find_quality_faults(course, draft)

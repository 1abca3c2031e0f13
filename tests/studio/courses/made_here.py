"""A course that an author makes in Studio, as her browser sends it."""

from typing import Any
from uuid import uuid4

from django.test import Client

from courses.models import Course
from tests.studio.page_forms import form_of

OUTLINE = "/studio/{key}/kerangka/"


def start_data(unit_code: str, **over: Any) -> dict[str, Any]:
    """Return what the form of a new course sends."""
    data = {
        "start": "kosong",
        "source": "",
        "title": "Surat Dinas Digital",
        "summary": "Untuk pengelola surat. Sesudahnya surat dinas tak lagi dicetak.",
        "code": "K11",
        "unit": unit_code,
        "pillar": "cakap",
        "jp": "1",
        "jp_basis": "Kurikulum contoh",
        "token": str(uuid4()),
        "tujuan-TOTAL_FORMS": "2",
        "tujuan-INITIAL_FORMS": "0",
        "tujuan-0-level": "C2",
        "tujuan-0-text": "Menjelaskan alur surat dinas.",
        "tujuan-0-ORDER": "1",
        "tujuan-1-level": "C1",
        "tujuan-1-text": "",
        "command": "save",
    }
    return {**data, **over}


def begin(author: Client, unit_code: str, **over: Any) -> Course:
    """Return the course that the form makes."""
    response = author.post("/studio/baru/", start_data(unit_code, **over))
    assert response.status_code == 302, response.context["form"].errors
    return Course.objects.get(key=response["Location"].split("/")[2])


def change(author: Client, course: Course, command: str, **over: Any) -> Any:
    """Press a button of the outline as it stands now, and follow to the page."""
    page = author.get(f"/studio/{course.key}/")
    data = {"base": page.context["base"], "command": command, **over}
    return author.post(OUTLINE.format(key=course.key), data, follow=True)


def settings_data(author: Client, course: Course, **over: Any) -> dict[str, Any]:
    """Return what the form of the settings sends, untouched but for `over`."""
    page = author.get(f"/studio/{course.key}/pengaturan/")
    data: dict[str, Any] = {**form_of(page, "pengaturan"), "command": "save"}
    return {**data, **over}


def outline(course: Course) -> list[tuple[str, list[str]]]:
    """Return modules and lessons of the draft by their titles."""
    draft = course.versions.get(state="draft")
    return [
        (module.title, [lesson.title for lesson in module.lessons.all()])
        for module in draft.modules.prefetch_related("lessons")
    ]

"""What the forms of this room offer."""

import re
from typing import Any

from django.db.models import OuterRef
from django.db.models.functions import Coalesce

from accounts.models import Unit
from courses.models import Course, CourseVersion
from quizzes.selectors import repeating_banks
from studio.fetching import banks_of

# Letters and a number of the usual length, as in K07.
_CODE = re.compile(r"([A-Z]{1,6})([0-9]{1,4})")


def bank_choices(course: Course) -> list[tuple[str, str]]:
    """Return the course's banks."""
    return [(bank.key, bank.title) for bank in banks_of(course)]


def writable_bank_choices(course: Course) -> list[tuple[str, str]]:
    """Return the banks whose questions are written in this course."""
    foreign = repeating_banks(course)
    return [
        (bank.key, bank.title) for bank in banks_of(course) if bank.pk not in foreign
    ]


def objective_choices(version: CourseVersion) -> list[tuple[str, str]]:
    """Return the objectives of a version, numbered."""
    return [
        (row.key, f"{row.position}. {row.text}") for row in version.objectives.all()
    ]


def source_choices(version: CourseVersion) -> list[tuple[str, str]]:
    """Return the sources that a version lists."""
    return list(version.sources.values_list("key", "text"))


def unit_choices(user: Any, capability: str) -> list[tuple[str, str]]:
    """Return the units on which the person holds the capability, from above."""
    units = Unit.objects.active().visible_to(user, capability)
    return list(units.order_by("path").values_list("code", "name"))


def proposed_code(user: Any, capability: str) -> str:
    """Return the code after the highest one of the person's courses: K10, then K11.

    Codes of another form count for nothing; without any, the first is K01.
    """
    codes = Course.objects.visible_to(user, capability).values_list("code", flat=True)
    numbered = [found.groups() for code in codes if (found := _CODE.fullmatch(code))]
    letters, number = max(
        numbered, key=lambda one: (int(one[1]), one[0]), default=("K", "00")
    )
    return f"{letters}{int(number) + 1:0{len(number)}}"


def course_choices(user: Any, capability: str) -> list[tuple[str, str]]:
    """Return the courses of the person's units, by the title that Studio shows."""
    drafts = CourseVersion.objects.filter(
        course=OuterRef("pk"), state=CourseVersion.State.DRAFT
    )
    courses = Course.objects.visible_to(user, capability).annotate(
        shown=Coalesce(drafts.values("title")[:1], "current_version__title")
    )
    return [
        (key, f"{code} · {title}")
        for key, code, title in courses.exclude(shown=None).values_list(
            "key", "code", "shown"
        )
    ]

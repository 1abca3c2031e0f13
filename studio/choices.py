"""What the forms of this room offer."""

from courses.models import Course, CourseVersion
from studio.fetching import banks_of


def bank_choices(course: Course) -> list[tuple[str, str]]:
    """Return the course's banks."""
    return [(bank.key, bank.title) for bank in banks_of(course)]


def objective_choices(version: CourseVersion) -> list[tuple[str, str]]:
    """Return the objectives of a version, numbered."""
    return [
        (row.key, f"{row.position}. {row.text}") for row in version.objectives.all()
    ]


def source_choices(version: CourseVersion) -> list[tuple[str, str]]:
    """Return the sources that a version lists."""
    return list(version.sources.values_list("key", "text"))

"""What the forms of orders offer to choose from."""

from typing import Any

from accounts.access import UNIT, scope_q
from accounts.models import Unit
from accounts.models.person import EmploymentStatus, JabatanKind
from courses.assigning.people import ASSIGN
from courses.assigning.rules import GOLONGAN_PNS, GOLONGAN_PPPK
from courses.models import Course, PeopleGroup, Program
from lib.paths import SEGMENT_LENGTH

# More units are named by their codes.
MOST_UNITS = 200
_INDENT = "\N{EM SPACE}"
Choice = tuple[str, str]

JABATAN_KINDS: list[Choice] = [(one.value, str(one.label)) for one in JabatanKind]
STATUSES: list[Choice] = [(one.value, str(one.label)) for one in EmploymentStatus]
GOLONGANS: list[tuple[str, list[Choice]]] = [
    ("PNS", [(one, one) for one in GOLONGAN_PNS]),
    ("PPPK", [(one, one) for one in GOLONGAN_PPPK]),
]


def units_of(user: Any) -> Any:
    """Return the units in use for which `user` may give orders."""
    return Unit.objects.active().filter(scope_q(user, ASSIGN, UNIT)).order_by("path")


def unit_choices(user: Any) -> list[Choice]:
    """Return the first of her units in the order of the tree, by code."""
    units = list(units_of(user)[:MOST_UNITS])
    shallowest = min((len(unit.path or "") for unit in units), default=0)
    return [
        (
            unit.code,
            _INDENT * ((len(unit.path or "") - shallowest) // SEGMENT_LENGTH)
            + unit.name,
        )
        for unit in units
    ]


def offered_courses() -> list[Course]:
    """Return the courses that people can take, with what they are called."""
    return list(Course.objects.listed().select_related("current_version"))


def course_choices(courses: list[Course]) -> list[Choice]:
    """Return courses by key."""
    return [
        (
            course.key,
            f"{course.code} · {course.current_version.title}"
            if course.current_version
            else course.code,
        )
        for course in courses
    ]


def programs_of(user: Any) -> list[Program]:
    """Return the programmes of her units that were not put away."""
    found = Program.objects.current().visible_to(user, ASSIGN)
    found = found.select_related("unit")
    return list(found.prefetch_related("places__course__current_version"))


def groups_of(user: Any) -> list[PeopleGroup]:
    """Return the groups of her units that were not put away."""
    found = PeopleGroup.objects.current().visible_to(user, ASSIGN)
    return list(found.select_related("unit"))


def said_of_program(program: Program | None) -> dict[str, Any]:
    """Return what the form of a programme holds before it is changed."""
    if program is None:
        return {}
    places = program.places.select_related("course")
    return {
        "name": program.name,
        "unit": program.unit.code,
        "courses": [place.course.key for place in places],
    }

"""Derivations can be recomputed, and every difference is found."""

from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import Unit, User
from courses.models import Enrollment, UnitCourseRollup
from tests.factories import complete, enroll, make_course, read_lessons


def _differences(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("verify_derived", *arguments, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def lived_in(world, now):
    """A course that one person finished and another one began."""
    course = make_course(unit=world.agency, now=now)
    complete(course=course, person=world.people["learner"], now=now)
    enrollment = enroll(course=course, person=world.people["author"], now=now)
    read_lessons(enrollment=enrollment, now=now)
    return enrollment


def test_a_site_that_only_used_actions_has_no_differences(lived_in):
    assert _differences() == ["Selisih: 0"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda world: Enrollment.objects.filter(completed_at=None).update(progress=0),
        lambda world: UnitCourseRollup.objects.update(enrolled=7),
        lambda world: Unit.objects.filter(pk=world.section.pk).update(path="0000ZZ"),
        lambda world: User.objects.filter(pk=world.people["hr"].pk).update(
            has_role=False
        ),
        lambda world: User.objects.filter(pk=world.people["learner"].pk).update(
            unit=world.agency
        ),
    ],
    ids=["progress", "rollup", "path", "role", "unit"],
)
def test_a_spoiled_derivation_is_named_and_repaired(lived_in, world, spoil):
    spoil(world)

    found = _differences()
    assert found[-1] != "Selisih: 0", found
    _differences("--repair")

    assert _differences() == ["Selisih: 0"]

"""Programmes and groups of people: made, changed and put away by HR."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Unit, User
from courses.assigning.rules import Rule, stored
from courses.exceptions import OrderNotAccepted
from courses.models import Course, PeopleGroup, Program, ProgramCourse


def _taken() -> OrderNotAccepted:
    return OrderNotAccepted(
        "name_taken", _("Nama itu sudah dipakai di unit ini. Pilih nama lain.")
    )


def save_program(
    *,
    program: Program | None,
    name: str,
    unit: Unit,
    courses: Sequence[Course],
    by: User,
    now: datetime,
) -> Program:
    """Make a programme of these courses in this order, or change one.

    Orders that were given stay as they are. Raises OrderNotAccepted without courses,
    or where the unit has another of this name.
    """
    if not courses:
        raise OrderNotAccepted("no_course", _("Pilih paling sedikit satu kursus."))
    try:
        with transaction.atomic():
            if program is None:
                program = Program(created_at=now)
            program.name, program.unit = name.strip(), unit
            program.save()
            program.places.all().delete()
            ProgramCourse.objects.bulk_create(
                ProgramCourse(program=program, course=course, position=position)
                for position, course in enumerate(courses, start=1)
            )
            audit.record("courses.program.saved", program, by=by, now=now)
    except IntegrityError as taken:
        raise _taken() from taken
    return program


@transaction.atomic
def archive_program(*, program: Program, by: User, now: datetime) -> None:
    """Put a programme away; what was ordered stays. Twice changes nothing."""
    changed = Program.objects.current().filter(pk=program.pk).update(archived_at=now)
    if changed:
        audit.record("courses.program.archived", program, by=by, now=now)


def save_group(
    *,
    group: PeopleGroup | None,
    name: str,
    unit: Unit,
    rule: Rule,
    by: User,
    now: datetime,
) -> PeopleGroup:
    """Make a group of people by rule, or change one.

    Orders that were given to it stay as they are. Raises OrderNotAccepted where the
    unit has another of this name.
    """
    try:
        with transaction.atomic():
            if group is None:
                group = PeopleGroup(created_at=now, created_by=by)
            group.name, group.unit = name.strip(), unit
            group.jabatan_kinds = stored(rule.jabatan_kinds)
            group.golongans = stored(rule.golongans)
            group.statuses = stored(rule.statuses)
            group.save()
            audit.record("courses.people_group.saved", group, by=by, now=now)
    except IntegrityError as taken:
        raise _taken() from taken
    return group


@transaction.atomic
def archive_group(*, group: PeopleGroup, by: User, now: datetime) -> None:
    """Put a group away; what was ordered stays. Twice changes nothing."""
    current = PeopleGroup.objects.current().filter(pk=group.pk)
    if current.update(archived_at=now):
        audit.record("courses.people_group.archived", group, by=by, now=now)

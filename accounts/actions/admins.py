"""The first admin, and one for a site whose admins cannot get in."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions.people import PersonContent, create_person, set_active
from accounts.actions.people import set_password as give_password
from accounts.actions.roles import assign_role
from accounts.actions.units import create_unit
from accounts.exceptions import PersonNotAccepted
from accounts.models import Unit, User
from accounts.nip import normalise_nip


@transaction.atomic
def create_admin(
    *,
    content: PersonContent,
    password: str,
    unit_code: str,
    unit_name: str,
    now: datetime,
) -> User:
    """Return an admin of the unit and all below it, who can sign in with `password`.

    The unit is made as a root when its code is unknown and a name is given. Somebody
    who carries the number already keeps her record and her place, becomes active and
    gets the role and the password. The same call twice changes nothing but the
    password. For whoever runs the server: nobody is asked, the audit trail says so.
    Raises PersonNotAccepted for a wrong number, an unknown unit or a weak password.
    """
    person = User.objects.filter(nip=normalise_nip(content.nip)).first()
    _check_password(password, person or User(nip=content.nip, name=content.name))
    unit = _unit(unit_code, unit_name, now)
    today = timezone.localdate(now)
    if person is None:
        person = create_person(
            content=content, unit=unit, starts_on=today, by=None, now=now
        )
    set_active(person=person, is_active=True, by=None, now=now)
    assign_role(person=person, unit=unit, role="admin", by=None, now=now)
    give_password(person=person, password=password, by=None, now=now)
    return person


def _unit(code: str, name: str, now: datetime) -> Unit:
    unit = Unit.objects.filter(code=code).first()
    if unit is None and not name:
        raise PersonNotAccepted(
            "UNIT_TIDAK_ADA",
            f"Unit {code} belum ada. Beri namanya (--unit-name), lalu unit dibuat.",
        )
    return unit or create_unit(
        code=code,
        name=name,
        agency_name=name,
        parent=None,
        starts_on=timezone.localdate(now),
        by=None,
        now=now,
    )


def _check_password(password: str, person: User) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise PersonNotAccepted("SANDI_LEMAH", " ".join(error.messages)) from error

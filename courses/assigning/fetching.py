"""Fetching one row of this chapter for somebody, or answering 404."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from accounts.access import get_for
from accounts.models import Unit
from courses.assigning.people import ASSIGN
from courses.exceptions import OrderNotAccepted
from courses.models import Assignment, PeopleGroup, Program, ReminderMail
from courses.policy import MAIL, OF_UNIT


def get_order_for(user: Any, pk: int) -> Assignment:
    """Return the order of her units, or answer 404."""
    return get_for(
        Assignment.objects.select_related("unit"), user, ASSIGN, OF_UNIT, pk=pk
    )


def check_batch_of(user: Any, batch: UUID) -> None:
    """Answer 404 unless `user` herself gave orders under this batch."""
    mine = Assignment.objects.visible_to(user, ASSIGN)
    if not mine.filter(batch=batch, created_by=user).exists():
        raise Http404


def get_group_for(user: Any, pk: int) -> PeopleGroup:
    """Return the group of her units, or answer 404."""
    return get_for(PeopleGroup.objects.current(), user, ASSIGN, OF_UNIT, pk=pk)


def get_program_for(user: Any, pk: int) -> Program:
    """Return the programme of her units, or answer 404."""
    return get_for(Program.objects.current(), user, ASSIGN, OF_UNIT, pk=pk)


def get_mail_for(user: Any, pk: int) -> ReminderMail:
    """Return the mail to somebody of her units, or answer 404."""
    return get_for(ReminderMail.objects.all(), user, ASSIGN, MAIL, pk=pk)


def get_unit_coded(user: Any, code: str) -> Unit:
    """Return the unit of hers with this code. Raises OrderNotAccepted."""
    unit = Unit.objects.active().visible_to(user, ASSIGN).filter(code=code.strip())
    found: Unit | None = unit.first()
    if found is None:
        raise OrderNotAccepted(
            "unknown_unit",
            _("Tidak ada unit dengan kode %(code)s di antara unit Anda.")
            % {"code": code},
        )
    return found

"""Which units a form about a person may name."""

from typing import Any

from accounts.models import Unit, User
from accounts.people_import.stored import CAPABILITY
from accounts.role_rules import MANAGE_ROLES


def units_to_fill(user: User) -> Any:
    """Return the open units that the user may bring somebody to."""
    return Unit.objects.active().visible_to(user, CAPABILITY)


def units_to_govern(user: User) -> Any:
    """Return the open units on which the user may give a role."""
    return Unit.objects.active().visible_to(user, MANAGE_ROLES)

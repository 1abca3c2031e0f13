"""Every change of state in this room."""

from accounts.actions.people import (
    PersonContent,
    anonymise_person,
    change_preferences,
    create_person,
    move_person,
    set_active,
    set_password,
    update_person,
)
from accounts.actions.roles import assign_role, revoke_role
from accounts.actions.units import create_unit, place_unit, rebuild_paths

__all__ = [
    "PersonContent",
    "anonymise_person",
    "assign_role",
    "change_preferences",
    "create_person",
    "create_unit",
    "move_person",
    "place_unit",
    "rebuild_paths",
    "revoke_role",
    "set_active",
    "set_password",
    "update_person",
]

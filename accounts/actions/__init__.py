"""Every change of state in this room."""

from accounts.actions.admins import create_admin
from accounts.actions.correcting import correct_number
from accounts.actions.people import (
    PersonContent,
    anonymise_person,
    change_number,
    change_preferences,
    create_person,
    move_person,
    set_active,
    set_password,
    update_person,
)
from accounts.actions.roles import assign_role, mark_ended_roles, revoke_role
from accounts.actions.tallies import sweep_tallies
from accounts.actions.units import create_unit, place_unit, rebuild_paths

__all__ = [
    "PersonContent",
    "anonymise_person",
    "assign_role",
    "change_number",
    "change_preferences",
    "correct_number",
    "create_admin",
    "create_person",
    "create_unit",
    "mark_ended_roles",
    "move_person",
    "place_unit",
    "rebuild_paths",
    "revoke_role",
    "set_active",
    "set_password",
    "sweep_tallies",
    "update_person",
]

"""Every change of state in this room."""

from accounts.actions.admins import create_admin
from accounts.actions.correcting import correct_number
from accounts.actions.notices import (
    News,
    forget_old_notices,
    read_told,
    silence_kinds,
    tell,
    tell_many,
)
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
    "News",
    "PersonContent",
    "anonymise_person",
    "assign_role",
    "change_number",
    "change_preferences",
    "correct_number",
    "create_admin",
    "create_person",
    "create_unit",
    "forget_old_notices",
    "mark_ended_roles",
    "move_person",
    "place_unit",
    "read_told",
    "rebuild_paths",
    "revoke_role",
    "set_active",
    "set_password",
    "silence_kinds",
    "sweep_tallies",
    "tell",
    "tell_many",
    "update_person",
]

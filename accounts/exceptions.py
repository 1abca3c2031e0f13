"""Refusals of this room."""

from lib.refusals import ActionRefused


class PersonNotAccepted(ActionRefused):
    """A person's data cannot be stored as they are."""


class UnitNotMovable(ActionRefused):
    """A unit cannot stand where it was put."""

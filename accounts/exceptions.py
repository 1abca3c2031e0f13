"""Refusals of this room."""

from lib.refusals import ActionRefused


class PersonNotAccepted(ActionRefused):
    """A person's data cannot be stored as they are."""


class UnitNotMovable(ActionRefused):
    """A unit cannot stand where it was put."""


class MoveNotDated(ActionRefused):
    """A move cannot hold from the day that was given."""


class MoveNotRedated(ActionRefused):
    """The day of a move cannot be corrected like this."""


class NumberNotCorrected(ActionRefused):
    """A number of a person cannot be corrected like this."""


class PersonNotTouched(ActionRefused):
    """What HR may not do to this person, or not like this."""


class DataRequestNotAccepted(ActionRefused):
    """What cannot be asked about one's data, or not answered like this."""


class RoleNotChanged(ActionRefused):
    """A role that may not be given or taken like this."""


class UnitNotChanged(ActionRefused):
    """What may not be done to a unit, or not like this."""

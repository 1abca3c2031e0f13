"""Refusals of this room."""

from lib.refusals import ActionRefused


class AttemptNotAllowed(ActionRefused):
    """The person cannot start an attempt now."""


class HandInRefused(ActionRefused):
    """An attempt is not handed in while answers of its device have not arrived."""


class LateAnswerNotAccepted(ActionRefused):
    """A late answer cannot be accepted so."""


class ResponseNotAccepted(ActionRefused):
    """An answer cannot be taken: it does not belong to this attempt."""


class QuestionNotUsable(ActionRefused):
    """A question cannot be saved or used as it is."""


class ConditionNotAccepted(ActionRefused):
    """The window or the password of a quiz cannot be set so."""


class AccommodationNotAccepted(ActionRefused):
    """More time or attempts cannot be given, or taken back, so."""


class RepairNotAccepted(ActionRefused):
    """A question cannot be repaired so."""


class ImportRefused(ActionRefused):
    """A file of questions cannot be taken in as it is."""


class NoPaperLeft(ActionRefused):
    """After this change no paper could be drawn for a quiz that people take."""

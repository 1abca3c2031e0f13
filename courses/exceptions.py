"""Refusals of this room."""

from lib.refusals import ActionRefused


class EnrollmentNotAllowed(ActionRefused):
    """The person cannot take this course now."""


class LessonNotAvailable(ActionRefused):
    """The lesson cannot be marked as done by this person."""


class VersionNotEditable(ActionRefused):
    """The version is published, or something else stands in the way."""

"""Refusals of this room."""

from collections.abc import Sequence

from lib.refusals import ActionRefused


class EnrollmentNotAllowed(ActionRefused):
    """The person cannot take this course now."""


class LessonNotAvailable(ActionRefused):
    """The lesson cannot be marked as done by this person."""


class ReviewNotPossible(ActionRefused):
    """The draft cannot be reviewed, or not in this way or by this person."""


class VersionNotEditable(ActionRefused):
    """The version is published, or something else stands in the way."""


class FileNotAccepted(ActionRefused):
    """A file cannot be given to a course, or not be taken from it."""


class NoteTooLong(ActionRefused):
    """A note has more characters than can be kept; `parts` are theirs."""

    def __init__(self, code: str, message: str, parts: Sequence[str] = ()) -> None:
        super().__init__(code, message)
        self.parts = tuple(parts)


class InquiryNotPossible(ActionRefused):
    """A question to the author cannot be sent now, or not be answered like this."""


class EvaluationNotPossible(ActionRefused):
    """A course cannot be evaluated yet, or its form not be rewritten like this."""


class OrderNotAccepted(ActionRefused):
    """An order, its deadline, a group or a programme cannot be as it was said."""

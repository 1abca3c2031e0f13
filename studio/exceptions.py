"""Refusals of this room."""

from collections.abc import Sequence

from lib.refusals import ActionRefused
from studio.obstacles import Obstacle


class FolderNotLoaded(ActionRefused):
    """A sound folder cannot be loaded as things stand in the database."""


class EditConflict(ActionRefused):
    """Somebody else changed the same thing since this person opened it."""


class DraftNotEditable(ActionRefused):
    """There is no draft, or nothing that a draft could be made from."""


class FileInUse(ActionRefused):
    """A text of the course still names the file."""


class QuestionNotEditable(ActionRefused):
    """The question cannot be saved or withdrawn."""


class CourseNotPublishable(ActionRefused):
    """Something in the draft keeps it from being published."""

    def __init__(self, code: str, message: str, obstacles: Sequence[Obstacle]) -> None:
        super().__init__(code, message)
        self.obstacles = obstacles

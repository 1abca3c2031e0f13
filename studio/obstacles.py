"""What keeps a draft from being published, in words for its author."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Obstacle:
    """One thing: in which lesson or quiz, on which line (0: none), and the remedy.

    `lesson_key` leads to the lesson's editor, empty where there is none.
    """

    where: str
    message: str
    remedy: str
    line: int = 0
    lesson_key: str = ""

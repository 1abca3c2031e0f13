"""What keeps a draft from being published, in words for its author."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Obstacle:
    """One thing: in which lesson or quiz, on which line (0: none), and the remedy.

    `lesson_key` leads to the lesson's editor, `quiz_key` to the quiz's, `page` names
    the address of another page of the course; each empty where there is none.
    """

    where: str
    message: str
    remedy: str
    line: int = 0
    lesson_key: str = ""
    quiz_key: str = ""
    page: str = ""

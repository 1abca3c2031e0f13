"""A course as the checks see it: what it says, in which file, on which lines.

Files are named from the course folder, or from the folder that holds it where
problems of several courses stand in one list.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from quizzes.questions import OptionContent, QuestionContent
from studio.folders.reading.places import COURSE_FILE, SOURCES_FILE

_PLACE = re.compile(r"\[\[(?P<key>[^\[\]]*)\]\]")
_CHECK = re.compile(r"^/{3,}[ ]*cek[ ]*\|[ ]*(?P<key>\S+)[ ]*$", re.MULTILINE)
PRACTICE, PRETEST, GRADED = "practice", "pretest", "graded"


@dataclass(frozen=True)
class Passage:
    """A piece of text that stands together: a paragraph, a stem, an option.

    `words` is the text without its marks, `lines` the lines of the file it stands on,
    the first being `line`. `is_quoted` says that it is a citation of somebody's words;
    `is_figure_check` that figures are put before people to be checked.
    """

    file: str
    line: int
    words: str
    lines: tuple[str, ...]
    is_quoted: bool = False
    is_figure_check: bool = False

    def line_of(self, found: str) -> int:
        """Return the first line that holds the words found; else the first of all."""
        for number, line in enumerate(self.lines, start=self.line):
            if found in line:
                return number
        return self.line


def texts_to_answer(question: QuestionContent) -> list[str]:
    """Return the texts that stand before people when they answer.

    Gaps and passages of the stem are filled, so that it reads as a whole.
    """
    scenes = question.settings.get("scenes", ())
    texts = {option.key: option.text for option in question.options}
    return [
        _PLACE.sub(lambda place: texts.get(place["key"], ""), question.stem),
        *(option.text for option in question.options),
        *(scene["text"] for scene in scenes),
    ]


@dataclass(frozen=True)
class Objective:
    """A learning objective."""

    key: str
    level: str
    line: int


@dataclass(frozen=True)
class Lesson:
    """A lesson; `text` is its Markdown, which begins on `line`."""

    file: str
    key: str
    line: int
    text: str

    @property
    def check_keys(self) -> frozenset[str]:
        """The keys of the practice questions that it shows."""
        return frozenset(check["key"] for check in _CHECK.finditer(self.text))


@dataclass(frozen=True)
class FolderQuestion:
    """A question of a bank."""

    file: str
    line: int
    use: str
    content: QuestionContent

    @property
    def key_place(self) -> int | None:
        """Where the one best option stands, from 0; None where a type has no such."""
        if self.content.type not in {"single_choice", "situational"}:
            return None
        worth = [option.fraction for option in self.content.options]
        best = max(worth, default=None)
        if best is None or worth.count(best) != 1:
            return None
        return worth.index(best)

    @property
    def distractors(self) -> tuple[OptionContent, ...]:
        """Every option but the best one; none where there is no such."""
        place = self.key_place
        if place is None:
            return ()
        options = self.content.options
        return (*options[:place], *options[place + 1 :])


@dataclass(frozen=True)
class Draw:
    """A row of the post-test's blueprint; `types` is empty for any."""

    objective: str
    levels: tuple[str, ...]
    count: int
    line: int
    types: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """A source of the course."""

    key: str
    dated_on: str
    checked_on: date
    line: int


@dataclass(frozen=True)
class Course:
    """A course folder that could be read; `draws` is empty where all is asked.

    `prefix` is what the names of its files begin with.
    """

    prefix: str
    key: str
    code: str
    jp: int
    objectives: tuple[Objective, ...]
    lessons: tuple[Lesson, ...]
    items: tuple[FolderQuestion, ...]
    draws: tuple[Draw, ...]
    sources: tuple[Source, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()

    @property
    def file(self) -> str:
        """The name of course.yaml."""
        return f"{self.prefix}{COURSE_FILE}"

    @property
    def sources_file(self) -> str:
        """The name of sources.yaml."""
        return f"{self.prefix}{SOURCES_FILE}"

    def of_use(self, use: str) -> tuple[FolderQuestion, ...]:
        """Return the questions of the banks of one use."""
        return tuple(item for item in self.items if item.use == use)

    def banks(self) -> Iterator[tuple[str, tuple[FolderQuestion, ...]]]:
        """Yield the questions file by file."""
        for file in dict.fromkeys(item.file for item in self.items):
            yield file, tuple(item for item in self.items if item.file == file)

"""How each question type writes its options in YAML, and how they are read back.

`SHAPES` is the table: a new type is a line of it. Every shape reads on after a
problem, so that all of them are told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from lib import markdown
from lib.yaml_entries import Entry, report_repeated
from quizzes.exchange.formats.yaml.worth import (
    CORRECT,
    PERCENT,
    POINTS,
    require_worth,
    worth_of_entry,
    written_worth,
)
from quizzes.questions.content import OptionContent, QuestionContent

_LONGEST_KEY = 40
_LONGEST_TEXT = 2000
_LONGEST_ANSWER = 200


@dataclass(frozen=True)
class AnswerBody:
    """What stands below a question: its options and what only its type knows."""

    options: tuple[OptionContent, ...]
    settings: dict[str, Any] = field(default_factory=dict)


class Shape(Protocol):
    """The YAML of one type. `lists` must be there, `extras` may be."""

    @property
    def lists(self) -> Sequence[str]:
        """The names of its lists, the main one first."""

    @property
    def extras(self) -> Sequence[str]:
        """The names of what else it may say."""

    def read(self, row: Entry, *, is_complete: bool) -> AnswerBody:
        """Return the options; a complete question has feedback on each choice."""

    def write(self, question: QuestionContent) -> dict[str, Any]:
        """Return what `read` reads back."""


def read_line(row: Entry, key: str) -> str:
    """Return a text on one line whose Markdown can be rendered."""
    text = row.line_text(key, _LONGEST_TEXT)
    for problem in markdown.find_inline_problems(text):
        row.report(key, problem.message, problem.remedy)
    return text


def _entries(
    row: Entry,
    name: str,
    *,
    required: Sequence[str],
    optional: Sequence[str],
    is_complete: bool,
) -> list[Entry]:
    """Return a list whose rows carry feedback, which a complete question needs."""
    said = ("feedback",)
    return row.entries(
        name,
        required=(*required, *(said if is_complete else ())),
        optional=(*optional, *(() if is_complete else said)),
    )


def _given(**values: Any) -> dict[str, Any]:
    """Return the values that are not empty."""
    return {key: value for key, value in values.items() if value != ""}


@dataclass(frozen=True)
class OptionList:
    """`options`, each with its worth. `is_explicit` rows must say it."""

    worths: Sequence[str] = ()
    is_explicit: bool = False
    has_groups: bool = False
    lists: Sequence[str] = ("options",)
    extras: Sequence[str] = ()

    def read(self, row: Entry, *, is_complete: bool) -> AnswerBody:
        """Return the options in their order."""
        rows = _entries(
            row,
            "options",
            required=("key", "text"),
            optional=(*self.worths, *(("group",) if self.has_groups else ())),
            is_complete=is_complete,
        )
        options = tuple(self._option(each) for each in rows)
        report_repeated(rows, [option.key for option in options])
        return AnswerBody(options)

    def _option(self, row: Entry) -> OptionContent:
        if self.is_explicit:
            require_worth(row, self.worths)
        return OptionContent(
            key=row.slug("key", _LONGEST_KEY),
            text=read_line(row, "text"),
            fraction=worth_of_entry(row, self.worths),
            feedback=read_line(row, "feedback"),
            group=row.written("group", _LONGEST_KEY),
        )

    def write(self, question: QuestionContent) -> dict[str, Any]:
        """Return the options; what is worth nothing says so only where it must."""
        names = (PERCENT,) if question.scoring == "fractions" else self.worths
        return {
            "options": [self._written(option, names) for option in question.options]
        }

    def _written(self, option: OptionContent, names: Sequence[str]) -> dict[str, Any]:
        worth = written_worth(option.fraction, names) if names else {}
        is_silent = not self.is_explicit and option.fraction == 0
        return {
            **_given(key=option.key, text=option.text, group=option.group),
            **({} if is_silent else worth),
            **_given(feedback=option.feedback),
        }


@dataclass(frozen=True)
class AnswerList:
    """`answers` that are accepted, the whole points unless they say `percent`.

    An answer without a key gets one from its position: "j1", "j2" and so on.
    """

    has_tolerance: bool = False
    extras: Sequence[str] = ()
    lists: Sequence[str] = ("answers",)

    def read(self, row: Entry, *, is_complete: bool) -> AnswerBody:
        """Return the answers in their order, and the unit."""
        rows = _entries(
            row,
            "answers",
            required=("text",),
            optional=("key", PERCENT, *(("tolerance",) if self.has_tolerance else ())),
            is_complete=is_complete,
        )
        options = tuple(self._option(each, n) for n, each in enumerate(rows, 1))
        report_repeated(rows, [option.key for option in options])
        unit = row.written("unit", 40) if "unit" in row else ""
        return AnswerBody(options, _given(unit=unit))

    def _option(self, row: Entry, number: int) -> OptionContent:
        text = row.written("text", _LONGEST_ANSWER)
        for problem in markdown.find_inline_problems(text):
            row.report("text", problem.message, problem.remedy)
        return OptionContent(
            key=row.slug("key", _LONGEST_KEY) if "key" in row else f"j{number}",
            text=text,
            fraction=worth_of_entry(row, (PERCENT,), default=Decimal(1)),
            feedback=read_line(row, "feedback"),
            match=row.written("tolerance", 20),
        )

    def write(self, question: QuestionContent) -> dict[str, Any]:
        """Return the answers, and the unit where there is one."""
        answers = []
        for number, option in enumerate(question.options, 1):
            worth = written_worth(option.fraction, (PERCENT,))
            answers.append(
                {
                    **_given(key="" if option.key == f"j{number}" else option.key),
                    "text": option.text,
                    **_given(tolerance=option.match),
                    **({} if option.fraction == 1 else worth),
                    **_given(feedback=option.feedback),
                }
            )
        return {**_given(unit=question.settings.get("unit", "")), "answers": answers}


@dataclass(frozen=True)
class MatchingRows:
    """`rows`, each with the key of what it goes with among `choices`."""

    lists: Sequence[str] = ("rows", "choices")
    extras: Sequence[str] = ()

    def read(self, row: Entry, *, is_complete: bool) -> AnswerBody:
        """Return the rows, then the choices."""
        rows = _entries(
            row,
            "rows",
            required=("key", "text", "match"),
            optional=(),
            is_complete=is_complete,
        )
        choices = row.entries(
            "choices", required=("key", "text"), optional=("feedback",)
        )
        options = (
            *(self._option(each, "row") for each in rows),
            *(self._option(each, "choice") for each in choices),
        )
        report_repeated([*rows, *choices], [option.key for option in options])
        return AnswerBody(options)

    def _option(self, row: Entry, group: str) -> OptionContent:
        return OptionContent(
            key=row.slug("key", _LONGEST_KEY),
            text=read_line(row, "text"),
            feedback=read_line(row, "feedback"),
            group=group,
            match=row.slug("match", _LONGEST_KEY),
        )

    def write(self, question: QuestionContent) -> dict[str, Any]:
        """Return both lists."""
        found: dict[str, list[dict[str, Any]]] = {"row": [], "choice": []}
        for option in question.options:
            found[option.group].append(
                _given(
                    key=option.key,
                    text=option.text,
                    match=option.match,
                    feedback=option.feedback,
                )
            )
        return {"rows": found["row"], "choices": found["choice"]}


@dataclass(frozen=True)
class Scenes:
    """`scenes` with their `replies`; `next` names the scene a reply leads to."""

    worths: Sequence[str] = (POINTS, PERCENT)
    lists: Sequence[str] = ("scenes",)
    extras: Sequence[str] = ()

    def read(self, row: Entry, *, is_complete: bool) -> AnswerBody:
        """Return the replies scene by scene, and the scenes."""
        scenes = row.entries("scenes", required=("key", "text", "replies"))
        told = [
            {"key": scene.slug("key", _LONGEST_KEY), "text": self._told(scene)}
            for scene in scenes
        ]
        report_repeated(scenes, [scene["key"] for scene in told])
        rows, options = [], []
        for scene, said in zip(scenes, told, strict=True):
            for each in self._replies(scene, is_complete=is_complete):
                rows.append(each)
                options.append(self._reply(each, said["key"]))
        report_repeated(rows, [option.key for option in options])
        return AnswerBody(tuple(options), {"scenes": told})

    def _told(self, scene: Entry) -> str:
        text = scene.markdown("text")
        for problem in markdown.find_problems(text.value, first_line=text.line):
            scene.report_at(problem.line, problem.message, problem.remedy)
        return text.value

    def _replies(self, scene: Entry, *, is_complete: bool) -> list[Entry]:
        return _entries(
            scene,
            "replies",
            required=("key", "text"),
            optional=(*self.worths, "next"),
            is_complete=is_complete,
        )

    def _reply(self, row: Entry, scene_key: str) -> OptionContent:
        require_worth(row, self.worths)
        return OptionContent(
            key=row.slug("key", _LONGEST_KEY),
            text=read_line(row, "text"),
            fraction=worth_of_entry(row, self.worths),
            feedback=read_line(row, "feedback"),
            group=scene_key,
            match=row.slug("next", _LONGEST_KEY),
        )

    def write(self, question: QuestionContent) -> dict[str, Any]:
        """Return the scenes with their replies."""
        return {
            "scenes": [
                {
                    "key": scene["key"],
                    "text": scene["text"],
                    "replies": [
                        self._written(option)
                        for option in question.options
                        if option.group == scene["key"]
                    ],
                }
                for scene in question.settings.get("scenes", ())
            ]
        }

    def _written(self, option: OptionContent) -> dict[str, Any]:
        return {
            "key": option.key,
            "text": option.text,
            **written_worth(option.fraction, self.worths),
            **_given(feedback=option.feedback, next=option.match),
        }


SHAPES: Mapping[str, Shape] = {
    "single_choice": OptionList((CORRECT, PERCENT)),
    "multiple_response": OptionList((CORRECT, PERCENT)),
    "true_false_set": OptionList((CORRECT,), is_explicit=True),
    "matching": MatchingRows(),
    "ordering": OptionList(),
    "gap_select": OptionList(has_groups=True),
    "numeric": AnswerList(has_tolerance=True, extras=("unit",)),
    "short_text": AnswerList(),
    "situational": OptionList((POINTS,), is_explicit=True),
    "mark_text": OptionList((CORRECT,)),
    "dialogue": Scenes(),
}

"""A question as its form holds it: posted or stored words in, content out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from quizzes.questions import TYPES, OptionContent, QuestionContent
from quizzes.questions import split_tags as split
from studio.questions.editor.checking import QuestionProblem
from studio.questions.editor.columns import (
    CHOICE,
    MATCHING_CHOICES,
    MATCHING_ROWS,
    REPLIES,
    ROW,
    Columns,
    columns_of,
)
from studio.questions.editor.numbers import stored_number
from studio.questions.editor.rows import (
    OptionRow,
    SceneRow,
    add_row,
    fitted,
    posted_rows,
    posted_scenes,
    stored_row,
)
from studio.questions.editor.worth import REMEDIES, read_worth

MATCHING, DIALOGUE = "matching", "dialogue"


@dataclass(frozen=True)
class TypedQuestion:
    """The question itself as typed; what it tests and where it stands is a form."""

    type: str
    stem: str = ""
    feedback: str = ""
    scoring: str = ""
    unit: str = ""
    rows: Sequence[OptionRow] = ()
    scenes: Sequence[SceneRow] = field(default=())

    def columns(self, group: str = "") -> Columns:
        """Return the columns of the rows of a list."""
        if self.type == MATCHING:
            return MATCHING_CHOICES if group == CHOICE else MATCHING_ROWS
        if self.type == DIALOGUE:
            return REPLIES
        has_parts = any(row.worth for row in self.rows)
        return columns_of(self.type, self.scoring, has_parts=has_parts)


def blank(type_name: str) -> TypedQuestion:
    """Return an empty question of a type with its first rows."""
    typed = TypedQuestion(type_name)
    if type_name == DIALOGUE:
        typed = replace(typed, scenes=[SceneRow("s1"), SceneRow("s2")])
    groups = {
        MATCHING: [ROW, CHOICE],
        DIALOGUE: [scene.key for scene in typed.scenes],
    }.get(type_name, [""])
    rows: list[OptionRow] = []
    for group in groups:
        columns = typed.columns(group)
        rows = add_row(rows, (), columns, group=group, number=columns.fewest)
    return replace(typed, rows=rows)


def posted(data: QueryDict, type_name: str) -> TypedQuestion:
    """Return what a form sent, its rows fitted to the marking rule it names."""
    scoring = data.get("scoring", "")
    typed = TypedQuestion(
        type=type_name,
        stem=data.get("stem", "").replace("\r\n", "\n").strip(),
        feedback=data.get("feedback", "").replace("\r\n", "\n").strip(),
        scoring=scoring if scoring in TYPES[type_name].scorings else "",
        unit=" ".join(data.get("unit", "").split()),
        rows=posted_rows(data),
        scenes=posted_scenes(data),
    )
    if type_name == DIALOGUE:
        # The replies of a scene that was deleted go with it.
        there = {scene.key for scene in typed.scenes}
        return replace(typed, rows=[row for row in typed.rows if row.group in there])
    if type_name == MATCHING:
        return typed
    return replace(typed, rows=fitted(typed.rows, typed.columns()))


def stored(content: QuestionContent) -> TypedQuestion:
    """Return a stored wording as its form shows it."""
    typed = TypedQuestion(
        type=content.type,
        stem=content.stem,
        feedback=content.feedback,
        scoring=content.scoring,
        unit=str(content.settings.get("unit", "")),
        scenes=[
            SceneRow(scene["key"], scene["text"])
            for scene in content.settings.get("scenes", ())
        ],
    )
    has_parts = any(option.fraction not in {0, 1} for option in content.options)
    flat = (
        None
        if content.type in {MATCHING, DIALOGUE}
        else columns_of(content.type, content.scoring, has_parts=has_parts)
    )
    return replace(
        typed,
        rows=[
            stored_row(option, flat or typed.columns(option.group))
            for option in content.options
        ],
    )


def question_content(
    typed: TypedQuestion,
    *,
    key: str,
    cleaned: Mapping[str, Any],
    before: QuestionContent | None,
) -> QuestionContent:
    """Return what the form says; what it does not show stays as it was before.

    `cleaned` may lack what was not valid. Rows left wholly blank do not count.
    """
    return QuestionContent(
        key=key,
        type=typed.type,
        stem=typed.stem,
        options=tuple(
            _option(row, typed.columns(row.group))
            for row in typed.rows
            if not row.is_blank
        ),
        objective_key=cleaned.get("objective", ""),
        level=cleaned.get("level", ""),
        feedback=typed.feedback,
        scoring=_scoring(typed, before),
        source_keys=tuple(cleaned.get("sources", ())),
        checked_on=cleaned.get("checked_on"),
        settings=_settings(typed, before),
        pillar=cleaned.get("pillar", ""),
        tags=tuple(split(cleaned.get("tags", ""))),
    )


def _option(row: OptionRow, columns: Columns) -> OptionContent:
    fraction = Decimal(row.is_right)
    if columns.worth:
        fraction = read_worth(row.worth, columns.worth) or Decimal(0)
    is_number = columns.has_tolerance
    return OptionContent(
        key=row.key,
        text=stored_number(row.text) if is_number else " ".join(row.text.split()),
        fraction=fraction,
        feedback=" ".join(row.feedback.split()),
        group=" ".join(row.group.split()),
        match=stored_number(row.match) if is_number else " ".join(row.match.split()),
    )


def _scoring(typed: TypedQuestion, before: QuestionContent | None) -> str:
    """Keep "" for the default rule where the wording before said it that way."""
    scorings = list(TYPES[typed.type].scorings)
    is_default = bool(scorings) and typed.scoring == scorings[0]
    return "" if is_default and not (before and before.scoring) else typed.scoring


def _settings(typed: TypedQuestion, before: QuestionContent | None) -> dict[str, Any]:
    kept = {
        name: value
        for name, value in (before.settings if before else {}).items()
        if name not in {"unit", "scenes"}
    }
    if typed.unit:
        kept["unit"] = typed.unit
    if typed.type == DIALOGUE:
        kept["scenes"] = [
            {"key": scene.key, "text": scene.text.replace("\r\n", "\n").strip()}
            for scene in typed.scenes
        ]
    return kept


def worth_problems(typed: TypedQuestion) -> list[QuestionProblem]:
    """Return the rows whose value cannot be read."""
    found = []
    for row in typed.rows:
        unit = typed.columns(row.group).worth
        if unit and not row.is_blank and read_worth(row.worth, unit) is None:
            found.append(QuestionProblem(f"option:{row.key}", REMEDIES[unit]))
    return found


def with_errors(
    typed: TypedQuestion, problems: Sequence[QuestionProblem]
) -> TypedQuestion:
    """Return the question with each message at the row or the scene it is about."""

    def at(place: str) -> tuple[str, ...]:
        return tuple(p.message for p in problems if p.place == place)

    return replace(
        typed,
        rows=[replace(row, errors=at(f"option:{row.key}")) for row in typed.rows],
        scenes=[replace(one, errors=at(f"scene:{one.key}")) for one in typed.scenes],
    )

"""A question as its form holds it: rows of options in, content out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from quizzes.models import Option, QuestionVersion
from quizzes.question_content import OptionContent, QuestionContent
from quizzes.question_types.single_choice import SingleChoice

FEWEST_ROWS = 4
MOST_ROWS = 8


@dataclass(frozen=True)
class OptionRow:
    """One option as typed; `key` stays with it from version to version."""

    key: str
    text: str = ""
    feedback: str = ""
    is_right: bool = False
    letter: str = ""
    errors: tuple[str, ...] = field(default=(), compare=False)

    @property
    def error_id(self) -> str:
        """The id of its first message."""
        return f"salah-{self.key}"

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed into it."""
        return not self.text.strip() and not self.feedback.strip()


def posted_rows(data: QueryDict) -> list[OptionRow]:
    """Return the options that a form sent, in its order."""
    right = data.get("right", "")
    rows = zip(
        data.getlist("option_key"),
        data.getlist("option_text"),
        data.getlist("option_feedback"),
        strict=False,
    )
    return [
        OptionRow(key[:40], text, feedback, is_right=key == right)
        for key, text, feedback in list(rows)[:MOST_ROWS]
    ]


def stored_rows(version: QuestionVersion | None) -> list[OptionRow]:
    """Return the options of a wording; empty rows for a new question."""
    if version is None:
        return add_row([], (), FEWEST_ROWS)
    options: Sequence[Option] = list(version.options.all())
    return [
        OptionRow(option.key, option.text, option.feedback, option.fraction == 1)
        for option in options
    ]


def add_row(
    rows: Sequence[OptionRow], used: Collection[str], number: int = 1
) -> list[OptionRow]:
    """Return the rows with empty ones below, under keys that no wording has used."""
    found = list(rows)
    taken = {*used, *(row.key for row in rows)}
    letters = [chr(ord("a") + place) for place in range(26)]
    free = iter([*letters, *(f"p{place}" for place in range(1, 1000))])
    for _row in range(min(number, MOST_ROWS - len(found))):
        key = next(key for key in free if key not in taken)
        taken.add(key)
        found.append(OptionRow(key))
    return found


def question_content(
    *,
    key: str,
    cleaned: dict[str, Any],
    rows: Sequence[OptionRow],
    before: QuestionVersion | None,
) -> QuestionContent:
    """Return what the form says; what it does not show stays as it was before.

    Rows left wholly blank do not count.
    """
    return QuestionContent(
        key=key,
        type=before.type if before else SingleChoice.name,
        stem=cleaned["stem"].strip(),
        options=[
            OptionContent(
                key=row.key,
                text=" ".join(row.text.split()),
                fraction=Decimal(row.is_right),
                feedback=" ".join(row.feedback.split()),
            )
            for row in rows
            if not row.is_blank
        ],
        objective_key=cleaned["objective"],
        level=cleaned["level"],
        feedback=before.feedback if before else "",
        scoring=before.scoring if before else "",
        source_keys=tuple(cleaned["sources"]),
        checked_on=cleaned["checked_on"],
        settings=before.settings if before else {},
    )


def lettered(rows: Sequence[OptionRow]) -> list[OptionRow]:
    """Return the rows with the letters that authors see, from A."""
    return [
        replace(row, letter=chr(ord("A") + place)) for place, row in enumerate(rows)
    ]


def with_errors(
    rows: Sequence[OptionRow], problems: Sequence[tuple[str, str]]
) -> list[OptionRow]:
    """Return the rows with the messages that belong to them, by option key."""
    return [
        replace(row, errors=tuple(m for place, m in problems if place == row.key))
        for row in rows
    ]

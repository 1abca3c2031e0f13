"""The rows of a question's form: what was posted, what is stored, and moving them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.http import QueryDict

from quizzes.questions import OptionContent, stored_share
from studio.questions.editor.columns import MANY, ONE, PERCENT, Columns
from studio.questions.editor.formsets import (
    ROWS,
    SCENES,
    RowForm,
    RowFormSet,
    SceneForm,
    SceneFormSet,
    kept_forms,
)
from studio.questions.editor.numbers import typed_number
from studio.questions.editor.worth import typed_worth


@dataclass(frozen=True)
class OptionRow:
    """One option as typed; `key` stays with it from version to version.

    `worth` is its value in words, `match` the tolerance or the key it leads to,
    `group` the list it belongs to.
    """

    key: str
    text: str = ""
    feedback: str = ""
    is_right: bool = False
    worth: str = ""
    match: str = ""
    group: str = ""
    label: str = ""
    is_first: bool = False
    is_last: bool = False
    errors: tuple[str, ...] = field(default=(), compare=False)
    form: RowForm | None = field(default=None, compare=False)

    @property
    def error_id(self) -> str:
        """The id of its first message."""
        return f"salah-{self.key}"

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed into it."""
        return not self.text.strip() and not self.feedback.strip()


@dataclass(frozen=True)
class SceneRow:
    """What somebody says in a dialogue, as typed."""

    key: str
    text: str = ""
    errors: tuple[str, ...] = field(default=(), compare=False)
    form: SceneForm | None = field(default=None, compare=False)


def posted_rows(data: QueryDict) -> list[OptionRow]:
    """Return the options that a form sent and does not delete, in its order."""
    right = set(data.getlist("right"))
    return [
        OptionRow(
            key=said["key"],
            text=said["text"],
            feedback=said["feedback"],
            is_right=said["key"] in right,
            worth=said["worth"],
            match=said["match"],
            group=said["group"],
        )
        for said in kept_forms(RowFormSet(data, prefix=ROWS))
        if said["key"]
    ]


def posted_scenes(data: QueryDict) -> list[SceneRow]:
    """Return the scenes of a dialogue that a form sent and does not delete."""
    return [
        SceneRow(said["key"], said["text"])
        for said in kept_forms(SceneFormSet(data, prefix=SCENES))
        if said["key"]
    ]


def stored_row(option: OptionContent, columns: Columns) -> OptionRow:
    """Return an option as its row shows it."""
    is_number = columns.has_tolerance
    return OptionRow(
        key=option.key,
        text=typed_number(option.text) if is_number else option.text,
        feedback=option.feedback,
        is_right=bool(columns.picks) and option.fraction == 1,
        worth=typed_worth(option.fraction, columns.worth) if columns.worth else "",
        match=typed_number(option.match) if is_number else option.match,
        group=option.group,
    )


def fitted(rows: Sequence[OptionRow], columns: Columns) -> list[OptionRow]:
    """Return rows with their values in the columns of another marking rule.

    From marks to percent: the right ones share the whole evenly, and so do the wrong
    ones below zero. From percent to marks: what earned something is right.
    """
    if columns.picks in {ONE, MANY}:
        return [
            replace(row, is_right=row.is_right or _earns(row), worth="") for row in rows
        ]
    has_marks = any(row.is_right for row in rows)
    if columns.worth != PERCENT or not has_marks or any(row.worth for row in rows):
        return list(rows)
    written = [row for row in rows if not row.is_blank]
    right = sum(row.is_right for row in written)
    shares = {True: Decimal(1) / (right or 1)}
    shares[False] = Decimal(-1) / ((len(written) - right) or 1)
    return [
        row
        if row.is_blank
        else replace(
            row, worth=typed_worth(stored_share(shares[row.is_right]), PERCENT)
        )
        for row in rows
    ]


def _earns(row: OptionRow) -> bool:
    return row.worth not in {"", "0"} and not row.worth.startswith("-")


def free_keys(used: Collection[str]) -> Iterator[str]:
    """Return keys that nothing has used: a to z, then p1, p2 and so on."""
    letters = [chr(ord("a") + place) for place in range(26)]
    numbered = (f"p{place}" for place in range(1, 10_000))
    return (key for key in (*letters, *numbered) if key not in used)


def add_row(
    rows: Sequence[OptionRow],
    used: Collection[str],
    columns: Columns,
    *,
    group: str = "",
    number: int = 1,
) -> list[OptionRow]:
    """Return the rows with empty ones at the end of their list.

    Their keys are ones that no wording has used: an answer is stored by its key.
    """
    keys = free_keys({*used, *(row.key for row in rows)})
    there = sum(row.group == group for row in rows) if group else len(rows)
    match = "0" if columns.has_tolerance else ""
    worth = "100" if columns.worth == PERCENT and columns.has_tolerance else ""
    new = (
        OptionRow(next(keys), group=group, match=match, worth=worth)
        for _row in range(min(number, columns.most - there))
    )
    return [*rows, *new]


def move_row(rows: Sequence[OptionRow], key: str, step: int) -> list[OptionRow]:
    """Return the rows with one a place up (-1) or down (1) among those of its list."""
    found = list(rows)
    place = next((n for n, row in enumerate(found) if row.key == key), None)
    if place is None:
        return found
    siblings = [n for n, row in enumerate(found) if row.group == found[place].group]
    target = siblings.index(place) + step
    if 0 <= target < len(siblings):
        other = siblings[target]
        found[place], found[other] = found[other], found[place]
    return found

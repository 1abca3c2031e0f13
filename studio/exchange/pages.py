"""The preview of an import as a page, and the list of what is to be repaired."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from lib.indonesian import format_date
from lib.spreadsheets import Column, Sheet, write_xlsx
from quizzes.questions import TYPES, QuestionContent
from quizzes.selectors import ImportPlan, PlannedItem

PAGE_SIZE = 50
ShowQuestion = Callable[[QuestionContent, str], object]
"""Gives the preview of a question whose fields begin with a prefix."""

_WORDS = {
    "new": _("Baru"),
    "changed": _("Berubah"),
    "unchanged": _("Tidak berubah"),
    "refused": _("Ditolak"),
}
# Refused ones first: they are what there is to do.
_ORDER = ("refused", "changed", "new", "unchanged")


@dataclass(frozen=True)
class ImportRow:
    """A question of the file: what it is, what becomes of it, what is to be known."""

    line: int | None
    name: str
    type: str
    kind: str
    word: str
    changes: str
    reasons: tuple[str, ...]
    losses: tuple[str, ...]
    preview: object
    key: str
    about: str


@dataclass(frozen=True)
class ImportPage:
    """The plan with one page of its rows."""

    plan: ImportPlan
    rows: "Page[Any]"
    losses: int

    @property
    def can_import_all(self) -> bool:
        """Whether nothing is refused and something would be stored."""
        return not self.plan.counts["refused"] and not self.plan.is_empty

    @property
    def can_import_good(self) -> bool:
        """Whether something is refused and something else would be stored."""
        return bool(self.plan.counts["refused"]) and not self.plan.is_empty


def notes_of(losses: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Return what an export leaves behind, each note once with its questions' keys."""
    notes: dict[str, list[str]] = {}
    for key, loss in losses:
        notes.setdefault(loss, []).append(key)
    return list(notes.items())


def import_page(
    plan: ImportPlan,
    *,
    number: str,
    preview: ShowQuestion,
    objectives: Mapping[str, str],
) -> ImportPage:
    """Return a page of the rows, refused ones first, then in the order of the file.

    `preview` shows a question whole, as learners will see it, with its key;
    `objectives` are those of the course, in words.
    """
    items: list[Any] = sorted(plan.items, key=lambda item: _ORDER.index(item.kind))
    page = Paginator(items, PAGE_SIZE).get_page(number)
    page.object_list = [
        _row(item, at, preview, objectives)
        for at, item in enumerate(page.object_list, 1)
    ]
    return ImportPage(plan, page, sum(bool(one.item.losses) for one in plan.items))


def _row(
    planned: PlannedItem,
    number: int,
    preview: ShowQuestion,
    objectives: Mapping[str, str],
) -> ImportRow:
    item, question = planned.item, planned.question or planned.item.question
    known = TYPES.get(question.type) if question else None
    return ImportRow(
        line=item.line,
        name=item.name or _("(tanpa nama)"),
        type=known.label if known else "",
        kind=planned.kind,
        word=_WORDS[planned.kind],
        changes=", ".join(planned.changes),
        reasons=tuple(planned.reasons),
        losses=tuple(item.losses),
        preview=preview(question, f"pratinjau-{number}")
        if known and question
        else None,
        key=question.key if question else "",
        about=_about(question, objectives) if question else "",
    )


def _about(question: QuestionContent, objectives: Mapping[str, str]) -> str:
    """Return what a question needs before it can be published, in one line."""
    objective = objectives.get(question.objective_key, question.objective_key)
    day = format_date(question.checked_on) if question.checked_on else ""
    missing = _("belum ada")
    return " · ".join(
        f"{word}: {value or missing}"
        for word, value in (
            (_("Tujuan"), objective),
            (_("Tingkat"), question.level),
            (_("Diperiksa"), day),
        )
    )


def findings_file(plan: ImportPlan) -> BytesIO:
    """Return a workbook of what is refused and what does not come along, by line."""
    rows = [
        (planned.item.line or "", planned.item.name, word, message)
        for planned in plan.items
        for word, messages in (
            (_("ditolak"), planned.reasons),
            (_("perlu diperiksa"), planned.item.losses),
        )
        for message in messages
    ]
    content = BytesIO()
    write_xlsx(
        content,
        sheets=[
            Sheet(
                "Perbaikan",
                [
                    Column("Baris", width=8),
                    Column("Soal", width=40),
                    Column("Akibat", width=12),
                    Column("Keterangan", width=110),
                ],
                rows,
            )
        ],
    )
    content.seek(0)
    return content

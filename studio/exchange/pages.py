"""The preview of an import as a page, and the list of what is to be repaired."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from lib.spreadsheets import Column, Sheet, write_xlsx
from quizzes.questions import TYPES
from quizzes.selectors import ImportPlan, PlannedItem

PAGE_SIZE = 50
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


def import_page(plan: ImportPlan, *, number: str) -> ImportPage:
    """Return a page of the rows, refused ones first, then in the order of the file."""
    items: list[Any] = sorted(plan.items, key=lambda item: _ORDER.index(item.kind))
    page = Paginator(items, PAGE_SIZE).get_page(number)
    page.object_list = [_row(item) for item in page.object_list]
    return ImportPage(plan, page, sum(bool(one.item.losses) for one in plan.items))


def _row(planned: PlannedItem) -> ImportRow:
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
    )


def findings_file(plan: ImportPlan) -> BytesIO:
    """Return a workbook of what is refused and what does not come along, by line."""
    rows = [
        (planned.item.line or "", planned.item.name, word, message)
        for planned in plan.items
        for word, messages in (
            (_("ditolak"), planned.reasons),
            (_("tidak ikut"), planned.item.losses),
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

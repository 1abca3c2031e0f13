"""The table of an item analysis as a file for another program."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from lib.rounding import half_up
from lib.spreadsheets import Column
from quizzes.models import ItemStatistics
from studio.analysis.page import ItemRow

# The figures of a row, and what their columns are called. Figures are in percent.
_FIGURES: Sequence[tuple[str, str]] = (
    ("facility", "tingkat_kemudahan"),
    ("sd", "simpangan_baku"),
    ("guess", "tebakan_acak"),
    ("intended_weight", "bobot_dimaksud"),
    ("effective_weight", "bobot_nyata"),
    ("discrimination", "daya_beda"),
    ("efficiency", "efisiensi_daya_beda"),
)


def file_columns() -> list[Column]:
    """Return the columns of the file; their names are for programs."""
    return [
        Column("bank"),
        Column("soal"),
        Column("versi", "integer"),
        Column("dari_undian"),
        Column("jawaban", "integer"),
        *(Column(name, "decimal") for _field, name in _FIGURES),
        Column("taksiran", "integer"),
        Column("yang_dicurigai"),
    ]


def file_rows(rows: Sequence[ItemRow]) -> Iterator[list[object]]:
    """Yield a row for each wording; figures of few answers stay empty."""
    for row in rows:
        item = row.statistics
        yield [
            item.question_version.question.bank.key,
            row.key,
            row.version,
            _("ya") if row.is_drawn else _("tidak"),
            row.n,
            *(_rounded(item, field) for field, _name in _FIGURES),
            row.expectation.percent if row.expectation else None,
            " ".join(found.text for found in row.found),
        ]


def _rounded(item: ItemStatistics, field: str) -> Decimal | None:
    value: float | None = getattr(item, field)
    return None if value is None else half_up(value, 2)

"""The table of an item analysis: its columns, and in which order its rows stand."""

from django.utils.translation import gettext_lazy as _

from lib.table_order import SortableColumn, TableOrder
from studio.analysis.page import ItemRow

ORDER: TableOrder[ItemRow] = TableOrder(
    columns=[
        SortableColumn(
            "soal", _("Soal"), lambda row: (row.key, row.version), is_number=False
        ),
        SortableColumn("n", _("Jawaban"), lambda row: row.n),
        SortableColumn(
            "mudah", _("Tingkat kemudahan"), lambda row: row.statistics.facility
        ),
        SortableColumn(
            "taksiran",
            _("Taksiran"),
            lambda row: row.expectation.percent if row.expectation else None,
        ),
        SortableColumn("sebaran", _("Simpangan baku"), lambda row: row.statistics.sd),
        SortableColumn(
            "bobot", _("Bobot nyata"), lambda row: row.statistics.effective_weight
        ),
        SortableColumn(
            "beda", _("Daya beda"), lambda row: row.statistics.discrimination
        ),
        SortableColumn(
            "efisiensi", _("Efisiensi"), lambda row: row.statistics.efficiency
        ),
    ],
    default="beda",
)
"""The weakest discrimination first."""

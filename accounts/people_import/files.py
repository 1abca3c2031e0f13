"""The two workbooks of the import: the template to fill, and what is to be repaired."""

from collections.abc import Iterable
from typing import IO

from accounts.people_import.columns import COLUMNS
from accounts.people_import.findings import Finding
from accounts.people_import.sheet import NOWHERE, Source
from lib.spreadsheets import Column, Sheet, write_xlsx

_RULES = (
    "Judul kolom boleh di baris mana pun di atas data. Urutan kolom bebas.",
    "Hapus baris contoh sebelum mengunggah.",
    "Kolom yang tidak ada di berkas dan sel kosong tidak mengubah data. Untuk "
    "mengosongkan data, pilih kolomnya saat mengunggah.",
    "Sel dengan galat seperti #N/A, atau dengan rumus yang belum dihitung, ditolak.",
    "Untuk unit tanpa pegawai, isi kolom unitnya saja.",
    "Baris yang ditolak dapat ditinggalkan; yang lain tetap diterapkan.",
)


def write_template(target: IO[bytes]) -> None:
    """Write the workbook to fill: titles, one example, and how to fill each column.

    Every column is text, so that Excel keeps the eighteen digits of a NIP.
    """
    columns = [
        Column(column.title, width=max(len(column.title), len(column.example)) + 4)
        for column in COLUMNS
    ]
    guide = [
        *(
            (
                column.title,
                "wajib" if column.is_required else "boleh tidak ada",
                column.note,
                column.example,
            )
            for column in COLUMNS
        ),
        *(("", "", rule, "") for rule in _RULES),
    ]
    write_xlsx(
        target,
        sheets=[
            Sheet("Pegawai", columns, [[column.example for column in COLUMNS]]),
            Sheet(
                "Petunjuk",
                [
                    Column("Kolom", width=22),
                    Column("Keharusan", width=18),
                    Column("Cara mengisi", width=90),
                    Column("Contoh", width=32),
                ],
                guide,
            ),
        ],
    )


def write_findings(
    target: IO[bytes], findings: Iterable[Finding], source: Source = NOWHERE
) -> None:
    """Write what is to be repaired, a line for each finding, in the file's order.

    Each line says the value and the person it is about, so that it may be sorted and
    handed on in parts.
    """
    words = {"error": "ditolak", "warning": "periksa"}
    write_xlsx(
        target,
        sheets=[
            Sheet(
                "Perbaikan",
                [
                    Column("Baris", "integer", 8),
                    Column("Kolom", width=30),
                    Column("Isi sel", width=24),
                    Column("NIP", width=22),
                    Column("Nama", width=28),
                    Column("Akibat", width=10),
                    Column("Kode", width=28),
                    Column("Keterangan", width=110),
                ],
                (
                    (
                        *(one.row, one.where),
                        *_said(source, one),
                        *(words[one.severity], one.code, one.message),
                    )
                    for one in findings
                ),
            )
        ],
    )


def _said(source: Source, finding: Finding) -> tuple[str, str, str]:
    """Return the cell that is to be repaired, and the number and name of its row."""
    cells = source.cells.get(finding.row, {})
    return (
        cells.get(finding.column, ""),
        cells.get("nip", ""),
        cells.get("nama", ""),
    )

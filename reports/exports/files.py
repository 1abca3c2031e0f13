"""Make the file of an export: the report's rows, and words that explain them."""

import hashlib
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext

from accounts.access import as_of
from lib.indonesian import format_datetime, format_number, zone_name
from lib.spreadsheets import Column, Sheet, SpreadsheetProblem, write_csv, write_xlsx
from lib.spreadsheets.writing import MAX_XLSX_ROWS
from reports.columns import ReportColumn
from reports.exports import attachment
from reports.exports.json_files import write_json
from reports.exports.registry import REPORTS, Report, Rows
from reports.models import ExportJob
from reports.siasn.rows import SiasnRows, add_certificates

TOLD_EVERY = 5_000
# What one sheet of paper after another may hold: some forty pages.
MOST_PRINTED = 2_000
_LIMITS = {
    ExportJob.Format.XLSX: MAX_XLSX_ROWS,
    ExportJob.Format.PDF: MOST_PRINTED,
}
Progress = Callable[[int], None]


@dataclass(frozen=True)
class MadeFile:
    """A file in the default storage."""

    path: str
    byte_size: int
    sha256: str
    row_count: int
    rows_sha256: str


class _Counted:
    """Rows that know, once they have been read, what they were.

    Their hash is of the values alone, so that it is the same in every format.
    """

    def __init__(
        self, rows: Rows, columns: Sequence[ReportColumn], sums: Any, told: Progress
    ) -> None:
        self._rows, self._told = rows, told
        self._hash = hashlib.sha256()
        self.total = 0
        self.sums = {at: 0 for at, column in enumerate(columns) if column.key in sums}

    def __iter__(self) -> Iterator[Sequence[object]]:
        for row in self._rows:
            self.total += 1
            self._hash.update("\x1f".join(map(str, row)).encode() + b"\x1e")
            for at in self.sums:
                self.sums[at] += row[at] or 0
            if self.total % TOLD_EVERY == 0:
                self._told(self.total)
            yield row

    @property
    def sha256(self) -> str:
        """The hash of the rows that were read."""
        return self._hash.hexdigest()


@dataclass(frozen=True)
class _Content:
    """What goes into a file, in whatever format."""

    job: ExportJob
    report: Report
    filters: Any
    columns: Sequence[ReportColumn]
    rows: _Counted
    source: Rows
    now: datetime

    def explained(self) -> Iterator[tuple[str, str]]:
        """Yield what the reader must know to trust it; to be read behind the rows."""
        owner, count = self.job.asked_by, self.rows
        yield gettext("Laporan"), str(self.report.title)
        yield gettext("Nomor"), self.job.number
        yield gettext("Dibuat oleh"), owner.full_name
        yield gettext("Dibuat pada"), format_datetime(self.now, owner.time_zone)
        yield from self.report.in_words(self.filters, owner, self.now)
        yield (
            gettext("Zona waktu"),
            gettext("Semua tanggal menurut %(zone)s")
            % {"zone": zone_name(owner.time_zone)},
        )
        yield gettext("Jumlah baris"), str(count.total)
        for at, number in count.sums.items():
            title = gettext("Jumlah %(title)s") % {"title": self.columns[at].title}
            yield title, str(number)
        yield gettext("Sidik isi (SHA-256)"), count.sha256
        yield (
            gettext("Membuat ulang"),
            gettext(
                "Saringan dan tanggal keadaan yang sama memberi sidik isi yang sama, "
                "bila tanggal keadaannya sudah lewat."
            ),
        )

    def meanings(self) -> Iterator[tuple[str, str]]:
        """Yield what each column means."""
        for column in self.columns:
            title = gettext("Kolom %(title)s") % {"title": column.title}
            yield title, str(column.meaning)


def make_file(
    job: ExportJob, *, now: datetime, told: Progress = lambda _rows: None
) -> MadeFile:
    """Write the file that `job` asks for, as its owner may read the report now.

    Takes memory for some thousand rows, however many there are. The file lies in
    the storage, whole, before this returns. `told` hears every few thousand rows how
    many there are and may raise to have it stopped. Raises SpreadsheetProblem where a
    format does not hold so many rows, before anything is written.
    """
    report = REPORTS[job.report]
    filters = report.filters(job.filters)
    owner = as_of(job.asked_by, now)
    rows = report.rows(filters, owner, now)
    _check_room(job, rows)
    columns = report.columns(filters)
    counted = _Counted(rows, columns, report.sums, told)
    content = _Content(job, report, filters, columns, counted, rows, now)
    with tempfile.TemporaryDirectory(prefix="melek-export-") as folder:
        part = Path(folder, f"report.{job.format}")
        _WRITERS[ExportJob.Format(job.format)](part, content)
        with part.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            stream.seek(0)
            name = f"{_folder(job)}/{sha256[:16]}.{job.format}"
            path = default_storage.save(name, File(stream))
        size = part.stat().st_size
    return MadeFile(path, size, sha256, counted.total, counted.sha256)


def discard(path: str) -> None:
    """Delete a file; one that is not there is as good as deleted."""
    default_storage.delete(path)


def discard_all(job: ExportJob) -> None:
    """Delete every file of an export, also those of workers that were killed."""
    folder = _folder(job)
    try:
        _folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        default_storage.delete(f"{folder}/{name}")


def _folder(job: ExportJob) -> str:
    return f"exports/{job.key}"


def _check_room(job: ExportJob, rows: Rows) -> None:
    most = _LIMITS.get(ExportJob.Format(job.format))
    if most is None or rows.count_up_to(most + 1) <= most:
        return
    raise SpreadsheetProblem(
        gettext("%(format)s memuat paling banyak %(most)s baris.")
        % {"format": job.format.upper(), "most": format_number(most)},
        gettext("Unduh CSV, atau saring menurut unit kerja menjadi beberapa berkas."),
    )


def _write_workbook(part: Path, content: _Content) -> None:
    def explained() -> Iterator[tuple[str, str]]:
        yield from content.explained()
        yield from content.meanings()

    columns = [column.for_file() for column in content.columns]
    about = [Column(gettext("Hal"), width=24), Column(gettext("Isi"), width=90)]
    # In this order: the second sheet tells how many rows the first one got.
    sheets = [
        Sheet(str(content.report.sheet), columns, content.rows),
        Sheet(gettext("Keterangan"), about, explained()),
    ]
    write_xlsx(part, sheets=sheets)


def _write_text(part: Path, content: _Content) -> None:
    columns = [column.for_file() for column in content.columns]
    with part.open("w", encoding="utf-8", newline="") as stream:
        write_csv(stream, columns, content.rows)


def _write_json(part: Path, content: _Content) -> None:
    with part.open("w", encoding="utf-8") as stream:
        write_json(stream, content.columns, content.rows, content.explained())


def _write_attachment(part: Path, content: _Content) -> None:
    pdf = attachment.typeset_attachment(
        title=str(content.report.title),
        number=content.job.number,
        columns=content.columns,
        printed=content.report.printed,
        rows=content.rows,
        explained=content.explained,
        day=content.now.astimezone(attachment.zone_of(content.job.asked_by)).date(),
    )
    part.write_bytes(pdf)


def _write_archive(part: Path, content: _Content) -> None:
    """Write the workbook and the certificates its rows name into one file."""
    workbook = part.with_suffix(".xlsx")
    _write_workbook(workbook, content)
    with zipfile.ZipFile(part, "w") as archive:
        archive.write(workbook, workbook_name(content.job))
        if isinstance(content.source, SiasnRows):
            add_certificates(archive, content.source.certificates())


def workbook_name(job: ExportJob) -> str:
    """Return what the workbook inside an archive is called."""
    return f"{REPORTS[job.report].file_name}.xlsx"


_WRITERS: dict[ExportJob.Format, Callable[[Path, _Content], None]] = {
    ExportJob.Format.XLSX: _write_workbook,
    ExportJob.Format.CSV: _write_text,
    ExportJob.Format.JSON: _write_json,
    ExportJob.Format.PDF: _write_attachment,
    ExportJob.Format.ZIP: _write_archive,
}


def download_name(job: ExportJob, zone: Any) -> str:
    """Return the file's name on the reader's computer."""
    day = job.asked_at.astimezone(zone).date()
    return f"{REPORTS[job.report].file_name}-{day:%Y-%m-%d}.{job.format}"

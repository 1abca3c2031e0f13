"""Make the file of an export: the report's rows, and a sheet that explains them."""

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext

from accounts.access import as_of
from lib.indonesian import format_datetime, zone_name
from lib.spreadsheets import Column, Sheet, write_csv, write_xlsx
from reports.exports.registry import REPORTS, Report, Rows
from reports.models import ExportJob


@dataclass(frozen=True)
class MadeFile:
    """A file in the default storage."""

    path: str
    byte_size: int
    sha256: str
    row_count: int


class _Counted:
    """Rows that know, once they have been read, how many they were."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self.total = 0

    def __iter__(self) -> Iterator[Sequence[object]]:
        for row in self._rows:
            self.total += 1
            yield row


def make_file(job: ExportJob, *, now: datetime) -> MadeFile:
    """Write the file that `job` asks for, as its owner may read the report now.

    Takes memory for some thousand rows, however many there are. The file lies in
    the storage before this returns.
    """
    report = REPORTS[job.report]
    filters = report.filters(job.filters)
    owner = as_of(job.asked_by, now)
    counted = _Counted(report.rows(filters, owner, now))
    with tempfile.TemporaryDirectory(prefix="melek-export-") as folder:
        part = Path(folder, f"report.{job.format}")
        if job.format == ExportJob.Format.XLSX:
            _write_workbook(
                part, report, counted, _explained(job, report, counted, now)
            )
        else:
            _write_text(part, report, counted)
        with part.open("rb") as content:
            sha256 = hashlib.file_digest(content, "sha256").hexdigest()
            content.seek(0)
            name = f"{_folder(job)}/{sha256[:16]}.{job.format}"
            path = default_storage.save(name, File(content))
        return MadeFile(path, part.stat().st_size, sha256, counted.total)


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


def _write_workbook(
    part: Path, report: Report, rows: _Counted, explained: Iterator[tuple[str, str]]
) -> None:
    columns = [column.for_file() for column in report.columns]
    about = [Column(gettext("Hal"), width=24), Column(gettext("Isi"), width=90)]
    # In this order: the second sheet tells how many rows the first one got.
    sheets = [
        Sheet(str(report.sheet), columns, rows),
        Sheet(gettext("Keterangan"), about, explained),
    ]
    write_xlsx(part, sheets=sheets)


def _write_text(part: Path, report: Report, rows: _Counted) -> None:
    with part.open("w", encoding="utf-8", newline="") as stream:
        write_csv(stream, [column.for_file() for column in report.columns], rows)


def _explained(
    job: ExportJob, report: Report, counted: _Counted, now: datetime
) -> Iterator[tuple[str, str]]:
    """Yield what the reader of the file must know to trust it."""
    owner = job.asked_by
    yield gettext("Laporan"), str(report.title)
    yield gettext("Dibuat oleh"), owner.full_name
    yield gettext("Dibuat pada"), format_datetime(now, owner.time_zone)
    yield from report.in_words(report.filters(job.filters), owner, now)
    yield (
        gettext("Zona waktu"),
        gettext("Semua tanggal menurut %(zone)s")
        % {"zone": zone_name(owner.time_zone)},
    )
    yield gettext("Jumlah baris"), str(counted.total)
    for column in report.columns:
        title = gettext("Kolom %(title)s") % {"title": column.title}
        yield title, str(column.meaning)


def download_name(job: ExportJob, zone: Any) -> str:
    """Return the file's name on the reader's computer."""
    day = job.asked_at.astimezone(zone).date()
    return f"{REPORTS[job.report].file_name}-{day:%Y-%m-%d}.{job.format}"

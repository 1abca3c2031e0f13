"""Who has finished what: one row per person and course.

The screen, the CSV and the workbook read the same `rows`, so they cannot differ. A
row is an active enrolment, or an order that somebody has not started to follow; who
took a course again in a new cycle has a row per cycle.

With a last day of completion in the past, the report speaks of that day: people
stand in the unit they belonged to then, and whoever looked after that unit's place
in the tree sees them, also when they have moved since. NIP, grade, deadline and
certificate number are those of that day too, so that it never tells otherwise later.

A page costs what it shows: its rows come in the order of an index, and counting
stops at `MOST_SHOWN`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import DateField, DateTimeField, DecimalField, Field
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.details import assumed_until
from accounts.models import Unit, User
from courses.models import Course
from lib.indonesian import format_date
from reports.columns import ReportColumn
from reports.completion import sql as completion_sql
from reports.filters.completion import Filters, Question, Status, as_of, question_of
from reports.sql import CHUNK, fetch, stream, typed
from reports.units.lines import unit_lines
from reports.units.people import full_name

__all__ = [
    "COMPLETION_COLUMNS",
    "COMPLETION_KEY",
    "COMPLETION_TITLE",
    "MOST_SHOWN",
    "Filters",
    "Status",
    "completion_rows",
]

COMPLETION_KEY = "completion"
COMPLETION_TITLE = _("Penyelesaian kursus")
MOST_SHOWN = 10_000


class CompletionRow(NamedTuple):
    """One row, in the order of its columns; the days are those of the reader."""

    name: str
    nip: str | None
    unit: str
    course: str
    status: str
    progress: int
    final_percent: Decimal | None
    started_on: date | None
    completed_on: date | None
    due_on: date | None
    certificate_number: str | None
    unit_code: str
    unit_line: str
    golongan: str
    jabatan: str
    employment_status: str

    @property
    def tone(self) -> str:
        """Return the colour of the status."""
        tones = {
            str(Status.DONE.label): "daun",
            str(Status.LATE.label): "bata",
            str(Status.LEARNING.label): "laut",
        }
        return tones.get(self.status, "")


COMPLETION_COLUMNS = (
    ReportColumn(_("Nama"), "text", 32, _("Nama dengan gelar."), key="nama"),
    ReportColumn(
        "NIP",
        "text",
        21,
        _("NIP atau NI PPPK, 18 angka, tersimpan sebagai teks."),
        key="nip",
    ),
    ReportColumn(
        _("Unit kerja"),
        "text",
        32,
        _("Unit kerja pegawai pada tanggal keanggotaan yang tertulis di atas."),
        key="unit",
    ),
    ReportColumn(
        _("Kursus"),
        "text",
        36,
        _(
            "Judul kursus pada terbitan yang diikuti pegawai. Kursus yang diulang "
            "punya satu baris per siklus."
        ),
        key="kursus",
    ),
    ReportColumn(
        _("Status"),
        "text",
        18,
        _(
            "Belum dimulai, Sedang dipelajari, Selesai, atau Terlambat "
            "(lewat tenggat dan belum selesai)."
        ),
        key="status",
    ),
    ReportColumn(
        _("Kemajuan (%)"),
        "integer",
        13,
        _("Bagian wajib yang sudah selesai."),
        key="kemajuan",
    ),
    ReportColumn(
        _("Nilai akhir"), "decimal", 12, _("Nilai kursus, 0 sampai 100."), key="nilai"
    ),
    ReportColumn(
        _("Mulai"), "date", 13, _("Tanggal mulai mengikuti kursus."), key="mulai"
    ),
    ReportColumn(
        _("Selesai"), "date", 13, _("Tanggal semua syarat terpenuhi."), key="selesai"
    ),
    ReportColumn(
        _("Tenggat"),
        "date",
        13,
        _("Tenggat paling awal dari penugasan unit."),
        key="tenggat",
    ),
    ReportColumn(
        _("Nomor sertifikat"),
        "text",
        34,
        _("Nomor sertifikat yang berlaku."),
        key="sertifikat",
    ),
    # Behind the others: programs that read a CSV by position go on reading it.
    ReportColumn(
        _("Kode unit"),
        "text",
        24,
        _("Kode unit kerja, seperti pada impor pegawai."),
        key="kode-unit",
    ),
    ReportColumn(
        _("Jalur unit kerja"),
        "text",
        70,
        _("Nama semua unit dari puncak sampai unit kerja, dipisah garis miring."),
        key="jalur-unit",
    ),
    ReportColumn(
        _("Golongan"),
        "text",
        10,
        _("Golongan pada tanggal yang tertulis di atas."),
        key="golongan",
    ),
    ReportColumn(
        _("Jabatan"),
        "text",
        36,
        _("Jabatan pada tanggal yang tertulis di atas."),
        key="jabatan",
    ),
    ReportColumn(
        _("Status kepegawaian"),
        "text",
        18,
        _("PNS, CPNS, PPPK, atau lainnya pada tanggal yang tertulis di atas."),
        key="status-kepegawaian",
    ),
)

# What has room on paper.
COMPLETION_PRINTED = tuple(column.key for column in COMPLETION_COLUMNS[:11])

# Where the statement has decimals, moments and days.
_FIELDS: "Mapping[int, Field[Any, Any]]" = {
    8: DecimalField(max_digits=5, decimal_places=2),
    9: DateTimeField(),
    10: DateTimeField(),
    11: DateField(),
}


class CompletionRows:
    """The report's rows: counted, sliced for a page, or streamed for a file."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self._can_have_rows = completion_sql.has_answer(question)

    def __iter__(self) -> Iterator[CompletionRow]:
        """Yield every row in constant memory; one query, and one per `CHUNK` rows."""
        if not self._can_have_rows:
            return iter(())
        return self._read(stream(completion_sql.all_rows(self.question)))

    def __getitem__(self, part: slice) -> list[CompletionRow]:
        """Return the rows of a page, looking at no more units than that takes."""
        start, stop = part.start or 0, part.stop
        found: list[CompletionRow] = []
        for stretch in self._stretches:
            sql = completion_sql.some_rows(stretch, start=start, stop=stop)
            rows_here = list(self._read(fetch(sql)))
            found += rows_here
            if len(rows_here) == stop - start:
                break
            passed = start + len(rows_here)
            if start and not rows_here:
                passed = self._count(stretch, limit=start)
            start, stop = max(start - passed, 0), stop - passed
        return found

    def count(self) -> int:
        """Return how many rows there are to show, at most `MOST_SHOWN`."""
        return self.count_up_to(MOST_SHOWN)

    def count_up_to(self, limit: int) -> int:
        """Return the number of rows, or `limit` when there are more."""
        counted = 0
        for stretch in self._stretches:
            counted += self._count(stretch, limit=limit - counted)
            if counted == limit:
                break
        return counted

    @cached_property
    def _stretches(self) -> list[Question]:
        if not self._can_have_rows:
            return []
        reaches = self.question.reach.stretches()
        return [replace(self.question, reach=reach) for reach in reaches]

    def _count(self, stretch: Question, *, limit: int) -> int:
        counted: int = fetch(completion_sql.counted_rows(stretch, limit=limit))[0][0]
        return min(counted, limit)

    def _read(self, raw: Iterable[tuple[Any, ...]]) -> Iterator[CompletionRow]:
        rows = iter(typed(raw, _FIELDS))
        while part := list(islice(rows, CHUNK)):
            yield from self._completed(part)

    def _completed(self, part: Sequence[tuple[Any, ...]]) -> Iterator[CompletionRow]:
        """Yield some rows with what is not in their statement."""
        labels = {status.value: str(status.label) for status in Status}
        zone = self.question.zone
        lines = unit_lines(row[13] for row in part)
        for row in part:
            prefix, name, suffix, nip, unit, course, status = row[:7]
            progress, final_percent, started_at, completed_at, due_on = row[7:12]
            number, path, golongan, jabatan, employment_status = row[12:]
            yield CompletionRow(
                full_name(prefix, name, suffix),
                nip,
                unit,
                course,
                labels[status],
                progress,
                final_percent,
                started_at.astimezone(zone).date() if started_at else None,
                completed_at.astimezone(zone).date() if completed_at else None,
                due_on,
                number,
                lines[path].code,
                lines[path].names,
                golongan,
                jabatan,
                employment_status,
            )


def completion_rows(filters: Filters, user: User, now: datetime) -> CompletionRows:
    """Return what `user` may read of the people and courses that `filters` keep."""
    return CompletionRows(question_of(filters, user=user, now=now))


def completion_in_words(
    filters: Filters, user: User, now: datetime
) -> list[tuple[str, str]]:
    """Return what was asked, as pairs of a label and words for people to read."""
    unit = Unit.objects.filter(code=filters.unit).first() if filters.unit else None
    course = (
        Course.objects.filter(key=filters.course)
        .select_related("current_version")
        .first()
        if filters.course
        else None
    )
    title = course.current_version.title if course and course.current_version else ""
    zone = ZoneInfo(user.time_zone)
    day = as_of(filters, zone=zone, now=now)
    words = [
        (
            gettext("Unit kerja"),
            gettext("%(unit)s dan di bawahnya") % {"unit": unit.name}
            if unit
            else gettext("Semua unit Anda"),
        ),
        (gettext("Kursus"), title or filters.course or gettext("Semua kursus")),
        (
            gettext("Status"),
            str(Status(filters.status).label)
            if filters.status
            else gettext("Semua status"),
        ),
        (gettext("Tanggal selesai"), _days_in_words(filters)),
        (gettext("Pencarian"), filters.words or gettext("Tidak ada")),
        (
            gettext("Keanggotaan unit"),
            gettext("Menurut keadaan %(day)s")
            % {"day": format_date(day or now.astimezone(zone).date(), "medium")},
        ),
    ]
    return [*words, *_details_in_words(day, zone)]


def _details_in_words(day: date | None, zone: ZoneInfo) -> list[tuple[str, str]]:
    """Say of a past day since when names and jobs are known, if not always."""
    began_at = assumed_until() if day else None
    if began_at is None or day is None:
        return []
    began_on = began_at.astimezone(zone).date()
    if day >= began_on:
        return []
    return [
        (
            gettext("Nama dan jabatan"),
            gettext("Perubahan sebelum %(day)s tidak tercatat; tampil data hari itu")
            % {"day": format_date(began_on, "medium")},
        )
    ]


def _days_in_words(filters: Filters) -> str:
    first, last = (
        format_date(day, "medium") if day else ""
        for day in (filters.completed_from, filters.completed_to)
    )
    if first and last:
        return gettext("%(first)s sampai %(last)s") % {"first": first, "last": last}
    if first:
        return gettext("Sejak %(first)s") % {"first": first}
    if last:
        return gettext("Sampai %(last)s") % {"last": last}
    return gettext("Semua tanggal")

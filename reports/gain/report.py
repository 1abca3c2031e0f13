"""What people gained on a course: a row per part of a unit and per objective.

Rows that must not be told are not in the file at all.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple, Self

from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import UNIT, get_for
from accounts.models import Unit, User
from courses.models import Course
from lib.rounding import half_up
from quizzes.selectors import GroupGain
from reports.columns import ReportColumn
from reports.gain.page import GainRow, Told
from reports.units.lines import UnitLine, unit_lines
from reports.units.reach import CAPABILITY

GAIN_KEY = "gain"
GAIN_TITLE = _("Peningkatan hasil belajar")


@dataclass(frozen=True)
class GainFilters:
    """A course's key, and a unit's code or nothing for all of the reader's units."""

    course: str
    unit: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the filters in the form that `from_json` reads."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """Return the filters that were stored."""
        return cls(**stored)


class GainFileRow(NamedTuple):
    """One row, in the order of its columns."""

    unit: str
    about: str
    people: int
    before: Decimal
    after: Decimal
    difference: Decimal
    low: Decimal
    high: Decimal
    normalised: Decimal | None
    unit_code: str
    unit_line: str


GAIN_COLUMNS = (
    ReportColumn(
        _("Unit kerja"),
        "text",
        36,
        _("Unit kerja pegawai sekarang dan di bawahnya."),
        key="unit",
    ),
    ReportColumn(
        _("Tentang"),
        "text",
        60,
        _("Semua soal, satu tujuan belajar, atau satu pilar."),
        key="tentang",
    ),
    ReportColumn(
        _("Orang"),
        "integer",
        10,
        _("Yang mengerjakan pre-test dan post-test. Di bawah 5 orang tidak ditulis."),
        key="orang",
    ),
    ReportColumn(
        _("Pre-test"),
        "decimal",
        12,
        _("Rata-rata pre-test pertama, 0 sampai 100."),
        key="pretest",
    ),
    ReportColumn(
        _("Post-test"),
        "decimal",
        12,
        _("Rata-rata post-test yang dihitung, 0 sampai 100."),
        key="posttest",
    ),
    ReportColumn(
        _("Selisih"),
        "decimal",
        12,
        _("Post-test dikurangi pre-test, dalam angka."),
        key="selisih",
    ),
    ReportColumn(
        _("Batas bawah"),
        "decimal",
        12,
        _("Batas bawah selang 95% untuk selisih."),
        key="batas-bawah",
    ),
    ReportColumn(
        _("Batas atas"),
        "decimal",
        12,
        _("Batas atas selang 95% untuk selisih."),
        key="batas-atas",
    ),
    ReportColumn(
        _("Gain ternormalisasi (%)"),
        "decimal",
        14,
        _("Bagian dari peningkatan yang mungkin (Hake 1998)."),
        key="gain",
    ),
    ReportColumn(_("Kode unit"), "text", 24, _("Kode unit kerja."), key="kode-unit"),
    ReportColumn(
        _("Jalur unit kerja"),
        "text",
        70,
        _("Nama semua unit dari puncak sampai unit kerja, dipisah garis miring."),
        key="jalur-unit",
    ),
)


class GainRows:
    """The rows of a reader; few, so that they are simply made and counted."""

    def __init__(self, filters: GainFilters, user: User, now: datetime) -> None:
        self._filters, self._user, self._now = filters, user, now

    def __iter__(self) -> Iterator[GainFileRow]:
        """Yield the whole and its parts, each about everything it may be told of."""
        return iter(self._made)

    def count_up_to(self, limit: int) -> int:
        """Return the number of rows, or `limit` when there are more."""
        return min(len(self._made), limit)

    @cached_property
    def _made(self) -> list[GainFileRow]:
        course = _course_of(self._filters)
        unit = _unit_of(self._filters, self._user)
        told = Told.by(self._user, course=course, unit=unit, now=self._now)
        name = unit.name if unit else gettext("Semua unit Anda")
        rows: list[tuple[str, GainRow]] = []
        for about, words in told.abouts():
            whole = GainRow(name, told.whole(about), path=told.path)
            rows += [(words, row) for row in (whole, *told.parts(about)) if row.gain]
        lines = unit_lines(row.path for _words, row in rows if row.path)
        return [
            _row(row, words, row.gain, lines.get(row.path, UnitLine("", "")))
            for words, row in rows
            if row.gain
        ]


def gain_rows(filters: GainFilters, user: User, now: datetime) -> GainRows:
    """Return what `user` may be told of a unit of hers on a course."""
    return GainRows(filters, user, now)


def _course_of(filters: GainFilters) -> Course:
    return Course.objects.select_related("current_version").get(key=filters.course)


def _unit_of(filters: GainFilters, user: User) -> Unit | None:
    if not filters.unit:
        return None
    return get_for(Unit.objects.all(), user, CAPABILITY, UNIT, code=filters.unit)


def _row(row: GainRow, about: str, gain: GroupGain, line: UnitLine) -> GainFileRow:
    return GainFileRow(
        row.label,
        about,
        gain.n,
        half_up(gain.before, 2),
        half_up(gain.after, 2),
        half_up(gain.difference, 2),
        half_up(gain.low, 2),
        half_up(gain.high, 2),
        None if gain.normalised is None else half_up(gain.normalised, 2),
        line.code,
        line.names,
    )


def gain_in_words(
    filters: GainFilters, user: User, now: datetime
) -> list[tuple[str, str]]:
    """Return what was asked, as pairs of a label and words for people to read."""
    course, unit = _course_of(filters), _unit_of(filters, user)
    version = course.current_version
    return [
        (
            gettext("Unit kerja"),
            gettext("%(unit)s dan di bawahnya") % {"unit": unit.name}
            if unit
            else gettext("Semua unit Anda"),
        ),
        (gettext("Kursus"), version.title if version else course.key),
        (
            gettext("Perlindungan"),
            gettext(
                "Kelompok di bawah 5 orang tidak ditulis, juga kelompok yang membuat "
                "kelompok kecil dapat dihitung."
            ),
        ),
    ]

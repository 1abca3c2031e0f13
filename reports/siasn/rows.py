"""A batch as SIASN's own field names have it (DOMAIN §4.1), and its certificates.

Spelling is SIASN's: `nomorSertipikat`. What BKN gives out itself (`id`, `pnsOrangId`)
stays empty for the gateway of the agency to fill.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import OuterRef, Subquery
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from certificates.models import CertificateFile
from reports.columns import ReportColumn
from reports.models import SiasnBatch, SiasnItem
from reports.units.reach import CAPABILITY

SIASN_KEY = "siasn"
_AT_ONCE = 500
_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")
_INTEGERS = {"tahunKursus", "jumlahJam"}
FIELDS = (
    "id",
    "pnsOrangId",
    "instansiId",
    "jenisDiklatId",
    "jenisKursus",
    "jenisKursusSertipikat",
    "namaKursus",
    "institusiPenyelenggara",
    "nomorSertipikat",
    "tanggalKursus",
    "tanggalSelesaiKursus",
    "tahunKursus",
    "jumlahJam",
    "lokasiId",
    "rumpunDiklatId",
    "path",
    "nipBaru",
    "nama",
    "berkas",
)
SIASN_COLUMNS = tuple(
    ReportColumn(
        field,
        "integer" if field in _INTEGERS else "text",
        22,
        _("Nama bidang riwayat kursus SIASN."),
        key=field,
    )
    for field in FIELDS
)


class SiasnRows:
    """The rows of a batch, as far as its reader may see them."""

    def __init__(self, batch_key: str, user: User) -> None:
        self._zone = ZoneInfo(user.time_zone)
        batches = SiasnBatch.objects.filter(key=batch_key)
        items = SiasnItem.objects.visible_to(user, CAPABILITY)
        self._items = items.filter(batch__in=batches)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """Yield a row per course, some hundreds at a time."""
        items = self._items.select_related(
            "certificate", "enrollment__person", "enrollment__jp_entry"
        )
        for item in items.iterator(chunk_size=_AT_ONCE):
            yield self._row(item)

    def count_up_to(self, limit: int) -> int:
        """Return the number of rows, or `limit` when there are more."""
        return min(self._count, limit)

    @cached_property
    def _count(self) -> int:
        return int(self._items.count())

    def certificates(self) -> Iterator[tuple[str, str]]:
        """Yield the name in the archive and the path of each certificate's file."""
        files = CertificateFile.objects.filter(certificate=OuterRef("certificate"))
        latest = Subquery(files.order_by("-pk").values("path")[:1])
        items = self._items.select_related("certificate", "enrollment__person")
        for item in items.annotate(file_path=latest).iterator(chunk_size=_AT_ONCE):
            yield _file_name(item), item.file_path

    def _row(self, item: SiasnItem) -> tuple[Any, ...]:
        data, place = item.certificate.data, item.enrollment
        began = place.started_at.astimezone(self._zone)
        # Without it there would be no certificate.
        ended = (place.completed_at or place.started_at).astimezone(self._zone)
        values = {
            **dict.fromkeys(FIELDS, ""),
            **settings.ELEARNING_SIASN,
            "id": None,
            "namaKursus": data["course_title"],
            "institusiPenyelenggara": settings.ELEARNING_OPERATOR,
            "nomorSertipikat": item.certificate.number,
            "tanggalKursus": f"{began:%d-%m-%Y}",
            "tanggalSelesaiKursus": f"{ended:%d-%m-%Y}",
            "tahunKursus": ended.year,
            "jumlahJam": place.jp_entry.jp,
            "path": [],
            "nipBaru": place.person.nip,
            "nama": place.person.full_name,
            "berkas": _file_name(item),
        }
        return tuple(values[field] for field in FIELDS)


def _file_name(item: SiasnItem) -> str:
    """Return `{nip}_{nomor aman}.pdf`: nothing that a file system would refuse."""
    number = _UNSAFE.sub("-", item.certificate.number)
    return f"{item.enrollment.person.nip or 'tanpa-nip'}_{number}.pdf"


def add_certificates(
    archive: zipfile.ZipFile, files: Iterable[tuple[str, str]]
) -> None:
    """Put the certificates into an archive under the names that its rows tell."""
    for name, path in files:
        with default_storage.open(path) as content, archive.open(name, "w") as member:
            while part := content.read(1 << 20):
                member.write(part)


def siasn_in_words(
    filters: dict[str, Any], _user: User, _now: datetime
) -> Sequence[tuple[str, str]]:
    """Return what the batch is, as pairs of a label and words."""
    batch = SiasnBatch.objects.get(key=filters["batch"])
    return [
        (gettext("Tahun JP"), str(batch.year)),
        (
            gettext("Setelah dikirim"),
            gettext(
                "Tambahkan kolom rwKursusId (diterima) atau alasan (ditolak) dari "
                "jawaban SIASN, lalu unggah lagi di halaman Lapor SIASN."
            ),
        ),
    ]

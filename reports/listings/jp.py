"""JP of a year, per person and per unit, with an estimate for the IP ASN.

Only what the ledger says counts; JP that were taken elsewhere are not in it yet. As of
a past day, what was entered later is not known.
"""

from collections.abc import Iterable
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.person import JabatanKind
from lib.rounding import half_up
from reports.listings.asking import Asked
from reports.listings.definition import Listing, ListingColumn, Raw, Values
from reports.listings.people import (
    JOB_COLUMNS,
    LINE_COLUMNS,
    NAMED_COLUMNS,
    UNIT_COLUMN,
    line_values,
    person_values,
)
from reports.sql import Sql, composed, conjunction

REACHED, NOT_REACHED = "tercapai", "belum"

_PER_PERSON = """SELECT place.path AS k1, u.name_key AS k2, u.id AS k3, 0 AS k4,
  0 AS k5, place.name AS unit_name, {jp} AS jp, u.jabatan_kind
FROM place {members} WHERE {conditions}"""
_PER_UNIT = """SELECT path AS k1, '' AS k2, unit_id AS k3, 0 AS k4, 0 AS k5,
  name AS unit_name, COUNT(*) AS people, SUM(jp) AS jp,
  SUM(CASE WHEN jp >= {target} THEN 1 ELSE 0 END) AS reached
FROM (SELECT place.path, place.unit_id, place.name, {jp} AS jp
  FROM place {members}) hers
GROUP BY path, unit_id, name"""
_JP = """COALESCE((SELECT SUM(j.jp) FROM courses_jpentry j
    WHERE j.person_id = u.id AND j.year = %s{known}), 0)"""
_KNOWN = " AND j.earned_on <= %s AND j.recorded_at < %s"


def jp_target() -> int:
    """Return the JP that a year asks for: what PNS must reach (PP 11/2017 art. 203).

    PPPK have a limit and no minimum; everybody is measured against the same number.
    """
    target: int = settings.ELEARNING_JP_TARGETS["PNS"][0]
    return target


def ip_asn_estimate(jp: int, jabatan_kind: str) -> Decimal | None:
    """Return the points for 20 JP of technical training; None without a jabatan kind.

    An estimate: whether fewer JP bring a part of the points, and whether courses add
    up, is not written in the rule that the figures come from (DOMAIN §4.4).
    """
    if not jabatan_kind:
        return None
    points: Decimal = settings.ELEARNING_IP_ASN_POINTS[
        "pelaksana" if jabatan_kind == JabatanKind.PELAKSANA else "lainnya"
    ]
    counted = min(jp, jp_target())
    return half_up(points * counted / jp_target(), 2)


def _jp(asked: Asked) -> Sql:
    if asked.reach.day is None:
        return Sql(_JP.format(known=""), (asked.year,))
    known = (asked.reach.day, asked.known_until)
    return Sql(_JP.format(known=_KNOWN), (asked.year, *known))


def _arm_of_people(asked: Asked) -> Sql:
    conditions = []
    if asked.filters.status:
        sign = ">=" if asked.filters.status == REACHED else "<"
        jp = _jp(asked)
        conditions.append(Sql(f"{jp.text} {sign} %s", (*jp.params, jp_target())))
    return composed(
        _PER_PERSON,
        jp=_jp(asked),
        members=asked.reach.members(),
        conditions=conjunction(conditions),
    )


def _arm_of_units(asked: Asked) -> Sql:
    return composed(
        _PER_UNIT,
        target=Sql("%s", (jp_target(),)),
        jp=_jp(asked),
        members=asked.reach.members(),
    )


def _shape_person(_asked: Asked, raw: Raw) -> Values:
    jp, jabatan_kind = int(raw.own[0]), raw.own[1]
    default = settings.ELEARNING_JP_TARGETS["PNS"]
    status = raw.named.employment_status
    target, kind = settings.ELEARNING_JP_TARGETS.get(status, default)
    most = gettext("paling banyak %(jp)d") % {"jp": target}
    least = gettext("minimal %(jp)d") % {"jp": target}
    return {
        **person_values(raw),
        "jp": jp,
        "ketentuan": most if kind == "maximum" else least,
        "capaian": _standing(jp, target, is_cap=kind == "maximum"),
        "ip-asn": ip_asn_estimate(jp, jabatan_kind),
    }


def _standing(jp: int, target: int, *, is_cap: bool) -> str:
    if is_cap and jp > target:
        return gettext("Di atas batas")
    if jp >= target:
        return gettext("Tercapai")
    if is_cap:
        return gettext("Masih ada ruang %(left)d JP") % {"left": target - jp}
    return gettext("Kurang %(left)d JP") % {"left": target - jp}


def _shape_unit(_asked: Asked, raw: Raw) -> Values:
    people, jp, reached = (int(number) for number in raw.own)
    return {
        **line_values(raw),
        "pegawai": people,
        "jp": jp,
        "rata-rata": half_up(Decimal(jp) / people, 2),
        "mencapai": reached,
        "bagian": half_up(Decimal(100 * reached) / people, 2),
    }


def _notes(asked: Asked) -> Iterable[tuple[str, str]]:
    yield gettext("Tahun JP"), str(asked.year)
    yield (
        gettext("Perkiraan IP ASN"),
        gettext(
            "Hanya perkiraan bagian diklat teknis 20 JP dari dimensi kompetensi "
            "(Peraturan BKN 8/2019), dihitung sebanding. Nilai resmi berasal dari BKN."
        ),
    )


def _year_note(asked: Asked) -> Iterable[tuple[str, str]]:
    yield gettext("Tahun JP"), str(asked.year)


_JP_COLUMN = ListingColumn(
    "JP",
    "integer",
    8,
    _("Jumlah JP pada tahun yang tertulis di atas, dari kursus yang selesai."),
    key="jp",
)

JP_PEOPLE: Listing = Listing(
    key="jp",
    slug="jp-pegawai",
    title=_("JP per pegawai"),
    sheet=_("JP per pegawai"),
    lead=_("Jam pelajaran tiap pegawai dalam satu tahun, dengan perkiraan IP ASN."),
    empty=_("Belum ada pegawai di unit ini."),
    columns=(
        *NAMED_COLUMNS,
        _JP_COLUMN,
        ListingColumn(
            _("Ketentuan JP"),
            "text",
            18,
            _("Minimal atau paling banyak JP setahun menurut status kepegawaian."),
            key="ketentuan",
        ),
        ListingColumn(
            _("Capaian"), "text", 24, _("JP terhadap ketentuannya."), key="capaian"
        ),
        ListingColumn(
            _("Perkiraan IP ASN"),
            "decimal",
            14,
            _(
                "Perkiraan, bukan nilai resmi: bagian diklat teknis 20 JP. Memakai "
                "jenis jabatan sekarang; kosong bila belum diisi."
            ),
            key="ip-asn",
        ),
        *JOB_COLUMNS,
    ),
    arm=_arm_of_people,
    shape=_shape_person,
    own={"jp": None, "jabatan_kind": None},
    filters=frozenset({"status", "year"}),
    statuses=(
        (REACHED, _("Mencapai target tahunan")),
        (NOT_REACHED, _("Belum mencapai target tahunan")),
    ),
    sums={"jp": "jp"},
    notes=_notes,
)

JP_UNITS: Listing = Listing(
    key="jp_units",
    slug="jp-unit",
    title=_("JP per unit"),
    sheet=_("JP per unit"),
    lead=_("Jam pelajaran pegawai tiap unit dalam satu tahun, tanpa unit di bawahnya."),
    empty=_("Belum ada unit yang punya pegawai."),
    columns=(
        UNIT_COLUMN,
        ListingColumn(
            _("Pegawai"),
            "integer",
            10,
            _("Pegawai langsung di unit itu, tanpa unit di bawahnya."),
            key="pegawai",
        ),
        _JP_COLUMN,
        ListingColumn(
            _("Rata-rata JP"), "decimal", 12, _("JP per pegawai."), key="rata-rata"
        ),
        ListingColumn(
            _("Mencapai target"),
            "integer",
            12,
            _("Pegawai yang mencapai JP minimal PNS; PPPK diukur dengan angka sama."),
            key="mencapai",
        ),
        ListingColumn(
            _("Bagian (%)"),
            "decimal",
            12,
            _("Bagian pegawai yang mencapai target."),
            key="bagian",
        ),
        *LINE_COLUMNS,
    ),
    arm=_arm_of_units,
    shape=_shape_unit,
    own={"people": None, "jp": None, "reached": None},
    filters=frozenset({"year"}),
    sums={"pegawai": "people", "jp": "jp", "mencapai": "reached"},
    is_about_people=False,
    notes=_year_note,
)

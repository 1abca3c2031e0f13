"""Certificates that were issued: a row each, also of those that hold no longer."""

from django.db.models import DateTimeField
from django.utils.translation import gettext_lazy as _

from reports.listings.asking import Asked
from reports.listings.definition import Listing, ListingColumn, Raw, Values, day_of
from reports.listings.people import JOB_COLUMNS, NAMED_COLUMNS, person_values
from reports.sql import Sql, composed, conjunction

VALID, REPLACED, REVOKED = "berlaku", "diganti", "dicabut"

_ARM = """SELECT k1, k2, k3, k4, k5, unit_name, number, course, jp, issued_at, status
FROM (SELECT place.path AS k1, u.name_key AS k2, u.id AS k3, cert.id AS k4, 0 AS k5,
    place.name AS unit_name, cert.number, COALESCE(v.title, c.code) AS course, j.jp,
    cert.issued_at,
    CASE WHEN EXISTS (SELECT 1 FROM certificates_revocation r
           WHERE r.certificate_id = cert.id AND {revoked}) THEN 'dicabut'
         WHEN EXISTS (SELECT 1 FROM certificates_certificate n
           WHERE n.replaces_id = cert.id AND {replaced}) THEN 'diganti'
         ELSE 'berlaku' END AS status
  FROM place {members}
  JOIN certificates_certificate cert ON cert.person_id = u.id AND {issued}
  JOIN courses_enrollment e ON e.id = cert.enrollment_id
  JOIN courses_course c ON c.id = e.course_id
  LEFT JOIN courses_courseversion v
    ON v.id = COALESCE(e.completed_version_id, e.version_id)
  LEFT JOIN courses_jpentry j ON j.enrollment_id = e.id
  WHERE {conditions}) told
WHERE {has_status}"""


def _arm(asked: Asked) -> Sql:
    filters = asked.filters
    conditions = []
    if filters.course:
        conditions.append(Sql("c.key = %s", (filters.course,)))
    if asked.since:
        conditions.append(Sql("cert.issued_at >= %s", (asked.since,)))
    if asked.until:
        conditions.append(Sql("cert.issued_at < %s", (asked.until,)))
    has_status = Sql("told.status = %s", (filters.status,))
    return composed(
        _ARM,
        revoked=_known("r.revoked_at", asked),
        replaced=_known("n.issued_at", asked),
        members=asked.reach.members(),
        issued=_known("cert.issued_at", asked),
        conditions=conjunction(conditions),
        has_status=has_status if filters.status else Sql("TRUE"),
    )


def _known(moment: str, asked: Asked) -> Sql:
    if asked.known_until is None:
        return Sql("TRUE")
    return Sql(f"{moment} < %s", (asked.known_until,))


def _shape(asked: Asked, raw: Raw) -> Values:
    number, course, jp, issued_at, status = raw.own
    return {
        **person_values(raw),
        "nomor": number,
        "kursus": course,
        "jp": jp or 0,
        "terbit": day_of(issued_at, asked),
        "status": CERTIFICATES.status_label(status),
    }


CERTIFICATES: Listing = Listing(
    key="certificates",
    slug="sertifikat",
    title=_("Sertifikat terbit"),
    sheet=_("Sertifikat"),
    lead=_("Sertifikat pegawai Anda, juga yang kemudian diganti atau dicabut."),
    empty=_("Belum ada sertifikat yang terbit di unit Anda."),
    columns=(
        *NAMED_COLUMNS,
        ListingColumn(
            _("Nomor sertifikat"), "text", 34, _("Nomor yang tercetak."), key="nomor"
        ),
        ListingColumn(
            _("Kursus"), "text", 36, _("Judul pada terbitan itu."), key="kursus"
        ),
        ListingColumn(
            "JP",
            "integer",
            8,
            _("JP yang diberikan; 0 bila kursus pernah diselesaikan."),
            key="jp",
        ),
        ListingColumn(
            _("Terbit"), "date", 13, _("Tanggal sertifikat terbit."), key="terbit"
        ),
        ListingColumn(
            _("Status"), "text", 12, _("Berlaku, diganti, atau dicabut."), key="status"
        ),
        *JOB_COLUMNS,
    ),
    arm=_arm,
    shape=_shape,
    own={
        "number": None,
        "course": None,
        "jp": None,
        "issued_at": DateTimeField(),
        "status": None,
    },
    filters=frozenset({"course", "status", "days"}),
    statuses=((VALID, _("Berlaku")), (REPLACED, _("Diganti")), (REVOKED, _("Dicabut"))),
    days_label=_("Tanggal terbit"),
)

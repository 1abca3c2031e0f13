"""Scores by name: the grade of every graded part, for who may see them.

Pre-tests are not among them: beside the final score they would tell the gain of a
person, which is told of groups only (`reports.gain.disclosure`).
"""

from django.db.models import DateTimeField, DecimalField
from django.utils.translation import gettext_lazy as _

from reports.listings.asking import Asked
from reports.listings.definition import Listing, ListingColumn, Raw, Values, day_of
from reports.listings.people import JOB_COLUMNS, NAMED_COLUMNS, person_values
from reports.sql import Sql, composed, conjunction

PASSED, NOT_PASSED = "lulus", "belum"

# A grade counts in its latest revision, and of a past day in the latest one by then.
_ARM = """SELECT place.path AS k1, u.name_key AS k2, u.id AS k3, e.course_id AS k4,
  g.id AS k5, place.name AS unit_name, COALESCE(v.title, c.code), i.title, e.cycle,
  g.percent, g.pass_mark, g.recorded_at
FROM place {members}
JOIN courses_enrollment e ON e.person_id = u.id
JOIN courses_gradeentry g ON g.enrollment_id = e.id AND {known}
JOIN courses_gradeitem i ON i.id = g.grade_item_id AND i.kind <> 'pretest'
JOIN courses_course c ON c.id = e.course_id
LEFT JOIN courses_courseversion v
  ON v.id = COALESCE(e.completed_version_id, e.version_id)
WHERE {conditions} AND NOT EXISTS (SELECT 1 FROM courses_gradeentry l
  WHERE l.enrollment_id = g.enrollment_id AND l.item_key = g.item_key AND {known_later}
    AND (l.revision > g.revision OR (l.revision = g.revision AND l.id > g.id)))"""
_IS_PASSED = "g.percent >= COALESCE(g.pass_mark, 0)"


def _arm(asked: Asked) -> Sql:
    filters = asked.filters
    # No duty tells marks by name: whoever wants her data to rest is left out.
    conditions = [Sql("u.restricted_at IS NULL")]
    if filters.course:
        conditions.append(Sql("c.key = %s", (filters.course,)))
    if filters.status:
        wanted = "" if filters.status == PASSED else "NOT "
        conditions.append(Sql(f"{wanted}({_IS_PASSED})"))
    if asked.since:
        conditions.append(Sql("g.recorded_at >= %s", (asked.since,)))
    if asked.until:
        conditions.append(Sql("g.recorded_at < %s", (asked.until,)))
    return composed(
        _ARM,
        members=asked.reach.members(),
        known=_known("g", asked),
        known_later=_known("l", asked),
        conditions=conjunction(conditions),
    )


def _known(table: str, asked: Asked) -> Sql:
    if asked.known_until is None:
        return Sql("TRUE")
    return Sql(f"{table}.recorded_at < %s", (asked.known_until,))


def _shape(asked: Asked, raw: Raw) -> Values:
    course, part, cycle, percent, pass_mark, recorded_at = raw.own
    is_passed = percent >= (pass_mark or 0)
    return {
        **person_values(raw),
        "kursus": course,
        "bagian": part,
        "siklus": cycle,
        "nilai": percent,
        "ambang": pass_mark,
        "hasil": SCORES.status_label(PASSED if is_passed else NOT_PASSED),
        "tanggal": day_of(recorded_at, asked),
    }


SCORES: Listing = Listing(
    key="scores",
    slug="nilai",
    title=_("Nilai"),
    sheet=_("Nilai"),
    lead=_("Nilai yang dihitung, per pegawai dan kursus. Jaga kerahasiaannya."),
    empty=_("Belum ada nilai di unit Anda."),
    columns=(
        *NAMED_COLUMNS,
        ListingColumn(
            _("Kursus"), "text", 36, _("Judul pada terbitan itu."), key="kursus"
        ),
        ListingColumn(_("Bagian"), "text", 24, _("Bagian yang dinilai."), key="bagian"),
        ListingColumn(
            _("Nilai"), "decimal", 10, _("Nilai yang dihitung, 0–100."), key="nilai"
        ),
        ListingColumn(
            _("Ambang lulus"), "decimal", 10, _("Nilai paling rendah."), key="ambang"
        ),
        ListingColumn(
            _("Hasil"), "text", 14, _("Lulus atau belum lulus."), key="hasil"
        ),
        ListingColumn(
            _("Tanggal nilai"), "date", 13, _("Hari nilai dicatat."), key="tanggal"
        ),
        ListingColumn(
            _("Siklus"),
            "integer",
            8,
            _("Kursus diulang ke-."),
            key="siklus",
            is_extra=True,
        ),
        *JOB_COLUMNS,
    ),
    arm=_arm,
    shape=_shape,
    own={
        "course": None,
        "part": None,
        "cycle": None,
        "percent": DecimalField(max_digits=5, decimal_places=2),
        "pass_mark": DecimalField(max_digits=5, decimal_places=2),
        "recorded_at": DateTimeField(),
    },
    filters=frozenset({"course", "status", "days"}),
    statuses=((PASSED, _("Lulus")), (NOT_PASSED, _("Belum lulus"))),
    days_label=_("Tanggal nilai"),
    capability="reports.view_scores",
)

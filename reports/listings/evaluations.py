"""What people think of courses: means of what counts, which is five answers at a time.

Nothing says when an answer came, so every day tells what counts today.
"""

from collections.abc import Iterable
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.models.evaluations import STATEMENTS
from lib.rounding import half_up
from reports.listings.asking import Asked
from reports.listings.definition import Listing, ListingColumn, Raw, Values
from reports.listings.people import LINE_COLUMNS, UNIT_COLUMN, line_values
from reports.sql import Sql, composed, conjunction

_ALL = range(1, STATEMENTS + 1)
_SUMS = ", ".join(f"SUM(a.score_{at}) AS sum_{at}" for at in _ALL)
_ARM = """SELECT place.path AS k1, '' AS k2, c.id AS k3, f.id AS k4, 0 AS k5,
  place.name AS unit_name, COALESCE(v.title, c.code) AS title, c.key AS course_key,
  f.number AS form_number, COUNT(*) AS answers, {sums}
FROM place
JOIN courses_course c ON c.unit_id = place.unit_id
LEFT JOIN courses_courseversion v ON v.id = c.current_version_id
JOIN courses_evaluationpile p ON p.course_id = c.id
JOIN courses_evaluationform f ON f.id = p.form_id
JOIN courses_evaluationanswer a ON a.pile_id = p.id AND a.is_counted
WHERE {conditions}
GROUP BY place.path, place.name, c.id, f.id, v.title, c.code, c.key, f.number"""


def _arm(asked: Asked) -> Sql:
    course = asked.filters.course
    conditions = [Sql("c.key = %s", (course,))] if course else []
    return composed(_ARM, sums=Sql(_SUMS), conditions=conjunction(conditions))


def _shape(_asked: Asked, raw: Raw) -> Values:
    title, course_key, number, *numbers = raw.own
    answers, *sums = (int(one) for one in numbers)
    means = {
        f"butir-{at}": half_up(Decimal(points) / answers, 2)
        for at, points in enumerate(sums, start=1)
    }
    return {
        **line_values(raw),
        "kursus": title,
        "url": reverse("evaluations:evaluation_result", args=[course_key]),
        "formulir": number,
        "jawaban": answers,
        "rata-rata": half_up(Decimal(sum(sums)) / (answers * STATEMENTS), 2),
        **means,
    }


def _notes(_asked: Asked) -> Iterable[tuple[str, str]]:
    yield (
        gettext("Jawaban"),
        gettext(
            "Tanpa nama dan tanpa waktu; dihitung sampai sekarang, tiap lima jawaban"
        ),
    )


EVALUATIONS: Listing = Listing(
    key="evaluations",
    slug="evaluasi-pelatihan",
    title=_("Evaluasi pelatihan"),
    sheet=_("Evaluasi pelatihan"),
    lead=_("Pendapat peserta tentang kursus yang diselenggarakan unit Anda."),
    empty=_("Belum ada kursus dengan lima jawaban."),
    columns=(
        ListingColumn(_("Kursus"), "text", 40, _("Judul kursus."), key="kursus"),
        UNIT_COLUMN,
        ListingColumn(
            _("Jawaban"),
            "integer",
            10,
            _("Banyak jawaban yang dihitung; bertambah tiap lima."),
            key="jawaban",
        ),
        ListingColumn(
            _("Rata-rata"),
            "decimal",
            12,
            _("Rata-rata semua pernyataan, dari 1 sampai 5."),
            key="rata-rata",
        ),
        *(
            ListingColumn(
                f"P{at}",
                "decimal",
                8,
                _("Rata-rata pernyataan dengan nomor ini pada formulirnya."),
                key=f"butir-{at}",
            )
            for at in _ALL
        ),
        ListingColumn(
            _("Formulir"),
            "integer",
            10,
            _("Nomor formulir yang dijawab; kata-katanya ada di halaman kursus."),
            key="formulir",
        ),
        *LINE_COLUMNS,
    ),
    arm=_arm,
    shape=_shape,
    own={
        "title": None,
        "course_key": None,
        "form_number": None,
        "answers": None,
        **{f"sum_{at}": None for at in _ALL},
    },
    filters=frozenset({"course"}),
    sums={"jawaban": "answers"},
    is_about_people=False,
    notes=_notes,
)

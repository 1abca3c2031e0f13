"""The listing of what people think of courses: means of what counts, by course."""

import json

import pytest

from accounts import access
from courses.models import (
    EvaluationAnswer,
    EvaluationForm,
    EvaluationPile,
)
from reports.exports.registry import REPORTS
from reports.listings.asking import ListingFilters
from tests.factories import make_reading
from tests.queries import assert_same_queries

URL = "/sdm/laporan/evaluasi-pelatihan/"


@pytest.fixture
def form(world):
    """Return the form that we ship, as the agency's."""
    return EvaluationForm.objects.create(
        unit=world.agency, number=1, statements=["x"] * 6, prompts=["y"] * 2
    )


def answered(course, form, scores, *, is_counted=True) -> None:
    """Give a course answers whose statements all have the same score."""
    pile, _new = EvaluationPile.objects.get_or_create(course=course, form=form)
    EvaluationAnswer.objects.bulk_create(
        EvaluationAnswer(
            pile=pile,
            is_counted=is_counted,
            **{f"score_{at}": score for at in range(1, 7)},
        )
        for score in scores
    )


def test_only_what_counts_is_told_and_leads_to_its_page(world, form, client_as, now):
    good = make_reading(unit=world.agency, now=now, key="baik")
    answered(good, form, [5, 5, 4, 4, 4])
    answered(good, form, [1, 1, 1, 1], is_counted=False)
    small = make_reading(unit=world.agency, now=now, key="kecil")
    answered(small, form, [3] * 4, is_counted=False)
    foreign = make_reading(unit=world.other_agency, now=now, key="asing")
    answered(foreign, form, [2] * 5)

    response = client_as("admin").get(URL)

    html = response.content.decode()
    (row,) = response.context["page"].rows
    assert row.head == "Bacaan baik"
    assert row.head_url == "/sdm/evaluasi/baik/"
    assert "4,4" in html
    assert "tanpa waktu" in html
    assert client_as("hr").get(URL).context["page"].rows == []


def test_it_is_filtered_by_course_and_written_to_files(world, form, client_as, now):
    for key, score in (("satu", 5), ("dua", 2)):
        course = make_reading(unit=world.agency, now=now, key=key)
        answered(course, form, [score] * 5)
    admin = client_as("admin")

    (row,) = admin.get(URL, {"kursus": "dua"}).context["page"].rows
    assert row.head == "Bacaan dua"
    asked = {"format": "json", "kursus": "dua"}
    response = admin.post(f"{URL}unduh/", asked)
    assert response.status_code == 200
    told = json.loads(b"".join(response.streaming_content))
    assert "Bacaan dua" in json.dumps(told)
    assert "Bacaan satu" not in json.dumps(told)


def test_screen_and_files_have_the_same_columns(world, form, now):
    course = make_reading(unit=world.agency, now=now, key="satu")
    answered(course, form, [1, 2, 3, 4, 5])
    report = REPORTS["evaluations"]
    admin = access.as_of(world.people["admin"], now)

    (row,) = report.rows(ListingFilters(), admin, now)

    heads = [column.key for column in report.columns(ListingFilters())]
    values = dict(zip(heads, row, strict=True))
    assert (values["jawaban"], values["rata-rata"], values["butir-6"]) == (5, 3, 3)


def test_many_courses_are_no_more_questions(world, form, client_as, now):
    def grow(count: int) -> None:
        first = EvaluationPile.objects.count()
        for number in range(first, first + count):
            course = make_reading(unit=world.agency, now=now, key=f"k{number}")
            answered(course, form, [4] * 5)

    assert_same_queries(client_as("admin"), URL, grow, few=3, many=30)

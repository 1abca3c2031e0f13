"""The list of courses is searched by words of titles, codes and units."""

import pytest

from tests import factories
from tests.queries import assert_same_queries

LIST = "/studio/"


def found(author, query: str) -> list[str]:
    page = author.get(LIST, {"cari": query})
    assert page.status_code == 200
    return [row.url for row in page.context["rows"].object_list]


@pytest.mark.parametrize(
    "query", ["kecil", "KECIL", "kursus kecil", "  kursus-kecil ", ""]
)
def test_a_course_is_found_by_its_words(author, course, query):
    assert "/studio/kursus-kecil/" in found(author, query)


def test_every_word_must_be_there(author, course):
    assert found(author, "kecil tiada") == []
    page = author.get(LIST, {"cari": "kecil tiada"})
    assert "Tidak ada kursus yang cocok." in page.text
    assert 'value="kecil tiada"' in page.text


def test_a_draft_is_found_by_the_title_it_will_have(author, course, draft):
    draft.title = "Nama yang akan datang"
    draft.save()

    assert found(author, "datang") == ["/studio/kursus-kecil/"]


def test_a_course_is_found_by_its_unit_and_code(author, course):
    assert found(author, course.code) == ["/studio/kursus-kecil/"]
    assert "/studio/kursus-kecil/" in found(author, course.unit.name)


def test_courses_of_others_are_never_found(author, course, world, now):
    factories.make_reading(unit=world.other_agency, now=now, key="milik-lain")

    assert found(author, "milik-lain") == []


def test_a_search_asks_no_more_for_many_courses(author, course, world, now):
    made = iter(range(1000))

    def grow(count: int) -> None:
        for _ in range(count):
            factories.make_reading(
                unit=world.agency, now=now, key=f"bacaan-{next(made)}"
            )

    assert_same_queries(author, f"{LIST}?cari=bacaan", grow, few=3, many=24)

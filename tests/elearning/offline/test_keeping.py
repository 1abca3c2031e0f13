"""What there is to keep of a course, and what that weighs."""

import gzip

import pytest

from courses import published
from courses.selectors.fetching import get_active_enrollment
from elearning import lesson_content
from elearning.offline import keeping
from tests.factories import enroll, make_reading, republish
from tests.queries import count_queries

URL = "/kursus/contoh/simpanan/"


@pytest.fixture
def her(client_of, learner, place):
    """Return the learner's browser."""
    return client_of(learner)


def pages(client):
    """Return what there is to keep, by address."""
    return {page["url"]: page for page in client.get(URL).json()["pages"]}


def test_everything_that_opens_without_a_line_is_listed(her):
    assert list(pages(her)) == [
        "/",
        "/kursus/contoh/",
        "/kursus/contoh/pelajaran/pelajaran-1/",
        "/kursus/contoh/pelajaran/pelajaran-2/",
        "/kursus/contoh/simpanan/latihan/",
    ]


def test_each_page_weighs_what_it_weighs_on_the_way(her):
    for url, page in pages(her).items():
        body = gzip.compress(her.get(url).content, compresslevel=6)
        real = len(body) + keeping.HEAD_BYTES
        assert abs(page["bytes"] - real) < real / 10


def test_a_lesson_has_another_tag_when_it_says_something_else(her, course, now):
    before = pages(her)

    republish(course=course, change="wording", now=now)

    assert [page["tag"] for page in pages(her).values()] == [
        page["tag"] for page in before.values()
    ]
    course.refresh_from_db()
    part = course.current_version.lessons.get(key="pelajaran-2").parts.first()
    type(part).objects.filter(pk=part.pk).update(html="<p>Lain.</p>")
    keeping.forget_kept()
    published.forget()
    lesson_content.forget()
    changed = [
        url for url, page in pages(her).items() if page["tag"] != before[url]["tag"]
    ]
    assert changed == ["/kursus/contoh/pelajaran/pelajaran-2/"]


def test_the_course_page_knows_whether_a_copy_is_of_today(her, learner, course, now):
    tag = her.get(URL).json()["tag"]
    assert f'data-tag="{tag}"' in her.get("/kursus/contoh/").content.decode()

    republish(course=course, change="wording", now=now)

    page = her.get("/kursus/contoh/").content.decode()
    assert f'data-tag="{tag}"' not in page
    assert f'data-tag="{her.get(URL).json()["tag"]}"' in page


def test_it_carries_nothing_of_the_person_who_asked_first(her, course, learner, world):
    enrollment = get_active_enrollment(learner, "contoh")
    kept = keeping.kept_course(course, enrollment.version_id)
    said = str(kept)

    assert str(learner.key) not in said
    assert learner.name not in said


def test_who_does_not_take_the_course_keeps_nothing(client_as, course):
    assert client_as("hr").get(URL).status_code == 404
    page = client_as("hr").get("/kursus/contoh/").content.decode()
    assert "data-keep" not in page


def test_more_lessons_ask_the_database_for_no_more(client_of, learner, world, now):
    counts = []
    for key, lessons in (("kecil", 1), ("besar", 15)):
        course = make_reading(unit=world.agency, now=now, key=key, lessons=lessons)
        enroll(course=course, person=learner, now=now)
        url = f"/kursus/{key}/simpanan/"
        her = client_of(learner)
        her.get(url)
        counts.append(count_queries(her, url))

    assert counts[0] == counts[1]

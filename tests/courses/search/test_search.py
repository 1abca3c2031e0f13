"""Searching, from publishing to the page: the same on both databases."""

from dataclasses import replace

import pytest
from django.core.management import call_command

from courses import jobs
from courses.content_types import PartContent
from courses.models import Course, SearchPlace, SearchPosting, SearchWord
from courses.search.indexing import courses_to_index, index_course
from courses.selectors.content import version_content
from courses.tasks import index_courses
from courses.verify import verify_search
from tests.factories import enroll, make_reading, republish
from tests.queries import assert_same_queries

TEXT = {
    "pembuka": "Warga datang pukul enam pagi.",
    "inti": "Hal ini memengaruhi pelayanan. Kecerdasan artifisial bukan segalanya.",
    "penutup": "Cadangkan berkas sesuai PP 11/2017, lalu minum air.",
}
LESSON = "/kursus/contoh/pelajaran/pelajaran-1/"


@pytest.fixture
def her(client_of, learner):
    """Return the learner's browser."""
    return client_of(learner)


def say(course: Course, now, **texts: str) -> None:
    """Publish the course with a first lesson that says these texts, and index it."""
    content = version_content(course.current_version)
    (module,) = content.modules
    parts = [
        PartContent(key, "" if key == "pembuka" else key.title(), _part(key, text))
        for key, text in texts.items()
    ]
    first = replace(module.lessons[0], parts=parts)
    lessons = [first, *module.lessons[1:]]
    changed = replace(content, modules=[replace(module, lessons=lessons)])
    republish(course=course, change="wording", content=changed, now=now)
    index_course(course_id=course.pk)


def _part(key: str, text: str) -> str:
    return text if key == "pembuka" else f"## {key.title()} {{#{key}}}\n\n{text}"


@pytest.fixture
def telling(course, now) -> Course:
    """A course whose first lesson says what TEXT says."""
    say(course, now, **TEXT)
    return course


def found(her, words: str) -> list[str]:
    """Return the addresses that a search finds."""
    return [row.url for row in page_of(her, words).rows]


def page_of(her, words: str):
    response = her.get("/cari/", {"cari": words})
    assert response.status_code == 200
    return response.context["page"]


def test_a_part_is_found_by_any_form_of_its_words(telling, her):
    inti = f"{LESSON}?cari=pengaruh#inti"

    assert found(her, "pengaruh") == [inti]
    assert found(her, "  PENGARUH ") == [inti]
    assert found(her, "layanan warga") == [f"{LESSON}?cari=layanan+warga"]
    assert found(her, "cadangan") == [f"{LESSON}?cari=cadangan#penutup"]
    assert found(her, "PP 11/2017") == [f"{LESSON}?cari=pp+11+2017#penutup"]


def test_short_words_are_found_whole_and_by_their_meaning(telling, her):
    assert found(her, "AI") == [f"{LESSON}?cari=ai#inti"]
    assert found(her, "kecerdasan buatan") == found(her, "AI")
    assert found(her, "air") == [f"{LESSON}?cari=air#penutup"]
    assert found(her, "pe") == []


@pytest.mark.parametrize(
    "typed", ["cadankan", "cadngkan", "cadangakn", "ccadangkan", "cadangka"]
)
def test_a_mistyped_word_is_taken_for_the_nearest(telling, her, typed):
    page = page_of(her, typed)

    assert page.taken_as == ["cadangkan"]
    assert [row.url for row in page.rows] == [f"{LESSON}?cari=cadangkan#penutup"]


def test_words_that_stand_nowhere_are_named_and_left_out(telling, her):
    page = page_of(her, "pengaruh zzzqqq")

    assert page.unknown == ["zzzqqq"]
    assert len(page.rows) == 1
    assert page_of(her, "zzzqqq").rows == []


def test_what_holds_a_part_of_it_is_shown_where_nothing_holds_all(telling, her):
    page = page_of(her, "enam mencoba")

    assert page.is_partial
    assert {row.number for row in page.rows} == {"", "1.1"}


def test_a_course_is_found_by_title_summary_objective_and_code(telling, her):
    for words in ("kursus contoh", "mencoba", "menjelaskan", "CONTOH"):
        assert found(her, words)[0] == "/kursus/contoh/"


def test_titles_come_before_what_is_said_in_passing(telling, world, her, now):
    other = make_reading(unit=world.agency, now=now, key="warga")
    index_course(course_id=other.pk)

    assert found(her, "warga")[0] == "/kursus/warga/"


def test_the_lesson_opens_with_the_words_marked(telling, learner, her, now):
    enroll(course=telling, person=learner, now=now)

    html = her.get(LESSON, {"cari": "pengaruh"}).content.decode()

    assert "<mark>memengaruhi</mark>" in html
    assert 'id="inti"' in html
    assert "<mark" not in her.get(LESSON).content.decode()


def test_only_published_courses_that_she_may_see_are_found(
    telling, learner, her, client_of, world, now
):
    enroll(course=telling, person=learner, now=now)
    Course.objects.filter(pk=telling.pk).update(is_archived=True)

    assert found(her, "pengaruh") == [f"{LESSON}?cari=pengaruh#inti"]
    assert found(client_of(world.people["hr"]), "pengaruh") == []


def test_publishing_asks_for_the_index(course, now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as queued:
        republish(course=course, change="wording", now=now)

    assert jobs.INDEX_COURSE.name in str(
        [hook.__closure__[0].cell_contents for hook in queued]
    )


def test_what_was_published_since_is_indexed_and_nothing_twice(telling, her, now):
    republish(course=telling, change="wording", now=now)
    assert list(courses_to_index()) == [telling]
    assert list(verify_search(repair=False)) == []

    call_command("index_courses")

    assert not courses_to_index().exists()
    assert index_courses() == 0
    before = sorted(SearchPosting.objects.values_list("word", "part", "weight"))
    index_course(course_id=telling.pk)
    after = sorted(SearchPosting.objects.values_list("word", "part", "weight"))
    assert before == after


def test_words_of_a_former_version_are_not_found(telling, her, now):
    say(telling, now, pembuka="Lain sekali.")

    assert found(her, "pengaruh") == []
    assert SearchWord.objects.filter(word="memengaruhi").exists()
    assert page_of(her, "memengaruhj").rows == []
    assert SearchPlace.objects.filter(course=telling).count() == 3


def test_the_old_search_of_the_catalogue_leads_here(her):
    response = her.get("/kursus/", {"cari": "sandi & OTP"})

    assert response.status_code == 302
    assert response.url == "/cari/?cari=sandi+%26+OTP"


def test_any_question_gets_a_page(telling, her):
    for words in ("", " ", "%", "_", "yang di", "x" * 500, "' OR 1=1 --", "🙂"):
        for number in ("1", "99", "-1", "x"):
            asked = {"cari": words, "halaman": number}
            assert her.get("/cari/", asked).status_code == 200


def test_the_page_asks_no_more_for_more_courses(world, her, now):
    def grow(count: int) -> None:
        first = Course.objects.count()
        for number in range(first, first + count):
            course = make_reading(unit=world.agency, now=now, key=f"k{number}")
            index_course(course_id=course.pk)

    assert_same_queries(her, "/cari/?cari=isi", grow, few=3, many=15)


def test_an_index_that_tells_otherwise_is_a_difference_and_put_right(telling, her):
    SearchPosting.objects.filter(word__word="memengaruhi").update(weight=9)

    assert list(verify_search(repair=True)) == ["search index of course contoh"]

    assert list(verify_search(repair=False)) == []
    assert len(found(her, "pengaruh")) == 1

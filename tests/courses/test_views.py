"""The catalogue, the course page, the lesson page, and what people do there."""

from datetime import timedelta

import pytest

from courses import actions
from courses.models import Course, Enrollment
from courses.selectors.course_page import CoursePage, course_page
from courses.views import COURSES_PER_PAGE
from tests.factories import (
    complete,
    enroll,
    make_course,
    make_reading,
    read_lessons,
    republish,
    sit,
)
from tests.queries import assert_same_queries, count_queries, queries_in

URL = "/kursus/contoh/"
LESSON = "/kursus/contoh/pelajaran/pelajaran-1/"


@pytest.fixture
def her(client_of, learner):
    """Return the learner's browser."""
    return client_of(learner)


# --- the catalogue -----------------------------------------------------------------
def keys_in(response) -> list[str]:
    """Return the courses that a catalogue page shows."""
    return [card.key for card in response.context["page"].cards]


@pytest.fixture
def shelf(world, now) -> list[Course]:
    """Three courses with different titles."""
    return [
        make_reading(unit=world.agency, now=now, key=key)
        for key in ("alfa", "beta", "delta")
    ]


def test_the_catalogue_shows_published_courses_of_every_unit(shelf, world, her, now):
    make_reading(unit=world.other_agency, now=now, key="lain")
    actions.create_course(key="draf", code="D", unit=world.agency, by=None, now=now)
    Course.objects.filter(key="alfa").update(is_archived=True)

    assert keys_in(her.get("/kursus/")) == ["beta", "delta", "lain"]


def test_a_pillar_narrows_the_catalogue(shelf, her):
    found = {
        pillar: len(keys_in(her.get("/kursus/", {"pilar": pillar})))
        for pillar in ("cakap", "aman", "apa saja")
    }

    assert found == {"cakap": 3, "aman": 0, "apa saja": 0}


def test_any_page_number_gives_a_page(shelf, her):
    for page in ("1", "99", "-1", "x", ""):
        assert her.get("/kursus/", {"halaman": page}).status_code == 200


def test_a_card_says_where_the_person_stands(shelf, world, learner, her, now):
    place = enroll(course=shelf[0], person=learner, now=now)
    read_lessons(enrollment=place, now=now)
    enroll(course=shelf[1], person=learner, now=now)

    cards = her.get("/kursus/").context["page"].cards

    assert [card.state for card in cards] == ["done", "current", "todo"]
    assert [card.percent for card in cards] == [100, 0, 0]


def test_a_card_tells_of_the_latest_cycle(course, learner, her, now):
    complete(course=course, person=learner, now=now)
    republish(course=course, change="cycle", now=now)
    enroll(course=course, person=learner, now=now)

    (card,) = her.get("/kursus/").context["page"].cards

    assert (card.state, card.percent) == ("current", 0)


def test_the_catalogue_asks_no_more_for_more_courses(world, her, now):
    def grow(count: int) -> None:
        first = Course.objects.count()
        for number in range(first, first + count):
            make_reading(unit=world.agency, now=now, key=f"k{number}")

    assert_same_queries(her, "/kursus/", grow, few=3, many=COURSES_PER_PAGE + 3)


# --- the course page ---------------------------------------------------------------
def page_of(course: Course, person) -> CoursePage:
    """Return the course page as the person sees it."""
    return course_page(course, person)


def states(page: CoursePage) -> dict[str, str]:
    """Return the state of each step by its kind or title."""
    return {step.title: step.state for step in page.steps}


def test_before_enrolling_the_way_is_shown_without_links(course, learner):
    page = page_of(course, learner)

    assert page.action.method == "post"
    assert all(step.url is None for step in page.steps)
    assert all(row.url is None for step in page.steps for row in step.lessons)
    assert page.plan_html == ""


def test_the_way_opens_step_by_step(course, place, learner, now):
    assert page_of(course, learner).action.label == "Kerjakan pre-test"

    sit(enrollment=place, quiz_key="pretest", right=1, now=now)
    page = page_of(course, learner)
    assert page.action.label == "Mulai pelajaran 1.1"
    assert states(page)["Pre-test"] == "done"
    assert states(page)["Post-test"] == "locked"

    actions.complete_lesson(
        enrollment_id=place.pk, lesson_key="pelajaran-1", by=learner, now=now
    )
    page = page_of(course, learner)
    assert page.action.label == "Lanjutkan pelajaran 1.2"

    read_lessons(enrollment=place, now=now)
    page = page_of(course, learner)
    assert page.action.label == "Kerjakan post-test"
    assert states(page)["Post-test"] == "current"

    sit(enrollment=place, quiz_key="posttest", right=4, now=now)
    page = page_of(course, learner)
    assert page.is_complete is True
    assert page.action.label == "Lihat sertifikat"
    assert set(states(page).values()) == {"done"}


def test_whoever_has_finished_may_join_a_new_cycle(course, learner, her, now):
    complete(course=course, person=learner, now=now)
    republish(course=course, change="cycle", now=now)

    action = page_of(course, learner).action
    assert (action.method, action.url) == ("post", "/kursus/contoh/ikuti/")

    her.post(action.url)
    assert page_of(course, learner).action.label == "Kerjakan pre-test"


def test_the_pretest_shows_no_key_to_success(course, place, learner, her, now):
    sit(enrollment=place, quiz_key="pretest", right=1, now=now)

    html = her.get(URL).content.decode()

    assert "Nilai awal 50" in html


def test_an_order_of_any_unit_above_is_shown_with_its_earliest_date(
    world, course, learner, now
):
    for unit, days in ((world.agency, 9), (world.office, 4), (world.other_agency, 1)):
        actions.assign_course(
            course=course,
            unit=unit,
            due_on=(now + timedelta(days=days)).date(),
            by=None,
            now=now,
        )

    facts = dict(page_of(course, learner).facts)

    assert (facts["Sifat"], facts["Tenggat"]) == ("Wajib", "25 November 2026")


def test_a_course_that_is_no_longer_listed_stays_open_to_those_who_take_it(
    course, place, her, client_of, world
):
    Course.objects.filter(pk=course.pk).update(is_archived=True)

    assert her.get(URL).status_code == 200
    assert client_of(world.outsider).get(URL).status_code == 404


def test_a_draft_course_and_an_unknown_one_are_the_same_404(world, her, now):
    actions.create_course(key="draf", code="D", unit=world.agency, by=None, now=now)

    for key in ("draf", "tidak-ada"):
        assert her.get(f"/kursus/{key}/").status_code == 404


def test_the_course_page_asks_no_more_for_more_lessons(world, learner, her, now):
    counts = []
    for lessons in (3, 30):
        key = f"bacaan-{lessons}"
        course = make_reading(unit=world.agency, now=now, key=key, lessons=lessons)
        place = enroll(course=course, person=learner, now=now)
        read_lessons(enrollment=place, now=now)
        counts.append(count_queries(her, f"/kursus/{key}/"))

    assert counts[0] == counts[1]
    assert counts[0] <= 9


# --- taking and giving up ----------------------------------------------------------
def test_enrolling_leads_to_the_course_page(course, learner, her):
    response = her.post(f"{URL}ikuti/")

    assert response["Location"] == URL
    assert Enrollment.objects.get().person == learner


def test_giving_up_leads_to_the_course_page_and_keeps_the_row(course, place, her):
    response = her.post(f"{URL}berhenti/")

    assert response["Location"] == URL
    assert Enrollment.objects.get(pk=place.pk).state == Enrollment.State.WITHDRAWN


def test_a_finished_course_says_why_it_cannot_be_given_up(course, learner, her, now):
    complete(course=course, person=learner, now=now)

    html = her.post(f"{URL}berhenti/", follow=True).content.decode()

    assert "sudah Anda selesaikan" in html


# --- lessons -----------------------------------------------------------------------
def test_a_lesson_opens_to_those_who_take_the_course(course, place, her):
    response = her.get(LESSON)

    assert "Pembuka 1." in response.content.decode()
    page = response.context["page"]
    assert (page.position, page.total, page.previous) == (1, 2, None)
    assert page.next.key == "pelajaran-2"


@pytest.mark.parametrize("state", ["never", "withdrawn"])
def test_a_lesson_is_closed_to_those_who_do_not_take_the_course(
    course, learner, her, now, state
):
    if state == "withdrawn":
        place = enroll(course=course, person=learner, now=now)
        actions.withdraw(enrollment_id=place.pk, by=learner, now=now)

    # Its link leads to the course, where she can join.
    assert her.get(LESSON)["Location"] == "/kursus/contoh/"
    assert her.post(f"{LESSON}selesai/").status_code == 404


def test_a_lesson_that_does_not_exist_is_not_found(course, place, her):
    url = "/kursus/contoh/pelajaran/pelajaran-9/"

    assert her.get(url).status_code == 404
    assert her.post(f"{url}selesai/").status_code == 404


def test_marking_a_lesson_as_done_leads_on(course, place, her):
    targets = {
        "pelajaran-2": "/kursus/contoh/pelajaran/pelajaran-2/",
        "": URL,
        "https://jahat.example/": URL,
    }

    for following, target in targets.items():
        response = her.post(f"{LESSON}selesai/", {"next": following})
        assert response["Location"] == target

    assert place.lesson_completions.get().lesson_key == "pelajaran-1"


def test_people_read_the_version_they_are_pinned_to(course, learner, her, now):
    from dataclasses import replace

    from courses.content_types import PartContent
    from courses.selectors.content import version_content

    complete(course=course, person=learner, now=now)
    before = version_content(course.current_version)
    (module,) = before.modules
    lesson = replace(
        module.lessons[0], parts=[PartContent("pembuka", "", "Kata baru.")]
    )
    content = replace(
        before, modules=[replace(module, lessons=[lesson, module.lessons[1]])]
    )

    republish(course=course, change="cycle", now=now, content=content)
    assert "Pembuka 1." in her.get(LESSON).content.decode()

    enroll(course=course, person=learner, now=now)
    assert "Kata baru." in her.get(LESSON).content.decode()


def test_a_lesson_page_needs_at_most_six_queries(course, place, her):
    assert count_queries(her, LESSON) <= 6


def test_a_course_page_with_everything_on_it_needs_at_most_nine(
    course, place, learner, her, now
):
    sit(enrollment=place, quiz_key="pretest", right=1, now=now)
    read_lessons(enrollment=place, now=now)

    assert count_queries(her, URL) <= 9


def test_marking_a_lesson_as_done_has_a_budget(course, place, her):
    her.get(LESSON)

    assert queries_in(lambda: her.post(f"{LESSON}selesai/")) == 16


def test_a_course_without_graded_items_can_be_finished(world, learner, her, now):
    make_course(unit=world.agency, now=now)
    course = make_reading(unit=world.agency, now=now, key="ringan")
    enroll(course=course, person=learner, now=now)

    her.post("/kursus/ringan/pelajaran/pelajaran-1/selesai/")

    assert her.get("/kursus/ringan/").context["page"].is_complete is True

"""Kursus saya: what presses most comes first, and each goes on where she stopped."""

from datetime import date, timedelta

import pytest

from courses import actions
from courses.exceptions import LessonNotAvailable
from courses.models import Course, ReadingPlace
from tests.factories import enroll, finish_reading, make_reading, start
from tests.queries import assert_same_queries

TODAY = date(2026, 11, 21)
LESSON = "/kursus/contoh/pelajaran/pelajaran-1/"


@pytest.fixture
def her(client_of, learner):
    """Return the learner's browser."""
    return client_of(learner)


def page_of(her):
    response = her.get("/kursus-saya/")
    assert response.status_code == 200
    return response.context["page"]


def order(course, world, now, days: int) -> None:
    actions.assign_course(
        course=course,
        unit=world.agency,
        due_on=TODAY + timedelta(days=days),
        by=None,
        now=now,
    )


def test_late_comes_before_due_before_open_before_done(world, learner, her, now):
    def make(key: str):
        return make_reading(unit=world.agency, now=now, key=key)

    for key, days in (("lusa", 2), ("telat", -3), ("besok", 1), ("lunas", -9)):
        order(make(key), world, now, days)
    finish_reading(course=make("tuntas"), person=learner, now=now)
    lunas, lusa = (Course.objects.get(key=key) for key in ("lunas", "lusa"))
    finish_reading(course=lunas, person=learner, now=now)
    enroll(course=lusa, person=learner, now=now)
    enroll(course=make("buka"), person=learner, now=now)

    page = page_of(her)

    assert [row.title for row in page.late] == ["Bacaan telat"]
    assert [(row.title, row.is_begun) for row in page.due] == [
        ("Bacaan besok", False),
        ("Bacaan lusa", True),
    ]
    assert [row.title for row in page.open] == ["Bacaan buka"]
    assert {row.title for row in page.done} == {"Bacaan tuntas", "Bacaan lunas"}


def test_a_running_test_comes_first(place, her, now):
    start(enrollment=place, quiz_key="pretest", now=now)

    html = her.get("/kursus-saya/").content.decode()

    assert 0 < html.index("sedang-berjalan") < html.index('id="terbuka"')


def test_a_course_goes_on_where_she_stopped_on_any_device(place, her):
    said = her.post(f"{LESSON}sampai/", {"part": "inti"})

    assert said.status_code == 204
    (row,) = page_of(her).open
    assert row.url == f"{LESSON}#inti"
    assert row.stopped_at == "1.1 Pelajaran 1"
    assert her.get("/").context["page"].resume.url == "/kursus/contoh/kuis/pretest/"


def test_a_course_goes_on_at_the_paragraph_where_she_stopped(place, her):
    for said, anchor in {
        "inti.3": "#inti.3",
        "inti.0": "#inti",
        ".2": "#.2",
        ".": "",
        "tidak-ada.4": "",
        "inti.x": "#inti",
        "inti.99999999": "#inti.1000",
        "inti.²": "#inti",
    }.items():
        her.post(f"{LESSON}sampai/", {"part": said})
        assert (said, page_of(her).open[0].url) == (said, f"{LESSON}{anchor}")


def test_home_leads_to_the_part_where_she_stopped(place, her):
    her.post(f"{LESSON}selesai/")
    second = LESSON.replace("-1", "-2")
    her.post(f"{second}sampai/", {"part": "inti"})

    assert her.get("/").context["page"].resume.url == f"{second}#inti"


def test_the_later_place_counts_and_an_unknown_part_is_the_top(place, her):
    her.post(f"{LESSON}sampai/", {"part": "inti"})
    her.post(f"{LESSON}sampai/", {"part": "tidak-ada"})

    assert ReadingPlace.objects.values_list("lesson_key", "part_key").get() == (
        "pelajaran-1",
        "",
    )
    assert page_of(her).open[0].url == LESSON


def test_a_lesson_that_her_version_lacks_is_refused(place, now):
    with pytest.raises(LessonNotAvailable):
        actions.note_place(
            enrollment_id=place.pk, lesson_key="tidak-ada", part_key="", now=now
        )


def test_the_lesson_page_offers_to_note_the_place(place, her):
    html = her.get(LESSON).content.decode()

    assert f'action="{LESSON}sampai/" data-place' in html
    assert "dist/reading" in html


def test_who_takes_nothing_is_led_to_the_catalogue(her):
    page = page_of(her)

    assert page.is_empty
    assert "/kursus/" in her.get("/kursus-saya/").content.decode()


def test_more_courses_are_no_more_questions(world, learner, her, now):
    def grow(count: int) -> None:
        first = learner.enrollments.count()
        for number in range(first, first + count):
            course = make_reading(unit=world.agency, now=now, key=f"k{number}")
            enroll(course=course, person=learner, now=now)

    assert_same_queries(her, "/kursus-saya/", grow, few=3, many=15)

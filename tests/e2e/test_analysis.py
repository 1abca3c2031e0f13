"""Item analysis and gain in a browser: readable, sortable, and without faults."""

import re

import pytest
from playwright.sync_api import expect

from quizzes import actions
from tests.e2e.axe import assert_accessible_in_every_look
from tests.factories import (
    enroll,
    make_course,
    make_person,
    make_unit,
    read_lessons,
    sit,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser-2"),
    pytest.mark.django_db(transaction=True),
]

# How much of the pre-test and the post-test each of 32 people knows.
KNOWN = [(number % 3, 1 + number % 4) for number in range(32)]


@pytest.fixture
def studied(world, now):
    """Thirty-two people of two sections who took both tests; both are analysed."""
    course = make_course(unit=world.agency, now=now, pool=6)
    second = make_unit(name="Seksi Dua", now=now, parent=world.office)
    third = make_unit(name="Seksi Tiga", now=now, parent=world.office)
    for number, (before, after) in enumerate(KNOWN):
        unit = third if number < 2 else second if number % 2 else world.section
        place = enroll(course=course, person=make_person(unit=unit, now=now), now=now)
        sit(enrollment=place, quiz_key="pretest", right=before, now=now)
        read_lessons(enrollment=place, now=now)
        sit(enrollment=place, quiz_key="posttest", right=after, now=now)
    for key in ("pretest", "posttest"):
        actions.refresh_statistics(
            course_id=course.pk, quiz_key=key, selection="first", now=now
        )
    return course


def looked_at(page, url, name):
    """Open a page; it is accessible and fits, whatever it is looked at with."""
    page.goto(url)
    assert_accessible_in_every_look(page, name)


def test_an_author_finds_the_weakest_question(page, sign_in, studied, world):
    sign_in(world.people["author"])
    looked_at(page, "/studio/contoh/analisis/pretest/", "kuis")

    page.get_by_role("link", name="Jawaban").click()
    sorted_by = page.locator("th[aria-sort=ascending]")
    expect(sorted_by).to_have_text(re.compile(r"^\s*Jawaban"))
    page.locator("tbody th a").last.click()
    expect(page.locator("svg.m-chart rect").first).to_be_attached()
    assert_accessible_in_every_look(page, "soal")


def test_hr_reads_the_gain(page, sign_in, studied, world):
    sign_in(world.people["hr"])
    looked_at(page, "/sdm/peningkatan/?unit=dinas-percobaan", "peningkatan")

    hidden = page.get_by_text("Kurang dari 5 orang, atau kelompok kecil lain")
    # The section of two, and the neighbour that would give it away.
    expect(hidden).to_have_count(2)


def test_a_person_sees_her_own_gain(page, sign_in, world, learner, place, now):
    sit(enrollment=place, quiz_key="pretest", right=1, now=now)
    read_lessons(enrollment=place, now=now)
    attempt = sit(enrollment=place, quiz_key="posttest", right=4, now=now)
    sign_in(learner)
    looked_at(page, f"/percobaan/{attempt.key}/hasil/", "hasil")

    expect(page.get_by_text("Naik 50 angka.")).to_have_count(1)

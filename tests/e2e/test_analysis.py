"""Item analysis and gain in a browser: readable, sortable, and without faults."""

import os
from pathlib import Path

import pytest

from quizzes import actions
from tests.e2e.axe import violations
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

PHONE, LAPTOP = (390, 844), (1280, 900)
# The laptop comes last: on a phone the heads of a table are hidden.
LOOKS = [(size, scheme) for size in (PHONE, LAPTOP) for scheme in ("light", "dark")]
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
    """Open a page at both widths, light and dark; it is accessible and fits."""
    folder = os.environ.get("SCREENSHOTS")
    for (width, height), scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        page.goto(url)
        if folder:
            path = Path(folder, f"{name}-{width}-{scheme}.png")
            page.screenshot(path=path, full_page=True)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_author_finds_the_weakest_question(page, sign_in, studied, world):
    sign_in(world.people["author"])
    looked_at(page, "/studio/contoh/analisis/pretest/", "kuis")

    page.get_by_role("link", name="Jawaban").click()
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("Jawaban")
    page.locator("tbody th a").last.click()
    assert page.locator("svg.m-chart rect").count() > 0
    looked_at(page, page.url, "soal")


def test_hr_reads_the_gain(page, sign_in, studied, world):
    sign_in(world.people["hr"])
    looked_at(page, "/sdm/peningkatan/?unit=dinas-percobaan", "peningkatan")

    hidden = page.get_by_text("Kurang dari 5 orang, atau kelompok kecil lain")
    # The section of two, and the neighbour that would give it away.
    assert hidden.count() == 2


def test_a_person_sees_her_own_gain(page, sign_in, world, learner, place, now):
    sit(enrollment=place, quiz_key="pretest", right=1, now=now)
    read_lessons(enrollment=place, now=now)
    attempt = sit(enrollment=place, quiz_key="posttest", right=4, now=now)
    sign_in(learner)
    looked_at(page, f"/percobaan/{attempt.key}/hasil/", "hasil")

    assert page.get_by_text("Naik 50 angka.").count() == 1

"""Asking, answering and evaluating on a phone, by keys and without scripts."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from certificates.actions import issue_certificate
from courses.evaluations.actions import EvaluationContent, give_evaluation
from tests.e2e.axe import LAPTOP, PHONE, assert_accessible
from tests.factories import (
    World,
    enroll,
    finish_reading,
    make_course,
    make_person,
    make_reading,
    make_world,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-2")]
Opened = Callable[..., Page]


@pytest.fixture
def world(live_server: Any) -> World:
    """The usual world, in the real time that the site's own clock tells."""
    return make_world(now=timezone.now())


def look(page: Page) -> None:
    """Nothing is wrong for whoever hears the page, and nothing wider than it."""
    assert_accessible(page)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth + 1")


def test_a_question_finds_its_answer(world: World, opened: Opened) -> None:
    now, learner = timezone.now(), world.people["learner"]
    course = make_course(unit=world.agency, now=now)
    enroll(course=course, person=learner, now=now)
    her = opened(learner, viewport=PHONE)
    her.goto("/kursus/contoh/pelajaran/pelajaran-1/")
    look(her)
    her.emulate_media(media="print")
    ask = her.locator("a[href$='bagian=inti']")
    expect(ask).to_be_hidden()
    her.emulate_media(media="screen")
    ask.focus()
    her.keyboard.press("Enter")
    her.get_by_label("Pertanyaan atau laporan Anda").fill("Apa bedanya?")
    look(her)
    her.keyboard.press("Tab")
    her.keyboard.press("Enter")
    expect(her.get_by_text("Terkirim.")).to_be_visible()

    author = opened(world.people["author"], viewport=LAPTOP)
    author.goto("/studio/pertanyaan/")
    look(author)
    author.get_by_role("link", name="Apa bedanya?").click()
    author.get_by_label("Jawaban Anda").fill("Yang satu wajib.")
    author.get_by_label("Tampilkan bagi peserta lain").check()
    look(author)
    author.get_by_role("button", name="Kirim jawaban").click()
    expect(author.get_by_text("Jawaban terkirim.")).to_be_visible()

    her.goto("/pemberitahuan/")
    her.get_by_role("button", name="menjawab Anda").click()
    expect(her.get_by_text("Yang satu wajib.")).to_be_visible()
    look(her)
    her.goto("/kursus/contoh/pelajaran/pelajaran-1/tanya/")
    expect(her.get_by_text("Yang satu wajib.")).to_be_visible()
    look(her)


def test_an_evaluation_is_filled_in_without_scripts(
    world: World, opened: Opened
) -> None:
    now = timezone.now()
    course = make_reading(unit=world.agency, now=now, key="ringan")
    people = [make_person(unit=world.section, now=now) for _one in range(4)]
    for person in [*people, world.people["learner"]]:
        place = finish_reading(course=course, person=person, now=now)
        issue_certificate(enrollment_id=place.pk, by=None, now=now)
        if person in people:
            give_evaluation(
                enrollment_id=place.pk,
                form_number=1,
                content=EvaluationContent([4, 5, 4, 3, 5, 4], ["Contohnya.", ""]),
                chance=random.Random(place.pk),
            )
    her = opened(world.people["learner"], viewport=PHONE, java_script_enabled=False)
    her.goto("/kursus/ringan/")
    her.get_by_role("link", name="Isi evaluasi").click()
    for choice in her.get_by_role("radio", name="Setuju", exact=True).all():
        choice.check()
    her.get_by_label("Apa yang perlu diperbaiki?").fill("Lebih banyak contoh.")
    her.get_by_role("button", name="Kirim tanpa nama").click()
    expect(her.get_by_text("tersimpan tanpa nama")).to_be_visible()
    expect(her.get_by_role("link", name="Isi evaluasi")).to_be_hidden()

    for viewport in (PHONE, LAPTOP):
        author = opened(world.people["author"], viewport=viewport)
        author.goto("/studio/ringan/evaluasi/")
        expect(author.get_by_text("5 jawaban")).to_be_visible()
        look(author)
    admin = opened(world.people["admin"], viewport=PHONE)
    for url in (
        f"/sdm/evaluasi/formulir/{world.agency.pk}/",
        "/sdm/laporan/evaluasi-pelatihan/",
        "/sdm/evaluasi/ringan/",
    ):
        admin.goto(url)
        look(admin)

"""Somebody asks for her data to rest, HR answers, and the admin reads who did it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.actions import data_requests
from tests.e2e.axe import LAPTOP, PHONE, assert_accessible
from tests.e2e.test_course_from_nothing import world
from tests.factories import make_person

__all__ = ["world"]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-2")]
_WIDER = "document.body.scrollWidth - document.documentElement.clientWidth"


def assert_fits(page) -> None:
    """Assert that the page is sound, and no wider than the screen."""
    assert_accessible(page)
    assert page.evaluate(_WIDER) <= 0


def test_from_her_page_by_the_queue_to_the_trail(world, opened):
    learner, hr, admin = (world.people[one] for one in ("learner", "hr", "admin"))
    late = make_person(unit=world.office, now=timezone.now(), name="Dewi Terlambat")
    data_requests.ask_about_data(
        person=late,
        kind="correction",
        words="Gelar saya S.Sos., bukan S.E.",
        now=timezone.now() - timedelta(hours=77),
    )
    her = opened(learner, viewport=PHONE)
    her.goto("/akun/data/permintaan/")
    her.get_by_label("Pembatasan pemrosesan").check()
    her.get_by_role("button", name="Kirim permintaan").click()
    expect(her.get_by_text("Menunggu jawaban")).to_be_visible()
    assert_fits(her)

    officer = opened(hr, viewport=LAPTOP)
    officer.goto("/sdm/permintaan-data/")
    expect(officer.get_by_text("Lewat tenggat 5 jam")).to_be_visible()
    assert_fits(officer)
    officer.get_by_role("link", name="Sari Percobaan").click()
    assert_fits(officer)
    officer.get_by_role("button", name="Kabulkan").click()
    expect(officer.get_by_text("Pegawainya diberi tahu")).to_be_visible()
    her.reload()
    expect(her.get_by_role("button", name="Cabut pembatasan")).to_be_visible()

    for viewport in (LAPTOP, PHONE):
        reader = opened(admin, viewport=viewport)
        reader.goto("/sdm/aktivitas/?kejadian=permintaan")
        expect(reader.get_by_text("Pemrosesan data dibatasi").first).to_be_visible()
        assert_fits(reader)

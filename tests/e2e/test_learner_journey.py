"""From signing in to a certificate that anybody can verify, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import assert_accessible
from tests.e2e.people import CONTENT, answer_attempt, graded_questions
from tests.e2e.running import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
COURSE = "pola-pikir-digital"


def test_a_learner_earns_a_certificate_that_verifies(site, phone):
    questions = graded_questions(CONTENT / "k01-pola-pikir-digital")
    phone.goto(f"{site.url}/masuk/")
    assert_accessible(phone)
    sign_in(phone, site, "learner")
    assert_accessible(phone)

    phone.goto(f"{site.url}/kursus/")
    assert_accessible(phone)
    phone.goto(f"{site.url}/kursus/{COURSE}/")
    phone.get_by_role("button", name="Ikuti kursus").click()
    assert_accessible(phone)

    phone.get_by_role("link", name="Kerjakan pre-test").first.click()
    assert_accessible(phone)
    phone.locator("form[action$='/mulai/'] button").click()
    assert_accessible(phone)
    answer_attempt(phone, questions, wrong=4)
    assert_accessible(phone)
    phone.locator("form button.btn-primary").last.click()
    phone.wait_for_url("**/hasil/")
    assert_accessible(phone)

    phone.goto(f"{site.url}/kursus/{COURSE}/")
    phone.get_by_role("link", name="Mulai pelajaran").first.click()
    for _lesson in range(4):
        assert_accessible(phone)
        lesson = phone.url
        phone.locator("form[action$='/selesai/'] button").click()
        phone.wait_for_url(lambda url, lesson=lesson: url != lesson)

    phone.goto(f"{site.url}/kursus/{COURSE}/")
    assert_accessible(phone)
    phone.get_by_role("link", name="Kerjakan post-test").first.click()
    phone.locator("form[action$='/mulai/'] button").click()
    answer_attempt(phone, questions, wrong=1)
    phone.locator("form button.btn-primary").last.click()
    phone.wait_for_url("**/hasil/")
    expect(phone.locator("h1")).to_contain_text("Anda lulus")
    assert_accessible(phone)

    _wait_for_certificate(phone, site)
    assert_accessible(phone)
    with phone.expect_download() as download:
        phone.locator("a[href$='/unduh/']").first.click()
    pdf = download.value.path().read_bytes()
    assert pdf.startswith(b"%PDF")
    assert b"/ByteRange" in pdf

    verify_url = phone.locator("a[href^='/verifikasi/']").first.get_attribute("href")
    stranger = phone.context.browser.new_context().new_page()
    stranger.goto(site.url + verify_url)
    expect(stranger.locator("h1")).to_contain_text("asli", ignore_case=True)
    assert_accessible(stranger)
    stranger.context.close()


def _wait_for_certificate(page, site) -> None:
    for _ in range(240):
        page.goto(f"{site.url}/sertifikat/")
        if page.locator("a[href$='/unduh/']").count():
            return
        page.wait_for_timeout(250)
    raise AssertionError("The certificate did not come.")


def test_a_stranger_is_told_that_a_code_is_unknown(site, phone):
    phone.goto(f"{site.url}/verifikasi/AAAAA-AAAAA/")

    expect(phone.locator("h1")).to_contain_text("tidak ditemukan", ignore_case=True)
    assert_accessible(phone)

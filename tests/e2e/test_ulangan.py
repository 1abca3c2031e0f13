"""A question comes back: from a wrong answer in a lesson to Ulangan, on a phone."""

import re
import sqlite3
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.e2e.axe import PHONE, assert_accessible
from tests.e2e.running import Site, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
# Not the one of the journey to a certificate, who joins it on the same site.
COURSE = "satu-data"
CHECKS = 3


def days_pass(site: Site) -> None:
    """Let every card of the site have been due since yesterday."""
    yesterday = (timezone.now() - timedelta(days=1)).replace(tzinfo=None)
    with sqlite3.connect(site.var / "melek.sqlite3", timeout=30) as database:
        database.execute(
            "UPDATE quizzes_reviewcard SET due_at = ?", [yesterday.isoformat(" ")]
        )


def cards_due(site: Site) -> int:
    """Return how many cards wait: those of this journey, and of others before it."""
    with sqlite3.connect(site.var / "melek.sqlite3", timeout=30) as database:
        now = timezone.now().replace(tzinfo=None).isoformat(" ")
        count = "SELECT count(*) FROM quizzes_reviewcard WHERE due_at < ?"
        return int(database.execute(count, [now]).fetchone()[0])


def answer_checks(page: Any, site: Site) -> None:
    """Join the course and answer the checks of its lessons, whatever is first."""
    page.goto(f"{site.url}/kursus/{COURSE}/")
    join = page.get_by_role("button", name="Ikuti kursus")
    if join.count():
        join.click()
    page.goto(f"{site.url}/kursus/{COURSE}/")
    links = page.locator(f"a[href*='/kursus/{COURSE}/pelajaran/']")
    hrefs = {link.get_attribute("href").split("#")[0] for link in links.all()}
    answered = 0
    for href in sorted(hrefs):
        page.goto(site.url + href)
        for form in page.locator("form.m-check").all():
            answer(form)
            page.wait_for_selector(f"#{form.get_attribute('id')} .m-feedback")
            answered += 1
            if answered == CHECKS:
                return


def answer(form: Any) -> None:
    """Say something at every place of a question and send it, by keyboard."""
    names = {
        one.get_attribute("name") for one in form.locator("input[type=radio]").all()
    }
    for name in names:
        form.locator(f"input[name='{name}']").first.focus()
        form.page.keyboard.press("Space")
    for box in form.locator("input[type=checkbox]").all()[:1]:
        box.focus()
        form.page.keyboard.press("Space")
    for place in form.locator("select").all():
        if place.is_visible():
            place.select_option(index=1)
    for typed in form.locator("input[type=text]").all():
        typed.fill("1")
    form.locator("button:not([type=button])").last.focus()
    form.page.keyboard.press("Enter")


@pytest.fixture
def learned(site: Site, phone: Any) -> Any:
    """The page of somebody who practised some days ago."""
    sign_in(phone, site, "learner")
    answer_checks(phone, site)
    days_pass(site)
    return phone


def test_what_was_practised_comes_back_three_at_a_time(site, learned):
    page = learned
    page.goto(f"{site.url}/")
    invitation = page.locator(".m-home-review a")
    expect(invitation).to_contain_text("Ulangan:")
    assert_accessible(page)
    invitation.click()

    total = int(re.search(r"dari (\d)", page.locator(".m-check-cap").inner_text())[1])
    for number in range(1, total + 1):
        expect(page.locator("#ulangan")).to_contain_text(f"Soal {number} dari {total}")
        assert_accessible(page)
        answer(page.locator("#ulangan form"))
        expect(page.locator("#ulangan .m-feedback[role=status]")).to_be_focused()
        assert_accessible(page)
        page.locator("#ulangan .btn-primary").click()

    expect(page.locator("h1")).to_contain_text("Selesai untuk sekarang")
    assert_accessible(page)
    left = cards_due(site)
    page.get_by_role("link", name="Kembali ke beranda").click()
    page.wait_for_url(f"{site.url}/")
    expect(page.locator(".m-home-review")).to_have_count(int(left > 0))


def test_a_round_works_without_javascript_and_can_be_switched_off(
    site, learned, browser
):
    context = browser.new_context(
        viewport=PHONE,
        locale="id-ID",
        java_script_enabled=False,
        storage_state=learned.context.storage_state(),
    )
    page = context.new_page()
    page.goto(f"{site.url}/ulangan/")
    answer(page.locator("#ulangan form"))
    page.wait_for_url("**/ulangan/soal/**")
    expect(page.locator("#ulangan .m-feedback")).to_have_count(1)

    page.goto(f"{site.url}/ulangan/pengaturan/")
    page.get_by_label("Mati sampai saya aktifkan lagi").check()
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_load_state()
    page.goto(f"{site.url}/")
    expect(page.locator(".m-home-review")).to_have_count(0)
    page.goto(f"{site.url}/ulangan/")
    expect(page.locator("main")).to_contain_text("Ulangan sedang mati.")

    page.goto(f"{site.url}/ulangan/pengaturan/")
    page.get_by_label("Aktif:").check()
    page.get_by_role("button", name="Simpan").click()
    context.close()

"""A key is made on a telephone, and lets in: a real browser with a device."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.actions import set_password
from tests.accounts.test_login import PASSWORD
from tests.e2e.axe import assert_accessible
from tests.factories import make_world

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-2")]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


def test_a_key_is_made_and_lets_in_as_the_only_step(
    page: Any, context: Any, transactional_db: None
) -> None:
    person = make_world(now=timezone.now()).people["learner"]
    set_password(person=person, password=PASSWORD, by=None, now=timezone.now())
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    made = devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    which = {"authenticatorId": made["authenticatorId"]}

    page.goto("/masuk/?next=/akun/")
    page.get_by_label("NIP").fill(person.nip)
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.get_by_role("link", name="Verifikasi dua langkah").click()
    page.get_by_role("link", name="Tambah kunci sandi").click()
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Lanjutkan").click()
    assert_accessible(page)
    # Whoever takes her finger away is told, and presses again.
    devices.send("WebAuthn.setUserVerified", {**which, "isUserVerified": False})
    page.get_by_role("button", name="Buat kunci sandi").click()
    expect(page.get_by_text("belum memberi kunci sandi")).to_be_visible()
    devices.send("WebAuthn.setUserVerified", {**which, "isUserVerified": True})
    page.get_by_role("button", name="Buat kunci sandi").click()
    expect(page.get_by_role("heading", name="Kode cadangan")).to_be_visible()
    page.goto("/langkah-kedua/")
    expect(page.get_by_text("belum dipakai")).to_be_visible()
    assert_accessible(page)

    context.clear_cookies()
    page.goto("/masuk/?next=/langkah-kedua/")
    assert_accessible(page)
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    page.wait_for_url("**/langkah-kedua/")
    expect(page.get_by_text("terakhir dipakai")).to_be_visible()

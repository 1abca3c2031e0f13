"""In with the account of the agency in a real browser, at a real provider, and out."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from tests.accounts.single_sign_on.conftest import provider, running_provider
from tests.accounts.single_sign_on.provider import Provider
from tests.e2e.axe import assert_accessible
from tests.factories import make_world

__all__ = ["provider", "running_provider"]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-2")]
EMAIL = "siti@contoh.go.id"


@pytest.fixture
def siti(transactional_db: None, settings: Any, live_server: Any) -> User:
    """A learner whose address HR has noted."""
    settings.PUBLIC_URL = live_server.url
    person = make_world(now=timezone.now()).people["learner"]
    person.email = EMAIL
    person.save(update_fields=["email"])
    return person


def approve(page: Any, subject: str) -> None:
    """Sign in at the provider."""
    page.fill("[name=sub]", subject)
    page.get_by_role("button", name="Authorize").click()


def test_in_by_the_provider_out_at_both_ends_and_kindly_without_it(
    page: Any, provider: Provider, siti: User
) -> None:
    provider.say("kc-1", nip=siti.nip, email=EMAIL, email_verified=True)
    provider.say("kc-2", nip=siti.nip, email=EMAIL, email_verified=True)

    page.goto("/masuk/?next=/akun/")
    assert_accessible(page)
    page.get_by_role("link", name="Masuk dengan akun instansi").click()
    approve(page, "kc-1")
    page.wait_for_url("**/akun/")
    expect(page.get_by_text(siti.full_name).first).to_be_visible()

    page.goto("/keluar/")
    page.get_by_role("button", name="Keluar").click()
    expect(page.get_by_role("heading", name="Anda sudah keluar")).to_be_visible()
    assert_accessible(page)
    end = page.get_by_role("link", name="Keluar dari akun instansi")
    assert end.get_attribute("href").startswith(provider.issuer)

    # Another account of the provider with the same number is not she.
    page.goto("/masuk/sso/")
    approve(page, "kc-2")
    expect(page.get_by_text("sudah tertaut")).to_be_visible()
    assert_accessible(page)

    provider.stop()
    page.goto("/masuk/sso/")
    expect(page.get_by_role("heading", name="tidak menjawab")).to_be_visible()
    page.get_by_role("link", name="Kembali ke halaman masuk").click()
    expect(page.get_by_label("Kata sandi")).to_be_visible()

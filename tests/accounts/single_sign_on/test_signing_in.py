"""In with the account of the agency at a real provider: linked once, then known."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone

from accounts import actions
from accounts.models import AuditRecord, User
from tests.accounts.single_sign_on.provider import Provider, path_of
from tests.factories import make_world

EMAIL = "siti@contoh.go.id"


@pytest.fixture
def siti(db, settings) -> User:
    """A person whose number and address HR has noted, in a world whose clock runs."""
    settings.PUBLIC_URL = "http://testserver"
    person = make_world(now=timezone.now()).people["learner"]
    person.email = EMAIL
    person.save(update_fields=["email"])
    return person


def come(provider: Provider, subject: str, *, to: str = "", browser=None):
    """Go to the provider and back as `subject`; return browser and last answer."""
    browser = browser or Client()
    leaving = browser.get("/masuk/sso/", {"next": to} if to else {})
    assert leaving.status_code == 302, leaving.content.decode()
    back = provider.approve(leaving["Location"], subject)
    return browser, browser.get(path_of(back))


def is_in(browser: Client, person: User) -> bool:
    return browser.session.get("_auth_user_id") == str(person.pk)


def trail(verb: str) -> list[AuditRecord]:
    return list(AuditRecord.objects.filter(verb=verb))


def hers(person: User) -> dict[str, object]:
    return {"nip": person.nip, "email": EMAIL, "email_verified": True, "name": "Siti"}


# --- let in ------------------------------------------------------------------------
def test_the_first_match_links_and_the_second_sign_in_needs_none(provider, siti):
    provider.say("kc-1", **hers(siti))
    first, _answer = come(provider, "kc-1")
    provider.say("kc-1", nickname="no number any more")

    second, _answer = come(provider, "kc-1")

    assert is_in(first, siti)
    assert is_in(second, siti)
    (link,) = SocialAccount.objects.all()
    assert (link.user, link.extra_data) == (siti, {})
    assert "kc-1" not in link.uid
    (record,) = trail("accounts.sso.linked")
    assert (record.actor_id, record.object_id) == (siti.pk, siti.pk)
    assert len(trail("accounts.sign_in.succeeded")) == 2


def test_she_comes_to_where_she_wanted_and_to_no_other_site(provider, siti):
    provider.say("kc-1", **hers(siti))

    _browser, ours = come(provider, "kc-1", to="/akun/")
    _browser, others = come(provider, "kc-1", to="https://jahat.example/")

    assert ours["Location"] == "/akun/"
    assert others["Location"] == "/"


def test_the_login_page_offers_both_ways(provider, siti):
    html = Client().get("/masuk/?next=/akun/").content.decode()

    assert 'href="/masuk/sso/?next=/akun/"' in html
    assert 'name="password"' in html


def test_without_a_provider_there_is_no_such_way(db):
    assert "/masuk/sso/" not in Client().get("/masuk/").content.decode()


def test_keys_that_were_changed_are_fetched(provider, siti):
    provider.say("kc-1", **hers(siti))
    come(provider, "kc-1")
    provider.stop()
    provider.start()

    browser, _answer = come(provider, "kc-1")

    assert is_in(browser, siti)


def test_on_the_way_out_the_provider_is_named(provider, siti):
    provider.say("kc-1", **hers(siti))
    browser, _answer = come(provider, "kc-1")

    out = browser.post("/keluar/", follow=True)

    assert out.redirect_chain == [("/keluar/sso/", 302)]
    assert (
        f"{provider.issuer}/oauth2/end_session?client_id=melek" in out.content.decode()
    )
    assert "_auth_user_id" not in browser.session


def test_whoever_came_with_a_password_is_shown_no_other_way_out(provider, siti):
    browser = Client()
    browser.force_login(siti)

    assert browser.post("/keluar/")["Location"] == "/masuk/"


# --- kept out ----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("claims", "reason", "words"),
    [
        ({"nip": None}, "no_number", "belum memuat NIP"),
        ({"nip": "196001011985031919"}, "unknown_number", "belum terdaftar"),
        ({"email_verified": False}, "not_proven", "belum terbukti"),
        ({"email": "budi@contoh.go.id"}, "not_proven", "belum terbukti"),
    ],
)
def test_what_proves_nothing_lets_nobody_in(provider, siti, claims, reason, words):
    provider.say("kc-1", **{**hers(siti), **claims})

    browser, answer = come(provider, "kc-1")

    assert answer.status_code == 403
    assert words in answer.content.decode()
    assert siti.nip not in answer.content.decode()
    assert "_auth_user_id" not in browser.session
    assert not SocialAccount.objects.exists()
    (record,) = trail("accounts.sso.refused")
    assert record.detail["reason"] == reason


def test_a_number_that_is_linked_already_is_not_linked_again(provider, siti):
    provider.say("kc-1", **hers(siti))
    provider.say("kc-2", **hers(siti))
    come(provider, "kc-1")

    browser, answer = come(provider, "kc-2")

    assert "sudah tertaut" in answer.content.decode()
    assert "_auth_user_id" not in browser.session
    assert SocialAccount.objects.count() == 1


def test_an_account_that_names_somebody_elses_number_by_now_is_kept_out(provider, siti):
    provider.say("kc-1", **hers(siti))
    come(provider, "kc-1")
    other = User.objects.exclude(pk=siti.pk).exclude(nip=None).first()
    provider.say("kc-1", **{**hers(siti), "nip": other.nip})

    browser, answer = come(provider, "kc-1")

    assert "NIP orang lain" in answer.content.decode()
    assert "_auth_user_id" not in browser.session


def test_an_account_that_was_closed_here_stays_closed(provider, siti):
    provider.say("kc-1", **hers(siti))
    actions.set_active(person=siti, is_active=False, by=None, now=timezone.now())

    browser, answer = come(provider, "kc-1")

    assert answer["Location"] == "/tidak-aktif/"
    assert "_auth_user_id" not in browser.session


def test_an_answer_that_nobody_asked_for_lets_nobody_in(provider, siti):
    provider.say("kc-1", **hers(siti))
    leaving = Client().get("/masuk/sso/")
    stolen = path_of(provider.approve(leaving["Location"], "kc-1"))

    browser = Client()
    answer = browser.get(stolen)

    assert answer.status_code == 503
    assert "_auth_user_id" not in browser.session


def test_a_provider_that_is_down_is_told_kindly_with_another_way(provider, siti):
    leaving = Client()
    provider.say("kc-1", **hers(siti))
    asked = leaving.get("/masuk/sso/")
    back = path_of(provider.approve(asked["Location"], "kc-1"))
    provider.stop()

    for answer in (leaving.get(back), Client().get("/masuk/sso/")):
        html = answer.content.decode()
        assert answer.status_code == 503
        assert "tidak menjawab" in html
        assert 'href="/masuk/"' in html


def test_whoever_says_no_at_the_provider_is_told_kindly(provider, siti):
    browser = Client()
    state = browser.get("/masuk/sso/")["Location"].partition("state=")[2]

    answer = browser.get(
        "/masuk/sso/kembali/",
        {"error": "access_denied", "state": state.partition("&")[0]},
    )

    assert answer.status_code == 503
    assert "Kembali ke halaman masuk" in answer.content.decode()


# --- newcomers ---------------------------------------------------------------------
def test_newcomers_are_taken_in_where_the_operator_says_into_which_unit(
    provider, siti, settings
):
    newcomer = {"nip": "199001012015011921", "name": "Ni’matul Ulya"}
    provider.say("kc-9", **newcomer)
    settings.ELEARNING_SSO_NEWCOMERS_UNIT = siti.unit.code
    settings.ELEARNING_ALLOW_TEST_NIP = True

    _browser, untrusted = come(provider, "kc-9")
    settings.ELEARNING_SSO_TRUSTS_NIP = True
    browser, _answer = come(provider, "kc-9")

    assert untrusted.status_code == 403
    person = User.objects.get(nip=newcomer["nip"])
    assert (person.name, person.unit) == ("Ni’matul Ulya", siti.unit)
    assert not person.has_usable_password()
    assert is_in(browser, person)


def test_whoever_is_forgotten_is_linked_to_nothing(provider, siti):
    provider.say("kc-1", **hers(siti))
    come(provider, "kc-1")
    admin = User.objects.filter(role_assignments__role="admin").first()

    actions.anonymise_person(person=siti, by=admin, now=timezone.now(), reason="x")

    assert not SocialAccount.objects.exists()

"""What was filled in is not lost with the session."""

import pytest
from django.test import Client

STUDIO = "/studio/contoh/pelajaran/pelajaran-1/"
LONG = "\nBaris satu & <b>dua</b>\n" + "Isi pelajaran. " * 20


@pytest.fixture
def stranger():
    """A browser whose session has ended."""
    return Client(enforce_csrf_checks=False)


def test_a_form_sent_after_the_session_shows_what_was_typed(db, stranger):
    answer = stranger.post(
        STUDIO,
        {"text": LONG, "command": "save", "title": "Judul"},
        headers={"Referer": "http://testserver" + STUDIO},
    )

    assert answer.status_code == 403
    assert "no-store" in answer["Cache-Control"]
    html = answer.content.decode()
    assert f'action="{STUDIO}"' in html
    assert "\n\nBaris satu &amp; &lt;b&gt;dua" in html
    assert '<input type="hidden" name="title" value="Judul">' in html
    assert '<input type="hidden" name="command" value="save">' in html
    assert f'href="/masuk/?next={STUDIO}"' in html


def test_a_form_without_content_leads_to_the_sign_in_page(db, stranger):
    answer = stranger.post("/kursus/contoh/ikuti/", headers={"Referer": "http://x/"})

    assert answer.status_code == 302
    assert answer["Location"] == "/masuk/?next=/"


def test_a_password_is_never_shown(db, stranger):
    start = "/kursus/contoh/kuis/posttest/mulai/"
    answer = stranger.post(start, {"password": "rahasia"})

    assert answer.status_code == 302


def _stale(client: Client, **headers: str):
    """Send a form with the token of an earlier sign-in."""
    client.cookies["csrftoken"] = "a" * 32
    form = {"text": LONG, "csrfmiddlewaretoken": "b" * 32}
    return client.post(STUDIO, form, headers=headers)


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}]
)
def test_a_form_older_than_the_sign_in_is_shown_once_more(world, headers):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["author"])

    answer = _stale(client, **headers)

    assert answer.status_code == 403
    html = answer.content.decode()
    assert "Baris satu" in html
    assert "Masuk lagi di tab baru" not in html
    assert html.count("csrfmiddlewaretoken") == 1


def test_a_form_of_another_site_is_not_shown(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["author"])

    for headers in (
        *({"Sec-Fetch-Site": site} for site in ("cross-site", "same-site", "none")),
        {"Origin": "https://jahat.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {},
    ):
        html = _stale(client, **headers).content.decode()
        assert "Baris satu" not in html
        assert "terlalu lama terbuka" in html

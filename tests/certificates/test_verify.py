"""The public page: genuine, revoked, replaced or unknown; and nothing more."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from certificates import actions
from certificates.verification_code import display
from courses.models import Enrollment
from tests.factories import complete


@pytest.fixture
def url(certificate) -> str:
    """Return the address in the QR code."""
    return f"/verifikasi/{display(certificate.code)}/"


def text_of(response) -> str:
    """Return the page's text with single spaces."""
    return " ".join(response.content.decode().split())


# --- four verdicts -----------------------------------------------------------------
def test_a_genuine_certificate_is_shown_to_anybody(client, certificate, url):
    response = client.get(url)

    page = response.context["page"]
    assert (response.status_code, page.verdict) == (200, "genuine")
    assert "Sertifikat ini asli" in text_of(response)
    facts = dict(page.facts)
    assert facts["Nama"] == "Sari Percobaan"
    assert facts["Pelatihan"] == "Bacaan ringan"
    assert facts["Nomor sertifikat"] == certificate.number
    assert facts["Tanggal terbit"] == "21 November 2026"


def test_a_replaced_certificate_leads_to_the_new_one(
    client, certificate, url, world, now
):
    new = actions.replace_certificate(
        certificate_id=certificate.pk,
        reason="Nama diperbaiki",
        by=world.people["admin"],
        now=now + timedelta(days=1),
    )

    page = client.get(url).context["page"]

    assert (page.verdict, page.headline) == (
        "replaced",
        "Sertifikat ini sudah diganti",
    )
    assert page.replaced_by_url == f"/verifikasi/{display(new.code)}/"
    assert f"22 November 2026 oleh sertifikat nomor {new.number}" in page.message


def test_a_revoked_certificate_says_when_and_why(client, certificate, url, world, now):
    # 23.30 UTC is already the next day in Jakarta.
    actions.revoke_certificate(
        certificate_id=certificate.pk,
        reason="mistake",
        note="Nama orang ketiga tidak boleh tampil.",
        by=world.people["admin"],
        now=datetime(2026, 11, 24, 23, 30, tzinfo=UTC),
    )

    response = client.get(url)

    page = response.context["page"]
    assert (page.verdict, page.headline) == ("revoked", "Sertifikat ini dicabut")
    assert page.message == ("Dicabut 25 November 2026: diterbitkan karena kekeliruan.")
    assert "orang ketiga" not in text_of(response)


def test_a_replacement_of_the_night_has_the_date_of_the_issuer(
    client, certificate, url, world
):
    actions.replace_certificate(
        certificate_id=certificate.pk,
        reason="Nama diperbaiki",
        by=world.people["admin"],
        now=datetime(2026, 11, 24, 23, 30, tzinfo=UTC),
    )

    assert "Diganti 25 November 2026" in client.get(url).context["page"].message


def test_anything_else_is_unknown_in_the_same_words(client, certificate):
    for code in ("00000-00000", "x", "%00", "é", "A" * 200, "7KQ4M-2XD9", "U" * 10):
        response = client.get(f"/verifikasi/{code}/")
        assert response.status_code == 404
        assert response.context["page"].headline == "Kode tidak ditemukan"


# --- what people type --------------------------------------------------------------
def test_what_people_misread_finds_the_certificate(client, certificate):
    code = certificate.code
    typed = code.lower().replace("0", "o").replace("1", "l")

    for spelling in (
        code,
        typed,
        f" {code[:5]} - {code[5:]} ",
        typed.replace("l", "i"),
    ):
        response = client.get("/verifikasi/", {"kode": spelling})
        assert response["Location"] == f"/verifikasi/{display(code)}/"


def test_what_cannot_be_a_code_is_explained(client, db):
    for typed in ("abc", "", "é" * 10, "0" * 41, "12345-6789U"):
        response = client.get("/verifikasi/", {"kode": typed})
        assert response.status_code == 200
        assert response.context["form"].errors


def test_the_page_asks_for_a_code(client, db):
    response = client.get("/verifikasi/")

    assert response.status_code == 200
    assert not response.context["form"].is_bound


# --- former hosts ------------------------------------------------------------------
@pytest.fixture
def moved(certificate, settings) -> str:
    """The site has another address by now; return the old one's host."""
    settings.PUBLIC_URL = "https://baru.contoh.example"
    settings.ALLOWED_HOSTS = ["baru.contoh.example", "testserver"]
    return "melek.contoh.example"


def test_an_old_qr_code_leads_to_the_new_address(client, url, moved):
    response = client.get(url, headers={"Host": moved})

    assert response.status_code == 302
    assert response["Location"] == f"https://baru.contoh.example{url}"


@pytest.mark.parametrize("host", ["palsu.example", "melek.contoh.example:8443", ""])
def test_a_host_that_was_never_ours_is_refused(client, url, moved, host):
    assert client.get(url, headers={"Host": host or "\x00"}).status_code == 400


def test_a_former_host_serves_nothing_else(client, db, moved):
    for page in ("/masuk/", "/", "/verifikasi"):
        assert client.get(page, headers={"Host": moved}).status_code == 400


def test_the_page_says_that_the_printed_address_was_ours(client, url, moved):
    assert "tercetak alamat melek.contoh.example" in text_of(client.get(url))


def test_the_printed_address_is_not_explained_while_it_is_todays(client, url):
    assert "tercetak alamat" not in text_of(client.get(url))


def test_a_pasted_address_of_ours_is_read_and_another_one_named(
    client, certificate, url, moved
):
    for start in (
        "https://melek.contoh.example",
        "melek.contoh.example",
        "https://baru.contoh.example",
    ):
        response = client.get("/verifikasi/", {"kode": start + url})
        assert response["Location"] == url

    page = client.get("/verifikasi/", {"kode": f"https://palsu.example{url}"})
    assert "palsu.example tidak pernah dipakai" in text_of(page)


def test_a_file_saved_anew_is_not_called_false(client, url):
    assert "itu belum berarti palsu" in text_of(client.get(url))


# --- what is not said --------------------------------------------------------------
def test_neither_score_nor_whole_number_is_public(client, course, learner, now):
    learner.email = "sari@contoh.example"
    learner.save(update_fields=["email"])
    place = complete(course=course, person=learner, now=now)
    Enrollment.objects.filter(pk=place.pk).update(final_percent="87.65")
    certificate = actions.issue_certificate(enrollment_id=place.pk, by=None, now=now)
    assert certificate.data["predikat"] == "Memuaskan"

    html = text_of(client.get(f"/verifikasi/{certificate.code}/"))

    secrets = ["87,65", "87.65", "Memuaskan", learner.nip, "sari@contoh.example"]
    secrets += [f"{learner.nip[:8]} {learner.nip[8:14]}", learner.nip[:8]]
    assert [secret for secret in secrets if secret in html] == []
    assert learner.nip[-3:] in html


def test_the_page_is_not_kept_and_not_indexed(client, url):
    response = client.get(url)

    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"


def test_the_page_needs_no_session(client, url):
    client.get(url)

    assert "sessionid" not in client.cookies


def test_an_erased_persons_certificate_still_verifies(
    client, certificate, url, learner, world, now
):
    from accounts.actions import anonymise_person

    anonymise_person(
        person=learner, by=world.people["admin"], now=now, reason="permintaan"
    )

    assert client.get(url).context["page"].verdict == "genuine"


# --- the limit ---------------------------------------------------------------------
def test_nobody_tries_codes_by_the_hundred(client, certificate, url, clock, now):
    answers = [client.get(url).status_code for _ in range(61)]
    assert answers == [200] * 60 + [429]

    clock.move_to(now + timedelta(seconds=61))
    assert client.get(url).status_code == 200


def test_the_limit_counts_an_address_not_everybody(client, certificate, url):
    for _ in range(61):
        client.get(url)

    other = client.get(url, REMOTE_ADDR="203.0.113.9")

    assert other.status_code == 200


def test_an_address_that_the_browser_claims_is_not_believed(client, certificate, url):
    answers = {
        client.get(url, headers={"X-Forwarded-For": f"203.0.113.{n}"}).status_code
        for n in range(61)
    }

    assert 429 in answers
    cache.clear()

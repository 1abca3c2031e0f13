"""The public page: genuine, revoked, replaced or unknown; and nothing more."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from accounts.nip import format_nip
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
    secrets += [format_nip(learner.nip), learner.nip[:8]]
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

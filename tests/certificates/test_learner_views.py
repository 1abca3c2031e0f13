"""The person's own certificates: the list, the file, and who may have it."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import AuditRecord
from certificates import actions
from certificates.models import Certificate, Revocation
from certificates.verification_code import display
from courses.models import Course
from tests.factories import finish_reading, make_reading
from tests.queries import assert_same_queries


@pytest.fixture
def her(client_of, learner):
    """Return the learner's browser."""
    return client_of(learner)


@pytest.fixture
def released(certificate, now, signing_key) -> Certificate:
    """The learner's certificate with its file."""
    actions.store_pdf(certificate_id=certificate.pk, now=now)
    return certificate


def download(browser, certificate: Certificate):
    """Ask for the file."""
    return browser.get(f"/sertifikat/{display(certificate.code)}/unduh/")


def rows(browser):
    """Return what the list shows."""
    return browser.get("/sertifikat/").context["page"].rows


def test_a_certificate_is_shared_by_its_public_link(released, her):
    (row,) = rows(her)

    assert row.public_url == released.data["verify_url"]
    assert row.message_url.startswith("https://wa.me/?text=Sertifikat+saya")
    assert "Bagikan lewat WhatsApp" in her.get("/sertifikat/").text


def test_what_was_revoked_is_not_shared(released, world, her, now):
    actions.revoke_certificate(
        certificate_id=released.pk,
        reason=Revocation.Reason.values[0],
        note="",
        by=world.people["hr"],
        now=now,
    )

    (row,) = rows(her)
    assert (row.public_url, row.message_url) == ("", "")


# --- the list ----------------------------------------------------------------------
def test_a_course_just_finished_is_shown_as_on_its_way(finished, her):
    (row,) = rows(her)

    assert (row.status, row.number, row.download_url) == ("preparing", "", None)


def test_nobody_is_told_for_ever_that_it_takes_a_minute(finished, her, clock, now):
    assert "kurang dari satu menit" in her.get("/sertifikat/").text

    clock.move_to(now + timedelta(minutes=16))

    page = her.get("/sertifikat/")
    assert "kurang dari satu menit" not in page.text
    assert "Pembuatan sertifikat ini tertunda" in page.text


def test_the_list_names_the_day_that_is_printed(world, learner, her, now):
    learner.time_zone = "Asia/Jayapura"
    learner.save(update_fields=["time_zone"])
    # 00.30 on the next day in Jayapura, where she looks; the issuer is in Jakarta.
    night = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
    course = make_reading(unit=world.agency, now=now, key="malam")
    place = finish_reading(course=course, person=learner, now=night - timedelta(days=1))
    actions.issue_certificate(enrollment_id=place.pk, by=None, now=night)

    assert "Terbit 20 November 2026" in her.get("/sertifikat/").text


def test_a_certificate_without_its_file_is_still_on_its_way(certificate, her):
    (row,) = rows(her)

    assert (row.status, row.number) == ("preparing", certificate.number)


def test_a_certificate_with_its_file_can_be_downloaded(released, her):
    response = her.get("/sertifikat/")

    (row,) = response.context["page"].rows
    assert (row.status, row.jp) == ("active", 1)
    assert row.download_url in response.content.decode()


def test_what_was_revoked_or_replaced_says_so(released, world, her, now):
    admin = world.people["admin"]
    new = actions.replace_certificate(
        certificate_id=released.pk, reason="x", by=admin, now=now
    )
    actions.revoke_certificate(
        certificate_id=new.pk, reason="request", note="", by=admin, now=now
    )

    assert {row.code: row.status for row in rows(her)} == {
        display(released.code): "replaced",
        display(new.code): "revoked",
    }


def test_nobody_sees_somebody_elses_certificates(released, client_of, world):
    assert rows(client_of(world.outsider)) == []


def test_the_list_asks_no_more_for_more_certificates(world, learner, her, now):
    def grow(count: int) -> None:
        first = Course.objects.count()
        for number in range(first, first + count):
            course = make_reading(unit=world.agency, now=now, key=f"k{number}")
            place = finish_reading(course=course, person=learner, now=now)
            if number % 3:
                actions.issue_certificate(enrollment_id=place.pk, by=None, now=now)

    assert_same_queries(her, "/sertifikat/", grow, few=3, many=12)


# --- the file ----------------------------------------------------------------------
def test_the_owner_gets_her_file(released, her):
    response = download(her, released)

    assert response["Content-Type"] == "application/pdf"
    assert "sertifikat-bacaan-ringan.pdf" in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    record = AuditRecord.objects.get(verb="certificates.certificate.downloaded")
    assert (record.actor_id, record.object_id) == (released.person_id, released.pk)


def test_hr_of_her_unit_gets_it_and_other_roles_do_not(released, client_as):
    def code(role: str) -> int:
        response = download(client_as(role), released)
        list(response)
        return response.status_code

    expected = {"hr": 200, "admin": 200, "author": 404, "reviewer": 404}
    assert {role: code(role) for role in expected} == expected


def test_hr_of_another_unit_does_not_get_it(released, world, client_of, now):
    from accounts.actions import assign_role

    assign_role(
        person=world.outsider, unit=world.other_agency, role="hr", by=None, now=now
    )

    assert download(client_of(world.outsider), released).status_code == 404


def test_a_certificate_without_file_is_not_found(certificate, her):
    assert download(her, certificate).status_code == 404


def test_an_unknown_code_is_not_found(finished, her):
    for code in ("00000-00000", "x", "é", "%00"):
        assert her.get(f"/sertifikat/{code}/unduh/").status_code == 404

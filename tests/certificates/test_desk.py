"""HR's pages about certificates: what failed, and two people for every correction."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.actions import assign_role
from accounts.models import AuditRecord
from certificates import actions, correcting, work
from certificates.exceptions import CertificateNotRevocable, CorrectionNotAccepted
from certificates.models import Certificate, CertificateWork, Correction
from certificates.selectors import verdict_on
from certificates.verification_code import display
from tests.factories import finish_reading, make_person, make_reading
from tests.queries import assert_same_queries

DESK = "/sdm/sertifikat/"


@pytest.fixture
def hr(world):
    """Whoever asks."""
    return world.people["hr"]


@pytest.fixture
def second(world, now):
    """Another one of HR, of the same units."""
    person = make_person(unit=world.agency, now=now, name="Kedua")
    assign_role(person=person, unit=world.agency, role="hr", by=None, now=now)
    return person


def ask(certificate, by, now, kind="revoke", reason="mistake") -> Correction:
    """Ask for something to happen to a certificate."""
    return correcting.ask_correction(
        certificate_id=certificate.pk,
        kind=kind,
        reason=reason if kind == "revoke" else "",
        note="Surat 12/2026",
        by=by,
        now=now,
    )


def confirm(correction, by, now) -> Correction:
    """Say yes."""
    return correcting.confirm_correction(correction_id=correction.pk, by=by, now=now)


def decline(correction, by, now) -> Correction:
    """Say no."""
    return correcting.decline_correction(correction_id=correction.pk, by=by, now=now)


def fail_to_make(finished, now) -> CertificateWork:
    """Let the certificate fail for a letter in the name."""
    finished.person.name = "Sari 王"
    finished.person.save(update_fields=["name"])
    work.make_certificate(enrollment_id=finished.pk, now=now)
    return CertificateWork.objects.get(enrollment=finished)


# --- two people --------------------------------------------------------------------
def test_asking_changes_nothing_yet(certificate, hr, now):
    ask(certificate, hr, now)

    assert verdict_on(certificate.code).verdict == "genuine"
    records = AuditRecord.objects.filter(verb="certificates.correction.asked")
    assert [row.actor_id for row in records] == [hr.pk]


def test_a_second_person_revokes_and_both_stand_in_the_audit(
    certificate, hr, second, now
):
    correction = ask(certificate, hr, now)

    confirm(correction, second, now + timedelta(hours=1))
    confirm(correction, second, now + timedelta(hours=2))

    assert verdict_on(certificate.code).verdict == "revoked"
    certificate.refresh_from_db()
    assert certificate.revocation.revoked_by == second
    verbs = AuditRecord.objects.filter(verb__startswith="certificates.")
    assert list(verbs.order_by("pk").values_list("verb", "actor_id"))[1:] == [
        ("certificates.correction.asked", hr.pk),
        ("certificates.correction.confirmed", second.pk),
        ("certificates.certificate.revoked", second.pk),
    ]


def test_a_second_person_replaces(certificate, hr, second, now):
    confirm(ask(certificate, hr, now, kind="replace"), second, now)

    new = Certificate.objects.current().get()
    assert (new.replaces, new.reason) == (certificate, "Surat 12/2026")


def test_whoever_asked_confirms_nothing_whatever_she_is(certificate, world, now):
    admin = world.people["admin"]
    correction = ask(certificate, admin, now)

    with pytest.raises(CorrectionNotAccepted, match="not_second"):
        confirm(correction, admin, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.filter(pk=correction.pk).update(
            decision="confirmed", decided_by=admin, decided_at=now
        )


def test_the_owner_decides_nothing_about_her_own(certificate, learner, hr, world, now):
    assign_role(person=learner, unit=world.agency, role="hr", by=None, now=now)
    correction = ask(certificate, hr, now)

    for decide in (confirm, decline):
        with pytest.raises(CorrectionNotAccepted, match="not_second"):
            decide(correction, learner, now)


def test_the_asker_withdraws_and_another_one_declines(certificate, hr, second, now):
    assert decline(ask(certificate, hr, now), hr, now).decision == "withdrawn"
    assert decline(ask(certificate, hr, now), second, now).decision == "declined"

    assert verdict_on(certificate.code).verdict == "genuine"


def test_what_was_decided_stays_decided(certificate, hr, second, now):
    correction = ask(certificate, hr, now)
    decline(correction, second, now)

    assert decline(correction, hr, now).decision == "declined"
    with pytest.raises(CorrectionNotAccepted, match="decided_already"):
        confirm(correction, second, now)


def test_there_is_one_open_request_for_a_certificate(certificate, hr, second, now):
    ask(certificate, hr, now)

    with pytest.raises(CorrectionNotAccepted, match="asked_already"):
        ask(certificate, second, now, kind="replace")


def test_a_certificate_replaced_meanwhile_is_not_revoked_in_its_place(
    certificate, hr, second, now
):
    correction = ask(certificate, hr, now)
    actions.replace_certificate(
        certificate_id=certificate.pk, reason="x", by=second, now=now
    )

    with pytest.raises(CertificateNotRevocable, match="not_current"):
        confirm(correction, second, now)

    assert Correction.objects.get(pk=correction.pk).decision == ""
    assert decline(correction, second, now).decision == "declined"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"kind": "erase"}, "unknown_kind"),
        ({"reason": "sesuatu"}, "no_reason"),
        ({"note": "  "}, "no_note"),
    ],
)
def test_a_request_says_what_and_why(certificate, hr, now, said, code):
    request = {"kind": "revoke", "reason": "mistake", "note": "x"} | said

    with pytest.raises(CorrectionNotAccepted, match=code):
        correcting.ask_correction(
            certificate_id=certificate.pk, by=hr, now=now, **request
        )


def test_nothing_is_asked_of_a_certificate_that_is_not_valid(certificate, hr, now):
    actions.revoke_certificate(
        certificate_id=certificate.pk, reason="request", note="", by=hr, now=now
    )

    with pytest.raises(CorrectionNotAccepted, match="not_current"):
        ask(certificate, hr, now)


# --- the pages ---------------------------------------------------------------------
def test_from_the_search_to_the_second_persons_word(
    certificate, client_of, hr, second, now
):
    browser = client_of(hr)
    found = browser.post(f"{DESK}cari/", {"kata": "sari perc"}, follow=True)
    assert certificate.number in found.text
    page = f"{DESK}{display(certificate.code)}/"
    assert "Surat 12/2026" not in browser.get(page).text

    browser.post(page, {"kind": "revoke", "reason": "mistake", "note": "Surat 12/2026"})
    correction = Correction.objects.get()
    address = f"{DESK}permintaan/{correction.pk}/"
    assert "diputuskan orang kedua" in browser.get(address).text
    browser.post(address, {"keputusan": "setuju"})
    assert verdict_on(certificate.code).verdict == "genuine"

    other = client_of(second)
    assert "Cabut sertifikat Sari Percobaan" in other.get(DESK).text
    assert "Ini tidak dapat dibatalkan." in other.get(address).text
    other.post(address, {"keputusan": "setuju"})
    assert verdict_on(certificate.code).verdict == "revoked"
    assert "sudah diputuskan" not in other.get(address).text
    assert "Disetujui" in other.get(page).text


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"kind": "revoke", "note": "x"},
        {"kind": "replace"},
        {"kind": "hapus", "note": "x"},
    ],
)
def test_a_request_without_its_reasons_is_explained(certificate, client_as, said):
    page = client_as("hr").post(f"{DESK}{display(certificate.code)}/", said)

    assert page.context["form"].errors
    assert not Correction.objects.exists()


def test_certificates_are_found_by_number_code_and_nip(certificate, client_as, learner):
    browser = client_as("hr")
    for words in (certificate.number, certificate.code.lower(), learner.nip):
        page = browser.post(f"{DESK}cari/", {"kata": words}, follow=True)
        (row,) = page.context["page"].found
        assert row.number == certificate.number
        assert learner.nip not in page.request["QUERY_STRING"]


def test_a_certificate_that_cannot_be_drawn_is_a_task_of_hr(
    finished, client_as, client_of, learner, world, now, signing_key
):
    row = fail_to_make(finished, now)
    browser = client_as("hr")

    page = browser.get(DESK)
    assert "U+738B" in page.text
    assert "Tugas operator" not in page.text
    hers = client_of(learner).get("/sertifikat/")
    assert "Belum dapat dibuat" in hers.text
    assert "kurang dari satu menit" not in hers.text

    dashboard = "1 sertifikat pegawai Anda belum dapat dibuat."
    assert dashboard in browser.get("/sdm/").text

    browser.post(f"{DESK}kendala/{row.pk}/coba/")
    row.refresh_from_db()
    assert row.next_try_at is None
    assert "Segera dicoba lagi." in browser.get(DESK).text
    assert client_of(world.outsider).get(DESK).status_code == 403


def test_what_the_operator_mends_is_marked_as_hers(
    certificate, client_as, now, monkeypatch, signing_key
):
    def fail(**ignored):
        raise OSError("disk")

    monkeypatch.setattr(actions, "store_pdf", fail)
    work.make_file(certificate_id=certificate.pk, now=now)

    assert "Tugas operator" in client_as("hr").get(DESK).text


def test_a_site_that_cannot_issue_says_so_on_top(client_as, settings):
    settings.PUBLIC_URL = ""

    assert "PUBLIC_URL" in client_as("admin").get(DESK).text


def test_the_desk_asks_no_more_for_more_rows(world, client_as, now, signing_key):
    course = make_reading(unit=world.agency, now=now, key="ramai")

    def grow(count: int) -> None:
        for _ in range(count):
            person = make_person(unit=world.section, now=now)
            place = finish_reading(course=course, person=person, now=now)
            fail_to_make(place, now)

    assert_same_queries(client_as("hr"), DESK, grow, few=2, many=8)

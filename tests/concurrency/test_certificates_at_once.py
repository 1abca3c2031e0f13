"""Issuing, drawing, telling and replacing at the same moment."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.storage import default_storage

from certificates import actions, correcting, work
from certificates.exceptions import CertificateNotRevocable, CorrectionNotAccepted
from certificates.models import (
    Certificate,
    CertificateFile,
    CertificateWork,
    Correction,
    NumberCounter,
    Revocation,
)
from lib.queueing import Job
from tests.certificates.conftest import signing_key  # noqa: F401 - a fixture
from tests.concurrency.together import refusals, same, together
from tests.factories import finish_reading, make_person, make_reading

pytestmark = pytest.mark.postgres


@pytest.fixture
def finished(stage, now):
    """Four people who have finished a course."""
    course = make_reading(unit=stage.world.agency, now=now, key="ringan")
    people = [make_person(unit=stage.world.section, now=now) for _ in range(4)]
    return [finish_reading(course=course, person=person, now=now) for person in people]


def issue(place, now):
    """Issue a certificate."""
    return actions.issue_certificate(enrollment_id=place.pk, by=None, now=now)


def test_issuing_at_once_is_one_certificate(finished, now):
    results = same(lambda: issue(finished[0], now))

    assert refusals(results) == []
    assert Certificate.objects.get().sequence == 1
    assert NumberCounter.objects.get().last == 1


def test_issuing_for_many_at_once_numbers_without_gaps(finished, now):
    actions.current_design(now=now)

    results = together(*(lambda place=place: issue(place, now) for place in finished))

    assert refusals(results) == []
    numbers = Certificate.objects.order_by("sequence").values_list(
        "sequence", flat=True
    )
    assert list(numbers) == [1, 2, 3, 4]


def test_the_first_certificates_ever_share_their_design(finished, now):
    results = together(*(lambda place=place: issue(place, now) for place in finished))

    assert refusals(results) == []
    assert len({certificate.design_id for certificate in results}) == 1


def test_drawing_at_once_is_one_file_and_one_mail(finished, now, signing_key):  # noqa: F811
    certificate = issue(finished[0], now)
    person = certificate.person
    person.email = "contoh@contoh.example"
    person.save(update_fields=["email"])

    results = same(
        lambda: actions.store_pdf(certificate_id=certificate.pk, now=now), times=3
    )
    assert refusals(results) == []
    kept = CertificateFile.objects.get()
    assert {file.pk for file in results} == {kept.pk}
    assert default_storage.exists(kept.path)

    told = same(
        lambda: actions.mail_certificate(certificate_id=certificate.pk, now=now)
    )
    assert sorted(told) == [False, False, False, True]
    assert len(mail.outbox) == 1


def test_replacing_at_once_is_one_correction(stage, finished, now):
    certificate = issue(finished[0], now)
    admin = stage.world.people["admin"]

    results = same(
        lambda: actions.replace_certificate(
            certificate_id=certificate.pk, reason="Nama", by=admin, now=now
        ),
        times=3,
    )

    refused = refusals(results)
    assert [type(error) for error in refused] == [CertificateNotRevocable] * 2
    assert Certificate.objects.filter(replaces=certificate).count() == 1
    assert NumberCounter.objects.get().last == 2


def test_revoking_at_once_is_one_revocation(stage, finished, now):
    certificate = issue(finished[0], now)
    admin = stage.world.people["admin"]

    results = same(
        lambda: actions.revoke_certificate(
            certificate_id=certificate.pk, reason="mistake", note="", by=admin, now=now
        )
    )

    assert refusals(results) == []
    assert len({revocation.pk for revocation in results}) == 1


def ask(stage, finished, now, kind="revoke") -> Correction:
    """Let HR ask for something to happen to the first certificate."""
    return correcting.ask_correction(
        certificate_id=issue(finished[0], now).pk,
        kind=kind,
        reason="mistake" if kind == "revoke" else "",
        note="Surat 12/2026",
        by=stage.world.people["hr"],
        now=now,
    )


@pytest.mark.parametrize("kind", ["revoke", "replace"])
def test_confirming_and_declining_at_once_is_one_decision(stage, finished, now, kind):
    correction = ask(stage, finished, now, kind)
    admin = stage.world.people["admin"]
    said = {"correction_id": correction.pk, "by": admin, "now": now}

    results = together(
        lambda: correcting.confirm_correction(**said),
        lambda: correcting.decline_correction(**said),
        lambda: correcting.confirm_correction(**said),
    )

    assert {type(error) for error in refusals(results)} == {CorrectionNotAccepted}
    decided = Correction.objects.get().decision
    happened = Revocation.objects.count() + Certificate.objects.count() - 1
    assert happened == (decided == "confirmed")


def test_asking_at_once_is_one_open_request(stage, finished, now):
    certificate = issue(finished[0], now)

    results = same(
        lambda: correcting.ask_correction(
            certificate_id=certificate.pk,
            kind="replace",
            reason="",
            note="Gelar",
            by=stage.world.people["hr"],
            now=now,
        )
    )

    assert [error.code for error in refusals(results)] == ["asked_already"] * 3
    assert Correction.objects.count() == 1


def test_sweeps_at_once_send_one_message_a_row(finished, now, monkeypatch, signing_key):  # noqa: F811
    sent: list[int] = []
    monkeypatch.setattr(
        Job, "send", lambda job, *, expires, enrollment_id: sent.append(enrollment_id)
    )
    moments = [now + timedelta(minutes=2, microseconds=part) for part in range(4)]

    results = together(
        *(
            lambda moment=moment: work.ask_for_what_is_missing(now=moment)
            for moment in moments
        )
    )

    assert refusals(results) == []
    assert sorted(sent) == sorted(place.pk for place in finished)
    assert sum(results) == 4


def test_making_at_once_is_one_certificate_and_no_work_left(finished, now):
    results = same(
        lambda: work.make_certificate(enrollment_id=finished[0].pk, now=now), times=3
    )

    assert refusals(results) == []
    assert Certificate.objects.count() == 1
    assert not CertificateWork.objects.failed().exists()

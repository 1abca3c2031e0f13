"""Issuing, storing, telling, revoking and replacing: each exactly once."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.db import transaction

from accounts.models import AuditRecord
from certificates import actions, rendering, storage, tasks
from certificates.exceptions import CertificateNotRevocable, NotEligible
from certificates.models import (
    Certificate,
    CertificateFile,
    CertificateMail,
    NumberCounter,
)
from certificates.selectors import enrollments_without_certificate, verdict_on
from courses.models import Enrollment
from elearning.celery import app as celery_app
from lib.facts import FactChanged
from tests.factories import (
    complete,
    enroll,
    finish_reading,
    make_person,
    make_reading,
)
from tests.queries import queries_in


def issue(place: Enrollment, now) -> Certificate:
    """Issue a certificate as the worker does."""
    return actions.issue_certificate(enrollment_id=place.pk, by=None, now=now)


def replace(certificate: Certificate, by, now) -> Certificate:
    """Replace a certificate."""
    return actions.replace_certificate(
        certificate_id=certificate.pk, reason="Nama diperbaiki", by=by, now=now
    )


def revoke(certificate: Certificate, by, now):
    """Revoke a certificate."""
    return actions.revoke_certificate(
        certificate_id=certificate.pk, reason="mistake", note="", by=by, now=now
    )


@pytest.fixture
def admin(world):
    """Whoever may revoke and replace."""
    return world.people["admin"]


# --- issuing -----------------------------------------------------------------------
def test_issuing_twice_is_one_certificate(certificate, finished, now):
    again = issue(finished, now + timedelta(days=1))

    assert again == certificate
    assert Certificate.objects.count() == 1
    records = AuditRecord.objects.filter(verb="certificates.certificate.issued")
    assert records.count() == 1


def test_an_unfinished_course_gives_no_certificate_and_takes_no_number(
    course, learner, now
):
    place = enroll(course=course, person=learner, now=now)

    with pytest.raises(NotEligible, match="not_complete"):
        issue(place, now)

    assert not NumberCounter.objects.exists()


def test_a_name_that_cannot_be_printed_takes_no_number(finished, learner, now):
    learner.name = "\N{CJK UNIFIED IDEOGRAPH-4E2D}\N{CJK UNIFIED IDEOGRAPH-6587}"
    learner.save(update_fields=["name"])

    with pytest.raises(rendering.RenderingFailed):
        issue(finished, now)

    assert not Certificate.objects.exists()
    assert not NumberCounter.objects.filter(last__gt=0).exists()


def test_a_certificate_is_never_edited(certificate):
    with pytest.raises(FactChanged):
        certificate.save()
    with pytest.raises(FactChanged):
        Certificate.objects.filter(pk=certificate.pk).update(number="1")


def test_codes_are_random_and_of_the_alphabet(world, now):
    course = make_reading(unit=world.agency, now=now, key="ringan")
    codes = set()
    for _ in range(5):
        person = make_person(unit=world.section, now=now)
        place = finish_reading(course=course, person=person, now=now)
        codes.add(issue(place, now).code)

    assert len(codes) == 5
    assert all(re.fullmatch("[0-9A-HJKMNP-TV-Z]{10}", code) for code in codes)


# --- numbers -----------------------------------------------------------------------
def test_numbers_count_without_gaps_and_begin_anew_each_year(world, learner, now):
    def next_number(key: str, moment) -> str:
        course = make_reading(unit=world.agency, now=now, key=key)
        place = finish_reading(course=course, person=learner, now=now)
        return issue(place, moment).number

    new_year = datetime(2027, 1, 3, tzinfo=UTC)
    numbers = [next_number("a", now), next_number("b", now), next_number("c", new_year)]

    assert numbers == [
        "1/800.2.4/BKPSDM/XI/2026",
        "2/800.2.4/BKPSDM/XI/2026",
        "1/800.2.4/BKPSDM/I/2027",
    ]


def test_a_number_that_was_not_used_is_given_again(finished, now, monkeypatch):
    def lost(*args, **kwargs):
        raise OSError("The line broke.")

    monkeypatch.setattr(actions.audit, "record", lost)
    with pytest.raises(OSError, match="line"), transaction.atomic():
        issue(finished, now)
    monkeypatch.undo()

    assert issue(finished, now).sequence == 1


def test_the_year_of_a_number_is_the_issuers(world, learner, now):
    # New Year has come in Jayapura, where she is, but not where the issuer is.
    learner.time_zone = "Asia/Jayapura"
    learner.save(update_fields=["time_zone"])
    eve = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    course = make_reading(unit=world.agency, now=now, key="timur")
    place = finish_reading(course=course, person=learner, now=eve)

    certificate = issue(place, eve)

    assert certificate.number == "1/800.2.4/BKPSDM/XII/2026"
    assert certificate.year == 2026
    assert certificate.data["completed_on"] == "2027-01-01"


# --- the file ----------------------------------------------------------------------
def test_storing_twice_is_one_file(certificate, now, signing_key):
    first = actions.store_pdf(certificate_id=certificate.pk, now=now)
    second = actions.store_pdf(
        certificate_id=certificate.pk, now=now + timedelta(days=1)
    )

    assert second == first
    with default_storage.open(first.path) as file:
        content = file.read()
    assert content.startswith(b"%PDF")
    assert len(content) == first.byte_size
    assert storage.path_of(first.sha256) == first.path


def test_of_two_workers_the_later_one_withdraws_its_file(
    certificate, now, signing_key, monkeypatch
):
    written: list[str] = []
    write = storage.write

    def slowly(content: bytes) -> tuple[str, str]:
        # While this worker was drawing, another one has stored its file.
        monkeypatch.setattr(storage, "write", write)
        actions.store_pdf(certificate_id=certificate.pk, now=now)
        sha256, path = write(content)
        written.append(path)
        return sha256, path

    monkeypatch.setattr(storage, "write", slowly)
    kept = actions.store_pdf(certificate_id=certificate.pk, now=now)

    assert CertificateFile.objects.get() == kept
    assert default_storage.exists(kept.path)
    assert not default_storage.exists(written[0])


def test_the_same_bytes_are_stored_once(settings):
    first = storage.write(b"%PDF same")
    second = storage.write(b"%PDF same")

    assert first == second


# --- what a lost message leaves behind ---------------------------------------------
@pytest.fixture
def queued(monkeypatch) -> list[tuple[str, int]]:
    """Collect what the sweep queues."""
    seen: list[tuple[str, int]] = []
    for task in (tasks.issue_certificate, tasks.store_pdf):
        monkeypatch.setattr(
            task,
            "delay",
            lambda name=task.name, **ids: seen.append((name, *ids.values())),
        )
    return seen


def test_the_sweep_finds_a_completion_whose_message_was_lost(finished, queued):
    assert tasks.issue_missing_certificates() == 1
    assert queued == [("certificates.issue_certificate", finished.pk)]


def test_the_sweep_finds_a_worker_killed_between_row_and_file(
    certificate, now, queued, signing_key
):
    assert tasks.issue_missing_certificates() == 1
    assert queued == [("certificates.store_pdf", certificate.pk)]

    actions.store_pdf(certificate_id=certificate.pk, now=now)
    assert tasks.issue_missing_certificates() == 0


def test_the_sweep_leaves_revoked_and_replaced_completions_alone(
    certificate, admin, now, signing_key
):
    second = replace(certificate, admin, now)
    revoke(second, admin, now)

    assert list(enrollments_without_certificate()) == []


def test_completing_queues_one_certificate_on_commit(
    place, now, django_capture_on_commit_callbacks, monkeypatch
):
    queued: list[tuple] = []
    monkeypatch.setattr(
        celery_app,
        "send_task",
        lambda name, *, kwargs, retry: queued.append((name, kwargs, retry)),
    )

    with django_capture_on_commit_callbacks(execute=True):
        complete(course=place.course, person=place.person, now=now)

    assert queued == [
        ("certificates.issue_certificate", {"enrollment_id": place.pk}, False)
    ]


def test_the_whole_way_from_completion_to_mail(
    learner, world, now, clock, signing_key, django_capture_on_commit_callbacks
):
    learner.email = "sari@contoh.example"
    learner.save(update_fields=["email"])
    course = make_reading(unit=world.agency, now=now, key="ringan")
    place = finish_reading(course=course, person=learner, now=now)

    tasks.issue_certificate(enrollment_id=place.pk)
    certificate = Certificate.objects.get()
    tasks.store_pdf(certificate_id=certificate.pk)
    tasks.mail_certificate(certificate_id=certificate.pk)

    (message,) = mail.outbox
    assert message.to == ["sari@contoh.example"]
    assert certificate.number in message.body
    assert certificate.data["verify_url"] in message.body


# --- the mail ----------------------------------------------------------------------
def tell(certificate: Certificate, now) -> bool:
    """Send the mail."""
    return actions.mail_certificate(certificate_id=certificate.pk, now=now)


def test_the_person_is_told_once(certificate, learner, now):
    learner.email = "sari@contoh.example"
    learner.save(update_fields=["email"])

    assert [tell(certificate, now), tell(certificate, now)] == [True, False]
    assert len(mail.outbox) == 1


def test_without_an_address_nobody_is_told_and_nothing_is_noted(certificate, now):
    assert tell(certificate, now) is False
    assert not CertificateMail.objects.exists()


def test_the_mail_holds_no_number_of_the_person(certificate, learner, now):
    learner.email = "sari@contoh.example"
    learner.save(update_fields=["email"])

    tell(certificate, now)

    assert learner.nip not in mail.outbox[0].body


# --- revoking and replacing --------------------------------------------------------
def test_revoking_twice_changes_nothing(certificate, admin, now):
    first = revoke(certificate, admin, now)
    second = revoke(certificate, admin, now + timedelta(days=1))

    assert second == first
    records = AuditRecord.objects.filter(verb="certificates.certificate.revoked")
    assert records.count() == 1


def test_a_number_that_was_revoked_is_never_used_again(certificate, world, admin, now):
    revoke(certificate, admin, now)
    course = make_reading(unit=world.agency, now=now, key="lain")
    place = finish_reading(course=course, person=world.outsider, now=now)

    assert issue(place, now).sequence == 2


def test_issuing_after_a_revocation_gives_the_revoked_one(
    certificate, finished, admin, now
):
    revoke(certificate, admin, now)

    assert issue(finished, now) == certificate


def test_a_correction_is_a_new_certificate_with_todays_name(
    certificate, learner, admin, now
):
    learner.name = "Sari Diperbaiki"
    learner.save(update_fields=["name"])

    new = replace(certificate, admin, now + timedelta(days=1))

    assert new.replaces == certificate
    assert (new.data["name"], new.sequence) == ("Sari Diperbaiki", 2)
    assert new.code != certificate.code
    assert new.data["completed_on"] == certificate.data["completed_on"]
    assert new.data["issued_on"] == "2026-11-22"


def test_a_correction_keeps_the_score_of_the_first(course, learner, admin, now):
    place = complete(course=course, person=learner, now=now)
    old = issue(place, now)
    Enrollment.objects.filter(pk=place.pk).update(final_percent=10)

    assert replace(old, admin, now).data["score"] == "100.00"


@pytest.mark.parametrize("before", ["replaced", "revoked"])
def test_only_a_current_certificate_can_be_replaced(certificate, admin, now, before):
    (replace if before == "replaced" else revoke)(certificate, admin, now)
    count = Certificate.objects.count()

    with pytest.raises(CertificateNotRevocable, match="not_current"):
        replace(certificate, admin, now)

    assert Certificate.objects.count() == count


def test_a_replacement_can_be_replaced_again(certificate, admin, now):
    second = replace(certificate, admin, now)
    third = replace(second, admin, now)

    assert [verdict_on(row.code).verdict for row in (certificate, second, third)] == [
        "replaced",
        "replaced",
        "genuine",
    ]


def test_revoked_outweighs_replaced(certificate, admin, now):
    replace(certificate, admin, now)
    revoke(certificate, admin, now)

    assert verdict_on(certificate.code).verdict == "revoked"


# --- budget ------------------------------------------------------------------------
def test_issuing_has_a_budget(finished, now):
    actions.current_design(now=now)

    # One of them is the lock of the enrolment alone, which joins nothing.
    assert queries_in(lambda: issue(finished, now)) == 14

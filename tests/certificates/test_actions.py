"""Issuing, storing, telling, revoking and replacing: each exactly once."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core import mail
from django.core.files.storage import default_storage
from django.db import transaction

from accounts.models import AuditRecord
from accounts.models.unit import IndonesianZone
from certificates import actions, rendering, storage, tasks, work
from certificates.exceptions import (
    CertificateNotRevocable,
    NotEligible,
    SiteNotReady,
)
from certificates.models import (
    Certificate,
    CertificateFile,
    CertificateMail,
    CertificateWork,
    NumberCounter,
    PublicAddress,
)
from certificates.selectors import enrollments_without_certificate, verdict_on
from courses.actions import record_grade
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


NEW_YEARS_EVE = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)  # 23.30 WIB
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def issue_at(moment, *, world, person, key="malam") -> Certificate:
    """Finish a course at a moment and get its certificate then."""
    course = make_reading(unit=world.agency, now=moment, key=key)
    return issue(finish_reading(course=course, person=person, now=moment), moment)


def assert_number_and_date_agree(certificate: Certificate) -> None:
    """One day stands behind the number and everything printed."""
    day = date.fromisoformat(certificate.data["issued_on"])
    assert certificate.number.endswith(f"/{ROMAN[day.month - 1]}/{day.year}")
    assert certificate.year == day.year
    assert day >= date.fromisoformat(certificate.data["completed_on"])


@pytest.mark.parametrize("zone", IndonesianZone.values)
@pytest.mark.parametrize("persons", IndonesianZone.values)
def test_number_and_date_agree_around_midnight(world, learner, zone, persons):
    world.agency.time_zone = zone
    world.agency.save(update_fields=["time_zone"])
    learner.time_zone = persons
    learner.save(update_fields=["time_zone"])

    for hour in range(6):
        moment = NEW_YEARS_EVE - timedelta(hours=2) + timedelta(hours=hour)
        certificate = issue_at(moment, world=world, person=learner, key=f"jam{hour}")

        assert_number_and_date_agree(certificate)
        issuers = moment.astimezone(ZoneInfo(zone)).date().isoformat()
        finished = certificate.data["completed_on"]
        assert certificate.data["issued_on"] == max(issuers, finished)


def test_the_unit_with_the_issuers_code_says_which_zone_holds(world, learner, settings):
    settings.ELEARNING_ISSUER_CODE = world.section.code
    world.section.time_zone = "Asia/Makassar"
    world.section.save(update_fields=["time_zone"])

    certificate = issue_at(NEW_YEARS_EVE, world=world, person=learner)

    # 00.30 WITA, although the course's unit is in WIB.
    assert certificate.data["issued_on"] == "2027-01-01"
    assert certificate.number.endswith("/I/2027")


# --- the address -------------------------------------------------------------------
@pytest.mark.parametrize(
    ("address", "is_demo"),
    [
        ("", True),
        ("", False),
        ("melek.go.id", True),
        ("http://melek.go.id", False),
        ("https://localhost:8000", False),
        ("https://127.0.0.1", False),
        ("https://[::1]", False),
        ("https://0.0.0.0", False),
        ("https://localhost.", False),
        ("https://melek.localhost", False),
        ("https://localhost.localdomain", False),
        ("https://127.1", False),
        ("https://2130706433", False),
    ],
)
def test_without_an_address_from_outside_nothing_is_issued(
    finished, now, settings, address, is_demo
):
    settings.PUBLIC_URL, settings.DEMO = address, is_demo

    with pytest.raises(SiteNotReady, match="no_address"):
        issue(finished, now)

    assert not Certificate.objects.exists()
    assert not NumberCounter.objects.filter(last__gt=0).exists()


def test_a_demo_may_print_this_machine(finished, now, settings):
    settings.PUBLIC_URL, settings.DEMO = "http://127.0.0.1:8000", True

    assert issue(finished, now).data["verify_url"].startswith("http://127.0.0.1:8000/")


def test_every_address_that_was_printed_is_remembered(world, learner, now, settings):
    for host in ("lama", "baru", "baru"):
        settings.PUBLIC_URL = f"https://{host}.contoh.example"
        count = Certificate.objects.count()
        issue_at(now, world=world, person=learner, key=f"{host}{count}")

    assert set(PublicAddress.objects.values_list("url", flat=True)) == {
        "https://lama.contoh.example",
        "https://baru.contoh.example",
    }


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


# --- what a lost message leaves behind: see test_work.py ----------------------------
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


def test_whoever_has_left_is_not_written_to(certificate, learner, now):
    learner.email, learner.is_active = "sari@contoh.example", False
    learner.save(update_fields=["email", "is_active"])

    assert tell(certificate, now) is False
    assert mail.outbox == []
    assert not CertificateMail.objects.exists()


def test_nobody_is_told_about_a_certificate_that_holds_no_longer(
    certificate, learner, admin, now
):
    learner.email = "sari@contoh.example"
    learner.save(update_fields=["email"])
    revoke(certificate, admin, now)

    assert tell(certificate, now) is False


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


# --- a repair raises the score -------------------------------------------------------
@pytest.fixture
def graded(course, learner, now) -> Certificate:
    """A certificate that says 75."""
    place = complete(course=course, person=learner, now=now)
    Enrollment.objects.filter(pk=place.pk).update(final_percent=75)
    return issue(place, now)


def raise_score(certificate: Certificate, score: str) -> None:
    """Let the final grade be another one."""
    Enrollment.objects.filter(pk=certificate.enrollment_id).update(final_percent=score)


def refresh(certificate: Certificate, now) -> Certificate | None:
    """Replace the certificate if it says too little."""
    return actions.replace_outdated(enrollment_id=certificate.enrollment_id, now=now)


def test_a_certificate_whose_score_rose_is_replaced_once(graded, learner, now):
    raise_score(graded, "87.50")
    learner.name = "Sari Baru"
    learner.save(update_fields=["name"])

    new = refresh(graded, now + timedelta(days=1))

    assert (graded.data["score"], new.data["score"]) == ("75.00", "87.50")
    assert (graded.data["predikat"], new.data["predikat"]) == ("Baik", "Memuaskan")
    assert (new.replaces, new.issued_by) == (graded, None)
    assert refresh(graded, now + timedelta(days=2)) is None
    assert verdict_on(graded.code).verdict == "replaced"
    assert verdict_on(new.code).verdict == "genuine"
    # Only the result changes; a name is corrected on request.
    changed = {key for key in new.data if new.data[key] != graded.data[key]}
    assert changed == {"score", "predikat", "issued_on", "verify_url"}


@pytest.mark.parametrize("score", ["75.00", "60.00", "0"])
def test_a_score_that_did_not_rise_replaces_nothing(graded, now, score):
    raise_score(graded, score)

    assert refresh(graded, now) is None


def test_a_revoked_certificate_is_not_replaced_by_rule(graded, admin, now):
    revoke(graded, admin, now)
    raise_score(graded, "100")

    assert refresh(graded, now) is None


def test_a_grade_that_rises_after_completion_leads_to_a_new_certificate(
    graded, learner, now, clock, signing_key, django_capture_on_commit_callbacks
):
    learner.email = "sari@contoh.example"
    learner.save(update_fields=["email"])
    with django_capture_on_commit_callbacks():  # The message is lost.
        record_grade(
            enrollment_id=graded.enrollment_id,
            grade_item=graded.enrollment.version.grade_items.get(key="posttest"),
            source="quiz:posttest",
            points=Decimal(5),
            max_points=Decimal(5),
            evidence="repair",
            by=None,
            now=now,
        )
    assert CertificateWork.objects.get().certificate is None

    for _ in range(2):
        work.make_certificate(enrollment_id=graded.enrollment_id, now=now)
        new = Certificate.objects.current().get()
        work.make_file(certificate_id=new.pk, now=now)
        work.tell_owner(certificate_id=new.pk, now=now)

    assert (new.replaces, new.data["score"]) == (graded, "100.00")
    assert not CertificateWork.objects.exists()
    (message,) = mail.outbox
    assert new.number in message.body
    assert graded.number in message.body
    assert "Nilai akhir naik" in message.body


# --- addresses of before ----------------------------------------------------------
def test_the_migration_remembers_what_was_printed_before(certificate):
    migration = import_module("certificates.migrations.0002_work_corrections_addresses")
    PublicAddress.objects.all()._raw_delete("default")

    for _ in range(2):
        migration.remember_addresses(apps, None)

    (address,) = PublicAddress.objects.all()
    assert address.url == "https://melek.contoh.example"
    assert address.first_used_at == certificate.issued_at


# --- budget ------------------------------------------------------------------------
def test_issuing_has_a_budget(finished, now, settings):
    actions.current_design(now=now)
    PublicAddress.objects.create(url=settings.PUBLIC_URL, first_used_at=now)

    # One of them is the lock of the enrolment alone, which joins nothing; one asks for
    # the issuer's zone, one for the address, one whether the site was restored. One
    # tells the person.
    assert queries_in(lambda: issue(finished, now)) == 18

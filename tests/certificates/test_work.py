"""What is tried, how often, and that hopeless ones keep nobody waiting."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AuditRecord
from certificates import actions, jobs, retrying, tasks, work
from certificates.models import Certificate, CertificateWork
from courses.models import Enrollment
from elearning.celery import app as celery_app
from lib.queueing import Job
from tests.factories import finish_reading, make_person, make_reading

UNDRAWABLE = "Sari 王"


@pytest.fixture
def sent(monkeypatch, signing_key) -> list[tuple[str, int]]:
    """Collect what the sweep sends; nobody is there to take it."""
    seen: list[tuple[str, int]] = []

    def send(self: Job, *, expires: float, **ids: int) -> None:
        assert 0 < expires <= 3600
        seen.append((self.name, *ids.values()))

    monkeypatch.setattr(Job, "send", send)
    return seen


@pytest.fixture
def later(now):
    """A moment when the message of the completion must have arrived."""
    return now + timedelta(minutes=2)


def sweep(moment) -> int:
    """Look for what is missing."""
    return work.ask_for_what_is_missing(now=moment)


def people_who_finished(world, now, count: int, *, name: str) -> list[Enrollment]:
    """Let people finish one course each in a course of their own."""
    course = make_reading(unit=world.agency, now=now, key="ramai")
    places = []
    for _ in range(count):
        person = make_person(unit=world.section, now=now)
        person.name = name
        person.save(update_fields=["name"])
        places.append(finish_reading(course=course, person=person, now=now))
    return places


# --- what a lost message leaves behind ---------------------------------------------
def test_the_sweep_finds_a_completion_whose_message_was_lost(finished, sent, later):
    assert sweep(later) == 1
    assert sent == [("certificates.issue_certificate", finished.pk)]


def test_the_sweep_does_not_repeat_the_message_of_the_completion(finished, sent, now):
    assert sweep(now) == 0


def test_the_sweep_finds_a_worker_killed_between_row_and_file(certificate, sent, later):
    assert sweep(later) == 1
    assert sent == [("certificates.store_pdf", certificate.pk)]

    work.make_file(certificate_id=certificate.pk, now=later)
    work.tell_owner(certificate_id=certificate.pk, now=later)
    assert sweep(later + timedelta(days=1)) == 0


def test_the_sweep_sends_a_lost_message_about_a_mail_again(
    certificate, learner, sent, later
):
    learner.email = "sari@contoh.example"
    learner.save(update_fields=["email"])
    work.make_file(certificate_id=certificate.pk, now=later)

    assert sweep(later + timedelta(minutes=1)) == 0
    assert sweep(later + retrying.PATIENCE) == 1
    assert sent == [("certificates.mail_certificate", certificate.pk)]
    for _ in range(2):
        work.tell_owner(certificate_id=certificate.pk, now=later)

    assert len(mail.outbox) == 1
    assert not CertificateWork.objects.exists()
    assert sweep(later + timedelta(days=1)) == 0


def test_a_second_message_about_the_file_does_not_forget_the_mail(
    certificate, later, signing_key
):
    for _ in range(5):
        work.make_file(certificate_id=certificate.pk, now=later)

    row = CertificateWork.objects.get()
    assert (row.is_mail, row.starts, row.failures) == (True, 0, 0)


def test_without_a_worker_there_is_one_open_message_for_a_row(
    world, certificate, sent, now, later
):
    people_who_finished(world, now, 3, name="Sari")
    for minutes in range(4):
        sweep(later + timedelta(minutes=minutes))

    assert len(sent) == len(set(sent)) == 4

    sweep(later + retrying.PATIENCE)
    assert len(sent) == 8


def test_a_lost_worker_is_no_reason_to_begin_for_ever():
    celery_app.loader.import_default_modules()
    ours = [task for task in celery_app.tasks.values() if task.name.count(".") == 1]

    assert ours
    for task in ours:
        if not task.name.startswith("celery."):
            assert task.retry_on_worker_lost, task.name
            assert task.max_retries <= 5, task.name


def test_where_the_broker_gives_up_the_rest_is_asked_for_again(
    world, now, later, monkeypatch, signing_key
):
    people_who_finished(world, now, 3, name="Sari")
    seen = []

    def send(self: Job, *, expires: float, **ids: int) -> None:
        if seen:
            raise OSError("The broker is gone.")
        seen.append(ids)

    monkeypatch.setattr(Job, "send", send)
    with pytest.raises(OSError, match="broker"):
        sweep(later)

    assert CertificateWork.objects.due(later).count() == 2


def test_every_message_of_the_clock_expires_before_many_are_there():
    for name, entry in celery_app.conf.beat_schedule.items():
        expires = entry["options"]["expires"]
        every_minute = entry["schedule"] == 60.0
        assert 0 < expires <= (120 if every_minute else 86_400), name


# --- what cannot be made -----------------------------------------------------------
def test_a_certificate_that_cannot_be_drawn_is_marked_and_tried_later(
    world, sent, now, later
):
    (place,) = people_who_finished(world, now, 1, name=UNDRAWABLE)

    assert work.make_certificate(enrollment_id=place.pk, now=later) is False

    row = CertificateWork.objects.get()
    assert (row.kind, row.failures, row.starts) == ("data", 1, 0)
    assert "U+738B" in row.problem
    assert "Sari" not in row.problem
    assert row.next_try_at == later + timedelta(minutes=5)
    assert sweep(later + timedelta(minutes=4)) == 0
    assert sweep(later + timedelta(minutes=5)) == 1


def test_once_the_name_is_mended_the_certificate_is_made(world, sent, now, later):
    (place,) = people_who_finished(world, now, 1, name=UNDRAWABLE)
    work.make_certificate(enrollment_id=place.pk, now=later)
    place.person.name = "Sari Wang"
    place.person.save(update_fields=["name"])

    assert work.make_certificate(enrollment_id=place.pk, now=later) is False
    row = CertificateWork.objects.get()
    assert work.try_again(work_id=row.pk, by=world.people["hr"], now=later)
    assert work.make_certificate(enrollment_id=place.pk, now=later) is True

    assert Certificate.objects.get().data["name"] == "Sari Wang"
    assert not CertificateWork.objects.exists()
    assert AuditRecord.objects.filter(verb="certificates.work.hastened").count() == 1
    assert work.try_again(work_id=row.pk, by=world.people["hr"], now=later) is False


def test_what_a_killed_worker_had_begun_is_asked_for_again_soon(
    certificate, sent, now, later, monkeypatch
):
    class Killed(BaseException):
        """The whole worker is gone, and its message with it."""

    def kill(**ignored):
        raise Killed

    monkeypatch.setattr(actions, "store_pdf", kill)
    sweep(later)
    with pytest.raises(Killed):
        work.make_file(certificate_id=certificate.pk, now=later)

    assert sweep(later + timedelta(minutes=1)) == 0
    assert sweep(later + timedelta(minutes=2)) == 1


def test_hopeless_ones_keep_no_new_one_waiting(world, sent, now, later, monkeypatch):
    monkeypatch.setattr(work, "MOST_NEW", 2)
    monkeypatch.setattr(work, "MOST_AGAIN", 2)
    hopeless = people_who_finished(world, now, 6, name=UNDRAWABLE)
    for place in hopeless:
        work.make_certificate(enrollment_id=place.pk, now=later)
    tomorrow = later + timedelta(days=1)
    course = make_reading(unit=world.agency, now=now, key="baru")
    good = finish_reading(course=course, person=world.people["learner"], now=later)

    assert sweep(tomorrow) == 3
    assert ("certificates.issue_certificate", good.pk) in sent


def test_a_task_that_kills_its_worker_is_begun_three_times(
    finished, now, later, monkeypatch
):
    begun = []

    class Killed(BaseException):
        """The process is gone: nothing after it runs."""

    def kill(**ignored):
        begun.append(1)
        raise Killed

    monkeypatch.setattr(actions, "issue_certificate", kill)
    for _redelivery in range(3):
        with pytest.raises(Killed):
            work.make_certificate(enrollment_id=finished.pk, now=later)
    for _redelivery in range(10):
        work.make_certificate(enrollment_id=finished.pk, now=later)

    assert len(begun) == 3
    row = CertificateWork.objects.get()
    assert (row.kind, row.failures) == ("killed", 1)
    assert row.next_try_at > later
    monkeypatch.undo()
    assert work.make_certificate(enrollment_id=finished.pk, now=row.next_try_at)


@pytest.mark.parametrize(
    ("error", "kind"), [(OSError("disk"), "site"), (KeyError("x"), "bug")]
)
def test_whatever_goes_wrong_is_told_by_who_can_mend_it(
    certificate, now, monkeypatch, error, kind
):
    def fail(**ignored):
        raise error

    monkeypatch.setattr(actions, "store_pdf", fail)

    assert work.make_file(certificate_id=certificate.pk, now=now) is False
    assert CertificateWork.objects.get().kind == kind


def test_a_site_without_an_address_marks_nobody_as_failed(
    finished, sent, later, settings, caplog
):
    settings.PUBLIC_URL = ""

    assert sweep(later) == 0
    assert "PUBLIC_URL" in caplog.text
    work.make_certificate(enrollment_id=finished.pk, now=later)
    assert not CertificateWork.objects.failed().exists()

    settings.PUBLIC_URL = "https://melek.contoh.example"
    assert sweep(later) == 1


def test_a_letter_of_the_signers_name_is_a_matter_of_the_site(
    finished, sent, later, settings, caplog
):
    settings.ELEARNING_SIGNER_NAME = "Dr. 王"

    assert sweep(later) == 0
    assert "U+738B" in caplog.text
    assert not CertificateWork.objects.exists()


def test_a_site_without_a_key_asks_for_nothing(finished, later, settings, tmp_path):
    settings.ELEARNING_SIGNING_KEY = tmp_path / "none.pem"

    assert sweep(later) == 0
    assert not CertificateWork.objects.exists()


@given(st.integers(0, 10_000))
def test_waits_grow_up_to_a_day(failures):
    wait = retrying.wait_after(failures)

    assert timedelta(0) <= wait <= retrying.wait_after(failures + 1)
    assert retrying.wait_after(failures + 6) == timedelta(days=1)


# --- tasks and the command ---------------------------------------------------------
def test_tasks_do_the_work_and_go_on(world, finished, signing_key, clock, now, later):
    clock.move_to(later)
    (bad,) = people_who_finished(world, now, 1, name=UNDRAWABLE)

    for place in (bad, finished):
        tasks.issue_certificate(enrollment_id=place.pk)
    certificate = Certificate.objects.get()
    tasks.store_pdf(certificate_id=certificate.pk)

    assert certificate.files.count() == 1
    assert jobs.STORE_PDF.name == "certificates.store_pdf"


def test_the_command_goes_on_behind_one_that_cannot_be_drawn(
    world, signing_key, clock, now, later, capsys
):
    people_who_finished(world, now, 1, name=UNDRAWABLE)
    course = make_reading(unit=world.agency, now=now, key="baru")
    finish_reading(course=course, person=world.people["learner"], now=now)
    clock.move_to(later)

    with pytest.raises(CommandError, match="1 sertifikat"):
        call_command("issue_missing_certificates")

    assert Certificate.objects.get().files.count() == 1
    assert "U+738B" in capsys.readouterr().out


def test_the_command_refuses_a_site_without_an_address(finished, settings):
    settings.PUBLIC_URL = ""

    with pytest.raises(CommandError, match="PUBLIC_URL"):
        call_command("issue_missing_certificates")


def test_the_command_finds_scores_that_rose_before_there_was_a_rule(
    course, learner, signing_key, clock, now
):
    from tests.factories import complete

    place = complete(course=course, person=learner, now=now)
    Enrollment.objects.filter(pk=place.pk).update(final_percent=75)
    actions.issue_certificate(enrollment_id=place.pk, by=None, now=now)
    Enrollment.objects.filter(pk=place.pk).update(final_percent=90)

    call_command("issue_missing_certificates", "--dry-run")
    assert Certificate.objects.count() == 1
    call_command("issue_missing_certificates")

    assert Certificate.objects.current().get().data["score"] == "90.00"

"""Files of saved views by the calendar: to whom, once, and told by a link alone."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.urls import reverse

from accounts import actions as accounts_actions
from accounts.access import as_of
from accounts.models import AuditRecord, Notice, User
from lib.spreadsheets import SpreadsheetProblem
from reports import actions as reports_actions
from reports.exports import telling
from reports.models import ExportJob, FileMail, SavedView
from reports.saved import actions, planning
from tests.factories import make_person


@pytest.fixture
def hr(world, now):
    User.objects.filter(pk=world.people["hr"].pk).update(email="hr@contoh.go.id")
    return as_of(User.objects.get(pk=world.people["hr"].pk), now)


@pytest.fixture
def colleague(world, now):
    person = make_person(unit=world.section, now=now, email="seksi@contoh.go.id")
    accounts_actions.assign_role(
        person=person, unit=world.section, role="hr", by=None, now=now
    )
    return person


@pytest.fixture
def view(hr, world, now):
    """A view of each working day, shared with whoever is below."""
    view = actions.save_view(report="jp", name="Rekap JP", filters={}, by=hr, now=now)
    content = actions.ViewContent("Rekap JP", world.office, "daily", "csv")
    return actions.change_view(view_id=view.pk, content=content, by=hr, now=now)


@pytest.fixture
def morning(view, now):
    """The morning of its day, at eight o'clock of western time."""
    return now.replace(hour=1) + timedelta(days=(view.next_on - now.date()).days)


def make_all(now):
    for job in ExportJob.objects.filter(state="waiting"):
        reports_actions.run_export(job_id=job.pk, now=now)


def text_of(job):
    with default_storage.open(job.path) as content:
        return content.read().decode()


def send_all(now):
    mails = FileMail.objects.to_send(now)
    return sum(telling.send_file_mail(mail_id=one.pk, now=now) for one in mails)


def plan(view, now):
    return planning.plan_view(view_id=view.pk, now=now)


def want(view, person, now, *, is_wanted=True):
    actions.subscribe_view(view_id=view.pk, is_wanted=is_wanted, by=person, now=now)


def test_the_file_is_made_once_on_its_day_and_told_by_a_link(view, hr, morning):
    early = morning - timedelta(hours=4)
    assert (plan(view, early), plan(view, morning), plan(view, morning)) == (0, 1, 0)

    make_all(morning)
    later = morning + timedelta(minutes=5)

    assert (send_all(later), send_all(later)) == (1, 0)
    sent = mail.outbox[0]
    assert sent.to == ["hr@contoh.go.id"]
    assert sent.subject == "Berkas siap diunduh: Rekap JP"
    assert "/sdm/unduhan/" in sent.body
    assert not sent.attachments
    notice = Notice.objects.get(person=hr)
    assert notice.text == "Berkas “Rekap JP” siap diunduh."
    assert notice.is_mailed_apart
    view.refresh_from_db()
    assert view.next_on > morning.date()


def test_days_that_were_missed_are_made_once(view, morning):
    late = morning + timedelta(days=9)

    assert (plan(view, late), plan(view, late)) == (1, 0)
    assert ExportJob.objects.get().due_on == late.date()


def test_each_reader_gets_a_file_of_her_own_people(
    view, hr, world, now, morning, colleague
):
    make_person(unit=world.office, now=now, name="Orang Dinas")
    want(view, colleague, now)

    assert plan(view, morning) == 2
    make_all(morning)

    texts = {job.asked_by_id: text_of(job) for job in ExportJob.objects.all()}
    assert "Orang Dinas" in texts[hr.pk]
    assert "Orang Dinas" not in texts[colleague.pk]
    assert colleague.full_name in texts[colleague.pk]


def test_who_may_not_read_it_any_more_gets_nothing(
    view, hr, world, now, morning, colleague
):
    cases = {
        "ended": lambda: want(view, colleague, now, is_wanted=False),
        "not shared": lambda: actions.change_view(
            view_id=view.pk,
            content=actions.ViewContent("Rekap JP", None, "daily"),
            by=hr,
            now=now,
        ),
        "role ended": lambda: colleague.role_assignments.update(
            ends_at=now + timedelta(seconds=1)
        ),
        "not active": lambda: User.objects.filter(pk=colleague.pk).update(
            is_active=False
        ),
    }
    for number, (reason, happens) in enumerate(cases.items()):
        share = actions.ViewContent("Rekap JP", world.office, "daily")
        actions.change_view(view_id=view.pk, content=share, by=hr, now=now)
        colleague.role_assignments.update(ends_at=None)
        want(view, colleague, now)
        happens()
        assert plan(view, morning + timedelta(days=10 * number)) == 1, reason


def test_a_view_whose_owner_reads_it_no_more_is_paused(view, hr, now, morning):
    hr.role_assignments.update(ends_at=morning)

    assert (plan(view, morning), plan(view, morning)) == (0, 0)

    view.refresh_from_db()
    assert view.paused_because == "Pemiliknya tidak lagi memegang laporan ini."
    assert not SavedView.objects.due(morning.date() + timedelta(days=99)).exists()
    paused = AuditRecord.objects.filter(verb="reports.view.paused")
    assert paused.count() == 1


def test_at_sending_time_it_is_looked_at_again(view, hr, morning):
    cases = {
        "Akunnya tidak aktif.": {"is_active": False},
        "Surel dinasnya belum tercatat.": {"email": None},
    }
    for number, (reason, change) in enumerate(cases.items()):
        day = morning + timedelta(days=10 * number)
        plan(view, day)
        make_all(day)
        User.objects.filter(pk=hr.pk).update(**change)
        assert send_all(day + timedelta(minutes=5)) == 0, reason
        assert FileMail.objects.latest("pk").problem == reason
        User.objects.filter(pk=hr.pk).update(is_active=True, email="hr@contoh.go.id")

    day = morning + timedelta(days=30)
    plan(view, day)
    make_all(day)
    hr.role_assignments.update(ends_at=day + timedelta(minutes=1))
    assert send_all(day + timedelta(minutes=5)) == 0
    told = FileMail.objects.latest("pk").problem
    assert told == "Laporannya tidak lagi termasuk wewenangnya."
    assert not mail.outbox


def test_a_mail_server_that_is_down_loses_and_doubles_nothing(
    view, morning, monkeypatch
):
    plan(view, morning)
    make_all(morning)
    with monkeypatch.context() as broken:

        def refuse(_self):
            raise smtplib.SMTPServerDisconnected

        broken.setattr("django.core.mail.EmailMessage.send", refuse)
        for hours in range(1, 20, 4):
            assert send_all(morning + timedelta(hours=hours)) == 0

    day_after = morning + timedelta(days=1)
    assert (send_all(day_after), send_all(day_after)) == (1, 0)
    assert len(mail.outbox) == 1


def test_a_mail_whose_worker_died_is_not_sent_again(view, morning):
    plan(view, morning)
    make_all(morning)
    FileMail.objects.update(state="sending", taken_at=morning)

    assert telling.ask_for_file_mails(now=morning + timedelta(hours=1)) == 0
    assert FileMail.objects.get().state == "failed"


def test_three_failures_pause_a_view_until_it_is_saved_again(
    view, hr, world, now, morning, monkeypatch, client_as
):
    def fail(*_args, **_said):
        raise SpreadsheetProblem("PDF memuat 2.000 baris.", "Saring dulu.")

    with monkeypatch.context() as broken:
        broken.setattr("reports.actions.files.make_file", fail)
        for number in range(4):
            day = morning + timedelta(days=10 * number)
            assert plan(view, day) == (number < 3)
            make_all(day)

    view.refresh_from_db()
    assert view.paused_because == "PDF memuat 2.000 baris. Saring dulu."
    page = client_as("hr").get(reverse("reports:view_edit", args=[view.key]))
    assert "Jadwalnya dihentikan sementara." in page.content.decode()
    told = Notice.objects.filter(text__startswith="Jadwal “Rekap JP”")
    assert told.count() == 1

    content = actions.ViewContent("Rekap JP", world.office, "daily", "csv")
    actions.change_view(view_id=view.pk, content=content, by=hr, now=now)
    assert plan(view, morning + timedelta(days=60)) == 1


def test_a_large_file_that_was_asked_for_is_told_when_it_is_there(
    hr, now, settings, world
):
    settings.ELEARNING_INLINE_EXPORT_ROWS = 0
    job = reports_actions.ask_for_export(
        report="jp", format="csv", filters={}, by=hr, now=now
    )
    reports_actions.run_export(job_id=job.pk, now=now)

    assert send_all(now + timedelta(minutes=1)) == 1
    assert mail.outbox[0].subject == "Berkas siap diunduh: JP per pegawai"
    assert "yang Anda minta siap diunduh." in mail.outbox[0].body

    settings.ELEARNING_INLINE_EXPORT_ROWS = 100
    reports_actions.ask_for_export(
        report="jp", format="csv", filters={}, by=hr, now=now
    )
    assert FileMail.objects.count() == Notice.objects.count() == 1


def test_who_is_shared_a_view_says_whether_she_wants_its_file(
    view, client, colleague, now
):
    client.force_login(colleague)
    wanted = reverse("reports:view_subscribe", args=[view.key])

    page = client.get(reverse("reports:report_list")).content.decode()
    assert "Tiap hari kerja" in page
    assert "Kabari saya" in page
    for ikut, count in (("1", 1), ("1", 1), ("0", 0)):
        client.post(wanted, {"ikut": ikut})
        assert view.subscribers.count() == count
    verbs = AuditRecord.objects.filter(verb__in=SUBSCRIBING).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == list(SUBSCRIBING)


SUBSCRIBING = ("reports.view.subscribed", "reports.view.unsubscribed")

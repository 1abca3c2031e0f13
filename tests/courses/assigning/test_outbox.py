"""The outbox: who, what, which day; page by page; a mail that is asked for again."""

from datetime import timedelta

from django.urls import reverse

from accounts.models import AuditRecord
from courses.assigning import outbox_page
from courses.models import ReminderMail
from tests.factories import make_person

START = reverse("assigning:outbox")
State = ReminderMail.State


def mail_to(person, now, state=State.SENT, days=0, **more) -> ReminderMail:
    """Return a mail of some days ago."""
    day = now.date() - timedelta(days=days)
    return ReminderMail.objects.create(
        person=person, day=day, state=state, next_try_at=now, **more
    )


def names(page) -> list[str]:
    return [row.name for row in page.rows]


def test_mails_are_found_by_name_number_day_and_state(client_as, world, now):
    client, hr = client_as("hr"), world.people["hr"]
    sari = world.people["learner"]
    budi = make_person(unit=world.section, now=now, name="Budi Contoh")
    mail_to(sari, now)
    mail_to(sari, now, days=2)
    mail_to(budi, now, state=State.FAILED, problem="Alamat surel ditolak.")
    mail_to(world.outsider, now)

    client.post(f"{START}cari/", {"kata": "budi"})
    page = client.get(START, {"cari": "1"}).context["page"]
    assert names(page) == ["Budi Contoh"]
    for said, words, found in (
        ({}, "", 3),
        ({}, sari.nip, 2),
        ({"hari": str(now.date())}, "", 2),
        ({"status": State.FAILED}, "", 1),
        ({"hari": "2026-99-99", "status": "x", "kursus": "x", "sesudah": "y"}, "", 3),
    ):
        page = outbox_page.outbox_page(hr, said, words=words, now=now)
        assert len(page.rows) == found, (said, words)


def test_pages_begin_behind_a_mail(world, now, monkeypatch):
    monkeypatch.setattr(outbox_page, "MAILS_PER_PAGE", 2)
    hr = world.people["hr"]
    mails = [mail_to(world.people["learner"], now, days=n) for n in range(5)]

    def page(**said):
        return outbox_page.outbox_page(hr, said, words="", now=now)

    first = page()
    second = page(sesudah=str(first.behind))
    third = page(sesudah=str(second.behind))
    seen = [row.pk for one in (first, second, third) for row in one.rows]
    assert seen == [mail.pk for mail in mails]
    assert (first.before, third.behind) == (None, None)
    assert page(sebelum=str(third.before)).rows == second.rows
    assert page(sebelum=str(second.before)).rows == first.rows


def test_a_failed_mail_is_asked_for_again_once(client_as, world, now):
    sari = world.people["learner"]
    failed = mail_to(sari, now, state=State.FAILED, ended_at=now)
    old = mail_to(sari, now, state=State.FAILED, days=40)
    sent = mail_to(sari, now, days=1)
    client = client_as("hr")
    assert client.get(START).content.decode().count("/ulang/") == 1

    for mail in (failed, failed, old, sent):
        client.post(f"{START}{mail.pk}/ulang/")

    for mail, state in (
        (failed, State.PENDING),
        (old, State.FAILED),
        (sent, State.SENT),
    ):
        mail.refresh_from_db()
        assert mail.state == state
    asked = AuditRecord.objects.filter(verb="courses.reminder.asked_again")
    assert [one.object_id for one in asked] == [failed.pk]
    foreign = mail_to(world.outsider, now, state=State.FAILED)
    assert client.post(f"{START}{foreign.pk}/ulang/").status_code == 404

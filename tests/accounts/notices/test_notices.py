"""What people are told: once, counted on the bell, in one mail a morning at most."""

from datetime import datetime, timedelta

import pytest
from django.core import mail

from accounts import actions
from accounts.actions import News
from accounts.models import DailyMail, Notice, NoticeKind, SilencedKind
from accounts.notices.digest import ask_for_daily_mails, send_daily_mail
from tests.factories import make_person
from tests.queries import assert_same_queries, count_queries


@pytest.fixture
def her(client_of, learner):
    """Return the learner's browser."""
    return client_of(learner)


def tell(person, now, key="kabar", kind=NoticeKind.NEW_PART, **over) -> None:
    news = News(person.pk, kind, key, f"Ada {key}.", "/kursus/", **over)
    actions.tell(news, now=now)


def bell(browser) -> int:
    return browser.get("/").context["request"].user.unread


def test_what_is_told_twice_stands_once(learner, her, now):
    tell(learner, now)
    tell(learner, now + timedelta(days=1))

    (row,) = her.get("/pemberitahuan/").context["page"].rows
    assert (row.text, row.told_at) == ("Ada kabar.", now)
    assert bell(her) == 1


def test_reading_one_leads_there_and_takes_it_off_the_bell(learner, her, now):
    tell(learner, now)
    tell(learner, now, key="lain")
    told = Notice.objects.get(key="kabar")

    response = her.post(f"/pemberitahuan/{told.pk}/")

    assert response.url == "/kursus/"
    assert bell(her) == 1
    her.post("/pemberitahuan/dibaca/")
    assert bell(her) == 0
    told.refresh_from_db()
    first = told.read_at
    her.post(f"/pemberitahuan/{told.pk}/")
    told.refresh_from_db()
    assert told.read_at == first


def test_nobody_reads_what_others_were_told(learner, client_as, now):
    tell(learner, now)
    told = Notice.objects.get()
    other = client_as("hr")

    assert other.post(f"/pemberitahuan/{told.pk}/").status_code == 404
    other.post("/pemberitahuan/dibaca/")
    told.refresh_from_db()
    assert told.read_at is None
    assert other.get("/pemberitahuan/").context["page"].rows == []


def test_a_silenced_kind_stays_in_the_list_only(learner, her, now):
    tell(learner, now)
    wanted = [kind for kind in NoticeKind.values if kind != "new_part"]

    her.post("/pemberitahuan/pilihan/", {"kinds": wanted})

    assert bell(her) == 0
    assert len(her.get("/pemberitahuan/").context["page"].rows) == 1
    assert not send_daily_mail(person_id=learner.pk, now=now)
    page = her.get("/pemberitahuan/pilihan/")
    assert page.context["form"].initial["kinds"] == wanted
    her.post("/pemberitahuan/pilihan/", {"kinds": NoticeKind.values})
    assert bell(her) == 1
    assert not SilencedKind.objects.exists()


def test_the_bell_asks_nothing_of_its_own(learner, her, now):
    before = count_queries(her, "/akun/")
    for number in range(30):
        tell(learner, now, key=f"kabar {number}")

    assert count_queries(her, "/akun/") == before
    assert "30 baru" in her.get("/akun/").content.decode()


def test_a_long_list_is_no_more_questions(learner, her, now):
    def grow(count: int) -> None:
        first = Notice.objects.count()
        for number in range(first, first + count):
            tell(learner, now, key=f"kabar {number}")

    assert_same_queries(her, "/pemberitahuan/", grow, few=3, many=300)


ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


# --- the mail ----------------------------------------------------------------------
def with_address(person, zone: str = "Asia/Jakarta"):
    person.email = f"{person.pk}@contoh.example"
    person.time_zone = zone
    person.save()
    return person


def test_a_mail_tells_what_is_new_once_a_day(learner, now, settings):
    settings.PUBLIC_URL = "https://contoh.example"
    with_address(learner)
    tell(learner, now)
    tell(learner, now, key="sertifikat", is_mailed_apart=True)

    assert send_daily_mail(person_id=learner.pk, now=now)
    assert not send_daily_mail(person_id=learner.pk, now=now)

    (message,) = mail.outbox
    assert message.to == [learner.email]
    assert "Ada kabar." in message.body
    assert "https://contoh.example/kursus/" in message.body
    assert "sertifikat" not in message.body
    tell(learner, now + timedelta(hours=1), key="baru")
    assert not send_daily_mail(person_id=learner.pk, now=now + timedelta(hours=1))
    assert send_daily_mail(person_id=learner.pk, now=now + timedelta(days=1))
    assert "Ada baru." in mail.outbox[1].body
    assert "Ada kabar." not in mail.outbox[1].body


def test_what_was_read_or_is_a_week_old_is_not_mailed(learner, her, now):
    with_address(learner)
    tell(learner, now - timedelta(days=8), key="usang")
    tell(learner, now)
    her.post("/pemberitahuan/dibaca/")

    assert not send_daily_mail(person_id=learner.pk, now=now)
    assert not DailyMail.objects.exists()


def test_whoever_left_or_has_no_address_gets_none(learner, now):
    tell(learner, now)
    assert not send_daily_mail(person_id=learner.pk, now=now)

    with_address(learner)
    type(learner).objects.filter(pk=learner.pk).update(is_active=False)

    assert not send_daily_mail(person_id=learner.pk, now=now)
    assert not send_daily_mail(person_id=10**9, now=now)


@pytest.mark.parametrize(
    ("utc", "zones"),
    [
        ("2026-11-20T21:30:00+00:00", {"Asia/Jayapura"}),
        (
            "2026-11-20T23:30:00+00:00",
            {"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"},
        ),
        ("2026-11-21T03:30:00+00:00", {"Asia/Jakarta"}),
        ("2026-11-21T05:30:00+00:00", set()),
    ],
)
def test_a_mail_comes_in_the_morning_where_she_is(world, monkeypatch, utc, zones, now):
    at = datetime.fromisoformat(utc)
    people = {}
    for zone in ZONES:
        person = with_address(make_person(unit=world.agency, now=now), zone)
        people[person.pk] = zone
        tell(person, at - timedelta(hours=1), key=zone)
    sent = []
    monkeypatch.setattr(
        "lib.queueing.Job.send", lambda _job, **said: sent.append(said["person_id"])
    )

    ask_for_daily_mails(now=at)

    assert {people[pk] for pk in sent} == zones


def test_old_notices_that_were_read_are_deleted(learner, now):
    for key, age, is_read in (("a", 400, True), ("b", 400, False), ("c", 9, True)):
        tell(learner, now - timedelta(days=age), key=key)
        if is_read:
            pk = Notice.objects.get(key=key).pk
            actions.read_told(person=learner, notice_id=pk, now=now)

    assert actions.forget_old_notices(now=now) == 1
    assert set(Notice.objects.values_list("key", flat=True)) == {"b", "c"}


def test_whoever_is_anonymised_has_no_notices(learner, world, now):
    with_address(learner)
    tell(learner, now)
    send_daily_mail(person_id=learner.pk, now=now)

    actions.anonymise_person(
        person=learner, by=world.people["admin"], now=now, reason="Diminta"
    )

    assert not Notice.objects.exists()
    assert not DailyMail.objects.exists()

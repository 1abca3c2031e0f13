"""Where people are signed in: shown to them alone, and ended by them alone."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.actions import known_sessions
from accounts.browsers import browser_in_words
from accounts.models import AuditRecord, KnownSession, User
from accounts.tasks import clear_expired_sessions
from elearning import settings as shipped
from tests.every_case import every_case
from tests.queries import assert_same_queries

PASSWORD = "sepatu-biru-di-atas-meja"
ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Mobile Safari/537.36"
)


@every_case(
    ("user_agent", "words"),
    [
        (ANDROID, "Chrome · Android"),
        ("… (Windows NT 10.0) Gecko Firefox/140.0", "Firefox · Windows"),
        ("… Macintosh … Chrome/1 Safari/1 Edg/1", "Edge · Mac"),
        ("… iPhone … Version/18 Mobile Safari/604.1", "Safari · iPhone"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_browser_is_named_as_its_person_knows_it(user_agent, words):
    assert browser_in_words(user_agent) == words


@pytest.fixture
def siti(world, learner) -> User:
    learner.set_password(PASSWORD)
    learner.save()
    return learner


def enter(person: User, user_agent: str = ANDROID) -> Client:
    browser = Client(headers={"user-agent": user_agent})
    answer = browser.post("/masuk/", {"login": person.nip, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return browser


def test_she_sees_where_she_is_in_and_which_one_this_is(siti):
    enter(siti, "Mozilla/5.0 (Windows NT 10.0) Gecko Firefox/140.0")

    html = enter(siti).get("/akun/sesi/").content.decode()

    assert html.index("Chrome · Android") < html.index("Firefox · Windows")
    assert html.count("Yang ini") == 1
    assert html.count("/keluarkan/") == 1


def test_she_ends_one_of_them_and_is_out_there(siti):
    lost, here = enter(siti), enter(siti)
    row = KnownSession.objects.get(session_key=lost.session.session_key)

    answer = here.post(f"/akun/sesi/{row.pk}/keluarkan/", follow=True)

    assert "sudah dikeluarkan" in answer.content.decode()
    assert lost.get("/akun/").status_code == 302
    assert here.get("/akun/").status_code == 200
    (record,) = AuditRecord.objects.filter(verb="accounts.sessions.ended")
    assert (record.actor_id, record.detail["count"]) == (siti.pk, 1)


def test_she_ends_all_but_this_one(siti):
    others, here = [enter(siti), enter(siti)], enter(siti)

    here.post("/akun/sesi/keluarkan-yang-lain/")
    again = here.post("/akun/sesi/keluarkan-yang-lain/", follow=True)

    assert [one.get("/akun/").status_code for one in others] == [302, 302]
    assert here.get("/akun/").status_code == 200
    assert "Tidak ada sesi lain." in again.content.decode()


def test_nobody_ends_somebody_elses(siti, client_as):
    hers = enter(siti)
    row = KnownSession.objects.get()

    answer = client_as("admin").post(f"/akun/sesi/{row.pk}/keluarkan/")

    assert answer.status_code == 404
    assert hers.get("/akun/").status_code == 200


def test_this_one_is_left_by_leaving_it(siti):
    here = enter(siti)
    row = KnownSession.objects.get()

    assert here.post(f"/akun/sesi/{row.pk}/keluarkan/").status_code == 404
    assert here.get("/akun/").status_code == 200


def test_the_page_asks_as_often_for_many(siti, now):
    here = enter(siti)

    def more(rows: int) -> None:
        known = KnownSession.objects.count()
        for number in range(known, known + rows):
            key = f"k{number}"
            Session.objects.create(
                session_key=key, session_data="", expire_date=now + timedelta(days=9)
            )
            known_sessions.note_session(
                person=siti, session_key=key, is_by_agency=False, browser="", now=now
            )

    assert_same_queries(here, "/akun/sesi/", more, many=45)


def test_what_is_known_of_a_session_goes_with_it(siti, clock, now):
    enter(siti)

    clock.move_to(now + timedelta(days=31))
    clear_expired_sessions()

    assert not KnownSession.objects.exists()


# --- nobody at the desk ------------------------------------------------------------
@pytest.fixture
def idle(settings) -> timedelta:
    settings.ELEARNING_STAFF_IDLE = shipped.ELEARNING_STAFF_IDLE
    return shipped.ELEARNING_STAFF_IDLE


def test_people_with_a_role_are_out_after_an_idle_hour(client_as, clock, now, idle):
    staff = client_as("hr")
    for minutes in (0, 50, 100, 150):
        clock.move_to(now + timedelta(minutes=minutes))
        assert staff.get("/akun/").status_code == 200

    clock.move_to(now + timedelta(minutes=150) + idle)

    assert idle == timedelta(hours=1)
    assert staff.get("/akun/")["Location"] == "/masuk/?next=/akun/"


def test_people_without_a_role_stay_in_for_their_month(client_as, clock, now, idle):
    learner = client_as("learner")
    learner.get("/akun/")

    clock.move_to(now + timedelta(days=20))

    assert learner.get("/akun/").status_code == 200


def test_being_seen_is_written_once_a_minute(client_as, clock, now, idle):
    staff = client_as("hr")
    staff.get("/akun/")

    def seen(seconds: int) -> str:
        clock.move_to(now + timedelta(seconds=seconds))
        staff.get("/akun/")
        return staff.session["seen_at"]

    assert seen(0) == seen(30) == seen(59) != seen(60)

"""The feed of deadlines: whole days, one stable event a course, cancellations told."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from accounts import actions as accounts_actions
from courses import actions
from courses.calendar.entries import CANCELLED_FOR, make_feed
from courses.models import CalendarEntry
from tests.factories import finish_reading, make_reading

DUE = date(2026, 12, 1)


@pytest.fixture
def feed(learner, now):
    """The learner's feed."""
    return make_feed(person=learner, now=now)


@pytest.fixture
def reading(world, now):
    """A course of lessons only."""
    return make_reading(unit=world.agency, now=now, key="baca")


def order(course, world, now, due_on=DUE):
    return actions.assign_course(
        course=course, unit=world.agency, due_on=due_on, by=None, now=now
    )


def events(client, feed) -> list:
    response = client.get(f"/kalender/{feed.token}.ics")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def told(client, feed) -> list[tuple]:
    return [
        (event["SEQUENCE"], str(event["STATUS"]), event.decoded("DTSTART"))
        for event in events(client, feed)
    ]


def test_a_deadline_is_one_whole_day(feed, reading, world, client, now):
    order(reading, world, now)

    (event,) = events(client, feed)

    assert event.decoded("DTSTART") == DUE
    assert event.decoded("DTEND") == DUE + timedelta(days=1)
    assert str(event["SUMMARY"]) == "Tenggat kursus: Bacaan baca"
    assert str(event["URL"]).endswith("/kursus/baca/")


def test_another_day_keeps_the_event_and_raises_its_sequence(
    feed, reading, world, client, now, clock
):
    first = order(reading, world, now)
    (before,) = events(client, feed)
    assert told(client, feed) == [(0, "CONFIRMED", DUE)]

    clock.move_to(now + timedelta(days=1))
    actions.cancel_assignment(
        assignment_id=first.pk, by=world.people["hr"], now=now + timedelta(days=1)
    )
    order(reading, world, now + timedelta(days=1), DUE + timedelta(days=7))

    (after,) = events(client, feed)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == 1
    assert after.decoded("DTSTART") == DUE + timedelta(days=7)


def test_what_holds_no_longer_is_told_as_cancelled_for_a_while(
    feed, reading, world, client, now, clock
):
    first = order(reading, world, now)
    events(client, feed)
    actions.cancel_assignment(assignment_id=first.pk, by=world.people["hr"], now=now)

    assert told(client, feed) == [(1, "CANCELLED", DUE)]
    (event,) = events(client, feed)
    assert str(event["SUMMARY"]) == "Tidak berlaku lagi: tenggat kursus Bacaan baca"
    clock.move_to(now + CANCELLED_FOR + timedelta(days=1))
    assert told(client, feed) == []
    order(reading, world, now + CANCELLED_FOR, DUE + timedelta(days=99))
    assert told(client, feed) == [(2, "CONFIRMED", DUE + timedelta(days=99))]


def test_a_finished_course_has_no_deadline(feed, reading, world, learner, client, now):
    order(reading, world, now)
    events(client, feed)
    finish_reading(course=reading, person=learner, now=now)

    assert told(client, feed) == [(1, "CANCELLED", DUE)]


def test_asking_again_changes_nothing(feed, reading, world, client, now):
    order(reading, world, now)
    events(client, feed)
    before = list(CalendarEntry.objects.values())

    events(client, feed)

    assert list(CalendarEntry.objects.values()) == before


def test_an_address_that_was_replaced_or_ended_finds_nothing(
    feed, learner, client, client_of
):
    her = client_of(learner)
    page = her.get("/pemberitahuan/pilihan/")
    assert f"/kalender/{feed.token}.ics" in page.context["calendar_url"]

    her.post("/kalender/")

    assert client.get(f"/kalender/{feed.token}.ics").status_code == 404
    fresh = her.get("/pemberitahuan/pilihan/").context["calendar_url"]
    assert client.get(fresh.partition("testserver")[2]).status_code == 200
    her.post("/kalender/hentikan/")
    assert client.get(fresh.partition("testserver")[2]).status_code == 404


def test_whoever_has_left_has_no_feed(feed, learner, world, client, now):
    accounts_actions.set_active(
        person=learner, is_active=False, by=world.people["admin"], now=now
    )

    assert client.get(f"/kalender/{feed.token}.ics").status_code == 404

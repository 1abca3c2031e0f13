"""What a phone says after it had no line: each thing once, however often said."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from courses import actions
from courses.models import LessonCompletion
from elearning.offline.reading import CheckAnswered, LessonRead, read_entries
from elearning.offline.tokens import bearer_of, token_for
from quizzes.models import PracticeResponse
from tests.every_case import every_case

NOW = datetime(2026, 11, 21, tzinfo=UTC)
URL = "/kiriman/"


def lesson(number=1, **over):
    """Return an entry of a lesson that was read."""
    return {
        "kind": "lesson",
        "sequence": number,
        "course": "contoh",
        "lesson": f"pelajaran-{number}",
        "cycle": 1,
        "version": 1,
        **over,
    }


def check(number=9, **over):
    """Return an entry of a check that was answered."""
    return {
        "kind": "check",
        "sequence": number,
        "course": "contoh",
        "question": "contoh-practice-1",
        "fields": {"answer": ["a"]},
        "token": str(uuid4()),
        **over,
    }


def say(person, *rows, token=None):
    """Send entries as a phone does whose session has ended."""
    headers = {"X-Outbox-Token": token_for(person) if token is None else token}
    return Client(headers=headers).post(
        URL, json.dumps(rows), content_type="application/json"
    )


def done():
    """Return the keys of lessons that are done."""
    return sorted(LessonCompletion.objects.values_list("lesson_key", flat=True))


def test_lessons_read_without_a_line_are_done(place, learner, now):
    told_at = now - timedelta(days=2)
    said = lesson(1, told_at=int(told_at.timestamp() * 1000))

    reply = say(learner, said, lesson(2))

    assert reply.json() == {"accepted": [1, 2], "refused": []}
    first, second = LessonCompletion.objects.order_by("pk")
    # The server's time decides; what the phone told stands beside it.
    assert (first.completed_at, first.told_at) == (now, told_at)
    assert (second.completed_at, second.told_at) == (now, None)
    place.refresh_from_db()
    assert place.progress > 0


def test_saying_it_again_from_wherever_changes_nothing(place, learner):
    answered = check()
    for _time in range(3):
        reply = say(learner, lesson(1), answered, lesson(1, sequence=40))

    assert reply.json()["accepted"] == [1, 9, 40]
    assert done() == ["pelajaran-1"]
    assert PracticeResponse.objects.count() == 1


def test_a_lesson_of_a_cycle_that_is_over_says_nothing_about_the_next(
    place, learner, course, now
):
    actions.withdraw(enrollment_id=place.pk, by=learner, now=now)

    reply = say(learner, lesson(1), lesson(2, cycle=2))

    assert reply.json() == {
        "accepted": [],
        "refused": [
            {"sequence": 1, "code": "withdrawn"},
            {"sequence": 2, "code": "not_hers"},
        ],
    }
    assert done() == []


def test_what_cannot_be_done_holds_nothing_up(place, learner):
    reply = say(
        learner,
        lesson(3, lesson="tidak-ada"),
        lesson(4, course="lain"),
        check(5, question="tidak-ada"),
        check(6, fields={"answer": ["z"]}),
        lesson(1),
    )

    assert reply.json()["accepted"] == [1]
    assert [row["code"] for row in reply.json()["refused"]] == [
        "not_in_version",
        "not_hers",
        "not_hers",
        "foreign_option",
    ]


@every_case("row", [{}, {"kind": "x"}, "x", lesson(cycle=0), check(token="x")])
def test_what_cannot_be_read_is_told(row, place, learner):
    assert say(learner, row).status_code == 400
    assert done() == []


def test_only_the_persons_own_token_opens_it(place, learner, world, now):
    other = world.people["hr"]
    for token in ("", "x", token_for(learner) + "x"):
        assert say(learner, lesson(1), token=token).status_code == 403
    assert say(other, lesson(1)).json()["refused"] == [
        {"sequence": 1, "code": "not_hers"}
    ]
    assert done() == []


def test_a_new_password_ends_the_token(learner, clock):
    token = token_for(learner)
    assert bearer_of(token) == learner
    learner.set_password("Sandi-baru-untuk-uji-1")
    learner.save()

    assert bearer_of(token) is None
    assert bearer_of(token_for(learner)) == learner


def test_whoever_may_not_sign_in_says_nothing(learner):
    token = token_for(learner)
    learner.is_active = False
    learner.save()

    assert bearer_of(token) is None


def test_an_old_token_ends(learner, clock, now):
    token = token_for(learner)
    clock.move_to(now + timedelta(days=61))

    assert bearer_of(token) is None


def test_the_outbox_reads_nothing_and_knows_no_session(client_of, place, learner):
    assert client_of(learner).post(URL, "[]", content_type="text/plain").json() == {
        "code": "token"
    }
    assert client_of(learner).get(URL).status_code == 405


def test_entries_are_read_as_they_are_said():
    rows = [lesson(7, told_at=int(NOW.timestamp() * 1000)), check()]

    read = read_entries(rows, now=NOW)

    assert read[0] == LessonRead(7, "contoh", "pelajaran-7", 1, 1, NOW)
    assert isinstance(read[1], CheckAnswered)


@every_case("told", [None, "gestern", True, 1.5, 10**20, -(10**20), 0])
def test_a_clock_that_cannot_be_meant_tells_no_time(told):
    [read] = read_entries([lesson(told_at=told)], now=NOW)

    assert read.told_at is None


@every_case(
    "row",
    [
        lesson(course="a b"),
        lesson(course="x" * 81),
        lesson(sequence=True),
        lesson(sequence=10**12),
        check(fields=[]),
        check(fields={"answer": "a"}),
        check(fields={"answer": ["x" * 5000]}),
        check(fields={str(n): [] for n in range(51)}),
    ],
)
def test_what_no_page_says_is_not_read(row):
    with pytest.raises(ValueError, match="Expected"):
        read_entries([row], now=NOW)


def test_more_than_a_phone_sends_at_once_is_not_read():
    with pytest.raises(ValueError, match="at most"):
        read_entries([lesson()] * 201, now=NOW)

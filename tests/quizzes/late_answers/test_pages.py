"""What HR and the person herself see of answers that came too late."""

from datetime import timedelta
from uuid import UUID

import pytest

from quizzes import actions
from quizzes.models import Attempt, LateAcceptance
from tests.factories import make_person, sit
from tests.queries import assert_same_queries

LIST = "/sdm/jawaban-terlambat/"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def hr(client_as):
    """Return HR's browser."""
    return client_as("hr")


@pytest.fixture
def late(ready, attempt, say, learner, now):
    """A right answer that came after a wrong one had been handed in."""
    say(attempt, 1, "b", now, sequence=1, offset=MINUTE)
    actions.submit_attempt(attempt_id=attempt.pk, by=learner, now=now + 3 * MINUTE)
    return say(attempt, 1, "a", now + 5 * MINUTE, sequence=2, offset=2 * MINUTE)


@pytest.fixture
def url(attempt) -> str:
    """Return the address of the attempt's late answers."""
    return f"{LIST}{attempt.key}/"


def test_hr_sees_the_times_and_not_the_answer(hr, attempt, late, url, now):
    row = hr.get(LIST).context["rows"].object_list[0]
    assert (row.url, row.counted, row.kept) == (url, 0, 1)

    response = hr.get(url)

    answer = response.context["page"].answers[0]
    assert answer.position == 1
    assert answer.claimed_at == now + 2 * MINUTE
    assert answer.received_at == now + 5 * MINUTE
    assert not answer.counts
    assert not hasattr(answer, "value")


def test_hr_is_told_why_an_answer_does_not_count(hr, attempt, late, url):
    page = hr.get(url)

    assert page.context["page"].answers[0].why_not == "sampai setelah percobaan dikirim"
    assert "Tidak dihitung: sampai setelah" in page.content.decode()


@pytest.mark.parametrize(
    ("known", "offset", "arrives", "why_not"),
    [
        (True, None, 12, "waktu menjawab tidak diketahui"),
        (True, 11, 12, "menurut perangkat dijawab di luar waktu"),
        (True, 1, 73 * 60, "sampai lebih dari 72 jam setelah batas waktu"),
        (False, 1, 12, "sampai setelah dinilai, atau perangkatnya belum dikenal"),
        (True, 1, 12, ""),
    ],
)
def test_each_part_of_the_rule_has_its_words(
    hr, attempt, say, url, now, known, offset, arrives, why_not
):
    device = UUID(int=5)
    if known:
        actions.note_visit(attempt_id=attempt.pk, device=device, now=now)
    actions.end_attempt(attempt_id=attempt.pk, by=None, now=now + 12 * MINUTE)
    claimed = None if offset is None else offset * MINUTE
    arrival = now + arrives * MINUTE
    said = {"sequence": 1, "offset": claimed, "device": device}
    save = say(attempt, 1, "a", arrival, **said)

    assert save.counts is not bool(why_not)
    assert hr.get(url).context["page"].answers[0].why_not == why_not


def test_hr_finds_them_where_she_looks_at_the_person(hr, learner, late, url):
    page = hr.get(f"/sdm/kelonggaran/{learner.key}/").content.decode()

    assert url in page


def test_hr_accepts_with_a_reason(hr, attempt, late, url):
    refused = hr.post(url, {"saves": [late.pk]})
    assert "Alasan masih kosong" in refused.content.decode()
    assert not LateAcceptance.objects.exists()

    hr.post(url, {"saves": [late.pk], "reason": "Berita acara 12"})

    assert Attempt.objects.get(pk=attempt.pk).points == 1
    page = hr.get(url).context["page"]
    assert (page.answers[0].is_accepted, page.can_accept) == (True, False)
    assert page.answers[0].reason == "Berita acara 12"


def test_what_is_no_save_is_refused(hr, late, url):
    for said in ("x", "-1", "9" * 40, ""):
        hr.post(url, {"saves": [said], "reason": "Berita acara 12"})

    assert not LateAcceptance.objects.exists()


def test_nobody_reaches_her_own(client_of, world, course, say, now):
    hr = world.people["hr"]
    from tests.factories import enroll, read_lessons, start

    place = enroll(course=course, person=hr, now=now)
    read_lessons(enrollment=place, now=now)
    mine = start(enrollment=place, quiz_key="posttest", now=now)
    actions.submit_attempt(attempt_id=mine.pk, by=hr, now=now + MINUTE)
    save = say(mine, 1, "a", now + 2 * MINUTE, sequence=1, offset=MINUTE)
    browser = client_of(hr)

    assert browser.get(LIST).context["rows"].object_list == []
    posted = {"saves": [save.pk], "reason": "Berita acara 12"}
    assert browser.post(f"{LIST}{mine.key}/", posted).status_code == 404
    assert not LateAcceptance.objects.exists()


def test_the_person_is_told_what_did_not_count(client_of, learner, attempt, late):
    page = client_of(learner).get(f"/percobaan/{attempt.key}/hasil/")

    assert page.context["page"].kept_aside == 1
    assert "sampaikan kepada pengelola SDM" in page.content.decode()


def test_nothing_late_is_said_kindly(hr, ready, now):
    sit(enrollment=ready, quiz_key="posttest", right=1, now=now)

    assert "Tidak ada jawaban terlambat" in hr.get(LIST).content.decode()


def test_the_list_costs_the_same_for_many(hr, world, course, late, say, now):
    from tests.factories import enroll, read_lessons, start

    def more(count: int) -> None:
        for _number in range(count):
            person = make_person(unit=world.section, now=now)
            place = enroll(course=course, person=person, now=now)
            read_lessons(enrollment=place, now=now)
            found = start(enrollment=place, quiz_key="posttest", now=now)
            actions.submit_attempt(attempt_id=found.pk, by=person, now=now + MINUTE)
            say(found, 1, "a", now + 2 * MINUTE, sequence=1, offset=MINUTE)

    assert_same_queries(hr, LIST, more, few=2, many=6)

"""Taking a quiz in a browser, with and without scripts, on good lines and bad."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client

from courses.actions import withdraw
from quizzes import actions
from quizzes.marking.rows import current_saves
from quizzes.models import Attempt, ResponseSave
from quizzes.taking.tokens import token_for
from tests.factories import enroll, sit, start
from tests.queries import queries_in

TIME = timedelta(minutes=10)
GRACE = timedelta(seconds=60)
POSTTEST = "/kursus/contoh/kuis/posttest/"
PRETEST = "/kursus/contoh/kuis/pretest/"
PHONE = str(UUID(int=5))


@pytest.fixture
def her(client_of, learner):
    """Return the learner's browser."""
    return client_of(learner)


@pytest.fixture
def url(attempt) -> str:
    """Return the address of the attempt's pages."""
    return f"/percobaan/{attempt.key}/"


def answers(attempt: Attempt) -> dict[int, str | None]:
    """Return the current answers by position."""
    saves = current_saves(attempt)
    return {
        item.position: saves[item.pk].value
        for item in attempt.items.all()
        if item.pk in saves
    }


def state(attempt: Attempt) -> str:
    """Return the state as the database has it."""
    return Attempt.objects.get(pk=attempt.pk).state


# --- before ------------------------------------------------------------------------
def test_the_page_before_says_the_rules(place, her):
    page = her.get(POSTTEST).context["page"]

    assert (page.question_count, page.minutes, page.attempts_left) == (4, 10, 3)
    assert page.pass_mark == 70
    assert page.can_start is False
    assert "pelajaran" in page.refusal


def test_the_page_before_offers_to_go_on(attempt, her, url):
    page = her.get(POSTTEST).context["page"]

    assert page.resume_url == f"{url}1/"
    assert page.refusal == ""


def test_the_page_before_lists_what_was_done(ready, her, now):
    sit(enrollment=ready, quiz_key="posttest", right=2, now=now)
    sit(enrollment=ready, quiz_key="posttest", right=3, now=now)

    page = her.get(POSTTEST).context["page"]

    assert [(row.number, row.score, row.passed) for row in page.history] == [
        (1, 50, False),
        (2, 75, True),
    ]


def test_the_page_before_says_until_when_to_rest_in_the_persons_zone(
    ready, learner, her, now
):
    learner.time_zone = "Asia/Jayapura"
    learner.save(update_fields=["time_zone"])
    for _ in range(3):
        sit(enrollment=ready, quiz_key="posttest", right=0, now=now)

    page = her.get(POSTTEST).context["page"]

    assert "22 November 2026" in page.refusal
    assert "10.30 WIT" in page.refusal


def test_a_quiz_that_does_not_exist_is_not_found(place, her):
    assert her.get("/kursus/contoh/kuis/tidak-ada/").status_code == 404
    assert her.post("/kursus/contoh/kuis/tidak-ada/mulai/").status_code == 404


def test_a_quiz_is_closed_to_those_who_do_not_take_the_course(place, client_of, world):
    outsider = client_of(world.outsider)

    # She is shown the course instead, where it is offered.
    assert outsider.get(PRETEST)["Location"] == "/kursus/contoh/"
    outsider.post(f"{PRETEST}mulai/")
    assert not Attempt.objects.exists()


# --- starting ----------------------------------------------------------------------
def test_starting_leads_to_the_first_question(place, her):
    response = her.post(f"{PRETEST}mulai/")

    attempt = Attempt.objects.get()
    assert response["Location"] == f"/percobaan/{attempt.key}/1/"


def test_starting_twice_leads_to_the_same_attempt(place, her):
    places = {her.post(f"{PRETEST}mulai/")["Location"] for _ in range(2)}

    assert len(places) == 1
    assert Attempt.objects.count() == 1


def test_a_refused_start_says_why(place, her):
    response = her.post(f"{POSTTEST}mulai/", follow=True)

    assert response.redirect_chain == [(POSTTEST, 302)]
    assert "Selesaikan semua pelajaran wajib dulu" in response.content.decode()
    assert not Attempt.objects.exists()


# --- answering ---------------------------------------------------------------------
def test_a_question_is_shown_without_its_key(attempt, her, url):
    item = attempt.items.get(position=1)

    response = her.get(f"{url}1/")

    page, html = response.context["page"], response.content.decode()
    shown = page.control.place.choices
    assert [choice.key for choice in shown] == [
        f"_{place}" for place in range(len(shown))
    ]
    assert len(shown) == len(item.option_order)
    assert page.seconds_left == 600
    for secret in ("Tepat karena ini.", "Belum, karena", "fraction", "correct"):
        assert secret not in html


def test_going_back_shows_what_was_chosen(attempt, her, url):
    her.post(f"{url}1/", {"answer": "b", "flag": "1", "go": "2"})

    page = her.get(f"{url}1/").context["page"]

    shown = page.control.place.choices
    order = attempt.items.get(position=1).option_order
    chosen = [choice.is_chosen for choice in shown]
    assert [key for key, is_chosen in zip(order, chosen, strict=True) if is_chosen] == [
        "b"
    ]
    assert (page.flagged, page.answered, page.flagged_count) == (True, 1, 1)


def test_an_answer_is_saved_and_leads_on(attempt, her, url):
    for go, target in (
        ("2", "2/"),
        ("kirim", "kirim/"),
        ("", "kirim/"),
        ("x", "kirim/"),
    ):
        response = her.post(f"{url}1/", {"answer": "a", "go": go})
        assert response["Location"] == f"{url}{target}"

    assert answers(attempt) == {1: "a"}


def test_nonsense_in_a_form_loses_no_answer(attempt, her, url):
    for go in ("\N{SUPERSCRIPT TWO}", "9" * 5000, "-1", "1.5"):
        response = her.post(f"{url}1/", {"answer": "a", "go": go})
        assert response.status_code == 302, go[:10]

    assert ResponseSave.objects.count() == 4


def test_an_option_of_another_question_is_told(attempt, her, url):
    html = her.post(f"{url}1/", {"answer": "z"}, follow=True).content.decode()

    assert "bukan milik soal ini" in html
    assert answers(attempt) == {}


def test_a_question_that_does_not_exist_is_not_found(attempt, her, url):
    for position in ("0", "5", "99999999999999999999"):
        assert her.get(f"{url}{position}/").status_code == 404, position


def test_an_answer_after_the_time_is_kept_and_the_attempt_handed_in(
    attempt, her, url, clock, now
):
    her.post(f"{url}1/", {"answer": "a"})
    clock.move_to(now + TIME + GRACE + timedelta(seconds=1))

    response = her.post(f"{url}2/", {"answer": "a"}, follow=True)

    assert response.redirect_chain[-1][0] == f"{url}hasil/"
    assert "Waktu sudah habis" in response.content.decode()
    assert Attempt.objects.get(pk=attempt.pk).points == 1
    assert ResponseSave.objects.count() == 2


@pytest.mark.parametrize("page", ["1/", "kirim/"])
def test_opening_an_attempt_whose_time_is_over_hands_it_in(
    attempt, her, url, clock, now, page
):
    clock.move_to(now + TIME + GRACE + timedelta(seconds=1))

    response = her.get(f"{url}{page}")

    assert response["Location"] == f"{url}hasil/"
    assert state(attempt) == "submitted"


def test_after_handing_in_every_page_leads_to_the_result(attempt, her, url):
    her.post(f"{url}kirim/")

    for page in ("1/", "kirim/"):
        assert her.get(f"{url}{page}")["Location"] == f"{url}hasil/"
    assert her.post(f"{url}1/", {"answer": "a"})["Location"] == f"{url}hasil/"
    assert Attempt.objects.get(pk=attempt.pk).points == 0


def test_whoever_gave_the_course_up_may_finish_what_she_began(
    attempt, ready, her, url, now
):
    withdraw(enrollment_id=ready.pk, by=ready.person, now=now)

    her.post(f"{url}1/", {"answer": "a"})
    her.post(f"{url}kirim/")

    assert Attempt.objects.get(pk=attempt.pk).points == 1


# --- handing in --------------------------------------------------------------------
def test_the_summary_names_what_is_open(attempt, her, url):
    her.post(f"{url}1/", {"answer": "a", "flag": "1"})
    her.post(f"{url}3/", {"answer": "b"})

    page = her.get(f"{url}kirim/").context["page"]

    assert (page.answered, page.total) == (2, 4)
    assert (page.unanswered, page.flagged) == ([2, 4], [1])


def test_handing_in_twice_leads_to_the_result_twice(attempt, her, url):
    for _ in range(2):
        assert her.post(f"{url}kirim/")["Location"] == f"{url}hasil/"

    assert state(attempt) == "submitted"


# --- whose attempt it is -----------------------------------------------------------
PAGES = ["1/", "kirim/", "hasil/", "pembahasan/1/"]


def test_somebody_elses_attempt_is_not_found(
    attempt, world, course, client_of, url, now
):
    enroll(course=course, person=world.outsider, now=now)
    people = [world.outsider, *world.people.values()]

    for person in people:
        if person != attempt.person:
            browser = client_of(person)
            codes = [browser.get(f"{url}{page}").status_code for page in PAGES]
            assert codes == [404] * 4


def test_nobody_answers_or_hands_in_for_somebody_else(attempt, world, client_of, url):
    admin = client_of(world.people["admin"])

    assert admin.post(f"{url}1/", {"answer": "a"}).status_code == 404
    assert admin.post(f"{url}kirim/").status_code == 404
    assert (answers(attempt), state(attempt)) == ({}, "in_progress")


def test_an_attempt_that_does_not_exist_is_not_found(learner, her):
    for page in PAGES:
        assert her.get(f"/percobaan/{uuid4()}/{page}").status_code == 404


# --- autosave ----------------------------------------------------------------------
def word(sequence: int = 1, option: str = "a", **over) -> dict:
    """Return one entry of a device's log."""
    return {
        "position": 1,
        "fields": {"answer": [option]},
        "flagged": False,
        "device": PHONE,
        "sequence": sequence,
        "offset_ms": 1000 * sequence,
        **over,
    }


def send(attempt: Attempt, body, *, token: str | None = None, key=None):
    """Send a device's log without a session, as after it has ended."""
    client = Client(enforce_csrf_checks=True)
    return client.post(
        f"/percobaan/{key or attempt.key}/simpan/",
        body if isinstance(body, bytes | str) else json.dumps(body),
        content_type="application/json",
        headers={"X-Attempt-Token": token_for(attempt) if token is None else token},
    )


def test_a_device_saves_with_its_token_alone(attempt):
    response = send(attempt, [word(1, "b"), word(2, "a")])

    assert response.json() == {
        "accepted": [1, 2],
        "refused": [],
        "state": "in_progress",
        "seconds_left": 600,
        "saved_at": "08.30",
    }
    assert answers(attempt) == {1: "a"}


def test_a_device_that_says_everything_again_is_told_the_same(attempt):
    log = [word(1, "b"), word(2, "a")]

    assert send(attempt, log).json() == send(attempt, log).json()
    assert ResponseSave.objects.count() == 2


def test_what_cannot_be_taken_is_named_and_the_rest_is_taken(attempt):
    log = [word(1, "z"), word(2, "a"), word(3, "a", position=9)]

    taken = send(attempt, log).json()

    assert taken["accepted"] == [2]
    assert taken["refused"] == [
        {"sequence": 1, "code": "foreign_option"},
        {"sequence": 3, "code": "no_such_item"},
    ]


def test_a_saved_answer_may_be_empty_and_flagged(attempt):
    send(attempt, [word(1, "a"), word(2, fields={}, flagged=True)])

    assert answers(attempt) == {1: None}
    assert ResponseSave.objects.get(sequence=2).flagged is True


def test_without_its_token_nothing_is_saved(attempt):
    for token in ("", "x", "a:b:c"):
        response = send(attempt, [word()], token=token)
        assert (response.status_code, response.json()) == (403, {"code": "token"})

    assert not ResponseSave.objects.exists()


def test_a_token_opens_no_other_attempt(attempt, course, world, now):
    other = enroll(course=course, person=world.outsider, now=now)
    theirs = start(enrollment=other, quiz_key="pretest", now=now)

    response = send(attempt, [word()], key=theirs.key)

    assert response.status_code == 403
    assert not ResponseSave.objects.exists()


NO_LOGS = [
    b"",
    b"\xff",
    "{}",
    "null",
    '"x"',
    "[1]",
    "[null]",
    "[{}]",
    [word(0)],
    [word(2**31)],
    [word(position=0)],
    [word(position="1e3")],
    [word(device="x")],
    [word(offset_ms=-1)],
    [word(offset_ms=10**15)],
    [word(fields=["a"])],
    [word(fields={"answer": "a"})],
    [word(fields={"answer": [1]})],
    [word(fields={"answer": ["a"] * 101})],
    [word(fields={"answer": ["a" * 5000]})],
    [word(n) for n in range(1, 202)],
]


def test_what_is_no_log_is_refused_whole(attempt):
    for body in NO_LOGS:
        response = send(attempt, body)
        assert response.status_code == 400, body
        assert response.json() == {"code": "unreadable"}

    assert not ResponseSave.objects.exists()


def test_a_device_that_was_offline_is_heard_after_the_deadline(attempt, clock, now):
    clock.move_to(now + timedelta(hours=20))
    actions.submit_attempt(attempt_id=attempt.pk, by=None, now=now + TIME + GRACE)

    taken = send(attempt, [word(1, "a")]).json()

    assert (taken["accepted"], taken["state"]) == ([1], "submitted")
    assert taken["seconds_left"] == 0
    assert Attempt.objects.get(pk=attempt.pk).points == 1
    assert ResponseSave.objects.get().is_late is True


def test_a_token_reads_nothing(attempt, url):
    client = Client(headers={"X-Attempt-Token": token_for(attempt)})

    assert client.get(f"{url}simpan/").status_code == 405
    for page in ("1/", "kirim/"):
        assert client.get(f"{url}{page}").status_code == 302
    assert client.post(f"{url}kirim/").status_code == 302
    assert state(attempt) == "in_progress"


# --- budgets -----------------------------------------------------------------------
def test_pages_of_an_attempt_have_budgets(attempt, her, url):
    her.get(f"{url}1/")

    counts = [
        queries_in(lambda: her.get(f"{url}1/")),
        queries_in(lambda: her.get(f"{url}kirim/")),
        queries_in(lambda: send(attempt, [word()])),
    ]
    assert counts == [7, 5, 9]

"""Taking a quiz in a browser, with and without scripts, on good lines and bad."""

import gzip
import json
import re
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
from tests.queries import count_queries, queries_in
from tests.quizzes.exercises import make_exercises
from tests.repeated_statements import questions

TIME = timedelta(minutes=10)
GRACE = timedelta(seconds=60)
POSTTEST = "/kursus/contoh/kuis/posttest/"
PRETEST = "/kursus/contoh/kuis/pretest/"
PHONE = str(UUID(int=5))
# Bytes over the wire of a page with eleven questions, one of every type.
PAPER_BUDGET = 7_000


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
    shown = page.question.control.place.choices
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

    shown = page.question.control.place.choices
    order = attempt.items.get(position=1).option_order
    chosen = [choice.is_chosen for choice in shown]
    assert [key for key, is_chosen in zip(order, chosen, strict=True) if is_chosen] == [
        "b"
    ]
    assert (page.question.flagged, page.answered, page.flagged_count) == (True, 1, 1)


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


def send(
    attempt: Attempt, body, *, token: str | None = None, key=None, device: str = ""
):
    """Send a device's log without a session, as after it has ended."""
    client = Client(enforce_csrf_checks=True)
    return client.post(
        f"/percobaan/{key or attempt.key}/simpan/",
        body if isinstance(body, bytes | str) else json.dumps(body),
        content_type="application/json",
        headers={
            "X-Attempt-Token": token_for(attempt) if token is None else token,
            "X-Device": device,
        },
    )


def test_the_answer_to_a_save_is_as_guarded_as_a_page(attempt):
    response = send(attempt, [word()])

    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Length"] == str(len(response.content))
    assert not response.cookies


def test_a_view_that_breaks_answers_a_save_with_an_error(attempt, monkeypatch):
    monkeypatch.setattr("quizzes.views.taking.read_json", None)
    client = Client(raise_request_exception=False)

    response = client.post(
        f"/percobaan/{attempt.key}/simpan/",
        "[]",
        content_type="application/json",
        headers={"X-Attempt-Token": token_for(attempt)},
    )

    assert response.status_code == 500


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
    send(attempt, [], device=PHONE)
    clock.move_to(now + timedelta(hours=20))
    actions.submit_attempt(attempt_id=attempt.pk, by=None, now=now + TIME + GRACE)

    taken = send(attempt, [word(1, "a")]).json()

    assert (taken["accepted"], taken["state"]) == ([1], "closed")
    assert taken["seconds_left"] == 0
    assert Attempt.objects.get(pk=attempt.pk).points is None
    save = ResponseSave.objects.get()
    assert (save.is_late, save.counts) == (True, True)


def test_a_closed_attempt_shows_no_score_until_its_person_asks(
    attempt, her, url, clock, now
):
    send(attempt, [word(1, "a")], device=PHONE)
    clock.move_to(now + timedelta(hours=20))

    for page in ("1/", "kirim/"):
        assert her.get(f"{url}{page}")["Location"] == f"{url}hasil/"
    waiting = her.get(f"{url}hasil/")
    page = waiting.context["page"]
    assert (page.answered, page.total) == (1, 4)
    assert page.waits_until == now + TIME + timedelta(hours=72)
    assert her.get(f"{url}pembahasan/1/").status_code == 404
    before = her.get(POSTTEST).context["page"]
    assert (before.resume_url, before.is_waiting) == (f"{url}hasil/", True)
    assert her.post(f"{POSTTEST}mulai/")["Location"] == f"{url}1/"
    assert state(attempt) == "closed"

    asked = her.post(f"{url}nilai/", follow=True)

    assert asked.context["page"].score == "25"
    assert state(attempt) == "submitted"


def test_a_device_is_known_by_the_name_it_gives(attempt):
    for name in ("", "x", PHONE.upper() + "x", PHONE, PHONE):
        send(attempt, [], device=name)

    assert [str(visit.device) for visit in attempt.visits.all()] == [PHONE]


def test_a_hand_in_waits_for_the_log_it_names(attempt, her, url):
    send(attempt, [word(1, "a")], device=PHONE)

    for log in ({PHONE: 2}, {str(UUID(int=6)): 1}):
        refused = her.post(f"{url}kirim/", {"log": json.dumps(log)})
        assert refused.status_code == 409
        assert "belum sampai" in refused.content.decode()
    assert her.post(f"{url}kirim/").status_code == 409
    assert state(attempt) == "in_progress"

    assert her.post(f"{url}kirim/", {"log": json.dumps({PHONE: 1})}).status_code == 302
    assert state(attempt) == "submitted"


def test_whoever_does_not_want_to_wait_hands_in_at_once(attempt, her, url):
    send(attempt, [word(1, "a")], device=PHONE)

    assert her.post(f"{url}kirim/", {"anyway": "1"}).status_code == 302
    assert state(attempt) == "submitted"


def test_a_log_that_cannot_be_read_is_none(attempt, her, url):
    send(attempt, [word(1, "a")], device=PHONE)

    for log in ("{", "[1]", '{"x": 1}', '{"x": null}', "7", json.dumps({PHONE: "a"})):
        assert her.post(f"{url}kirim/", {"log": log}).status_code == 409, log
    assert state(attempt) == "in_progress"


HOSTILE_JSON = {
    "deep": "[" * 100_000 + "]" * 100_000,
    "deep in the fields": '[{"fields": '
    + '{"a": ' * 90_000
    + "1"
    + "}" * 90_000
    + "}]",
    "deep enough for a database": "[" * 900 + "]" * 900,
    "NUL": json.dumps([{**word(), "fields": {"answer": ["\0"]}}]),
    "half a character": json.dumps([{**word(), "fields": {"answer": ["\ud800"]}}]),
    "half a character as a name": json.dumps([{**word(), "fields": {"\ud800": []}}]),
    "NaN": json.dumps([{**word(), "offset_ms": float("nan")}]),
    "infinity": json.dumps([{**word(), "offset_ms": float("inf")}]),
    "a number of a million digits": "[" + "9" * 1_000_000 + "]",
    "fields as deep text": json.dumps([{**word(), "fields": "[" * 90_000}]),
    "no UTF-8": b"\xff\xfe[",
}


@pytest.mark.parametrize("body", HOSTILE_JSON.values(), ids=HOSTILE_JSON)
def test_a_log_that_nobody_can_read_is_no_error_of_ours(attempt, her, url, body):
    send(attempt, [word(1, "a")], device=PHONE)

    assert send(attempt, body).status_code == 400
    assert her.post(f"{url}kirim/", {"log": body}).status_code == 409
    assert answers(attempt) == {1: "a"}


def test_a_token_reads_nothing(attempt, url):
    client = Client(headers={"X-Attempt-Token": token_for(attempt)})

    assert client.get(f"{url}simpan/").status_code == 405
    for page in ("1/", "kirim/"):
        assert client.get(f"{url}{page}").status_code == 302
    assert client.post(f"{url}kirim/").status_code == 302
    assert state(attempt) == "in_progress"


def test_with_a_token_the_session_is_neither_asked_nor_touched(attempt, her, url):
    token = {"X-Attempt-Token": token_for(attempt)}

    with questions() as asked:
        saved = her.post(
            f"{url}simpan/",
            json.dumps([word()]),
            content_type="application/json",
            headers=token,
        )

    assert saved.json()["accepted"] == [1]
    assert not [one.sql for one in asked if "session" in one.sql]
    assert not saved.cookies
    assert "no-store" in saved["Cache-Control"]
    # Nor does it open anything to whoever has both.
    assert her.get(f"{url}1/", headers=token).status_code == 302
    assert her.get(f"{url}1/").status_code == 200


# --- the whole paper ---------------------------------------------------------------
def questions_in(html: str) -> list[int]:
    """Return the positions of the questions that stand in a piece of a page."""
    return [int(found) for found in re.findall('data-question="([0-9]+)"', html)]


def test_the_whole_paper_comes_in_one_response(attempt, her, url):
    html = her.get(f"{url}3/").content.decode()

    form, waiting = html.split("<template data-quiz-paper>")
    assert questions_in(form) == [3]
    assert questions_in(waiting.split("</template>")[0]) == [1, 2, 4]


def test_what_was_said_stands_in_the_questions_that_wait(attempt, her, url):
    her.post(f"{url}2/", {"answer": "b", "flag": "1", "go": "3"})

    page = her.get(f"{url}1/").context["page"]

    [second, *rest] = page.others
    assert [choice.is_chosen for choice in second.control.place.choices].count(True)
    assert (second.flagged, second.saved_at is not None) == (True, True)
    assert not any(question.flagged or question.saved_at for question in rest)


def test_the_summary_brings_the_paper_unless_a_page_has_it(attempt, her, url):
    opened = her.get(f"{url}kirim/").content.decode()
    fetched = her.get(f"{url}kirim/", headers={"X-Part": "form"}).content.decode()

    summary, waiting = opened.split("<template data-quiz-paper>")
    assert questions_in(summary) == []
    assert questions_in(waiting) == [1, 2, 3, 4]
    assert "data-quiz-words" in opened
    assert questions_in(fetched) == []
    assert "data-quiz-words" not in fetched
    assert fetched.strip().startswith("<form")
    assert fetched.strip().endswith("</form>")


def test_a_message_is_told_once_on_a_page_with_the_paper(attempt, her, url):
    her.post(f"{url}1/", {"answer": "elsewhere", "go": "2"})

    html = her.get(f"{url}kirim/").content.decode()

    assert html.count("Pilihan itu bukan milik soal ini.") == 1


def test_a_paper_of_every_type_is_light(her, learner, world, now):
    course = make_exercises(unit=world.agency, now=now)
    place = enroll(course=course, person=learner, now=now)
    long = start(enrollment=place, quiz_key="pretest", now=now)

    html = her.get(f"/percobaan/{long.key}/1/").content

    assert long.items.count() == 11
    assert len(gzip.compress(html)) <= PAPER_BUDGET


def test_no_question_costs_a_statement(attempt, her, url, learner, world, now):
    long = start(
        enrollment=enroll(
            course=make_exercises(unit=world.agency, now=now), person=learner, now=now
        ),
        quiz_key="pretest",
        now=now,
    )
    assert (attempt.items.count(), long.items.count()) == (4, 11)

    for page in ("1", "kirim"):
        few, many = (f"/percobaan/{each.key}/{page}/" for each in (attempt, long))
        assert count_queries(her, few) == count_queries(her, many)


# --- budgets -----------------------------------------------------------------------
def test_pages_of_an_attempt_have_budgets(attempt, her, url):
    # What the process remembers of the questions and of the paper is read first.
    her.get(f"{url}kirim/")
    send(attempt, [word()])

    counts = [
        queries_in(lambda: her.get(f"{url}1/")),
        queries_in(lambda: her.get(f"{url}kirim/")),
        queries_in(lambda: send(attempt, [word(2)])),
    ]
    assert counts == [5, 5, 2]

"""Ulangan on the screen: invitation, question, answer, next; nothing that nags."""

import gzip
import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import User
from quizzes import actions
from quizzes.bank.rows import question_view
from quizzes.models import FollowUp, PracticeResponse, Question, ReviewCard
from quizzes.practice.check_page import versions_for
from quizzes.practice.pages import position_in_round
from quizzes.practice.queue import Invitation, ReviewDay, invitation, waits_for
from tests.factories import complete, make_question
from tests.queries import assert_same_queries, count_queries
from tests.quizzes.questions.answers import right_form
from tests.quizzes.questions.examples import ALL

DAY = timedelta(days=1)
URL = "/ulangan/"
DONE = "/ulangan/selesai/"
# Bytes over the wire, without the styles and scripts that every page shares.
PAGE_BUDGET = 3_000


@pytest.fixture
def her(client_of, learner):
    """Return the learner's browser."""
    return client_of(learner)


@pytest.fixture
def grow(course, place, learner, now):
    """Return a function that lets so many more questions be due."""

    def grow(count: int, *, moment=None) -> None:
        bank = course.question_banks.get(use="practice")
        first = bank.questions.count() + 1
        keys = {f"contoh-practice-{number}" for number in range(first, first + count)}
        for key in sorted(keys):
            actions.write_question(
                bank=bank, content=make_question(key), by=None, now=now
            )
        actions.make_ready(course=course, by=None, now=now)
        for version in versions_for(course, keys).values():
            actions.answer_practice(
                version=version,
                person=learner,
                fields={"answer": ["b"]},
                token=uuid4(),
                now=moment or now - DAY,
            )

    return grow


@pytest.fixture
def follow_up(course, learner, grow, clock, now) -> FollowUp:
    """Three questions, thirty days after the course was completed; it is that day."""
    place = complete(course=course, person=learner, now=now)
    today = now + 30 * DAY
    clock.move_to(today)
    grow(3, moment=today)
    opened = actions.open_follow_up(enrollment_id=place.pk, day=30, now=today)
    assert opened is not None
    return opened


def html_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def fields_in(html: str) -> tuple[str, dict[str, str]]:
    """Return where the form on a page goes, and its hidden fields."""
    form = re.search(r'<form class="m-check".*?</form>', html, re.DOTALL).group()
    action = re.search(r'action="([^"]+)"', form).group(1)
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    hidden.pop("csrfmiddlewaretoken")
    return action, hidden


def send(client, html: str, **answer: str) -> str:
    """Answer the question on a page as its form would."""
    action, hidden = fields_in(html)
    return html_of(client.post(action, {**hidden, **answer}))


# --- a round -------------------------------------------------------------------------
def test_three_questions_are_asked_and_explained_one_after_the_other(grow, her):
    grow(5)
    url = URL
    for number in (1, 2, 3):
        page = html_of(her.get(url))
        assert f"Soal {number} dari 3" in page
        assert "Tepat karena ini." not in page

        told = send(her, page, answer="a")
        assert "Tepat karena ini." in told
        assert "Soal ini kembali" in told
        url = re.search(r'btn btn-primary" href="([^"]+)"', told).group(1)

    assert url == DONE
    assert "Masih ada soal" in html_of(her.get(DONE))
    assert PracticeResponse.objects.filter(fraction=1).count() == 3


def test_a_round_is_as_long_as_what_is_due(grow, her):
    grow(1)
    page = html_of(her.get(URL))
    assert "Soal 1 dari 1" in page

    told = send(her, page, answer="b")
    assert "Belum tepat." in told
    assert f'href="{DONE}"' in told
    assert "Soal berikutnya menunggu Minggu, 22 November 2026" in html_of(her.get(DONE))


def test_the_same_form_twice_is_one_answer_and_one_page(grow, her):
    grow(1)
    page = html_of(her.get(URL))
    first, second = send(her, page, answer="a"), send(her, page, answer="b")

    assert "Tepat." in first
    assert "Tepat." in second
    assert PracticeResponse.objects.count() == 2


def test_a_blank_answer_says_what_is_missing_and_keeps_the_order(grow, her):
    grow(1)
    page = html_of(her.get(URL))
    again = send(her, page)

    assert "Pilih satu jawaban dulu." in again
    assert fields_in(page) == fields_in(again)
    order = re.compile(r'type="radio"[^>]* value="(\w)"')
    assert order.findall(page) == order.findall(again) != []


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ({}, (1, 3)),
        ({"ke": "2"}, (2, 3)),
        ({"ke": "2", "total": "2"}, (2, 2)),
        ({"ke": "4"}, (1, 3)),
        ({"ke": "0"}, (1, 3)),
        ({"ke": "x", "total": "\0"}, (1, 3)),
        ({"ke": "9" * 30, "total": "9" * 30}, (1, 3)),
    ],
)
def test_the_place_in_a_round_is_believed_within_reason(data, place):
    assert position_in_round(data) == place


def test_a_round_that_was_emptied_elsewhere_ends(place, her):
    assert her.get(f"{URL}?ke=2").url == DONE


# --- when there is nothing -----------------------------------------------------------
def test_a_newcomer_is_told_where_questions_come_from(world, her):
    page = html_of(her.get(URL))

    assert "Belum ada yang perlu diulang." in page
    assert "cek pemahaman" in page


def test_the_next_day_is_named_when_nothing_is_due(grow, her, now):
    grow(2, moment=now)

    page = html_of(her.get(URL))

    assert "Datang lagi Minggu, 22 November 2026." in page


def test_due_is_a_day_where_the_person_is(grow, learner, now):
    # Answered at 20.00 WIB: in Jakarta it is due all day tomorrow.
    grow(1, moment=now.replace(hour=13))
    evening = now.replace(hour=16, minute=59)
    assert invited(learner, evening) is None
    assert invited(learner, evening + timedelta(minutes=1)).count == 1

    User.objects.filter(pk=learner.pk).update(time_zone="Asia/Jayapura")
    learner.refresh_from_db()
    assert invited(learner, now.replace(hour=15)).count == 1


def test_a_retired_question_leaves(grow, her):
    grow(1)
    question = ReviewCard.objects.get().question
    actions.retire_question(question_id=question.pk, by=None, now=question.created_at)

    assert "Belum ada yang perlu diulang." in html_of(her.get(URL))


def invited(person: User, moment: datetime) -> Invitation | None:
    """Ask as the home page does."""
    her_day = ReviewDay.of(person, moment)
    people = User.objects.filter(pk=person.pk)
    return invitation(her_day, waiting=people.values(**waits_for(her_day)).get())


# --- the invitation ------------------------------------------------------------------
@pytest.mark.parametrize(
    ("due", "words"), [(1, "1 soal, 1 menit"), (5, "3 soal, 2 menit")]
)
def test_the_home_page_invites_quietly(grow, her, due, words):
    grow(due)

    assert f"Ulangan: {words}" in html_of(her.get("/"))


def test_without_anything_due_the_home_page_says_nothing(grow, her, now):
    grow(2, moment=now)

    assert "m-home-review" not in html_of(her.get("/"))


@pytest.mark.parametrize(
    ("mode", "words"),
    [("mati", "Ulangan sedang mati."), ("jeda", "Soal tampil lagi mulai Sabtu, 5 Des")],
)
def test_whoever_wants_rest_has_rest(grow, her, mode, words):
    grow(3)
    her.post("/ulangan/pengaturan/", {"mode": mode})

    assert "m-home-review" not in html_of(her.get("/"))
    assert words in html_of(her.get(URL))
    assert f'value="{mode}"' in html_of(her.get("/ulangan/pengaturan/"))


def test_a_rest_ends_by_itself_and_off_does_not(grow, learner, now):
    grow(3)
    actions.set_review_preference(person=learner, is_off=False, rests=True, now=now)
    assert invited(learner, now + 13 * DAY) is None
    assert invited(learner, now + 14 * DAY) is not None

    actions.set_review_preference(person=learner, is_off=True, rests=False, now=now)
    assert invited(learner, now + 400 * DAY) is None

    actions.set_review_preference(person=learner, is_off=False, rests=False, now=now)
    assert invited(learner, now) is not None


# --- follow-ups ----------------------------------------------------------------------
def test_a_follow_up_comes_first_and_says_what_is_still_known(follow_up, her):
    assert "30 hari setelah Kursus Contoh: masih ingat?" in html_of(her.get("/"))
    for number, option in enumerate("aba", 1):
        page = html_of(her.get(URL))
        assert "30 hari setelah Kursus Contoh: masih ingat?" in page
        assert f"Soal {number} dari 3" in page
        told = send(her, page, answer=option)

    assert "Anda masih ingat 2 dari 3." in told
    follow_up.refresh_from_db()
    assert follow_up.points == 2


def test_the_token_of_a_follow_up_stays_on_the_server(follow_up, her):
    page = html_of(her.get(URL))
    tokens = follow_up.items.values_list("token", flat=True)

    assert "token" not in fields_in(page)[1]
    assert not [token for token in tokens if str(token) in page]


def test_a_follow_up_that_has_closed_is_not_offered(follow_up, learner, clock, now):
    assert invited(learner, now + 43 * DAY).note.startswith("30 hari")

    after = invited(learner, now + 44 * DAY)

    assert after is None or not after.note.startswith("30 hari")


def test_a_retired_question_of_a_follow_up_is_not_asked(follow_up, her, now):
    first = follow_up.items.get(position=1).question_version.question_id
    actions.retire_question(question_id=first, by=None, now=now)

    assert "Soal 2 dari 3" in html_of(her.get(URL))


# --- other people's ------------------------------------------------------------------
def test_another_persons_rows_are_not_found(follow_up, grow, client_as, now):
    grow(1)
    stranger = client_as("admin")
    card = ReviewCard.objects.first()
    urls = [
        reverse("quizzes:review_answer", args=[card.key]),
        reverse("quizzes:follow_up_answer", args=[follow_up.key, 1]),
    ]

    for url in urls:
        assert stranger.post(url, {"answer": "a", "token": uuid4()}).status_code == 404


# --- every type ----------------------------------------------------------------------
@pytest.mark.parametrize("content", ALL, ids=lambda content: content.key)
def test_every_type_is_asked_answered_and_explained(
    course, place, learner, her, now, content
):
    bank = course.question_banks.get(use="practice")
    version = actions.write_question(bank=bank, content=content, by=None, now=now)
    actions.make_ready(course=course, by=None, now=now)
    ReviewCard.objects.create(person=learner, question=version.question, due_at=now)

    page = html_of(her.get(URL))
    options = version.options.all()
    assert not [o.feedback_html for o in options if o.feedback and o.feedback in page]
    action, hidden = fields_in(page)
    form = right_form(question_view(version))
    told = html_of(her.post(action, {**hidden, **form}))
    assert "Tepat." in told
    assert PracticeResponse.objects.get().fraction == 1
    feedback = [o.feedback_html for o in options if o.feedback_html]
    assert any(words in told for words in [*feedback, version.feedback_html])
    for html in (page, told):
        assert len(gzip.compress(html.encode())) <= PAGE_BUDGET


# --- bytes and queries ---------------------------------------------------------------
def test_pages_ask_no_more_for_thirty_than_for_three(grow, her):
    assert_same_queries(her, URL, grow)
    assert count_queries(her, URL) <= 10


def test_the_home_page_asks_no_more_for_thirty_than_for_three(grow, her):
    assert_same_queries(her, "/", grow)


def test_questions_of_other_banks_never_come_up(grow, learner):
    grow(2)

    uses = Question.objects.filter(review_cards__person=learner)
    assert set(uses.values_list("bank__use", flat=True)) == {"practice"}

"""Asking about a question: after the attempt, and without its key."""

from uuid import uuid4

import pytest

from courses.inquiries.actions import InquiryAnswer, answer_inquiry
from courses.models import Inquiry
from tests.factories import read_lessons, sit, start


@pytest.fixture
def her(client_of, learner):
    """Return the learner's browser."""
    return client_of(learner)


def url_of(attempt, position=1) -> str:
    return f"/percobaan/{attempt.key}/pembahasan/{position}/tanya/"


def said(text="Dua pilihan benar") -> dict:
    return {"kind": "report", "text": text, "key": uuid4()}


def text_of(client, url) -> str:
    return client.get(url).content.decode()


def share(inquiry, author, now) -> None:
    """Answer so that others may read it."""
    answer_inquiry(
        inquiry_id=inquiry.pk,
        answer=InquiryAnswer(
            "Kuncinya A.", is_public=True, public_text="Mana kuncinya?"
        ),
        seen=inquiry.changed_at,
        by=author,
        now=now,
    )


def test_a_report_tells_no_key_that_is_hidden(place, her, world, now):
    attempt = sit(enrollment=place, quiz_key="pretest", right=1, now=now)
    result = text_of(her, f"/percobaan/{attempt.key}/hasil/")
    assert url_of(attempt) in result

    html = text_of(her, url_of(attempt))
    question = attempt.items.get(position=1).question_version
    assert question.stem in html
    for option in question.options.all():
        assert option.feedback not in html
    assert her.post(url_of(attempt), said()).status_code == 302

    inquiry = Inquiry.objects.get()
    assert (inquiry.bank_key, inquiry.question_key) == (
        question.question.bank.key,
        question.question.key,
    )
    # What others asked may name the key.
    share(inquiry, world.people["author"], now)
    assert "Kuncinya A." not in text_of(her, url_of(attempt))


def test_where_keys_are_open_others_answers_are_there(place, her, world, now):
    read_lessons(enrollment=place, now=now)
    attempt = sit(enrollment=place, quiz_key="posttest", right=4, now=now)
    review = text_of(her, f"/percobaan/{attempt.key}/pembahasan/1/")
    assert url_of(attempt) in review
    her.post(url_of(attempt), said())

    share(Inquiry.objects.get(), world.people["author"], now)

    assert "Kuncinya A." in text_of(her, url_of(attempt))


def test_nothing_can_be_asked_while_an_attempt_runs(place, her, now):
    done = sit(enrollment=place, quiz_key="pretest", right=1, now=now)
    read_lessons(enrollment=place, now=now)
    running = start(enrollment=place, quiz_key="posttest", now=now)

    for attempt in (running, done):
        assert her.get(url_of(attempt)).status_code == 404
        assert her.post(url_of(attempt), said()).status_code == 404
    assert not Inquiry.objects.exists()


def test_no_position_beyond_the_paper_and_nobody_elses(place, her, client_as, now):
    attempt = sit(enrollment=place, quiz_key="pretest", right=1, now=now)

    assert her.get(url_of(attempt, 99)).status_code == 404
    assert client_as("hr").get(url_of(attempt)).status_code == 404

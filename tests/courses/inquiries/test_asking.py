"""Learners ask the author about a part of a lesson, and read what she answers."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts import actions as accounts_actions
from accounts.models import Notice
from courses.exceptions import InquiryNotPossible
from courses.inquiries.actions import (
    MOST_A_DAY,
    InquiryAnswer,
    InquirySubject,
    answer_inquiry,
    send_inquiry,
)
from courses.models import Inquiry
from courses.models.inquiries import LONGEST_INQUIRY
from courses.selectors.content import version_content
from tests.factories import enroll, republish
from tests.queries import assert_same_queries, count_queries

LESSON = "/kursus/contoh/pelajaran/pelajaran-1/"
ASK = f"{LESSON}tanya/"


@pytest.fixture
def her(client_of, learner):
    """Return the learner's browser."""
    return client_of(learner)


@pytest.fixture
def author(world):
    """Return the author of the course."""
    return world.people["author"]


def said(text="Apa bedanya?", **over) -> dict:
    return {"kind": "question", "part": "inti", "text": text, "key": uuid4(), **over}


def ask(course, person, now, *, text="Apa bedanya?", part="inti") -> Inquiry:
    return send_inquiry(
        course=course,
        about=InquirySubject("pelajaran-1", part),
        kind=Inquiry.Kind.QUESTION,
        text=text,
        key=uuid4(),
        by=person,
        now=now,
    )


def reply(inquiry, author, now, *, text="Ini bedanya.", public="") -> Inquiry:
    inquiry.refresh_from_db()
    return answer_inquiry(
        inquiry_id=inquiry.pk,
        answer=InquiryAnswer(text, is_public=bool(public), public_text=public),
        seen=inquiry.changed_at,
        by=author,
        now=now,
    )


def text_of(client, url) -> str:
    return client.get(url).content.decode()


def test_every_part_of_a_lesson_leads_to_its_form_and_is_not_printed(place, her):
    html = text_of(her, LESSON)

    for part in ("pembuka", "inti"):
        assert f'data-print="no"><a href="{ASK}?bagian={part}">' in html
    form = her.get(f"{ASK}?bagian=inti").context["form"]
    assert form["part"].value() == "inti"


def test_what_she_asks_is_kept_once_and_stands_on_her_page(place, her):
    form = said("  Apa <b>bedanya</b>? ")

    first, again = her.post(ASK, form), her.post(ASK, form)

    assert first.status_code == again.status_code == 302
    assert Inquiry.objects.get().text == "Apa <b>bedanya</b>?"
    html = text_of(her, "/pertanyaan/")
    assert "Apa &lt;b&gt;bedanya&lt;/b&gt;?" in html
    assert f"{LESSON}#inti" in html
    assert "Baru" in html


def test_what_is_too_long_is_refused_and_stays_on_the_page(place, her):
    long = "x" * (LONGEST_INQUIRY + 1)

    answer = her.post(ASK, said(long))

    assert answer.status_code == 400
    assert long in answer.content.decode()
    assert not Inquiry.objects.exists()


def test_a_day_has_an_end_and_another_one_begins(place, course, learner, her, now):
    for _one in range(MOST_A_DAY):
        ask(course, learner, now)

    with pytest.raises(InquiryNotPossible, match="too_many"):
        ask(course, learner, now)
    ask(course, learner, now + timedelta(days=1))

    assert Inquiry.objects.count() == MOST_A_DAY + 1


def test_an_answer_is_told_once_for_every_wording(place, course, learner, author, now):
    inquiry = ask(course, learner, now)

    reply(inquiry, author, now)
    reply(inquiry, author, now)
    assert Notice.objects.filter(person=learner, kind="answer").count() == 1
    reply(inquiry, author, now, text="Lebih jelas begini.")

    told = Notice.objects.filter(person=learner, kind="answer")
    assert told.count() == 2
    assert told.first().url == f"/pertanyaan/#{inquiry.key}"


def test_a_colleague_who_came_later_reads_first(place, course, learner, author, now):
    inquiry = ask(course, learner, now)
    later = now + timedelta(minutes=1)
    reply(inquiry, author, later)

    with pytest.raises(InquiryNotPossible, match="changed"):
        answer_inquiry(
            inquiry_id=inquiry.pk,
            answer=InquiryAnswer("Lain."),
            seen=now,
            by=author,
            now=later,
        )

    assert Inquiry.objects.get().answer == "Ini bedanya."


def test_others_read_only_what_the_author_shows_and_never_who_asked(
    place, course, learner, author, world, client_as, her, now
):
    enroll(course=course, person=world.people["hr"], now=now)
    other = client_as("hr")
    reply(ask(course, learner, now, text="Rahasia saya"), author, now)
    shown = ask(course, learner, now, text="Saya Sari, apa bedanya?")
    reply(shown, author, now, text="Ini jawabnya.", public="Apa bedanya?")

    html = text_of(other, f"{ASK}?bagian=inti")

    assert "Apa bedanya?" in html
    assert "Ini jawabnya." in html
    assert learner.full_name not in html
    assert "Sari" not in html
    assert "Rahasia saya" not in html
    assert "Ini jawabnya." not in text_of(other, f"{ASK}?bagian=pembuka")
    assert "Rahasia saya" not in text_of(other, "/pertanyaan/")


def test_it_stays_when_its_part_is_taken_out(place, course, learner, author, her, now):
    reply(ask(course, learner, now), author, now, public="Apa bedanya?")
    content = version_content(course.current_version)
    (module,) = content.modules
    first = module.lessons[0]
    lessons = [replace(first, parts=list(first.parts)[:1]), *module.lessons[1:]]
    republish(
        course=course,
        change="wording",
        content=replace(content, modules=[replace(module, lessons=lessons)]),
        now=now,
    )

    html = text_of(her, ASK)
    assert "Bagian yang sudah tidak ada" in html
    assert "Ini bedanya." in html
    assert "Ini bedanya." in text_of(her, "/pertanyaan/")


def test_whoever_is_anonymised_leaves_only_what_others_read(
    place, course, learner, author, world, now
):
    ask(course, learner, now, text="Hanya untuk penyusun")
    shown = ask(course, learner, now, text="Saya Sari")
    reply(shown, author, now, public="Apa bedanya?")

    accounts_actions.anonymise_person(
        person=learner, by=world.people["admin"], now=now, reason="Diminta"
    )

    left = Inquiry.objects.get()
    assert (left.person_id, left.text) == (None, "")
    assert (left.public_text, left.answer) == ("Apa bedanya?", "Ini bedanya.")


def test_the_database_keeps_what_is_promised(place, course, learner, now):
    inquiry = ask(course, learner, now)
    rows = Inquiry.objects.filter(pk=inquiry.pk)

    for wrong in (
        {"state": "answered"},
        {"is_public": True},
        {"question_key": "s1"},
        {"text": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_the_lesson_asks_no_more_than_before(place, course, learner, author, her, now):
    assert count_queries(her, LESSON) <= 6
    reply(ask(course, learner, now), author, now, public="Apa bedanya?")
    assert count_queries(her, LESSON) <= 6


@pytest.mark.parametrize("url", [ASK, "/pertanyaan/"])
def test_many_are_no_more_questions(url, place, course, learner, author, her, now):
    def grow(count: int) -> None:
        Inquiry.objects.bulk_create(
            Inquiry(
                key=uuid4(),
                course=course,
                kind="question",
                lesson_key="pelajaran-1",
                part_key="inti",
                person=learner,
                text="isi",
                asked_at=now,
                changed_at=now,
                state="answered",
                answer="jawab",
                handled_by=author,
                is_public=True,
                public_text="isi",
            )
            for _one in range(count)
        )

    assert_same_queries(her, url, grow, few=3, many=300)

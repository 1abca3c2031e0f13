"""The author's inbox: what learners of her units ask, and her answers."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.models import AuditRecord, Notice
from courses.inquiries.actions import InquirySubject, send_inquiry
from courses.models import Inquiry
from quizzes.models import QuestionBank
from tests.factories import make_course
from tests.queries import assert_same_queries

INBOX = "/studio/pertanyaan/"


@pytest.fixture
def author(client_as):
    """Return the author's browser."""
    return client_as("author")


def ask(course, person, now, *, text="Apa bedanya?", **about) -> Inquiry:
    about = about or {"lesson_key": "satu", "part_key": "inti"}
    return send_inquiry(
        course=course,
        about=InquirySubject(**about),
        kind=Inquiry.Kind.REPORT,
        text=text,
        key=uuid4(),
        by=person,
        now=now,
    )


def url_of(inquiry) -> str:
    return f"{INBOX}{inquiry.key}/"


def answer(client, inquiry, **over):
    inquiry.refresh_from_db()
    said = {"text": "Terima kasih.", "seen": inquiry.changed_at.isoformat(), **over}
    return client.post(url_of(inquiry), said)


def test_the_inbox_says_who_asked_what_where_and_when(
    place, course, learner, author, now
):
    inquiry = ask(course, learner, now)

    html = author.get(INBOX).content.decode()
    for words in (
        "Apa bedanya?",
        learner.full_name,
        "Baru",
        "1.1 Pelajaran satu, Bagian inti",
    ):
        assert words in html
    assert "1 menunggu jawaban" in html
    html = author.get(url_of(inquiry)).content.decode()
    assert 'href="/studio/kursus-kecil/pelajaran/satu/pratinjau/#inti"' in html
    assert learner.unit.name in html


def test_filters_and_their_empty_state(place, course, learner, author, now):
    answer(author, ask(course, learner, now, text="Sudah"))
    ask(course, learner, now, text="Belum")

    assert "Sudah" not in author.get(INBOX, {"keadaan": "new"}).content.decode()
    assert "Belum" not in author.get(INBOX, {"keadaan": "answered"}).content.decode()
    html = author.get(INBOX, {"jenis": "question"}).content.decode()
    assert "Tidak ada yang cocok." in html
    assert author.get(INBOX, {"keadaan": "ngawur"}).status_code == 200


def test_other_units_are_not_hers(
    place, world, course, learner, author, client_as, now
):
    foreign = make_course(unit=world.other_agency, now=now, key="asing")
    theirs = ask(foreign, world.outsider, now, text="Bukan milik Anda")

    assert "Bukan milik Anda" not in author.get(INBOX).content.decode()
    assert author.get(url_of(theirs)).status_code == 404
    assert author.post(f"{url_of(theirs)}tutup/").status_code == 404
    assert client_as("hr").get(INBOX).status_code == 403


def test_an_answer_reaches_her_who_asked(
    place, course, learner, author, client_of, now
):
    inquiry = ask(course, learner, now)

    assert answer(author, inquiry).status_code == 302

    html = client_of(learner).get("/pertanyaan/").content.decode()
    assert "Terima kasih." in html
    assert "Dijawab" in html
    assert Notice.objects.filter(person=learner).count() == 1
    assert AuditRecord.objects.filter(verb="courses.inquiry.answered").count() == 1


def test_a_public_answer_needs_its_question(place, course, learner, author, now):
    inquiry = ask(course, learner, now)

    refused = answer(author, inquiry, is_public="on", public_text=" ")

    assert refused.status_code == 409
    assert "Terima kasih." in refused.content.decode()
    assert Inquiry.objects.get().state == "new"
    answer(author, inquiry, is_public="on", public_text="Apa bedanya?")
    assert Inquiry.objects.get().is_public


def test_what_was_typed_stays_when_a_colleague_was_first(
    place, course, learner, author, client_as, now
):
    inquiry = ask(course, learner, now - timedelta(minutes=1))
    before = inquiry.changed_at.isoformat()
    answer(client_as("admin"), inquiry, text="Dari rekan.")

    late = answer(author, inquiry, text="Dari saya.", seen=before)

    assert late.status_code == 409
    html = late.content.decode()
    assert "Rekan Anda sudah menangani ini" in html
    assert "Dari saya." in html
    again = author.post(
        url_of(inquiry),
        {"text": "Dari saya.", "seen": late.context["form"]["seen"].value()},
    )
    assert again.status_code == 302
    assert Inquiry.objects.get().answer == "Dari saya."


def test_closing_puts_aside_and_an_answer_opens_again(
    place, course, learner, author, now
):
    inquiry = ask(course, learner, now)

    author.post(f"{url_of(inquiry)}tutup/", {"seen": inquiry.changed_at.isoformat()})
    assert Inquiry.objects.get().state == "closed"
    assert not Notice.objects.exists()
    answer(author, inquiry)
    assert Inquiry.objects.get().state == "answered"


def test_many_are_no_more_questions_and_come_by_pages(
    place, course, learner, author, now
):
    def grow(count: int) -> None:
        Inquiry.objects.bulk_create(
            Inquiry(
                key=uuid4(),
                course=course,
                kind="report",
                bank_key="latihan",
                question_key="cek-1",
                person=learner,
                text=f"isi {number}",
                asked_at=now,
                changed_at=now + timedelta(seconds=number),
            )
            for number in range(count)
        )

    assert_same_queries(author, INBOX, grow, few=3, many=300)
    assert "Halaman 2 dari" in author.get(f"{INBOX}?halaman=2").content.decode()


def test_a_question_of_a_quiz_leads_to_its_bank(place, course, learner, author, now):
    bank = QuestionBank.objects.get(course=course, questions__key="cek-1")
    about = {"bank_key": bank.key, "question_key": "cek-1"}
    inquiry = ask(course, learner, now, **about)

    html = author.get(url_of(inquiry)).content.decode()

    assert f'href="/studio/kursus-kecil/soal/{bank.key}/cek-1/"' in html
    assert "Pertanyaan cek-1?" in html
    assert "Jangan sebut kuncinya" in html

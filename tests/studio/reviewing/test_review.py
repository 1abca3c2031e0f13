"""A second pair of eyes: asked for, commented, decided, needed."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts import actions as accounts_actions
from accounts.access import as_of
from courses import actions as courses_actions
from courses.exceptions import ReviewNotPossible
from courses.models import DraftReview, ReviewComment
from courses.selectors.content import lesson_content
from quizzes import actions as quizzes_actions
from quizzes.bank.stored import content_of
from quizzes.models import Question, QuestionVersion
from quizzes.selectors import planned_quizzes
from studio import actions
from studio.publishing.approval import approval_of
from studio.publishing.readiness import draft_fingerprint
from studio.reviewing.writers import writers_of
from tests import factories
from tests.queries import assert_same_queries

EDIT = "/studio/kursus-kecil/pelajaran/satu/"
REVIEW = "/studio/kursus-kecil/tinjauan/"
QUEUE = "/studio/tinjauan/"


@pytest.fixture
def reviewer(client_as):
    return client_as("reviewer")


@pytest.fixture
def asked(author, draft, lesson_data):
    """A draft with better words that waits for its reviewer."""
    author.post(EDIT, lesson_data(text="## Bagian satu {#satu}\n\nKata yang jelas."))
    author.post(f"{REVIEW}minta/", {"note": "Tolong lihat bagian satu."})
    return DraftReview.objects.get()


def decide(client, verdict: str, note: str = ""):
    seen = client.get(REVIEW).context["page"].seen
    return client.post(
        f"{REVIEW}putus/", {"verdict": verdict, "note": note, "seen": seen}
    )


def state_of(course, draft) -> str:
    return approval_of(draft, draft_fingerprint(course, draft)).state


def test_an_author_asks_and_the_reviewer_finds_it_in_her_queue(asked, reviewer, author):
    page = reviewer.get(QUEUE)

    [row] = page.context["rows"].object_list
    assert row.url == REVIEW
    assert not row.is_own
    assert "Menunggu tinjauan" in reviewer.get("/studio/").text
    detail = reviewer.get(REVIEW)
    assert "Tolong lihat bagian satu." in detail.text
    assert [subject.url for subject in detail.context["page"].lessons] == [
        f"{REVIEW}pelajaran/satu/"
    ]
    assert author.get(QUEUE).context["rows"].object_list[0].is_own


def test_asking_twice_is_one_request(asked, author):
    author.post(f"{REVIEW}minta/", {"note": "Lagi."})

    assert DraftReview.objects.count() == 1


def test_she_sees_what_changes_and_comments_on_a_part(asked, reviewer, author):
    page = reviewer.get(f"{REVIEW}pelajaran/satu/")
    assert "ditambah:" in page.text

    data = {"text": "Contohnya lama.", "part": "satu", "token": str(uuid4())}
    for _twice in range(2):
        response = reviewer.post(f"{REVIEW}pelajaran/satu/", data)
        assert response.status_code == 302

    [comment] = ReviewComment.objects.all()
    assert (comment.lesson_key, comment.part_key) == ("satu", "satu")
    page = author.get(f"{REVIEW}pelajaran/satu/")
    [part] = page.context["subject"].commented
    assert part.title == "Bagian satu"
    assert "Contohnya lama." in page.text
    assert "1 komentar, 1 terbuka" in author.get(REVIEW).text

    author.post(f"{REVIEW}komentar/{comment.pk}/", {"settled": "1"})
    assert "1 komentar, 0 terbuka" in author.get(REVIEW).text
    author.post(f"{REVIEW}komentar/{comment.pk}/", {"settled": "0"})
    comment.refresh_from_db()
    assert comment.settled_at is None


def test_a_question_is_commented_beside_what_is_asked_now(
    asked, course, reviewer, author, world, now
):
    version = QuestionVersion.objects.filter(question__key="pre-1").get()
    version.pk = None
    version.number, version.state = 2, "draft"
    version.stem = "Rumusan yang baru?"
    version._state.adding = True
    version.save()
    url = f"{REVIEW}soal/{version.question.bank.key}/pre-1/"

    assert url in reviewer.get(REVIEW).text
    assert "Rumusan yang baru?" in reviewer.get(url).text
    reviewer.post(url, {"text": "Terlalu mudah.", "token": str(uuid4())})

    [comment] = ReviewComment.objects.all()
    assert comment.question_key == "pre-1"
    assert "Terlalu mudah." in author.get(url).text


@pytest.mark.parametrize("text", ["", "   ", "x" * 2_001])
def test_a_comment_that_says_nothing_or_too_much_is_kept_in_the_form(
    asked, reviewer, text
):
    response = reviewer.post(
        f"{REVIEW}pelajaran/satu/", {"text": text, "token": str(uuid4())}
    )

    assert response.status_code == 409
    assert text.strip() in response.text
    assert not ReviewComment.objects.exists()


def test_an_approval_counts_for_exactly_that_state(
    asked, course, draft, reviewer, author, lesson_data
):
    assert decide(reviewer, "approve").status_code == 302
    assert state_of(course, draft) == "approved"

    author.post(EDIT, lesson_data(text="Satu kata lagi."))

    assert state_of(course, draft) == "changed"
    author.post(f"{REVIEW}minta/", {})
    assert state_of(course, draft) == "open"


def test_the_reviewer_asks_for_changes_in_words(asked, course, draft, reviewer):
    decide(reviewer, "changes")
    assert state_of(course, draft) == "open"

    decide(reviewer, "changes", "Contohnya perlu diganti.")

    assert state_of(course, draft) == "changes"
    assert "Contohnya perlu diganti." in reviewer.get(REVIEW).text


def test_a_draft_that_changed_while_she_read_is_not_approved(
    asked, course, draft, reviewer, author, lesson_data
):
    seen = reviewer.get(REVIEW).context["page"].seen
    author.post(EDIT, lesson_data(text="Berubah."))

    said = {"verdict": "approve", "seen": seen, "note": "Bagus."}
    response = reviewer.post(f"{REVIEW}putus/", said)

    assert response.status_code == 409
    assert state_of(course, draft) == "open"
    assert "berubah sejak Anda membukanya" in response.text
    assert "Bagus." in response.text


def test_nobody_approves_what_she_asked_for_or_wrote(
    asked, course, draft, client_of, world, now
):
    """Also where she holds the reviewer's role."""
    writer = world.people["author"]
    colleague = factories.make_person(unit=world.agency, now=now)
    for person in (writer, colleague):
        accounts_actions.assign_role(
            person=person, unit=world.agency, role="reviewer", by=None, now=now
        )
    seen = draft_fingerprint(course, draft)

    def approve(person) -> DraftReview:
        return actions.decide_on_draft(
            course=course, approves=True, note="", seen=seen, by=person, now=now
        )

    with pytest.raises(ReviewNotPossible) as refusal:
        approve(writer)
    assert refusal.value.code == "own_draft"
    assert "Minta rekan penelaah" in client_of(writer).get(REVIEW).text

    # She asked nobody, but wrote.
    asked.asked_by = colleague
    asked.save()
    with pytest.raises(ReviewNotPossible) as refusal:
        approve(writer)
    assert refusal.value.code == "own_draft"


def test_whoever_wrote_anything_of_the_draft_is_a_writer(
    course, draft, author, lesson_data, world, now
):
    """Minutes alone, a quiz that goes, words of a question that a colleague changed."""
    first, second, third = (
        factories.make_person(unit=world.agency, now=now) for _each in range(3)
    )
    assert writers_of(course, draft) == set()

    lesson = draft.lessons.get(key="satu")
    content = replace(lesson_content(lesson), minutes=lesson.minutes + 1)
    courses_actions.update_lesson(
        lesson_id=lesson.pk, content=content, by=first, now=now
    )
    assert writers_of(course, draft) == {first.pk}

    question = Question.objects.filter(bank__course=course).order_by("pk").first()
    wording = content_of(question.versions.get())
    for writer, stem in ((second, "Yang mana?"), (third, "Yang mana, menurut Anda?")):
        quizzes_actions.write_question(
            bank=question.bank, content=replace(wording, stem=stem), by=writer, now=now
        )
    assert writers_of(course, draft) == {first.pk, second.pk, third.pk}

    quizzes_actions.discard_question_drafts(course=course, by=third, now=now)
    quizzes_actions.write_question(
        bank=question.bank, content=replace(wording, stem="Apa?"), by=third, now=now
    )
    assert writers_of(course, draft) == {first.pk, third.pk}


def test_whoever_dropped_a_quiz_of_the_draft_is_a_writer(course, draft, world, now):
    person = world.people["author"]
    plan = planned_quizzes(draft)[0]
    quizzes_actions.write_quiz_plan(
        version=draft, plan=replace(plan, title="Lain"), by=None, now=now
    )
    quizzes_actions.drop_quiz_plan(version=draft, key=plan.key, by=person, now=now)

    assert writers_of(course, draft) == {person.pk}


def test_the_database_keeps_it_too(asked, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        DraftReview.objects.filter(pk=asked.pk).update(
            state="approved",
            fingerprint="x" * 64,
            decided_by=asked.asked_by,
            decided_at=now,
        )


def test_a_request_that_was_taken_back_is_not_decided(asked, course, reviewer, author):
    author.post(f"{REVIEW}tarik/")

    decide(reviewer, "approve")

    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    assert not reviewer.get(QUEUE).context["rows"].object_list


def test_who_approved_and_then_asks_for_changes_has_not_approved(
    asked, course, draft, reviewer, author, clock, now
):
    decide(reviewer, "approve")
    author.post(f"{REVIEW}minta/", {})
    clock.move_to(now + timedelta(minutes=1))

    decide(reviewer, "changes", "Ternyata belum.")

    assert state_of(course, draft) == "changes"


def test_publishing_needs_an_approval_where_the_agency_says_so(
    asked, course, draft, reviewer, author, publish, settings
):
    settings.ELEARNING_PUBLISH_NEEDS_REVIEW = True
    page = author.get("/studio/kursus-kecil/terbitkan/")
    assert "Perlu disetujui penelaah dulu" in page.text
    assert publish("wording").status_code == 409

    decide(reviewer, "approve")

    assert publish("wording").status_code == 302
    course.refresh_from_db()
    assert course.current_version == draft


def test_without_the_setting_nobody_needs_to_ask(author, draft, lesson_data, publish):
    author.post(EDIT, lesson_data(text="Kata yang jelas."))

    assert publish("wording").status_code == 302


def test_throwing_the_draft_away_ends_its_review(asked, author, reviewer, course):
    author.post("/studio/kursus-kecil/draf/buang/")

    assert not DraftReview.objects.exists()
    assert reviewer.get(REVIEW).status_code == 302
    response = reviewer.post(f"{REVIEW}putus/", {"verdict": "approve", "seen": "x"})
    assert response.status_code == 302


def test_authors_and_reviewers_of_other_units_see_nothing(asked, world, client_of, now):
    other = factories.make_person(unit=world.other_agency, now=now)
    accounts_actions.assign_role(
        person=other, unit=world.other_agency, role="reviewer", by=None, now=now
    )
    client = client_of(as_of(other, now))

    assert client.get(QUEUE).context["rows"].object_list == []
    assert client.get(REVIEW).status_code == 404


def test_the_queue_asks_no_more_for_300_requests(asked, reviewer, world, now):
    author = world.people["author"]

    def grow(count: int) -> None:
        for _ in range(count):
            course = factories.make_reading(
                unit=world.agency, now=now, key=f"k-{uuid4().hex[:12]}"
            )
            opened = actions.open_draft(course=course, by=author, now=now)
            DraftReview.objects.create(
                course=course, version=opened, asked_by=author, asked_at=now
            )

    assert_same_queries(reviewer, QUEUE, grow, few=3, many=30)


def test_a_review_asks_no_more_for_300_comments(asked, reviewer, world, now):
    def grow(count: int) -> None:
        ReviewComment.objects.bulk_create(
            ReviewComment(
                review=asked,
                lesson_key="satu" if number % 2 else "",
                text="Ya.",
                token=uuid4(),
                written_by=world.people["reviewer"],
                written_at=now,
            )
            for number in range(count)
        )

    assert_same_queries(reviewer, REVIEW, grow, few=3, many=300)
    assert_same_queries(reviewer, f"{REVIEW}pelajaran/satu/", grow, few=3, many=300)

"""One mail a day, with what is new; nothing new is no mail, and none comes twice."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.models import RoleAssignment
from courses.actions import CommentSubject
from courses.models import AuthorMail, PlannedPublication
from studio import actions, jobs
from studio.publishing.readiness import draft_fingerprint
from studio.reviewing.digest import ask_for_digests, send_digest

DAY = timedelta(days=1)


@pytest.fixture
def people(world):
    for role in ("author", "reviewer"):
        world.people[role].email = f"{role}@contoh.example"
        world.people[role].save()
    return world.people


@pytest.fixture
def asked(course, draft, people, now):
    return actions.ask_for_review(course=course, note="", by=people["author"], now=now)


def send(person, now) -> bool:
    return send_digest(person_id=person.pk, now=now)


def test_a_reviewer_is_told_what_waits(asked, draft, people, now, mailoutbox, settings):
    settings.PUBLIC_URL = "https://melek.contoh.go.id"

    assert send(people["reviewer"], now) is True

    [mail] = mailoutbox
    assert mail.to == ["reviewer@contoh.example"]
    assert draft.title in mail.body
    assert people["author"].full_name in mail.body
    address = "https://melek.contoh.go.id/studio/kursus-kecil/tinjauan/"
    assert address in mail.body


def test_once_a_day_and_only_with_something_new(asked, people, now, mailoutbox):
    reviewer = people["reviewer"]

    assert [send(reviewer, now), send(reviewer, now)] == [True, False]
    # It still waits, but that was told.
    assert send(reviewer, now + DAY) is False
    assert len(mailoutbox) == 1


def test_the_author_is_told_what_was_decided_and_said(
    asked, course, draft, people, now, mailoutbox
):
    actions.comment_on_draft(
        course=course,
        about=CommentSubject(lesson_key="satu"),
        text="Contohnya lama.",
        token=uuid4(),
        by=people["reviewer"],
        now=now,
    )
    actions.decide_on_draft(
        course=course,
        approves=True,
        note="",
        seen=draft_fingerprint(course, draft),
        by=people["reviewer"],
        now=now,
    )

    assert send(people["author"], now + DAY) is True
    assert send(people["author"], now + 2 * DAY) is False

    [mail] = mailoutbox
    assert "Disetujui" in mail.body
    assert "Contohnya lama." in mail.body


def test_whoever_may_not_read_the_draft_any_more_is_told_nothing_of_it(
    asked, course, draft, people, now, mailoutbox
):
    """She asked, and her role was taken meanwhile."""
    actions.comment_on_draft(
        course=course,
        about=CommentSubject(lesson_key="satu"),
        text="Contohnya lama.",
        token=uuid4(),
        by=people["reviewer"],
        now=now,
    )
    actions.decide_on_draft(
        course=course,
        approves=False,
        note="",
        seen=draft_fingerprint(course, draft),
        by=people["reviewer"],
        now=now,
    )
    RoleAssignment.objects.filter(person=people["author"]).update(
        ends_at=now + timedelta(hours=1)
    )

    assert send(people["author"], now + DAY) is False
    assert not mailoutbox


def test_what_happens_later_that_day_is_told_the_next(
    asked, course, people, now, mailoutbox
):
    author = people["author"]

    def say(text: str, at) -> None:
        actions.comment_on_draft(
            course=course,
            about=CommentSubject(),
            text=text,
            token=uuid4(),
            by=people["reviewer"],
            now=at,
        )

    say("Pagi.", now)
    assert send(author, now) is True
    say("Siang.", now + timedelta(hours=4))
    assert send(author, now + timedelta(hours=5)) is False
    assert send(author, now + DAY) is True

    assert "Siang." in mailoutbox[1].body
    assert "Pagi." not in mailoutbox[1].body


def test_a_publication_that_stopped_is_told(course, draft, people, now, mailoutbox):
    PlannedPublication.objects.create(
        course=course,
        version=draft,
        state="stopped",
        publish_at=now,
        change="wording",
        seen="x",
        planned_by=people["author"],
        planned_at=now,
        ended_at=now,
        problem="Pelajaran 1.1: ini kosong.",
    )

    assert send(people["author"], now + DAY) is True
    assert "Pelajaran 1.1: ini kosong." in mailoutbox[0].body


def test_nobody_without_news_an_address_or_an_account_is_written_to(
    course, people, now, mailoutbox
):
    assert send(people["reviewer"], now) is False
    assert send(people["hr"], now) is False
    people["reviewer"].is_active = False
    people["reviewer"].save()
    assert send(people["reviewer"], now) is False
    assert send_digest(person_id=10**9, now=now) is False
    assert not AuthorMail.objects.exists()


def test_everybody_who_works_in_studio_is_asked_for(people, now, monkeypatch):
    asked_for = []

    def send_job(self, *, expires: float, **kwargs: int) -> None:
        asked_for.append((self.name, kwargs["person_id"]))

    monkeypatch.setattr(type(jobs.SEND_DIGEST), "send", send_job)

    count = ask_for_digests(now=now)

    mailed = {people[role].pk for role in ("author", "reviewer")}
    assert count == len(asked_for)
    assert mailed <= {pk for _name, pk in asked_for}
    assert people["hr"].pk not in {pk for _name, pk in asked_for}

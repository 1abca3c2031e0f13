"""Publishing at a moment: once, checked again, told, cancelled."""

from datetime import timedelta

import pytest

from courses.models import AuthorMail, PlannedPublication
from quizzes.models import Question
from studio import actions, jobs
from studio.publishing.mailing import tell_of_planned
from studio.publishing.planned import ask_for_due

EDIT = "/studio/kursus-kecil/pelajaran/satu/"
PUBLISH = "/studio/kursus-kecil/terbitkan/"
OUTLINE = "/studio/kursus-kecil/"
# 21 November 2026, 16.15 in Jakarta; the tests' clock says 08.30 there.
LATER = {"when": "later", "on": "2026-11-21", "at": "16:15"}
WAIT = timedelta(hours=8)


@pytest.fixture
def planned(author, course, draft, lesson_data, world):
    world.people["author"].email = "author@contoh.example"
    world.people["author"].save()
    author.post(EDIT, lesson_data(text="Kata yang jelas."))
    plan(author)
    return PlannedPublication.objects.get()


def plan(author, **over):
    page = author.get(PUBLISH).context["page"]
    said = {"change": "wording", "seen": page.seen, "despite_faults": "1", **LATER}
    return author.post(PUBLISH, {**said, **over})


def test_it_says_when_in_the_zone_of_the_author(planned, author, now):
    assert planned.publish_at == now + timedelta(hours=7, minutes=45)
    for url in (PUBLISH, OUTLINE):
        assert "16.15 WIB" in author.get(url).text
    assert "Jam (WIB)" in author.get(PUBLISH).text


def test_it_is_published_once_when_its_moment_has_come(planned, course, draft, now):
    assert actions.publish_planned(planned_id=planned.pk, now=now) == "waiting"
    course.refresh_from_db()
    assert course.current_version.number == 1

    for _twice in range(2):
        done = actions.publish_planned(planned_id=planned.pk, now=now + WAIT)
        assert done == "published"

    course.refresh_from_db()
    assert course.current_version == draft
    assert course.versions.count() == 2
    assert course.current_version.published_by == planned.planned_by


def test_the_author_is_told_once(planned, now, mailoutbox):
    say = tell_of_planned
    assert say(planned_id=planned.pk, now=now) is False
    actions.publish_planned(planned_id=planned.pk, now=now + WAIT)

    told = [say(planned_id=planned.pk, now=now + WAIT) for _twice in range(2)]

    assert told == [True, False]
    [mail] = mailoutbox
    assert "16.30 WIB" in mail.body
    assert AuthorMail.objects.count() == 1


def test_a_draft_that_changed_since_stays_a_draft_and_she_is_told(
    planned, course, author, lesson_data, now, mailoutbox
):
    author.post(EDIT, lesson_data(text="Berubah lagi."))
    assert "Draf berubah sejak dijadwalkan" in author.get(PUBLISH).text

    assert actions.publish_planned(planned_id=planned.pk, now=now + WAIT) == "stopped"

    course.refresh_from_db()
    assert course.current_version.number == 1
    for url in (PUBLISH, OUTLINE):
        assert "Tidak jadi terbit" in author.get(url).text
    tell_of_planned(planned_id=planned.pk, now=now + WAIT)
    assert "Draf berubah setelah dijadwalkan" in mailoutbox[0].body


def test_obstacles_that_appeared_are_told_and_it_stays_a_draft(
    planned, course, draft, now
):
    """Nothing in the draft changed; a question it needs was withdrawn."""
    questions = Question.objects.filter(bank__course=course, key__startswith="post")
    questions.update(state="retired")

    assert actions.publish_planned(planned_id=planned.pk, now=now + WAIT) == "stopped"

    planned.refresh_from_db()
    assert "Masih ada yang perlu dibenahi" in planned.problem
    course.refresh_from_db()
    assert course.current_version.number == 1


def test_whoever_may_not_publish_any_more_does_not(planned, course, now):
    planned.planned_by.role_assignments.update(ends_at=now + timedelta(minutes=1))

    assert actions.publish_planned(planned_id=planned.pk, now=now + WAIT) == "stopped"

    planned.refresh_from_db()
    assert "tidak lagi berhak" in planned.problem


def test_an_approval_that_is_needed_by_then_is_asked_for(
    planned, course, now, settings
):
    settings.ELEARNING_PUBLISH_NEEDS_REVIEW = True

    assert actions.publish_planned(planned_id=planned.pk, now=now + WAIT) == "stopped"


def test_it_can_be_cancelled_and_planned_anew(planned, author, now):
    author.post(f"{PUBLISH}jadwal/batal/")
    planned.refresh_from_db()
    assert planned.state == "cancelled"
    assert actions.publish_planned(planned_id=planned.pk, now=now + WAIT) == "cancelled"
    author.get(OUTLINE)
    assert "16.15 WIB" not in author.get(OUTLINE).text

    plan(author, at="17:00")
    plan(author, at="18:00")

    states = PlannedPublication.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["cancelled", "cancelled", "waiting"]


@pytest.mark.parametrize(
    ("over", "told"),
    [
        ({"on": ""}, "Isi tanggal dan jam terbit"),
        ({"at": "pagi"}, "Isi tanggal dan jam terbit"),
        ({"on": "2026-11-20"}, "sudah lewat"),
        ({"on": "99999-01-01"}, "Isi tanggal dan jam terbit"),
        ({"change": "first"}, "Pilih salah satu"),
        ({"despite_faults": ""}, "Pemeriksaan mutu"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_in_words(
    author, draft, lesson_data, over, told
):
    author.post(EDIT, lesson_data(text="Kata yang jelas."))

    response = plan(author, **over)

    assert response.status_code == 409
    assert told in response.text
    assert not PlannedPublication.objects.exists()


def test_the_sweep_asks_for_what_is_due(planned, now, monkeypatch):
    sent = []
    monkeypatch.setattr(
        type(jobs.PUBLISH_PLANNED),
        "send",
        lambda self, *, expires, **kwargs: sent.append((self.name, kwargs)),
    )

    assert ask_for_due(now=now) == 0
    assert ask_for_due(now=now + WAIT) == 1
    assert sent == [(jobs.PUBLISH_PLANNED.name, {"planned_id": planned.pk})]


def test_a_plan_goes_with_its_draft(planned, author, now):
    author.post("/studio/kursus-kecil/draf/buang/")

    assert not PlannedPublication.objects.exists()
    assert actions.publish_planned(planned_id=planned.pk, now=now + WAIT) == ""
    assert tell_of_planned(planned_id=planned.pk, now=now + WAIT) is False


def test_what_cannot_be_a_part_chooses_nothing(author, course, draft, lesson_data):
    author.post(EDIT, lesson_data(text="Lain."))
    chosen = ["satu#baru", "satu", "#baru", "satu#a b"]

    response = plan(author, change="required", parts_offered="1", new_part=chosen)

    assert response.status_code == 302
    assert PlannedPublication.objects.get().new_parts == [["satu", "baru"]]


def test_new_parts_are_chosen_on_the_page(author, course, draft, lesson_data, world):
    text = "Kata lama.\n\n## Baru {#baru}\n\nIsi."
    author.post(EDIT, lesson_data(text=text))
    page = author.get(PUBLISH)
    assert "Bagian mana yang baru?" in page.text
    places = [part.place for part in page.context["page"].new_parts]
    assert ("satu", "baru") in places

    said = {
        "change": "required",
        "seen": page.context["page"].seen,
        "despite_faults": "1",
        "parts_offered": "1",
        "new_part": ["satu#baru"],
        "when": "now",
    }
    assert author.post(PUBLISH, said).status_code == 302

    asked = course.new_parts.values_list("lesson_key", "part_key")
    assert list(asked) == [("satu", "baru")]

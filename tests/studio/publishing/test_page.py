"""From edit to publication: who sees what, and what keeps a draft back."""

from dataclasses import replace

import pytest

from courses.models import Enrollment
from quizzes import actions as quizzes_actions
from quizzes.models import Quiz
from quizzes.selectors import rules_content
from studio.actions import load_folder, publish_course
from studio.exceptions import CourseNotPublishable, FolderNotLoaded
from studio.publishing.page import publish_page
from studio.publishing.readiness import draft_fingerprint, find_obstacles
from tests import factories
from tests.studio.course_folders import spoil

LESSON = "/studio/kursus-kecil/pelajaran/satu/"
PUBLISH = "/studio/kursus-kecil/terbitkan/"


@pytest.fixture
def learner(course, world, now):
    """Somebody who has done the pre-test."""
    place = factories.enroll(course=course, person=world.people["learner"], now=now)
    factories.sit(enrollment=place, quiz_key="pretest", right=1, now=now)
    return place


def test_a_learner_sees_the_new_words_and_keeps_her_progress(
    author, client_of, learner, draft, lesson_data, publish, world, now
):
    factories.read_lessons(enrollment=learner, now=now)
    learner.refresh_from_db()
    progress = learner.progress
    assert progress > 0
    author.post(LESSON, lesson_data(text="Kata yang lebih jelas.\n"))
    reader = client_of(world.people["learner"])
    page = "/kursus/kursus-kecil/pelajaran/satu/"
    assert "Kata yang lebih jelas." not in reader.get(page).text
    response = publish("wording")
    assert response.status_code == 302
    assert "Kata yang lebih jelas." in reader.get(page).text
    learner.refresh_from_db()
    assert learner.version_id == draft.pk
    assert learner.progress == progress
    factories.sit(enrollment=learner, quiz_key="posttest", right=2, now=now)
    learner.refresh_from_db()
    assert learner.completed_at == now


@pytest.fixture
def two_people(course, world, now):
    """One who has finished, one who is learning."""
    done = factories.enroll(course=course, person=world.people["hr"], now=now)
    factories.sit(enrollment=done, quiz_key="pretest", right=1, now=now)
    factories.read_lessons(enrollment=done, now=now)
    factories.sit(enrollment=done, quiz_key="posttest", right=2, now=now)
    learning = factories.enroll(course=course, person=world.people["learner"], now=now)
    return done, learning


@pytest.mark.parametrize(
    ("change", "moved", "cycle"),
    [
        ("wording", {"done", "learning"}, 1),
        ("required", {"learning"}, 1),
        ("cycle", set(), 2),
    ],
)
def test_the_three_kinds_of_change_move_the_people_they_say(
    two_people, author, draft, lesson_data, publish, course, change, moved, cycle
):
    author.post(LESSON, lesson_data(text="Kata baru."))
    assert publish(change).status_code == 302
    now_at_draft = {
        name
        for name, place in zip(("done", "learning"), two_people, strict=True)
        if Enrollment.objects.get(pk=place.pk).version_id == draft.pk
    }
    assert now_at_draft == moved
    course.refresh_from_db()
    assert course.cycle == cycle


def test_the_page_says_what_changes_and_whom_it_touches(
    two_people, author, draft, lesson_data
):
    author.post(LESSON, lesson_data(title="Judul baru"))
    response = author.get(PUBLISH)
    page = response.context["page"]
    assert (page.reach.learning, page.reach.finished) == (1, 1)
    assert page.changes.lessons.changed == ["Judul baru"]
    assert page.changes.lessons.added == []
    for words in ("Perbaikan kata", "Bagian wajib baru", "Siklus baru"):
        assert words in response.text


def test_a_draft_with_problems_is_kept_back_and_they_are_listed(
    author, draft, lesson_data, course
):
    author.post(LESSON, lesson_data(text="Buka.[^hilang]", minutes=20))
    response = author.get(PUBLISH)
    assert "Rujukan [^hilang] tidak ada di daftar sumber." in response.text
    assert "Jumlah menit 50, seharusnya 45" in response.text
    assert "Terbitkan sekarang" not in response.text
    seen = response.context["page"].seen
    refused = author.post(PUBLISH, {"change": "wording", "seen": seen})
    assert refused.status_code == 409
    course.refresh_from_db()
    assert course.current_version.number == 1


def test_what_was_not_seen_is_not_published(author, draft, lesson_data, course):
    seen = author.get(PUBLISH).context["page"].seen
    author.post(LESSON, lesson_data(text="Kata rekan."))
    response = author.post(PUBLISH, {"change": "wording", "seen": seen})
    assert response.status_code == 409
    assert "Draf ini berubah sejak halaman ini dibuka." in response.text
    course.refresh_from_db()
    assert course.current_version.number == 1


@pytest.mark.parametrize("change", ["", "first", "lain"])
def test_a_kind_of_change_must_be_chosen(author, draft, publish, course, change):
    assert publish(change).status_code == 409
    course.refresh_from_db()
    assert course.current_version.number == 1


def test_quizzes_come_along_with_their_rules(author, draft, publish, course):
    publish("wording")
    quiz = Quiz.objects.get(grade_item__version=draft, key="posttest")
    assert (quiz.time_limit_seconds, quiz.slots.count()) == (600, 2)
    assert [item.summary for item in draft.grade_items.all()] == [
        "2 soal, sekitar 5 menit.",
        "2 soal, 10 menit. Nilai lulus 70. Ada 3 kesempatan.",
    ]


def test_publishing_twice_is_refused_kindly(author, draft, publish):
    assert publish("wording").status_code == 302
    response = author.get(PUBLISH, follow=True)
    assert "Tidak ada draf yang bisa diterbitkan." in response.text


def test_a_course_edited_in_studio_is_not_overwritten_by_its_folder(
    author, draft, lesson_data, publish, folder, world, now
):
    author.post(LESSON, lesson_data(text="Kata dari Studio."))
    publish("wording")
    again = load_folder(folder, unit=world.agency, by=None, now=now, unchecked=True)
    assert again.changed is False
    assert again.version.number == 2
    spoil(folder, "lessons/01-satu.md", "Isi pelajaran.", "Isi dari folder.")
    with pytest.raises(FolderNotLoaded) as refused:
        load_folder(folder, unit=world.agency, by=None, now=now, unchecked=True)
    assert refused.value.code == "studio_ahead"


def test_a_title_that_no_certificate_can_print_keeps_the_draft_back(draft, course):
    draft.title = "Melek 😀"

    found = [
        row for row in find_obstacles(course, draft) if row.where == "Judul kursus"
    ]

    assert [row.message for row in found] == [
        "Huruf “😀” (U+1F600) tidak dapat dicetak pada sertifikat."
    ]


def test_the_action_refuses_with_every_obstacle(draft, course, world, now):
    lesson = draft.lessons.get(key="satu")
    lesson.minutes = 1
    lesson.save(update_fields=["minutes"])
    with pytest.raises(CourseNotPublishable) as refused:
        publish_course(
            course=course,
            change="wording",
            seen=draft_fingerprint(course, draft),
            by=world.people["author"],
            now=now,
        )
    assert refused.value.code == "obstacles"
    assert [obstacle.where for obstacle in refused.value.obstacles] == ["Waktu belajar"]


def test_which_attempt_counts_does_not_change_with_words(
    course, author, draft, publish, world, learner, now
):
    Quiz.objects.filter(key="posttest").update(counting="first")
    factories.read_lessons(enrollment=learner, now=now)
    for right in (0, 2):
        factories.sit(enrollment=learner, quiz_key="posttest", right=right, now=now)
    quiz = Quiz.objects.get(grade_item__version=course.current_version, key="posttest")
    quizzes_actions.set_quiz_rules(
        version=draft,
        key="posttest",
        rules=replace(rules_content(quiz), counting="best"),
        by=world.people["author"],
        now=now,
    )
    named = (
        "percobaan yang dihitung pada “Post-test” "
        "dari percobaan pertama menjadi nilai terbaik"
    )

    kinds = {kind.value: kind.refusal for kind in publish_page(course, draft).kinds}
    page = publish("wording")

    assert named in kinds["wording"]
    assert kinds["required"] == kinds["cycle"] == ""
    assert named in page.text
    course.refresh_from_db()
    learner.refresh_from_db()
    assert course.current_version != draft
    assert learner.completed_at is None


def test_others_may_not_publish(client_as, client_of, world, draft):
    assert client_as("reviewer").get(PUBLISH).status_code == 403
    assert client_as("learner").get(PUBLISH).status_code == 403
    assert client_of(world.outsider).post(PUBLISH).status_code == 403

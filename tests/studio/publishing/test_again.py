"""Some lessons alone, and an earlier version again; the draft stays as it is."""

import pytest

from courses.exceptions import VersionNotEditable
from courses.models import Course
from courses.selectors.content import version_content
from quizzes.models import Question, Quiz
from studio import actions
from studio.exceptions import CourseNotPublishable, DraftNotEditable
from studio.fetching import draft_of
from studio.publishing.again import reworked_lessons
from studio.publishing.readiness import draft_fingerprint
from tests import factories

EDIT = "/studio/kursus-kecil/pelajaran/{key}/"
PART = "/studio/kursus-kecil/terbitkan/sebagian/"
VERSIONS = "/studio/kursus-kecil/versi/"


@pytest.fixture
def two_changes(author, draft, lesson_data):
    """Lesson satu has better words, lesson dua is half written."""
    author.post(EDIT.format(key="satu"), lesson_data(text="Kata yang jelas."))
    page = author.get(EDIT.format(key="dua"))
    data = {
        name: page.context["form"][name].value()
        for name in ("title", "minutes", "summary", "base")
    }
    data |= {"is_required": "on", "text": "/// kasus | Setengah", "command": "save"}
    author.post(EDIT.format(key="dua"), data)


def said(version, key: str) -> str:
    lesson = version.lessons.get(key=key)
    return "".join(part.source for part in lesson.parts.all())


def part_data(author, *keys: str) -> dict[str, object]:
    return {"lesson": list(keys), "seen": author.get(PART).context["seen"]}


def again_data(author, change: str = "wording") -> dict[str, object]:
    current = author.get(f"{VERSIONS}1/").context["course"].current_version
    return {"change": change, "replacing": current.number}


def test_one_lesson_is_published_and_the_other_stays_unfinished(
    author, client_of, course, draft, two_changes, world, now
):
    place = factories.enroll(course=course, person=world.people["learner"], now=now)
    before = version_content(draft)

    response = author.post(PART, part_data(author, "satu"))

    assert response.status_code == 302
    course.refresh_from_db()
    place.refresh_from_db()
    current = course.current_version
    assert place.version == current
    assert (current.number, current.change) == (2, "wording")
    assert said(current, "satu") == "Kata yang jelas."
    assert "Setengah" not in said(current, "dua")
    reader = client_of(world.people["learner"])
    page = reader.get("/kursus/kursus-kecil/pelajaran/satu/")
    assert "Kata yang jelas." in page.text
    draft.refresh_from_db()
    assert (draft.state, draft.number) == ("draft", 3)
    assert version_content(draft) == before
    assert [row.key for row in reworked_lessons(course, draft)] == ["dua"]


def test_quizzes_are_asked_as_before(author, course, draft, two_changes):
    before = list(
        Quiz.objects.of_version(course.current_version_id).values_list("key", "title")
    )

    author.post(PART, part_data(author, "satu"))

    course.refresh_from_db()
    after = Quiz.objects.of_version(course.current_version_id)
    assert list(after.values_list("key", "title")) == before
    assert draft_of(course) == draft


def test_the_rest_can_be_published_later(
    author, course, draft, two_changes, lesson_data, publish
):
    author.post(PART, part_data(author, "satu"))
    page = author.get(EDIT.format(key="dua"))
    data = {
        name: page.context["form"][name].value()
        for name in ("title", "minutes", "summary", "base")
    }
    data |= {"is_required": "on", "text": "Sudah utuh.", "command": "save"}
    author.post(EDIT.format(key="dua"), data)

    assert publish("wording").status_code == 302

    course.refresh_from_db()
    assert course.current_version.number == 3
    assert said(course.current_version, "satu") == "Kata yang jelas."
    assert said(course.current_version, "dua") == "Sudah utuh."


def test_a_lesson_with_problems_is_not_published(author, course, draft, two_changes):
    page = author.get(PART)
    assert "Belum bisa:" in page.text

    response = author.post(PART, part_data(author, "dua", "satu"))

    assert response.status_code == 409
    course.refresh_from_db()
    assert course.current_version.number == 1


@pytest.mark.parametrize("keys", [(), ("tiada",)])
def test_nothing_chosen_publishes_nothing(author, course, draft, two_changes, keys):
    response = author.post(PART, part_data(author, *keys))

    assert response.status_code == 409
    assert "Pilih sedikitnya satu pelajaran." in response.text


def test_a_draft_that_changed_meanwhile_is_looked_at_again(
    author, course, draft, two_changes, lesson_data
):
    data = part_data(author, "satu")
    author.post(EDIT.format(key="satu"), lesson_data(text="Lain lagi."))

    response = author.post(PART, data)

    assert response.status_code == 409
    assert "berubah sejak halaman ini dibuka" in response.text


def test_a_question_that_only_the_draft_has_keeps_a_lesson_back(
    author, course, draft, lesson_data
):
    text = "Kata.\n\n/// cek | cek-baru\n///"
    author.post(EDIT.format(key="satu"), lesson_data(text=text))

    [row] = reworked_lessons(course, draft)

    assert row.problems


def test_a_cited_source_comes_along(author, course, draft, lesson_data, now):
    draft.sources.create(key="baru", text="Sumber baru", checked_on=now.date())
    author.post(EDIT.format(key="satu"), lesson_data(text="Kata.[^baru]"))

    response = author.post(PART, part_data(author, "satu"))

    assert response.status_code == 302, response.text
    course.refresh_from_db()
    assert course.current_version.sources.filter(key="baru").exists()


def test_an_earlier_version_comes_back_to_the_letter(
    author, course, draft, lesson_data, publish, world, now
):
    place = factories.enroll(course=course, person=world.people["learner"], now=now)
    first = course.current_version
    html = [part.html for part in first.lessons.get(key="satu").parts.all()]
    author.post(EDIT.format(key="satu"), lesson_data(text="Kata yang keliru."))
    publish("wording")

    page = author.get(f"{VERSIONS}1/")
    assert "Yang kembali seperti dulu" in page.text
    response = author.post(f"{VERSIONS}1/", again_data(author))

    assert response.status_code == 302
    course.refresh_from_db()
    place.refresh_from_db()
    current = course.current_version
    assert current.number == 3
    assert place.version == current
    assert version_content(current) == version_content(first)
    again = [part.html for part in current.lessons.get(key="satu").parts.all()]
    assert again == html
    listed = author.get(VERSIONS)
    assert [row.number for row in listed.context["rows"].object_list] == [3, 2, 1]


def test_an_open_draft_survives_a_roll_back(
    author, course, draft, lesson_data, publish, world, now
):
    author.post(EDIT.format(key="satu"), lesson_data(text="Kata yang keliru."))
    publish("wording")
    course.refresh_from_db()
    opened = actions.open_draft(course=course, by=world.people["author"], now=now)
    before = version_content(opened)

    actions.publish_again(
        course=course,
        number=1,
        replacing=2,
        change="wording",
        by=world.people["author"],
        now=now,
    )

    opened.refresh_from_db()
    assert (opened.state, opened.number) == ("draft", 4)
    assert version_content(opened) == before


def test_what_asks_for_something_else_is_no_wording(
    author, course, draft, world, now, publish
):
    draft.lessons.filter(key="dua").update(is_required=False)
    publish("required")
    course.refresh_from_db()

    with pytest.raises(VersionNotEditable) as refusal:
        actions.publish_again(
            course=course,
            number=1,
            replacing=2,
            change="wording",
            by=world.people["author"],
            now=now,
        )
    assert refusal.value.code == "more_than_words"
    page = author.get(f"{VERSIONS}1/")
    assert "Tidak dapat dipilih" in page.text


def test_a_version_whose_questions_are_gone_is_not_published_again(
    author, course, draft, lesson_data, publish, world, now
):
    author.post(EDIT.format(key="satu"), lesson_data(text="Lain."))
    publish("wording")
    course.refresh_from_db()
    Question.objects.filter(bank__course=course, key__startswith="post").update(
        state="retired"
    )

    with pytest.raises(CourseNotPublishable) as refusal:
        actions.publish_again(
            course=course,
            number=1,
            replacing=2,
            change="wording",
            by=world.people["author"],
            now=now,
        )

    assert refusal.value.code == "no_paper"
    course.refresh_from_db()
    assert course.current_version.number == 2


@pytest.mark.parametrize("number", [1, 9])
def test_only_an_earlier_version_can_be_published_again(course, world, now, number):
    with pytest.raises(DraftNotEditable) as refusal:
        actions.publish_again(
            course=course,
            number=number,
            replacing=1,
            change="wording",
            by=world.people["author"],
            now=now,
        )
    assert refusal.value.code == "no_earlier_version"


def test_parts_are_published_only_as_they_were_approved(
    author, course, draft, two_changes, settings, world, now
):
    settings.ELEARNING_PUBLISH_NEEDS_REVIEW = True

    response = author.post(PART, part_data(author, "satu"))
    assert response.status_code == 409
    assert "belum disetujui" in response.text

    actions.ask_for_review(course=course, note="", by=world.people["author"], now=now)
    actions.decide_on_draft(
        course=course,
        approves=True,
        note="",
        seen=draft_fingerprint(course, draft),
        by=world.people["reviewer"],
        now=now,
    )
    assert author.post(PART, part_data(author, "satu")).status_code == 302


def test_pressed_twice_an_earlier_version_is_published_once(
    author, course, draft, lesson_data, publish
):
    """Two cycles would begin otherwise, and everybody would learn anew."""
    author.post(EDIT.format(key="satu"), lesson_data(text="Lain."))
    publish("wording")
    data = again_data(author, "cycle")

    assert author.post(f"{VERSIONS}1/", data).status_code == 302
    again = author.post(f"{VERSIONS}1/", data)

    assert again.status_code == 409
    assert "versi 3 sudah terbit" in again.text
    course.refresh_from_db()
    assert (course.current_version.number, course.cycle) == (3, 2)


@pytest.mark.parametrize("replacing", ["", "x", "²", "9" * 5000])
def test_what_names_no_version_publishes_none(
    author, course, draft, lesson_data, publish, replacing
):
    author.post(EDIT.format(key="satu"), lesson_data(text="Lain."))
    publish("wording")

    data = {"change": "wording", "replacing": replacing}
    assert author.post(f"{VERSIONS}1/", data).status_code == 409


def test_a_version_whose_file_is_gone_is_refused_in_words(
    author, course, draft, lesson_data, publish
):
    draft.plan_source = "![Alur](images/alur.svg)"
    draft.save()
    publish("wording")
    current = Course.objects.get(pk=course.pk).current_version
    author.post("/studio/kursus-kecil/draf/")
    opened = draft_of(course)
    opened.plan_source = "Lakukan."
    opened.save()
    publish("wording")
    course.files.all().delete()

    response = author.post(
        f"{VERSIONS}{current.number}/", again_data(author) | {"replacing": 3}
    )

    assert response.status_code == 409
    assert "images/alur.svg tidak ditemukan" in response.text


def test_a_title_that_no_certificate_can_print_keeps_a_lesson_back(
    author, course, draft, lesson_data
):
    author.post(EDIT.format(key="satu"), lesson_data(title="漢字", text="Lain."))

    assert "tidak dapat dicetak" in author.get(PART).text
    assert author.post(PART, part_data(author, "satu")).status_code == 409


def test_a_link_to_what_stays_behind_keeps_a_lesson_back(
    author, course, draft, two_changes, lesson_data
):
    draft.lessons.filter(key="dua").update(key="lama")
    link = "[Lihat](/kursus/kursus-kecil/pelajaran/lama/)"
    author.post(EDIT.format(key="satu"), lesson_data(text=f"Kata. {link}."))

    response = author.post(PART, part_data(author, "satu"))

    assert response.status_code == 409
    assert "akan buntu" in response.text
    assert "/kursus/kursus-kecil/pelajaran/lama/" in response.text

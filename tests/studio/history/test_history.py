"""The history of a lesson: nothing that was saved is lost, and all of it comes back."""

from dataclasses import asdict, replace
from datetime import timedelta

import pytest

from courses import actions as courses_actions
from courses.models import LessonSave
from courses.selectors.content import lesson_content, version_content
from lib.word_diff import side_by_side
from studio import actions
from studio.drafts.edits import lessons_in, rename_lesson
from studio.drafts.fingerprints import lesson_fingerprint
from studio.exceptions import DraftNotEditable, EditConflict
from studio.fetching import draft_of, get_lesson
from studio.history.comparing import comparison, folded
from studio.history.lesson import entry_called, lesson_history
from tests.factories import make_content
from tests.queries import assert_same_queries

EDIT = "/studio/kursus-kecil/pelajaran/satu/"
HISTORY = f"{EDIT}riwayat/"
COMPARE = f"{HISTORY}banding/"
RESTORE = f"{HISTORY}kembalikan/"


def text_of(draft) -> str:
    return "\n".join(part.source for part in get_lesson(draft, "satu").parts.all())


def names(page) -> list[str]:
    return [entry.name for entry in page.context["entries"].object_list]


def save(author, lesson_data, clock, now, text: str, minutes: int) -> None:
    clock.move_to(now + timedelta(minutes=minutes))
    response = author.post(EDIT, lesson_data(text=text))
    assert response.status_code == 302


def restore(author, page, which: str):
    return author.post(RESTORE, {"which": which, "base": page.context["base"]})


def test_every_save_and_every_version_is_there_with_who_and_when(
    author, draft, lesson_data, clock, now, world
):
    save(author, lesson_data, clock, now, "Satu kata.", 1)
    save(author, lesson_data, clock, now, "Dua kata.", 2)

    page = author.get(HISTORY)

    first, second, third = page.context["entries"].object_list
    assert [first.title, second.title] == ["Disimpan", "Disimpan"]
    assert third.title == "Terbit sebagai versi 1"
    assert first.at == now + timedelta(minutes=2)
    assert first.by == world.people["author"].full_name
    assert (first.amount.added, first.amount.removed) == (1, 1)
    assert "1 kata ditambah, 1 kata dihapus" in page.text
    assert first.by in page.text


def test_the_same_words_and_other_minutes_are_no_new_save(
    author, draft, lesson_data, clock, now
):
    save(author, lesson_data, clock, now, "Satu kata.", 1)

    author.post(EDIT, lesson_data())
    author.post(EDIT, lesson_data(minutes=99))

    assert LessonSave.objects.count() == 1


def test_two_wordings_stand_side_by_side_in_words(
    author, draft, lesson_data, clock, now
):
    save(author, lesson_data, clock, now, "Surat dibaca pagi hari.", 1)
    save(author, lesson_data, clock, now, "Surat dibaca sore hari.", 2)
    newest, older, *_ = names(author.get(HISTORY))

    page = author.get(COMPARE, {"dari": older, "ke": newest})

    assert '<span class="visually-hidden">dihapus: </span>pagi</del>' in page.text
    assert '<span class="visually-hidden">ditambah: </span>sore</ins>' in page.text


def test_with_one_name_the_entry_before_is_compared(
    author, draft, lesson_data, clock, now
):
    save(author, lesson_data, clock, now, "Surat dibaca pagi hari.", 1)
    save(author, lesson_data, clock, now, "Surat dibaca sore hari.", 2)
    newest, older, version = names(author.get(HISTORY))

    assert author.get(COMPARE, {"ke": newest}).context["before"].name == older
    assert author.get(COMPARE, {"ke": version}).context["before"] is None
    assert author.get(COMPARE).context["after"].name == newest


def test_bringing_back_is_a_save_that_can_be_undone(
    author, draft, lesson_data, clock, now
):
    save(author, lesson_data, clock, now, "Naskah lama.", 1)
    save(author, lesson_data, clock, now, "Naskah baru.", 2)
    newest, older, _version = names(author.get(HISTORY))
    page = author.get(COMPARE, {"ke": newest})

    clock.move_to(now + timedelta(minutes=3))
    assert restore(author, page, older).status_code == 302
    assert text_of(draft) == "Naskah lama."

    page = author.get(COMPARE, {"ke": newest})
    clock.move_to(now + timedelta(minutes=4))
    restore(author, page, newest)
    assert text_of(draft) == "Naskah baru."
    titles = [row.title for row in author.get(HISTORY).context["entries"].object_list]
    assert titles[:2] == ["Dikembalikan", "Dikembalikan"]
    assert len(titles) == 5


def test_without_a_draft_bringing_back_opens_one(
    author, course, draft, lesson_data, publish
):
    author.post(EDIT, lesson_data(text="Kata yang keliru."))
    publish("wording")
    page = author.get(COMPARE, {"ke": "versi-1"})

    response = restore(author, page, "versi-1")

    assert response.status_code == 302
    opened = draft_of(course)
    assert "Kata yang keliru." not in text_of(opened)
    # What people read stays as it is until she publishes.
    course.refresh_from_db()
    assert "Kata yang keliru." in text_of(course.current_version)


def test_a_colleague_who_saved_meanwhile_is_not_overwritten(
    author, course, draft, lesson_data, clock, now, world
):
    save(author, lesson_data, clock, now, "Naskah lama.", 1)
    page = author.get(COMPARE)
    save(author, lesson_data, clock, now, "Naskah rekan.", 2)

    response = restore(author, page, "versi-1")

    assert response.status_code == 302
    assert text_of(draft) == "Naskah rekan."
    assert "sudah diubah orang lain" in author.get(HISTORY).text
    with pytest.raises(EditConflict) as refusal:
        actions.restore_lesson(
            course=course,
            lesson_key="satu",
            name="versi-1",
            base=page.context["base"],
            by=world.people["author"],
            now=now,
        )
    assert refusal.value.code == "lesson_changed"


def test_a_lesson_that_was_retired_is_not_brought_back_from_here(
    course, draft, world, now
):
    base = lesson_fingerprint(lesson_content(get_lesson(draft, "satu")))
    draft.lessons.filter(key="satu").delete()

    with pytest.raises(DraftNotEditable) as refusal:
        actions.restore_lesson(
            course=course,
            lesson_key="satu",
            name="versi-1",
            base=base,
            by=world.people["author"],
            now=now,
        )
    assert refusal.value.code == "lesson_retired"


@pytest.mark.parametrize(
    "name", ["", "simpan", "simpan-", "versi-99", "simpan-x", "versi-" + "9" * 40, "٣"]
)
def test_what_never_was_is_not_found(author, draft, name):
    assert author.get(COMPARE, {"ke": name}).status_code == 404


def test_a_save_of_another_lesson_is_not_found(author, draft, lesson_data):
    author.post(EDIT, lesson_data(text="Kata."))
    other = "/studio/kursus-kecil/pelajaran/dua/riwayat/banding/"
    [save_row] = LessonSave.objects.all()

    assert author.get(other, {"ke": f"simpan-{save_row.pk}"}).status_code == 404
    assert (
        author.get("/studio/kursus-kecil/pelajaran/tiada/riwayat/").status_code == 404
    )


def test_what_a_lesson_said_before_its_first_save_is_kept(world, now):
    """Of a draft that was never published nothing else tells it."""
    by = world.people["author"]
    fresh = courses_actions.create_course(
        key="salinan", code="S1", unit=world.agency, by=by, now=now
    )
    version = courses_actions.write_version(
        course=fresh, content=make_content(), by=by, now=now
    )
    lesson = version.lessons.get(key="pelajaran-1")
    before = lesson_content(lesson)

    for title in ("Judul lain", "Judul ketiga"):
        courses_actions.update_lesson(
            lesson_id=lesson.pk, content=replace(before, title=title), by=by, now=now
        )

    found = lesson_history(fresh, "pelajaran-1", page=None).object_list
    titles = [entry.content.title for entry in found]
    assert titles == ["Judul ketiga", "Judul lain", before.title]
    assert (found[-1].title, found[-1].by) == ("Naskah awal", "")


def test_titles_changed_in_the_outline_are_saves_too(draft, world, now):
    content = version_content(draft)
    [first, *others] = lessons_in(content)
    renamed = rename_lesson(content, first.key, "Judul dari kerangka")

    courses_actions.rewrite_draft(
        version_id=draft.pk,
        content=renamed,
        what="lesson-rename",
        by=world.people["author"],
        now=now,
    )

    [row] = LessonSave.objects.all()
    assert (row.lesson_key, row.how) == (first.key, "outline")
    assert others


def test_reviewers_look_and_do_not_bring_back(client_as, draft, author, lesson_data):
    author.post(EDIT, lesson_data(text="Kata."))
    reviewer = client_as("reviewer")

    page = reviewer.get(COMPARE)

    assert page.status_code == 200
    assert "Pakai lagi" not in page.text


def test_the_history_asks_no_more_for_300_saves(author, course, draft, world, now):
    content = asdict(lesson_content(get_lesson(draft, "satu")))

    def grow(count: int) -> None:
        LessonSave.objects.bulk_create(
            LessonSave(
                course=course,
                lesson_key="satu",
                content=content,
                saved_at=now,
                saved_by=world.people["author"],
            )
            for _ in range(count)
        )

    assert_same_queries(author, HISTORY, grow, few=30, many=300)


def test_far_from_a_change_lines_are_folded():
    before = "\n".join(f"baris {number}" for number in range(20))
    rows = side_by_side(before, before.replace("baris 10", "baris sepuluh"))

    stretches = list(folded(rows))

    assert [(one.is_folded, len(one.rows)) for one in stretches] == [
        (True, 8),
        (False, 5),
        (True, 7),
    ]
    assert stretches[0].lines == 8


def test_what_is_said_beside_the_text_is_compared_too(draft):
    content = lesson_content(get_lesson(draft, "satu"))

    found = comparison(content, replace(content, title="Lain", is_required=False))

    assert [(fact.label, fact.after) for fact in found.facts] == [
        ("Judul", "Lain"),
        ("Wajib", "tidak"),
    ]
    assert not comparison(content, content)


def test_an_entry_is_found_by_its_name(course, draft, author, lesson_data):
    author.post(EDIT, lesson_data(text="Kata."))

    page = lesson_history(course, "satu", page=None)

    for entry in page.object_list:
        assert entry_called(course, "satu", entry.name).content == entry.content

"""What is typed into a lesson and not saved is kept, and offered again."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from courses.actions import Typed, close_writing, keep_writing
from courses.models import Lesson, LessonWriting
from studio.tasks import sweep_writings

URL = "/studio/kursus-kecil/pelajaran/satu/"
KEEP = f"{URL}tulisan/"
SITTING = UUID(int=7)


@pytest.fixture
def keep(course, draft, world, now):
    """Return a function that keeps a text of a sitting under a number."""

    def keep(sequence: int, text: str, sitting: UUID = SITTING) -> bool:
        return keep_writing(
            course=course,
            lesson_key="satu",
            sitting=sitting,
            sequence=sequence,
            typed=Typed("", "Judul", "", "5", True, text),
            by=world.people["author"],
            now=now,
        )

    return keep


@pytest.fixture
def close(course, world, now):
    """Return a function that closes a sitting up to a number."""

    def close(sequence: int, sitting: UUID = SITTING) -> bool:
        return close_writing(
            course=course,
            lesson_key="satu",
            sitting=sitting,
            sequence=sequence,
            by=world.people["author"],
            now=now,
        )

    return close


def test_what_comes_late_or_twice_changes_nothing(keep):
    assert [keep(2, "dua"), keep(1, "satu"), keep(2, "dua lagi")] == [
        True,
        False,
        False,
    ]
    row = LessonWriting.objects.get()
    assert (row.sequence, row.text) == (2, "dua")
    assert keep(3, "tiga")
    row.refresh_from_db()
    assert (row.sequence, row.text) == (3, "tiga")


def test_two_tabs_of_one_author_keep_both_texts(keep):
    keep(5, "tab lama")
    keep(1, "tab baru", sitting=uuid4())
    texts = LessonWriting.objects.values_list("text", flat=True)
    assert set(texts) == {"tab lama", "tab baru"}


def test_what_was_typed_before_saving_and_arrives_after_it_stays_closed(keep, close):
    assert not close(4)
    assert not keep(3, "terlambat")
    assert LessonWriting.objects.filter(closed_at=None).count() == 0
    assert keep(5, "diketik sesudahnya")
    assert LessonWriting.objects.filter(closed_at=None).count() == 1
    assert not close(4)
    assert LessonWriting.objects.filter(closed_at=None).count() == 1
    assert close(5)


def test_what_nobody_comes_back_to_is_put_aside_and_goes(keep, close, now):
    keep(1, "lama")
    close(1)
    LessonWriting.objects.update(closed_at=now - timedelta(days=8))
    keep(1, "baru", sitting=uuid4())
    keep(1, "terlupa", sitting=uuid4())
    forgotten = LessonWriting.objects.filter(text="terlupa")
    forgotten.update(written_at=now - timedelta(days=181))
    # What was saved long ago goes at once, what was left behind is put aside first.
    assert sweep_writings() == 2
    assert LessonWriting.objects.filter(closed_at=None).get().text == "baru"
    assert forgotten.get().closed_at == now
    forgotten.update(closed_at=now - timedelta(days=8))
    assert sweep_writings() == 1
    assert LessonWriting.objects.get().text == "baru"


def test_typing_is_kept_and_is_no_version(author, draft, lesson_data):
    typed = lesson_data(text="Baru saja.", title="", sitting=f"{SITTING}:3")
    response = author.post(KEEP, typed)
    assert response.json()["sequence"] == 3
    assert "Tersimpan otomatis pukul" in response.json()["said"]
    assert "Pembuka." in author.get(URL).context["form"]["text"].value()
    again = author.get(URL)
    assert "Ada tulisan yang belum tersimpan" in again.text
    brought = author.get(URL, {"pulihkan": str(SITTING)})
    assert brought.context["form"]["text"].value() == "Baru saja."
    assert brought.context["form"]["title"].value() == ""
    assert "Ada tulisan yang belum tersimpan dari" not in brought.text


def test_saving_closes_the_sitting_and_what_it_began_with(author, draft, lesson_data):
    older, newer = UUID(int=1), UUID(int=2)
    for sitting in (older, newer):
        said = lesson_data(text=f"Naskah {sitting}.", sitting=f"{sitting}:9")
        author.post(KEEP, said)
    data = lesson_data(
        text="Jadi.", sitting=f"{newer}:10", restored=f"{older}:9", command="save"
    )
    assert author.post(URL, data).status_code == 302
    assert LessonWriting.objects.filter(closed_at=None).count() == 0
    assert "Ada tulisan yang belum tersimpan dari" not in author.get(URL).text


def test_what_says_the_same_as_the_lesson_is_not_offered(author, draft, lesson_data):
    same = lesson_data()["text"].replace("\n", "\r\n")
    author.post(KEEP, lesson_data(text=same, sitting=f"{SITTING}:1"))
    assert "Ada tulisan yang belum tersimpan dari" not in author.get(URL).text


def test_what_is_dropped_can_be_brought_back(author, draft, lesson_data):
    author.post(KEEP, lesson_data(text="Jangan hilang.", sitting=f"{SITTING}:1"))
    dropped = author.post(f"{KEEP}buang/", {"sitting": f"{SITTING}:1"}, follow=True)
    assert dropped.redirect_chain == [(f"{URL}?dibuang={SITTING}", 302)]
    assert "Ada tulisan yang belum tersimpan dari" not in dropped.text
    assert f"?pulihkan={SITTING}" in dropped.text
    brought = author.get(URL, {"pulihkan": str(SITTING)})
    assert "Jangan hilang." in brought.text


def test_nobody_else_is_offered_it(author, client_as, draft, lesson_data):
    author.post(KEEP, lesson_data(text="Milik saya.", sitting=f"{SITTING}:1"))
    colleague = client_as("admin")
    assert "Milik saya." not in colleague.get(URL).text
    assert "Milik saya." not in colleague.get(URL, {"pulihkan": str(SITTING)}).text
    colleague.post(f"{KEEP}buang/", {"sitting": f"{SITTING}:1"})
    assert "Ada tulisan yang belum tersimpan dari" in author.get(URL).text


@pytest.mark.parametrize("sitting", ["", "x:1", f"{SITTING}:0", f"{SITTING}:{2**64}"])
def test_a_sitting_that_cannot_be_read_is_refused_in_words(
    author, draft, lesson_data, sitting
):
    response = author.post(KEEP, lesson_data(sitting=sitting))
    assert response.status_code == 400
    assert response.json()["refused"]
    assert not LessonWriting.objects.exists()


def test_words_too_many_for_a_lesson_are_kept_all_the_same(author, draft, lesson_data):
    long = "a" * 70_000
    response = author.post(KEEP, lesson_data(text=long, sitting=f"{SITTING}:1"))
    assert response.status_code == 200
    assert LessonWriting.objects.get().text == long


def test_taking_what_is_stored_puts_mine_aside(author, draft, lesson_data):
    mine = lesson_data(text="Tulisan saya.", sitting=f"{SITTING}:2")
    author.post(URL, lesson_data(text="Tulisan rekan."))
    refused = author.post(URL, mine)
    assert refused.status_code == 409
    assert "Pakai yang tersimpan" in refused.text
    assert "<ins>" in refused.text
    taken = author.post(URL, {**mine, "command": "theirs"}, follow=True)
    assert taken.context["form"]["text"].value().strip() == "Tulisan rekan."
    assert f"?pulihkan={SITTING}" in taken.text
    assert "Tulisan saya." in author.get(URL, {"pulihkan": str(SITTING)}).text


def test_a_lesson_that_was_withdrawn_meanwhile_loses_no_words(
    author, draft, lesson_data
):
    typed = lesson_data(text="Sebelum.", sitting=f"{SITTING}:1")
    author.post(KEEP, typed)
    Lesson.objects.filter(key="satu").update(key="lain")
    later = {**typed, "text": "Sesudah.", "sitting": f"{SITTING}:2"}
    assert author.post(KEEP, later).status_code == 200
    assert LessonWriting.objects.get().text == "Sesudah."

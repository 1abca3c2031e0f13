"""Modules and lessons of a draft: added, renamed, moved, copied, taken out, back."""

import pytest

from accounts.models import AuditRecord
from courses.models import Lesson
from tests.queries import count_queries
from tests.studio.courses.made_here import OUTLINE, begin, change, outline


@pytest.fixture
def made(author, world):
    """A course with two modules: lessons A and B, then C."""
    course = begin(author, world.agency.code)
    for title in ("A", "B"):
        change(author, course, "lesson-add:m1", title=title)
    change(author, course, "module-add", title="Modul 2")
    change(author, course, "lesson-add:m2", title="C")
    return course


def test_modules_and_lessons_are_added_where_they_belong(author, made):
    assert outline(made) == [("Modul 1", ["A", "B"]), ("Modul 2", ["C"])]
    numbers = Lesson.objects.filter(version__course=made)
    assert list(numbers.values_list("number", "sequence", "key")) == [
        ("1.1", 1, "a"),
        ("1.2", 2, "b"),
        ("2.1", 3, "c"),
    ]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("lesson-up:b", [("Modul 1", ["B", "A"]), ("Modul 2", ["C"])]),
        ("lesson-up:a", [("Modul 1", ["A", "B"]), ("Modul 2", ["C"])]),
        ("lesson-down:a", [("Modul 1", ["B", "A"]), ("Modul 2", ["C"])]),
        ("lesson-down:b", [("Modul 1", ["A"]), ("Modul 2", ["B", "C"])]),
        ("lesson-up:c", [("Modul 1", ["A", "B", "C"]), ("Modul 2", [])]),
        ("lesson-down:c", [("Modul 1", ["A", "B"]), ("Modul 2", ["C"])]),
        ("module-up:m2", [("Modul 2", ["C"]), ("Modul 1", ["A", "B"])]),
        ("module-down:m1", [("Modul 2", ["C"]), ("Modul 1", ["A", "B"])]),
        ("module-up:m1", [("Modul 1", ["A", "B"]), ("Modul 2", ["C"])]),
    ],
)
def test_buttons_move_by_one_step(author, made, command, expected):
    rows = dict(Lesson.objects.filter(version__course=made).values_list("key", "pk"))

    change(author, made, command)

    assert outline(made) == expected
    # Rows keep their ids: an editor that is open in another tab still saves.
    after = Lesson.objects.filter(version__course=made)
    assert dict(after.values_list("key", "pk")) == rows


def test_a_lesson_is_dropped_before_another_one(author, made):
    change(author, made, "lesson-place:c", module="m1", before="b")
    assert outline(made) == [("Modul 1", ["A", "C", "B"]), ("Modul 2", [])]

    change(author, made, "lesson-place:a", module="m2")
    assert outline(made) == [("Modul 1", ["C", "B"]), ("Modul 2", ["A"])]


def test_titles_are_changed(author, made):
    change(author, made, "lesson-rename:a", title="  Alur   surat ")
    change(author, made, "module-rename:m1", title="Dasar")

    assert outline(made)[0] == ("Dasar", ["Alur surat", "B"])


@pytest.mark.parametrize("title", ["", "   ", "x" * 121])
def test_a_title_that_cannot_be_one_is_refused(author, made, title):
    before = outline(made)

    page = change(author, made, "lesson-rename:a", title=title)

    assert outline(made) == before
    assert "Judul" in page.text


def test_the_focus_comes_back_to_the_button(author, made):
    page = change(author, made, "lesson-up:b")

    assert 'value="lesson-up:b"' in page.text.split("autofocus")[0][-400:]


def test_a_copy_stands_below_with_the_same_words(author, made):
    change(author, made, "lesson-copy:a")

    assert outline(made)[0] == ("Modul 1", ["A", "Salinan A", "B"])
    assert Lesson.objects.filter(version__course=made, key="salinan-a").exists()


def test_a_lesson_with_its_text_leaves_and_comes_back_to_its_place(
    author, course, draft
):
    before = [
        (part.key, part.source) for part in draft.lessons.get(key="satu").parts.all()
    ]
    assert (
        author.get(f"/studio/{course.key}/kerangka/pelajaran/satu/tarik/").status_code
        == 200
    )

    page = change(author, course, "lesson-retire:satu")
    assert outline(course) == [("Modul satu", ["Pelajaran dua"])]
    assert [row.title for row in page.context["editing"].retired] == ["Pelajaran satu"]

    change(author, course, "lesson-restore:satu")
    assert outline(course) == [("Modul satu", ["Pelajaran satu", "Pelajaran dua"])]
    after = draft.lessons.get(key="satu").parts.all()
    assert [(part.key, part.source) for part in after] == before
    assert not draft.retired_lessons.exists()


def test_what_was_retired_lends_its_key_to_nobody(author, made):
    change(author, made, "lesson-retire:a")
    change(author, made, "lesson-add:m1", title="A")

    keys = Lesson.objects.filter(version__course=made).values_list("key", flat=True)
    assert "a-2" in keys
    change(author, made, "lesson-restore:a")
    assert outline(made)[0] == ("Modul 1", ["A", "B", "A"])


def test_only_an_empty_module_can_be_removed(author, made):
    page = change(author, made, "module-remove:m2")
    assert "masih berisi pelajaran" in page.text

    change(author, made, "lesson-up:c")
    change(author, made, "module-remove:m2")
    assert outline(made) == [("Modul 1", ["A", "B", "C"])]


def test_minutes_are_shared_to_the_minute(author, made):
    page = change(author, made, "minutes-share")

    editing = page.context["editing"]
    assert editing.planned == editing.due == 45


def test_a_stale_form_names_the_colleague_and_changes_nothing(
    client_as, client_of, made, world, now
):
    author, colleague = client_as("author"), client_as("admin")
    stale = author.get(f"/studio/{made.key}/").context["base"]
    change(colleague, made, "lesson-rename:a", title="Alur")
    before = outline(made)

    page = author.post(
        OUTLINE.format(key=made.key),
        {"base": stale, "command": "lesson-rename:b", "title": "Kata saya"},
        follow=True,
    )

    assert outline(made) == before
    assert "Admin Contoh mengubah draf ini pukul 08.30" in page.text
    assert "Kata saya" in page.text


def test_the_same_form_sent_twice_adds_one_lesson(author, made):
    base = author.get(f"/studio/{made.key}/").context["base"]
    data = {"base": base, "command": "lesson-add:m1", "title": "D"}

    for _time in range(2):
        author.post(OUTLINE.format(key=made.key), data)

    assert outline(made)[0] == ("Modul 1", ["A", "B", "D"])


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"command": "lesson-up:tidak-ada"},
        {"command": "lesson-place:a", "module": "tidak-ada"},
        {"command": "lesson-place:a", "module": "m2", "before": "b"},
        {"command": "lesson-restore:a"},
        {"command": "module-up:"},
        {"command": "hapus:a"},
    ],
)
def test_what_is_not_there_is_told(author, made, data):
    base = author.get(f"/studio/{made.key}/").context["base"]
    before = outline(made)

    page = author.post(
        OUTLINE.format(key=made.key), {"base": base, **data}, follow=True
    )

    assert outline(made) == before
    assert page.status_code == 200
    assert "alert-warning" in page.text


def test_every_change_is_in_the_audit_trail(author, made, world):
    said = AuditRecord.objects.filter(verb="courses.draft.changed")

    assert [row.detail["what"] for row in said.order_by("pk")] == [
        "lesson-add",
        "lesson-add",
        "module-add",
        "lesson-add",
    ]
    assert {row.actor_id for row in said} == {world.people["author"].pk}


def test_a_published_version_never_changes(author, course, draft, publish):
    before = list(course.current_version.lessons.values_list("key", "title", "number"))

    change(author, course, "lesson-rename:satu", title="Lain")
    change(author, course, "lesson-up:dua")

    now_ = course.current_version.lessons.values_list("key", "title", "number")
    assert list(now_) == before


def test_queries_do_not_grow_with_lessons(author, made):
    few = count_queries(author, f"/studio/{made.key}/")
    draft = made.versions.get()
    module = draft.modules.first()
    Lesson.objects.bulk_create(
        Lesson(
            version=draft,
            module=module,
            key=f"p-{n}",
            sequence=n + 10,
            number=f"1.{n + 2}",
            title=f"Pelajaran {n}",
            minutes=1,
        )
        for n in range(300)
    )

    assert count_queries(author, f"/studio/{made.key}/") == few

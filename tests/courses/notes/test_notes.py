"""Notes, bookmarks and plans: a person's own, kept when the lesson is revised."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts import actions as accounts_actions
from accounts.models import Notice
from courses.models import ActionPlan, PartNote
from courses.models.notes import LONGEST_NOTE
from courses.notes.actions import (
    ASKED_AFTER,
    Written,
    ask_how_plans_went,
    write_notes,
    write_plan,
)
from courses.selectors.content import version_content
from tests.factories import enroll, make_course, republish
from tests.queries import assert_same_queries

NOTES = "/kursus/contoh/pelajaran/pelajaran-1/catatan/"
LESSON = "/kursus/contoh/pelajaran/pelajaran-1/"


@pytest.fixture
def her(client_of, learner):
    """Return the learner's browser."""
    return client_of(learner)


def rows(her):
    return her.get(NOTES).context["page"].rows


def test_a_note_and_a_bookmark_stand_where_they_were_written(place, her):
    her.post(NOTES, {"note-inti": "  Tanya Bu Ani. ", "mark-inti": "on"})

    assert [(row.part_key, row.text, row.is_bookmarked) for row in rows(her)] == [
        ("pembuka", "", False),
        ("inti", "Tanya Bu Ani.", True),
    ]
    (listed,) = her.get("/catatan/").context["page"].rows
    assert listed.url == f"{LESSON}#inti"
    assert listed.lesson_title == "1.1 Pelajaran 1"


def test_a_note_that_is_too_long_is_refused_whole_and_stays_on_the_page(place, her):
    long = "x" * (LONGEST_NOTE + 1)

    answer = her.post(NOTES, {"note-inti": long, "note-pembuka": "Ringkas."})

    assert answer.status_code == 400
    assert PartNote.objects.count() == 0
    html = answer.content.decode()
    assert long in html
    assert "Ringkas." in html
    assert "lebih dari 4.000 karakter" in html


def test_emptying_a_note_takes_it_away_and_saying_it_twice_changes_nothing(
    place, learner, her, now
):
    said = [Written("inti", "Satu", is_bookmarked=False)]

    def write(notes) -> int:
        return write_notes(
            person=learner,
            course=place.course,
            lesson_key="pelajaran-1",
            notes=notes,
            now=now,
        )

    assert (write(said), write(said)) == (1, 0)
    assert write([Written("inti", "Dua", is_bookmarked=True)]) == 1
    assert PartNote.objects.get().text == "Dua"
    assert write([Written("inti", " ", is_bookmarked=False)]) == 1
    assert not PartNote.objects.exists()


def test_a_note_stays_when_its_part_is_taken_out(place, course, her, now):
    her.post(NOTES, {"note-inti": "Penting"})
    content = version_content(course.current_version)
    (module,) = content.modules
    first = module.lessons[0]
    changed = replace(first, parts=list(first.parts)[:1])
    lessons = [changed, *module.lessons[1:]]
    republish(
        course=course,
        change="wording",
        content=replace(content, modules=[replace(module, lessons=lessons)]),
        now=now,
    )

    assert [(row.part_key, row.is_gone) for row in rows(her)] == [
        ("pembuka", False),
        ("inti", True),
    ]
    assert her.get("/catatan/").context["page"].rows[0].url == LESSON
    her.post(NOTES, {"note-pembuka": "Lain"})
    assert PartNote.objects.filter(text="Penting").exists()


def test_nobody_else_reads_them(place, course, client_as, her, world, now):
    her.post(NOTES, {"note-inti": "Rahasia"})
    enroll(course=course, person=world.people["hr"], now=now)
    other = client_as("hr")

    for url in (NOTES, "/catatan/", "/cari/?cari=rahasia"):
        assert "Rahasia" not in other.get(url).content.decode()


def test_a_search_finds_notes_by_any_form_of_their_words(place, her):
    her.post(NOTES, {"note-inti": "Atasan memengaruhi layanan."})

    for words, count in (
        ("pengaruh", 1),
        ("pengaruh pelayanan", 1),
        ("pengaruh x9", 0),
    ):
        assert len(her.get("/cari/", {"cari": words}).context["notes"]) == count


def test_many_notes_are_no_more_questions(place, learner, her, now):
    def grow(count: int) -> None:
        first = PartNote.objects.count()
        for number in range(first, first + count):
            PartNote.objects.create(
                person=learner,
                course=place.course,
                lesson_key="pelajaran-1",
                part_key=f"b{number}",
                text="isi",
                changed_at=now,
            )

    assert_same_queries(her, "/catatan/", grow, few=3, many=300)


# --- plans -------------------------------------------------------------------------
@pytest.fixture
def planned(world, learner, now):
    """The learner's place on a course with a plan."""
    course = make_course(
        unit=world.agency, now=now, plan_title="Rencana 30 hari", plan_source="Tulis."
    )
    return enroll(course=course, person=learner, now=now)


def test_a_plan_is_written_and_read_again(planned, her):
    assert her.get("/kursus/contoh/rencana/").status_code == 200

    her.post("/kursus/contoh/rencana/", {"text": "Rapat 30 menit", "outcome": ""})

    page = her.get("/kursus/contoh/rencana/")
    assert page.context["form"].initial == {"text": "Rapat 30 menit", "outcome": ""}
    her.post("/kursus/contoh/rencana/", {"text": "", "outcome": ""})
    assert not ActionPlan.objects.exists()


def test_a_course_without_a_plan_has_no_card(place, her):
    assert her.get("/kursus/contoh/rencana/").status_code == 404


def test_she_is_asked_how_it_went_once_after_thirty_days(planned, learner, now):
    write_plan(enrollment_id=planned.pk, text="Rapat", outcome="", now=now)
    write_plan(
        enrollment_id=planned.pk,
        text="Rapat pendek",
        outcome="",
        now=now + timedelta(days=20),
    )
    assert ask_how_plans_went(now=now + timedelta(days=29)) == 0

    assert ask_how_plans_went(now=now + ASKED_AFTER) == 1
    assert ask_how_plans_went(now=now + ASKED_AFTER) == 0

    told = Notice.objects.get(person=learner)
    assert (told.kind, told.url) == ("plan", "/kursus/contoh/rencana/")


def test_who_has_told_already_is_not_asked(planned, now):
    write_plan(enrollment_id=planned.pk, text="Rapat", outcome="Lancar", now=now)

    ask_how_plans_went(now=now + ASKED_AFTER)

    assert not Notice.objects.exists()


def test_whoever_is_anonymised_leaves_no_notes(planned, learner, world, now):
    write_plan(enrollment_id=planned.pk, text="Rapat", outcome="", now=now)
    write_notes(
        person=learner,
        course=planned.course,
        lesson_key="pelajaran-1",
        notes=[Written("inti", "Satu", is_bookmarked=False)],
        now=now,
    )

    accounts_actions.anonymise_person(
        person=learner, by=world.people["admin"], now=now, reason="Diminta"
    )

    assert not PartNote.objects.exists()
    assert not ActionPlan.objects.exists()

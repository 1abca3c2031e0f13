"""New required parts: who is asked to read them, and what stays as it is."""

from dataclasses import replace

import pytest

from accounts.access import as_of
from certificates import actions as certificates_actions
from certificates.models import Certificate
from courses import actions
from courses.actions.new_parts import proposed_parts
from courses.models import CourseVersion, NewPart, NewPartReading
from courses.selectors.facts import done_lesson_keys
from courses.selectors.new_parts import new_parts_notices, parts_to_read
from courses.verify import verify_enrollments
from tests.courses.test_publishing import renewed
from tests.factories import (
    complete,
    enroll,
    make_content,
    make_person,
    read_lessons,
    republish,
)
from tests.queries import count_queries

PAGE = "/kursus/contoh/bagian-baru/"


@pytest.fixture
def finished(course, world, now):
    """Somebody who has finished the course, with her certificate."""
    place = complete(course=course, person=world.people["learner"], now=now)
    certificates_actions.issue_certificate(enrollment_id=place.pk, by=None, now=now)
    return place


def publish_part(course, now, **over):
    return republish(
        course=course, change="required", now=now, content=renewed(), **over
    )


def asked(place):
    place.refresh_from_db()
    return [(part.lesson_key, part.part_key) for part in parts_to_read(place)]


def test_who_had_finished_is_asked_to_read_the_new_part_alone(course, finished, now):
    before = (finished.progress, finished.version_id, finished.final_percent)

    publish_part(course, now)

    assert asked(finished) == [("pelajaran-1", "baru")]
    assert (finished.progress, finished.version_id, finished.final_percent) == before
    assert list(verify_enrollments(repair=False, now=now)) == []


def test_home_and_course_page_say_so_and_the_part_can_be_read(
    course, finished, client_as, now
):
    publish_part(course, now)
    reader = client_as("learner")

    for url in ("/", "/kursus/contoh/"):
        page = reader.get(url)
        assert "Ada bagian baru" in page.text
        assert PAGE in page.text
        assert "±1 menit" in page.text

    page = reader.get(PAGE)
    assert "Isi." in page.text
    assert "Nilai, JP, dan sertifikat Anda tidak berubah." in page.text


def test_having_read_it_she_is_asked_no_more_and_nothing_else_changes(
    course, finished, client_as, now
):
    certificate = Certificate.objects.get()
    publish_part(course, now)
    reader = client_as("learner")
    [part] = reader.get(PAGE).context["shown"]
    before = done_lesson_keys(finished), finished.progress

    for _twice in range(2):
        assert reader.post(PAGE, {"part": part.text.pk}).status_code == 302

    assert asked(finished) == []
    assert NewPartReading.objects.count() == 1
    assert (done_lesson_keys(finished), finished.progress) == before
    assert list(Certificate.objects.current()) == [certificate]
    assert "Ada bagian baru" not in reader.get("/").text
    assert reader.get(PAGE).status_code == 302


@pytest.mark.parametrize("said", ["", "x", "٣", "9" * 30, "-1"])
def test_a_part_that_is_none_is_read_by_nobody(course, finished, client_as, now, said):
    publish_part(course, now)

    assert client_as("learner").post(PAGE, {"part": said}).status_code == 302
    assert NewPartReading.objects.count() == 0


def test_others_are_not_asked(course, finished, world, now):
    learning = enroll(course=course, person=world.people["hr"], now=now)
    read_lessons(enrollment=learning, now=now)

    publish_part(course, now)
    later = complete(
        course=course, person=make_person(unit=world.section, now=now), now=now
    )

    # She who is learning reads the lesson again, and the last one learnt it so.
    assert asked(learning) == []
    assert done_lesson_keys(learning) == {"pelajaran-2"}
    assert asked(later) == []
    assert asked(finished) == [("pelajaran-1", "baru")]


@pytest.mark.parametrize("change", ["wording", "cycle"])
def test_no_other_change_asks_for_anything(course, finished, now, change):
    republish(course=course, change=change, now=now, content=renewed())

    assert NewPart.objects.count() == 0
    assert asked(finished) == []


def test_a_new_cycle_asks_those_of_the_old_one_for_nothing_more(course, finished, now):
    publish_part(course, now)

    republish(course=course, change="cycle", now=now, content=renewed())

    assert asked(finished) == []


def test_better_words_of_the_part_are_what_is_read(course, finished, client_as, now):
    publish_part(course, now)
    content = renewed()
    module = content.modules[0]
    lesson = module.lessons[0]
    part = replace(lesson.parts[-1], source="## Bagian baru {#baru}\n\nLebih jelas.")
    lesson = replace(lesson, parts=(*lesson.parts[:-1], part))
    module = replace(module, lessons=(lesson, *module.lessons[1:]))

    republish(
        course=course,
        change="wording",
        now=now,
        content=replace(content, modules=(module,)),
    )

    assert asked(finished) == [("pelajaran-1", "baru")]
    assert "Lebih jelas." in client_as("learner").get(PAGE).text


def test_a_part_that_is_gone_again_is_not_asked_for(course, finished, now):
    publish_part(course, now)

    republish(course=course, change="wording", now=now, content=make_content())

    assert asked(finished) == []


def test_who_learns_need_not_read_again_what_is_gone_again(
    course, finished, world, now
):
    learning = enroll(course=course, person=world.people["hr"], now=now)
    read_lessons(enrollment=learning, now=now)
    publish_part(course, now)
    learning.refresh_from_db()
    assert done_lesson_keys(learning) == {"pelajaran-2"}

    republish(course=course, change="wording", now=now, content=make_content())

    learning.refresh_from_db()
    assert done_lesson_keys(learning) == {"pelajaran-1", "pelajaran-2"}


def test_asked_anew_it_is_asked_once(course, finished, now):
    publish_part(course, now)
    content = renewed()
    module = content.modules[0]
    lesson = module.lessons[0]
    part = replace(lesson.parts[-1], source="## Bagian baru {#baru}\n\nLagi.")
    lesson = replace(lesson, parts=(*lesson.parts[:-1], part))
    module = replace(module, lessons=(lesson, *module.lessons[1:]))

    republish(
        course=course,
        change="required",
        now=now,
        content=replace(content, modules=(module,)),
    )

    assert NewPart.objects.count() == 2
    assert len(asked(finished)) == 1


def test_parts_that_the_author_does_not_choose_ask_nobody(course, finished, world, now):
    learning = enroll(course=course, person=world.people["hr"], now=now)
    read_lessons(enrollment=learning, now=now)

    publish_part(course, now, new_parts=[])

    assert asked(finished) == []
    assert done_lesson_keys(learning) == {"pelajaran-1", "pelajaran-2"}


def test_what_a_draft_adds_or_changes_is_proposed(course, now):
    draft = actions.copy_version(version=course.current_version, by=None, now=now)
    assert proposed_parts(draft) == []

    actions.rewrite_draft(
        version_id=draft.pk, content=renewed(), what="x", by=None, now=now
    )

    [part] = proposed_parts(CourseVersion.objects.get(pk=draft.pk))
    assert (part.place, part.is_added, part.minutes) == (
        ("pelajaran-1", "baru"),
        True,
        1,
    )


def test_who_learns_is_led_to_the_new_part(course, place, client_as, now):
    read_lessons(enrollment=place, now=now)
    publish_part(course, now)
    reader = client_as("learner")

    home = reader.get("/").text
    assert "/kursus/contoh/pelajaran/pelajaran-1/#baru" in home
    assert "±1 menit" in home
    lesson = reader.get("/kursus/contoh/pelajaran/pelajaran-1/").text
    assert lesson.count("Bagian baru</span>") == 1


def test_of_several_courses_each_says_what_it_has(course, finished, world, now):
    publish_part(course, now)

    [notice] = new_parts_notices(as_of(world.people["learner"], now))

    assert (notice.count, notice.minutes, notice.url) == (1, 1, PAGE)


def test_who_withdrew_has_nothing_to_read(course, place, client_as, now):
    read_lessons(enrollment=place, now=now)
    actions.withdraw(enrollment_id=place.pk, by=place.person, now=now)

    assert client_as("learner").get(PAGE).status_code == 404


def test_the_home_page_asks_no_more_for_many_courses(course, finished, client_as, now):
    reader = client_as("learner")
    before = count_queries(reader, "/")

    publish_part(course, now)

    # What there is to tell costs one query, and no other.
    assert count_queries(reader, "/") == before + 1

"""Writing courses: drafts change, and a version can be read back as it was written."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses import actions
from courses.content_types import LessonContent, ModuleContent, PartContent
from courses.exceptions import VersionNotEditable
from courses.models import Course, CourseVersion
from courses.selectors.content import version_content
from tests.examples import some
from tests.factories import make_content
from tests.undone import undone


@pytest.fixture
def blank(world, now) -> Course:
    """A course without any version."""
    return actions.create_course(
        key="kosong", code="K0", unit=world.agency, by=None, now=now
    )


def write(course: Course, now, **over) -> CourseVersion:
    """Write a draft."""
    return actions.write_version(
        course=course, content=make_content(**over), by=None, now=now
    )


def test_a_course_is_made_once_per_key(blank, world, now):
    again = actions.create_course(
        key="kosong", code="K9", unit=world.other_agency, by=None, now=now
    )

    assert again == blank
    assert (again.unit, again.code) == (world.agency, "K9")


def test_what_was_written_can_be_read_back(blank, now):
    content = make_content(
        lessons=3,
        plan_title="Rencana",
        plan_source="Tulis.",
        plan_minutes=5,
        digcomp=[1, 5],
    )

    version = actions.write_version(course=blank, content=content, by=None, now=now)

    assert version_content(version) == content


def test_lessons_are_numbered_by_module_and_sequenced_through(blank, now):
    lesson = make_content().modules[0].lessons[0]
    modules = [
        ModuleContent(
            "m1", "Satu", [replace(lesson, key="a"), replace(lesson, key="b")]
        ),
        ModuleContent("m2", "Dua", [replace(lesson, key="c")]),
    ]

    version = write(blank, now, modules=modules)

    told = version.lessons.values_list("key", "number", "sequence")
    assert list(told) == [("a", "1.1", 1), ("b", "1.2", 2), ("c", "2.1", 3)]


def test_there_is_one_draft_at_a_time(blank, now):
    write(blank, now)

    with pytest.raises(VersionNotEditable, match="draft_open"):
        write(blank, now)

    assert blank.versions.count() == 1


def test_a_draft_that_was_thrown_away_makes_room(blank, now):
    actions.discard_draft(version_id=write(blank, now).pk, by=None, now=now)

    assert write(blank, now).number == 1


def test_copying_twice_gives_the_same_draft(course, now):
    first = actions.copy_version(version=course.current_version, by=None, now=now)
    second = actions.copy_version(version=course.current_version, by=None, now=now)

    assert first == second
    assert first.number == 2
    assert version_content(first) == version_content(course.current_version)


def test_a_lesson_of_a_draft_is_rewritten_under_its_key(blank, now):
    lesson = write(blank, now).lessons.first()

    actions.update_lesson(
        lesson_id=lesson.pk,
        content=LessonContent(
            key="diabaikan",
            title="Judul baru",
            minutes=20,
            parts=[PartContent("pembuka", "", "Baru.")],
            is_required=False,
        ),
        by=None,
        now=now,
    )

    lesson.refresh_from_db()
    assert (lesson.key, lesson.title, lesson.minutes) == (
        "pelajaran-1",
        "Judul baru",
        20,
    )
    assert [part.source for part in lesson.parts.all()] == ["Baru."]


def test_a_course_of_any_size_is_read_in_as_many_queries(
    blank, now, django_assert_num_queries
):
    small = write(blank, now, lessons=2)
    with django_assert_num_queries(6):
        version_content(small)
    actions.discard_draft(version_id=small.pk, by=None, now=now)
    large = write(blank, now, lessons=15)
    with django_assert_num_queries(6):
        version_content(large)


texts = st.text(
    st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cs"]),
    max_size=40,
)
lessons = st.lists(
    st.builds(
        LessonContent,
        key=st.from_regex(r"[a-z][a-z0-9-]{0,10}", fullmatch=True),
        title=texts,
        minutes=st.integers(0, 90),
        parts=st.lists(
            st.builds(
                PartContent,
                st.from_regex(r"[a-z]{1,8}", fullmatch=True),
                texts,
                texts,
            ),
            max_size=3,
            unique_by=lambda part: part.key,
        ),
        summary=texts,
        is_required=st.booleans(),
    ),
    max_size=4,
    unique_by=lambda lesson: lesson.key,
)


@settings(
    max_examples=some(15),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(lessons=lessons, title=texts, digcomp=st.lists(st.integers(1, 5), max_size=3))
def test_any_words_come_back_as_they_were_written(blank, now, lessons, title, digcomp):
    content = replace(
        make_content(),
        title=title,
        digcomp=digcomp,
        modules=[ModuleContent("m1", title, lessons)],
        requirements=[
            replace(row, pass_mark=row.pass_mark and Decimal(row.pass_mark))
            for row in make_content().requirements
        ],
    )
    with undone():
        version = actions.write_version(course=blank, content=content, by=None, now=now)
        assert version_content(version) == content

"""Publishing: what becomes of the people in the middle."""

from dataclasses import replace

import pytest

from courses import actions
from courses.content_types import PartContent, VersionContent
from courses.exceptions import VersionNotEditable
from courses.models import Course, CourseVersion, Enrollment
from courses.selectors.content import version_content
from courses.selectors.facts import LessonsRead, done_lesson_keys, lessons_read
from courses.verify import verify_enrollments
from lib.markdown import MarkdownProblem
from tests.factories import (
    GRADE_ITEMS,
    complete,
    enroll,
    make_content,
    make_person,
    read_lessons,
    republish,
    sit,
)


@pytest.fixture
def people(world, course, now) -> dict[str, Enrollment]:
    """Somebody who has just begun, somebody half way, somebody who has finished."""
    persons = {
        name: make_person(unit=world.section, now=now, name=name)
        for name in ("new", "half", "done")
    }
    places = {
        name: enroll(course=course, person=persons[name], now=now)
        for name in ("new", "half")
    }
    sit(enrollment=places["half"], quiz_key="pretest", right=1, now=now)
    read_lessons(enrollment=places["half"], now=now)
    places["done"] = complete(course=course, person=persons["done"], now=now)
    return places


def stored(places: dict[str, Enrollment]) -> dict[str, Enrollment]:
    """Return the places as the database has them."""
    return {name: Enrollment.objects.get(pk=row.pk) for name, row in places.items()}


def with_a_lesson_more() -> VersionContent:
    """Return the course's content with a third required lesson."""
    return make_content(lessons=3)


def draft_of(course: Course, now, content: VersionContent | None = None):
    """Return a new draft of the course."""
    return actions.write_version(
        course=course,
        content=content or version_content(course.current_version),
        by=None,
        now=now,
    )


def publish(draft: CourseVersion, change: str, now) -> CourseVersion:
    """Publish a draft with the usual graded items."""
    return actions.publish_version(
        version_id=draft.pk,
        change=change,
        grade_items=GRADE_ITEMS,
        image_url=lambda course_key, written: f"/{course_key}/{written}",
        by=None,
        now=now,
    )


# --- three kinds of change ---------------------------------------------------------
def test_better_words_move_everybody(course, people, now):
    version = republish(course=course, change="wording", now=now)

    assert {row.version for row in stored(people).values()} == {version}
    assert course.cycle == 1


def test_a_new_required_part_moves_those_still_learning(course, people, now):
    first = course.current_version

    version = republish(
        course=course, change="required", now=now, content=with_a_lesson_more()
    )

    places = stored(people)
    assert places["new"].version == places["half"].version == version
    assert places["done"].version == first


def test_a_new_cycle_moves_nobody(course, people, now):
    first = course.current_version

    republish(course=course, change="cycle", now=now)

    assert {row.version for row in stored(people).values()} == {first}
    assert course.cycle == 2


@pytest.mark.parametrize("change", ["wording", "required", "cycle"])
def test_shown_progress_never_falls(course, people, now, change):
    before = {name: row.progress for name, row in stored(people).items()}
    content = None if change == "wording" else with_a_lesson_more()

    republish(course=course, change=change, now=now, content=content)
    for place in people.values():
        actions.complete_lesson(
            enrollment_id=place.pk,
            lesson_key="pelajaran-1",
            by=place.person,
            now=now,
        )

    after = {name: row.progress for name, row in stored(people).items()}
    assert all(after[name] >= before[name] for name in before)


@pytest.mark.parametrize("change", ["wording", "required", "cycle"])
def test_whoever_has_finished_stays_finished(course, people, now, change):
    first = course.current_version
    content = None if change == "wording" else with_a_lesson_more()

    republish(course=course, change=change, now=now, content=content)

    done = stored(people)["done"]
    assert (done.completed_at, done.progress) == (now, 100)
    assert done.completed_version == first


def test_whoever_is_moved_needs_the_new_part_too(course, people, now):
    republish(course=course, change="required", now=now, content=with_a_lesson_more())
    place = stored(people)["half"]

    read_lessons(enrollment=place, now=now)
    sit(enrollment=place, quiz_key="posttest", right=4, now=now)

    assert place.lesson_completions.count() == 3
    assert stored(people)["half"].completed_at == now


def test_what_was_done_survives_a_new_version(course, people, now):
    republish(course=course, change="wording", now=now)
    place = stored(people)["half"]

    sit(enrollment=place, quiz_key="posttest", right=4, now=now)

    assert stored(people)["half"].completed_at == now


def test_a_sitting_begun_before_a_new_version_is_finished_as_it_began(
    course, people, now
):
    from tests.factories import answer, start

    place = people["half"]
    attempt = start(enrollment=place, quiz_key="posttest", now=now)
    republish(course=course, change="wording", now=now)

    again = start(enrollment=stored(people)["half"], quiz_key="posttest", now=now)
    answer(attempt=again, right=4, now=now)
    from quizzes.actions import submit_attempt

    submit_attempt(attempt_id=again.pk, by=place.person, now=now)

    assert again == attempt
    assert stored(people)["half"].completed_at == now


def test_whoever_lacks_nothing_in_the_new_version_is_complete(course, people, now):
    # The only lesson that was missing is no longer required.
    place = people["new"]
    sit(enrollment=place, quiz_key="pretest", right=0, now=now)
    actions.complete_lesson(
        enrollment_id=place.pk, lesson_key="pelajaran-1", by=place.person, now=now
    )
    actions.record_grade(
        enrollment_id=place.pk,
        grade_item=course.current_version.grade_items.get(key="posttest"),
        source="quiz:posttest",
        points=1,
        max_points=1,
        evidence="test",
        by=None,
        now=now,
    )
    assert stored(people)["new"].completed_at is None
    before = version_content(course.current_version)
    (module,) = before.modules
    lessons = [module.lessons[0], replace(module.lessons[1], is_required=False)]

    republish(
        course=course,
        change="required",
        now=now,
        content=replace(before, modules=[replace(module, lessons=lessons)]),
    )

    assert stored(people)["new"].completed_at == now


def without_the_last_lesson(course: Course) -> VersionContent:
    """Return the course's content with one lesson less."""
    before = version_content(course.current_version)
    (module,) = before.modules
    minutes = sum(lesson.minutes for lesson in module.lessons)
    (first, *_others) = module.lessons
    only = replace(first, minutes=minutes)
    return replace(before, modules=[replace(module, lessons=[only])])


def test_progress_follows_at_once_when_less_is_asked(course, people, now):
    actions.complete_lesson(
        enrollment_id=people["new"].pk,
        lesson_key="pelajaran-1",
        by=people["new"].person,
        now=now,
    )
    assert {name: row.progress for name, row in stored(people).items()} == {
        "new": 33,
        "half": 75,
        "done": 100,
    }

    republish(
        course=course,
        change="required",
        now=now,
        content=without_the_last_lesson(course),
    )

    places = stored(people)
    assert {name: row.progress for name, row in places.items()} == {
        "new": 50,
        "half": 75,
        "done": 100,
    }
    assert list(verify_enrollments(repair=False, now=now)) == []


def test_a_publication_asks_no_more_for_more_learners(
    world, course, now, django_assert_max_num_queries
):
    for _number in range(12):
        person = make_person(unit=world.section, now=now)
        place = enroll(course=course, person=person, now=now)
        actions.complete_lesson(
            enrollment_id=place.pk, lesson_key="pelajaran-1", by=person, now=now
        )
    content = without_the_last_lesson(course)

    with django_assert_max_num_queries(90):
        republish(course=course, change="required", now=now, content=content)

    assert set(
        Enrollment.objects.filter(course=course).values_list("progress", flat=True)
    ) == {50}


def test_only_the_present_cycle_moves(course, people, now):
    first = course.current_version
    republish(course=course, change="cycle", now=now)

    republish(course=course, change="wording", now=now)

    assert {row.version for row in stored(people).values()} == {first}


# --- what a publication is ---------------------------------------------------------
def test_publishing_renders_every_part_once(course):
    lesson = course.current_version.lessons.first()
    opener, part = lesson.parts.all()

    assert "Pembuka 1." in opener.html
    assert part.html.startswith('<h2 id="inti"')
    assert "Sumber contoh, 2026." in lesson.references_html
    assert min(opener.renderer_version, lesson.byte_size, lesson.word_count) > 0


def test_a_published_version_is_never_changed_again(course, now):
    version = course.current_version
    lesson = version.lessons.first()

    with pytest.raises(VersionNotEditable, match="published"):
        publish(version, "wording", now)
    with pytest.raises(VersionNotEditable, match="published"):
        actions.discard_draft(version_id=version.pk, by=None, now=now)
    with pytest.raises(VersionNotEditable, match="published"):
        actions.update_lesson(
            lesson_id=lesson.pk,
            content=version_content(version).modules[0].lessons[0],
            by=None,
            now=now,
        )


@pytest.mark.parametrize("change", ["first", "", "besar"])
def test_a_further_publication_names_one_of_three_changes(course, now, change):
    draft = draft_of(course, now)

    with pytest.raises(VersionNotEditable, match="wrong_change"):
        publish(draft, change, now)

    draft.refresh_from_db()
    assert draft.state == CourseVersion.State.DRAFT


def test_a_first_publication_changes_nothing_for_anybody(world, now):
    course = actions.create_course(
        key="baru", code="B1", unit=world.agency, by=None, now=now
    )
    draft = draft_of(course, now, make_content())

    with pytest.raises(VersionNotEditable, match="wrong_change"):
        publish(draft, "wording", now)


def test_a_course_without_lessons_is_not_published(course, now):
    draft = draft_of(course, now, make_content(modules=[]))

    with pytest.raises(VersionNotEditable, match="no_lessons"):
        publish(draft, "wording", now)


def test_minutes_that_do_not_make_the_jp_are_refused_with_both_figures(course, now):
    draft = draft_of(course, now, replace(make_content(), jp=2))

    with pytest.raises(VersionNotEditable, match="minutes") as refused:
        publish(draft, "wording", now)

    assert "45" in refused.value.message
    assert "90" in refused.value.message


def test_text_that_cannot_be_rendered_leaves_everything_as_it_was(course, people, now):
    before = version_content(course.current_version)
    (module,) = before.modules
    broken = replace(
        module.lessons[0], parts=[PartContent("pembuka", "", "Fakta.[^tidak-ada]")]
    )
    draft = draft_of(
        course,
        now,
        replace(before, modules=[replace(module, lessons=[broken, module.lessons[1]])]),
    )

    with pytest.raises(MarkdownProblem):
        publish(draft, "wording", now)

    draft.refresh_from_db()
    course.refresh_from_db()
    assert draft.state == CourseVersion.State.DRAFT
    assert course.current_version != draft
    assert draft.grade_items.count() == 0


def test_the_preview_counts_whom_a_publication_touches(course, people):
    from courses.actions.publishing import reach_of

    reach = reach_of(course)

    assert (reach.learning, reach.finished) == (2, 1)


def test_whoever_has_finished_is_judged_by_the_version_she_finished(
    course, people, now
):
    before = version_content(course.current_version)
    lines = [
        replace(line, weight=1) if line.key == "pretest" else line
        for line in before.requirements
    ]
    heavier = replace(before, requirements=lines)

    republish(course=course, change="required", now=now, content=heavier)
    republish(course=course, change="wording", now=now)

    done = stored(people)["done"]
    assert done.version == course.current_version
    assert done.final_percent == 100
    assert list(verify_enrollments(repair=False, now=now)) == []


BOTH = {"pelajaran-1", "pelajaran-2"}


def renewed(lesson: int = 0) -> VersionContent:
    """Return the course's content with a part more in one of its lessons."""
    content = make_content()
    module = content.modules[0]
    lessons = list(module.lessons)
    source = "## Bagian baru {#baru}\n\nIsi."
    part = replace(lessons[lesson].parts[0], key="baru", source=source)
    lessons[lesson] = replace(lessons[lesson], parts=(*lessons[lesson].parts, part))
    return replace(content, modules=(replace(module, lessons=lessons),))


def test_a_new_required_part_is_read_by_those_who_had_read_the_lesson(
    course, people, now
):
    before = stored(people)

    republish(course=course, change="required", now=now, content=renewed())

    half, done = stored(people)["half"], stored(people)["done"]
    read = LessonsRead(frozenset({"pelajaran-2"}), frozenset({"pelajaran-1"}))
    assert lessons_read(half) == read
    assert half.progress == before["half"].progress > 0
    assert lessons_read(done).outdated == frozenset()
    assert done.completed_at

    for _twice in range(2):
        actions.complete_lesson(
            enrollment_id=half.pk, lesson_key="pelajaran-1", by=half.person, now=now
        )
    assert done_lesson_keys(half) == BOTH
    assert half.lesson_completions.count() == 3


@pytest.mark.parametrize("change", ["wording", "cycle"])
def test_no_other_change_asks_to_read_a_lesson_again(course, people, now, change):
    republish(course=course, change=change, now=now, content=renewed())

    assert done_lesson_keys(stored(people)["half"]) == BOTH


def test_what_was_asked_again_stays_asked_in_later_versions(course, people, now):
    republish(course=course, change="required", now=now, content=renewed())

    republish(course=course, change="wording", now=now)

    places = stored(people)
    assert done_lesson_keys(places["half"]) == {"pelajaran-2"}
    # She has finished an earlier version and is judged by that one.
    assert done_lesson_keys(places["done"]) == BOTH


def test_only_the_lesson_that_changed_is_read_again(course, people, now):
    republish(course=course, change="required", now=now, content=renewed(1))

    assert done_lesson_keys(stored(people)["half"]) == {"pelajaran-1"}

"""Two authors who make or change one course at the same moment."""

from dataclasses import replace
from uuid import uuid4

import pytest

from courses.models import Course
from courses.selectors.content import version_content
from quizzes import actions as quizzes_actions
from quizzes.models import QuestionBank
from studio import actions
from studio.actions import OutlineChange
from studio.drafts.fingerprints import (
    outline_fingerprint,
    plan_fingerprint,
    settings_fingerprint,
)
from studio.drafts.quizzes import plan_of, requirement_of
from studio.exceptions import EditConflict
from tests.concurrency.structure_verbs import START, settings_of
from tests.concurrency.together import refusals, same, together

pytestmark = pytest.mark.postgres


def begin(stage, token, now):
    """Make a course from the template."""
    return actions.begin_course(
        said=START,
        unit=stage.world.agency,
        template=True,
        token=token,
        by=stage.world.people["author"],
        now=now,
    )


def draft_of(stage, now):
    """Return a draft of the stage's course."""
    author = stage.world.people["author"]
    return actions.open_draft(course=stage.course, by=author, now=now)


def test_a_form_sent_at_once_makes_one_course(stage, now):
    token = uuid4()

    results = same(lambda: begin(stage, token, now))

    assert refusals(results) == []
    assert len({course.pk for course in results}) == 1
    made = Course.objects.get(code="K9")
    assert made.versions.count() == 1
    assert made.question_banks.count() == 3


def test_courses_of_one_title_get_keys_of_their_own(stage, now):
    results = same(lambda: begin(stage, uuid4(), now))

    assert refusals(results) == []
    assert {course.key for course in results} == {
        "kursus-baru",
        "kursus-baru-2",
        "kursus-baru-3",
        "kursus-baru-4",
    }


def test_of_two_who_change_one_outline_one_is_told(stage, now):
    draft = draft_of(stage, now)
    base = outline_fingerprint(version_content(draft))
    people = [stage.world.people[role] for role in ("author", "admin")]

    results = together(
        *(
            lambda person=person: actions.change_outline(
                course=stage.course,
                change=OutlineChange("lesson-copy", "pelajaran-1"),
                base=base,
                by=person,
                now=now,
            )
            for person in people
        )
    )

    [refusal] = refusals(results)
    assert isinstance(refusal, EditConflict)
    assert "Contoh mengubah draf ini pukul" in refusal.message
    assert draft.lessons.count() == 3


def test_of_two_who_save_settings_one_is_told(stage, now):
    draft = draft_of(stage, now)
    content = version_content(draft)

    results = together(
        *(
            lambda title=title: actions.save_settings(
                course=stage.course,
                settings=settings_of(content, title=title),
                base=settings_fingerprint(content),
                by=stage.world.people["author"],
                now=now,
            )
            for title in ("Satu", "Dua")
        )
    )

    assert [type(error) for error in refusals(results)] == [EditConflict]


def test_of_three_who_write_one_quiz_two_are_told(stage, now):
    draft = draft_of(stage, now)
    plan, row = plan_of(draft, "posttest"), requirement_of(draft, "posttest")
    assert plan
    assert row
    author = stage.world.people["author"]

    results = same(
        lambda: actions.save_quiz(
            course=stage.course,
            plan=replace(plan, lines=plan.lines[:0], asks_all=True),
            requirement=row,
            base=plan_fingerprint(plan, row),
            by=author,
            now=now,
        ),
        times=3,
    )

    assert [type(error) for error in refusals(results)] == [EditConflict] * 2
    assert draft.quiz_drafts.get().asks_all


def test_a_bank_made_at_once_is_one_bank(stage, now):
    results = same(
        lambda: quizzes_actions.make_bank(
            course=stage.course,
            title="Cadangan",
            use="practice",
            by=stage.world.people["author"],
            now=now,
        )
    )

    assert refusals(results) == []
    assert QuestionBank.objects.filter(title="Cadangan").count() == 1

"""Everything that the page of a question shows beside its form."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from courses.models import Course
from quizzes.models import Question, QuestionVersion
from quizzes.questions import TYPES
from studio.courses.outline import CourseOutline, outline_for
from studio.questions.composing import Composed, composed
from studio.questions.editor.kinds import label_of
from studio.questions.editor.preview import QuestionPreview, question_preview
from studio.questions.editor.sections import (
    Section,
    can_add_scene,
    dressed,
    sections_of,
)
from studio.questions.editor.typed import TypedQuestion, question_content
from studio.questions.list import question_state
from studio.questions.quality import Quality, quality_of
from studio.questions.twins import Twin, twins_of
from studio.questions.uses import Use, uses_of


@dataclass(frozen=True)
class Rule:
    """A marking rule in the words that learners read."""

    scoring: str
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class QuestionPage:
    """A question in Studio; `state` is "draft" for one that is not stored yet."""

    type_label: str
    control: str
    state: str
    sections: Sequence[Section]
    rows: Any
    scenes: Any
    can_add_scene: bool
    rules: Sequence[Rule]
    preview: QuestionPreview
    twins: Sequence[Twin]
    uses: Sequence[Use]
    composed: Composed | None
    quality: Quality
    outline: CourseOutline


def question_page(
    *,
    course: Course,
    question: Question | None,
    newest: QuestionVersion | None,
    typed: TypedQuestion,
) -> QuestionPage:
    """Return the page for a question as it stands in the form."""
    content = question_content(typed, key="", cleaned={}, before=None)
    page = dressed(sections_of(typed))
    return QuestionPage(
        type_label=label_of(typed.type),
        control=TYPES[typed.type].control,
        state=question_state(question, newest) if question and newest else "draft",
        sections=page.lists,
        rows=page.rows,
        scenes=page.scenes,
        can_add_scene=can_add_scene(typed),
        rules=_rules(typed),
        preview=question_preview(content),
        twins=twins_of(course, typed.stem, question=question),
        uses=uses_of(course, question, newest) if question and newest else [],
        composed=composed(course, question) if question else None,
        quality=quality_of(_ready(question)),
        outline=outline_for(course),
    )


def _ready(question: Question | None) -> QuestionVersion | None:
    if question is None:
        return None
    return question.versions.filter(state="ready").order_by("-number").first()


def _rules(typed: TypedQuestion) -> list[Rule]:
    question_type = TYPES[typed.type]
    scorings = list(question_type.scorings) or [""]
    chosen = typed.scoring if typed.scoring in scorings else scorings[0]
    view = question_content(typed, key="", cleaned={}, before=None).view()
    return [
        Rule(
            scoring,
            question_type.rule(replace(view, scoring=scoring)),
            scoring == chosen,
        )
        for scoring in scorings
    ]

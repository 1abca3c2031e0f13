"""Practice checks as a page shows them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse

from courses.models import Course
from quizzes.bank.rows import wording_of
from quizzes.models import PracticeResponse, QuestionBank, QuestionVersion
from quizzes.questions.controls import Control, control_of
from quizzes.questions.explanation import Explanation, explain
from quizzes.questions.order import order_of
from quizzes.questions.types import TYPES
from quizzes.questions.verdicts import RIGHT
from quizzes.questions.wording import Wording


@dataclass(frozen=True)
class Note:
    """What is said about one choice or row; `state` is right, partly or wrong."""

    label: str
    state: str
    html: str


@dataclass(frozen=True)
class PracticeCheck:
    """A practice question ready to be shown, with feedback once it was answered.

    `state` is right, partly or wrong, and empty before. `explanation` is there where
    trying again would not lead to the key by itself.
    """

    course_key: str
    key: str
    action_url: str
    control: Control
    state: str = ""
    arithmetic: str = ""
    notes: list[Note] = field(default_factory=list)
    feedback: str = ""
    explanation: Explanation | None = None
    problem: str = field(default="", compare=False)

    @property
    def is_required(self) -> bool:
        """Say whether the browser may insist on an answer: one choice of several."""
        return self.control.name == "choices" and not self.control.place.is_many


def versions_for(course: Course, keys: Collection[str]) -> dict[str, QuestionVersion]:
    """Return the course's practice questions by key, remembered until it publishes.

    Ready versions never change, and new ones become ready only when the course is
    published, which gives it another current version. A practice question that is
    retired therefore stays until the next publication.
    """
    if not keys:
        return {}
    return _versions(course.pk, course.current_version_id, frozenset(keys))


@lru_cache(maxsize=512)
def _versions(
    course_id: int, published_version_id: int, keys: frozenset[str]
) -> dict[str, QuestionVersion]:
    versions = (
        QuestionVersion.objects.drawable()
        .filter(
            question__bank__course=course_id,
            question__bank__use=QuestionBank.Use.PRACTICE,
            question__key__in=keys,
        )
        .select_related("question")
        .prefetch_related("options")
    )
    return {version.question.key: version for version in versions}


def forget() -> None:
    """Empty the memory; for tests, whose rows come and go."""
    _versions.cache_clear()
    reserve_of.cache_clear()


def practice_check(
    course: Course,
    version: QuestionVersion,
    *,
    lesson_key: str,
    response: PracticeResponse | None = None,
    problem: str = "",
) -> PracticeCheck:
    """Return the check; with a `response`, its feedback.

    Rows that must not stand in their stored order, which is right, are shuffled: the
    same way every time, so that nothing moves while somebody tries again.
    """
    key = version.question.key
    wording = wording_of(version)
    value = response.value if response else None
    order = order_shown(wording, version.pk)
    check = PracticeCheck(
        course_key=course.key,
        key=key,
        action_url=reverse(
            "quizzes:practice_answer", args=[course.key, lesson_key, key]
        ),
        control=control_of(
            wording,
            value,
            order=order,
            prefix=key,
            shows_verdicts=response is not None,
        ),
        problem=problem,
    )
    return _checked(check, explain(wording, value, order=order)) if response else check


@lru_cache(maxsize=2048)
def reserve_of(version: QuestionVersion) -> str:
    """Return what a phone without a line shows of answers to a check, as HTML.

    Of one choice of several what is said about each; otherwise the key, to compare
    with. Practice is not graded, so its key may travel with a course that is kept.
    """
    wording = wording_of(version)
    order = order_shown(wording, version.pk)
    control = control_of(wording, None, order=order, prefix=version.question.key)
    blank = PracticeCheck("", version.question.key, "", control)
    choices = control.place.choices if blank.is_required else []
    answers = [
        (choice.key, _checked(blank, explain(wording, choice.key, order=order)))
        for choice in choices
    ]
    context = {
        "question": version.question.key,
        "answers": answers,
        "explanation": None if answers else explain(wording, None, order=order),
    }
    return render_to_string("quizzes/_check_reserve.html", context)


def order_shown(wording: Wording, seed: int) -> Sequence[str]:
    """Return the order of a question's options outside of an attempt.

    Options to choose from stand as they were written; what is paired or put in order
    would tell its key so, and is shuffled.
    """
    keys = [option.key for option in wording.question.options]
    if TYPES[wording.question.type].control in {"choices", "scenes"}:
        return keys
    return order_of(keys, seed=seed, hides_order=True)


def _checked(check: PracticeCheck, explanation: Explanation) -> PracticeCheck:
    is_right = explanation.state == RIGHT
    return replace(
        check,
        state=explanation.state,
        arithmetic="" if is_right else explanation.mark.arithmetic,
        notes=_notes(explanation),
        feedback=explanation.feedback if is_right else "",
        explanation=None if is_right or check.is_required else explanation,
    )


def _notes(explanation: Explanation) -> list[Note]:
    """Return what is said about what was chosen, never about the rest."""
    notes = []
    for place in explanation.places:
        if explanation.name in {"rows", "order"}:
            notes.append(Note(place.html, place.state, place.feedback))
        elif explanation.name == "text":
            notes.append(Note("", place.state, place.feedback))
        else:
            notes += [
                Note(choice.html, choice.state, choice.feedback)
                for choice in place.chosen
            ]
    return [note for note in notes if note.state and note.html]

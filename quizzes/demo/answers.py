"""How the invented people of the demo agency answer: papers, and questions weeks later.

Who knows more answers more of the easy questions and some of the hard ones, so that
item analysis finds in these papers what it finds in real ones. Everything is said
through the verbs of this room; chance and moments are handed in.
"""

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product
from math import exp
from typing import Any
from uuid import UUID

from accounts.models import User
from courses.models import Course, Enrollment
from quizzes import actions
from quizzes.accommodations.actions import AccommodationContent
from quizzes.bank.known import KnownQuestion, known_questions
from quizzes.kinds import FOLLOW_UP_DAYS, Selection
from quizzes.models import Attempt, FollowUpItem, Quiz, QuizStatistics
from quizzes.questions.types import NONE, TYPES, Choice, Place, QuestionView
from quizzes.taking.reading_saves import SaidAnswer
from quizzes.taking.stored_paper import paper_of
from quizzes.taking.tokens import Bearer

Form = Mapping[str, Sequence[str]]
# How much harder one question is than another, in the unit of what people know.
_SPREAD = 0.9


@dataclass
class InventedAnswers:
    """Answers by chance, more of them right the more somebody knows."""

    _best: dict[int, Form] = field(default_factory=dict)
    _quizzes: dict[tuple[int, str], int] = field(default_factory=dict)

    def take(
        self,
        enrollment: Enrollment,
        quiz_key: str,
        *,
        person: User,
        knows: float,
        begins: datetime,
        lasts: timedelta,
        chance: random.Random,
    ) -> Attempt:
        """Start a quiz, answer all of it, hand it in. Raises what starting raises."""
        attempt = actions.start_attempt(
            quiz_id=self._quiz(enrollment, quiz_key),
            enrollment_id=enrollment.pk,
            by=person,
            now=begins,
            seed=chance.getrandbits(60),
        )
        if attempt.deadline_at is not None:
            lasts = min(lasts, 0.9 * (attempt.deadline_at - begins))
        device = UUID(int=chance.getrandbits(128), version=4)
        items = paper_of(attempt.key)
        known = known_questions([item.version_id for item in items.values()])
        said = [
            SaidAnswer(
                position=position,
                fields=self.answer(known[item.version_id], knows, chance),
                flagged=chance.random() < 0.05,
                device=device,
                sequence=number,
                offset=lasts * number / (len(items) + 1),
            )
            for number, (position, item) in enumerate(sorted(items.items()), 1)
        ]
        actions.save_responses(
            bearer=Bearer(attempt.key, attempt.person_id),
            said=said,
            device=device,
            now=begins + lasts * 0.9,
        )
        return actions.submit_attempt(
            attempt_id=attempt.pk, by=person, now=begins + lasts
        )

    def answer_weeks_after(
        self,
        enrollment: Enrollment,
        *,
        person: User,
        knows: float,
        now: datetime,
        chance: random.Random,
    ) -> bool:
        """Answer what is asked thirty days after; False where nothing is asked."""
        day, _later = FOLLOW_UP_DAYS
        asked = actions.open_follow_up(enrollment_id=enrollment.pk, day=day, now=now)
        if asked is None:
            return False
        for item in FollowUpItem.objects.filter(follow_up=asked).order_by("position"):
            (question,) = known_questions([item.question_version_id]).values()
            actions.answer_follow_up(
                item_id=item.pk,
                fields=self.answer(question, knows, chance, is_blank=False),
                by=person,
                now=now,
            )
        return True

    def _quiz(self, enrollment: Enrollment, key: str) -> int:
        wanted = (enrollment.version_id, key)
        if wanted not in self._quizzes:
            quiz = Quiz.objects.of_version(enrollment.version_id).get(key=key)
            self._quizzes[wanted] = quiz.pk
        return self._quizzes[wanted]

    def answer(
        self,
        question: KnownQuestion,
        knows: float,
        chance: random.Random,
        *,
        is_blank: bool = True,
    ) -> Form:
        """Return what somebody says; now and then nothing, if `is_blank` may be."""
        view = question.view
        if is_blank and chance.random() < 0.01:
            return {}
        of_question = random.Random(question.question_id)  # noqa: S311 - no secret
        hardness = of_question.gauss(0, _SPREAD)
        is_right = chance.random() < 1 / (1 + exp(hardness - knows))
        if is_right:
            return self._right(question.version_id, view)
        return _wrong(view, chance)

    def _right(self, version_id: int, view: QuestionView) -> Form:
        if version_id not in self._best:
            self._best[version_id] = right_form(view)
        return self._best[version_id]


def right_form(view: QuestionView) -> Form:
    """Return a form that earns all there is to earn."""
    places = TYPES[view.type].places(view)
    if view.type == "dialogue":
        return max(_talks(places), key=lambda form: _worth(view, form))
    return {place.field: _best(place) for place in places}


def _best(place: Place) -> list[str]:
    if not place.many:
        best = next(choice for choice in place.choices if choice.fraction == 1)
        return [best.text.replace("*", "") if place.free else best.key]
    earning = [c.key for c in place.choices if c.fraction > 0 and c.key != NONE]
    return earning or [NONE]


def _wrong(view: QuestionView, chance: random.Random) -> Form:
    """Return an answer that slips at one place, or at the only one."""
    places = list(TYPES[view.type].places(view))
    if view.type == "ordering":
        return _swapped(right_form(view), chance)
    slip = chance.randrange(len(places))
    form = {}
    for number, place in enumerate(places):
        is_slip = number == slip or chance.random() < 0.3
        form[place.field] = _slip(place, chance) if is_slip else _best_or_any(place)
    return form


def _best_or_any(place: Place) -> list[str]:
    if any(choice.fraction == 1 for choice in place.choices) or place.many:
        return _best(place)
    return [max(place.choices, key=_fraction).key]


def _slip(place: Place, chance: random.Random) -> list[str]:
    if place.free:
        return [str(chance.randrange(2, 90))]
    wrong = [choice.key for choice in place.choices if choice.fraction < 1]
    return [chance.choice(wrong or [choice.key for choice in place.choices])]


def _fraction(choice: Choice) -> Any:
    return choice.fraction


def _swapped(form: Form, chance: random.Random) -> Form:
    """Return an order in which two neighbours have changed places."""
    fields = list(form)
    first = chance.randrange(len(fields) - 1)
    said = dict(form)
    one, other = fields[first], fields[first + 1]
    said[one], said[other] = form[other], form[one]
    return said


def _talks(places: Sequence[Place]) -> list[Form]:
    every = product(*([choice.key for choice in place.choices] for place in places))
    return [
        {place.field: [key] for place, key in zip(places, keys, strict=True)}
        for keys in every
    ]


def _worth(view: QuestionView, form: Form) -> Any:
    question_type = TYPES[view.type]
    return question_type.mark(view, question_type.parse(view, form)).fraction


def analyse_quizzes(course: Course, *, now: datetime) -> None:
    """Store how the quizzes of a course fare, as every night does."""
    quizzes = Quiz.objects.filter(grade_item__version=course.current_version_id)
    for key in sorted(quizzes.values_list("key", flat=True)):
        actions.refresh_statistics(
            course_id=course.pk, quiz_key=key, selection=Selection.FIRST, now=now
        )


def analyse_again(course_ids: Collection[int], *, now: datetime) -> None:
    """Analyse anew what was analysed of these courses: attempts have gone."""
    stored = QuizStatistics.objects.filter(course__in=course_ids).order_by("pk")
    for course_id, key, selection in list(
        stored.values_list("course", "quiz_key", "selection")
    ):
        actions.refresh_statistics(
            course_id=course_id, quiz_key=key, selection=selection, now=now
        )


def give_more_time(person: User, *, token: UUID, by: User, now: datetime) -> None:
    """Give somebody half as much time again."""
    content = AccommodationContent(
        reason="Memakai pembaca layar, sesuai surat keterangan.", extra_percent=50
    )
    actions.grant_accommodation(
        person=person, content=content, token=token, by=by, now=now
    )

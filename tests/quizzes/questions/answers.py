"""Forms that answer questions of any type, for tests."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product

from quizzes.questions.types import NONE, TYPES, Place, QuestionView

Form = Mapping[str, Sequence[str]]


def right_form(question: QuestionView) -> Form:
    """Return a form that says everything right."""
    places = TYPES[question.type].places(question)
    if question.type == "dialogue":
        return _best_talk(question, places)
    return {place.field: _right(place) for place in places}


def wrong_form(question: QuestionView) -> Form:
    """Return a form that answers everywhere and earns less than everything."""
    places = TYPES[question.type].places(question)
    if question.type == "dialogue":
        return min(_talks(places), key=lambda form: _worth(question, form))
    if question.type == "ordering":
        numbers = range(len(places), 0, -1)
        return {p.field: [str(n)] for p, n in zip(places, numbers, strict=True)}
    return {place.field: _wrong(place) for place in places}


def blank_form(question: QuestionView) -> Form:
    """Return a form that says nothing, as a browser posts it."""
    return {
        place.field: [""] if place.free else []
        for place in TYPES[question.type].places(question)
    }


def _right(place: Place) -> list[str]:
    if place.free:
        accepted = next(c for c in place.choices if c.fraction == 1)
        return [accepted.text.replace("*", "")]
    if not place.many:
        return [next(c.key for c in place.choices if c.fraction == 1)]
    keys = [c.key for c in place.choices if c.fraction > 0 and c.key != NONE]
    return keys or [NONE]


def _wrong(place: Place) -> list[str]:
    if place.free:
        return ["13579"]
    return [min(place.choices, key=lambda choice: choice.fraction).key]


def _best_talk(question: QuestionView, places: Sequence[Place]) -> Form:
    """Try every combination of replies; the best one is right."""
    return max(_talks(places), key=lambda form: _worth(question, form))


def _talks(places: Sequence[Place]) -> list[Form]:
    every = product(*([c.key for c in place.choices] for place in places))
    return [
        {p.field: [key] for p, key in zip(places, keys, strict=True)} for keys in every
    ]


def _worth(question: QuestionView, form: Form) -> Fraction:
    question_type = TYPES[question.type]
    return question_type.mark(question, question_type.parse(question, form)).fraction

"""A question as a page explains it afterwards: what was said, what is right, why."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from quizzes.questions import marking
from quizzes.questions.accepted import accepted_words
from quizzes.questions.stems import stem_of
from quizzes.questions.types import NONE, TYPES, Choice, Mark, Place, gaps
from quizzes.questions.types.shares import MOST_POINTS, in_words
from quizzes.questions.verdicts import RIGHT, WRONG, choice_verdict, verdict_of
from quizzes.questions.wording import Wording


@dataclass(frozen=True)
class ExplainedChoice:
    """Something that could be chosen; `worth` is its share in words, if it is one.

    `state` is right, partly or wrong.
    """

    key: str
    html: str
    is_chosen: bool
    state: str
    worth: str
    feedback: str

    @property
    def is_right(self) -> bool:
        """Say whether it is the key, or part of it."""
        return self.state == RIGHT


@dataclass(frozen=True)
class ExplainedPlace:
    """A place with what was said; `state` is empty where it was left blank.

    `is_shown` is false for a scene that the person never came to.
    """

    key: str
    number: int
    html: str
    choices: list[ExplainedChoice]
    none: ExplainedChoice | None
    typed: str
    state: str
    feedback: str
    is_shown: bool = True

    @property
    def chosen(self) -> list[ExplainedChoice]:
        """Return what was chosen."""
        return [choice for choice in self.choices if choice.is_chosen]

    @property
    def right(self) -> list[ExplainedChoice]:
        """Return what is right."""
        return [choice for choice in self.choices if choice.is_right]

    @property
    def accepted(self) -> list[ExplainedChoice]:
        """Return what earns something."""
        return [choice for choice in self.choices if choice.state != WRONG]


@dataclass(frozen=True)
class ExplainedPiece:
    """A piece of a stem: HTML, then a gap or a passage."""

    html: str
    place: ExplainedPlace | None = None
    choice: ExplainedChoice | None = None


@dataclass(frozen=True)
class Explanation:
    """What a template of `quizzes/explanations/` draws."""

    name: str
    rule: str
    opening: str
    places: list[ExplainedPlace]
    pieces: list[ExplainedPiece]
    unit: str
    mark: Mark
    state: str
    is_blank: bool
    feedback: str

    @property
    def template(self) -> str:
        """Return the template that draws it."""
        return f"quizzes/explanations/{self.name}.html"

    @property
    def place(self) -> ExplainedPlace:
        """Return the only place of a question that has one."""
        return self.places[0]


def explain(wording: Wording, value: Any, *, order: Sequence[str] = ()) -> Explanation:
    """Return a question with its key; `order` as it was shown for answering."""
    question = wording.question
    question_type = TYPES[question.type]
    stem = stem_of(wording)
    mark = marking.mark_response(question, value)
    places = _Explained(wording, value, order).places(mark)
    return Explanation(
        name=question_type.control,
        rule=question_type.rule(question),
        opening=stem.opening,
        places=places,
        pieces=[_piece(piece, places, wording) for piece in stem.pieces],
        unit=str(question.settings.get("unit", "")),
        mark=mark,
        state=verdict_of(mark.fraction),
        is_blank=value is None,
        feedback=wording.general_feedback,
    )


def _piece(
    piece: gaps.Piece, places: Sequence[ExplainedPlace], wording: Wording
) -> ExplainedPiece:
    if not piece.number:
        return ExplainedPiece(piece.html)
    if TYPES[wording.question.type].control == "gaps":
        return ExplainedPiece(piece.html, place=places[piece.number - 1])
    key = gaps.keys_in(wording.question.stem)[piece.number - 1]
    choices = {choice.key: choice for choice in places[0].choices}
    return ExplainedPiece(piece.html, choice=choices[key])


class _Explained:
    """A question being explained."""

    def __init__(self, wording: Wording, value: Any, order: Sequence[str]) -> None:
        self.wording = wording
        self.question = wording.question
        self.type = TYPES[wording.question.type]
        self.said = self.type.said(wording.question, value)
        self.classes = self.type.classify(wording.question, value)
        self.rank = {key: number for number, key in enumerate(order)}

    def places(self, mark: Mark) -> list[ExplainedPlace]:
        """Return rows as they were shown, and those to be ordered as is right."""
        places: Sequence[Place] = self.type.places(self.question)
        if self.type.control == "rows":
            places = sorted(places, key=lambda place: self._rank(place.key))
        return [
            self._place(place, number, mark) for number, place in enumerate(places, 1)
        ]

    def _rank(self, key: str) -> int:
        return self.rank.get(key, len(self.rank))

    def _place(self, place: Place, number: int, mark: Mark) -> ExplainedPlace:
        offered: Sequence[Choice] = place.choices
        if self.type.control in {"choices", "scenes"}:
            offered = sorted(offered, key=lambda choice: self._rank(choice.key))
        chosen = self.classes.get(place.key, ())
        choices = [
            self._choice(place, choice, choice.key in chosen) for choice in offered
        ]
        said = self.said.get(place.key, ())
        return ExplainedPlace(
            key=place.key,
            number=number,
            html=self._label(place),
            choices=[choice for choice in choices if choice.key != NONE],
            none=next((choice for choice in choices if choice.key == NONE), None),
            typed=said[0] if place.free and said else "",
            state=self._state(place, mark) if said else "",
            feedback=self._feedback(place, chosen),
            is_shown=self.type.control != "scenes" or bool(said),
        )

    def _state(self, place: Place, mark: Mark) -> str:
        """Return how the place is told: by its choice, or by the whole question."""
        if place.many or place.free:
            return verdict_of(mark.fraction)
        chosen = self.said[place.key]
        return next(
            choice_verdict(place, choice)
            for choice in place.choices
            if choice.key in chosen
        )

    def _feedback(self, place: Place, chosen: Sequence[str]) -> str:
        """Return the words of a row, or of what was chosen for a single place."""
        if self.type.control in {"rows", "order"}:
            return self.wording.feedback.get(place.option, "")
        if place.many or not chosen:
            return ""
        return self.wording.feedback.get(chosen[0], "")

    def _label(self, place: Place) -> str:
        if self.type.control in {"rows", "order"}:
            return self.wording.texts[place.option]
        return self.wording.scenes.get(place.key, "")

    def _choice(self, place: Place, choice: Choice, is_chosen: bool) -> ExplainedChoice:
        return ExplainedChoice(
            key=choice.key,
            html=self._words(place, choice),
            is_chosen=is_chosen,
            state=choice_verdict(place, choice),
            worth=self._worth(place, choice),
            feedback=self.wording.feedback.get(choice.key, ""),
        )

    def _words(self, place: Place, choice: Choice) -> str:
        if not place.free:
            return self.wording.html_of(choice)
        option = next(o for o in self.question.options if o.key == choice.key)
        return escape(accepted_words(self.question, option))

    def _worth(self, place: Place, choice: Choice) -> str:
        """Return what a choice is worth where that is neither all nor nothing."""
        if self.type.control == "scenes" or self.question.type == "situational":
            points = choice.fraction * MOST_POINTS
            return f"{in_words(points)} dari {MOST_POINTS} poin"
        if choice.fraction in (0, 1):
            return ""
        return f"{in_words(100 * choice.fraction)}%"

"""A question as a page offers it for answering: its places, with words in order.

Nothing here tells the key: no share, no pairing, no order that is right by design,
and, in a graded attempt, no name that an author gave an option
(`quizzes.questions.aliases`). Only where a dialogue goes on travels, because the
phone shows one scene at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from quizzes.questions.aliases import Aliases
from quizzes.questions.stems import stem_of
from quizzes.questions.types import NONE, TYPES, Choice, Place, gaps
from quizzes.questions.verdicts import choice_verdict
from quizzes.questions.wording import Wording, plain

# Types whose control static/js/exercise.js makes easier.
SCRIPTED = frozenset({"multiple_response", "ordering", "mark_text", "dialogue"})
# So few choices, and so short, are buttons side by side; more are a list to open.
_MOST_BUTTONS = 2
_LONGEST_BUTTON = 24
# What these offer at their rows are words and numbers, no options.
_FIXED_CHOICES = frozenset({"true_false_set", "ordering"})


@dataclass(frozen=True)
class ControlChoice:
    """Something to choose; `leads_to` is the key of the scene that follows.

    `state` is how it is told once it was checked, otherwise empty.
    """

    key: str
    id: str
    html: str
    text: str
    is_chosen: bool = False
    leads_to: str = ""
    state: str = ""


@dataclass(frozen=True)
class ControlPlace:
    """A place to answer at; `number` counts from 1 in the order shown.

    `none` is the choice "none of them", where it is offered, and `after` holds the
    replies that lead to a scene.
    """

    key: str
    field: str
    id: str
    number: int
    html: str
    text: str
    choices: list[ControlChoice]
    none: ControlChoice | None = None
    typed: str = ""
    is_many: bool = False
    after: Sequence[str] = ()

    @property
    def has_buttons(self) -> bool:
        """Say whether the choices are few and short enough to stand side by side."""
        return len(self.choices) <= _MOST_BUTTONS and all(
            len(choice.text) <= _LONGEST_BUTTON for choice in self.choices
        )

    @property
    def state(self) -> str:
        """Return how what was chosen here is told, once it was checked."""
        return next((choice.state for choice in self.choices if choice.state), "")


@dataclass(frozen=True)
class ControlPiece:
    """A piece of a stem: HTML, then a gap to fill or a passage to mark."""

    html: str
    place: ControlPlace | None = None
    choice: ControlChoice | None = None


@dataclass(frozen=True)
class Control:
    """What a template of `quizzes/controls/` draws.

    `opening` is the question; `pieces` is the text that the places stand in, for
    gaps and marks only.
    """

    name: str
    rule: str
    opening: str
    places: list[ControlPlace]
    pieces: list[ControlPiece]
    unit: str
    is_number: bool
    is_scripted: bool

    @property
    def template(self) -> str:
        """Return the template that draws it."""
        return f"quizzes/controls/{self.name}.html"

    @property
    def place(self) -> ControlPlace:
        """Return the only place of a question that has one."""
        return self.places[0]


def control_of(
    wording: Wording,
    value: Any,
    *,
    order: Sequence[str] = (),
    prefix: str = "jawaban",
    hides_keys: bool = False,
    shows_verdicts: bool = False,
) -> Control:
    """Return a question with what was said there so far.

    `order` holds option keys as they are to be shown; `prefix` keeps the ids of
    several questions on one page apart. With `hides_keys`, for graded attempts, options
    go by the aliases of that order. With `shows_verdicts`, for practice only, what was
    chosen says whether it is right.
    """
    question = wording.question
    question_type = TYPES[question.type]
    stem = stem_of(wording)
    aliases = Aliases(order if hides_keys else ())
    layout = _Layout(wording, value, order, prefix, aliases, shows_verdicts)
    places = layout.places()
    return Control(
        name=question_type.control,
        rule=question_type.rule(question),
        opening=stem.opening,
        places=places,
        pieces=[layout.piece(piece, places) for piece in stem.pieces],
        unit=str(question.settings.get("unit", "")),
        is_number=question.type == "numeric",
        is_scripted=question.type in SCRIPTED,
    )


class _Layout:
    """A question being laid out."""

    def __init__(
        self,
        wording: Wording,
        value: Any,
        order: Sequence[str],
        prefix: str,
        aliases: Aliases,
        shows_verdicts: bool,
    ) -> None:
        self.wording = wording
        self.question = wording.question
        self.type = TYPES[wording.question.type]
        self.said = self.type.said(wording.question, value)
        self.rank = {key: number for number, key in enumerate(order)}
        self.prefix = prefix
        self.aliases = aliases
        self.shows_verdicts = shows_verdicts

    def places(self) -> list[ControlPlace]:
        places: Sequence[Place] = self.type.places(self.question)
        if self.type.control in {"rows", "order"}:
            places = sorted(places, key=lambda place: self._rank(place.key))
        return [self._place(place, number) for number, place in enumerate(places, 1)]

    def piece(self, piece: gaps.Piece, places: Sequence[ControlPlace]) -> ControlPiece:
        """Fill a numbered place: a gap, or a passage of the only place."""
        if not piece.number:
            return ControlPiece(piece.html)
        if self.type.control == "gaps":
            return ControlPiece(piece.html, place=places[piece.number - 1])
        key = gaps.keys_in(self.question.stem)[piece.number - 1]
        choices = {choice.key: choice for choice in places[0].choices}
        return ControlPiece(piece.html, choice=choices[self.aliases.alias_of(key)])

    def _rank(self, key: str) -> int:
        return self.rank.get(key, len(self.rank))

    def _place(self, place: Place, number: int) -> ControlPlace:
        said = self.said.get(place.key, ())
        named = self._named(place)
        id_ = f"{self.prefix}-{named.key}" if named.key else self.prefix
        # The accepted answers of a free place are its key.
        offered = [] if place.free else self._in_order(place)
        choices = [self._choice(place, choice, id_) for choice in offered]
        words = self._label(place)
        return ControlPlace(
            key=named.key,
            field=named.field,
            id=id_,
            number=number,
            html=words,
            text=plain(words),
            choices=[choice for choice in choices if choice.key != NONE],
            none=next((choice for choice in choices if choice.key == NONE), None),
            typed=said[0] if place.free and said else "",
            is_many=place.many,
            after=self._replies_to(place.key),
        )

    def _named(self, place: Place) -> Place:
        """Return the place as its form names it; gaps and scenes keep their keys."""
        if self.type.control not in {"rows", "order"}:
            return place
        return replace(place, key=self.aliases.alias_of(place.key))

    def _label(self, place: Place) -> str:
        """Return the HTML of a row or a scene; a gap has none, or it were the key."""
        if self.type.control in {"rows", "order"}:
            return self.wording.texts[place.option]
        return self.wording.scenes.get(place.key, "")

    def _in_order(self, place: Place) -> Sequence[Choice]:
        """Return choices that are options as the attempt shows them."""
        if self.type.control in {"order", "marks"}:
            return place.choices
        return sorted(place.choices, key=lambda choice: self._rank(choice.key))

    def _choice(self, place: Place, choice: Choice, id_: str) -> ControlChoice:
        words = self.wording.html_of(choice)
        is_chosen = choice.key in self.said.get(place.key, ())
        is_fixed = choice.key == NONE or self.question.type in _FIXED_CHOICES
        key = choice.key if is_fixed else self.aliases.alias_of(choice.key)
        return ControlChoice(
            key=key,
            id=f"{id_}-{'tidak-ada' if key == NONE else key}",
            html=words,
            text=plain(words),
            is_chosen=is_chosen,
            leads_to=self._next_scene(choice.key),
            state=choice_verdict(place, choice)
            if is_chosen and self.shows_verdicts
            else "",
        )

    def _next_scene(self, reply: str) -> str:
        if self.type.control != "scenes":
            return ""
        matches = {option.key: option.match for option in self.question.options}
        return matches[reply]

    def _replies_to(self, scene: str) -> list[str]:
        if self.type.control != "scenes":
            return []
        replies = (o.key for o in self.question.options if o.match == scene)
        return [self.wording.texts[key] for key in replies]

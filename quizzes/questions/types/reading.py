"""Reading posted fields place by place, for every type."""

from collections.abc import Mapping, Sequence

from quizzes.questions.types.protocol import Place, UnreadableResponse

# Longer than any accepted answer; what is typed beyond it is no answer.
LONGEST_TEXT = 200
# The choice that says "none of these", where a place offers it.
NONE = "-"


def read_places(
    places: Sequence[Place], raw: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """Return what a form says at each place; places left blank are missing.

    Choices come back in the order of the place, each once; "none" next to other
    choices is dropped. Text keeps its words, with single spaces and without signs
    that cannot be seen. Raises UnreadableResponse for a choice the place does not
    offer, for two where one is asked, and for text that is too long.
    """
    said = {}
    for place in places:
        read = _text if place.free else _keys
        values = read(place, [v for v in raw.get(place.field, ()) if v.strip()])
        if values:
            said[place.key] = values
    return said


def squeezed(text: str) -> str:
    """Return the text with single spaces and without signs that cannot be seen."""
    visible = (sign for sign in text if sign.isprintable() or sign.isspace())
    return " ".join("".join(visible).split())


def _text(_place: Place, values: Sequence[str]) -> tuple[str, ...]:
    text = squeezed(values[-1]) if values else ""
    if len(text) > LONGEST_TEXT:
        raise UnreadableResponse(text)
    return (text,) if text else ()


def _keys(place: Place, values: Sequence[str]) -> tuple[str, ...]:
    chosen = set(values)
    offered = [choice.key for choice in place.choices]
    if not chosen <= set(offered) or (len(chosen) > 1 and not place.many):
        raise UnreadableResponse(values)
    if len(chosen) > 1:
        chosen.discard(NONE)
    return tuple(key for key in offered if key in chosen)

"""Reading posted fields place by place, for every type."""

from collections.abc import Mapping, Sequence

from quizzes.question_types.protocol import Place, UnreadableResponse

# Longer than any accepted answer; what is typed beyond it is no answer.
LONGEST_TEXT = 200


def read_places(
    places: Sequence[Place], raw: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """Return what a form says at each place; places left blank are missing.

    Choices come back in the order of the place, each once. Raises UnreadableResponse
    for a choice the place does not offer, for two where one is asked, and for text
    that is too long.
    """
    said = {}
    for place in places:
        values = [value for value in raw.get(place.field, ()) if value.strip()]
        if values:
            said[place.key] = _texts(values) if place.free else _keys(place, values)
    return said


def _texts(values: Sequence[str]) -> tuple[str, ...]:
    text = " ".join(values[-1].split())
    if len(text) > LONGEST_TEXT:
        raise UnreadableResponse(text)
    return (text,)


def _keys(place: Place, values: Sequence[str]) -> tuple[str, ...]:
    chosen = set(values)
    offered = [choice.key for choice in place.choices]
    if not chosen <= set(offered) or (len(chosen) > 1 and not place.many):
        raise UnreadableResponse(values)
    return tuple(key for key in offered if key in chosen)

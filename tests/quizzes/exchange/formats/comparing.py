"""Questions compared by what they say, whatever holds their options."""

from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

from quizzes.exchange.formats import Reading, ReadItem
from quizzes.questions.content import QuestionContent

_MILLIONTH = Decimal("0.000001")


def said(question: QuestionContent) -> dict[str, Any]:
    """Return everything a question says; fractions as they are stored.

    Replies of a dialogue by their scenes, which is all the order they have.
    """
    options = [
        replace(option, fraction=option.fraction.quantize(_MILLIONTH))
        for option in question.options
    ]
    scenes = [scene["key"] for scene in question.settings.get("scenes", ())]
    options.sort(key=lambda o: scenes.index(o.group) if o.group in scenes else 0)
    return asdict(
        replace(
            question,
            options=options,
            tags=list(question.tags),
            source_keys=list(question.source_keys),
        )
    )


def only(reading: Reading) -> ReadItem:
    """Return the one item of a file."""
    (item,) = reading.items
    return item


def sound(reading: Reading) -> QuestionContent:
    """Return the one question of a file in which nothing is wrong."""
    item = only(reading)
    assert item.question is not None
    assert not item.problems
    return item.question

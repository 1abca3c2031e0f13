"""How typed answers were read, where that is not what was typed.

Told before handing in and afterwards; it says nothing of what is right.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from quizzes.bank.known import KnownQuestion, known_questions
from quizzes.marking.saves import Save
from quizzes.models import AttemptItem
from quizzes.questions.marking import mark_response
from quizzes.questions.types import TYPES


def readings_before(
    items: Iterable[AttemptItem], saves: Mapping[int, Save]
) -> list[str]:
    """Return what to tell before handing in; asks only for what was typed."""
    return readings([item for item in typed_items(items) if item.pk in saves], saves)


def typed_items(items: Iterable[AttemptItem]) -> list[AttemptItem]:
    """Return the items that are answered by typing."""
    asked = list(items)
    known = _known(asked)
    return [
        item
        for item in asked
        if TYPES[known[item.question_version_id].view.type].control == "text"
    ]


def readings(items: Sequence[AttemptItem], saves: Mapping[int, Save]) -> list[str]:
    """Return a sentence for each answer that was read otherwise than typed."""
    told, known = [], _known(items)
    for item in items:
        save = saves.get(item.pk)
        view = known[item.question_version_id].view
        mark = mark_response(view, save.value if save else None)
        if mark.reading:
            words = {"position": item.position, "reading": mark.reading}
            told.append(_("Soal %(position)d: %(reading)s") % words)
    return told


def _known(items: Sequence[AttemptItem]) -> Mapping[int, KnownQuestion]:
    return known_questions([item.question_version_id for item in items])

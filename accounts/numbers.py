"""Numbers of people: whose one is, and how it is noted to be one person's alone."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from accounts.models import PersonIdentifier

_BATCH = 500


def is_taken(value: str) -> bool:
    """Say whether anybody carries or carried this number, and rightly so."""
    return PersonIdentifier.objects.standing().filter(value=value).exists()


def note_numbers(rows: Iterable[tuple[int, str, str, date]]) -> list[PersonIdentifier]:
    """Append (person's id, kind, number, from which day) and return the rows.

    A number that was noted wrongly before goes to whoever it belongs to now. Raises
    IntegrityError where it is somebody's, also where two come at once. Two queries for
    every 500.
    """
    wanted = list(rows)
    turns = _turns({value for _person, _kind, value, _day in wanted})
    made: list[PersonIdentifier] = PersonIdentifier.objects.bulk_create(
        [
            PersonIdentifier(
                person_id=person_id,
                kind=kind,
                value=value,
                turn=turns[value],
                starts_on=starts_on,
            )
            for person_id, kind, value, starts_on in wanted
        ],
        batch_size=_BATCH,
    )
    return made


def _turns(values: set[str]) -> Counter[str]:
    """Return how often each of these was noted wrongly.

    Only those are counted: a number that stands keeps its turn taken.
    """
    ordered = sorted(values)
    turns: Counter[str] = Counter()
    for start in range(0, len(ordered), _BATCH):
        wrong = PersonIdentifier.objects.filter(
            value__in=ordered[start : start + _BATCH], correction__isnull=False
        )
        turns.update(wrong.values_list("value", flat=True))
    return turns

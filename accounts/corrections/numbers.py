"""The page on which a wrongly noted number is put right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator

from accounts.models import NumberCorrection, PersonIdentifier, User
from accounts.people_import.stored import CAPABILITY

_PER_PAGE = 20


@dataclass(frozen=True)
class NumberPreview:
    """Whose number would be corrected; `signs_in`: it is the one she signs in with."""

    person_id: int
    name: str
    unit: str
    wrong: str
    right: str
    signs_in: bool
    others: Sequence[str]
    is_hers: bool


@dataclass(frozen=True)
class CorrectionRow:
    """A correction that was made."""

    name: str
    unit: str
    wrong: str
    right: str
    reason: str
    by: str
    at: datetime


def number_preview(user: User, *, wrong: str, right: str) -> NumberPreview | None:
    """Return whom `wrong` is noted for among the user's people; None where for nobody.

    Whoever belongs to other units is nobody here.
    """
    people = User.objects.visible_to(user, CAPABILITY).exclude(pk=user.pk)
    found = (
        PersonIdentifier.objects.standing()
        .filter(value=wrong, person__in=people)
        .select_related("person__unit")
        .first()
    )
    if found is None:
        return None
    person = found.person
    hers = PersonIdentifier.objects.standing().filter(person=person).order_by("pk")
    others = [one for one in hers.values_list("value", flat=True) if one != wrong]
    return NumberPreview(
        person_id=person.pk,
        name=person.full_name,
        unit=person.unit.name if person.unit else "",
        wrong=wrong,
        right=right,
        signs_in=person.nip == wrong,
        others=others,
        is_hers=right in others,
    )


def is_number_corrected(user: User, *, wrong: str, right: str) -> bool:
    """Say whether this very correction was made among the user's people."""
    people = User.objects.visible_to(user, CAPABILITY).exclude(pk=user.pk)
    made = NumberCorrection.objects.filter(
        identifier__value=wrong, identifier__person__in=people
    )
    same = made.filter(right__value=right) if right else made.filter(right=None)
    return same.exists()


def number_rows(user: User, *, page: str | None) -> "Page[Any]":
    """Return a page of the corrections of the user's people, latest first."""
    people = User.objects.visible_to(user, CAPABILITY)
    rows = (
        NumberCorrection.objects.filter(identifier__person__in=people)
        .select_related("identifier__person__unit", "right", "by")
        .order_by("-corrected_at", "-pk")
    )
    found = Paginator(rows, _PER_PAGE).get_page(page)
    found.object_list = [
        CorrectionRow(
            name=row.identifier.person.full_name,
            unit=row.identifier.person.unit.name if row.identifier.person.unit else "",
            wrong=row.identifier.value,
            right=row.right.value if row.right else "",
            reason=row.reason,
            by=row.by.full_name if row.by else "",
            at=row.corrected_at,
        )
        for row in found.object_list
    ]
    return found

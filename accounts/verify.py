"""Are the derivations of this room what their facts say? For `verify_derived`."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, Subquery

from accounts import recounts
from accounts.actions.units import rebuild_paths
from accounts.models import (
    AuditRecord,
    RoleAssignment,
    Unit,
    UnitMembership,
    UnitPlacement,
    UnitStanding,
    User,
)
from lib.fields import folded_fields

_MOST_TOLD = 10_000


def verify_units(*, repair: bool) -> Iterator[str]:
    """Yield every unit that does not stand where its latest placement put it."""
    latest = UnitPlacement.objects.filter(unit=OuterRef("pk")).order_by(
        "-starts_on", "-recorded_at", "-pk"
    )
    placed = Unit.objects.annotate(right=Subquery(latest.values("parent")[:1]))
    wrong = placed.filter(Exists(latest)).filter(_differ("parent", "right"))
    for unit in list(wrong.order_by("pk")):
        yield f"unit {unit.pk}: parent {unit.parent_id} ≠ {unit.right}"
        if repair:
            Unit.objects.filter(pk=unit.pk).update(parent=unit.right)
    yield from _verify_standings(repair=repair)
    for pk, stored, computed in rebuild_paths(apply=repair):
        yield f"unit {pk}: path {stored} ≠ {computed}"


def _verify_standings(*, repair: bool) -> Iterator[str]:
    """Yield every unit that is not called, or not open, as was said of it last."""
    said = UnitStanding.objects.filter(unit=OuterRef("pk")).order_by(
        "-recorded_at", "-pk"
    )
    changed = Unit.objects.filter(Exists(said)).annotate(
        right_name=Subquery(said.values("name")[:1]),
        right_active=Subquery(said.values("is_active")[:1]),
    )
    wrong = changed.exclude(name=F("right_name"), is_active=F("right_active"))
    for unit in list(wrong.order_by("pk")):
        yield (
            f"unit {unit.pk}: {unit.name} ({unit.is_active}) ≠ "
            f"{unit.right_name} ({unit.right_active})"
        )
        if repair:
            Unit.objects.filter(pk=unit.pk).update(
                name=unit.right_name, is_active=unit.right_active
            )


def verify_names(*, repair: bool) -> Iterator[str]:
    """Yield every unit and person whose folded name is not that of its name."""
    for rows in (Unit.objects.all(), User.objects.all()):
        (field,) = folded_fields(rows.model)
        for row in rows.iterator(chunk_size=2_000):
            if row.name_key != field.value_of(row):
                yield f"{rows.model._meta.model_name} {row.pk}: key of the name"
                if repair:
                    rows.filter(pk=row.pk).update(name=row.name)


def verify_subjects(*, repair: bool) -> Iterator[str]:
    """Yield every entry of the trail about a person that does not name her as such.

    Of other objects whose they are is told by rows of rooms above, and may be unknown.
    """
    # Not by its own manager, which never edits: what is written here is no fact.
    entries = AuditRecord._base_manager.filter(object_type=User._meta.label_lower)
    wrong = entries.exclude(subject_id=F("object_id"))
    for pk, subject_id, object_id in list(
        wrong.order_by("pk").values_list("pk", "subject_id", "object_id")[:_MOST_TOLD]
    ):
        yield f"auditrecord {pk}: subject {subject_id} ≠ {object_id}"
        if repair:
            entries.filter(pk=pk).update(subject_id=F("object_id"))


def verify_people(*, repair: bool, now: datetime) -> Iterator[str]:
    """Yield every person whose unit or time zone is not that of her latest membership.

    Whoever is repaired is counted again in both units.
    """
    latest = UnitMembership.objects.filter(person=OuterRef("pk")).order_by(
        "-starts_on", "-recorded_at", "-pk"
    )
    people = User.objects.annotate(
        right=Subquery(latest.values("unit")[:1]),
        right_zone=Subquery(latest.values("unit__time_zone")[:1]),
    )
    is_elsewhere = Q(time_zone__lt=F("right_zone")) | Q(time_zone__gt=F("right_zone"))
    wrong = people.filter(_differ("unit", "right") | is_elsewhere)
    for person in list(wrong.order_by("pk")):
        yield (
            f"person {person.pk}: unit {person.unit_id} ({person.time_zone}) ≠ "
            f"{person.right} ({person.right_zone})"
        )
        if repair:
            User.objects.filter(pk=person.pk).update(
                unit=person.right, time_zone=person.right_zone or person.time_zone
            )
            recounts.note([(person.pk, (person.unit_id, person.right))], now=now)


def verify_roles(*, repair: bool, now: datetime) -> Iterator[str]:
    """Yield everybody of whom it is stored wrongly whether she holds a role."""
    holding = RoleAssignment.objects.filter(person=OuterRef("pk")).filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=now)
    )
    people = User.objects.annotate(holds=Exists(holding)).exclude(has_role=F("holds"))
    for person in list(people.order_by("pk")):
        yield f"person {person.pk}: has_role {person.has_role} ≠ {person.holds}"
        if repair:
            User.objects.filter(pk=person.pk).update(has_role=person.holds)


def _differ(stored: str, right: str) -> Q:
    """Say of two references, either of which may be nothing, that they differ."""
    one_is_missing = Q(**{f"{stored}__isnull": True, f"{right}__isnull": False}) | Q(
        **{f"{stored}__isnull": False, f"{right}__isnull": True}
    )
    return (
        one_is_missing
        | Q(**{f"{stored}__lt": F(right)})
        | Q(**{f"{stored}__gt": F(right)})
    )

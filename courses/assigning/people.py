"""From a target to its people: the rule as a condition on people."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from accounts.access import below_q, roots
from accounts.models import Unit, User
from accounts.nip import normalise_nip
from courses.actions.orders import OrderTarget
from courses.assigning.rules import Rule
from lib.paths import is_within

ASSIGN = "courses.assign_course"
MANAGE_HOLIDAYS = "courses.manage_holidays"


def rule_q(rule: Rule) -> Q:
    """Return the condition "the rule keeps this person"."""
    condition = Q()
    if rule.jabatan_kinds:
        condition &= Q(jabatan_kind__in=rule.jabatan_kinds)
    if rule.golongans:
        condition &= Q(golongan__in=rule.golongans)
    if rule.statuses:
        condition &= Q(employment_status__in=rule.statuses)
    return condition


def target_q(target: OrderTarget) -> Q:
    """Return the condition "the target means this person"."""
    condition = below_q(target.unit.path or "", to_unit="unit") & rule_q(target.rule)
    return condition & Q(pk__in=target.people) if target.people else condition


def people_of(targets: Iterable[OrderTarget]) -> Any:
    """Return everybody whom the targets mean, accounts out of use included."""
    conditions = [target_q(target) for target in targets]
    return User.objects.filter(reduce(or_, conditions, Q(pk__in=[])))


def everybody_of(user: Any) -> Any:
    """Return all people to whom `user` may give orders."""
    tops = [below_q(path, to_unit="unit") for path in roots(user, ASSIGN)]
    return User.objects.filter(reduce(or_, tops, Q(pk__in=[]))).active()


def named_targets(user: Any, people: Iterable[User]) -> list[OrderTarget]:
    """Return targets that name these people, one per unit `user` answers for.

    The unit is the topmost of hers, so that somebody who moves below it stays named.
    """
    tops = sorted(roots(user, ASSIGN), key=len)
    by_top: dict[str, list[int]] = {}
    for person in people:
        path = person.unit.path if person.unit and person.unit.path else ""
        top = next((top for top in tops if path and is_within(path, top)), None)
        if top is not None:
            by_top.setdefault(top, []).append(person.pk)
    units = {unit.path: unit for unit in Unit.objects.filter(path__in=by_top)}
    return [
        OrderTarget(units[top], people=tuple(sorted(by_top[top]))) for top in by_top
    ]


def people_numbered(user: Any, numbers: Iterable[str]) -> tuple[list[User], list[str]]:
    """Return `user`'s people with these numbers, and the numbers nobody of hers has.

    Numbers that somebody carried before find her too.
    """
    wanted = list(dict.fromkeys(filter(None, map(normalise_nip, numbers))))
    found = User.objects.visible_to(user, ASSIGN).filter(
        Q(nip__in=wanted) | Q(identifiers__value__in=wanted)
    )
    rows = found.select_related("unit").prefetch_related("identifiers").distinct()
    people, known = [], set()
    for person in rows:
        people.append(person)
        known |= {person.nip, *(one.value for one in person.identifiers.all())}
    return people, [number for number in wanted if number not in known]

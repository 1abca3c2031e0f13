"""Who may do what, and to which rows: the one place that answers.

People hold roles on units. A role counts for its unit and for everything below it.
Each role stands for a set of capabilities (`CAPABILITIES`, one table), named
`app.verb_noun`. Everybody who signs in is a learner and holds `OWN` over the rows
that are hers.

A `Policy` says how to get from a row to its unit and to its owner. From that one
declaration come both questions: `scope_q` answers "which rows" as a `Q`, `can`
answers "this row". They cannot disagree, and a property test compares them.

There are four doors and nothing else filters for access: `.visible_to(user,
capability)` on querysets, `get_for(queryset, …)` for one row, `can(…)` for a
boolean, and the stamps of `accounts.stamps` on views.
Roles start and end, so a person is judged as of a moment, handed in with `as_of`
where she comes in: once a request, in a task by whoever fetches her.
A view without a stamp fails the tests. A row outside one's units answers 404, like
a row that does not exist; 403 means that the verb itself is not yours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q
from django.http import Http404

from lib.paths import ancestor_paths, is_within, subtree_bounds

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound="Model")
Person = TypeVar("Person", bound=Any)

_AUTHOR = frozenset({"courses.author_course", "quizzes.author_question"})
# Looking into Studio, and deciding about drafts that others wrote.
_LOOKER = frozenset({"courses.review_course"})
_REVIEWER = _LOOKER | {"courses.decide_review"}
_HR = frozenset(
    {
        "accounts.view_person",
        "accounts.import_people",
        "accounts.answer_data_request",
        "reports.view_learning",
        "courses.assign_course",
        "reports.view_scores",
        "quizzes.grant_accommodation",
        "quizzes.accept_late_answer",
        "certificates.download_certificate",
        "certificates.correct_certificate",
        "certificates.decide_outside",
        "certificates.view_outside",
    }
)
CAPABILITIES: Mapping[str, frozenset[str]] = {
    "author": _AUTHOR | _LOOKER,
    "reviewer": _REVIEWER,
    "hr": _HR,
    # Sees how far her own people are, and nothing else of them.
    "superior": frozenset({"reports.view_team"}),
    "admin": _AUTHOR
    | _REVIEWER
    | _HR
    | {
        "accounts.manage_roles",
        "accounts.manage_units",
        "accounts.view_trail",
        "courses.manage_holidays",
        "courses.write_evaluation",
        "elearning.operate_site",
    },
}
# What everybody may do to rows that are her own.
OWN = frozenset(
    {
        "accounts.view_person",
        "courses.study_course",
        "quizzes.take_quiz",
        "certificates.download_certificate",
        "certificates.view_outside",
    }
)


@dataclass(frozen=True)
class Policy:
    """How to get from a row to its unit and to its owner, as lookups.

    `unit` leads to a unit ("" when the row is a unit), `owner` to a person
    ("" when the row is a person); None where the row has no such thing.
    """

    unit: str | None = None
    owner: str | None = None


UNIT = Policy(unit="")
PERSON = Policy(unit="unit", owner="")


def below_q(path: str, *, to_unit: str = "") -> Q:
    """Return the condition "in the subtree at `path`".

    `to_unit` is the lookup that leads to the unit, such as `person__unit`; empty
    when the rows are units themselves. The only code that knows how the tree is
    queried.
    """
    low, high = subtree_bounds(path)
    prefix = f"{to_unit}__" if to_unit else ""
    return Q(**{f"{prefix}path__gte": low, f"{prefix}path__lt": high})


def above_q(path: str, *, to_unit: str) -> Q:
    """Return the condition "the unit at `path` or one above it": what units share with
    those below them. `to_unit` is the lookup that leads to the unit.
    """
    return Q(**{f"{to_unit}__path__in": ancestor_paths(path)})


def as_of(user: Person, now: datetime) -> Person:
    """Judge `user` by the roles she holds at `now`, and return her.

    What was read for another moment is forgotten. Asks the database nothing.
    """
    user.roles_as_of = now
    user._held_roles = None
    return user


def roots(user: Any, capability: str) -> tuple[str, ...]:
    """Return the paths of the units on which `user` holds `capability`.

    She must have come in through `as_of`: without a moment nobody with a role is
    judged. Asks the database once for that moment, and not at all for people
    without a role.
    """
    if not user.is_authenticated or not user.has_role:
        return ()
    held: list[tuple[str, str]] | None = getattr(user, "_held_roles", None)
    if held is None:
        held = _roles_held(user)
        user._held_roles = held
    return tuple(
        path for role, path in held if capability in CAPABILITIES.get(role, ())
    )


def _roles_held(user: Any) -> list[tuple[str, str]]:
    now: datetime | None = getattr(user, "roles_as_of", None)
    if now is None:
        raise RuntimeError("Say as of when first: access.as_of(user, now).")
    current = Q(ends_at__isnull=True) | Q(ends_at__gt=now)
    return list(
        user.role_assignments.filter(current, starts_at__lte=now).values_list(
            "role", "unit__path"
        )
    )


def holds(user: Any, capability: str) -> bool:
    """Say whether `user` holds `capability` on any unit at all."""
    return bool(roots(user, capability))


def scope_q(user: Any, capability: str, policy: Policy) -> Q:
    """Return the condition that keeps the rows `user` may apply `capability` to."""
    condition = Q(pk__in=[])
    if policy.unit is not None:
        for path in roots(user, capability):
            condition |= below_q(path, to_unit=policy.unit)
    if policy.owner is not None and user.is_authenticated and capability in OWN:
        condition |= Q(**{policy.owner or "pk": user.pk})
    return condition


def can(user: Any, capability: str, row: Any, policy: Policy) -> bool:
    """Say whether `user` may apply `capability` to this `row`."""
    if policy.owner is not None and user.is_authenticated and capability in OWN:
        owner = _follow(row, policy.owner)
        if owner is not None and owner.pk == user.pk:
            return True
    if policy.unit is None:
        return False
    unit = _follow(row, policy.unit)
    if unit is None or unit.path is None:
        return False
    return any(is_within(unit.path, root) for root in roots(user, capability))


def _follow(row: Any, lookup: str) -> Any:
    for name in lookup.split("__") if lookup else ():
        row = getattr(row, name)
        if row is None:
            return None
    return row


def get_for(
    queryset: "QuerySet[Row]",
    user: Any,
    capability: str,
    policy: Policy,
    **lookup: Any,
) -> Row:
    """Return the one row that `lookup` names and `user` may apply `capability` to.

    Raises Http404 alike for a row that is missing and a row that is not hers.
    """
    try:
        return queryset.filter(scope_q(user, capability, policy)).get(**lookup)
    except (ObjectDoesNotExist, ValueError) as missing:
        raise Http404 from missing

"""What is asked of the trail, and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from accounts.access import below_q, roots
from accounts.models import AuditRecord, Unit, User
from accounts.nip import normalise_nip
from reports.trail.kinds import verbs_of
from reports.units.reach import end_of, outermost, overlap

VIEW_TRAIL = "accounts.view_trail"
# Whom words may mean; of more people nobody is looked for.
MOST_MEANT = 100
# So many people are named one by one.
FEW_ENOUGH = 500
Ids = tuple[int, ...]


@dataclass(frozen=True)
class TrailFilters:
    """What is asked for; nothing set means everything the reader may see.

    `actors` and `subjects` are people found by words, as ids: None where nobody was
    looked for, empty where the words found nobody. Both days count.
    """

    unit: str = ""
    group: str = ""
    since: date | None = None
    until: date | None = None
    actors: Ids | None = None
    subjects: Ids | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the filters in the form that `from_json` reads."""
        return {
            "unit": self.unit,
            "group": self.group,
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "actors": None if self.actors is None else list(self.actors),
            "subjects": None if self.subjects is None else list(self.subjects),
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """Return the filters that were stored."""
        values = dict(stored)
        for name in ("since", "until"):
            values[name] = date.fromisoformat(values[name]) if values[name] else None
        for name in ("actors", "subjects"):
            values[name] = None if values[name] is None else tuple(values[name])
        return cls(**values)


@dataclass(frozen=True)
class TrailReach:
    """The tops of the units whose people are asked about.

    `is_everything` where these are all units there are: then also what nobody did and
    what concerns nobody is told.
    """

    tops: Sequence[str]
    is_everything: bool

    @property
    def people(self) -> "QuerySet[User]":
        """The people of these units, those who left included."""
        condition = Q(pk__in=[])
        for top in self.tops:
            condition |= below_q(top, to_unit="unit")
        people: QuerySet[User] = User.objects.filter(condition).order_by()
        return people


def trail_reach(user: User, *, unit: Unit | None = None) -> TrailReach:
    """Return whose events `user` may read, of `unit` and below or of all her units."""
    held = outermost(roots(user, VIEW_TRAIL))
    if unit is not None:
        return TrailReach(overlap(held, [unit.path] if unit.path else []), False)
    tops = Unit.objects.filter(parent__isnull=True).values_list("path", flat=True)
    return TrailReach(held, bool(held) and set(tops) <= set(held))


def people_meant(user: User, words: str) -> Ids | None:
    """Return whom words mean among the people of the user; None without words.

    A whole number means who carries or carried it. Of more than a hundred people that
    a name means, the first ones.
    """
    if not words:
        return None
    people: Any = User.objects.visible_to(user, VIEW_TRAIL)
    number = normalise_nip(words)
    if number.isdigit():
        people = people.filter(identifiers__value=number)
    else:
        people = people.named(words)
    found = people.order_by("name_key", "pk").values_list("pk", flat=True)
    return tuple(found[:MOST_MEANT])


def trail_arms(filters: TrailFilters, user: User) -> "list[QuerySet[AuditRecord]]":
    """Return the records asked for, as parts that may share some.

    What the people of a unit did is one part, what was done to them another one, so
    that each is walked by its own index.
    """
    unit = Unit.objects.filter(code=filters.unit).first() if filters.unit else None
    if filters.unit and unit is None:
        return []
    asked = AuditRecord.objects.filter(_asked(filters, ZoneInfo(user.time_zone)))
    reach = trail_reach(user, unit=unit)
    if reach.is_everything:
        return [asked]
    people = _people_of(reach)
    return [asked.filter(actor_id__in=people), asked.filter(subject_id__in=people)]


def _people_of(reach: TrailReach) -> Any:
    """Return the people of a reach; few by their ids.

    Then the database knows how many entries to expect, and walks the index of people
    instead of that of times.
    """
    people = reach.people.values_list("pk", flat=True)
    few = list(people[: FEW_ENOUGH + 1])
    return few if len(few) <= FEW_ENOUGH else people


def _asked(filters: TrailFilters, zone: ZoneInfo) -> Q:
    condition = Q()
    if filters.group:
        condition &= Q(verb__in=verbs_of(filters.group))
    if filters.since:
        condition &= Q(at__gte=datetime.combine(filters.since, time.min, zone))
    if filters.until:
        condition &= Q(at__lt=end_of(filters.until, zone))
    if filters.actors is not None:
        condition &= Q(actor_id__in=filters.actors)
    if filters.subjects is not None:
        condition &= Q(subject_id__in=filters.subjects)
    return condition
